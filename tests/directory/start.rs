//! A shell that starts under a file, and an rc file that sets a profile.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Walk};

#[test]
fn a_file_applies_while_the_shell_starts_silently_and_its_line_follows_at_the_first_prompt() {
    let world = tree();
    for shell in Shell::available() {
        let after = format!("{}; echo the rc file ends", shell.print_var("AWS_PROFILE"));
        let start = world.start(shell).env("AWS_PROFILE", "base").dir(world.path("outer/deep")).after(&after);
        let mut walk = Walk::new(&world, start);
        let text = walk.before_the_first_prompt();
        let notice = text.strip_prefix("<outer>\nthe rc file ends\n");
        walk.names(notice.unwrap_or_else(|| panic!("{shell:?}: {text}")), OUTER, "outer");
        walk.stays_active("the start", "outer");
        walk.reports(&walk.cd("plain"), OUTER, "base");
    }
}

#[test]
fn under_the_instant_prompt_of_powerlevel10k_the_line_comes_with_the_first_command() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = tree();
    let instant = "typeset -gi __p9k_instant_prompt_active=1; release() { unset __p9k_instant_prompt_active; }
                   precmd_functions+=(release)";
    let start = world.start(Shell::Zsh).env("AWS_PROFILE", "base").dir(world.path("outer")).before(instant);
    let mut walk = Walk::new(&world, start);
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.reports("true", OUTER, "outer");
    walk.silent("true", "outer");
}

#[test]
fn with_no_file_nothing_is_printed_at_the_start() {
    let world = tree();
    for shell in Shell::available() {
        for profile in ["base", "no-such-profile", ""] {
            let start = world.start(shell).env("AWS_PROFILE", profile).dir(world.path("plain"));
            let mut walk = Walk::new(&world, start);
            assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}");
            walk.stays_active("the start", profile);
        }
    }
}

#[test]
fn an_ignored_file_at_the_start_is_reported_once_at_the_first_prompt() {
    let world = tree();
    world.write(OUTER, "");
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_PROFILE", "base").dir(world.path("outer"));
        let mut walk = Walk::new(&world, start);
        walk.names(&walk.before_the_first_prompt(), OUTER, "base");
        walk.stays_active("the start", "base");
    }
}

#[test]
fn a_profile_that_the_rc_file_exports_is_the_base_wherever_the_line_is() {
    let world = tree();
    for shell in Shell::available() {
        let export = shell.set_env("AWS_PROFILE", "other");
        for (before, after) in [(export.as_str(), ""), ("", export.as_str())] {
            for inherited in ["base", ""] {
                let start = world.start(shell).env("AWS_PROFILE", inherited).before(before).after(after);
                let mut walk = Walk::new(&world, start.dir(world.path("outer")));
                walk.names(&walk.before_the_first_prompt(), OUTER, "outer");
                walk.stays_active("the start", "outer");
                walk.reports(&walk.cd("outer/inner"), INNER, "inner");
                walk.reports(&walk.cd("plain"), INNER, "other");

                let start = world.start(shell).env("AWS_PROFILE", inherited).before(before).after(after);
                let mut walk = Walk::new(&world, start);
                assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}");
                walk.stays_active("the start", "other");
                walk.reports(&walk.cd("outer"), OUTER, "outer");
                walk.reports(&walk.cd("plain"), OUTER, "other");
            }
        }
    }
}

#[test]
fn without_our_prompt_hook_a_typed_cd_is_reported_and_a_manual_switch_stays_active() {
    let world = tree();
    for (shell, after) in [
        (Shell::Bash, "unset PROMPT_COMMAND"),
        (Shell::Bash32, "unset PROMPT_COMMAND"),
        (Shell::Zsh, "precmd_functions=(${precmd_functions:#__aws_switch_*})"),
    ] {
        if shell.is_here() {
            let there = format!("{after}; {}", shell.cd(world.path("outer")));
            let walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "base").after(&there));
            assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}");
            let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "base").after(after));
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&shell.set_env("AWS_PROFILE", "other"));
            walk.silent(&walk.cd("outer/deep"), "other");
            assert!(!walk.session.prompt().contains("(aws:"), "{shell:?}: {}", walk.session.prompt());
            if shell == Shell::Zsh {
                let start = world.start(shell).env("AWS_PROFILE", "base").dir(world.path("outer")).after(after);
                let mut walk = Walk::new(&world, start);
                let text = walk.session.ok("true");
                walk.names(&text, OUTER, "outer");
            }
        }
    }
}

#[test]
fn after_an_rc_file_with_a_cd_the_last_directory_decides() {
    let world = tree();
    for shell in Shell::available() {
        for (from, to, notice) in
            [("plain", "outer", Some(OUTER)), ("outer", "plain", None), ("outer", "outer/inner", Some(INNER))]
        {
            let there = shell.cd(world.path(to));
            let start = world.start(shell).env("AWS_PROFILE", "base").dir(world.path(from)).after(&there);
            let mut walk = Walk::new(&world, start);
            let text = walk.before_the_first_prompt();
            let Some(file) = notice else {
                let is_about_outer = |line: &str| line.contains(OUTER) || line.ends_with("back to base (left ~/outer)");
                assert!(text.lines().all(is_about_outer), "{shell:?}: {text}");
                walk.stays_active("the start", "base");
                continue;
            };
            let profile = to.rsplit('/').next().unwrap();
            walk.names(text.lines().last().unwrap_or_default(), file, profile);
            walk.stays_active("the start", profile);
            walk.reports(&walk.cd("plain"), file, "base");
        }
    }
}

#[test]
fn loading_again_later_prints_nothing_and_loses_nothing() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.silent(shell.init_line(), "outer");
        walk.session.ok("aws-switch other");
        walk.silent(shell.init_line(), "other");
        walk.silent(&walk.cd("outer/deep"), "other");
        walk.silent(&walk.cd("plain"), "other");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch auto off");
        walk.silent(shell.init_line(), "other");
    }
}
