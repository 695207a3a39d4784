//! A shell that inherits its state from a parent shell, or from a hostile environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Start, Walk, World};

type Variables = BTreeMap<String, String>;

/// The variables that a child inherits from a shell in `dir`, after `then` ran.
fn inherited(world: &World, shell: Shell, dir: &str, then: &str) -> Variables {
    let mut walk = Walk::from_base(world, shell);
    walk.session.ok(&walk.shell().cd(world.path(dir)));
    walk.session.ok(then);
    walk.session.environment()
}

fn child<'w>(world: &'w World, shell: Shell, dir: &str, variables: &Variables) -> Start<'w> {
    let aws = variables.iter().filter(|(name, _)| name.contains("AWS"));
    aws.fold(world.start(shell).dir(world.path(dir)), |start, (name, value)| start.env(name, value.as_str()))
}

/// Every pair of shells, the outer one and the one that is started in it.
fn pairs() -> impl Iterator<Item = (Shell, Shell)> {
    Shell::available().into_iter().flat_map(|one| Shell::available().into_iter().map(move |other| (one, other)))
}

#[test]
fn a_child_shell_inherits_both_layers() {
    let world = tree();
    for (parent, shell) in pairs() {
        let variables = inherited(&world, parent, "outer", "true");
        let mut walk = Walk::new(&world, child(&world, shell, "outer", &variables));
        assert_eq!(walk.before_the_first_prompt(), "", "{parent:?} {shell:?}");
        walk.stays_active("the start", "outer");
        walk.silent(&walk.cd("outer/deep"), "outer");
        walk.reports(&walk.cd("plain"), OUTER, "base");
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
    }
}

#[test]
fn a_child_shell_inherits_a_manual_switch() {
    let world = tree();
    for (parent, shell) in pairs() {
        let variables = inherited(&world, parent, "outer", "aws-switch other");
        let mut walk = Walk::new(&world, child(&world, shell, "outer", &variables));
        assert_eq!(walk.before_the_first_prompt(), "", "{parent:?} {shell:?}");
        walk.stays_active("the start", "other");
        walk.silent(&walk.cd("outer/deep"), "other");
        walk.silent(&walk.cd("plain"), "other");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&walk.cd("plain"), OUTER, "other");
    }
}

#[test]
fn a_shell_that_starts_elsewhere_switches_to_what_applies_there() {
    let world = tree();
    for (parent, shell) in pairs() {
        let variables = inherited(&world, parent, "outer", "true");
        let seen = shell.print_var("AWS_PROFILE");
        for (dir, file, profile) in [("plain", OUTER, "base"), ("outer/inner", INNER, "inner")] {
            let mut walk = Walk::new(&world, child(&world, shell, dir, &variables).after(&seen));
            let text = walk.before_the_first_prompt();
            let notice = text.strip_prefix(&format!("<{profile}>\n"));
            walk.names(notice.unwrap_or_else(|| panic!("{shell:?}: {text}")), file, profile);
            walk.stays_active("the start", profile);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "base");
        }
    }
}

#[test]
fn a_shell_that_starts_elsewhere_restores_the_region_too() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        let variables = walk.session.environment();
        for other in Shell::available() {
            let mut walk = Walk::new(&world, child(&world, other, "plain", &variables));
            walk.stays_active("the start", "");
            let environment = walk.session.environment();
            assert_eq!(environment.get("AWS_REGION").map(String::as_str), Some("us-east-1"), "{shell:?} {other:?}");
            assert_eq!(environment.get("AWS_DEFAULT_REGION"), None, "{shell:?} {other:?}");
        }
    }
}

#[test]
fn a_profile_that_the_state_does_not_know_is_the_new_base_and_the_file_applies() {
    let world = tree();
    for shell in Shell::available() {
        for then in ["true", "aws-switch base"] {
            let mut variables = inherited(&world, shell, "outer", then);
            variables.insert("AWS_PROFILE".to_owned(), "other".to_owned());
            let mut walk = Walk::new(&world, child(&world, shell, "outer", &variables));
            walk.names(&walk.before_the_first_prompt(), OUTER, "outer");
            walk.stays_active("the start", "outer");
            walk.reports(&walk.cd("plain"), OUTER, "other");

            let mut walk = Walk::new(&world, child(&world, shell, "plain", &variables));
            assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}");
            walk.stays_active("the start", "other");

            // As after `env -u AWS_PROFILE`.
            variables.remove("AWS_PROFILE");
            let mut walk = Walk::new(&world, child(&world, shell, "outer/deep", &variables));
            walk.names(&walk.before_the_first_prompt(), OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "");
        }
    }
}

#[test]
fn a_profile_that_the_rc_file_exports_replaces_the_base_of_an_inherited_state() {
    let world = tree();
    for shell in Shell::available() {
        let variables = inherited(&world, shell, "outer", "true");
        let export = shell.set_env("AWS_PROFILE", "other");
        for (before, after) in [(export.as_str(), ""), ("", export.as_str())] {
            let start = child(&world, shell, "outer/deep", &variables).before(before).after(after);
            let mut walk = Walk::new(&world, start);
            walk.stays_active("the start", "outer");
            walk.reports(&walk.cd("plain"), OUTER, "other");
        }
    }
}

#[test]
fn an_empty_environment_has_no_base() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).dir(world.path("outer")));
        walk.names(&walk.before_the_first_prompt(), OUTER, "outer");
        walk.reports(&walk.cd("plain"), OUTER, "");
        assert_eq!(walk.session.var("AWS_PROFILE"), None, "{shell:?}");
    }
}

#[test]
fn hostile_state_is_discarded_and_never_run() {
    let world = tree();
    let long = "8:".repeat(40_000);
    let mut hostile: Vec<OsString> = [
        "",
        "0",
        "a[$(touch x)]",
        "$(touch x)",
        "`touch x`",
        "8:$(touch x):::::::::::",
        "*",
        "%n%F{red}\\u\u{1b}[31m",
        "8:directory",
        "8:manual-0::=base::::manual:::none:none::none::=base:::a[$(touch x)]:",
        "8:directory:=/:=base::::inherited:::none:none::none::=%00::::",
        "8:directory:=/:=base::::inherited:::none:none::none::=%0Aevil::::",
        "8:directory:=/x%0A:=base:=a%0Db:::inherited:::none:none::none::=a%0Db::::",
        "8:base::=base::::inherited:::none:none::none::=other::",
        "two\nlines",
        &long,
    ]
    .map(OsString::from)
    .into();
    hostile.push(OsString::from_vec(b"8:\xff\xfe".to_vec()));
    for shell in Shell::available() {
        for state in &hostile {
            let start = world.start(shell).env("AWS_PROFILE", "base").env("__AWS_SWITCH_STATE", state.clone());
            let mut walk = Walk::new(&world, start);
            assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}: {state:?}");
            walk.stays_active("the start", "base");
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.reports(&walk.cd(""), OUTER, "base");
            walk.session.ok("aws-switch other");
            walk.stays_active("a switch", "other");
            assert!(!world.path("x").exists(), "{shell:?}: {state:?}");
        }
    }
}

#[test]
fn a_forged_state_is_never_evaluated() {
    let world = tree();
    // The state is well-formed: leaving restores the base that it names, as plain text.
    let state = "8:directory:=/nowhere/.awsprofile:=base::::inherited:::none:none::none::=%24%28touch%20x%29%60touch%20x%60%2A::::";
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_PROFILE", "base").env("__AWS_SWITCH_STATE", state);
        let mut walk = Walk::new(&world, start);
        assert_eq!(walk.before_the_first_prompt().lines().count(), 1, "{shell:?}");
        assert_eq!(walk.profile(), "$(touch x)`touch x`*", "{shell:?}");
        assert!(!world.path("x").exists(), "{shell:?}");
    }
}

#[test]
fn private_variables_of_another_shell_prove_nothing() {
    let world = tree();
    for shell in Shell::available() {
        let mut start = world.start(shell).env("AWS_PROFILE", "base");
        for name in [
            "__aws_switch_auto",
            "__aws_switch_pending",
            "__aws_switch_recheck",
            "__aws_switch_seen",
            "__aws_switch_file",
            "__aws_switch_event",
            "__aws_switch_program",
            "__aws_switch_saved",
            "AWS_SWITCH_SEGMENT",
            "__AWS_SWITCH_AUTO",
            "__AWS_SWITCH_WIRE",
        ] {
            start = start.env(name, if name == "__aws_switch_program" { "" } else { "off" });
        }
        let mut walk = Walk::new(&world, start);
        assert_eq!(walk.before_the_first_prompt(), "", "{shell:?}");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&walk.cd("plain"), OUTER, "base");
    }
}
