//! Files that are refused, and those that are allowed.

use super::cell::{INNER, OUTER, Place};
use super::shell_words as words;

pub fn refused_inside(place: &Place) {
    let mut walk = place.walk();
    let path = place.shell.quote(&place.shell.path(place.world.path(INNER)));
    walk.ok(&format!("aws-switch deny {path}"));
    walk.goes("outer", OUTER, "outer");
    // The base, never the outer file's.
    walk.goes("outer/inner", INNER, "base");
    walk.goes_silently("outer/inner/deep", "base");
    walk.goes("outer/deep", OUTER, "outer");
    walk.goes("outer/inner", INNER, "base");
    walk.goes_silently("plain", "base");
    walk.goes("outer/inner", INNER, "base");
    walk.ok("aws-switch other");
    walk.goes_silently("outer/inner/deep", "other");
    walk.goes("outer", OUTER, "outer");
    walk.goes("outer/inner", INNER, "other");
}

pub fn senseless_files(place: &Place) {
    let file = "bad/.awsprofile";
    let long = format!("outer\n{}", "# filler\n".repeat(1000));
    place.world.write(file, "");
    let mut walk = place.walk();
    walk.goes("bad", file, "base");
    for content in ["nobody\n", "\n# a\n", "outer\nr\nx\n", "outer\0\n", "../outer\n", &long, "$(touch x)\n"] {
        place.world.write(file, content);
        walk.told("", file, "base");
    }
    place.world.write(file, "outer");
    walk.told("", file, "outer");
    std::fs::remove_file(place.world.path(file)).unwrap();
    place.world.dir(file);
    walk.told("", file, "base");
    assert!(!place.world.path("x").exists());
}

pub fn pin(place: &Place) {
    let file = "plain/.awsprofile";
    let mut walk = place.walk();
    walk.goes_silently("plain", "base");
    walk.ok("aws-switch pin work");
    walk.stands("pin", "work");
    assert_eq!(std::fs::read_to_string(place.world.path(file)).unwrap(), "work\n");
    walk.goes("", file, "base");
    walk.goes("plain", file, "work");
    walk.ok("aws-switch pin acme-prod");
    walk.stands("a protected profile is allowed by its own pin", "acme-prod");
    walk.ok("aws-switch pin --remove");
    walk.stands("pin --remove", "base");
    assert!(!place.world.path(file).exists());
    walk.ok("aws-switch pin");
    walk.stands("pin", "base");
    assert_eq!(std::fs::read_to_string(place.world.path(file)).unwrap(), "base\n");
}

pub fn deny_then_allow(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer/deep", OUTER, "outer");
    walk.ok("aws-switch deny");
    walk.stands("deny", "base");
    for content in ["inner", "outer"] {
        // For every content.
        place.world.write(OUTER, content);
        walk.ok("");
        walk.stands("an edit", "base");
    }
    walk.goes_silently("plain", "base");
    walk.goes("outer", OUTER, "base");
    let output = walk.run("aws-switch auto");
    assert_eq!(output.status, 4, "{}", output.text);
    walk.stands("auto", "base");
    walk.ok("aws-switch allow");
    walk.stands("allow", "outer");
    walk.goes("plain", OUTER, "base");
    let path = place.shell.quote(&place.shell.path(place.world.path("outer")));
    walk.ok(&format!("aws-switch deny {path}"));
    walk.goes("outer", OUTER, "base");
}

pub fn protected_profile(place: &Place) {
    let file = "prod/.awsprofile";
    place.world.write(file, "acme-prod");
    let mut walk = place.walk();
    walk.goes("prod", file, "base");
    walk.ok("aws-switch allow");
    walk.stands("allow", "acme-prod");
    walk.goes("plain", file, "base");
    walk.goes("prod", file, "acme-prod");
    // What was allowed is this content.
    place.world.write(file, "acme-prod\neu-west-1");
    walk.told(words::nothing(place.shell), file, "base");
}

pub fn trusted_only(place: &Place) {
    let mut walk = place
        .walk_in(place.start().env("AWS_PROFILE", "base").before(&place.shell.set_local("AWS_SWITCH_AUTO", "trusted")));
    walk.goes("outer", OUTER, "base");
    walk.ok("aws-switch allow");
    walk.stands("allow", "outer");
    walk.goes("outer/inner", INNER, "base");
    walk.goes("outer/deep", OUTER, "outer");
    place.world.write(OUTER, "other\n");
    walk.told("", OUTER, "base");
}
