//! What a person sees on a terminal of 80 columns, to the letter.

use super::common::{Output, Shell, World};

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

/// As a person last looked at them and found them good.
const DOCTOR: &str = include_str!("doctor.txt");
const CURRENT: &str = include_str!("current.txt");

/// In bash on a terminal of 80 columns, or nothing where there is no bash.
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

fn without_home(world: &World, output: &Output) -> String {
    output.text.replace(world.home().to_str().unwrap(), "~")
}

#[test]
fn doctor_shows_each_line_with_a_caret() {
    let world = World::new();
    world.config(CONFIG);
    if let Some(output) =
        on_80_columns(&world, &["export AWS_PROFILE=list AWS_DEFAULT_PROFILE=default", "aws-switch doctor"])
    {
        assert_eq!(without_home(&world, &output), DOCTOR.trim_end());
        let raw = String::from_utf8_lossy(&output.raw);
        assert!(raw.contains("\u{1b}[1;31merror[not-a-setting]\u{1b}[0m"), "{raw}");
        assert_eq!(output.status, 1);
    }
}

#[test]
fn colour_is_for_a_terminal_alone() {
    let world = World::new();
    world.config(CONFIG);
    for line in ["aws-switch doctor | cat", "NO_COLOR=1 aws-switch doctor"] {
        if let Some(output) = on_80_columns(&world, &[line]) {
            let raw = String::from_utf8_lossy(&output.raw);
            assert!(raw.contains("error[") && !raw.contains("\u{1b}[1;3"), "{line}: {raw}");
        }
    }
}

#[test]
fn current_shows_who_chooses_what() {
    let world = World::new();
    world.config("[profile one]\nregion = eu-west-1\n[profile two]\nregion = us-east-1\n");
    if let Some(output) =
        on_80_columns(&world, &["export AWS_PROFILE=one AWS_DEFAULT_PROFILE=two", "aws-switch current"])
    {
        assert_eq!(without_home(&world, &output), CURRENT.trim_end());
    }
}
