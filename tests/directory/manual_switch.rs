//! Choices by hand under a file.

use super::{INNER, OUTER, Walk, tree};
use crate::common::{Shell, World};

/// The ways to choose `other` by hand; what each prints is not looked at here.
fn choices(shell: Shell) -> [String; 4] {
    let tool = match shell {
        Shell::Fish => "function tool; set -gx AWS_PROFILE other; end; tool",
        _ => "tool() { AWS_PROFILE=other; }; tool",
    };
    ["aws-switch other".into(), "aws-switch use -- other".into(), shell.set_env("AWS_PROFILE", "other"), tool.into()]
}

#[test]
fn a_choice_by_hand_stands_under_the_file_and_after_it_until_one_comes_back() {
    let world = tree();
    for shell in Shell::available() {
        for choice in choices(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&choice);
            walk.stands(&choice, "other");
            walk.silent(&walk.cd("outer/deep/er"), "other");
            walk.silent(&walk.cd("outer"), "other");
            walk.silent(&walk.cd("plain"), "other");
            walk.told(&walk.cd("outer/deep"), OUTER, "outer");
            walk.told(&walk.cd(""), OUTER, "other");
        }
    }
}

#[test]
fn no_profile_is_a_choice_by_hand_too() {
    let world = tree();
    for shell in Shell::available() {
        for choice in
            ["aws-switch --unset".to_owned(), shell.unset_env("AWS_PROFILE"), shell.set_env("AWS_PROFILE", "")]
        {
            let mut walk = Walk::from_base(&world, shell);
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&choice);
            walk.stands(&choice, "");
            walk.silent(&walk.cd("outer/deep"), "");
            walk.silent(&walk.cd("plain"), "");
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.told(&walk.cd("plain"), OUTER, "");
            assert_eq!(walk.session.var("AWS_PROFILE"), None, "{shell:?}: {choice}");
        }
    }
}

#[test]
fn choosing_the_files_own_profile_by_hand_makes_it_the_base() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch outer");
        walk.silent(&walk.cd("plain"), "outer");
    }
}

#[test]
fn a_change_for_one_command_is_no_choice() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.prints("AWS_PROFILE=other printenv AWS_PROFILE", "other", "outer");
        walk.prints("env AWS_PROFILE=other printenv AWS_PROFILE", "other", "outer");
        walk.told(&walk.cd("plain"), OUTER, "base");
    }
}

#[test]
fn a_choice_counts_when_a_change_of_folder_follows_in_the_same_line() {
    let world = tree();
    for shell in Shell::available() {
        for choice in choices(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.told(&walk.cd("outer"), OUTER, "outer");
            let line = shell.then(&format!("{choice} 2>/dev/null"), &walk.cd("outer/deep"));
            walk.silent(&line, "other");
            walk.session.ok("aws-switch auto");
            walk.stands("aws-switch auto", "outer");
            let line = shell.then(&format!("{choice} 2>/dev/null"), &walk.cd("plain"));
            walk.silent(&line, "other");
            let base = format!("{} 2>/dev/null", choice.replace("other", "base"));
            let line = shell.then(&base, &walk.cd("outer"));
            walk.told(&line, OUTER, "outer");
            walk.told(&walk.cd(""), OUTER, "base");
        }
    }
}

#[test]
fn a_nearer_file_ends_a_choice_by_hand() {
    let world = tree();
    for shell in Shell::available() {
        for choice in choices(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&choice);
            walk.told(&walk.cd("outer/inner"), INNER, "inner");
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.told(&walk.cd("plain"), OUTER, "other");
        }
    }
}

#[test]
fn a_nearer_file_that_is_created_here_ends_it_at_the_next_prompt() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer/deep"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        world.write("outer/deep/.awsprofile", "inner");
        walk.told("true", "outer/deep/.awsprofile", "inner");
        walk.session.ok("rm .awsprofile");
        walk.stands("the nearer file is gone", "outer");
        walk.told(&walk.cd(""), OUTER, "other");
    }
}

#[test]
fn edits_of_the_file_change_nothing_while_a_choice_by_hand_stands() {
    for shell in Shell::available() {
        for choice in choices(shell) {
            let world = tree();
            let mut walk = Walk::from_base(&world, shell);
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.session.ok(&choice);
            for content in ["inner\n", "base\neu-west-1\n", "", "no-such-profile\n"] {
                world.write(OUTER, content);
                walk.silent("true", "other");
            }
            // A whole new file of the same path is still the same one.
            world.write("outer/new", "inner");
            walk.silent("mv new .awsprofile", "other");
            walk.silent(&walk.cd("outer/deep"), "other");
            walk.silent(&walk.cd("plain"), "other");
            walk.told(&walk.cd("outer"), OUTER, "inner");
        }
    }
}

#[test]
fn when_the_file_goes_the_choice_stays_and_a_file_that_comes_applies() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        walk.silent("rm .awsprofile", "other");
        world.write(OUTER, "outer\n");
        walk.told("true", OUTER, "outer");
        walk.told(&walk.cd(""), OUTER, "other");
    }
}

#[test]
fn auto_puts_the_folders_profile_in_force_again() {
    let world = tree();
    for shell in Shell::available() {
        for (choice, auto) in choices(shell).iter().zip(["aws-switch auto", "aws-switch auto on"].iter().cycle()) {
            let mut walk = Walk::from_base(&world, shell);
            walk.told(&walk.cd("outer/deep"), OUTER, "outer");
            walk.session.ok(choice);
            walk.stands(choice, "other");
            walk.told(auto, OUTER, "outer");
            walk.told(&walk.cd("plain"), OUTER, "other");
        }
    }
}

#[test]
fn a_choice_by_hand_before_any_file_is_the_base() {
    let world = tree();
    for shell in Shell::available() {
        for choice in choices(shell) {
            let mut walk = Walk::from_base(&world, shell);
            walk.session.ok(&choice);
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.told(&walk.cd("plain"), OUTER, "other");
        }
    }
}

#[test]
fn the_last_choice_is_one_made_by_hand_whatever_folders_did() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell));
        walk.told(&walk.cd("outer"), OUTER, "outer");
        let output = walk.session.run("aws-switch -");
        assert_eq!((output.status, output.text.lines().count()), (1, 1), "{shell:?}: {}", output.text);
        walk.told(&walk.cd("plain"), OUTER, "");
        walk.session.ok("aws-switch base");
        walk.session.ok(&shell.set_env("AWS_PROFILE", "other"));
        walk.told(&walk.cd("outer/inner"), INNER, "inner");
        walk.told(&walk.cd("plain"), INNER, "other");
        for profile in ["base", "other"] {
            walk.session.ok("aws-switch -");
            walk.stands("aws-switch -", profile);
        }
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch -");
        walk.stands("aws-switch - under a file", "base");
        walk.silent(&walk.cd("plain"), "base");
        walk.session.ok("aws-switch -");
        walk.stands("aws-switch -", "other");
    }
}

#[test]
fn a_switch_under_a_file_takes_the_default_profile_out_for_good() {
    let world: World = tree();
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_PROFILE", "base").env("AWS_DEFAULT_PROFILE", "base");
        let mut walk = Walk::new(&world, start);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch other");
        walk.silent(&walk.cd("plain"), "other");
        assert_eq!(walk.session.var("AWS_DEFAULT_PROFILE"), None, "{shell:?}");
    }
}
