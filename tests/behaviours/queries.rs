//! Queries from within a shell.

use std::fs;

use serde_json::Value;

use super::cell::{OUTER, Place, Walk};

/// What a command prints, through a redirection.
#[track_caller]
pub fn redirected(place: &Place, walk: &mut Walk, command: &str) -> String {
    let file = place.world.path("redirected");
    let _ = fs::remove_file(&file);
    assert_eq!(walk.ok(&format!("{command} >{}", place.shell.quote(&place.shell.path(&file)))), "", "{command}");
    String::from_utf8(fs::read(&file).unwrap()).unwrap().replace("\r\n", "\n")
}

fn json(place: &Place, walk: &mut Walk, command: &str) -> Value {
    let text = redirected(place, walk, command);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{command}: {error}: {text}"))
}

pub const NAMES: [&str; 7] = ["base", "outer", "inner", "other", "work", "dev", "acme-prod"];

pub fn list(place: &Place) {
    let mut walk = place.walk();
    assert_eq!(walk.ok("aws-switch list --names").lines().collect::<Vec<_>>(), NAMES);
    let table = walk.ok("aws-switch list");
    assert_eq!(table.lines().filter(|line| line.contains("work") && line.contains("eu-west-1")).count(), 1, "{table}");
    assert!(NAMES.iter().all(|name| table.contains(name)), "{table}");
}

pub fn list_json(place: &Place) {
    let mut walk = place.walk();
    let list = json(place, &mut walk, "aws-switch list --json");
    let profiles = list["profiles"].as_array().unwrap();
    assert_eq!(profiles.iter().map(|profile| profile["name"].as_str().unwrap()).collect::<Vec<_>>(), NAMES);
    let work = &profiles[4];
    assert_eq!((&work["region"], &work["current"]), (&Value::from("eu-west-1"), &Value::from(false)));
    assert_eq!(profiles[0]["current"], Value::from(true));
    let source = &work["sources"][0];
    // As botocore joins it on Windows.
    let file = format!("{}/.aws/config", place.shell.path(place.world.home()));
    assert_eq!((source["file"].as_str(), source["line"].as_u64()), (Some(file.as_str()), Some(5)));
}

pub fn current(place: &Place) {
    let mut walk = place.walk_in(place.start());
    let shell = place.shell;
    let (export, region) = (shell.set_env("AWS_PROFILE", "dev"), shell.set_env("AWS_REGION", "sa-east-1"));
    for (line, profile, from) in [
        ("", None, "none"),
        ("aws-switch work", Some("work"), "hand"),
        (&export, Some("dev"), "hand"),
        (&place.cd("outer"), Some("outer"), "directory"),
        (&place.cd("plain"), Some("dev"), "hand"),
        ("aws-switch --unset", None, "none"),
    ] {
        walk.ok(line);
        let current = json(place, &mut walk, "aws-switch current --json");
        assert_eq!((current["profile"].as_str(), current["from"].as_str()), (profile, Some(from)), "{line}");
        let file = (from == "directory").then(|| shell.path(place.world.path(OUTER)));
        assert_eq!(current["file"].as_str(), file.as_deref(), "{line}");
        assert_eq!(walk.ok("aws-switch current --name"), profile.unwrap_or_default(), "{line}");
        let table = walk.ok("aws-switch current");
        assert!(table.contains(profile.unwrap_or("none")), "{table}");
    }
    walk.ok("aws-switch work");
    walk.ok(&region);
    walk.ok(&shell.set_env("AWS_ACCESS_KEY_ID", "k"));
    let current = json(place, &mut walk, "aws-switch current --json");
    assert_eq!((current["region"].as_str(), current["region_from"].as_str()), (Some("sa-east-1"), Some("AWS_REGION")));
    assert_eq!(current["overridden_by"], Value::from(vec!["AWS_ACCESS_KEY_ID"]));
}

pub fn resolve(place: &Place) {
    let mut walk = place.walk();
    let file = place.shell.path(place.world.path(OUTER));
    let question = |dir: &str| {
        format!("aws-switch resolve {} --json", place.shell.quote(&place.shell.path(place.world.path(dir))))
    };
    let deep = json(place, &mut walk, &question("outer/deep"));
    assert_eq!((deep["file"].as_str(), deep["profile"].as_str()), (Some(file.as_str()), Some("outer")));
    let none = json(place, &mut walk, &question("plain"));
    assert_eq!((none["file"].as_str(), none["status"].as_str()), (None, Some("none")));
    walk.goes("outer/deep", OUTER, "outer");
    let here = json(place, &mut walk, "aws-switch resolve --json");
    assert_eq!((here["file"].as_str(), here["status"].as_str()), (Some(file.as_str()), Some("active")));
    walk.ok("aws-switch other");
    let here = json(place, &mut walk, "aws-switch resolve --json");
    assert_eq!(here["status"].as_str(), Some("overridden"));
}

pub fn doctor(place: &Place) {
    let mut walk = place.walk();
    let shell = place.shell.name();
    let loaded = format!("integration: loaded in {shell}: a folder's profile is in force before the next command\n");
    let text = walk.ok("aws-switch doctor");
    assert!(text.starts_with(&loaded) && text.contains("\nsetting: confirm = off  (default)\n"), "{text}");
    assert_eq!(text.lines().last(), Some("nothing is wrong"), "{text}");
    place.world.config("[profile base]\nregion = x\nregion = y\n");
    let output = walk.run("aws-switch doctor");
    assert_eq!(output.status, 1, "{}", output.text);
    let file = format!("{}/.aws/config", place.shell.path(place.world.home()));
    assert!(output.text.contains(&format!("--> {file}:3\n")), "{}", output.text);
    assert!(output.text.contains("error[duplicate-key]"), "{}", output.text);
    assert_eq!(output.text.lines().last(), Some("1 error"), "{}", output.text);
}

pub fn pipes(place: &Place) {
    place.world.config("[profile 'é 日']\n[profile 'a  b']\n");
    let mut walk = place.walk_in(place.start());
    assert_eq!(redirected(place, &mut walk, "aws-switch list --names"), "é 日\na  b\n");
    let filter = if place.shell == crate::common::Shell::PowerShell { "Select-String -Raw 日" } else { "grep 日" };
    assert_eq!(walk.ok(&format!("aws-switch list --names | {filter}")), "é 日");
    assert!(!redirected(place, &mut walk, "aws-switch list").contains('\u{1b}'));
    walk.ok("aws-switch 'é 日'");
    assert_eq!(walk.profile(), "é 日");
    assert_eq!(walk.ok("aws-switch current --name"), "é 日");
}
