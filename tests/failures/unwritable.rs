//! A home that is missing or readonly, and a disk without space.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::{Shell, World};

/// The one line of aws-switch on stderr.
#[track_caller]
pub fn one_line(output: &Output, what: &str) -> String {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.starts_with("aws-switch: ") && errors.lines().count() == 1, "{what}: {errors}");
    errors
}

/// The files of a directory, with their bytes.
pub fn all_of(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(dir).into_iter().flatten().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.path().is_file());
    let mut all: Vec<_> =
        files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect();
    all.sort();
    all
}

#[test]
fn switching_works_with_a_missing_or_readonly_home() {
    for shell in Shell::available() {
        let world = World::new();
        let config = world.config("[profile work]\n[profile dev]\n");
        world.write("project/.awsprofile", "dev\n");
        world.dir("bare");
        // Even root cannot write in /sys or below a file. (fish 4.9 itself hangs with a home in /proc.)
        let homes = ["", "/dev/null/home", if cfg!(target_os = "linux") { "/sys" } else { "/dev/null/x" }];
        for home in homes {
            let run = |lines: &[&str]| {
                let program = shell.executable().unwrap();
                let script = [&[shell.init_line()], lines].concat().join("\n");
                let mut command = world.command(program);
                for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
                    command.env_remove(name);
                    if !home.is_empty() {
                        command.env(name, home);
                    }
                }
                // Without HOME the state would be in the real user's home.
                if home.is_empty() {
                    command.env("XDG_STATE_HOME", "/dev/null/state");
                }
                let plain = if shell == Shell::Fish {
                    ["--no-config", "-c"]
                } else if shell == Shell::Zsh {
                    ["-f", "-c"]
                } else {
                    ["--norc", "-c"]
                };
                command.args(plain).arg(script).env("AWS_CONFIG_FILE", &config).output().unwrap()
            };
            let print = shell.print_var("AWS_PROFILE");
            let switched = run(&["aws-switch work", &print, "aws-switch -", "aws-switch dev", "aws-switch -", &print]);
            let out = String::from_utf8_lossy(&switched.stdout).into_owned();
            assert_eq!(out, "<work>\n<>\n", "{shell:?}: {home}: {}", String::from_utf8_lossy(&switched.stderr));
            for (dir, line) in
                [("bare", "aws-switch pin dev"), ("project", "aws-switch deny"), ("project", "aws-switch allow")]
            {
                let refused = run(&[&shell.cd(world.path(dir)), line]);
                let message = one_line(&refused, line);
                assert_eq!(refused.status.code(), Some(1), "{shell:?}: {home}: {line}: {message}");
                assert!(message.contains("cannot save whether "), "{shell:?}: {home}: {message}");
            }
            assert!(all_of(&world.path("bare")).is_empty(), "{shell:?}: {home}: pinned without trust");
        }
    }
}

/// The helper where no file may grow: as on a full disk, or, with `is_killed`, killed while it writes.
fn where_nothing_can_be_written(world: &World, is_killed: bool, arguments: &[&str]) -> Command {
    let mut command = world.command("/bin/sh");
    let ignore = if is_killed { "" } else { "trap '' XFSZ; " };
    command.args(["-c", &format!("{ignore}ulimit -c 0; ulimit -f 0; exec \"$0\" \"$@\"")]);
    command.arg(env!("CARGO_BIN_EXE_aws-switch")).args(arguments).env("__AWS_SWITCH_WIRE", "3");
    command
}

#[test]
fn a_full_disk_changes_neither_trust_nor_recent_profiles() {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    let project = world.write("project/.awsprofile", "dev\n");
    let run = |arguments: &[&str]| {
        let mut command = world.helper();
        command.args(arguments).env("__AWS_SWITCH_WIRE", "3").current_dir(world.path("project"));
        assert!(command.output().unwrap().status.success(), "{arguments:?}");
    };
    run(&["deny"]);
    run(&["work"]);
    let state = world.path(".local/state/aws-switch");
    let before = (all_of(&state), all_of(&state.join("trust")), all_of(&world.path("project")));
    for is_killed in [false, true] {
        for arguments in [&["allow"][..], &["pin", "work"], &["dev"]] {
            let mut command = where_nothing_can_be_written(&world, is_killed, arguments);
            let output = command.current_dir(world.path("project")).output().unwrap();
            if !is_killed && arguments != ["dev"] {
                assert_eq!(output.status.code(), Some(1), "{arguments:?}");
                one_line(&output, arguments[0]);
                assert_eq!(output.stdout, b"aws-switch 3 failed\n", "{arguments:?}");
            }
            // A switch works even where it cannot be remembered.
            assert!(arguments != ["dev"] || output.stdout.ends_with(b"\nend\n"), "{output:?}");
            let mut now = (all_of(&state), all_of(&state.join("trust")), all_of(&world.path("project")));
            if is_killed {
                // A killed process leaves an empty temporary file.
                for files in [&mut now.0, &mut now.1, &mut now.2] {
                    files.retain(|(name, bytes)| !(name.contains("new-") && bytes.is_empty()));
                }
            }
            assert_eq!(now, before, "{arguments:?}");
        }
    }
    // The files that are left stop no later command.
    run(&["allow"]);
    run(&["pin", "work"]);
    assert_eq!(fs::read(&project).unwrap(), b"work\n");
}
