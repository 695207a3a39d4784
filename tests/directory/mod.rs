//! Directory profiles in interactive shells: entering, leaving, manual switches, regions, keys.

mod corners;
mod direnv;
mod enter;
mod inherited;
mod keys;
mod manual_switch;
mod notices;
mod odd_paths;
mod regions;
mod start;
mod subshells;
mod while_there;

use crate::common::World;

const OUTER: &str = "outer/.awsprofile";
const INNER: &str = "outer/inner/.awsprofile";

/// A home with `outer`, `outer/inner` within it, each with its file, and directories without one.
fn tree() -> World {
    let world = World::new();
    world.config("[profile base]\n[profile outer]\n[profile inner]\n[profile other]\n");
    world.write(OUTER, "outer\n");
    world.write(INNER, "inner\n");
    for dir in ["outer/deep/er", "outer/inner/deep", "plain"] {
        world.dir(dir);
    }
    world
}
