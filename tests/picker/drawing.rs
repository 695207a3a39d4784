//! The drawing of the list.

use std::fs;

use unicode_width::UnicodeWidthStr;
use vt100::Color;

use super::{leave, open, type_in, world};
use crate::common::hostile_names::STEERING;
use crate::common::{Session, Shell, World};

fn world_with_an_expired_session() -> World {
    let world = world();
    let token = r#"{"accessToken": "t", "expiresAt": "2001-01-01T00:00:00Z"}"#;
    world.write(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", token);
    world
}

/// The bytes of the list that was opened after the first `before` bytes.
fn drawn(session: &Session, before: usize) -> String {
    let all = String::from_utf8_lossy(&session.log()[before..]).into_owned();
    all.split_once("\u{1b}[?1049h").unwrap().1.to_owned()
}

#[test]
fn the_list_shows_account_role_session_region_and_kind_and_marks_the_active_profile() {
    let world = world_with_an_expired_session();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "acme-prod").spawn();
        open(&session, "aws-switch", "6/6");
        let screen = session.screen();
        let lines: Vec<_> = screen.lines().map(str::trim_end).collect();
        assert_eq!(
            lines[..4],
            [
                "profile:",
                ">   work                                          123456789012  AdministratorAccess  expired  eu-west-1  sso",
                "  * acme-prod #                                   310987654321  deploy               expired  us-east-1  assume-role",
                "    日本                                          -             -                    -        -          none",
            ],
            "{shell:?}"
        );
        leave(&mut session);
    }
}

#[test]
fn typing_searches_every_column_and_ranks_the_exact_name_first() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        // The last two rows move and edit: delete a word, a letter and the line; arrows and pages.
        for (typed, count, first) in [
            ("dev", "2/6", "> "),
            ("prod", "1/6", "acme-prod"),
            ("1234 admin", "1/6", "work"),
            ("USEAST", "1/6", "acme-prod"),
            ("日", "1/6", "日本"),
            ("no such", "0/6", ""),
            ("^!'$", "0/6", ""),
            ("zz\u{17}work\u{8}\u{7f}\u{15}dev", "2/6", "dev "),
            ("dev\u{1b}[B\u{1b}[A\u{1b}[6~\u{1b}[5~\u{e}\u{10}", "2/6", "dev "),
        ] {
            open(&session, "aws-switch", "6/6");
            type_in(&session, typed, count);
            let screen = session.screen();
            let line = screen.lines().nth(1).unwrap();
            assert!(line.trim_start_matches(['>', ' ']).starts_with(first.trim_start_matches("> ")), "{typed}: {line}");
            leave(&mut session);
        }
        // Enter on nothing waits for more.
        open(&session, "aws-switch", "6/6");
        type_in(&session, "zzz", "0/6");
        session.keys("\r\r");
        type_in(&session, "\u{15}dev", "2/6");
        session.keys("\r");
        assert_eq!(session.wait_prompt(), 0);
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}");
    }
}

#[test]
fn forty_columns_keep_the_name_and_what_fits() {
    let world = world_with_an_expired_session();
    for shell in Shell::available() {
        for (columns, rows, lines) in [
            (40, 12, &[">   work                   123456789012", "    acme-prod #            310987654321"][..]),
            (40, 4, &[">   work                   123456789012", "    acme-prod #            310987654321"]),
            (80, 12, &[">   work         123456789012  Adminis\u{2026}rAccess  expired  eu-west-1  sso"]),
            (7, 3, &[">   w\u{2026}"]),
            (1, 1, &[]),
        ] {
            let mut session = world.start(shell).spawn();
            session.keys(format!("stty cols {columns} rows {rows}; aws-switch; stty cols 1000 rows 50\r"));
            let first = if columns < 40 { "\u{2026}" } else { "profile:" };
            session.wait("the list", |display| display.cursor_line().contains(first).then_some(()));
            let screen = session.screen();
            let drawn: Vec<_> = screen.lines().map(str::trim_end).collect();
            assert!(drawn.len() <= rows.max(2), "{shell:?}: {columns}x{rows}: {screen}");
            assert!(drawn.iter().all(|line| line.width() <= columns), "{shell:?}: {columns}x{rows}: {screen}");
            assert_eq!(drawn[1.min(drawn.len())..][..lines.len()], *lines, "{shell:?}: {columns}x{rows}: {screen}");
            session.keys("\u{1b}");
            assert_eq!(session.wait_prompt(), 0);
        }
    }
}

#[test]
fn a_resized_terminal_is_redrawn() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        open(&session, "aws-switch", "6/6");
        session.resize(4, 40);
        session.wait("fewer columns and lines", |display| {
            let text = display.text();
            let lines: Vec<_> = text.lines().take(4).map(str::trim_end).collect();
            let wanted = [
                "profile:",
                ">   work                   123456789012",
                "    acme-prod #            310987654321",
                "6/6  Enter: switch  Esc: cancel",
            ];
            (lines == wanted).then_some(())
        });
        // The selection stays visible.
        type_in(&session, "\u{1b}[B\u{1b}[B", ">   日本                   -");
        session.resize(50, 1000);
        type_in(&session, "", "eu-west-1");
        leave(&mut session);
    }
}

#[test]
fn ten_thousand_profiles_are_filtered_and_scrolled() {
    let world = World::new();
    let many: String = (0..10_000).map(|number| format!("[profile team-{}-{number}]\n", number % 7)).collect();
    world.config(&many);
    for shell in Shell::available() {
        // Recent profiles would change the order.
        let _ = fs::remove_file(world.path(".local/state/aws-switch/recent"));
        let mut session = world.start(shell).spawn();
        open(&session, "aws-switch", "10000/10000");
        type_in(&session, "\u{1b}[F", ">   team-3-9999");
        type_in(&session, "\u{1b}[H", ">   team-0-0");
        type_in(&session, "t6 9876", ">   team-6-9876");
        session.keys("\r");
        assert_eq!(session.wait_prompt(), 0);
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("team-6-9876"), "{shell:?}");
    }
}

#[test]
fn no_color_leaves_reverse_video_and_the_letters_that_match() {
    let world = world();
    for shell in Shell::available() {
        for (value, coloured) in [("", true), ("1", false)] {
            let mut session = world.start(shell).env("NO_COLOR", value).spawn();
            let before = session.log().len();
            open(&session, "aws-switch", "6/6");
            assert_eq!(session.colour_of("acme-prod"), Some(if coloured { Color::Idx(1) } else { Color::Default }));
            type_in(&session, "prd", "1/6");
            let list = drawn(&session, before);
            let effects = list.split("\u{1b}[").filter_map(|rest| rest.split_once('m').map(|(effect, _)| effect));
            let is_colour =
                |effect: &str| effect.len() > 1 && effect.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
            assert_eq!(effects.clone().any(is_colour), coloured, "{shell:?}: {list:?}");
            assert!(
                ["7", "1", "4"].iter().all(|one| effects.clone().any(|effect| effect == *one)),
                "{shell:?}: {list:?}"
            );
            leave(&mut session);
        }
    }
}

#[test]
fn hostile_names_are_drawn_escaped_and_picked_raw() {
    let world = World::new();
    world.config(
        &STEERING.iter().map(|(name, _)| format!("[profile \"{name}\"]\nregion = {name}\n")).collect::<String>(),
    );
    let [all, none] = [STEERING.len(), 0].map(|count| format!("{count}/{}", STEERING.len()));
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for (down, (name, shown)) in STEERING.iter().enumerate() {
            // Recent profiles would change the order.
            let _ = fs::remove_file(world.path(".local/state/aws-switch/recent"));
            let before = session.log().len();
            open(&session, "aws-switch", &all);
            // Pasted control characters must be escaped, too.
            type_in(&session, "\u{1b}[200~\u{202e}\u{9b}2J\u{1b}[201~", &none);
            type_in(&session, "\u{15}", &all);
            type_in(&session, &"\u{1b}[B".repeat(down), &format!(">   {shown}"));
            let drawn = drawn(&session, before);
            let alike = ["\u{200b}", "\u{feff}"];
            let steering =
                ["\u{1b}[31mred", "\u{1b}]0;title", "\u{8}", "\u{9b}", "\u{202e}", "\u{2066}", "\u{2028}", "\t"];
            for raw in steering.into_iter().chain(alike) {
                assert!(!drawn.contains(raw), "{shell:?}: {raw:?} in {drawn:?}");
            }
            session.keys("\r");
            assert_eq!(session.wait_prompt(), 0);
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(*name), "{shell:?}");
        }
    }
}
