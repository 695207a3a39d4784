//! The real AWS CLI against moto: two profiles have two identities.

use std::thread;
use std::time::Duration;

use super::run;
use crate::common::{Endpoint, Session, Shell, World};

const ALICE: (&str, &str) = ("111111111111", "arn:aws:iam::111111111111:user/alice");
const BOB: (&str, &str) = ("222222222222", "arn:aws:iam::222222222222:user/bob");

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn whoami_and_exec_have_the_identity_of_the_profile() {
    let Some(endpoint) = Endpoint::start() else { return };
    let world = World::new();
    endpoint.install(&world);
    let helper = |words: &[&str]| {
        let mut command = world.helper();
        command.args(words).envs(endpoint.variables());
        command
    };
    for (name, (account, arn)) in [("alice", ALICE), ("bob", BOB)] {
        let answer = parsed(&run(&mut helper(&["whoami", name, "--json", "--timeout=60"])).stdout);
        assert_eq!((&answer["account"], &answer["arn"]), (&account.into(), &arn.into()), "{answer}");
        // The ids of moto's keys encode the account, as those of AWS do.
        assert_eq!((&answer["profile"], &answer["derived_account"]), (&name.into(), &account.into()));
        let ran = run(&mut helper(&["exec", name, "--", "aws", "sts", "get-caller-identity", "--output", "json"]));
        assert_eq!(parsed(&ran.stdout)["Arn"], arn, "{}", ran.stderr);
    }
    let ran = run(helper(&["whoami", "--timeout=60"]).env("AWS_PROFILE", "bob"));
    let (account, arn) = BOB;
    let table = |profile| format!("account  {account}\narn      {arn}\nprofile  {profile}\n");
    let without_id = |text: &str| {
        text.lines().filter(|line| !line.starts_with("user id")).map(|line| format!("{line}\n")).collect::<String>()
    };
    assert_eq!((without_id(&ran.stdout), ran.stderr.as_str()), (table("bob"), ""));
}

#[test]
fn whoami_warns_when_the_files_name_another_account() {
    let Some(endpoint) = Endpoint::start() else { return };
    let world = World::new();
    endpoint.install(&world);
    let [id, secret] = endpoint.keys("bob");
    let process = format!(r#"echo '{{"Version": 1, "AccessKeyId": "{id}", "SecretAccessKey": "{secret}"}}'"#);
    world.config(&format!(
        "[profile alice]\nregion = eu-west-1\n[profile process]\nregion = eu-west-1\naws_account_id = 999999999999\n\
         credential_process = {process}\n"
    ));
    let ran = run(world.helper().args(["whoami", "process", "--timeout=60"]).envs(endpoint.variables()));
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert_eq!(
        ran.stderr,
        "aws-switch: warning: AWS answers for account 222222222222, but process belongs to account 999999999999\n"
    );
    // Keys in the environment override the profile.
    let mut command = world.helper();
    command.args(["whoami", "--timeout=60"]).envs(endpoint.variables()).env("AWS_PROFILE", "alice");
    let ran = run(command.env("AWS_ACCESS_KEY_ID", id).env("AWS_SECRET_ACCESS_KEY", secret));
    assert!(ran.stdout.ends_with("profile  alice  (overridden by AWS_ACCESS_KEY_ID)\n"), "{}", ran.stdout);
    let message = "AWS answers for account 222222222222, but alice belongs to account 111111111111; AWS_ACCESS_KEY_ID overrides the profile";
    assert_eq!(ran.stderr, format!("aws-switch: warning: {message}\n"));
}

#[test]
fn after_a_switch_the_aws_cli_has_the_identity_of_the_profile() {
    let Some(endpoint) = Endpoint::start() else { return };
    thread::scope(|scope| {
        for shell in Shell::all_available() {
            let endpoint = &endpoint;
            scope.spawn(move || switch_in(shell, endpoint));
        }
    });
}

fn switch_in(shell: Shell, endpoint: &Endpoint) {
    let world = World::new();
    endpoint.install(&world);
    let mut start = world.start(shell).env("AWS_ACCESS_KEY_ID", "AKIAOTHER").env("AWS_SECRET_ACCESS_KEY", "x");
    for (name, value) in endpoint.variables() {
        start = start.env(name, value);
    }
    let mut session = start.spawn();
    for (name, (_, arn)) in [("alice", ALICE), ("bob", BOB)] {
        session.ok(&format!("aws-switch {name}"));
        says(&mut session, "aws sts get-caller-identity --output text", arn);
    }
    // On Windows the helper starts the AWS CLI in another way.
    if shell == Shell::PowerShell {
        let said = session.ok("aws-switch whoami alice --timeout 60");
        assert!(said.contains(ALICE.1), "{said}");
    }
}

/// Runs a line that prints this text; the AWS CLI may be slow.
fn says(session: &mut Session, line: &str, text: &str) {
    session.keys(format!("{line}\r"));
    session.wait_for(text, Duration::from_secs(60));
    assert_eq!(session.wait_prompt(), 0, "{line}");
}

#[test]
fn exec_checks_the_account_with_aws_before_it_runs_anything() {
    let Some(endpoint) = Endpoint::start() else { return };
    let world = World::new();
    endpoint.install(&world);
    let [id, secret] = endpoint.keys("bob");
    let keys = format!(r#"echo '{{"Version": 1, "AccessKeyId": "{id}", "SecretAccessKey": "{secret}"}}'"#);
    world.config(&format!(
        "[profile alice]\nregion = eu-west-1\n[profile process]\nregion = eu-west-1\ncredential_process = {keys}\n\
         [profile wrong]\nregion = eu-west-1\naws_account_id = 999999999999\ncredential_process = {keys}\n"
    ));
    let helper = |words: &[&str]| {
        let mut command = world.helper();
        command.args(words).envs(endpoint.variables()).current_dir(world.dir("here"));
        run(&mut command)
    };
    let touch = |words: &[&str]| helper(&[&["exec"], words, &["--check", "--", "touch", "ran"]].concat());
    let ran_it = || std::fs::remove_file(world.path("here/ran")).is_ok();
    // The account is that of the AWS files, that which the file expects, and neither.
    let ran = touch(&["alice"]);
    assert_eq!(ran.stderr, "aws-switch: alice is in account 111111111111, as in the AWS files\n");
    assert!(ran_it());
    let ran = touch(&["process"]);
    let neither = "neither the AWS files nor a .awsprofile contain the one to expect";
    assert_eq!(ran.stderr, format!("aws-switch: process is in account 222222222222; {neither}\n"));
    assert!(ran_it());
    let ran = touch(&["wrong"]);
    let wrong = "AWS answers for account 222222222222, but wrong belongs to account 999999999999; nothing was run";
    assert_eq!(ran.refusal(4), format!("aws-switch: error: {wrong}"));
    assert!(!ran_it());
    world.write("here/.awsprofile", "process\n222222222222\nus-east-2\n");
    for words in [&["--here"][..], &["process"]] {
        let ran = touch(words);
        let verified = "process is in account 222222222222, as ~/here/.awsprofile expects";
        assert_eq!(ran.stderr, format!("aws-switch: {verified}\n"), "{words:?}");
        assert!(ran_it());
    }
    let expected = parsed(&helper(&["whoami", "process", "--json", "--timeout=60"]).stdout);
    assert_eq!((&expected["expected_account"], &expected["account"]), (&BOB.0.into(), &BOB.0.into()));
    let text = helper(&["whoami", "process", "--timeout=60"]).stdout;
    assert!(text.starts_with("account  222222222222  (as ~/here/.awsprofile expects)\n"), "{text}");
    world.write("here/.awsprofile", "process\n111111111111\n");
    let other = "AWS answers for account 222222222222, but ~/here/.awsprofile expects account 111111111111";
    for words in [&["--here"][..], &["process"]] {
        assert_eq!(touch(words).refusal(4), format!("aws-switch: error: {other}; nothing was run"), "{words:?}");
        assert!(!ran_it());
    }
    // A key or a setting that keeps the file from being activated does not change which account it expects.
    for (name, value) in [("AWS_ACCESS_KEY_ID", "key"), ("AWS_SWITCH_AUTO", "off"), ("AWS_SWITCH_PROTECT", "process")] {
        let mut command = world.helper();
        command.args(["exec", "process", "--check", "--", "touch", "ran"]).envs(endpoint.variables());
        let ran = run(command.env(name, value).current_dir(world.path("here")));
        assert_eq!(ran.refusal(4), format!("aws-switch: error: {other}; nothing was run"), "{name}");
        assert!(!ran_it());
    }
    let ran = helper(&["whoami", "process", "--timeout=60"]);
    assert_eq!((ran.status, ran.stderr), (Some(0), format!("aws-switch: warning: {other}\n")));
    // A file is ignored whose account is not that of the AWS files, and one of both is wrong.
    world.write("here/.awsprofile", "alice\n333333333333\n");
    let ran = touch(&["alice"]);
    assert!(ran.refusal(4).contains("for account 111111111111, but ~/here/.awsprofile expects account 333333333333"));
    assert!(!ran_it());
    world.write("here/.awsprofile", "process\n111111111111\n");
    // Of another profile the file says nothing.
    assert!(parsed(&helper(&["whoami", "alice", "--json", "--timeout=60"]).stdout)["expected_account"].is_null());
    let [id, secret] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| format!("{name}=gone"));
    world.write("here/.awsprofile", "lost\n");
    world.config(&format!("[profile lost]\nregion = eu-west-1\ncredential_process = env {id} {secret} false\n"));
    let ran = touch(&["--here"]);
    assert!(ran.refusal(1).starts_with("aws-switch: error: lost: "), "{}", ran.stderr);
    assert!(!ran_it());
}

#[test]
fn exec_here_and_env_here_have_the_identity_of_the_directory_profile() {
    let Some(endpoint) = Endpoint::start() else { return };
    let world = World::new();
    endpoint.install(&world);
    for (name, (_, arn)) in [("alice", ALICE), ("bob", BOB)] {
        world.write("here/.awsprofile", format!("{name}\n"));
        let here = |program: &str, words: &[&str]| {
            let mut command = world.command(program);
            command.args(words).envs(endpoint.variables()).current_dir(world.path("here"));
            run(command.env("AWS_ACCESS_KEY_ID", "AKIAOTHER").env("AWS_SECRET_ACCESS_KEY", "x"))
        };
        let asks = "aws sts get-caller-identity --output json";
        let exec = format!("aws-switch exec --here -- {asks}");
        let env = format!("eval \"$(aws-switch env --here)\"; {asks}");
        for script in [exec, env] {
            let ran = here("sh", &["-c", &script]);
            assert_eq!(parsed(&ran.stdout)["Arn"], arn, "{script}: {}", ran.stderr);
        }
    }
}
