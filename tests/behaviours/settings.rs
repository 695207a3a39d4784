//! Settings, by variables and in their file.

use super::cell::{INNER, OUTER, Place};
use crate::common::Shell;

pub fn auto(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    for on in ["aws-switch auto", "aws-switch auto on"] {
        walk.one_line("aws-switch auto off");
        walk.stands("aws-switch auto off", "base");
        walk.goes_silently("outer/inner", "base");
        walk.goes_silently("outer", "base");
        walk.told(on, OUTER, "outer");
    }
    walk.goes("outer/inner", INNER, "inner");
    walk.ok("aws-switch other");
    walk.one_line("aws-switch auto off");
    walk.stands("aws-switch auto off", "other");
    walk.told("aws-switch auto", INNER, "inner");
    walk.goes("plain", INNER, "other");
    walk.one_line("aws-switch auto");
}

pub fn auto_off(place: &Place) {
    let set = place.shell.set_local("AWS_SWITCH_AUTO", "off");
    let start = || place.start().env("AWS_PROFILE", "base");
    for start in [start().env("AWS_SWITCH_AUTO", "off"), start().before(&set)] {
        let mut walk = place.walk_in(start);
        walk.goes_silently("outer/inner", "base");
        walk.told("aws-switch auto on", INNER, "inner");
        walk.ok("aws-switch auto off");
        walk.stands("aws-switch auto off", "base");
    }
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    walk.told(&set, OUTER, "base");
    walk.told(&place.shell.set_local("AWS_SWITCH_AUTO", "on"), OUTER, "outer");
}

pub fn notices(place: &Place) {
    place.world.write("bad/.awsprofile", "");
    for notices in ["refusals", "off"] {
        let set = place.shell.set_local("AWS_SWITCH_NOTICES", notices);
        let mut walk = place.walk_in(place.start().env("AWS_PROFILE", "base").before(&set));
        walk.goes_silently("outer", "outer");
        walk.goes_silently("outer/inner", "inner");
        walk.goes_silently("plain", "base");
        if notices == "off" {
            walk.goes_silently("bad", "base");
        } else {
            walk.goes("bad", "bad/.awsprofile", "base");
        }
        walk.goes_silently("outer", "outer");
        // What is asked for is answered.
        walk.one_line("aws-switch other");
        walk.told("aws-switch auto", OUTER, "outer");
    }
}

pub fn file(place: &Place) {
    let wine = place.shell == Shell::PowerShell && place.shell.path("/") != "/";
    let file = if wine { "AppData/Roaming/aws-switch/settings.ini" } else { ".config/aws-switch/settings.ini" };
    place.world.write(file, "notices = off\r\nprompt = off\r\n");
    let mut walk = place.walk();
    walk.goes_silently("outer", "outer");
    assert_eq!(walk.session.prompt(), "test$");
    // A variable wins.
    walk.ok(&place.shell.set_local("AWS_SWITCH_PROMPT", "on"));
    assert_eq!(walk.session.prompt(), "(aws:outer) test$");
    walk.ok(&place.shell.set_env("AWS_SWITCH_NOTICES", "on"));
    walk.goes("plain", OUTER, "base");
    place.world.write(file, "auto = off\n");
    let mut walk = place.walk();
    walk.goes_silently("outer", "base");
    walk.ok("aws-switch auto");
    walk.stands("auto", "outer");
}
