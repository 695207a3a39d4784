//! The account that a file expects: what `resolve` says of it, and how `pin` writes it.

use std::fs;

use serde_json::json;

use super::{FILE, resolved, world};
use crate::common::World;

const CONFIG: &str = "[profile base]
[profile role]
role_arn = arn:aws:iam::111122223333:role/x
credential_source = Environment
[profile sso]
sso_account_id = 111122223333
sso_role_name = Admin
[profile odd]
sso_account_id = 1111
sso_role_name = Admin
[profile program]
credential_process = /bin/false
[profile prod]
role_arn = arn:aws:iam::777788889999:role/x
credential_source = Environment
";

fn accounts() -> World {
    let world = world();
    world.config(CONFIG);
    world
}

fn run(world: &World, words: &[&str]) -> (Option<i32>, String, String) {
    let output = world.helper().args(words).current_dir(world.path("there")).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn resolve_compares_the_account_with_the_aws_files() {
    let world = accounts();
    let unverified =
        "the account is not verified, as the AWS files do not contain that of program; run 'aws-switch whoami program'";
    let wrong = |profile: &str, actual: &str, expected: &str| {
        format!(
            "{profile} belongs to account {actual}, and the file expects account {expected}; \
             correct the profile or the account in the file"
        )
    };
    for (content, status, reason) in [
        ("role\n111122223333\n", "active", None),
        ("sso\n111122223333\neu-west-1\n", "active", None),
        ("program\n111122223333\n", "active", Some(unverified.to_owned())),
        ("program\n", "active", None),
        ("role\n111122223334\n", "wrong-account", Some(wrong("role", "111122223333", "111122223334"))),
        ("odd\n111122223333\n", "wrong-account", Some(wrong("odd", "1111", "111122223333"))),
        // The account counts before the protection, which `allow` would lift.
        ("prod\n111122223333\n", "wrong-account", Some(wrong("prod", "777788889999", "111122223333"))),
    ] {
        world.write(FILE, content);
        let found = resolved(&world, "there");
        let account = content.lines().find(|line| line.starts_with('1'));
        assert_eq!((&found["status"], &found["reason"]), (&json!(status), &json!(reason)), "{content}");
        assert_eq!((&found["account_id"], &found["profile"]), (&json!(account), &json!(content.lines().next())));
        let (_, text, _) = run(&world, &["resolve"]);
        assert_eq!(text.contains("\naccount  1111"), account.is_some(), "{text}");
        assert!(reason.is_none_or(|reason| text.contains(&reason)), "{text}");
    }
}

#[test]
fn doctor_points_at_the_wrong_account() {
    let world = accounts();
    world.write(FILE, "# mine\nrole\neu-west-1\n  222222222222\n");
    let (status, text, _) = run(&world, &["doctor"]);
    assert_eq!(status, Some(1));
    assert!(text.contains("error[folder-wrong-account]"), "{text}");
    assert!(text.contains("--> ~/there/.awsprofile:4\n4 | 222222222222\n  | ^^^^^^^^^^^^"), "{text}");
}

#[test]
fn pin_writes_the_region_and_the_account_of_the_files() {
    let world = accounts();
    for (words, content, message) in [
        (&["role", "--account"][..], "role\n111122223333\n", "pinned role for account 111122223333"),
        (&["sso", "--region", "eu-west-1"], "sso\neu-west-1\n", "pinned sso in eu-west-1"),
        (
            &["prod", "--account", "-r", "eu-west-1"],
            "prod\neu-west-1\n777788889999\n",
            "pinned prod in eu-west-1 for account 777788889999",
        ),
        (&["base"], "base\n", "pinned base"),
    ] {
        let ran = run(&world, &[&["pin"], words].concat());
        let line = format!("aws-switch: {message} (~/there/.awsprofile)\n");
        assert_eq!(ran, (Some(0), String::new(), line), "{words:?}");
        assert_eq!(fs::read_to_string(world.path(FILE)).unwrap(), content);
        assert_eq!(resolved(&world, "there")["status"], "active", "{words:?}");
    }
    let ran = run(&world, &["pin", "base", "--region", "eu-wset-1"]);
    assert_eq!(ran.0, Some(0));
    let start = "aws-switch: warning: pinned base in eu-wset-1 (~/there/.awsprofile); unknown region 'eu-wset-1' (set";
    assert!(ran.2.starts_with(start) && ran.2.lines().count() == 1, "{}", ran.2);
}

#[test]
fn what_pin_cannot_write_leaves_the_file_as_it_is() {
    let world = accounts();
    world.write(FILE, "base\n");
    for (words, status, message) in [
        (
            &["program", "--account"][..],
            1,
            "the account of program is not in the AWS files; write it on a line of its own in .awsprofile; \
             'aws-switch whoami program' asks AWS for it",
        ),
        (&["odd", "--account"], 1, "the account of odd is not in the AWS files"),
        (
            &["role", "--region", "no region"],
            2,
            "invalid value 'no region' for '--region'; use a region such as eu-west-1",
        ),
        (&["role", "--region", "111122223333"], 2, "invalid value '111122223333' for '--region'"),
        (&["--remove", "--account"], 2, "'--remove' cannot be used with '--account'"),
        (&["--remove", "--region", "eu-west-1"], 2, "'--remove' cannot be used with '--region'"),
    ] {
        let (ended, stdout, stderr) = run(&world, &[&["pin"], words].concat());
        assert_eq!((ended, stdout.as_str()), (Some(status), ""), "{words:?}: {stderr}");
        assert!(stderr.starts_with(&format!("aws-switch: error: {message}")), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert_eq!(fs::read_to_string(world.path(FILE)).unwrap(), "base\n", "{words:?}");
    }
}
