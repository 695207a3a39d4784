//! Start-up files that are links, of another user, or no regular files.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::path::PathBuf;

use super::{BEGIN, KINDS, setup};
use crate::common::{World, skip};

#[test]
fn a_symlinked_file_stays_a_link_and_its_target_is_edited() {
    for (kind, file) in KINDS {
        let world = World::new();
        let target = world.write("dotfiles/rc", "export A=1\n");
        let link = world.path(file);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        let relative = if kind == "fish" { "../../dotfiles/rc" } else { "dotfiles/rc" };
        symlink(relative, &link).unwrap();
        setup(&world, &["--shell", kind]);
        assert_eq!(fs::read_link(&link).unwrap(), PathBuf::from(relative), "{kind}");
        assert!(fs::read_to_string(&target).unwrap().contains(BEGIN), "{kind}");
        setup(&world, &["--undo"]);
        assert_eq!(fs::read_link(&link).unwrap(), PathBuf::from(relative), "{kind}");
        assert_eq!(fs::read_to_string(&target).unwrap(), "export A=1\n", "{kind}");
    }
}

#[test]
fn a_file_that_cannot_be_edited_is_named_and_unchanged() {
    for (kind, file) in KINDS {
        let world = World::new();
        world.dir(file);
        let output = world.command("aws-switch").args(["setup", "--shell", kind]).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{kind}");
        let why = "it is a directory, not a file; remove or rename it";
        assert_eq!(stderr, format!("aws-switch: error: cannot write ~/{file}: {why}\n"), "{kind}");
    }
}

#[test]
fn setup_goes_on_after_a_file_that_cannot_be_edited() {
    let world = World::new();
    world.dir(".zshrc");
    let output = world.command("aws-switch").arg("setup").output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.starts_with("aws-switch: error: cannot write ~/.zshrc: "), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stdout.contains("\nnext: start a new shell"), "{stdout}");
    let undone = setup(&world, &["--undo"]);
    for (kind, file) in [KINDS[0], KINDS[2]] {
        let line = format!("{kind}: ~/{file}: ");
        assert!(stdout.contains(&line) && undone.contains(&line), "{stdout}{undone}");
    }
}

#[test]
fn in_a_home_that_cannot_be_written_each_file_is_reported_and_nothing_comes_next() {
    let world = World::new();
    let mut command = world.command("aws-switch");
    command.env("HOME", "/dev/null/home").env_remove("XDG_CONFIG_HOME");
    let output = command.arg("setup").output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.lines().count() >= 3, "{stderr}");
    for line in stderr.lines() {
        assert!(line.starts_with("aws-switch: error: cannot write ~/"), "{line}");
    }
    assert!(stdout.ends_with("to undo all this: aws-switch setup --undo\n"), "{stdout}");
}

#[test]
fn a_path_that_is_no_regular_file_is_neither_read_nor_replaced() {
    let world = World::new();
    let pipe = world.path("pipe");
    assert!(world.command("mkfifo").arg(&pipe).status().unwrap().success());
    for (target, why) in [(pipe, "it is not a regular file"), (world.path("nowhere"), "it is a link to a missing file")]
    {
        // Of the second one, which a login bash reads, setup first looks whether it reads the other.
        for file in [".bashrc", ".profile"] {
            let link = world.path(file);
            symlink(&target, &link).unwrap();
            let output = world.command("aws-switch").args(["setup", "--shell", "bash"]).output().unwrap();
            let stderr = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{stderr}");
            assert!(stderr.starts_with(&format!("aws-switch: error: cannot write ~/{file}: {why}")), "{stderr}");
            assert_eq!(fs::read_link(&link).unwrap(), target);
            fs::remove_file(link).unwrap();
            setup(&world, &["--undo"]);
        }
    }
}

#[test]
fn a_file_keeps_its_owner() {
    let world = World::new();
    let path = world.write(".bashrc", "# mine\n");
    if chown(&path, Some(4_242), Some(4_243)).is_err() {
        return skip("only root can change the owner of a file");
    }
    for arguments in [&["--shell", "bash"][..], &["--undo"]] {
        setup(&world, arguments);
        let found = fs::metadata(&path).unwrap();
        assert_eq!((found.uid(), found.gid()), (4_242, 4_243), "{arguments:?}");
    }
}
