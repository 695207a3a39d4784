//! Queries from within a shell.

use std::fs;

use serde_json::Value;

use super::cell::{Cell, OUTER};
use crate::common::Walk;

/// The output of a command, through a redirection.
#[track_caller]
pub fn redirected(cell: &Cell, walk: &mut Walk, command: &str) -> String {
    let file = cell.world.path("redirected");
    let _ = fs::remove_file(&file);
    assert_eq!(walk.ok(&format!("{command} >{}", cell.shell.quote(&cell.shell.path(&file)))), "", "{command}");
    String::from_utf8(fs::read(&file).unwrap()).unwrap().replace("\r\n", "\n")
}

fn json(cell: &Cell, walk: &mut Walk, command: &str) -> Value {
    let text = redirected(cell, walk, command);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{command}: {error}: {text}"))
}

pub const NAMES: [&str; 7] = ["base", "outer", "inner", "other", "work", "dev", "acme-prod"];

pub fn list(cell: &Cell) {
    let mut walk = cell.walk();
    assert_eq!(walk.ok("aws-switch list --names").lines().collect::<Vec<_>>(), NAMES);
    let table = walk.ok("aws-switch list");
    assert_eq!(table.lines().filter(|line| line.contains("work") && line.contains("eu-west-1")).count(), 1, "{table}");
    assert!(NAMES.iter().all(|name| table.contains(name)), "{table}");
}

pub fn list_json(cell: &Cell) {
    let mut walk = cell.walk();
    let list = json(cell, &mut walk, "aws-switch list --json");
    let profiles = list["profiles"].as_array().unwrap();
    assert_eq!(profiles.iter().map(|profile| profile["name"].as_str().unwrap()).collect::<Vec<_>>(), NAMES);
    let work = &profiles[4];
    assert_eq!((&work["region"], &work["current"]), (&Value::from("eu-west-1"), &Value::from(false)));
    assert_eq!(profiles[0]["current"], Value::from(true));
    let source = &work["sources"][0];
    // botocore joins the path with a slash on Windows, too.
    let file = format!("{}/.aws/config", cell.shell.path(cell.world.home()));
    assert_eq!((source["file"].as_str(), source["line"].as_u64()), (Some(file.as_str()), Some(5)));
}

pub fn current(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    let shell = cell.shell;
    let (export, region) = (shell.set_env("AWS_PROFILE", "dev"), shell.set_env("AWS_REGION", "sa-east-1"));
    for (line, profile, from) in [
        ("", None, "none"),
        ("aws-switch work", Some("work"), "manual"),
        (&export, Some("dev"), "manual"),
        (&cell.cd("outer"), Some("outer"), "directory"),
        (&cell.cd("plain"), Some("dev"), "manual"),
        ("aws-switch --unset", None, "none"),
    ] {
        walk.ok(line);
        let current = json(cell, &mut walk, "aws-switch current --json");
        assert_eq!((current["profile"].as_str(), current["from"].as_str()), (profile, Some(from)), "{line}");
        let file = (from == "directory").then(|| shell.path(cell.world.path(OUTER)));
        assert_eq!(current["file"].as_str(), file.as_deref(), "{line}");
        assert_eq!(walk.ok("aws-switch current --name"), profile.unwrap_or_default(), "{line}");
        let table = walk.ok("aws-switch current");
        assert!(table.contains(profile.unwrap_or("none")), "{table}");
    }
    walk.ok("aws-switch work");
    walk.ok(&region);
    walk.ok(&shell.set_env("AWS_ACCESS_KEY_ID", "k"));
    let current = json(cell, &mut walk, "aws-switch current --json");
    assert_eq!((current["region"].as_str(), current["region_from"].as_str()), (Some("sa-east-1"), Some("AWS_REGION")));
    assert_eq!(current["overridden_by"], Value::from(vec!["AWS_ACCESS_KEY_ID"]));
}

pub fn resolve(cell: &Cell) {
    let mut walk = cell.walk();
    let file = cell.shell.path(cell.world.path(OUTER));
    let question =
        |dir: &str| format!("aws-switch resolve {} --json", cell.shell.quote(&cell.shell.path(cell.world.path(dir))));
    let deep = json(cell, &mut walk, &question("outer/deep"));
    assert_eq!((deep["file"].as_str(), deep["profile"].as_str()), (Some(file.as_str()), Some("outer")));
    let none = json(cell, &mut walk, &question("plain"));
    assert_eq!((none["file"].as_str(), none["status"].as_str()), (None, Some("none")));
    walk.goes("outer/deep", OUTER, "outer");
    let here = json(cell, &mut walk, "aws-switch resolve --json");
    assert_eq!((here["file"].as_str(), here["status"].as_str()), (Some(file.as_str()), Some("active")));
    walk.ok("aws-switch other");
    let here = json(cell, &mut walk, "aws-switch resolve --json");
    assert_eq!(here["status"].as_str(), Some("overridden"));
}

pub fn doctor(cell: &Cell) {
    let mut walk = cell.walk();
    let shell = cell.shell.name();
    let loaded =
        format!("shell integration: loaded in {shell}; a directory profile becomes active before the next command\n");
    let text = walk.ok("aws-switch doctor");
    assert!(text.starts_with(&loaded) && text.contains("\nsettings:\n"), "{text}");
    assert!(text.contains("\n  confirm = off  (default)\n"), "{text}");
    assert_eq!(text.lines().last(), Some("no problems found"), "{text}");
    cell.world.config("[profile base]\nregion = x\nregion = y\n");
    let output = walk.run("aws-switch doctor");
    assert_eq!(output.status, 1, "{}", output.text);
    let separator = if cell.shell == crate::common::Shell::PowerShell { '\\' } else { '/' };
    assert!(output.text.contains(&format!("--> ~{separator}.aws/config:3\n")), "{}", output.text);
    assert!(output.text.contains("error[duplicate-key]"), "{}", output.text);
    assert_eq!(output.text.lines().last(), Some("1 error"), "{}", output.text);
}

pub fn pipes(cell: &Cell) {
    cell.world.config("[profile 'é 日']\n[profile 'a  b']\n");
    let mut walk = cell.walk_in(cell.start());
    assert_eq!(redirected(cell, &mut walk, "aws-switch list --names"), "é 日\na  b\n");
    let filter = if cell.shell == crate::common::Shell::PowerShell { "Select-String -Raw 日" } else { "grep 日" };
    assert_eq!(walk.ok(&format!("aws-switch list --names | {filter}")), "é 日");
    assert!(!redirected(cell, &mut walk, "aws-switch list").contains('\u{1b}'));
    walk.ok("aws-switch 'é 日'");
    assert_eq!(walk.profile(), "é 日");
    assert_eq!(walk.ok("aws-switch current --name"), "é 日");
}

pub fn hidden_file(cell: &Cell) {
    cell.world.config(
        "[profile base]\n[profile outer]\n[profile keys]\naws_access_key_id = x\naws_secret_access_key = y\n\
         [profile role]\nrole_arn = arn:aws:iam::111122223333:role/team/Deploy\nsource_profile = keys\n",
    );
    let mut walk = cell.walk();
    let shown = cell.shell.below_home(OUTER);
    walk.goes("outer", OUTER, "outer");
    assert!(!walk.ok("aws-switch current").contains("ignored"));
    for (line, status, reason) in [
        (
            "aws-switch role",
            "overridden",
            "a manual switch, or AWS_PROFILE set directly, overrides it; run 'aws-switch auto' to activate it again",
        ),
        (
            "aws-switch auto off",
            "off",
            "directory profiles are off; run 'aws-switch auto on' to turn them on in this shell",
        ),
    ] {
        walk.ok(line);
        let table = walk.ok("aws-switch current");
        assert!(table.contains(&format!("\nignored  {shown} (outer): {reason}")), "{table}");
        for fact in ["kind     assume-role", "account  111122223333", "role     team/Deploy"] {
            assert!(table.contains(fact), "{fact} in {table}");
        }
        let current = json(cell, &mut walk, "aws-switch current --json");
        let directory = &current["directory"];
        assert_eq!((directory["status"].as_str(), directory["reason"].as_str()), (Some(status), Some(reason)));
        assert_eq!(directory["profile"], "outer");
        assert_eq!((&current["account_id"], &current["role"]), (&"111122223333".into(), &"team/Deploy".into()));
    }
    walk.ok(&cell.cd("plain"));
    assert!(json(cell, &mut walk, "aws-switch current --json")["directory"].is_null());
}
