//! The two layers, the base and the directory's, as a person meets them at a prompt.

#![cfg(unix)]

#[path = "directory/by_hand.rs"]
mod by_hand;
mod common;
#[path = "directory/corners.rs"]
mod corners;
#[path = "directory/enter.rs"]
mod enter;
#[path = "directory/folders.rs"]
mod folders;
#[path = "directory/inherited.rs"]
mod inherited;
#[path = "directory/keys.rs"]
mod keys;
#[path = "directory/notices.rs"]
mod notices;
#[path = "directory/regions.rs"]
mod regions;
#[path = "directory/start.rs"]
mod start;
#[path = "directory/subshells.rs"]
mod subshells;
#[path = "directory/walk.rs"]
mod walk;
#[path = "directory/while_there.rs"]
mod while_there;

use common::World;
use walk::{Walk, names};

const OUTER: &str = "outer/.awsprofile";
const INNER: &str = "outer/inner/.awsprofile";

/// A home with `outer`, `outer/inner` within it, each with its file, and folders without one.
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
