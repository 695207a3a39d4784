//! `pin` writes the file of a directory and trusts it; `pin --remove` deletes it.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;

use super::{FILE, SOMEBODY, can_change_owner, resolved, set_mode, world};
use crate::common::{Output, Shell, Walk, World};

#[track_caller]
fn pinned(walk: &mut Walk, line: &str, profile: &str) {
    let text = walk.one_line(line);
    let start = format!("aws-switch: pinned {profile} (~/there/");
    assert!(text.starts_with(&start) && text.ends_with(".awsprofile)"), "{:?}: {text}", walk.shell());
    walk.stays_active(line, profile);
}

#[track_caller]
fn removed(walk: &mut Walk, profile: &str) {
    let line = "aws-switch pin --remove";
    let wanted = format!("aws-switch: removed ~/{FILE}; back to {profile}");
    assert_eq!(walk.session.ok(line), wanted, "{:?}", walk.shell());
    walk.stays_active(line, profile);
}

#[track_caller]
fn fails_with_one_line(output: &Output, status: i32) {
    assert_eq!((output.status, output.text.lines().count()), (status, 1), "{}", output.text);
    assert!(output.text.starts_with("aws-switch: error: "), "{}", output.text);
}

#[track_caller]
fn finds_nothing_to_remove(output: &Output, dir: &str) {
    fails_with_one_line(output, 1);
    let wanted = format!("no .awsprofile in ~/{dir}; 'aws-switch resolve' shows whether another one applies");
    assert_eq!(output.text, format!("aws-switch: error: {wanted}"));
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = entries.collect();
    names.sort();
    names
}

fn mode(world: &World, file: &str) -> u32 {
    fs::symlink_metadata(world.path(file)).unwrap().permissions().mode()
}

#[test]
fn pin_writes_a_file_that_others_can_read_whatever_the_umask() {
    for shell in Shell::available() {
        for umask in ["077", "022", "000"] {
            let world = world();
            let mut walk = Walk::from_base(&world, shell);
            walk.session.ok(&format!("umask {umask}"));
            walk.silent(&walk.cd("there"), "base");
            pinned(&mut walk, "aws-switch pin work", "work");
            assert_eq!(fs::read(world.path(FILE)).unwrap(), b"work\n", "{shell:?}");
            assert_eq!(mode(&world, FILE), 0o100_644, "{shell:?}: umask {umask}");
            assert_eq!(names(&world.path("there")), [".awsprofile", "deep"], "{shell:?}");
            walk.reports(&walk.cd(""), FILE, "base");
            walk.reports(&walk.cd("there/deep"), FILE, "work");
        }
    }
}

#[test]
fn without_the_integration_the_status_is_that_of_the_file_and_no_switch_is_reported() {
    let world = world();
    let there = world.path("there");
    let helper = |words: &[&str], variables: &[(&str, &str)]| {
        let mut command = world.helper();
        let output = command.args(words).envs(variables.iter().copied()).current_dir(&there).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let pinned = helper(&["pin", "work"], &[("AWS_ACCESS_KEY_ID", "key")]);
    assert_eq!(pinned, (Some(0), format!("aws-switch: pinned work (~/{FILE})\n")));
    world.write(".awsprofile", "nobody\n");
    assert_eq!(helper(&["pin", "--remove"], &[]), (Some(0), format!("aws-switch: removed ~/{FILE}\n")));
    // A shell of its own below one whose --for has expired; on one line, as a prompt between could end it first.
    let mut session = world.start(Shell::Bash).spawn();
    let text = session.ok("cd there && aws-switch prod --for 1s; bash -c 'sleep 2; command aws-switch deny ..'");
    let lines: Vec<_> = text.lines().take(2).collect();
    assert_eq!(lines, ["aws-switch: switched to prod for 1s", "aws-switch: denied ~/.awsprofile"], "{text}");
}

#[test]
fn pin_without_a_name_adds_to_what_the_file_has_for_the_active_profile() {
    for shell in Shell::available() {
        let world = world();
        let content = || fs::read_to_string(world.path(FILE)).unwrap();
        world.write(FILE, "work\neu-west-1\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.session.ok(&walk.cd("there"));
        walk.session.ok("aws-switch pin");
        assert_eq!(content(), "work\neu-west-1\n", "{shell:?}");
        walk.session.ok("aws-switch pin --region us-east-1");
        assert_eq!(content(), "work\nus-east-1\n", "{shell:?}");
        walk.session.ok("aws-switch pin work");
        assert_eq!(content(), "work\n", "{shell:?}");
        world.write(FILE, "work\neu-west-1\n");
        walk.session.ok("aws-switch other");
        walk.session.ok("aws-switch pin");
        assert_eq!(content(), "other\n", "{shell:?}");
    }
}

#[test]
fn pin_without_a_name_pins_the_active_profile() {
    for shell in Shell::available() {
        let world = world();
        let mut walk = Walk::from_base(&world, shell);
        walk.session.ok("aws-switch 'my profile'");
        walk.session.ok(&walk.cd("there"));
        pinned(&mut walk, "aws-switch pin", "my profile");
        assert_eq!(fs::read(world.path(FILE)).unwrap(), b"my profile\n", "{shell:?}");
        let mut walk = Walk::new(&world, world.start(shell));
        fails_with_one_line(&walk.session.run("aws-switch pin"), 1);
        assert!(!world.path(".awsprofile").exists(), "{shell:?}");
        walk.stays_active("aws-switch pin", "");
    }
}

#[test]
fn an_unknown_name_is_status_3_and_writes_nothing() {
    for shell in Shell::available() {
        let world = world();
        let mut walk = Walk::from_base(&world, shell);
        walk.session.ok(&walk.cd("there"));
        for name in ["wrk", "'$(touch x)'", "WORK"] {
            let output = walk.session.run(&format!("aws-switch pin {name}"));
            fails_with_one_line(&output, 3);
            assert_eq!(names(&world.path("there")), ["deep"], "{shell:?}: {name}");
            walk.stays_active(name, "base");
        }
        world.write(FILE, "other\n");
        walk.reports("true", FILE, "other");
        fails_with_one_line(&walk.session.run("aws-switch pin wrk"), 3);
        assert_eq!(fs::read(world.path(FILE)).unwrap(), b"other\n", "{shell:?}");
        walk.stays_active("aws-switch pin wrk", "other");
    }
}

#[test]
fn a_name_that_the_file_cannot_hold_is_an_error() {
    let world = world();
    world.config("[profile base]\n[profile '# x']\n[profile ' x ']\n");
    for name in ["# x", " x "] {
        let output = world.helper().args(["pin", "--", name]).current_dir(world.path("there")).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert_eq!(names(&world.path("there")), ["deep"], "{name}");
    }
}

#[test]
fn a_protected_profile_that_is_pinned_needs_no_allow() {
    for shell in Shell::available() {
        let world = world();
        let mut walk = Walk::from_base(&world, shell);
        walk.session.ok(&walk.cd("there"));
        pinned(&mut walk, "aws-switch pin prod", "prod");
        walk.reports(&walk.cd(""), FILE, "base");
        walk.reports(&walk.cd("there"), FILE, "prod");
        world.write(FILE, "prod\n# edited\n");
        walk.reports("true", FILE, "base");
    }
}

#[test]
fn remove_deletes_the_file_and_its_trust() {
    for shell in Shell::available() {
        let world = world();
        let mut walk = Walk::from_base(&world, shell);
        walk.session.ok(&walk.cd("there"));
        pinned(&mut walk, "aws-switch pin prod", "prod");
        removed(&mut walk, "base");
        assert_eq!(names(&world.path("there")), ["deep"], "{shell:?}");
        finds_nothing_to_remove(&walk.session.run("aws-switch pin --remove"), "there");
        world.write(FILE, "prod\n");
        walk.reports("true", FILE, "base");
        assert_eq!(resolved(&world, "there")["status"], "untrusted");
    }
}

#[test]
fn remove_keeps_a_denial_and_leaves_the_target_of_a_link_alone() {
    let world = world();
    world.write(FILE, "work\n");
    world.write("target/.awsprofile", "work\n");
    symlink(world.path("target/.awsprofile"), world.dir("linked").join(".awsprofile")).unwrap();
    let run = |dir: &str, arguments: &[&str]| {
        assert!(
            world.helper().args(arguments).current_dir(world.path(dir)).status().unwrap().success(),
            "{arguments:?}"
        );
    };
    run("there", &["deny"]);
    run("target", &["deny"]);
    run("there", &["pin", "--remove"]);
    run("linked", &["pin", "--remove"]);
    world.write(FILE, "work\n");
    assert_eq!(resolved(&world, "there")["status"], "untrusted");
    assert_eq!(resolved(&world, "target")["status"], "untrusted");
}

#[test]
fn a_pin_that_cannot_be_written_leaves_a_denial_as_it_was() {
    let world = world();
    world.write("there/.awsprofile/kept", "");
    assert!(world.helper().args(["deny", "there/.awsprofile"]).status().unwrap().success());
    let output = world.helper().args(["pin", "work"]).current_dir(world.path("there")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    fs::remove_dir_all(world.path(FILE)).unwrap();
    world.write(FILE, "work\n");
    assert_eq!(resolved(&world, "there")["status"], "untrusted");
}

#[test]
fn remove_deletes_only_the_file_of_this_directory() {
    let world = world();
    world.write(FILE, "work\n");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there/deep"), FILE, "work");
        finds_nothing_to_remove(&walk.session.run("aws-switch pin --remove"), "there/deep");
        walk.stays_active("aws-switch pin --remove", "work");
    }
    assert!(world.path(FILE).exists());
}

#[test]
fn pin_replaces_a_link_and_never_writes_or_deletes_its_target() {
    for shell in Shell::available() {
        let world = world();
        let target = world.write("target", "other\n");
        symlink(&target, world.path(FILE)).unwrap();
        symlink(world.path("nowhere"), world.path("there/deep/.awsprofile")).unwrap();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "other");
        pinned(&mut walk, "aws-switch pin work", "work");
        assert_eq!((mode(&world, FILE), fs::read(&target).unwrap()), (0o100_644, b"other\n".to_vec()), "{shell:?}");
        walk.session.ok(&walk.cd("there/deep"));
        pinned(&mut walk, "aws-switch pin work", "work");
        assert!(!world.path("nowhere").exists(), "{shell:?}");
        fs::remove_file(world.path(FILE)).unwrap();
        symlink(&target, world.path(FILE)).unwrap();
        walk.reports(&walk.cd("there"), FILE, "other");
        removed(&mut walk, "base");
        assert_eq!(fs::read(&target).unwrap(), b"other\n", "{shell:?}");
    }
}

#[test]
fn pin_replaces_a_file_of_another_user() {
    if !can_change_owner() {
        return;
    }
    for shell in Shell::available() {
        let world = world();
        chown(world.write(FILE, "other\n"), Some(SOMEBODY), Some(SOMEBODY)).unwrap();
        set_mode(&world.path(FILE), 0o666);
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
        pinned(&mut walk, "aws-switch pin work", "work");
        let meta = fs::metadata(world.path(FILE)).unwrap();
        assert_eq!((meta.uid(), meta.permissions().mode()), (0, 0o100_644), "{shell:?}");
    }
}

#[test]
fn pin_leaves_a_directory_at_the_path_of_the_file_alone() {
    let world = world();
    world.write("there/.awsprofile/kept", "");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
        for (line, what) in [("pin work", "write"), ("pin --remove", "remove"), ("allow", "trust")] {
            let output = walk.session.run(&format!("aws-switch {line}"));
            fails_with_one_line(&output, 1);
            let wanted = format!("cannot {what} ~/{FILE}: it is a directory, not a file; remove or rename it");
            assert_eq!(output.text, format!("aws-switch: error: {wanted}"), "{shell:?}");
            walk.stays_active(line, "base");
        }
        assert_eq!(names(&world.path("there")), [".awsprofile", "deep"], "{shell:?}");
        assert!(world.path("there/.awsprofile/kept").exists());
    }
}

#[test]
fn pinning_nearer_or_after_a_manual_switch_takes_effect_at_once() {
    for shell in Shell::available() {
        let world = world();
        world.write(FILE, "work\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there/deep"), FILE, "work");
        pinned(&mut walk, "aws-switch pin other", "other");
        assert_eq!(fs::read(world.path(FILE)).unwrap(), b"work\n", "{shell:?}");
        walk.session.ok("aws-switch base");
        pinned(&mut walk, "aws-switch pin work", "work");
        walk.session.ok("aws-switch other");
        pinned(&mut walk, "aws-switch pin", "other");
        walk.reports(&walk.cd("there"), FILE, "work");
        walk.reports(&walk.cd(""), FILE, "other");
    }
}

#[test]
fn leaving_a_pinned_directory_for_an_ignored_file_is_reported_again() {
    let world = world();
    world.write(FILE, "no-such\n");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there/deep"), FILE, "base");
        pinned(&mut walk, "aws-switch pin work", "work");
        walk.reports(&walk.cd("there"), FILE, "base");
        fs::remove_file(world.path("there/deep/.awsprofile")).unwrap();
    }
}

#[test]
fn without_the_integration_pin_works_and_reports_no_switch() {
    let world = world();
    let run = |arguments: &[&str], message: &str| {
        let output = world.helper().args(arguments).current_dir(world.path("there")).output().unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), format!("aws-switch: {message}\n"));
    };
    run(&["pin", "prod"], "pinned prod (~/there/.awsprofile)");
    assert_eq!(resolved(&world, "there")["status"], "active");
    run(&["deny"], "denied ~/there/.awsprofile");
    run(&["allow"], "trusted ~/there/.awsprofile");
    run(&["pin", "--remove"], "removed ~/there/.awsprofile");
    assert_eq!(resolved(&world, "there")["status"], "none");
}

#[test]
fn a_directory_that_was_removed_cannot_be_pinned() {
    let world = world();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        world.dir("gone");
        walk.silent(&walk.cd("gone"), "base");
        fs::remove_dir(world.path("gone")).unwrap();
        for line in ["aws-switch pin work", "aws-switch pin --remove"] {
            let output = walk.run(line);
            fails_with_one_line(&output, 1);
            let wanted = "aws-switch: error: the current directory no longer exists; change to another one";
            assert_eq!(output.text, wanted, "{shell:?}: {line}");
        }
    }
}
