//! The owner of a file, and other users who can write it.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown, lchown, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;

use super::{Allow, FILE, Kind, SOMEBODY, answer, can_change_owner, check, resolved, set_mode, world};
use crate::common::{Shell, Walk, World, skip};

const fn untrusted(name: &'static str, make: fn(&World, &Path)) -> Kind {
    Kind { name, make, status: "untrusted", allow: Allow::Works }
}

/// A file with a profile that exists.
fn work(world: &World, file: &Path) {
    world.write(file.strip_prefix(world.home()).unwrap(), "work\n");
}

/// The groups and the users of this machine, each line's fields.
fn entries(file: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| line.split(':').map(str::to_owned).collect()).filter(|f: &Vec<_>| f.len() > 3).collect()
}

/// A group that is another user's own.
fn group_of_another() -> Option<u32> {
    let mine = rustix::process::geteuid().as_raw().to_string();
    let user = entries("/etc/passwd").into_iter().find(|user| user[2] != "0" && user[2] != mine && user[3] != "0")?;
    user[3].parse().ok()
}

/// A group that nobody is in.
fn group_of_nobody() -> Option<u32> {
    let users = entries("/etc/passwd");
    let is_empty = |group: &Vec<String>| {
        group[3].is_empty() && users.iter().all(|user| user[3] != group[2] && user[0] != group[0])
    };
    entries("/etc/group").into_iter().find(is_empty)?[2].parse().ok()
}

#[test]
fn a_file_that_everybody_can_write_is_ignored_until_it_is_allowed() {
    check(&[
        untrusted("everybody", |world, file| {
            work(world, file);
            set_mode(file, 0o666);
        }),
        untrusted("everybody but the group", |world, file| {
            work(world, file);
            set_mode(file, 0o606);
        }),
        untrusted("everybody, through a link", |world, file| {
            work(world, &world.path("writable"));
            set_mode(&world.path("writable"), 0o646);
            symlink(world.path("writable"), file).unwrap();
        }),
    ]);
}

#[test]
fn a_file_of_another_user_is_ignored_until_it_is_allowed() {
    if !can_change_owner() {
        return;
    }
    check(&[
        untrusted("somebody's file", |world, file| {
            work(world, file);
            chown(file, Some(SOMEBODY), None).unwrap();
        }),
        untrusted("somebody's own file, read-only", |world, file| {
            work(world, file);
            chown(file, Some(SOMEBODY), Some(SOMEBODY)).unwrap();
            set_mode(file, 0o444);
        }),
        untrusted("somebody's link to my file", |world, file| {
            work(world, &world.path("mine"));
            symlink(world.path("mine"), file).unwrap();
            lchown(file, Some(SOMEBODY), None).unwrap();
        }),
        untrusted("somebody's link to a file that is allowed", |world, file| {
            work(world, &world.path("allowed"));
            assert!(world.helper().arg("allow").arg(world.path("allowed")).status().unwrap().success());
            symlink(world.path("allowed"), file).unwrap();
            lchown(file, Some(SOMEBODY), None).unwrap();
        }),
        untrusted("my link to somebody's file", |world, file| {
            work(world, &world.path("theirs"));
            chown(world.path("theirs"), Some(SOMEBODY), None).unwrap();
            symlink(world.path("theirs"), file).unwrap();
        }),
        untrusted("my link to somebody's link to my file", |world, file| {
            work(world, &world.path("mine-too"));
            symlink("mine-too", world.path("between")).unwrap();
            lchown(world.path("between"), Some(SOMEBODY), None).unwrap();
            symlink("../between", file).unwrap();
        }),
    ]);
}

#[test]
fn a_file_that_another_group_can_write_is_ignored_until_it_is_allowed() {
    if !can_change_owner() {
        return;
    }
    let mut kinds = vec![untrusted("a group that is unknown here", |world, file| {
        work(world, file);
        chown(file, None, Some(SOMEBODY)).unwrap();
        set_mode(file, 0o664);
    })];
    if group_of_another().is_some() {
        kinds.push(untrusted("another user's group", |world, file| {
            work(world, file);
            chown(file, None, group_of_another()).unwrap();
            set_mode(file, 0o664);
        }));
    } else {
        skip("no other user has a group here");
    }
    if group_of_nobody().is_some() {
        // Only the user's own group is trusted: others can join this one, or a program has it.
        kinds.push(untrusted("a group without members", |world, file| {
            work(world, file);
            chown(file, None, group_of_nobody()).unwrap();
            set_mode(file, 0o664);
        }));
    } else {
        skip("every group has members here");
    }
    check(&kinds);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_others_can_write_by_an_acl_is_ignored_until_it_is_allowed() {
    // Version 2, then tag, permissions and id of: owner, SOMEBODY, group, mask, others.
    fn list() -> Vec<u8> {
        let none = u32::MAX;
        let entries = [(1_u16, 6_u16, none), (2, 6, SOMEBODY), (4, 4, none), (0x10, 6, none), (0x20, 4, none)];
        let entries = entries.iter().flat_map(|(tag, may, id)| {
            [tag.to_le_bytes().as_slice(), may.to_le_bytes().as_slice(), id.to_le_bytes().as_slice()].concat()
        });
        2_u32.to_le_bytes().into_iter().chain(entries).collect()
    }
    fn listed(world: &World, file: &Path) {
        work(world, file);
        let flags = rustix::fs::XattrFlags::empty();
        rustix::fs::setxattr(file, "system.posix_acl_access", &list(), flags).unwrap();
    }
    let scratch = world();
    let probe = scratch.write("probe", "");
    let flags = rustix::fs::XattrFlags::empty();
    if rustix::fs::setxattr(&probe, "system.posix_acl_access", &list(), flags).is_err() {
        return skip("this file system has no access control lists");
    }
    check(&[untrusted("a list", listed)]);
}

#[test]
fn the_users_own_file_is_trusted_with_every_mode_that_excludes_others() {
    let world = world();
    let file = world.write(FILE, "work\n");
    let own_group = fs::metadata(&file).unwrap().gid();
    let mut modes = vec![0o644, 0o600, 0o400, 0o444, 0o640, 0o755];
    let users = entries("/etc/passwd");
    let mine: Vec<_> = users.iter().filter(|user| user[3] == own_group.to_string()).collect();
    if mine.len() == 1 && super::is_root() {
        modes.extend([0o664, 0o660, 0o620]);
    } else {
        skip("the group of a new file may not be the user's own here: group-writable ones were not tested");
    }
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        for mode in &modes {
            set_mode(&file, *mode);
            assert_eq!(resolved(&world, "there")["status"], "active", "{mode:o}");
            walk.reports(&walk.cd("there"), FILE, "work");
            walk.reports(&walk.cd(""), FILE, "base");
        }
    }
}

#[test]
fn a_user_trusts_only_files_of_root_and_their_own() {
    if !can_change_owner() {
        return;
    }
    let world = world();
    let helper = world.path("helper");
    fs::copy(env!("CARGO_BIN_EXE_aws-switch"), &helper).unwrap();
    for path in [world.home().parent().unwrap(), &helper] {
        set_mode(path, 0o755);
    }
    let file = world.write(FILE, "work\n");
    for (owner, group, mode, status) in [
        (0, 0, 0o644, "active"),
        (SOMEBODY, SOMEBODY, 0o644, "active"),
        (SOMEBODY, SOMEBODY, 0o664, "untrusted"),
        (SOMEBODY + 1, SOMEBODY, 0o644, "untrusted"),
        (SOMEBODY + 1, 0, 0o444, "untrusted"),
        (0, 0, 0o646, "untrusted"),
        (SOMEBODY, SOMEBODY, 0o666, "untrusted"),
    ] {
        chown(&file, Some(owner), Some(group)).unwrap();
        set_mode(&file, mode);
        let mut command = world.command(&helper);
        let output = command.uid(SOMEBODY).gid(SOMEBODY).args(["resolve", "there", "--json"]).output().unwrap();
        let json = answer(&String::from_utf8(output.stdout).unwrap());
        assert_eq!(
            (json["status"].as_str(), output.status.code()),
            (Some(status), Some(0)),
            "{owner} {mode:o}: {json}"
        );
    }
}

/// A user whose own group has no other member.
fn user_with_own_group() -> Option<(u32, u32)> {
    let users = entries("/etc/passwd");
    let groups = entries("/etc/group");
    let has_own_group = |user: &&Vec<String>| {
        user[2] != "0"
            && groups.iter().any(|group| group[0] == user[0] && group[2] == user[3] && group[3].is_empty())
            && users.iter().all(|other| other == *user || other[3] != user[3] && other[2] != user[2])
    };
    let user = users.iter().find(has_own_group)?;
    Some((user[2].parse().ok()?, user[3].parse().ok()?))
}

#[test]
fn the_user_is_the_one_whose_permissions_the_helper_has() {
    if !can_change_owner() {
        return;
    }
    let Some((user, group)) = user_with_own_group() else {
        return skip("no user has a group of their own here");
    };
    let world = world();
    // Real and effective user differ in a program that is setuid.
    let setuid = |program: &str, name: &str| {
        let copy = world.path(name);
        // A program that another thread starts would inherit our open copy, and nobody could execute it.
        assert!(world.command("cp").arg(program).arg(&copy).status().unwrap().success());
        chown(&copy, Some(user), None).unwrap();
        set_mode(&copy, 0o4755);
        world.command(copy)
    };
    set_mode(world.home().parent().unwrap(), 0o755);
    let probe = setuid("/usr/bin/id", "id").arg("-u").output().unwrap();
    if probe.stdout != format!("{user}\n").as_bytes() {
        return skip("setuid has no effect here");
    }
    let mut helper = setuid(env!("CARGO_BIN_EXE_aws-switch"), "helper");
    helper.args(["resolve", "there", "--json"]);
    let file = world.write(FILE, "work\n");
    for (owner, group, mode, status) in [
        (user, 0, 0o644, "active"),
        (user, group, 0o664, "active"),
        (0, group, 0o664, "active"),
        (0, 0, 0o664, "untrusted"),
        (SOMEBODY, 0, 0o644, "untrusted"),
    ] {
        chown(&file, Some(owner), Some(group)).unwrap();
        set_mode(&file, mode);
        let json = answer(&String::from_utf8(helper.output().unwrap().stdout).unwrap());
        assert_eq!(json["status"], status, "{owner}:{group} {mode:o}: {json}");
    }
}

#[test]
fn a_new_owner_is_noticed_on_return() {
    if !can_change_owner() {
        return;
    }
    for shell in Shell::available() {
        let world = world();
        let file = world.write(FILE, "work\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "work");
        walk.reports(&walk.cd(""), FILE, "base");
        chown(&file, Some(SOMEBODY), None).unwrap();
        walk.reports(&walk.cd("there"), FILE, "base");
        walk.silent(&walk.cd(""), "base");
        chown(&file, Some(0), None).unwrap();
        walk.reports(&walk.cd("there"), FILE, "work");
    }
}
