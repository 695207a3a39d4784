//! The real AWS CLI asks a real endpoint: two profiles are two identities.

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
fn whoami_and_exec_tell_them_apart() {
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
        // moto's keys carry the account as AWS's do.
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
fn whoami_says_so_where_the_files_say_another_account() {
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
    assert_eq!(ran.stderr, "aws-switch: process: its files say account 999999999999, AWS says 222222222222\n");
    // Keys in the environment sign whatever the profile says.
    let mut command = world.helper();
    command.args(["whoami", "--timeout=60"]).envs(endpoint.variables()).env("AWS_PROFILE", "alice");
    let ran = run(command.env("AWS_ACCESS_KEY_ID", id).env("AWS_SECRET_ACCESS_KEY", secret));
    assert!(ran.stdout.ends_with("profile  alice  (AWS_ACCESS_KEY_ID wins over it)\n"), "{}", ran.stdout);
    let told = "alice: its files say account 111111111111, AWS says 222222222222: AWS_ACCESS_KEY_ID wins over it";
    assert_eq!(ran.stderr, format!("aws-switch: {told}\n"));
}

#[test]
fn after_a_switch_the_aws_cli_itself_is_who_was_chosen() {
    let Some(endpoint) = Endpoint::start() else { return };
    thread::scope(|scope| {
        for shell in Shell::all_available() {
            let endpoint = &endpoint;
            scope.spawn(move || chosen_in(shell, endpoint));
        }
    });
}

fn chosen_in(shell: Shell, endpoint: &Endpoint) {
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
    // How the helper starts it differs there.
    if shell == Shell::PowerShell {
        let said = session.ok("aws-switch whoami alice --timeout 60");
        assert!(said.contains(ALICE.1), "{said}");
    }
}

/// Runs a line that shows this text; the AWS CLI may take its time.
fn says(session: &mut Session, line: &str, text: &str) {
    session.keys(format!("{line}\r"));
    session.wait_for(text, Duration::from_secs(60));
    assert_eq!(session.wait_prompt(), 0, "{line}");
}
