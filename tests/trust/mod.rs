//! Which `.awsprofile` is followed: its kind, content and owner, and `allow`, `deny` and `pin`.

mod account;
mod allow;
mod content;
mod deny;
mod huge;
mod kinds;
mod owners;
mod pin;
mod protect;
mod resolve;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::common::walk::one_line;
use crate::common::{Shell, Walk, World};
use serde_json::Value;

const FILE: &str = "there/.awsprofile";
/// The id of no user.
const SOMEBODY: u32 = 54_321;

/// A home with profiles and a directory `there` without a file.
fn world() -> World {
    let world = World::new();
    world.config("[profile base]\n[profile work]\n[profile other]\n[profile prod]\n[profile \"my profile\"]\n");
    world.dir("there/deep");
    world
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether this user can give files to another user.
fn can_change_owner() -> bool {
    if !is_root() {
        crate::common::skip("only root can give a file to somebody else: whose file it is was not tested");
    }
    is_root()
}

fn set_mode(file: &Path, mode: u32) {
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
}

/// The answer of `resolve DIR --json`, whose status is always 0 and whose keys are always there.
#[track_caller]
fn resolved(world: &World, dir: &str) -> Value {
    let output = world.helper().args(["resolve", "--json"]).arg(world.path(dir)).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{dir}");
    answer(&String::from_utf8(output.stdout).unwrap())
}

#[track_caller]
fn answer(json: &str) -> Value {
    let value: Value = serde_json::from_str(json).unwrap();
    let keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    for key in ["file", "profile", "region", "account_id", "status", "reason"] {
        assert!(keys.contains(&key), "{key} in {json}");
    }
    value
}

/// A kind of file, and how aws-switch treats it.
struct Kind {
    name: &'static str,
    make: fn(&World, &Path),
    /// The status in the answer of `resolve`.
    status: &'static str,
    /// The result of `allow`.
    allow: Allow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Allow {
    /// `work` becomes active.
    Works,
    /// Status 1: there is nothing to trust.
    Fails,
    /// Status 0, but the file is ignored for another reason.
    Waits,
}

/// In each shell, for each kind: one line reports that it is ignored, no shell hangs, and `allow` has its result.
fn check(kinds: &[Kind]) {
    for shell in Shell::available() {
        let world = world();
        for kind in kinds {
            world.dir(kind.name);
            (kind.make)(&world, &world.path(kind.name).join(".awsprofile"));
        }
        let mut walk = Walk::from_base(&world, shell);
        for kind in kinds {
            check_one(&world, &mut walk, kind);
        }
    }
}

fn check_one(world: &World, walk: &mut Walk, kind: &Kind) {
    let (shell, name) = (walk.shell(), kind.name);
    let file = format!("{name}/.awsprofile");
    walk.reports(&walk.cd(name), &file, "base");
    let json = answer(&walk.session.ok("aws-switch resolve --json"));
    assert_eq!(json["status"], kind.status, "{shell:?}: {name}: {json}");
    assert_eq!(json["file"], world.path(&file).to_str().unwrap(), "{shell:?}: {name}");
    assert!(json["reason"].is_string(), "{shell:?}: {name}: {json}");
    let output = walk.session.run("aws-switch allow");
    let (status, profile) = match kind.allow {
        Allow::Works => (0, "work"),
        Allow::Fails => (1, "base"),
        Allow::Waits => (0, "base"),
    };
    assert_eq!(output.status, status, "{shell:?}: {name}: {}", output.text);
    one_line(&output.text);
    assert!(output.text.contains(&shell.below_home(&file)), "{shell:?}: {name}: {}", output.text);
    walk.stays_active(&format!("aws-switch allow of {name}"), profile);
    walk.session.ok(&walk.shell().cd(world.home()));
    walk.stays_active(&format!("leaving {name}"), "base");
    let text = walk.session.ok(&walk.shell().cd(world.path(name)));
    assert_eq!(text.lines().count(), 1, "{shell:?}: coming back to {name}: {text}");
    walk.stays_active(&format!("coming back to {name}"), profile);
    walk.session.ok(&walk.shell().cd(world.home()));
}
