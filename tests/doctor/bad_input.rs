//! Files that are huge, deeply nested, or hostile.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::{only, problems};
use crate::common::World;

#[test]
fn of_ten_thousand_problems_a_hundred_are_printed_and_the_rest_counted() {
    let world = World::new();
    let text = (0..10_000).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "[profile p{number}]\nregion = x # why");
        let _ = writeln!(text, "role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = ghost");
        text
    });
    world.config(&text);
    let start = Instant::now();
    let (status, found) = problems(&mut world.helper());
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    let in_file: Vec<_> = found.iter().filter(|problem| !problem["file"].is_null()).collect();
    assert_eq!((status, in_file.len()), (1, 101));
    assert!(only(&found, "too-many-problems")["message"].as_str().unwrap().starts_with("19900 "));
    let output = world.helper().arg("doctor").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_value_of_a_megabyte_is_cut_to_the_line() {
    let world = World::new();
    world.config(&format!("[profile a]\nregion = {} # why\n", "x".repeat(1 << 20)));
    let output = world.helper().arg("doctor").env("COLUMNS", "80").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("inline-comment") && text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn a_chain_of_a_thousand_sources_is_followed_to_its_broken_end() {
    let world = World::new();
    let mut text = (0..1000).fold(String::new(), |mut text, number| {
        let next = number + 1;
        let _ = writeln!(text, "[profile p{number}]\nrole_arn = r\nsource_profile = p{next}");
        text
    });
    text.push_str("[profile p1000]\nrole_arn = r\nsource_profile = ghost\n");
    world.config(&text);
    let (status, found) = problems(&mut world.helper());
    assert_eq!(status, 1);
    assert_eq!(only(&found, "source-profile-nowhere")["line"], 3003);
    text = text.replace("ghost", "p0");
    world.config(&text);
    only(&problems(&mut world.helper()).1, "source-profile-loop");
}

#[test]
fn names_that_control_a_terminal_are_printed_escaped() {
    let world = World::new();
    world.config(
        "[profile \"a\u{1b}[31m\u{202e}\"]\nrole_arn = r\nsource_profile = \u{1b}]0;x\u{7}\nregion = \u{9b}2J # why\n",
    );
    let output = world.helper().arg("doctor").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()), "{text:?}");
    assert!(!text.contains('\u{202e}') && text.contains(r"\u{1b}"), "{text}");
}

#[test]
fn no_secret_is_ever_printed() {
    let world = World::new();
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    let text = format!(
        "[a]\naws_access_key_id = x\naws_secret_access_key: {secret} # why\naws_session_token {secret}\n\
         {secret}\n= {secret}\naws_secret_access_key =\n  {secret}\n  {secret}=\n"
    );
    world.credentials(&text);
    world.config(&text.replace("[a]", "[profile a]"));
    for form in [&["doctor"][..], &["doctor", "--json"]] {
        let output = world.helper().args(form).env("AWS_ACCESS_KEY_ID", secret).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(!shown.contains("wJalr") && !shown.contains("LEKEY"), "{shown}");
    }
}
