//! Settings, by variables and in their file.

use super::cell::{Cell, INNER, OUTER};
use crate::common::Shell;

pub fn auto(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    for on in ["aws-switch auto", "aws-switch auto on"] {
        walk.one_line("aws-switch auto off");
        walk.stays_active("aws-switch auto off", "base");
        walk.goes_silently("outer/inner", "base");
        walk.goes_silently("outer", "base");
        walk.reports(on, OUTER, "outer");
    }
    walk.goes("outer/inner", INNER, "inner");
    walk.ok("aws-switch other");
    walk.one_line("aws-switch auto off");
    walk.stays_active("aws-switch auto off", "other");
    walk.reports("aws-switch auto", INNER, "inner");
    walk.goes("plain", INNER, "other");
    walk.one_line("aws-switch auto");
}

pub fn auto_off(cell: &Cell) {
    let set = cell.shell.set_local("AWS_SWITCH_AUTO", "off");
    let start = || cell.start().env("AWS_PROFILE", "base");
    for start in [start().env("AWS_SWITCH_AUTO", "off"), start().before(&set)] {
        let mut walk = cell.walk_in(start);
        walk.goes_silently("outer/inner", "base");
        walk.reports("aws-switch auto on", INNER, "inner");
        walk.ok("aws-switch auto off");
        walk.stays_active("aws-switch auto off", "base");
    }
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    walk.reports(&set, OUTER, "base");
    walk.reports(&cell.shell.set_local("AWS_SWITCH_AUTO", "on"), OUTER, "outer");
}

pub fn notices(cell: &Cell) {
    cell.world.write("bad/.awsprofile", "");
    for notices in ["refusals", "off"] {
        let set = cell.shell.set_local("AWS_SWITCH_NOTICES", notices);
        let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").before(&set));
        walk.goes_silently("outer", "outer");
        walk.goes_silently("outer/inner", "inner");
        walk.goes_silently("plain", "base");
        if notices == "off" {
            walk.goes_silently("bad", "base");
        } else {
            walk.goes("bad", "bad/.awsprofile", "base");
        }
        walk.goes_silently("outer", "outer");
        // Commands print their answers.
        walk.one_line("aws-switch other");
        walk.reports("aws-switch auto", OUTER, "outer");
    }
}

/// The path of the settings file.
fn settings_file(cell: &Cell) -> &'static str {
    let wine = cell.shell == Shell::PowerShell && cell.shell.path("/") != "/";
    if wine { "AppData/Roaming/aws-switch/settings.ini" } else { ".config/aws-switch/settings.ini" }
}

pub fn wrong_line(cell: &Cell) {
    cell.world.write(settings_file(cell), "prompt = on\nauto = perhaps\n");
    let mut walk = cell.walk();
    let text = walk.ok("aws-switch work");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[1]), (2, "aws-switch: switched to work"), "{text}");
    let invalid = "settings.ini:2: invalid value 'perhaps' for auto; use on, off or trusted (default: on)";
    assert!(lines[0].starts_with("aws-switch: warning: ~") && lines[0].ends_with(invalid), "{text}");
    for profile in ["work", "dev", "work"] {
        walk.one_line(&format!("aws-switch {profile}"));
    }
    walk.goes("outer", OUTER, "outer");
}

pub fn file(cell: &Cell) {
    let file = settings_file(cell);
    cell.world.write(file, "notices = off\r\nprompt = off\r\n");
    let mut walk = cell.walk();
    walk.goes_silently("outer", "outer");
    assert_eq!(walk.session.prompt(), "test$");
    // A variable overrides the file.
    walk.ok(&cell.shell.set_local("AWS_SWITCH_PROMPT", "on"));
    assert_eq!(walk.session.prompt(), "(aws:outer) test$");
    walk.ok(&cell.shell.set_env("AWS_SWITCH_NOTICES", "on"));
    walk.goes("plain", OUTER, "base");
    cell.world.write(file, "auto = off\n");
    let mut walk = cell.walk();
    walk.goes_silently("outer", "base");
    walk.ok("aws-switch auto");
    walk.stays_active("auto", "outer");
}
