//! A switch by hand: what it exports, takes out, says, and leaves alone.

#![cfg(unix)]

mod common;

use std::collections::BTreeMap;

use common::{Session, Shell, World};

const CONFIG: &str = "[profile work]\nregion = eu-west-1\n[profile dev]\nregion = us-east-1\n[profile bare]\n";
const NAMES: [&str; 8] = ["list", "use", "auto", "init", "-x", "--help", "--unset", "-"];

fn world() -> World {
    let world = World::new();
    let odd: String = NAMES.iter().map(|name| format!("[profile {name}]\n")).collect();
    world.config(&format!("{CONFIG}{odd}"));
    world
}

/// What child processes see of AWS's variables.
fn aws(session: &mut Session) -> BTreeMap<String, String> {
    let mut all = session.environment();
    all.retain(|name, _| name.starts_with("AWS_"));
    all
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The one line that was printed, which must be one of ours.
#[track_caller]
fn only_line(shell: Shell, text: &str) -> &str {
    assert_eq!(text.lines().count(), 1, "{shell:?}: {text}");
    assert!(text.starts_with("aws-switch: "), "{shell:?}: {text}");
    text
}

#[test]
fn a_switch_exports_the_profile_and_says_so_in_one_line() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for profile in ["work", "dev", "dev", "bare"] {
            let text = session.ok(&format!("aws-switch {profile}"));
            assert!(only_line(shell, &text).contains(profile), "{shell:?}: {text}");
            assert_eq!(aws(&mut session), map(&[("AWS_PROFILE", profile)]), "{shell:?}");
        }
    }
}

#[test]
fn an_unknown_name_changes_nothing_fails_with_3_and_suggests_the_nearest() {
    let world = world();
    let before = map(&[("AWS_ACCESS_KEY_ID", "k"), ("AWS_DEFAULT_PROFILE", "d"), ("AWS_PROFILE", "dev")]);
    for shell in Shell::available() {
        let mut start = world.start(shell);
        for (name, value) in &before {
            start = start.env(name, value);
        }
        let mut session = start.spawn();
        let state = session.var("__AWS_SWITCH_STATE");
        for line in ["aws-switch wrok", "aws-switch use wrok", "aws-switch wrok --region eu-west-1"] {
            let output = session.run(line);
            assert_eq!(output.status, 3, "{shell:?}: {line}");
            let told = only_line(shell, &output.text);
            assert!(told.contains("wrok") && told.contains("work"), "{shell:?}: {told}");
            assert_eq!(aws(&mut session), before, "{shell:?}: {line}");
            assert_eq!(session.var("__AWS_SWITCH_STATE"), state, "{shell:?}: {line}");
        }
    }
}

#[test]
fn unset_removes_the_variable_and_never_leaves_it_empty() {
    let world = world();
    for shell in Shell::available() {
        for inherited in [None, Some(""), Some("dev")] {
            let start = world.start(shell);
            let mut session = match inherited {
                Some(value) => start.env("AWS_PROFILE", value).spawn(),
                None => start.spawn(),
            };
            let text = session.ok("aws-switch --unset");
            only_line(shell, &text);
            assert_eq!(aws(&mut session), map(&[]), "{shell:?}: {inherited:?}");
            session.ok("aws-switch work");
            session.ok("aws-switch --unset");
            assert_eq!(aws(&mut session), map(&[]), "{shell:?}: {inherited:?}");
        }
    }
}

#[test]
fn wrong_usage_changes_nothing_and_fails_with_2() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "dev").spawn();
        for line in ["aws-switch work dev", "aws-switch --unset work", "aws-switch --colour work", "aws-switch use"] {
            let output = session.run(line);
            assert_eq!(output.status, 2, "{shell:?}: {line}: {}", output.text);
            only_line(shell, &output.text);
            assert_eq!(aws(&mut session), map(&[("AWS_PROFILE", "dev")]), "{shell:?}: {line}");
        }
    }
}

#[test]
fn dash_swaps_the_last_two_choices_made_by_hand() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let output = session.run("aws-switch -");
        assert_eq!(output.status, 1, "{shell:?}");
        only_line(shell, &output.text);
        assert_eq!(aws(&mut session), map(&[]), "{shell:?}");

        let typed = shell.set_env("AWS_PROFILE", "bare");
        for (line, profile) in [
            ("aws-switch work", Some("work")),
            ("aws-switch dev", Some("dev")),
            ("aws-switch dev", Some("dev")),
            ("aws-switch -", Some("work")),
            ("aws-switch -", Some("dev")),
            ("aws-switch --unset", None),
            ("aws-switch -", Some("dev")),
            ("aws-switch -", None),
            ("aws-switch work", Some("work")),
            // What is typed without us is a choice by hand too.
            (&typed, Some("bare")),
            ("aws-switch -", Some("work")),
            ("aws-switch -", Some("bare")),
        ] {
            session.ok(line);
            assert_eq!(session.var("AWS_PROFILE").as_deref(), profile, "{shell:?}: {line}");
        }
    }
}

#[test]
fn dash_brings_the_region_of_the_choice_along() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let with_region =
            map(&[("AWS_DEFAULT_REGION", "eu-north-1"), ("AWS_PROFILE", "work"), ("AWS_REGION", "eu-north-1")]);
        session.ok("aws-switch work --region eu-north-1");
        session.ok("aws-switch dev");
        for expected in [&with_region, &map(&[("AWS_PROFILE", "dev")]), &with_region] {
            session.ok("aws-switch -");
            assert_eq!(&aws(&mut session), expected, "{shell:?}");
        }
    }
}

#[test]
fn what_would_override_the_profile_is_taken_out_and_named_in_one_line() {
    const OVERRIDING: [&str; 8] = [
        "AWS_DEFAULT_PROFILE",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_CREDENTIAL_EXPIRATION",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_ROLE_ARN",
    ];
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for name in OVERRIDING {
            session.run(&shell.set_env(name, "the-secret"));
        }
        let text = session.ok("aws-switch work");
        let line = only_line(shell, &text);
        assert!(!line.contains("the-secret"), "{shell:?}: {line}");
        for name in OVERRIDING {
            assert!(line.contains(name), "{shell:?}: {name}: {line}");
            // Gone from the shell too, not only from what children see.
            assert_eq!(session.ok(&shell.print_var(name)), "<>", "{shell:?}: {name}");
        }
        assert_eq!(aws(&mut session), map(&[("AWS_PROFILE", "work")]), "{shell:?}");
        let text = session.ok("aws-switch dev");
        assert!(!only_line(shell, &text).contains("AWS_"), "{shell:?}: {text}");
    }
}

#[test]
fn the_users_own_region_stays_with_a_warning_where_it_is_not_the_profiles() {
    let world = world();
    for shell in Shell::available() {
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            let mut session = world.start(shell).env(name, "us-east-1").spawn();
            for (profile, warns) in [("work", true), ("dev", false), ("bare", false), ("work", true)] {
                let text = session.ok(&format!("aws-switch {profile}"));
                let lines: Vec<_> = text.lines().collect();
                assert_eq!(lines.len(), if warns { 2 } else { 1 }, "{shell:?}: {profile}: {text}");
                if warns {
                    assert!([name, "us-east-1", "eu-west-1"].iter().all(|word| lines[1].contains(word)), "{text}");
                }
                let expected = map(&[("AWS_PROFILE", profile), (name, "us-east-1")]);
                assert_eq!(aws(&mut session), expected, "{shell:?}");
            }
        }
    }
}

#[test]
fn a_region_option_sets_both_variables_until_the_next_switch() {
    let world = world();
    for shell in Shell::available() {
        for own in [vec![], vec![("AWS_REGION", "ap-south-1")], vec![("AWS_DEFAULT_REGION", ""), ("AWS_REGION", "x")]] {
            let mut start = world.start(shell);
            for (name, value) in &own {
                start = start.env(name, *value);
            }
            let mut session = start.spawn();
            for line in ["aws-switch work --region eu-north-1", "aws-switch --region=sa-east-1 dev"] {
                let text = session.ok(line);
                let region = if line.contains("eu") { "eu-north-1" } else { "sa-east-1" };
                assert!(only_line(shell, &text).contains(region), "{shell:?}: {text}");
                assert_eq!(session.var("AWS_REGION").as_deref(), Some(region), "{shell:?}");
                assert_eq!(session.var("AWS_DEFAULT_REGION").as_deref(), Some(region), "{shell:?}");
            }
            session.ok("aws-switch bare");
            let mut expected = own.clone();
            expected.push(("AWS_PROFILE", "bare"));
            assert_eq!(aws(&mut session), map(&expected), "{shell:?}");
            session.ok("aws-switch use --region eu-north-1 work");
            session.ok("aws-switch --unset");
            assert_eq!(aws(&mut session), map(&own), "{shell:?}");
        }
    }
}

#[test]
fn use_reaches_every_name_that_a_command_or_an_option_hides() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for name in NAMES {
            session.ok(&format!("aws-switch use -- {}", shell.quote(name)));
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(name), "{shell:?}");
        }
        session.ok("aws-switch use list");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("list"), "{shell:?}");
        session.ok("aws-switch use work");
        assert!(session.ok("aws-switch list").contains("eu-west-1"), "{shell:?}: the command wins");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
    }
}

#[test]
fn a_name_is_taken_as_it_stands_and_never_evaluated() {
    let hostile =
        ["$(touch x)", "`touch x`", "a b", "*", "a;touch x", "'q'", "%n%F{red}", "\\u", "é ü", "#c", "~", "a=b"];
    let world = World::new();
    let headers: String = hostile
        .iter()
        .map(
            |name| {
                if name.contains('\'') { format!("[profile \"{name}\"]\n") } else { format!("[profile '{name}']\n") }
            },
        )
        .collect();
    world.config(&headers);
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for name in hostile {
            let text = session.ok(&format!("aws-switch {}", shell.quote(name)));
            assert!(only_line(shell, &text).contains(name), "{shell:?}: {text}");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(name), "{shell:?}");
        }
        assert!(!world.path("x").exists(), "{shell:?}");
    }
}
