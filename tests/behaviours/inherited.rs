//! How a shell starts: under a file, and with what it inherits.

use std::collections::BTreeMap;

use super::cell::{INNER, OUTER, Place};
use crate::common::Start;

type Variables = BTreeMap<String, String>;

/// What a child of a shell in `outer` inherits; `then` runs before it is started.
fn inherited(place: &Place, then: &str) -> Variables {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    walk.ok(then);
    walk.session.environment()
}

fn child<'w>(place: &'w Place, dir: &str, variables: &Variables) -> Start<'w> {
    let aws = variables.iter().filter(|(name, _)| name.contains("AWS"));
    aws.fold(place.start().dir(place.world.path(dir)), |start, (name, value)| start.env(name, value.as_str()))
}

pub fn starts_under_a_file(place: &Place) {
    let after = format!("{}; echo 'the rc file ends'", place.shell.print_var("AWS_PROFILE"));
    let start = || place.start().env("AWS_PROFILE", "base");
    let mut walk = place.walk_in(start().dir(place.world.path("outer/deep")).after(&after));
    let text = walk.before_the_first_prompt();
    let told = text.strip_prefix("<outer>\nthe rc file ends\n");
    walk.names(told.unwrap_or_else(|| panic!("{text}")), OUTER, "outer");
    walk.stands("the start", "outer");
    walk.goes("plain", OUTER, "base");

    let mut walk = place.walk_in(start().dir(place.world.path("plain")));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stands("the start", "base");

    place.world.write(OUTER, "");
    let mut walk = place.walk_in(start().dir(place.world.path("outer")));
    walk.names(&walk.before_the_first_prompt(), OUTER, "base");
    walk.stands("the start", "base");

    let mut walk = place.walk_in(start().dir(place.world.path("outer/inner")).env("AWS_SWITCH_NOTICES", "off"));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stands("the start", "inner");
}

pub fn both_layers(place: &Place) {
    place.world.write(OUTER, "outer\neu-west-1\n");
    let variables = inherited(place, "");
    let mut walk = place.walk_in(child(place, "outer", &variables));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stands("the start", "outer");
    walk.goes_silently("outer/deep", "outer");
    walk.goes("plain", OUTER, "base");
    assert_eq!(walk.var("AWS_REGION"), None);
    walk.goes("outer/inner", INNER, "inner");

    // Started elsewhere.
    let mut walk = place.walk_in(child(place, "plain", &variables));
    walk.names(&walk.before_the_first_prompt(), OUTER, "base");
    walk.stands("the start", "base");

    // A profile that the state does not know.
    let mut other = variables;
    other.insert("AWS_PROFILE".to_owned(), "other".to_owned());
    let mut walk = place.walk_in(child(place, "outer", &other));
    walk.stands("the start", "outer");
    walk.goes("plain", OUTER, "other");
}

pub fn choice_by_hand(place: &Place) {
    let mut variables = inherited(place, "aws-switch other");
    let mut walk = place.walk_in(child(place, "outer", &variables));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.stands("the start", "other");
    walk.goes_silently("outer/deep", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch -");
    walk.stands("the last choice came along", "base");

    // It does not where its profile was taken away, and nothing else is there to ask about.
    variables.remove("AWS_PROFILE");
    let mut walk = place.walk_in(child(place, "plain", &variables));
    walk.stands("the start", "");
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "");
    assert_eq!(walk.run("aws-switch -").status, 1, "no choice came along");
}

pub fn hostile_state(place: &Place) {
    for state in [
        "$(touch x)",
        "a[$(touch x)]",
        "3:$(touch x)::::::::::",
        "%n%F{red}\\u\u{1b}[31m",
        "3:directory:=/:=base::::inherited::=%0Aevil:::",
        "two\nlines",
        &"3:".repeat(10_000),
    ] {
        let start = place.start().env("AWS_PROFILE", "base").env("__AWS_SWITCH_STATE", state);
        let mut walk = place.walk_in(start);
        assert_eq!(walk.before_the_first_prompt(), "", "{state:?}");
        walk.stands("the start", "base");
        walk.goes("outer", OUTER, "outer");
        walk.goes("", OUTER, "base");
        assert!(!place.world.path("x").exists(), "{state:?}");
    }
    // What this one claims is well-formed: the base that it names is plain text.
    let state = "3:directory:=/nowhere/.awsprofile:=base::::inherited::=%24%28touch%20x%29%60touch%20x%60%2A:::";
    let mut walk = place.walk_in(place.start().env("AWS_PROFILE", "base").env("__AWS_SWITCH_STATE", state));
    assert_eq!(walk.profile(), "$(touch x)`touch x`*");
    assert!(!place.world.path("x").exists());
}

pub fn private_variables(place: &Place) {
    let names = [
        "__aws_switch_auto",
        "__aws_switch_pending",
        "__aws_switch_noticed",
        "__aws_switch_seen",
        "__aws_switch_place",
        "__aws_switch_env",
        "__aws_switch_event",
        "__aws_switch_folder",
        "__aws_switch_colour",
        "AWS_SWITCH_SEGMENT",
        "__AWS_SWITCH_AUTO",
        "__AWS_SWITCH_WIRE",
    ];
    let start = names.iter().fold(place.start().env("AWS_PROFILE", "base"), |start, name| start.env(name, "off"));
    let mut walk = place.walk_in(start);
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "base");
    walk.one_line("aws-switch work");
}
