//! Subshells and command substitutions: the profile follows, and nothing is printed.

use super::{OUTER, tree};
use crate::common::{Shell, Walk};

#[test]
fn a_command_substitution_has_the_directory_profile_and_prints_nothing() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        let there = shell.and(&walk.cd("outer"), "printenv AWS_PROFILE");
        // fish runs a substitution in the shell itself, so its `cd` stays.
        let stays = if shell == Shell::Fish { "outer" } else { "base" };
        walk.prints(&shell.subshell(&there), "outer", stays);
    }
}

#[test]
fn entering_and_leaving_in_a_command_substitution_prints_nothing() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        let there = shell.and(&walk.cd("outer"), &shell.and("printenv AWS_PROFILE", &walk.cd("")));
        walk.prints(
            &shell.subshell(&shell.and(&there, "printenv AWS_PROFILE")),
            "outer\nbase".replace('\n', joined(shell)).as_str(),
            "base",
        );
        walk.reports(&walk.cd("outer"), OUTER, "outer");
    }
}

/// The separator of two lines of a substitution that is echoed.
fn joined(shell: Shell) -> &'static str {
    if shell == Shell::Fish { " " } else { "\n" }
}

#[test]
fn an_ignored_file_in_a_command_substitution_is_not_reported() {
    let world = tree();
    world.write("bad/.awsprofile", "");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        let there = shell.and(&walk.cd("bad"), "printenv AWS_PROFILE");
        let back = shell.and(&there, &walk.cd("outer"));
        walk.prints(&shell.subshell(&back), "base", "outer");
        walk.reports(&walk.cd("bad"), "bad/.awsprofile", "base");
    }
}

#[test]
fn a_subshell_in_parentheses_prints_nothing_and_leaves_the_shell_alone() {
    let world = tree();
    for shell in Shell::available().into_iter().filter(|shell| *shell != Shell::Fish) {
        let mut walk = Walk::from_base(&world, shell);
        let there = shell.and(&walk.cd("outer"), "printenv AWS_PROFILE");
        walk.prints(&format!("({there})"), "outer", "base");
        walk.prints(&format!("({there}) | cat"), "outer", "base");
        walk.prints(&format!("{{ {there}; }} | cat"), "outer", "base");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        let away = shell.then(&walk.cd("plain"), "printenv AWS_PROFILE");
        walk.prints(&format!("({away})"), "base", "outer");
    }
}

#[test]
fn a_script_has_the_profile_and_follows_no_file() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        let script = format!("{}; {}; printenv AWS_PROFILE", shell.init_line(), walk.cd("outer/inner"));
        let program = shell.quote(shell.executable().unwrap().to_str().unwrap());
        walk.prints(&format!("{program} -c {}", shell.quote(&script)), "outer", "outer");
    }
}
