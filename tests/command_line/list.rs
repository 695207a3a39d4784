//! The table of `list`: on a narrow terminal, with a long name, and without colours.

use std::process::Output;

use crate::common::{Shell, World};

const HEADINGS: [&str; 7] = ["NAME", "ACCOUNT", "ROLE", "REGION", "SESSION", "KIND", "DEFINED IN"];

fn long_name() -> String {
    format!("begin-{}-end", "x".repeat(122))
}

/// Ten profiles of IAM Identity Center that are logged in, one of them protected.
fn world(extra: &str) -> World {
    let world = World::new();
    let names = (0..9).map(|number| format!("team-{number}")).chain(["prod-9".to_owned()]);
    let profile = |name| {
        format!(
            "[profile {name}]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
             region = eu-west-1\n"
        )
    };
    let session = "[sso-session corp]\nsso_start_url = https://corp/start\nsso_region = eu-west-1\n";
    world.config(&names.map(profile).chain([session.to_owned(), extra.to_owned()]).collect::<String>());
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(150);
    let token = format!(r#"{{"accessToken": "t", "expiresAt": "{end}"}}"#);
    world.write(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", token);
    world
}

fn list(world: &World, columns: usize) -> Output {
    world.helper().arg("list").env("COLUMNS", columns.to_string()).output().unwrap()
}

/// The headings that a table has.
fn headings(table: &str) -> Vec<&'static str> {
    let first = table.lines().next().unwrap();
    HEADINGS.into_iter().filter(|heading| first.contains(heading)).collect()
}

/// The screen of a terminal after `aws-switch list`.
fn screen(world: &World, shell: Shell, columns: u16) -> String {
    let mut session = world.start(shell).integration("").size(40, columns).spawn();
    session.ok("aws-switch list");
    session.screen()
}

#[test]
fn a_long_name_is_cut_in_the_middle_and_costs_no_other_profile_a_column() {
    let short = world("[profile other]\n");
    let long = world(&format!("[profile {}]\n", long_name()));
    for shell in Shell::available() {
        for columns in [80, 60] {
            let (with_short, with_long) = (screen(&short, shell, columns), screen(&long, shell, columns));
            let rows = |screen: &str| -> Vec<Vec<String>> {
                let rows = screen.lines().filter(|row| row.contains("team-") || row.contains("prod-9"));
                rows.map(|row| row.split_whitespace().map(str::to_owned).collect()).collect()
            };
            assert_eq!(rows(&with_long).len(), 10, "{shell:?}: {columns}: {with_long}");
            assert_eq!(rows(&with_long), rows(&with_short), "{shell:?}: {columns}: {with_long}");
            let row = with_long.lines().find(|row| row.starts_with("  beg")).unwrap();
            assert!(row.contains("-end ") && row.contains('\u{2026}'), "{shell:?}: {columns}: {row}");
            let heading = with_long.lines().find(|row| row.contains("NAME")).unwrap();
            assert!(heading.contains("SESSION"), "{shell:?}: {columns}: {with_long}");
        }
    }
}

#[test]
fn columns_are_left_out_from_the_right_and_a_line_on_stderr_names_them() {
    let world = world(&format!("[profile {}]\n[profile \u{65e5}\u{672c}\u{8a9e}]\n", long_name()));
    for columns in [300, 90, 80, 60, 40, 20, 10] {
        let output = list(&world, columns);
        let (table, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        let shown = headings(&table);
        assert_eq!(shown, HEADINGS[..shown.len()], "{columns}: {table}");
        assert!(table.lines().all(|line| line.chars().count() <= columns), "{columns}: {table}");
        assert_eq!(table.lines().count(), 13, "{columns}: {table}");
        if shown.len() == HEADINGS.len() {
            assert_eq!(stderr, "", "{columns}");
            continue;
        }
        let words = stderr.strip_prefix("aws-switch: left out ").unwrap();
        assert!(HEADINGS[shown.len()..].iter().all(|heading| words.contains(heading)), "{columns}: {stderr}");
        assert!(shown.iter().all(|heading| !words.contains(heading)), "{columns}: {stderr}");
        let enough: usize = words.split_whitespace().find_map(|word| word.parse().ok()).unwrap();
        assert_eq!(list(&world, enough).stderr, b"", "{columns}: {stderr}");
        assert_ne!(list(&world, enough - 1).stderr, b"", "{columns}: {stderr}");
    }
}

#[test]
fn the_left_out_columns_are_named_below_the_table() {
    let world = world("");
    for shell in Shell::available() {
        let screen = screen(&world, shell, 56);
        let last = screen.lines().rfind(|line| line.starts_with("aws-switch: ")).unwrap();
        let words = "aws-switch: left out KIND and DEFINED IN; a terminal ";
        assert!(last.starts_with(words), "{shell:?}: {screen}");
    }
}

#[test]
fn a_protected_profile_is_marked_without_colours_too() {
    let world = world("");
    let help = world.helper().args(["list", "--help"]).output().unwrap().stdout;
    assert!(String::from_utf8(help).unwrap().contains("'*' marks the active profile and '#' a protected one"));
    let table = String::from_utf8(list(&world, 300).stdout).unwrap();
    let marked: Vec<&str> = table.lines().filter(|line| line.contains('#')).collect();
    assert!(matches!(marked[..], [row] if row.starts_with("  prod-9 # ")), "{table}");
    world.write("live/.awsprofile", "prod-9\n");
    let line = |arguments: &[&str], active: &str| {
        let output = world.helper().args(arguments).env("AWS_PROFILE", active).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let line = text.lines().find(|line| line.starts_with("profile")).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line(&["show", "prod-9"], "team-1"), "profile prod-9 (protected)");
    assert_eq!(line(&["show", "prod-9"], "prod-9"), "profile prod-9 (protected, active)");
    assert_eq!(line(&["show", "team-1"], "team-1"), "profile team-1 (active)");
    assert_eq!(line(&["current"], "prod-9"), "profile prod-9 (protected)");
    assert_eq!(line(&["current"], "prod-none"), "profile prod-none (protected, no such profile)");
    assert_eq!(line(&["resolve", "live"], "team-1"), "profile prod-9 (protected)");
}
