//! `allow` trusts a canonical path, that of a link too, with its content.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use serde_json::json;

use super::{FILE, resolved, set_mode, world};
use crate::common::{Shell, Walk, World};

/// A file that needs to be allowed, since everybody can write it.
fn suspect(world: &World, file: &str, content: &str) {
    set_mode(&world.write(file, content), 0o666);
}

#[track_caller]
fn helper(world: &World, arguments: &[&str], status: i32) -> String {
    let output = world.helper().args(arguments).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {text}");
    assert_eq!(output.stdout, b"", "{arguments:?}");
    assert!(text.lines().count() > 0 && text.lines().all(|line| line.starts_with("aws-switch: ")), "{text}");
    text
}

#[test]
fn an_allowed_file_is_trusted_while_it_has_the_content_that_was_allowed() {
    for shell in Shell::available() {
        let world = world();
        suspect(&world, FILE, "work\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
        walk.session.ok("aws-switch allow");
        walk.stays_active("aws-switch allow", "work");
        world.write(FILE, "other\n");
        set_mode(&world.path(FILE), 0o666);
        walk.reports("true", FILE, "base");
        walk.silent(&walk.cd("there/deep"), "base");
        world.write(FILE, "work\n\n");
        set_mode(&world.path(FILE), 0o666);
        walk.reports("true", FILE, "base");
        world.write(FILE, "work\n");
        set_mode(&world.path(FILE), 0o666);
        walk.reports("true", FILE, "work");
        walk.reports(&walk.cd(""), FILE, "base");
        walk.reports(&walk.cd("there/deep"), FILE, "work");
    }
}

#[test]
fn another_path_with_the_same_content_is_not_allowed_by_it() {
    let world = world();
    suspect(&world, FILE, "work\n");
    helper(&world, &["allow", "there"], 0);
    assert_eq!(resolved(&world, "there")["status"], "active");
    suspect(&world, "copy/.awsprofile", "work\n");
    assert_eq!(resolved(&world, "copy")["status"], "untrusted");
    fs::rename(world.path("there"), world.path("moved")).unwrap();
    assert_eq!(resolved(&world, "moved")["status"], "untrusted");
    suspect(&world, FILE, "work\n");
    assert_eq!(resolved(&world, "there")["status"], "active", "the same path and content again");
}

#[test]
fn allow_trusts_the_canonical_path() {
    let world = world();
    suspect(&world, FILE, "work\n");
    suspect(&world, "else", "work\n");
    symlink(world.path("there"), world.path("alias")).unwrap();
    symlink(world.path(FILE), world.dir("linked").join(".awsprofile")).unwrap();
    helper(&world, &["allow", "alias"], 0);
    for dir in ["there", "alias", "linked"] {
        assert_eq!(resolved(&world, dir)["status"], "active", "{dir}");
    }
    fs::remove_file(world.path("linked/.awsprofile")).unwrap();
    symlink(world.path("else"), world.path("linked/.awsprofile")).unwrap();
    assert_eq!(resolved(&world, "linked")["status"], "untrusted", "the link leads elsewhere now");
}

#[test]
fn a_link_to_an_allowed_file_is_not_allowed() {
    let world = world();
    world.write(FILE, "prod\n");
    helper(&world, &["allow", "there"], 0);
    // As in a cloned repository.
    symlink("../there/.awsprofile", world.dir("cloned").join(".awsprofile")).unwrap();
    let found = resolved(&world, "cloned");
    assert_eq!((&found["status"], &found["profile"]), (&json!("untrusted"), &json!("prod")), "{found}");
    let both = format!("aws-switch: trusted ~/cloned/.awsprofile and its target ~/{FILE}\n");
    assert_eq!(helper(&world, &["allow", "cloned"], 0), both);
    assert_eq!(resolved(&world, "cloned")["status"], "active");
    world.write(FILE, "prod\n# edited\n");
    assert_eq!(resolved(&world, "cloned")["status"], "untrusted", "it is allowed with the content that it had");
}

#[test]
fn allow_takes_a_file_a_directory_or_nothing() {
    for (name, arguments) in [
        ("the directory", &["allow", "there"][..]),
        ("the file", &["allow", "there/.awsprofile"]),
        ("a path with dots", &["allow", "./there/deep/../.awsprofile"]),
        ("a directory with a slash", &["allow", "there/"]),
    ] {
        let world = world();
        suspect(&world, FILE, "work\n");
        assert_eq!(helper(&world, arguments, 0), "aws-switch: trusted ~/there/.awsprofile\n", "{name}");
        assert_eq!(resolved(&world, "there")["status"], "active", "{name}");
    }
    let world = world();
    suspect(&world, FILE, "work\n");
    let output = world.helper().arg("allow").current_dir(world.path("there/deep")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(resolved(&world, "there")["status"], "active");
}

#[test]
fn a_path_with_dots_is_printed_without_them_and_is_the_file_that_other_programs_open() {
    let world = world();
    suspect(&world, FILE, "work\n");
    symlink(world.path("there/deep"), world.path("alias")).unwrap();
    for (command, verb) in [("allow", "trusted"), ("deny", "denied")] {
        for path in ["there/deep/..", "there/./deep/../.awsprofile", "alias/..", "alias/../.awsprofile"] {
            let text = helper(&world, &[command, path], 0);
            assert_eq!(text, format!("aws-switch: {verb} ~/there/.awsprofile\n"), "{path}");
        }
    }
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there/deep"), FILE, "base");
        let file = shell.below_home(FILE);
        let text = walk.session.ok("aws-switch allow ..");
        assert_eq!(text, format!("aws-switch: trusted {file}; work is active"), "{shell:?}");
        let text = walk.session.ok("aws-switch deny ..");
        assert_eq!(text, format!("aws-switch: denied {file}; back to base"), "{shell:?}");
    }
}

#[test]
fn a_file_of_another_name_is_accepted_with_a_warning_since_a_link_may_lead_to_it() {
    let world = world();
    suspect(&world, "team", "prod\n");
    symlink("../team", world.dir("there").join(".awsprofile")).unwrap();
    helper(&world, &["allow", "there"], 0);
    for (command, verb, status) in [("deny", "denied", "untrusted"), ("allow", "trusted", "active")] {
        let text = helper(&world, &[command, "team"], 0);
        let wanted = format!("warning: {verb} ~/team, but only a .awsprofile that links to it is affected\n");
        assert_eq!(text, format!("aws-switch: {wanted}"));
        assert_eq!(resolved(&world, "there")["status"], status);
    }
    world.write("main.tf", "terraform {}\n\nlocals {}\n");
    let text = helper(&world, &["allow", "main.tf"], 1);
    assert!(text.ends_with("; name a .awsprofile or its directory\n"), "{text}");
}

#[test]
fn allow_and_deny_fail_in_one_line_without_a_file() {
    let world = world();
    for arguments in [
        &["allow"][..],
        &["allow", "there"],
        &["allow", "nowhere"],
        &["allow", "nowhere/.awsprofile"],
        &["deny"],
        &["deny", "there"],
    ] {
        assert_eq!(helper(&world, arguments, 1).lines().count(), 1, "{arguments:?}");
    }
    world.write(FILE, "");
    assert!(
        helper(&world, &["allow", "there"], 1).contains("cannot trust ~/there/.awsprofile: it contains no profile")
    );
    assert_eq!(resolved(&world, "there")["status"], "invalid");
}

#[test]
fn a_file_that_was_allowed_from_elsewhere_applies_on_entering() {
    for shell in Shell::available() {
        let world = world();
        suspect(&world, FILE, "work\n");
        let mut walk = Walk::from_base(&world, shell);
        let text = walk.session.ok("aws-switch allow there");
        assert!(text == format!("aws-switch: trusted {}", shell.below_home(FILE)), "{shell:?}: {text}");
        walk.stays_active("aws-switch allow there", "base");
        walk.reports(&walk.cd("there"), FILE, "work");
    }
}

#[test]
fn allow_does_not_end_a_manual_switch() {
    for shell in Shell::available() {
        let world = world();
        suspect(&world, FILE, "work\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
        walk.session.ok("aws-switch other");
        walk.silent(&walk.cd("there/deep"), "other");
        walk.session.ok("aws-switch allow");
        walk.session.ok("aws-switch auto");
        walk.stays_active("aws-switch allow, aws-switch auto", "work");
    }
}

#[test]
fn trust_that_cannot_be_saved_is_reported_and_files_are_still_activated() {
    let world = world();
    suspect(&world, FILE, "work\n");
    world.write("mine/.awsprofile", "work\n");
    let blocked = world.write("a-file", "");
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_PROFILE", "base").env("XDG_STATE_HOME", blocked.join("state"));
        let mut walk = Walk::new(&world, start);
        walk.reports(&walk.cd("mine"), "mine/.awsprofile", "work");
        for command in ["allow", "deny"] {
            walk.session.ok(&walk.cd("there"));
            let output = walk.session.run(&format!("aws-switch {command}"));
            assert_eq!((output.status, output.text.lines().count()), (1, 1), "{shell:?}: {}", output.text);
            assert!(output.text.starts_with("aws-switch: ") && output.text.contains("a-file"), "{}", output.text);
            walk.stays_active(command, "base");
        }
        walk.reports(&walk.cd("mine"), "mine/.awsprofile", "work");
        let output = walk.session.run("aws-switch pin other");
        assert_eq!((output.status, output.text.lines().count()), (1, 1), "{shell:?}: {}", output.text);
        assert_eq!(fs::read(world.path("mine/.awsprofile")).unwrap(), b"work\n", "{shell:?}");
        walk.stays_active("aws-switch pin", "work");
    }
}

#[test]
fn only_the_user_can_read_trust_and_damaged_trust_allows_nothing() {
    let world = world();
    suspect(&world, FILE, "work\n");
    helper(&world, &["allow", "there"], 0);
    let files = files_below(&world.path(".local/state/aws-switch"));
    assert_eq!(files.len(), 1);
    assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    let saved = fs::read(&files[0]).unwrap();
    let damages = [Vec::new(), b"allow".to_vec(), saved[..saved.len() - 1].to_vec(), [&saved[..], b"x"].concat()];
    for damage in damages {
        fs::write(&files[0], &damage).unwrap();
        assert_eq!(resolved(&world, "there")["status"], "untrusted", "{damage:?}");
    }
    fs::write(&files[0], saved).unwrap();
    assert_eq!(resolved(&world, "there")["status"], "active");
}

#[test]
fn a_denial_that_is_unreadable_still_denies() {
    let world = world();
    world.write(FILE, "work\n");
    assert_eq!(resolved(&world, "there")["status"], "active");
    helper(&world, &["deny", "there"], 0);
    let files = files_below(&world.path(".local/state/aws-switch"));
    fs::write(&files[0], "").unwrap();
    let after = resolved(&world, "there");
    assert_eq!((&after["status"], &after["profile"]), (&"untrusted".into(), &serde_json::Value::Null), "{after}");
    fs::remove_file(&files[0]).unwrap();
    // A directory is unreadable, too.
    fs::create_dir(&files[0]).unwrap();
    assert_eq!(resolved(&world, "there")["status"], "untrusted");
    fs::remove_dir(&files[0]).unwrap();
    assert_eq!(resolved(&world, "there")["status"], "active");
}

fn files_below(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
