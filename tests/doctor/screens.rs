//! The exact text on a terminal of 80 columns.

use crate::common::{Output, Shell, World};

const CONFIG: &str = "[default]
region = eu-west-1 # home

[profile build]
role_arn = arn:aws:iam::123456789012:role/build
source_profile = bulid

[profile list]
output: json
aws_secret_access_key wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY

[default]
region = eu-central-1
";

/// The expected screens; review them by eye when they change.
const DOCTOR: &str = include_str!("doctor.txt");
const CURRENT: &str = include_str!("current.txt");

/// Runs the lines in bash on a terminal of 80 columns; `None` without bash.
fn on_80_columns(world: &World, lines: &[&str]) -> Option<Output> {
    if !Shell::Bash.is_here() {
        return None;
    }
    let mut session = world.start(Shell::Bash).spawn();
    session.ok("stty cols 80");
    let (last, before) = lines.split_last()?;
    for line in before {
        session.ok(line);
    }
    Some(session.run(last))
}

#[test]
fn doctor_shows_each_line_with_a_caret() {
    let world = World::new();
    world.config(CONFIG);
    if let Some(output) =
        on_80_columns(&world, &["export AWS_PROFILE=list AWS_DEFAULT_PROFILE=default", "aws-switch doctor"])
    {
        assert_eq!(output.text, DOCTOR.trim_end());
        let raw = String::from_utf8_lossy(&output.raw);
        assert!(raw.contains("\u{1b}[1m\u{1b}[31merror[not-a-setting]\u{1b}[0m"), "{raw}");
        assert_eq!(output.status, 1);
    }
}

/// A `.awsprofile`, and the lines below the message.
const EXCERPTS: [(&str, &str); 7] = [
    ("# why\n  gone # not a comment\n", "2 | gone # not a comment\n  | ^^^^^^^^^^^^^^^^^^^^"),
    ("default\r\nno region\r\n", "2 | no region\n  | ^^^^^^^^^"),
    ("default\neu-west-1\n\n\teu-west-2\n", "4 | eu-west-2\n  | ^^^^^^^^^"),
    ("default\reu-west-1\n", "1 | default\\u{d}eu-west-1\n  |        ^^^^^"),
    ("gone\u{1b}[31m\u{4f60}\n", "1 | gone\\u{1b}[31m\u{4f60}\n  | ^^^^^^^^^^^^^^^^"),
    ("a\naws_secret_access_key = wJalrXUt\n", "2 | aws_secret_access_key = ****************\n  | ^^^^"),
    ("a\nb\naws_secret_access_key = wJalrXUt\n", "3 | aws_secret_access_key = ****************\n  | ^^^^"),
];

#[test]
fn the_line_of_an_awsprofile_is_shown_with_a_caret() {
    let world = World::new();
    world.config("[default]\n");
    for (text, excerpt) in EXCERPTS {
        world.write("here/.awsprofile", text);
        let output = world.helper().arg("doctor").current_dir(world.path("here")).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        let line = excerpt.split(' ').next().unwrap();
        let wanted = format!("--> ~/here/.awsprofile:{line}\n{excerpt}");
        assert!(shown.contains(&wanted) && !shown.contains("wJalr"), "{text:?}: {shown}");
    }
}

#[test]
fn colour_is_for_a_terminal_alone() {
    let world = World::new();
    world.config(CONFIG);
    for line in ["aws-switch doctor | cat", "NO_COLOR=1 aws-switch doctor"] {
        if let Some(output) = on_80_columns(&world, &[line]) {
            let raw = String::from_utf8_lossy(&output.raw);
            assert!(raw.contains("error[") && !raw.contains("\u{1b}[1m\u{1b}[3"), "{line}: {raw}");
        }
    }
}

#[test]
fn current_shows_which_program_reads_which_variable() {
    let world = World::new();
    world.config("[profile one]\nregion = eu-west-1\n[profile two]\nregion = us-east-1\n");
    if let Some(output) =
        on_80_columns(&world, &["export AWS_PROFILE=one AWS_DEFAULT_PROFILE=two", "aws-switch current"])
    {
        assert_eq!(output.text, CURRENT.trim_end());
    }
}

#[test]
fn current_prints_that_there_is_no_region_and_its_consequence() {
    let world = World::new();
    world.config("[profile one]\n[profile role]\nrole_arn = r\nsource_profile = own\n[profile own]\nregion = r1\n");
    for (profile, wanted) in [
        ("one", "region   none\n"),
        ("role", "to make them agree: give the profile a region of its own\n"),
        ("own", "region   r1  (profile)\n"),
        ("gone", "from     AWS_PROFILE, inherited\n"),
    ] {
        let output = world.helper().arg("current").env("AWS_PROFILE", profile).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(shown.ends_with(wanted), "{shown}");
    }
}

#[test]
fn current_prints_what_overrides_the_profile_before_its_account() {
    let world = World::new();
    world.config("[profile role]\nrole_arn = arn:aws:iam::444455556666:role/Deploy\nregion = r1\n");
    let keys = [("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "s")];
    let output = world.helper().arg("current").env("AWS_PROFILE", "role").envs(keys).output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    let wanted = "profile        role
from           AWS_PROFILE, inherited
overridden by  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
kind           assume-role
account        444455556666  (of the profile, which AWS_ACCESS_KEY_ID overrides)
role           Deploy
";
    assert!(shown.starts_with(wanted), "{shown}");
}
