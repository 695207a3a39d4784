//! Paths that are no regular file, or an unreadable one: they are never opened, and nothing hangs.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;

use super::{Allow, FILE, Kind, answer, check, is_root, resolved, set_mode, world};
use crate::common::{Shell, Walk, skip};

fn fifo(file: &Path) {
    let status = std::process::Command::new("mkfifo").arg(file).status().unwrap();
    assert!(status.success());
}

const fn unreadable(name: &'static str, make: fn(&super::World, &Path)) -> Kind {
    Kind { name, make, status: "unreadable", allow: Allow::Fails }
}

#[test]
fn a_path_that_is_no_regular_file_is_ignored_without_a_hang() {
    check(&[
        unreadable("a directory", |_, file| fs::create_dir(file).unwrap()),
        unreadable("a directory with a file in it", |_, file| {
            fs::create_dir(file).unwrap();
            fs::write(file.join(".awsprofile"), "work\n").unwrap();
        }),
        unreadable("a fifo", |_, file| fifo(file)),
        unreadable("a link to a fifo", |world, file| {
            fifo(&world.path("the-fifo"));
            symlink(world.path("the-fifo"), file).unwrap();
        }),
        unreadable("an endless device", |_, file| symlink("/dev/zero", file).unwrap()),
        unreadable("the terminal", |_, file| symlink("/dev/tty", file).unwrap()),
        unreadable("standard input", |_, file| symlink("/dev/stdin", file).unwrap()),
        unreadable("a socket", |_, file| drop(UnixListener::bind(file).unwrap())),
        unreadable("a link to nowhere", |_, file| symlink("nowhere", file).unwrap()),
        unreadable("a link to itself", |_, file| symlink(".awsprofile", file).unwrap()),
        unreadable("a link to a directory", |world, file| symlink(world.path("there"), file).unwrap()),
    ]);
}

#[test]
fn a_fifo_with_a_writer_is_not_read() {
    for shell in Shell::available() {
        let world = world();
        fifo(&world.path(FILE));
        let mut walk = Walk::from_base(&world, shell);
        // Opened for reading and writing, so that no end waits for the other.
        let writer = fs::OpenOptions::new().read(true).write(true).open(world.path(FILE)).unwrap();
        std::io::Write::write_all(&mut &writer, b"work\n").unwrap();
        walk.reports(&walk.cd("there"), FILE, "base");
        assert_eq!(answer(&walk.session.ok("aws-switch resolve --json"))["status"], "unreadable", "{shell:?}");
        walk.silent(&walk.cd("there/deep"), "base");
    }
}

#[test]
fn a_kernel_file_that_never_ends_does_not_hang_a_prompt() {
    if !Path::new("/proc/kmsg").exists() || !is_root() {
        return skip("there is no /proc/kmsg that this user can read");
    }
    let world = world();
    symlink("/proc/kmsg", world.path(FILE)).unwrap();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
    }
}

#[test]
fn an_unreadable_file_is_ignored() {
    let world = world();
    set_mode(&world.write(FILE, "work\n"), 0o000);
    if is_root() {
        // root can read every file: another user runs a copy of the helper.
        let helper = world.path("helper");
        fs::copy(env!("CARGO_BIN_EXE_aws-switch"), &helper).unwrap();
        for path in [world.home().parent().unwrap(), &world.home(), &world.path("there"), &helper] {
            set_mode(path, 0o755);
        }
        let mut command = world.command(&helper);
        let output = command.uid(65_534).gid(65_534).args(["resolve", "there", "--json"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(answer(&String::from_utf8(output.stdout).unwrap())["status"], "unreadable");
        return skip("root reads every file: no shell was tested with one that it may not read");
    }
    assert_eq!(resolved(&world, "there")["status"], "unreadable");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
        assert_eq!(walk.session.run("aws-switch allow").status, 1, "{shell:?}");
    }
}

#[test]
fn a_path_that_leads_to_no_file_is_reported_with_what_to_name_or_fix() {
    let world = world();
    symlink(".awsprofile", world.path(FILE)).unwrap();
    let no_file = "no such file; name a .awsprofile or its directory";
    let loops = "it cannot be read (Too many levels of symbolic links); fix or remove the link";
    for (words, why) in [
        (["allow", "there/deep"], format!("cannot trust ~/there/deep/.awsprofile: {no_file}")),
        (["allow", "nowhere"], format!("cannot trust ~/nowhere: {no_file}")),
        (["deny", "nowhere"], format!("cannot deny ~/nowhere: {no_file}")),
        (["deny", ".aws/config/x"], format!("cannot deny ~/.aws/config/x: {no_file}")),
        (["allow", "there"], format!("cannot trust ~/{FILE}: {loops}")),
    ] {
        let output = world.helper().args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), format!("aws-switch: error: {why}\n"), "{words:?}");
    }
}
