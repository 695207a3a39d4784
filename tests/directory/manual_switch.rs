//! Manual switches under a file.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Walk, World};

/// The ways to switch to `other` manually.
fn manual_switches(shell: Shell) -> [String; 4] {
    let tool = match shell {
        Shell::Fish => "function tool; set -gx AWS_PROFILE other; end; tool",
        _ => "tool() { AWS_PROFILE=other; }; tool",
    };
    ["aws-switch other".into(), "aws-switch use -- other".into(), shell.set_env("AWS_PROFILE", "other"), tool.into()]
}

#[test]
fn a_manual_switch_stays_active_below_the_file_and_after_leaving_until_returning() {
    let world = tree();
    for shell in Shell::available() {
        for switch in manual_switches(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&switch);
            walk.stays_active(&switch, "other");
            walk.silent(&walk.cd("outer/deep/er"), "other");
            walk.silent(&walk.cd("outer"), "other");
            walk.silent(&walk.cd("plain"), "other");
            walk.reports(&walk.cd("outer/deep"), OUTER, "outer");
            walk.reports(&walk.cd(""), OUTER, "other");
        }
    }
}

#[test]
fn unsetting_the_profile_is_a_manual_switch_too() {
    let world = tree();
    for shell in Shell::available() {
        for switch in
            ["aws-switch --unset".to_owned(), shell.unset_env("AWS_PROFILE"), shell.set_env("AWS_PROFILE", "")]
        {
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&switch);
            walk.stays_active(&switch, "");
            walk.silent(&walk.cd("outer/deep"), "");
            walk.silent(&walk.cd("plain"), "");
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "");
            assert_eq!(walk.session.var("AWS_PROFILE"), None, "{shell:?}: {switch}");
        }
    }
}

#[test]
fn a_manual_switch_to_the_files_own_profile_makes_it_the_base() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch outer");
        walk.silent(&walk.cd("plain"), "outer");
    }
}

#[test]
fn a_profile_for_one_command_is_no_manual_switch() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.prints("AWS_PROFILE=other printenv AWS_PROFILE", "other", "outer");
        walk.prints("env AWS_PROFILE=other printenv AWS_PROFILE", "other", "outer");
        walk.reports(&walk.cd("plain"), OUTER, "base");
    }
}

#[test]
fn a_manual_switch_counts_when_a_cd_follows_in_the_same_line() {
    let world = tree();
    for shell in Shell::available() {
        for switch in manual_switches(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            let line = shell.then(&format!("{switch} 2>/dev/null"), &walk.cd("outer/deep"));
            walk.silent(&line, "other");
            walk.session.ok("aws-switch auto");
            walk.stays_active("aws-switch auto", "outer");
            let line = shell.then(&format!("{switch} 2>/dev/null"), &walk.cd("plain"));
            walk.silent(&line, "other");
            let base = format!("{} 2>/dev/null", switch.replace("other", "base"));
            let line = shell.then(&base, &walk.cd("outer"));
            walk.reports(&line, OUTER, "outer");
            walk.reports(&walk.cd(""), OUTER, "base");
        }
    }
}

#[test]
fn a_nearer_file_ends_a_manual_switch() {
    let world = tree();
    for shell in Shell::available() {
        for switch in manual_switches(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&switch);
            walk.reports(&walk.cd("outer/inner"), INNER, "inner");
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "other");
        }
    }
}

#[test]
fn a_nearer_file_that_is_created_here_ends_it_at_the_next_prompt() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer/deep"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        world.write("outer/deep/.awsprofile", "inner");
        walk.reports("true", "outer/deep/.awsprofile", "inner");
        walk.session.ok("rm .awsprofile");
        walk.stays_active("the nearer file is gone", "outer");
        walk.reports(&walk.cd(""), OUTER, "other");
    }
}

#[test]
fn edits_of_the_file_change_nothing_while_a_manual_switch_is_active() {
    for shell in Shell::available() {
        for switch in manual_switches(shell) {
            let world = tree();
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&switch);
            for content in ["inner\n", "base\neu-west-1\n", "", "no-such-profile\n"] {
                world.write(OUTER, content);
                walk.silent("true", "other");
            }
            // A new file at the same path is still the same file.
            world.write("outer/new", "inner");
            walk.silent("mv new .awsprofile", "other");
            walk.silent(&walk.cd("outer/deep"), "other");
            walk.silent(&walk.cd("plain"), "other");
            walk.reports(&walk.cd("outer"), OUTER, "inner");
        }
    }
}

#[test]
fn a_manual_switch_outlives_the_file_and_a_new_file_applies() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        walk.silent("rm .awsprofile", "other");
        world.write(OUTER, "outer\n");
        walk.reports("true", OUTER, "outer");
        walk.reports(&walk.cd(""), OUTER, "other");
    }
}

#[test]
fn auto_activates_the_directory_profile_again() {
    let world = tree();
    for shell in Shell::available() {
        for (switch, auto) in
            manual_switches(shell).iter().zip(["aws-switch auto", "aws-switch auto on"].iter().cycle())
        {
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer/deep"), OUTER, "outer");
            walk.session.ok(switch);
            walk.stays_active(switch, "other");
            walk.reports(auto, OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "other");
        }
    }
}

#[test]
fn a_manual_switch_before_any_file_is_the_base() {
    let world = tree();
    for shell in Shell::available() {
        for switch in manual_switches(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.session.ok(&switch);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "other");
        }
    }
}

#[test]
fn dash_ignores_the_switches_of_directories() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell));
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        let output = walk.session.run("aws-switch -");
        assert_eq!((output.status, output.text.lines().count()), (1, 1), "{shell:?}: {}", output.text);
        walk.reports(&walk.cd("plain"), OUTER, "");
        walk.session.ok("aws-switch base");
        walk.session.ok(&shell.set_env("AWS_PROFILE", "other"));
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        walk.reports(&walk.cd("plain"), INNER, "other");
        for profile in ["base", "other"] {
            walk.session.ok("aws-switch -");
            walk.stays_active("aws-switch -", profile);
        }
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch -");
        walk.stays_active("aws-switch - under a file", "base");
        walk.silent(&walk.cd("plain"), "base");
        walk.session.ok("aws-switch -");
        walk.stays_active("aws-switch -", "other");
    }
}

#[test]
fn a_switch_under_a_file_unsets_the_default_profile_for_good() {
    let world: World = tree();
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_PROFILE", "base").env("AWS_DEFAULT_PROFILE", "base");
        let mut walk = Walk::new(&world, start);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        walk.silent(&walk.cd("plain"), "other");
        assert_eq!(walk.session.var("AWS_DEFAULT_PROFILE"), None, "{shell:?}");
    }
}
