//! Cases where two rules of directory profiles meet.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Walk};

#[test]
fn a_manual_switch_under_an_ignored_file_stays_active_when_the_file_is_fixed() {
    for shell in Shell::available() {
        let by_export = shell.set_env("AWS_PROFILE", "other");
        for base in ["base", ""] {
            for switch in ["aws-switch other", &by_export] {
                let world = tree();
                world.write(OUTER, "");
                let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", base));
                walk.reports(&walk.cd("outer"), OUTER, base);
                walk.session.ok(switch);
                walk.silent(&walk.cd("outer/deep"), "other");
                world.write(OUTER, "no-such\n");
                walk.silent("true", "other");
                world.write(OUTER, "outer\n");
                walk.silent("true", "other");
                walk.silent(&walk.cd("plain"), "other");
                walk.reports(&walk.cd("outer"), OUTER, "outer");
            }
        }
    }
}

#[test]
fn deleting_the_nearer_file_ends_a_manual_switch_under_it() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        walk.session.ok("aws-switch other");
        walk.reports("rm .awsprofile", OUTER, "outer");
        walk.reports(&walk.cd(""), OUTER, "other");
    }
}

#[test]
fn a_manual_switch_while_keys_block_the_file_stays_active_when_they_are_unset() {
    let world = tree();
    for shell in Shell::available() {
        for base in ["base", ""] {
            let start = world.start(shell).env("AWS_PROFILE", base);
            let start = start.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
            let mut walk = Walk::new(&world, start);
            walk.reports(&walk.cd("outer"), OUTER, base);
            walk.silent(&shell.set_env("AWS_PROFILE", "other"), "other");
            let [id, secret] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| shell.unset_env(name));
            walk.silent(&shell.then(&id, &secret), "other");
            walk.silent(&walk.cd("outer/deep"), "other");
            walk.silent(&walk.cd("plain"), "other");
            walk.reports(&walk.cd("outer"), OUTER, "outer");
        }
    }
}

#[test]
fn a_base_that_is_the_files_profile_changes_nothing_on_the_way_in_or_out() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "outer"));
        walk.silent(&walk.cd("outer"), "outer");
        walk.silent(&walk.cd("plain"), "outer");
        walk.silent(&walk.cd("outer"), "outer");
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok(&shell.set_env("AWS_PROFILE", "other"));
        walk.silent(&walk.cd("outer/deep"), "other");
        walk.silent(&walk.cd("plain"), "other");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
    }
}

#[test]
fn two_files_that_name_one_profile_are_two_files() {
    let world = tree();
    world.write("twin/.awsprofile", "outer\n");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.silent(&walk.cd("twin"), "outer");
        walk.session.ok("aws-switch other");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&walk.cd("plain"), OUTER, "other");
    }
}

#[test]
fn auto_checks_an_ignored_file_again() {
    for shell in Shell::available() {
        let world = tree();
        let file = shell.quote(world.path(OUTER).to_str().unwrap());
        let mut walk = Walk::from_base(&world, shell);
        walk.session.ok(&format!("chmod o+w {file}"));
        walk.reports(&walk.cd("outer"), OUTER, "base");
        let output = walk.session.run("aws-switch auto");
        assert_eq!(output.status, 4, "{shell:?}: {}", output.text);
        walk.names(&output.text, OUTER, "base");
        walk.stays_active("aws-switch auto", "base");
        // No hook sees a new mode without starting a process.
        walk.silent(&format!("chmod o-w {file}"), "base");
        walk.reports("aws-switch auto", OUTER, "outer");
    }
}

#[test]
fn a_shell_with_auto_off_restores_the_base_of_an_inherited_state() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        let variables = walk.session.environment();
        let aws = variables.iter().filter(|(name, _)| name.contains("AWS"));
        let start = aws.fold(world.start(shell), |start, (name, value)| start.env(name, value.as_str()));
        let mut walk = Walk::new(&world, start.env("AWS_SWITCH_AUTO", "off").dir(world.path("outer")));
        walk.stays_active("the start", "base");
        walk.silent(&walk.cd("outer/inner"), "base");
        walk.reports("aws-switch auto on", INNER, "inner");
    }
}

#[test]
fn leaving_and_returning_in_one_line_ends_a_manual_switch() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        let line = shell.and(&walk.cd("plain"), &walk.cd("outer"));
        walk.reports(&line, OUTER, "outer");
    }
}

#[test]
fn prevd_and_nextd_of_fish_switch_like_cd() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = tree();
    let mut walk = Walk::from_base(&world, Shell::Fish);
    walk.reports(&walk.cd("outer"), OUTER, "outer");
    walk.reports(&walk.cd("outer/inner"), INNER, "inner");
    walk.reports("prevd >/dev/null", OUTER, "outer");
    walk.reports("nextd >/dev/null", INNER, "inner");
    walk.reports("prevd >/dev/null", OUTER, "outer");
    walk.reports("prevd >/dev/null", OUTER, "base");
}

#[test]
fn a_key_that_changes_the_directory_switches_before_the_next_command() {
    let world = tree();
    for shell in [Shell::Zsh, Shell::Fish].into_iter().filter(|shell| shell.is_here()) {
        let there = shell.quote(world.path("outer").to_str().unwrap());
        let bind = match shell {
            Shell::Fish => format!("bind \\cg 'cd {}'", there.replace('\'', "")),
            _ => format!("go() {{ cd {there}; }}; zle -N go; bindkey '^G' go"),
        };
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "base").after(&bind));
        walk.session.keys("\x07");
        walk.session.keys("printenv AWS_PROFILE");
        let output = walk.session.submit();
        assert_eq!(output.text.lines().last(), Some("outer"), "{shell:?}: {}", output.text);
        walk.stays_active("the key", "outer");
    }
}
