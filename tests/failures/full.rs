//! A full file system: no free bytes, or no free inodes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::unwritable::{all_of, one_line};
use crate::common::World;

/// Set in the second run of a test, in its own mount namespace.
const INSIDE: &str = "AWS_SWITCH_TEST_INSIDE";

/// The resource that a file system has run out of.
#[derive(Clone, Copy, Debug)]
enum Full {
    Bytes,
    Files,
}

impl Full {
    /// Fills a directory; returns the files that fill it.
    fn fill(self, dir: &Path) -> Vec<PathBuf> {
        let files = (0..).map(|number| dir.join(format!("filler-{number}")));
        // The last file may exist and be empty.
        let bytes: &[u8] = if matches!(self, Self::Bytes) { &[b'x'; 4096] } else { b"" };
        let mut all = Vec::new();
        for file in files {
            let written = fs::write(&file, bytes);
            all.push(file);
            if written.is_err() {
                return all;
            }
        }
        all
    }
}

/// Runs the test `name` again in a mount namespace; true in that run.
fn is_inside(name: &str) -> bool {
    if env::var_os(INSIDE).is_some() {
        return true;
    }
    // In a chroot only root may unshare, and its root is no mount whose propagation could change.
    let ways = [
        &["unshare", "--user", "--map-root-user", "--mount"][..],
        &["unshare", "--mount", "--propagation", "unchanged"],
        &["sudo", "-n", "unshare", "--mount", "--propagation", "unchanged"],
    ];
    let run = |way: &[&str]| {
        let mut command = Command::new(way[0]);
        command.args(&way[1..]);
        command
    };
    let works = |way: &&&[&str]| run(way).arg("true").output().is_ok_and(|output| output.status.success());
    let Some(way) = ways.iter().find(works) else {
        assert!(!crate::common::in_ci(), "unshare makes no namespace to mount in");
        crate::common::skip("unshare makes no namespace to mount in, no file system was filled");
        return false;
    };
    let mut again = run(way);
    again.args(["env", &format!("{INSIDE}=1")]).arg(env::current_exe().unwrap()).args(["--exact", name]);
    let again = again.output().unwrap();
    let stdout = String::from_utf8_lossy(&again.stdout);
    assert!(
        again.status.success() && stdout.contains("1 passed"),
        "{stdout}{}",
        String::from_utf8_lossy(&again.stderr)
    );
    false
}

#[test]
fn a_full_file_system_loses_nothing_and_is_reported_in_one_line() {
    if !is_inside("failures::full::a_full_file_system_loses_nothing_and_is_reported_in_one_line") {
        return;
    }
    for full in [Full::Bytes, Full::Files] {
        let world = World::new();
        let small = world.dir("small");
        // Sixteen pages: one for each file that is not empty.
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=64k,nr_inodes=32", "none"]).arg(&small);
        assert!(mount.status().unwrap().success());
        when_full(full, &world, &small);
        assert!(Command::new("umount").arg(&small).status().unwrap().success());
    }
}

fn when_full(full: Full, world: &World, small: &Path) {
    world.config("[profile work]\n[profile dev]\n");
    let project = world.write("small/project/.awsprofile", "dev\n");
    let run = |state: &str, arguments: &[&str]| {
        let mut command = world.helper();
        command.args(arguments).env("__AWS_SWITCH_WIRE", "3").env("XDG_STATE_HOME", small.join(state));
        command.current_dir(project.parent().unwrap()).output().unwrap()
    };
    for arguments in [["deny"].as_slice(), &["work"]] {
        assert!(run("state", arguments).status.success());
    }
    let state = small.join("state/aws-switch");
    let all = || [all_of(&state.join("trust")), all_of(project.parent().unwrap())];
    let recent = || fs::read_to_string(state.join("recent")).unwrap();
    let before = all();
    let fillers = full.fill(small);
    // One state directory exists, the other does not.
    for name in ["state", "none"] {
        let recent_before = recent();
        for arguments in [["allow"].as_slice(), &["deny"], &["pin", "work"]] {
            let output = run(name, arguments);
            let message = one_line(&output, arguments[0]);
            assert!(message.contains("No space left"), "{full:?}: {name}: {arguments:?}: {message}");
            assert_eq!(
                (output.status.code(), &*output.stdout),
                (Some(1), &b"aws-switch 3 failed\n"[..]),
                "{full:?}: {name}: {arguments:?}"
            );
            assert_eq!((&all(), recent()), (&before, recent_before.clone()), "{full:?}: {name}: {arguments:?}");
        }
        // A switch works even where it cannot be remembered, and deletes no earlier name.
        let output = run(name, &["dev"]);
        assert!(output.status.success() && output.stdout.ends_with(b"\nend\n"), "{full:?}: {name}: {output:?}");
        assert!(all() == before && recent().contains("work"), "{full:?}: {name}: {}", recent());
    }
    for filler in fillers {
        let _ = fs::remove_file(filler);
    }
    for arguments in [["allow"].as_slice(), &["pin", "work"], &["dev"]] {
        assert!(run("state", arguments).status.success(), "{full:?}: {arguments:?}");
    }
    assert_eq!(fs::read(&project).unwrap(), b"work\n");
}
