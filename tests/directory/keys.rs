//! While access keys or a web identity are set, entering and leaving a directory switch nothing.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Walk};

const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret")];
const WEB_IDENTITY: [(&str, &str); 2] =
    [("AWS_WEB_IDENTITY_TOKEN_FILE", "/nowhere/token"), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r")];

fn set(shell: Shell, pair: [(&str, &str); 2]) -> String {
    let [first, second] = pair.map(|(name, value)| shell.set_env(name, value));
    shell.then(&first, &second)
}

fn unset(shell: Shell, pair: [(&str, &str); 2]) -> String {
    let [first, second] = pair.map(|(name, _)| shell.unset_env(name));
    shell.then(&first, &second)
}

fn overrides([(name, _), _]: [(&str, &str); 2]) -> String {
    // The AWS CLI still uses a profile that assumes a role.
    let nearly = if name == WEB_IDENTITY[0].0 { "nearly " } else { "" };
    format!("{name} overrides {nearly}every profile")
}

#[test]
fn entering_switches_nothing_until_they_are_unset() {
    let world = tree();
    for shell in Shell::available() {
        for pair in [KEYS, WEB_IDENTITY] {
            let mut start = world.start(shell).env("AWS_PROFILE", "base");
            for (name, value) in pair {
                start = start.env(name, value);
            }
            let mut walk = Walk::new(&world, start);
            let why = format!("{}; unset it (base stays active)", overrides(pair));
            walk.prints(&walk.cd("outer"), &format!("aws-switch: warning: ignored ~/{OUTER}: {why}"), "base");
            walk.silent(&walk.cd("outer/deep"), "base");
            walk.reports(&walk.cd("outer/inner"), INNER, "base");
            walk.silent(&walk.cd("plain"), "base");
            walk.reports(&walk.cd("outer"), OUTER, "base");
            walk.reports(&unset(shell, pair), OUTER, "outer");
            walk.reports(&walk.cd("plain"), OUTER, "base");
        }
    }
}

#[test]
fn leaving_switches_nothing_until_they_are_unset() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        for pair in [KEYS, WEB_IDENTITY] {
            let mut walk = Walk::from_base(&world, shell);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.silent(&set(shell, pair), "outer");
            walk.silent(&walk.cd("outer/deep"), "outer");
            let why = format!("{}; unset it (outer in eu-west-1 stays active)", overrides(pair));
            walk.prints(&walk.cd("plain"), &format!("aws-switch: warning: left ~/outer, but {why}"), "outer");
            assert_eq!(walk.session.var("AWS_REGION").as_deref(), Some("eu-west-1"), "{shell:?}");
            walk.reports(&unset(shell, pair), OUTER, "base");
            assert_eq!(walk.session.var("AWS_REGION"), None, "{shell:?}");
        }
    }
}

#[test]
fn what_a_command_could_not_change_is_a_warning_and_its_status() {
    let world = tree();
    for shell in Shell::available() {
        world.write(OUTER, "outer\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.silent(&set(shell, KEYS), "outer");
        let why = format!("{}; unset it (outer stays active)", overrides(KEYS));
        for (line, begin) in [
            ("aws-switch auto", format!("ignored ~/{OUTER}: ")),
            ("aws-switch auto off", "directory profiles are off, but ".to_owned()),
            ("aws-switch auto on", format!("ignored ~/{OUTER}: ")),
            ("aws-switch pin other", format!("pinned other (~/{OUTER}); ignored ~/{OUTER}: ")),
        ] {
            let output = walk.session.run(line);
            let wanted = format!("aws-switch: warning: {begin}{why}");
            assert_eq!((output.text, output.status), (wanted, 1), "{shell:?}: {line}");
            walk.stays_active(line, "outer");
        }
        walk.reports(&unset(shell, KEYS), OUTER, "other");
    }
}

#[test]
fn a_secret_or_a_role_alone_blocks_nothing() {
    let world = tree();
    for shell in Shell::available() {
        for (name, value) in [KEYS[1], WEB_IDENTITY[1]] {
            let mut walk = Walk::new(&world, world.start(shell).env(name, value));
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            assert_eq!(walk.session.var(name).as_deref(), Some(value), "{shell:?}");
            walk.reports(&walk.cd("plain"), OUTER, "");
        }
    }
}

#[test]
fn an_id_or_a_token_alone_blocks_as_some_reader_refuses_it() {
    let world = tree();
    for shell in Shell::available() {
        for (name, value) in [KEYS[0], WEB_IDENTITY[0]] {
            let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "base").env(name, value));
            walk.reports(&walk.cd("outer"), OUTER, "base");
            walk.reports(&shell.unset_env(name), OUTER, "outer");
        }
    }
}

#[test]
fn empty_keys_are_none() {
    let world = tree();
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_ACCESS_KEY_ID", "").env("AWS_SECRET_ACCESS_KEY", "");
        let mut walk = Walk::new(&world, start);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
    }
}

#[test]
fn keys_that_the_same_line_unsets_block_nothing() {
    let world = tree();
    for shell in Shell::available() {
        let mut start = world.start(shell).env("AWS_PROFILE", "base");
        for (name, value) in KEYS {
            start = start.env(name, value);
        }
        let mut walk = Walk::new(&world, start);
        let line = shell.then(&unset(shell, KEYS), &walk.cd("outer"));
        walk.reports(&line, OUTER, "outer");
    }
}

#[test]
fn a_manual_switch_unsets_them_and_stays_active() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.silent(&set(shell, KEYS), "outer");
        walk.session.ok("aws-switch other");
        walk.stays_active("aws-switch other", "other");
        assert_eq!(walk.session.var("AWS_ACCESS_KEY_ID"), None, "{shell:?}");
        walk.silent(&walk.cd("plain"), "other");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
    }
}

#[test]
fn a_shell_that_starts_with_them_switches_nothing_and_warns_at_the_first_prompt() {
    let world = tree();
    for shell in Shell::available() {
        let mut start = world.start(shell).env("AWS_PROFILE", "base").dir(world.path("outer"));
        for (name, value) in KEYS {
            start = start.env(name, value);
        }
        let mut walk = Walk::new(&world, start);
        walk.names(&walk.before_the_first_prompt(), OUTER, "base");
        walk.stays_active("the start", "base");
        walk.reports(&unset(shell, KEYS), OUTER, "outer");
    }
}
