//! `login` and `--login`: logging in only where a session needs it.

use std::fs;

use super::run;
use crate::common::{Shell, World};

pub const CONFIG: &str = "[profile dev]
sso_session = s
sso_account_id = 123456789012
sso_role_name = Dev
[profile role]
role_arn = arn:aws:iam::123456789012:role/r
source_profile = between
[profile between]
role_arn = arn:aws:iam::123456789012:role/b
source_profile = dev
[profile old]
sso_start_url = https://old/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = Dev
[profile person]
login_session = arn:aws:sts::123456789012:assumed-role/x/me
[profile keys]
aws_access_key_id = x
aws_secret_access_key = y
[profile machine]
role_arn = arn:aws:iam::123456789012:role/m
credential_source = Ec2InstanceMetadata
[profile lost]
role_arn = arn:aws:iam::123456789012:role/l
source_profile = nowhere
[profile nothing]
[sso-session s]
sso_start_url = https://s/start
sso_region = eu-west-1
";

/// A time in the past.
pub const EXPIRED: &str = "2020-01-01T00:00:00Z";
/// A time in the future.
pub const VALID: &str = "2999-01-01T00:00:00Z";

/// Caches a session that expires at `end`, for each profile that has one.
pub fn cache(world: &World, end: &str) {
    let token = format!(r#"{{"accessToken": "t", "expiresAt": "{end}"}}"#);
    world.write(".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json", &token);
    world.write(".aws/sso/cache/85096cd4931eb1372a63d460a9c91b7600c9ba2b.json", &token);
    // Nothing that it could be renewed with.
    let login = format!(
        r#"{{"accessToken": {{"accessKeyId": "a", "secretAccessKey": "s", "sessionToken": "t", "expiresAt": "{end}"}},
            "clientId": "", "refreshToken": "", "dpopKey": ""}}"#
    );
    world.write(".aws/login/cache/61c845b9a479656aaa80f80451fb5dc1835a48f4f72066c145121eb64f175565.json", login);
}

/// A world whose `aws` logs its arguments and prints a line.
fn world(status: u8) -> World {
    let world = World::new();
    world.config(CONFIG);
    world.program(
        "aws",
        &format!("#!/bin/sh\necho \"$AWS_PROFILE ${{AWS_ACCESS_KEY_ID-}}: $*\" >>\"$HOME/calls\"\necho 'Go to https://s/'\nexit {status}\n"),
    );
    world
}

/// The arguments of the calls of the AWS CLI since the last time.
fn calls(world: &World) -> String {
    let text = fs::read_to_string(world.path("calls")).unwrap_or_default();
    let _ = fs::remove_file(world.path("calls"));
    text
}

/// Each profile, and the call that logs in for it.
const WAYS: [(&str, &str); 4] = [
    ("dev", "dev : sso login --sso-session=s\n"),
    ("role", "dev : sso login --sso-session=s\n"),
    ("old", "old : sso login --profile=old\n"),
    ("person", "person : login --profile=person\n"),
];

#[test]
fn login_logs_in_to_the_session_of_the_profile() {
    let world = world(0);
    for end in [None, Some(EXPIRED)] {
        if let Some(end) = end {
            cache(&world, end);
        }
        for (name, way) in WAYS {
            let ran = run(world.helper().args(["login", name]).env("AWS_ACCESS_KEY_ID", "K"));
            assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "Go to https://s/\n", ""));
            assert_eq!(calls(&world), way);
        }
    }
    let ran = run(world.helper().arg("login").env("AWS_PROFILE", "role"));
    assert_eq!((ran.status, calls(&world).as_str()), (Some(0), WAYS[1].1));
    for (arguments, call) in [
        (
            &["login", "old", "--", "--no-browser", "--region", "x"][..],
            "old : sso login --profile=old --no-browser --region x\n",
        ),
        (&["login", "--", "--no-browser"], "dev : sso login --sso-session=s --no-browser\n"),
    ] {
        let ran = run(world.helper().args(arguments).env("AWS_PROFILE", "dev"));
        assert_eq!((ran.status, calls(&world).as_str()), (Some(0), call));
    }
}

#[test]
fn login_takes_a_name_that_begins_with_a_dash() {
    let world = world(0);
    world.config(&CONFIG.replace("[profile old]", "[profile -old]"));
    for (arguments, call) in [
        (&["login", "-old"][..], "-old : sso login --profile=-old\n"),
        (&["login", "--force", "-old", "--", "--no-browser"], "-old : sso login --profile=-old --no-browser\n"),
    ] {
        let ran = run(world.helper().args(arguments));
        assert_eq!((ran.status, calls(&world).as_str()), (Some(0), call), "{}", ran.stderr);
    }
    for (option, hint) in
        [("--frce", "did you mean '--force'?"), ("--no-browser", "write arguments for the AWS CLI after '--'")]
    {
        for arguments in
            [&["login", option][..], &["login", "dev", option], &["login", option, "dev"], &["login", "-old", option]]
        {
            let ran = run(world.helper().args(arguments).env("AWS_PROFILE", "-old"));
            assert_eq!(ran.refusal(2), format!("aws-switch: error: unknown option '{option}'; {hint}"));
        }
    }
}

#[test]
fn login_does_nothing_while_the_session_is_valid_unless_forced() {
    let world = world(0);
    cache(&world, VALID);
    for (name, way) in WAYS {
        let ran = run(world.helper().args(["login", name]));
        let line = ran.refusal(0);
        assert!(line.starts_with(&format!("aws-switch: {name} needs no login; its session expires in ")), "{line}");
        assert_eq!(calls(&world), "");
        assert_eq!(run(world.helper().args(["login", name, "--force"])).status, Some(0));
        assert_eq!(calls(&world), way);
    }
    // An expired session that can be renewed without a browser needs no login.
    let token = format!(
        r#"{{"accessToken": "t", "expiresAt": "{EXPIRED}", "refreshToken": "r", "clientId": "i", "clientSecret": "s",
            "registrationExpiresAt": "{VALID}"}}"#
    );
    world.write(".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json", &token);
    let ran = run(world.helper().args(["login", "role"]));
    assert!(ran.refusal(0).contains("without a browser"), "{}", ran.stderr);
    assert_eq!(calls(&world), "");
}

#[test]
fn login_reports_a_profile_without_a_session() {
    let world = world(0);
    for (name, status, words) in [
        ("keys", 0, "keys needs no login; its kind is static"),
        ("machine", 0, "machine needs no login; its kind is assume-role"),
        ("lost", 1, "nothing to log in to: lost has no credentials; see 'aws-switch show lost'"),
        ("nothing", 1, "nothing to log in to: nothing has no credentials; see 'aws-switch show nothing'"),
        ("rôle", 3, "did you mean 'role'?"),
    ] {
        let ran = run(world.helper().args(["login", name]));
        assert!(ran.refusal(status).contains(words), "{}", ran.stderr);
        assert_eq!(calls(&world), "");
    }
}

#[test]
fn a_switch_warns_when_a_login_is_needed() {
    let world = world(0);
    let switch = |name: &str| run(world.helper().args(["use", name]).env("__AWS_SWITCH_WIRE", "3"));
    for (end, why) in [(None, "it needs a login"), (Some(EXPIRED), "its session has expired")] {
        if let Some(end) = end {
            cache(&world, end);
        }
        for (name, _) in WAYS {
            let ran = switch(name);
            assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{name}");
            let line = format!("\nprint warning: switched to {name}, but {why}; run 'aws-switch login'\n");
            assert!(ran.stdout.contains(&line), "{}", ran.stdout);
        }
    }
    cache(&world, VALID);
    for name in ["dev", "role", "old", "person", "keys", "machine", "nothing"] {
        let ran = switch(name);
        assert!(ran.stdout.contains(&format!("\nprint switched to {name}\n")), "{}", ran.stdout);
        assert_eq!((ran.stderr.as_str(), calls(&world).as_str()), ("", ""), "{name}");
    }
    assert!(switch("lost").stdout.contains("\nprint warning: switched to lost, but it has no credentials: "));
}

#[test]
fn a_switch_with_login_logs_in_before_it_switches() {
    for shell in Shell::available() {
        let good = world(0);
        let mut session = good.start(shell).spawn();
        let text = session.ok("aws-switch role --login");
        assert_eq!(text.trim_end(), "Go to https://s/\naws-switch: switched to role", "{shell:?}");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("role"), "{shell:?}");
        cache(&good, VALID);
        assert!(session.ok("aws-switch use dev --login").starts_with("aws-switch: dev needs no login; "), "{shell:?}");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}");
        let bad = world(255);
        let mut session = bad.start(shell).env("AWS_PROFILE", "keys").spawn();
        let before = session.environment();
        let output = session.run("aws-switch dev --login");
        assert_eq!(output.status, 1, "{shell:?}");
        assert!(
            output.text.trim_end().ends_with("error: 'aws sso login --sso-session=s' failed (status 255)"),
            "{}",
            output.text
        );
        assert_eq!(session.run("aws-switch nothing --login").status, 1);
        assert_eq!(session.environment(), before, "{shell:?}");
    }
}

#[test]
fn a_login_without_a_browser_on_this_machine_is_proposed() {
    let world = world(0);
    let hint = |name: &str, variable: &str, more: &[&str]| {
        run(world.helper().args(["login", name]).args(more).env(variable, "x")).stderr
    };
    for (variable, place) in [("SSH_CONNECTION", "this is an SSH session"), ("WSL_DISTRO_NAME", "this is WSL")] {
        for (name, option) in [("dev", "--use-device-code"), ("old", "--use-device-code"), ("person", "--remote")] {
            let wanted = format!(
                "if the login cannot reach a browser, press Ctrl-C and run 'aws-switch login {name} -- {option}'"
            );
            assert_eq!(hint(name, variable, &[]), format!("aws-switch: {place}; {wanted}\n"));
            assert_eq!(hint(name, variable, &["--", option]), "");
        }
    }
    assert_eq!(hint("dev", "SSH_AGENT_PID", &[]), "");
    let calls = fs::read_to_string(world.path("calls")).unwrap();
    assert!(calls.contains("dev : sso login --sso-session=s --use-device-code\n"), "{calls}");
}
