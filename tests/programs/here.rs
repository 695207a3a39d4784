//! `exec --here` and `env --here`: the directory profile, for processes without the shell integration.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::run;
use crate::common::World;

const CONFIG: &str = "[profile work]
role_arn = arn:aws:iam::111122223333:role/x
credential_source = Environment
[profile other]
[profile prod]
";

fn world() -> World {
    let world = World::new();
    world.config(CONFIG);
    world.dir("here/deep");
    world
}

/// The helper below the directory of the file.
fn here(world: &World, words: &[&str]) -> Command {
    let mut command = world.helper();
    command.args(words).current_dir(world.path("here/deep")).env("PWD", world.path("here/deep"));
    command
}

const EXEC: [&str; 5] = ["exec", "--here", "--", "touch", "ran"];
const PRINT: [&str; 6] = ["exec", "--here", "--", "printenv", "AWS_PROFILE", "AWS_REGION"];

#[test]
fn the_directory_profile_and_its_region_reach_the_command() {
    let world = world();
    world.write("here/.awsprofile", "work\neu-west-3\n111122223333\n");
    assert_eq!(run(&mut here(&world, &PRINT)).stdout, "work\neu-west-3\n");
    // It is asked for, whatever is active, and whether or not directory profiles are followed.
    let mut command = here(&world, &PRINT);
    command.env("AWS_PROFILE", "other").env("AWS_REGION", "x").env("AWS_SWITCH_AUTO", "off");
    command.env("AWS_ACCESS_KEY_ID", "x").env("AWS_SECRET_ACCESS_KEY", "x");
    let ran = run(&mut command);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("work\neu-west-3\n", ""));
    let mut command = here(&world, &["exec", "--here", "--", "printenv", "AWS_ACCESS_KEY_ID", "AWS_VAULT"]);
    let ran = run(command.env("AWS_ACCESS_KEY_ID", "x").env("AWS_SECRET_ACCESS_KEY", "x").env("AWS_VAULT", "x"));
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    // Without a region in the file the user's own stays.
    world.write("here/.awsprofile", "work\n");
    assert_eq!(run(here(&world, &PRINT).env("AWS_REGION", "sa-east-1")).stdout, "work\nsa-east-1\n");
    let mut command = here(&world, &["exec", "--here", "--", "sh", "-c", "exit 7"]);
    assert_eq!(run(&mut command).status, Some(7));
}

#[test]
fn without_a_file_it_is_status_1_and_nothing_runs() {
    let world = world();
    let none = "aws-switch: error: no .awsprofile here or in a parent directory; \
                write one with 'aws-switch pin PROFILE'";
    for words in [&EXEC[..], &["env", "--here"], &["env", "--here", "--format", "json"]] {
        assert_eq!(run(here(&world, words).env("AWS_PROFILE", "work")).refusal(1), none, "{words:?}");
    }
    // A PWD that is out of date names no directory of this process.
    world.write("elsewhere/.awsprofile", "work\n");
    let ran = run(here(&world, &EXEC).env("PWD", world.path("elsewhere/gone")));
    assert_eq!(ran.refusal(1), none);
    let ran = run(here(&world, &EXEC).current_dir(world.path("")).env("PWD", world.path("elsewhere/gone")));
    assert_eq!(ran.refusal(1), none);
    assert!(!world.path("here/deep/ran").exists());
}

#[test]
fn an_ignored_file_is_status_4_with_the_reason_and_nothing_runs() {
    let world = world();
    let file = world.path("here/.awsprofile");
    for (content, why) in [
        ("prod\n", "prod is protected; run 'aws-switch allow' to trust it"),
        ("wrok\n", "no profile named 'wrok'; did you mean 'work'?"),
        ("work\n999999999999\n", "work belongs to account 111122223333, and the file expects account 999999999999; "),
        ("work\nno region\n", "line 2 is not a region: 'no region'; "),
        ("", "it contains no profile; "),
    ] {
        fs::write(&file, content).unwrap();
        for words in [&EXEC[..], &["env", "--here"], &["env", "--here", "--yes", "--format", "dotenv"]] {
            let ran = run(&mut here(&world, words));
            let start = format!("aws-switch: error: ignored ~/here/.awsprofile: {why}");
            assert!(ran.refusal(4).starts_with(&start), "{words:?}: {}", ran.stderr);
        }
    }
    fs::write(&file, "work\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    assert!(run(&mut here(&world, &EXEC)).refusal(4).contains("anyone can write to it"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let trusted = run(here(&world, &EXEC).env("AWS_SWITCH_AUTO", "trusted"));
    assert!(trusted.refusal(4).contains("it is not trusted yet ('auto = trusted')"), "{}", trusted.stderr);
    run(&mut here(&world, &["deny"]));
    assert!(run(&mut here(&world, &EXEC)).refusal(4).contains("it was denied"));
    assert!(!world.path("here/deep/ran").exists());
    run(&mut here(&world, &["allow"]));
    assert_eq!(run(&mut here(&world, &EXEC)).status, Some(0));
    assert!(world.path("here/deep/ran").exists());
}

#[test]
fn a_protected_profile_is_confirmed_first_and_an_error_without_a_terminal() {
    let world = world();
    world.write("here/.awsprofile", "prod\n");
    run(&mut here(&world, &["allow"]));
    let refused = "aws-switch: error: prod is protected and there is no terminal to ask on; confirm with --yes";
    let here = |world: &World, words: &[&str]| {
        let mut command = here(world, words);
        command.env("AWS_PROFILE", "prod");
        command
    };
    for words in [&EXEC[..], &["exec", "prod", "--", "touch", "ran"], &["env", "--here"], &["env", "prod"], &["env"]] {
        let ran = run(here(&world, words).env("AWS_SWITCH_CONFIRM", "protected"));
        assert_eq!(ran.refusal(4), refused, "{words:?}");
        assert!(!world.path("here/deep/ran").exists(), "{words:?}");
        for option in ["-y", "--yes"] {
            let [command, rest @ ..] = words else { unreachable!() };
            let ran = run(here(&world, &[&[*command, option], rest].concat()).env("AWS_SWITCH_CONFIRM", "protected"));
            assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{words:?}");
            let _ = fs::remove_file(world.path("here/deep/ran"));
        }
        assert_eq!(run(&mut here(&world, words)).status, Some(0), "without the setting: {words:?}");
        let _ = fs::remove_file(world.path("here/deep/ran"));
    }
    let ran = run(here(&world, &["exec", "work", "--", "true"]).env("AWS_SWITCH_CONFIRM", "protected"));
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_missing_separator_is_reported_with_the_line_to_type() {
    let world = world();
    world.write("here/.awsprofile", "work\n");
    for (words, profile) in [
        (&["exec", "--here", "make"][..], "--here"),
        (&["exec", "--here", "make", "all"], "--here"),
        (&["exec", "work", "make"], "work"),
    ] {
        let fix =
            format!("aws-switch: error: missing '--' before the command; run 'aws-switch exec {profile} -- COMMAND'");
        assert_eq!(run(&mut here(&world, words)).refusal(2), fix, "{words:?}");
    }
    for words in [&["exec", "work", "--here", "--", "true"][..], &["exec", "--", "true"], &["exec", "--here"]] {
        run(&mut here(&world, words)).refusal(2);
    }
}
