//! `resolve`: which file applies to a directory, and whether its profile is active.

use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use super::{FILE, answer, resolved, set_mode, world};
use crate::common::{Shell, Walk, World};

const STATUSES: [(&str, &str, Option<&str>); 5] = [
    ("active", "work\neu-west-1\n", Some("work")),
    ("unknown-profile", "no-such\n", Some("no-such")),
    ("untrusted", "prod\n", Some("prod")),
    ("invalid", "", None),
    ("unreadable", "", None),
];

fn with_all_statuses() -> World {
    let world = world();
    for (status, content, _) in STATUSES {
        if status == "unreadable" {
            world.dir(format!("{status}/.awsprofile"));
        } else {
            world.write(format!("{status}/.awsprofile"), content);
        }
    }
    world
}

#[test]
fn resolve_prints_each_status_with_the_file_and_its_profile() {
    let world = with_all_statuses();
    for (status, _, profile) in STATUSES {
        let found = resolved(&world, status);
        assert_eq!(found["status"], status, "{found}");
        assert_eq!(found["file"], world.path(status).join(".awsprofile").to_str().unwrap());
        assert_eq!(found["profile"], json!(profile), "{found}");
        assert_eq!(found["region"], json!((status == "active").then_some("eu-west-1")), "{found}");
        assert_eq!(found["reason"].is_null(), status == "active", "{found}");
    }
    let found = resolved(&world, "there");
    let mut wanted = json!({"file": null, "profile": null, "region": null, "account_id": null, "status": "none"});
    wanted["reason"] = found["reason"].clone();
    assert_eq!(found, wanted);
}

#[test]
fn the_text_names_the_same_as_the_json_with_status_0() {
    let world = with_all_statuses();
    for (status, _, profile) in STATUSES {
        let output = world.helper().args(["resolve", status]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{status}");
        assert!(text.contains(status) && text.contains(profile.unwrap_or_default()), "{text}");
        assert!(text.contains(&format!(" ~/{status}/.awsprofile\n")), "{text}");
    }
    assert_eq!(world.helper().args(["resolve", "there"]).status().unwrap().code(), Some(0));
}

#[test]
fn a_directory_that_does_not_exist_is_an_error() {
    let world = with_all_statuses();
    for dir in ["nowhere", "active/.awsprofile", "active/nowhere"] {
        for arguments in [&["resolve", dir][..], &["resolve", dir, "--json"]] {
            let output = world.helper().args(arguments).output().unwrap();
            let text = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{arguments:?}");
            assert_eq!((text.lines().count(), text.starts_with("aws-switch: ")), (1, true), "{text}");
        }
    }
}

#[test]
fn resolve_reads_a_path_as_cd_does() {
    let world = world();
    world.write(FILE, "work\n");
    world.dir("plain");
    symlink(world.path("there/deep"), world.path("away")).unwrap();
    symlink(world.path("plain"), world.path("there/inside")).unwrap();
    let status = |from: &str, dir: &str| {
        let mut helper = world.helper();
        helper.current_dir(world.path(from)).env("PWD", world.path(from));
        let output = helper.args(["resolve", "--json", dir]).output().unwrap();
        answer(&String::from_utf8(output.stdout).unwrap())["status"].clone()
    };
    for (from, dir, wanted) in [
        ("", "there/", "active"),
        ("", "./there/../there", "active"),
        ("there/deep", ".", "active"),
        ("there/deep", "..", "active"),
        ("there/deep", "../..", "none"),
        ("", "away", "none"),
        ("away", ".", "none"),
        ("there/inside", ".", "active"),
        ("there/inside", "..", "active"),
        ("", "there/inside/..", "active"),
        ("plain", ".", "none"),
    ] {
        assert_eq!(status(from, dir), wanted, "{dir} from {from}");
    }
    assert_eq!(status("there/deep", world.path("plain").to_str().unwrap()), "none");
}

#[test]
fn current_prints_why_the_file_here_is_ignored_in_the_words_of_resolve() {
    let world = with_all_statuses();
    for (status, ..) in STATUSES {
        let reason = resolved(&world, status)["reason"].clone();
        let output = world.helper().arg("current").current_dir(world.path(status)).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("ignored  "));
        assert_eq!(line.is_some(), status != "active", "{text}");
        let line = line.unwrap_or_default();
        assert!(line.ends_with(reason.as_str().unwrap_or_default()), "{text}");
        assert!(line.is_empty() || line.starts_with(&format!("~/{status}/.awsprofile")), "{text}");
    }
}

#[test]
fn keys_in_the_environment_override_a_file() {
    let world = world();
    world.write(FILE, "work\n");
    let keys = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret")];
    let token = [("AWS_WEB_IDENTITY_TOKEN_FILE", "/nowhere"), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r")];
    for variables in [keys, token] {
        let output = world.helper().envs(variables).args(["resolve", "there", "--json"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!((output.status.code(), &answer(&text)["status"]), (Some(0), &json!("overridden")), "{text}");
        assert!(!text.contains("secret") && text.contains(variables[0].0), "{text}");
    }
}

#[test]
fn resolve_prints_off_where_directory_profiles_are_off() {
    let world = with_all_statuses();
    let ask = |dir: &str| -> Value {
        let mut helper = world.helper();
        let output = helper.env("AWS_SWITCH_AUTO", "off").args(["resolve", dir, "--json"]).output().unwrap();
        answer(&String::from_utf8(output.stdout).unwrap())
    };
    let found = ask("active");
    assert_eq!((&found["status"], &found["profile"]), (&json!("off"), &json!("work")));
    assert_eq!(ask("there")["status"], "none");
    let mut helper = world.helper();
    let output = helper.env("AWS_SWITCH_AUTO", "trusted").args(["resolve", "active", "--json"]).output().unwrap();
    assert_eq!(answer(&String::from_utf8(output.stdout).unwrap())["status"], "untrusted");
}

#[test]
fn in_a_shell_resolve_knows_the_manual_switch_and_auto_off() {
    let world = world();
    world.write(FILE, "work\n");
    world.write("else/.awsprofile", "work\n");
    symlink(world.path("there"), world.path("alias")).unwrap();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        let status = |walk: &mut Walk, dir: &str| {
            let dir = shell.quote(world.path(dir).to_str().unwrap());
            answer(&walk.session.ok(&format!("aws-switch resolve --json {dir}")))["status"].clone()
        };
        assert_eq!(status(&mut walk, "there"), "active", "{shell:?}: it would be active there");
        walk.reports(&walk.cd("there"), FILE, "work");
        assert_eq!(answer(&walk.session.ok("aws-switch resolve --json"))["status"], "active", "{shell:?}");
        walk.session.ok("aws-switch other");
        assert_eq!(status(&mut walk, "there"), "overridden", "{shell:?}");
        assert_eq!(status(&mut walk, "there/deep"), "overridden", "{shell:?}");
        assert_eq!(status(&mut walk, "alias"), "overridden", "{shell:?}: the same file by another path");
        assert_eq!(status(&mut walk, "else"), "active", "{shell:?}: another file");
        walk.session.ok("aws-switch auto");
        assert_eq!(status(&mut walk, "there"), "active", "{shell:?}");
        walk.session.ok(&shell.set_env("AWS_PROFILE", "other"));
        assert_eq!(status(&mut walk, "there"), "overridden", "{shell:?}");
        walk.session.ok("aws-switch auto off");
        assert_eq!(status(&mut walk, "there"), "off", "{shell:?}");
        walk.session.ok("aws-switch auto on");
        assert_eq!(status(&mut walk, "there"), "active", "{shell:?}");
    }
}

#[test]
fn steering_characters_reach_json_as_data_and_people_escaped() {
    let world = world();
    let dir = "steer\u{1b}[31m\u{202e}";
    set_mode(&world.write(format!("{dir}/.awsprofile"), "no\u{1b}[31msuch\n"), 0o644);
    let found = resolved(&world, dir);
    assert_eq!(found["profile"], "no\u{1b}[31msuch");
    let output = world.helper().arg("resolve").arg(world.path(dir)).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains(['\u{1b}', '\u{202e}']) && text.contains("\\u{1b}[31m"), "{text}");
}
