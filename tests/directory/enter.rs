//! Entering, nested directories, leaving, and the rest of the same line.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Walk, World};

#[test]
fn a_directory_profile_is_active_below_its_file_and_the_base_elsewhere() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.silent(&walk.cd("plain"), "base");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.silent(&walk.cd("outer/deep/er"), "outer");
        walk.reports(&walk.cd("outer/inner/deep"), INNER, "inner");
        walk.silent(&walk.cd("outer/inner"), "inner");
        walk.reports(&walk.cd("outer/deep"), OUTER, "outer");
        walk.reports(&walk.cd("plain"), OUTER, "base");
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        walk.reports("cd", INNER, "base");
    }
}

#[test]
fn without_a_base_leaving_removes_the_variable() {
    let world = tree();
    for shell in Shell::available() {
        for inherited in [None, Some("")] {
            let mut start = world.start(shell);
            if let Some(value) = inherited {
                start = start.env("AWS_PROFILE", value);
            }
            let mut walk = Walk::new(&world, start);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "");
            assert_eq!(walk.session.var("AWS_PROFILE"), None, "{shell:?} {inherited:?}");
        }
    }
}

#[test]
fn a_directory_profile_is_active_before_the_next_command_of_the_line() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        for (dir, file, profile) in
            [("outer", OUTER, "outer"), ("outer/inner", INNER, "inner"), ("outer/deep", OUTER, "outer")]
        {
            let line = shell.and(&walk.cd(dir), "printenv AWS_PROFILE");
            let text = walk.session.ok(&line);
            let (notice, printed) = text.split_once('\n').unwrap_or((&text, ""));
            walk.names(notice, file, profile);
            assert_eq!(printed, profile, "{shell:?}");
            walk.stays_active(&line, profile);
        }
        let line = shell.then(&walk.cd("outer/inner"), &shell.then("printenv AWS_PROFILE", &walk.cd("plain")));
        let text = walk.session.ok(&shell.and(&line, "printenv AWS_PROFILE"));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{shell:?}: {text}");
        walk.names(lines[0], INNER, "inner");
        walk.names(lines[2], INNER, "base");
        assert_eq!((lines[1], lines[3]), ("inner", "base"), "{shell:?}");
        walk.stays_active("there and back", "base");
    }
}

#[test]
fn every_kind_of_child_sees_the_directory_profile() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        for child in ["sh -c 'printenv AWS_PROFILE'", "printenv AWS_PROFILE | cat", "printenv AWS_PROFILE"] {
            walk.prints(child, "outer", "outer");
        }
    }
}

#[test]
fn pushd_popd_and_cd_back_switch_like_cd() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        let quoted = |dir: &str| shell.quote(world.path(dir).to_str().unwrap());
        let (outer, inner) = (quoted("outer"), quoted("outer/inner"));
        for (move_there, file, profile) in [
            (format!("pushd {outer} >/dev/null"), OUTER, "outer"),
            (format!("pushd {inner} >/dev/null"), INNER, "inner"),
            ("popd >/dev/null".to_owned(), OUTER, "outer"),
            ("popd >/dev/null".to_owned(), OUTER, "base"),
            (walk.cd("outer/inner"), INNER, "inner"),
            ("cd - >/dev/null".to_owned(), INNER, "base"),
            ("cd - >/dev/null".to_owned(), INNER, "inner"),
        ] {
            let text = walk.session.ok(&shell.and(&move_there, "printenv AWS_PROFILE"));
            let (notice, printed) = text.split_once('\n').unwrap_or((&text, ""));
            walk.names(notice, file, profile);
            assert_eq!(printed, profile, "{shell:?}: {move_there}");
            walk.stays_active(&move_there, profile);
        }
    }
}

#[test]
fn a_cd_that_fails_changes_nothing_and_fails() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        for failing in ["cd nowhere", "pushd nowhere", "cd .awsprofile"] {
            let output = walk.session.run(&format!("{failing} 2>/dev/null"));
            assert_eq!((output.text.as_str(), output.status), ("", 1), "{shell:?}: {failing}");
            walk.stays_active(failing, "outer");
        }
        assert_eq!(walk.session.ok(&shell.then("cd nowhere 2>/dev/null", "printenv AWS_PROFILE")), "outer");
    }
}

#[test]
fn a_directory_change_that_no_hook_sees_switches_at_the_next_prompt() {
    let world = tree();
    let cases = [
        (Shell::Bash, "", "builtin cd"),
        (Shell::Bash, "cd() { builtin cd \"$@\" && users=own; }", "cd"),
        (Shell::Bash, "alias cd='builtin cd'", "cd"),
        (Shell::Bash, "alias cd=pushd; pushd() { builtin pushd \"$@\" >/dev/null; }", "cd"),
        (Shell::Bash32, "", "builtin cd"),
        (Shell::Bash32, "cd() { builtin cd \"$@\" && users=own; }", "cd"),
        (Shell::Bash32, "alias cd='builtin cd'", "cd"),
        (Shell::Zsh, "", "cd -q"),
    ];
    for (shell, before, cd) in cases.into_iter().filter(|(shell, ..)| shell.is_here()) {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "base").before(before));
        let there = walk.cd("outer").replacen("cd", cd, 1);
        let text = walk.session.ok(&shell.and(&there, "printenv AWS_PROFILE"));
        let (printed, notice) = text.split_once('\n').unwrap_or((&text, ""));
        walk.names(notice, OUTER, "outer");
        assert_eq!(printed, "base", "{shell:?}: {there}");
        walk.stays_active(&there, "outer");
        let users = if before.contains("users=own") { "<own>" } else { "<>" };
        walk.prints(&shell.print_var("users"), users, "outer");
        walk.reports(&walk.cd("plain").replacen("cd", cd, 1), OUTER, "base");
    }
}

#[test]
fn entering_unsets_an_inherited_default_profile_and_leaving_restores_it() {
    let world = tree();
    for shell in Shell::available() {
        for base in ["base", ""] {
            let start = world.start(shell).env("AWS_PROFILE", base).env("AWS_DEFAULT_PROFILE", "other");
            let mut walk = Walk::new(&world, start);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            assert_eq!(walk.session.var("AWS_DEFAULT_PROFILE"), None, "{shell:?}");
            walk.reports(&walk.cd("outer/inner"), INNER, "inner");
            assert_eq!(walk.session.var("AWS_DEFAULT_PROFILE"), None, "{shell:?}");
            walk.session.ok(&walk.shell().cd(world.path("plain")));
            let (profile, default) = (walk.profile(), walk.session.var("AWS_DEFAULT_PROFILE"));
            assert_eq!((profile.as_str(), default.as_deref()), (base, Some("other")), "{shell:?}");
        }
    }
}

#[test]
fn the_file_of_a_home_applies_to_everything_below() {
    let world = World::new();
    world.config("[profile base]\n[profile all]\n[profile inner]\n");
    world.write(".awsprofile", "all");
    world.write("in/.awsprofile", "inner");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.stays_active("the start", "all");
        walk.reports(&walk.cd("in"), "in/.awsprofile", "inner");
        walk.reports(&walk.cd(""), ".awsprofile", "all");
        walk.reports("cd /", ".awsprofile", "base");
    }
}
