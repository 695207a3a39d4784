//! The settings that say which folders are followed and what is printed about them.

use super::{INNER, OUTER, Walk, tree};
use crate::common::{Shell, Start};

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
            walk.told(&walk.cd("outer"), OUTER, "outer");
            assert_eq!(walk.session.ok("aws-switch auto off").lines().count(), 1, "{shell:?}");
            walk.stands("aws-switch auto off", "base");
            for dir in ["outer/inner", "plain", "outer"] {
                walk.silent(&walk.cd(dir), "base");
            }
            walk.told(on, OUTER, "outer");
            walk.told(&walk.cd("outer/inner"), INNER, "inner");
            walk.told(&walk.cd("plain"), INNER, "base");
            assert_eq!(walk.session.ok(on).lines().count(), 1, "{shell:?}: it answers whoever asks");
            walk.stands(on, "base");
        }
    }
}

#[test]
fn a_pause_leaves_a_choice_by_hand_alone() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        walk.session.ok("aws-switch auto off");
        walk.stands("aws-switch auto off", "other");
        walk.session.ok("aws-switch base");
        walk.silent(&walk.cd("plain"), "base");
        walk.silent(&walk.cd("outer/inner"), "base");
        walk.told("aws-switch auto on", INNER, "inner");
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
            walk.told("aws-switch auto on", INNER, "inner");
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok("aws-switch auto off");
            walk.stands("aws-switch auto off", "base");
        }
    }
}

#[test]
fn auto_off_that_is_set_under_a_file_counts_from_the_next_prompt() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.told(&shell.set_local("AWS_SWITCH_AUTO", "off"), OUTER, "base");
        walk.told(&shell.set_local("AWS_SWITCH_AUTO", "on"), OUTER, "outer");
    }
}

#[test]
fn auto_trusted_follows_only_what_was_allowed_whether_exported_or_not() {
    for shell in Shell::available() {
        for how in 0..3 {
            let world = tree();
            let start = with(world.start(shell), shell, how, "AWS_SWITCH_AUTO", "trusted");
            let mut walk = Walk::new(&world, start.env("AWS_PROFILE", "base"));
            walk.told(&walk.cd("outer"), OUTER, "base");
            walk.session.ok("aws-switch allow");
            walk.stands("aws-switch allow", "outer");
            walk.told(&walk.cd("outer/inner"), INNER, "base");
            walk.told(&walk.cd("outer/deep"), OUTER, "outer");
            world.write(OUTER, "other\n");
            walk.told("true", OUTER, "base");
        }
    }
}

#[test]
fn notices_can_be_kept_to_refusals_or_turned_off() {
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
                    walk.told(&walk.cd("bad"), "bad/.awsprofile", "base");
                }
                walk.silent(&walk.cd("outer"), "outer");
                walk.session.ok("aws-switch other");
                walk.told("aws-switch auto", OUTER, "outer");
            }
        }
    }
}

#[test]
fn a_shell_that_starts_under_a_file_with_notices_off_says_nothing() {
    let world = tree();
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_SWITCH_NOTICES", "off").dir(world.path("outer"));
        let mut walk = Walk::new(&world, start);
        assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}");
        walk.stands("the start", "outer");
    }
}

#[test]
fn a_refused_file_leaves_the_base_in_force_never_an_outer_file() {
    let world = tree();
    world.write(INNER, "no-such-profile\n");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.told(&walk.cd("outer/inner"), INNER, "base");
        walk.silent(&walk.cd("outer/inner/deep"), "base");
        walk.told(&walk.cd("outer/deep"), OUTER, "outer");
        walk.told(&walk.cd("outer/inner"), INNER, "base");
        walk.silent(&walk.cd("plain"), "base");
        walk.told(&walk.cd("outer/inner"), INNER, "base");
        walk.session.ok("aws-switch other");
        walk.silent(&walk.cd("outer/inner/deep"), "other");
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.told(&walk.cd("outer/inner"), INNER, "other");
    }
}
