//! The recent profiles: manual switches that are remembered.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::{leave, open, world};
use crate::common::{Shell, World};

const FILE: &str = ".local/state/aws-switch/recent";

/// Switches as a shell script does.
fn switch(world: &World, name: &str) {
    let output = world.helper().args(["use", "--", name]).env("__AWS_SWITCH_WIRE", "3").output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{name}");
    assert!(output.stdout.ends_with(b"end\n"), "{name}");
}

/// The saved names, the latest first, each once.
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
fn only_names_are_saved_and_only_for_the_user() {
    let world = world();
    for name in ["work", "dev", "日本", "work"] {
        switch(&world, name);
    }
    assert_eq!(fs::read_to_string(world.path(FILE)).unwrap(), "\nwork\ndev\n日本\nwork");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.path(FILE)), 0o600);
    assert_eq!(mode(world.path(FILE).parent().unwrap()), 0o700);
    // Switching to the active profile writes nothing, nor does a command that is no manual switch.
    let before = fs::read(world.path(FILE)).unwrap();
    let again = [("AWS_PROFILE", "work"), ("__AWS_SWITCH_WIRE", "3")];
    assert!(world.helper().arg("work").envs(again).output().unwrap().status.success());
    for arguments in [&["--unset"][..], &["nosuch"], &["--region", "eu-west-1"], &["__hook", "change"], &["list"]] {
        world.helper().args(arguments).env("__AWS_SWITCH_WIRE", "3").output().unwrap();
        world.helper().args(arguments).output().unwrap();
    }
    world.helper().arg("dev").output().unwrap();
    assert_eq!(fs::read(world.path(FILE)).unwrap(), before);
    let left = fs::read_dir(world.path(FILE).parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "nothing is left beside it");
}

#[test]
fn old_names_are_dropped_from_a_long_file() {
    let world = World::new();
    let name = |number: usize| format!("p{number}{}", "x".repeat(200));
    world.config(&(0..120).map(|number| format!("[profile {}]\n", name(number))).collect::<String>());
    for number in 0..120 {
        switch(&world, &name(number));
    }
    let saved = recent(&world);
    assert_eq!(saved[..50], (70..120).rev().map(name).collect::<Vec<_>>());
    assert!(saved.len() < 120, "{}", saved.len());
    assert!(fs::metadata(world.path(FILE)).unwrap().len() < 20_000);
}

/// Creates something odd at the path of the file.
type Odd = fn(&Path);

#[test]
fn switching_and_picking_work_whatever_is_at_the_path_of_the_file() {
    let cases: [(&str, Odd, Option<&[&str]>); 9] = [
        ("missing", |_| {}, Some(&["dev"])),
        ("a directory", |file| fs::create_dir_all(file).unwrap(), None),
        ("a full directory", |file| fs::create_dir_all(file.join("x")).unwrap(), None),
        ("a pipe", make_pipe, Some(&["dev"])),
        ("a link to nothing", |file| symlink("nowhere", file).unwrap(), Some(&["dev"])),
        ("half written", |file| fs::write(file, "work\nno").unwrap(), Some(&["dev", "no", "work"])),
        ("empty lines", |file| fs::write(file, "\n\n\nwork\n\n").unwrap(), Some(&["dev", "work"])),
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
        let dir = file.parent().unwrap();
        let _ = fs::remove_dir_all(dir);
        fs::create_dir_all(dir).unwrap();
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
        assert_eq!(fs::read_dir(dir).unwrap().count(), 1, "{what}: nothing is left beside it");
    }
}

fn make_pipe(file: &Path) {
    let text = std::str::from_utf8(file.as_os_str().as_bytes()).unwrap();
    assert!(Command::new("mkfifo").arg(text).status().unwrap().success());
}

#[test]
fn an_unwritable_state_directory_stops_no_switch() {
    let world = world();
    for path in [".local", ".local/state", ".local/state/aws-switch"] {
        let _ = fs::remove_dir_all(world.path(".local"));
        // Even root cannot create a directory in a file.
        world.write(path, "");
        switch(&world, "dev");
        for shell in Shell::available().into_iter().filter(|&shell| shell != Shell::Fish) {
            let mut session = world.start(shell).spawn();
            open(&session, "aws-switch", "6/6");
            session.keys("\r");
            assert_eq!(session.wait_prompt(), 0, "{shell:?}: {path}");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}: {path}");
        }
        fs::remove_file(world.path(path)).unwrap();
    }
    // A state directory that cannot exist.
    let output = world
        .helper()
        .args(["dev"])
        .env("__AWS_SWITCH_WIRE", "3")
        .env("XDG_STATE_HOME", "/proc/nowhere")
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
