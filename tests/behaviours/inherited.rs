//! The start of a shell: under a file, and with inherited state.

use std::collections::BTreeMap;

use super::cell::{Cell, INNER, OUTER};
use crate::common::{Shell, Start};

type Variables = BTreeMap<String, String>;

/// The variables that a child inherits from a shell in `outer`, after `then` ran.
fn inherited(cell: &Cell, then: &str) -> Variables {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    walk.ok(then);
    walk.session.environment()
}

fn child<'w>(cell: &'w Cell, dir: &str, variables: &Variables) -> Start<'w> {
    let aws = variables.iter().filter(|(name, _)| name.contains("AWS"));
    aws.fold(cell.start().dir(cell.world.path(dir)), |start, (name, value)| start.env(name, value.as_str()))
}

pub fn starts_under_a_file(cell: &Cell) {
    let after = format!("{}; echo 'the rc file ends'", cell.shell.print_var("AWS_PROFILE"));
    let start = || cell.start().env("AWS_PROFILE", "base");
    let mut walk = cell.walk_in(start().dir(cell.world.path("outer/deep")).after(&after));
    let text = walk.before_the_first_prompt();
    let notice = text.strip_prefix("<outer>\nthe rc file ends\n");
    walk.names(notice.unwrap_or_else(|| panic!("{text}")), OUTER, "outer");
    walk.stays_active("the start", "outer");
    walk.goes("plain", OUTER, "base");

    let mut walk = cell.walk_in(start().dir(cell.world.path("plain")));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stays_active("the start", "base");

    cell.world.write(OUTER, "");
    let mut walk = cell.walk_in(start().dir(cell.world.path("outer")));
    walk.names(&walk.before_the_first_prompt(), OUTER, "base");
    walk.stays_active("the start", "base");

    let mut walk = cell.walk_in(start().dir(cell.world.path("outer/inner")).env("AWS_SWITCH_NOTICES", "off"));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stays_active("the start", "inner");
}

pub fn both_layers(cell: &Cell) {
    cell.world.write(OUTER, "outer\neu-west-1\n");
    let variables = inherited(cell, "");
    let mut walk = cell.walk_in(child(cell, "outer", &variables));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stays_active("the start", "outer");
    walk.goes_silently("outer/deep", "outer");
    walk.goes("plain", OUTER, "base");
    assert_eq!(walk.var("AWS_REGION"), None);
    walk.goes("outer/inner", INNER, "inner");

    // In a shell that starts elsewhere.
    let mut walk = cell.walk_in(child(cell, "plain", &variables));
    walk.names(&walk.before_the_first_prompt(), OUTER, "base");
    walk.stays_active("the start", "base");

    // With a profile that the state does not know.
    let mut other = variables;
    other.insert("AWS_PROFILE".to_owned(), "other".to_owned());
    let mut walk = cell.walk_in(child(cell, "outer", &other));
    walk.stays_active("the start", "outer");
    walk.goes("plain", OUTER, "other");
}

pub fn manual_switch(cell: &Cell) {
    let mut variables = inherited(cell, "aws-switch other");
    let mut walk = cell.walk_in(child(cell, "outer", &variables));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stays_active("the start", "other");
    walk.goes_silently("outer/deep", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch -");
    walk.stays_active("the last switch is inherited", "base");

    // Without AWS_PROFILE the shell has nothing to ask the helper about, and the state is discarded.
    variables.remove("AWS_PROFILE");
    let mut walk = cell.walk_in(child(cell, "plain", &variables));
    walk.stays_active("the start", "");
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "");
    assert_eq!(walk.run("aws-switch -").status, 1, "the last switch is not inherited");
}

pub fn hostile_state(cell: &Cell) {
    for state in [
        "$(touch x)",
        "a[$(touch x)]",
        "8:$(touch x):::::::::::",
        "%n%F{red}\\u\u{1b}[31m",
        "8:directory:=/:=base::::inherited:::none:none::none::=%0Aevil::::",
        "two\nlines",
        &"8:".repeat(10_000),
    ] {
        let start = cell.start().env("AWS_PROFILE", "base").env("__AWS_SWITCH_STATE", state);
        let mut walk = cell.walk_in(start);
        assert_eq!(walk.before_the_first_prompt(), "", "{state:?}");
        walk.stays_active("the start", "base");
        walk.goes("outer", OUTER, "outer");
        walk.goes("", OUTER, "base");
        assert!(!cell.world.path("x").exists(), "{state:?}");
    }
    // This state is well-formed: the base that it names is plain text.
    let state = "8:directory:=/nowhere/.awsprofile:=base::::inherited:::none:none::none::=%24%28touch%20x%29%60touch%20x%60%2A::::";
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").env("__AWS_SWITCH_STATE", state));
    assert_eq!(walk.profile(), "$(touch x)`touch x`*");
    assert!(!cell.world.path("x").exists());
}

pub fn private_variables(cell: &Cell) {
    let names = [
        "__aws_switch_auto",
        "__aws_switch_pending",
        "__aws_switch_recheck",
        "__aws_switch_seen",
        "__aws_switch_file",
        "__aws_switch_variables",
        "__aws_switch_event",
        "__aws_switch_saved",
        "__aws_switch_saved_AWS_ACCESS_KEY_ID",
        "__aws_switch_style",
        "__aws_switch_guard",
        "__aws_switch_shown",
        "__aws_switch_trap",
        "__aws_switch_functions",
        "AWS_SWITCH_SEGMENT",
        "__AWS_SWITCH_AUTO",
        "__AWS_SWITCH_WIRE",
    ];
    let start = names.iter().fold(cell.start().env("AWS_PROFILE", "base"), |start, name| start.env(name, "off"));
    let mut walk = cell.walk_in(start);
    assert_eq!(walk.before_the_first_prompt(), "");
    // PowerShell's own variables are none of the environment.
    assert!(cell.shell == Shell::PowerShell || walk.var("AWS_SWITCH_SEGMENT").is_none());
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "base");
    walk.one_line("aws-switch work");

    // A saved key that the parent process only claims to have saved.
    let mut variables =
        inherited(cell, &format!("{}; aws-switch other", cell.shell.set_env("AWS_ACCESS_KEY_ID", "key")));
    variables.insert("__aws_switch_saved_AWS_ACCESS_KEY_ID".to_owned(), "forged".to_owned());
    let mut walk = cell.walk_in(child(cell, "plain", &variables));
    walk.run("aws-switch -");
    assert_eq!(walk.var("AWS_ACCESS_KEY_ID"), None);
}
