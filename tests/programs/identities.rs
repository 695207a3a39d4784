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
