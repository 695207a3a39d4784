//! `aws-switch` alone: a list to pick from.

use super::cell::Cell;
use super::queries::{NAMES, redirected};
use crate::common::{Session, Shell, Walk};

/// Types a line that opens the list, and waits for it.
fn open(walk: &Walk, line: &str) {
    walk.session.keys(format!("{line}\r"));
    walk.session.wait("the list", |display| display.text().contains("Enter: switch").then_some(()));
}

/// Types something into the list, and waits until it is shown.
fn type_in(walk: &Walk, text: &str) {
    walk.session.keys(text);
    walk.session.wait_for(&format!("profile: {text}"), crate::common::pty::MUCH_PATIENCE);
}

/// The lines on the screen between the line that was typed last and the prompt.
fn printed(session: &Session) -> Vec<String> {
    let screen = session.screen();
    let lines: Vec<_> = screen.lines().map(str::trim_end).collect();
    let typed = lines.iter().rposition(|line| line.contains("$ aws-switch")).unwrap();
    // PowerShell under Wine prints an empty line after a program with an alternate screen.
    lines[typed + 1..lines.len() - 1].iter().filter(|line| !line.is_empty()).map(|line| (*line).to_owned()).collect()
}

pub fn by_typing(cell: &Cell) {
    let mut walk = cell.walk();
    for (line, typed, message) in [
        ("aws-switch", "dev", "aws-switch: switched to dev"),
        ("aws-switch", "prd", "aws-switch: switched to acme-prod"),
        // The list finds regions, too.
        ("aws-switch", "eu-w", "aws-switch: switched to work"),
        ("aws-switch --region eu-north-1", "othe", "aws-switch: switched to other in eu-north-1"),
    ] {
        open(&walk, line);
        type_in(&walk, typed);
        walk.session.keys("\r");
        assert_eq!(walk.session.wait_prompt(), 0, "{line}: {typed}");
        assert_eq!(printed(&walk.session), [message]);
    }
    let expected = ["AWS_DEFAULT_REGION=eu-north-1", "AWS_PROFILE=other", "AWS_REGION=eu-north-1"];
    assert_eq!(walk.aws(), expected);
    walk.ok("aws-switch -");
    assert_eq!(walk.aws(), ["AWS_PROFILE=work"]);
    // The shell reads the keyboard again.
    assert_eq!(walk.ok("echo went-on"), "went-on");
}

pub fn with_a_query(cell: &Cell) {
    let mut walk = cell.walk();
    for (line, query, keys, profile) in [
        ("aws-switch --pick prd", "prd", "\r", "acme-prod"),
        ("aws-switch --pick work us-e", "work us-e", "\u{17}\r", "work"),
        ("aws-switch --region eu-north-1 --pick o", "o", "th\u{1b}[D\u{7f}t\r", "other"),
    ] {
        walk.session.keys(format!("{line}\r"));
        walk.session.wait_for(&format!("profile: {query}"), crate::common::pty::MUCH_PATIENCE);
        walk.session.keys(keys);
        assert_eq!(walk.session.wait_prompt(), 0, "{line}");
        assert_eq!(walk.profile(), profile, "{line}");
    }
    let expected = ["AWS_DEFAULT_REGION=eu-north-1", "AWS_PROFILE=other", "AWS_REGION=eu-north-1"];
    assert_eq!(walk.aws(), expected);
}

/// This key leaves the list and changes nothing.
fn changes_nothing(cell: &Cell, key: &str) {
    let start = cell.start().env("AWS_PROFILE", "dev").env("AWS_ACCESS_KEY_ID", "k");
    let mut walk = cell.walk_in(start.env("AWS_REGION", "sa-east-1"));
    let before = walk.session.environment();
    for line in ["aws-switch", "aws-switch --region eu-west-1"] {
        open(&walk, line);
        type_in(&walk, "wor");
        walk.session.keys(key);
        assert_eq!(walk.session.wait_prompt(), 130, "{line}");
        assert_eq!(printed(&walk.session), [""; 0], "{line}");
        let mut after = walk.session.environment();
        // `_` is the last command.
        after.extend(before.get_key_value("_").map(|(name, value)| (name.clone(), value.clone())));
        assert_eq!(after, before, "{line}");
    }
    assert!(!cell.world.path(".local/state/aws-switch").exists());
    assert_eq!(walk.ok("echo went-on"), "went-on");
}

pub fn escape_changes_nothing(cell: &Cell) {
    changes_nothing(cell, "\u{1b}");
}

pub fn control_c_changes_nothing(cell: &Cell) {
    // Wine's console stops reading after a Ctrl-C that a program reads as a key; Ctrl-D does the same in the list.
    let is_wine = cell.shell == Shell::PowerShell && crate::common::powershell::PowerShell::find().unwrap().is_wine();
    changes_nothing(cell, if is_wine { "\u{4}" } else { "\u{3}" });
}

pub fn recent_first(cell: &Cell) {
    let mut walk = cell.walk();
    for profile in ["outer", "work", "dev", "work"] {
        walk.ok(&format!("aws-switch {profile}"));
    }
    // The profile of a directory is not remembered.
    walk.goes("outer/inner", super::cell::INNER, "inner");
    open(&walk, "aws-switch");
    let screen = walk.session.screen();
    let starts = |name: &&&str| screen.lines().any(|line| line.trim_start_matches(['>', '*', ' ']).starts_with(**name));
    assert_eq!(NAMES.iter().filter(starts).count(), NAMES.len(), "{screen}");
    // Wine's console may draw parts of a line elsewhere, but each name on its own line.
    let line = |name: &str| screen.lines().position(|line| line.contains(&format!(" {name} "))).unwrap();
    let recent = ["work", "dev", "outer", "base", "inner", "other", "acme-prod"].map(line);
    assert!(recent.is_sorted(), "{recent:?}\n{screen}");
    walk.session.keys("\u{1b}[B\r");
    assert_eq!(walk.session.wait_prompt(), 0);
    assert_eq!(walk.profile(), "dev");
}

pub fn without_a_terminal(cell: &Cell) {
    let mut walk = cell.walk();
    let names = NAMES.join("\n") + "\n";
    assert_eq!(redirected(cell, &mut walk, "aws-switch"), names);
    let (filter, assign) = match cell.shell {
        Shell::PowerShell => ("aws-switch | Select-String -Raw wor", "$x = aws-switch; \"$x\""),
        Shell::Fish => ("aws-switch | grep wor", "set x (aws-switch); echo $x"),
        _ => ("aws-switch | grep wor", "x=$(aws-switch); echo $x"),
    };
    assert_eq!(walk.ok(filter), "work");
    assert_eq!(walk.ok(assign).replace('\n', " "), NAMES.join(" "));
    if cell.shell != Shell::PowerShell {
        for line in ["aws-switch </dev/null", "aws-switch 2>/dev/null", "echo work | aws-switch"] {
            assert_eq!(walk.ok(line).lines().collect::<Vec<_>>(), NAMES, "{line}");
        }
    }
    // In a command substitution fish gives the terminal to the function, whatever its redirection.
    if ![Shell::Fish, Shell::PowerShell].contains(&cell.shell) {
        for line in ["aws-switch --region eu-west-1 </dev/null", "aws-switch --region eu-west-1 </dev/null | cat"] {
            let text = walk.run(line).text;
            assert!(
                text.starts_with("aws-switch: error: missing PROFILE, and no terminal to pick one on; ")
                    && text.lines().count() == 1,
                "{text}"
            );
        }
        assert_eq!(walk.run("aws-switch --region eu-west-1 </dev/null").status, 2);
    }
    assert_eq!(walk.profile(), "base");
}
