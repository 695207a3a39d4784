//! The settings `auto` and `notices`: which files are followed, and which lines are printed.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Start, Walk};

/// A shell with a setting's variable exported, inherited or unexported.
fn with<'w>(start: Start<'w>, shell: Shell, how: usize, name: &str, value: &str) -> Start<'w> {
    match how {
        0 => start.env(name, value),
        1 => start.before(&shell.set_env(name, value)),
        _ => start.before(&shell.set_local(name, value)),
    }
}

#[test]
fn following_pauses_in_this_shell_and_goes_on() {
    let world = tree();
    for shell in Shell::available() {
        for on in ["aws-switch auto", "aws-switch auto on"] {
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            assert_eq!(walk.session.ok("aws-switch auto off").lines().count(), 1, "{shell:?}");
            walk.stays_active("aws-switch auto off", "base");
            for dir in ["outer/inner", "plain", "outer"] {
                walk.silent(&walk.cd(dir), "base");
            }
            walk.reports(on, OUTER, "outer");
            walk.reports(&walk.cd("outer/inner"), INNER, "inner");
            walk.reports(&walk.cd("plain"), INNER, "base");
            assert_eq!(walk.session.ok(on).lines().count(), 1, "{shell:?}: it answers whoever asks");
            walk.stays_active(on, "base");
        }
    }
}

#[test]
fn auto_off_leaves_a_manual_switch_alone() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        walk.session.ok("aws-switch auto off");
        walk.stays_active("aws-switch auto off", "other");
        walk.session.ok("aws-switch base");
        walk.silent(&walk.cd("plain"), "base");
        walk.silent(&walk.cd("outer/inner"), "base");
        walk.reports("aws-switch auto on", INNER, "inner");
    }
}

#[test]
fn auto_off_follows_nothing_whether_exported_or_not() {
    let world = tree();
    for shell in Shell::available() {
        for how in 0..3 {
            let start = with(world.start(shell), shell, how, "AWS_SWITCH_AUTO", "off");
            let mut walk = Walk::new(&world, start.env("AWS_PROFILE", "base"));
            walk.silent(&walk.cd("outer"), "base");
            walk.silent(&walk.cd("outer/inner"), "base");
            walk.reports("aws-switch auto on", INNER, "inner");
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok("aws-switch auto off");
            walk.stays_active("aws-switch auto off", "base");
        }
    }
}

#[test]
fn auto_off_that_is_set_under_a_file_takes_effect_at_the_next_prompt() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&shell.set_local("AWS_SWITCH_AUTO", "off"), OUTER, "base");
        walk.reports(&shell.set_local("AWS_SWITCH_AUTO", "on"), OUTER, "outer");
    }
}

#[test]
fn auto_trusted_follows_only_allowed_files_whether_exported_or_not() {
    for shell in Shell::available() {
        for how in 0..3 {
            let world = tree();
            let start = with(world.start(shell), shell, how, "AWS_SWITCH_AUTO", "trusted");
            let mut walk = Walk::new(&world, start.env("AWS_PROFILE", "base"));
            walk.reports(&walk.cd("outer"), OUTER, "base");
            walk.session.ok("aws-switch allow");
            walk.stays_active("aws-switch allow", "outer");
            walk.reports(&walk.cd("outer/inner"), INNER, "base");
            walk.reports(&walk.cd("outer/deep"), OUTER, "outer");
            world.write(OUTER, "other\n");
            walk.reports("true", OUTER, "base");
        }
    }
}

#[test]
fn notices_can_be_limited_to_ignored_files_or_turned_off() {
    let world = tree();
    world.write("bad/.awsprofile", "");
    for shell in Shell::available() {
        for how in 0..3 {
            for notices in ["refusals", "off"] {
                let start = with(world.start(shell), shell, how, "AWS_SWITCH_NOTICES", notices);
                let mut walk = Walk::new(&world, start.env("AWS_PROFILE", "base"));
                walk.silent(&walk.cd("outer"), "outer");
                walk.silent(&walk.cd("plain"), "base");
                walk.silent(&walk.cd("outer/inner"), "inner");
                if notices == "off" {
                    walk.silent(&walk.cd("bad"), "base");
                } else {
                    walk.reports(&walk.cd("bad"), "bad/.awsprofile", "base");
                }
                walk.silent(&walk.cd("outer"), "outer");
                walk.session.ok("aws-switch other");
                walk.reports("aws-switch auto", OUTER, "outer");
            }
        }
    }
}

#[test]
fn a_shell_that_starts_under_a_file_with_notices_off_prints_nothing() {
    let world = tree();
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_SWITCH_NOTICES", "off").dir(world.path("outer"));
        let mut walk = Walk::new(&world, start);
        assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}");
        walk.stays_active("the start", "outer");
    }
}

#[test]
fn below_an_ignored_file_the_base_is_active_and_never_an_outer_file() {
    let world = tree();
    world.write(INNER, "no-such-profile\n");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&walk.cd("outer/inner"), INNER, "base");
        walk.silent(&walk.cd("outer/inner/deep"), "base");
        walk.reports(&walk.cd("outer/deep"), OUTER, "outer");
        walk.reports(&walk.cd("outer/inner"), INNER, "base");
        walk.silent(&walk.cd("plain"), "base");
        walk.reports(&walk.cd("outer/inner"), INNER, "base");
        walk.session.ok("aws-switch other");
        walk.silent(&walk.cd("outer/inner/deep"), "other");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&walk.cd("outer/inner"), INNER, "other");
    }
}
