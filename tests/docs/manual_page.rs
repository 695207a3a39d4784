//! `aws-switch man`: formatters accept the page, and it is complete.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{World, commands, in_ci, skip, text};

/// The page after a formatter, without overstriking; `None` if the formatter is not installed.
fn formatted(world: &World, formatter: &[&str]) -> Option<String> {
    let page = world.write("aws-switch.1", text(world, &["man"]));
    let (program, arguments) = formatter.split_first().unwrap();
    let Ok(output) = Command::new(program).args(arguments).arg(page).env("MANWIDTH", "80").output() else {
        assert!(!in_ci(), "{program} is not installed; tests/install installs it");
        skip(&format!("{program} is not installed, the page was not read with it"));
        return None;
    };
    let warnings = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), warnings.as_str()), (Some(0), ""), "{formatter:?}");
    let mut plain = String::new();
    for letter in String::from_utf8(output.stdout).unwrap().chars() {
        if letter == '\u{8}' { _ = plain.pop() } else { plain.push(letter) }
    }
    Some(plain)
}

#[test]
fn formatters_accept_the_page_without_a_warning() {
    let world = World::new();
    for formatter in [&["mandoc", "-T", "lint", "-W", "warning"][..], &["groff", "-man", "-Tutf8", "-ww", "-z"]] {
        assert_eq!(formatted(&world, formatter).as_deref().unwrap_or_default(), "", "{formatter:?}");
    }
}

#[test]
fn the_page_has_the_sections_that_people_look_for() {
    let world = World::new();
    let Some(shown) = formatted(&world, &["mandoc", "-T", "utf8"]) else { return };
    let sections: Vec<&str> =
        shown.lines().filter(|line| line.starts_with(|first: char| first.is_uppercase())).collect();
    let [title, sections @ ..] = sections.as_slice() else { panic!("{shown}") };
    assert!(title.starts_with("AWS-SWITCH(1)"), "{title}");
    let wanted = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "OPTIONS",
        "COMMANDS",
        "ENVIRONMENT",
        "FILES",
        "EXIT STATUS",
        "EXAMPLES",
        "SEE ALSO",
    ];
    assert_eq!(sections, wanted);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert!(shown.ends_with("AWS-SWITCH(1)\n") && shown.contains(concat!("aws-switch ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn the_page_names_every_command_option_and_setting() {
    let world = World::new();
    let page = text(&world, &["man"]).replace("\\-", "-");
    for command in commands(&world) {
        assert!(page.contains(&format!("\\fB{command}\\fR")), "{command}");
        for word in text(&world, &[&command, "--help"]).split_whitespace().filter(|word| word.starts_with("--")) {
            assert!(page.contains(word.trim_end_matches([',', '.', ')', '"'])), "{command} {word}");
        }
    }
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let words = readme.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
    for variable in words.filter(|word| word.starts_with("AWS_SWITCH_")) {
        assert!(page.contains(variable), "{variable}");
    }
}
