//! `whoami` with an AWS CLI that fails, hangs or is missing; `identities` tests it with the real one.

use std::fs;
use std::time::{Duration, Instant};

use super::login::{self, EXPIRED, VALID};
use super::{run, wait_until};
use crate::common::{Shell, World};

const CONFIG: &str = "[profile work]\naws_access_key_id = x\naws_secret_access_key = y\n";
const ANSWER: &str =
    r#"{"UserId": "U", "Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/\u001b[2Jme"}"#;

/// The process whose id is in ~/pid has ended; it may still be a zombie.
fn assert_ended(world: &World) {
    let pid = fs::read_to_string(world.path("pid")).unwrap();
    let stat = format!("/proc/{}/stat", pid.trim());
    wait_until("it has ended", || fs::read_to_string(&stat).map_or(true, |stat| stat.contains(") Z ")));
}

fn world(aws: &str) -> World {
    let world = World::new();
    world.config(CONFIG);
    world.program("aws", aws);
    world
}

#[test]
fn whoami_runs_the_aws_cli_once_as_exec_would() {
    let world = world(&format!(
        "#!/bin/sh\necho \"$AWS_PROFILE ${{AWS_ACCESS_KEY_ID-none}} $AWS_CLI_ERROR_FORMAT $*\" >>\"$HOME/asked\"\necho '{ANSWER}'\n"
    ));
    let mut command = world.helper();
    command.args(["whoami", "work"]).env("AWS_ACCESS_KEY_ID", "K").env("AWS_PROFILE", "other");
    let ran = run(command.env("AWS_CLI_ERROR_FORMAT", "json"));
    assert_eq!(
        ran.stdout,
        "account  123456789012\narn      arn:aws:iam::123456789012:user/\\u{1b}[2Jme\nuser id  U\nprofile  work\n"
    );
    let ran = run(world.helper().args(["whoami", "--json"]).env("AWS_PROFILE", "other").env("AWS_ACCESS_KEY_ID", "K"));
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(answer["profile"].is_null() && answer["derived_account"].is_null(), "{answer}");
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["account", "arn", "derived_account", "expected_account", "profile", "user_id"]);
    let asked = fs::read_to_string(world.path("asked")).unwrap();
    let call = "sts get-caller-identity --output json";
    assert_eq!(asked, format!("work none legacy {call}\nother K legacy {call}\n"));
}

#[test]
fn a_missing_aws_cli_is_one_line() {
    let world = world("");
    world.remove_program("aws");
    let path = world.path("../bin");
    for words in [&["whoami"][..], &["whoami", "work"], &["configure", "new"]] {
        let ran = run(world.helper().args(words).env("PATH", &path));
        assert_eq!(ran.refusal(1), "aws-switch: error: cannot find 'aws' on PATH; install the AWS CLI");
    }
    assert_eq!(run(world.helper().args(["whoami", "wrok"]).env("PATH", &path)).status, Some(3));
}

#[test]
fn whoami_waits_no_longer_than_its_timeout() {
    let world = world("#!/bin/sh\necho $$ >\"$HOME/pid\"\nexec sleep 60\n");
    let start = Instant::now();
    let ran = run(world.helper().args(["whoami", "work", "--timeout", "1"]));
    assert!(ran.refusal(1).contains("AWS did not answer within 1s; check the network"), "{}", ran.stderr);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_ended(&world);
    // The AWS CLI ended, but its child still has its stdout.
    world.program("aws", "#!/bin/sh\nsleep 5 &\n");
    assert_eq!(run(world.helper().args(["whoami", "--timeout", "1"])).status, Some(1));
    for seconds in ["0", "-1", "x", "100000"] {
        run(world.helper().args(["whoami", &format!("--timeout={seconds}")])).refusal(2);
    }
}

#[test]
fn an_aws_cli_that_asks_for_a_secret_leaves_the_terminal_unchanged() {
    // The AWS CLI turns the echo off while it asks for an MFA code.
    let world = world(
        "#!/bin/bash\nstty -echo </dev/tty\ntrap 'stty echo </dev/tty; exit 130' INT\nwhile :; do sleep 0.1; done\n",
    );
    let mut session = world.start(Shell::Bash).spawn();
    let echo = "stty -a </dev/tty | grep -ow -- '-*echo'";
    assert_eq!(session.ok(echo), "echo");
    assert!(
        session
            .run("aws-switch whoami work --timeout 1")
            .text
            .contains("AWS did not answer within 1s; check the network")
    );
    assert_eq!(session.ok(echo), "echo");
}

#[test]
fn an_aws_cli_that_ignores_sigint_is_killed() {
    let world = world("#!/bin/bash\ntrap '' INT\necho $$ >\"$HOME/pid\"\nexec sleep 60\n");
    assert!(
        run(world.helper().args(["whoami", "--timeout", "1"]))
            .refusal(1)
            .contains("AWS did not answer within 1s; check the network")
    );
    assert_ended(&world);
}

#[test]
fn a_failure_is_reported_with_the_last_line_of_the_aws_cli() {
    for (aws, message) in [
        ("echo '\u{1b}[31mCould not connect' >&2; echo >&2; exit 255", "work: \\u{1b}[31mCould not connect"),
        ("printf 'first\\nlast\\n' >&2; exit 1", "work: last"),
        ("echo 'aws: [ERROR]: it failed' >&2; exit 255", "work: it failed"),
        ("exit 7", "work: the AWS CLI failed without an error message"),
        ("kill -9 $$", "work: the AWS CLI failed without an error message"),
        ("echo no JSON", "cannot read the answer of 'aws sts get-caller-identity': expected ident at line 1 column 2"),
        ("yes '{' | head -c 3000000", "work: the AWS CLI failed without an error message"),
    ] {
        let world = world(&format!("#!/bin/sh\n{aws}\n"));
        let ran = run(world.helper().args(["whoami", "work"]));
        assert!(ran.refusal(1).starts_with(&format!("aws-switch: error: {message}")), "{aws}: {}", ran.stderr);
    }
}

#[test]
fn an_expired_session_is_answered_with_the_command_that_renews_it() {
    let world = World::new();
    world.config(login::CONFIG);
    let words = "The SSO session associated with this profile has expired or is otherwise invalid. \
                 To refresh this SSO session run aws sso login with the corresponding profile.";
    world.program("aws", &format!("#!/bin/sh\necho '{words}' >&2; exit 255\n"));
    let refusal = |name: &str| run(world.helper().args(["whoami", name])).refusal(1).to_owned();
    let fix = |name: &str, why: &str| format!("aws-switch: error: {name}: {why}; run 'aws-switch login {name}'");
    for name in ["dev", "role", "old", "person"] {
        assert_eq!(refusal(name), fix(name, "it needs a login"));
    }
    login::cache(&world, EXPIRED);
    for name in ["dev", "role", "old", "person"] {
        assert_eq!(refusal(name), fix(name, "its session has expired"));
    }
    // A revoked session still looks valid by the clock.
    login::cache(&world, VALID);
    assert_eq!(refusal("role"), fix("role", "AWS rejects its session"));
    assert_eq!(refusal("keys"), format!("aws-switch: error: keys: {words}"));
    world.program("aws", "#!/bin/sh\necho 'Could not connect to the endpoint URL' >&2; exit 255\n");
    assert_eq!(refusal("dev"), "aws-switch: error: dev: Could not connect to the endpoint URL");
}

#[test]
fn ctrl_c_ends_whoami_and_leaves_the_shell_unchanged() {
    let world = world("#!/bin/sh\necho $$ >\"$HOME/pid\"\nexec sleep 60\n");
    for shell in Shell::available() {
        let _ = fs::remove_file(world.path("pid"));
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        let before = session.environment();
        session.keys("aws-switch whoami\r");
        wait_until("it runs", || fs::read_to_string(world.path("pid")).is_ok_and(|pid| pid.ends_with('\n')));
        session.interrupt();
        assert_eq!(session.environment(), before, "{shell:?}");
        assert_ended(&world);
    }
}
