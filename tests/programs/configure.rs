//! `configure`: the real `aws configure`, without the names that it would write wrongly.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::{Ran, run};
use crate::common::{Shell, World, aws_cli};

/// Runs `configure` and answers the questions of `aws configure`: both halves of a key, region, output.
fn configure(world: &World, name: &str, answers: [&str; 4]) -> Ran {
    let mut command = world.helper();
    command.args(["configure", "--", name]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The helper may end before it reads an answer.
    let _ = child.stdin.take().unwrap().write_all((answers.join("\n") + "\n").as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran {
        status: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        failure: String::new(),
    }
}

const ANSWERS: [&str; 4] = ["AKIAIOSFODNN7EXAMPLE", "secret", "eu-west-1", "json"];

#[test]
fn names_that_aws_configure_would_write_wrongly_are_an_error_and_nothing_is_written() {
    let world = World::new();
    world.program("aws", "#!/bin/sh\ntouch \"$HOME/.aws/config\"\n");
    for name in ["o'brien", "back\\slash", "say\"hi\"", "'q'", "x]y", "DEFAULT", "", "a\nb"] {
        let ran = configure(&world, name, ANSWERS);
        assert!(ran.refusal(1).ends_with("; choose another name, or edit the files yourself"), "{}", ran.stderr);
    }
    assert_eq!(fs::read_dir(world.path(".aws")).unwrap().count(), 0);
}

#[test]
fn other_names_are_written_unchanged() {
    if aws_cli().is_none() {
        return;
    }
    let world = World::new();
    // `aws configure set` writes one of these wrongly, and some only in the second round.
    for (name, rounds, line) in [
        ("plug", 1, "'aws-switch plug'"),
        ("it's a", 2, r"aws-switch 'it'\''s a'"),
        ("list", 1, "'aws-switch use -- list'"),
        ("default", 2, "'aws-switch default'"),
    ] {
        for round in 1..=rounds {
            let ran = configure(&world, name, ANSWERS);
            assert_eq!(ran.status, Some(0), "{name}, round {round}: {}", ran.stderr);
            assert_eq!(ran.stderr, format!("aws-switch: {name} is ready; switch to it with {line}\n"));
        }
        let shown = run(world.helper().args(["show", "--json", "--", name]));
        assert!(shown.stdout.contains(r#""region":"eu-west-1""#) && shown.stdout.contains(r#""kind":"static""#));
    }
    let names = run(world.helper().args(["list", "--names"]));
    assert_eq!((names.stdout.as_str(), names.stderr.as_str()), ("plug\nit's a\nlist\ndefault\n", ""));
}

#[test]
fn configure_prints_the_problems_of_the_profile_and_how_to_switch() {
    if aws_cli().is_none() {
        return;
    }
    let world = World::new();
    world.config("[profile other]\nrole_arn = broken\n[profile it]\nRegion = a\n");
    let ran = configure(&world, "it", ["", "", "eu-west-1", ""]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("error[duplicate-key]: duplicate key 'region' (first set on line 4)"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("broken") && !ran.stdout.contains("integration"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "aws-switch: error: it is not ready; fix the problems above, then run 'aws-switch it'\n");
    world.config("");
    let ran = configure(&world, "none", ["", "", "", ""]);
    assert_eq!((ran.status, ran.stderr.lines().count()), (Some(1), 1), "{}", ran.stderr);
}

#[test]
fn configure_does_not_blame_a_profile_for_the_lines_of_the_next_one() {
    let world = World::new();
    world.program("aws", "#!/bin/sh\n");
    world.credentials("[a]\naws_access_key_id = x\naws_secret_access_key = y\n");
    world.config("[profile a]\n  [profile b]\nregion = x\nregion = y\n");
    let ran = configure(&world, "a", ANSWERS);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    // `aws configure` would not find an indented header.
    world.config("[profile a]\n[profile b]\nregion = x\nregion = y\n");
    let ran = configure(&world, "b", ANSWERS);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("error[duplicate-key]: duplicate key 'region' (first set on line 3)"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_header_that_aws_configure_would_not_find_is_an_error() {
    let world = World::new();
    world.program("aws", "#!/bin/sh\ntouch \"$HOME/.aws/credentials\"\n");
    for (name, header) in
        [("x", "[profile  x]"), ("x", "[profile 'x']"), ("a b", "[profile \"a b\"]"), ("default", "[profile default]")]
    {
        let text = format!("# mine\n{header}\nregion = eu-west-1\n");
        let file = world.config(&text);
        let ran = configure(&world, name, ANSWERS);
        assert!(
            ran.refusal(1)
                .starts_with("aws-switch: error: ~/.aws/config:2: 'aws configure' does not recognize this header"),
            "{}",
            ran.stderr
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        assert!(!world.path(".aws/credentials").exists());
    }
}

#[test]
fn a_profile_without_credentials_is_never_called_ready() {
    let world = World::new();
    world.program("aws", "#!/bin/sh\n");
    let rows = [
        ("region", "[profile region]\nregion = eu-west-1\n", "region has no credentials yet; run"),
        ("role", "[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = gone\n", "role is not ready; fix"),
        ("bare", "[profile bare]\nrole_arn = arn:aws:iam::1:role/r\n", "bare is not ready; fix"),
        (
            "via",
            "[profile via]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = empty\n[profile empty]\nregion = x\n",
            "via is not ready; fix",
        ),
        ("half", "[profile half]\naws_access_key_id = x\n", "half is not ready; fix"),
        ("gone", "[profile gone]\nsso_session = gone\n", "gone is not ready; fix"),
        (
            "token",
            "[profile token]\nsso_session = s\n[sso-session s]\nsso_start_url = https://x\nsso_region = r\n",
            "token has no credentials yet; run",
        ),
    ];
    for (name, config, line) in rows {
        world.config(config);
        let ran = configure(&world, name, ANSWERS);
        assert_eq!(ran.status, Some(1), "{name}: {}", ran.stderr);
        assert!(ran.stderr.starts_with(&format!("aws-switch: error: {line} ")), "{name}: {}{}", ran.stdout, ran.stderr);
        assert!(!ran.stderr.contains("is ready"), "{name}: {}", ran.stderr);
    }
    if aws_cli().is_none() {
        return;
    }
    let world = World::new();
    let ran = configure(&world, "only", ["", "", "eu-west-1", ""]);
    let line = "only has no credentials yet; run 'aws-switch configure only' again, or add --sso";
    assert_eq!((ran.status, ran.stderr), (Some(1), format!("aws-switch: error: {line}\n")));
}

#[test]
fn sso_settings_and_the_option_run_aws_configure_sso() {
    let world = World::new();
    world.write(
        "written",
        "[profile new]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n\
         [sso-session corp]\nsso_start_url = https://corp/start\nsso_region = eu-west-1\n",
    );
    world.program("aws", "#!/bin/sh\necho \"$*\" >>~/calls\ncp ~/written ~/.aws/config\n");
    for (config, words) in [
        ("", &["new", "--sso"][..]),
        ("[profile new]\nsso_start_url = https://corp/start\n", &["new"]),
        ("[profile new]\nsso_session = corp\n", &["new"]),
        ("[default]\nsso_session = corp\n[profile a b]\n", &["a b", "--sso"]),
    ] {
        world.config(config);
        let _ = fs::remove_file(world.path("calls"));
        let ran = run(world.helper().arg("configure").args(words));
        let name = words[0];
        let calls = fs::read_to_string(world.path("calls")).unwrap();
        assert_eq!(calls, format!("configure sso --profile {name}\n"), "{words:?}: {}", ran.stderr);
    }
    let ran = run(world.helper().args(["configure", "new", "--sso"]));
    assert_eq!(ran.refusal(0), "aws-switch: new is ready; switch to it with 'aws-switch new'");
    world.config("[profile keys]\naws_access_key_id = x\naws_secret_access_key = y\n");
    run(world.helper().args(["configure", "keys"]));
    assert!(fs::read_to_string(world.path("calls")).unwrap().ends_with("configure --profile=keys\n"));
}

#[test]
fn the_real_aws_configure_sso_asks_on_the_terminal() {
    if aws_cli().is_none() {
        return;
    }
    for shell in Shell::available() {
        let world = World::new();
        world.config("[profile old]\nsso_start_url = https://corp/start\nsso_region = eu-west-1\n");
        let mut session = world.start(shell).spawn();
        for line in ["aws-switch configure new --sso", "aws-switch configure old"] {
            session.keys(format!("{line}\r"));
            session.wait_for("SSO session name", std::time::Duration::from_secs(60));
            session.interrupt();
            session.ok("clear");
        }
    }
}

#[test]
fn the_terminal_is_passed_through_in_each_shell_and_a_failure_too() {
    if aws_cli().is_none() {
        return;
    }
    for shell in Shell::available() {
        let world = World::new();
        let mut session = world.start(shell).spawn();
        session.keys("aws-switch configure new\r");
        for (question, answer) in ["Access Key ID", "Secret Access Key", "region name"].into_iter().zip(ANSWERS) {
            session.wait_for(question, std::time::Duration::from_secs(60));
            session.keys(format!("{answer}\r"));
        }
        session.wait_for("output format", std::time::Duration::from_secs(60));
        let output = session.submit();
        assert_eq!(output.status, 0, "{shell:?}");
        assert!(
            output.text.contains("aws-switch: new is ready; switch to it with 'aws-switch new'"),
            "{}",
            output.text
        );
        session.ok("aws-switch new");
        world.program("aws", "#!/bin/sh\nexit 42\n");
        let output = session.run("aws-switch configure new");
        let line = "aws-switch: error: 'aws configure' failed (status 42)";
        assert_eq!((output.text.as_str(), output.status), (line, 1), "{shell:?}");
    }
}
