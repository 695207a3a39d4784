//! What is remembered of choices by hand.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::{leave, open, world};
use crate::common::{Shell, World};

const FILE: &str = ".local/state/aws-switch/recent";

/// Switches as a script's question does.
fn switch(world: &World, name: &str) {
    let output = world.helper().args(["use", "--", name]).env("__AWS_SWITCH_WIRE", "2").output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{name}");
    assert!(output.stdout.ends_with(b"end\n"), "{name}");
}

/// What is kept, the last first, each once.
fn recent(world: &World) -> Vec<String> {
    let bytes = fs::read(world.path(FILE)).unwrap();
    let mut names: Vec<String> = Vec::new();
    for name in String::from_utf8_lossy(&bytes).rsplit('\n').filter(|name| !name.is_empty()) {
        if !names.iter().any(|earlier| earlier == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[test]
fn names_alone_are_kept_for_the_user_alone() {
    let world = world();
    for name in ["work", "dev", "日本", "work"] {
        switch(&world, name);
    }
    assert_eq!(fs::read_to_string(world.path(FILE)).unwrap(), "\nwork\ndev\n日本\nwork");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.path(FILE)), 0o600);
    assert_eq!(mode(world.path(FILE).parent().unwrap()), 0o700);
    // The one in force again writes nothing; nor does what is no choice of a profile by hand.
    let before = fs::read(world.path(FILE)).unwrap();
    let again = [("AWS_PROFILE", "work"), ("__AWS_SWITCH_WIRE", "1")];
    assert!(world.helper().arg("work").envs(again).output().unwrap().status.success());
    for arguments in [&["--unset"][..], &["nosuch"], &["--region", "eu-west-1"], &["__hook", "change"], &["list"]] {
        world.helper().args(arguments).env("__AWS_SWITCH_WIRE", "2").output().unwrap();
        world.helper().args(arguments).output().unwrap();
    }
    world.helper().arg("dev").output().unwrap();
    assert_eq!(fs::read(world.path(FILE)).unwrap(), before);
    let left = fs::read_dir(world.path(FILE).parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "nothing is left beside it");
}

#[test]
fn what_is_old_is_dropped_once_there_is_much() {
    let world = World::new();
    let name = |number: usize| format!("p{number}{}", "x".repeat(200));
    world.config(&(0..120).map(|number| format!("[profile {}]\n", name(number))).collect::<String>());
    for number in 0..120 {
        switch(&world, &name(number));
    }
    let kept = recent(&world);
    assert_eq!(kept[..50], (70..120).rev().map(name).collect::<Vec<_>>());
    assert!(kept.len() < 120, "{}", kept.len());
    assert!(fs::metadata(world.path(FILE)).unwrap().len() < 20_000);
}

/// Puts something odd in the file's place.
type Odd = fn(&Path);

#[test]
fn whatever_stands_in_its_place_switching_and_picking_go_on() {
    let cases: [(&str, Odd, Option<&[&str]>); 9] = [
        ("missing", |_| {}, Some(&["dev"])),
        ("a folder", |file| fs::create_dir_all(file).unwrap(), None),
        ("a full folder", |file| fs::create_dir_all(file.join("x")).unwrap(), None),
        ("a pipe", make_pipe, Some(&["dev"])),
        ("a link to nothing", |file| symlink("nowhere", file).unwrap(), Some(&["dev"])),
        ("half written", |file| fs::write(file, "work\nno").unwrap(), Some(&["dev", "no", "work"])),
        ("blank lines", |file| fs::write(file, "\n\n\nwork\n\n").unwrap(), Some(&["dev", "work"])),
        (
            "hostile bytes",
            |file| fs::write(file, b"\x1b[31mred\n\xff\xfe\0\nwork\n").unwrap(),
            Some(&["dev", "work", "\u{fffd}\u{fffd}\0", "\u{1b}[31mred"]),
        ),
        ("huge", |file| fs::write(file, "zero\n".repeat(1 << 20)).unwrap(), Some(&["dev", "z", "zero"])),
    ];
    let world = world();
    for (what, odd, wanted) in cases {
        let file = world.path(FILE);
        let folder = file.parent().unwrap();
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).unwrap();
        odd(&file);
        if Shell::Bash.is_here() {
            let mut session = world.start(Shell::Bash).spawn();
            open(&session, "aws-switch", "6/6");
            let screen = session.screen();
            assert!(!screen.contains("red") && !screen.contains("zero"), "{what}: {screen}");
            leave(&mut session);
        }
        switch(&world, "dev");
        switch(&world, "dev");
        if let Some(wanted) = wanted {
            assert_eq!(recent(&world)[..wanted.len()], *wanted, "{what}");
        }
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "{what}: nothing is left beside it");
    }
}

fn make_pipe(file: &Path) {
    let text = std::str::from_utf8(file.as_os_str().as_bytes()).unwrap();
    assert!(Command::new("mkfifo").arg(text).status().unwrap().success());
}

#[test]
fn a_state_folder_that_cannot_be_written_stops_no_switch() {
    let world = world();
    for place in [".local", ".local/state", ".local/state/aws-switch"] {
        let _ = fs::remove_dir_all(world.path(".local"));
        // Even root makes no folder within a file.
        world.write(place, "");
        switch(&world, "dev");
        for shell in Shell::available().into_iter().filter(|&shell| shell != Shell::Fish) {
            let mut session = world.start(shell).spawn();
            open(&session, "aws-switch", "6/6");
            session.keys("\r");
            assert_eq!(session.wait_prompt(), 0, "{shell:?}: {place}");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}: {place}");
        }
        fs::remove_file(world.path(place)).unwrap();
    }
    // No home at all.
    let output = world
        .helper()
        .args(["dev"])
        .env("__AWS_SWITCH_WIRE", "2")
        .env("XDG_STATE_HOME", "/proc/nowhere")
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
