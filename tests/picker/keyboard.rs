//! The keys that move and edit, the letters that match, and `--pick`.

use vt100::Cell;

use super::{leave, open, type_in, world};
use crate::common::{Session, Shell, World};

/// The columns of the first line that contains `text`, and each of its cells for which `is_so`.
fn letters(session: &Session, text: &str, is_so: impl Fn(&Cell) -> bool) -> String {
    session.look(|display| {
        let screen = display.screen();
        let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
        let row = (0..rows).find(|&row| screen.contents_between(row, 0, row, columns).contains(text)).expect(text);
        let cells = (0..columns).filter_map(|column| screen.cell(row, column));
        cells.filter(|cell| is_so(cell)).map(Cell::contents).collect()
    })
}

/// The column of the cursor in the line of the query, after the label.
fn cursor(session: &Session) -> usize {
    let (row, column) = session.look(|display| display.screen().cursor_position());
    assert_eq!(row, 0);
    usize::from(column) - "profile: ".len()
}

/// Opens the list with a query, and waits for it.
fn pick(session: &Session, line: &str, query: &str) {
    open(session, line, &format!("profile: {query}\n"));
}

#[test]
fn control_j_and_k_move_and_never_accept() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        open(&session, "aws-switch", "6/6");
        for (keys, selected) in [
            ("dev\n", ">   dev-two "),
            ("\n\n", ">   dev-two "),
            ("\u{b}", ">   dev "),
            ("\u{b}\u{b}", ">   dev "),
            ("\u{e}", ">   dev-two "),
            ("\u{10}", ">   dev "),
            ("\u{1b}[B", ">   dev-two "),
            ("\u{1b}[A", ">   dev "),
        ] {
            type_in(&session, keys, selected);
        }
        // On a list of nothing too.
        type_in(&session, "zzz\n\u{b}", "0/6");
        leave(&mut session);
        assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?}");
    }
}

#[test]
fn the_query_is_edited_at_a_visible_cursor() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        open(&session, "aws-switch", "6/6");
        for (keys, query, column) in [
            ("ev", "ev", 2),
            ("\u{1}d", "dev", 1),
            ("\u{1b}[C\u{1b}[Cx", "devx", 4),
            ("\u{1b}[D\u{1b}[D-", "de-vx", 3),
            ("\u{7f}", "devx", 2),
            ("\u{5} é", "devx é", 6),
            ("\u{2}\u{17}", "é", 0),
            ("\u{1b}[3~a b", "a b", 3),
            ("\u{1b}[D\u{15}", "b", 0),
            ("日本\u{6}", "日本b", 5),
        ] {
            session.keys(keys);
            let shown = format!("profile: {query}\n");
            session.wait(&shown, |display| {
                let is_there = display.screen().cursor_position() == (0, 9 + column);
                (is_there && display.text().starts_with(&shown)).then_some(())
            });
        }
        leave(&mut session);
    }
}

#[test]
fn a_query_that_is_too_long_for_the_terminal_shows_the_cursor() {
    let world = world();
    let mut session = world.start(Shell::Bash).size(10, 30).spawn();
    pick(&session, "aws-switch --pick abcdefghijklmnopqrstuvwxyz", "ghijklmnopqrstuvwxyz");
    assert_eq!(cursor(&session), 20);
    type_in(&session, "\u{1}", "profile: abcdefghijklmnopqrs\u{2026}");
    assert_eq!(cursor(&session), 0);
    leave(&mut session);
}

#[test]
fn letters_that_match_are_bold_and_underlined_without_colours_too() {
    let world = world();
    for shell in Shell::available() {
        for no_color in ["", "1"] {
            let mut session = world.start(shell).env("NO_COLOR", no_color).spawn();
            let is_highlighted = |cell: &Cell| cell.underline() && cell.bold();
            for (query, line, highlighted) in
                [("prd", "acme-prod", "prd"), ("admin", "work", "Admin"), ("us prod", "acme-prod", "produs")]
            {
                pick(&session, &format!("aws-switch --pick {query}"), query);
                assert_eq!(letters(&session, line, is_highlighted), highlighted, "{shell:?}: {query}");
                assert_eq!(letters(&session, line, Cell::underline), highlighted, "{shell:?}: {query}");
                leave(&mut session);
            }
        }
    }
}

#[test]
fn letters_after_what_is_cut_out_of_a_name_are_highlighted() {
    let world = world();
    let mut session = world.start(Shell::Bash).size(12, 40).spawn();
    pick(&session, "aws-switch --pick nameall", "nameall");
    assert_eq!(letters(&session, "a-name-tha\u{2026}beyond-all", Cell::underline), "nameall");
    leave(&mut session);
}

#[test]
fn a_protected_profile_is_marked_without_colours() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("NO_COLOR", "1").spawn();
        open(&session, "aws-switch", "    acme-prod #  ");
        assert_eq!(session.screen().matches('#').count(), 1, "{shell:?}");
        leave(&mut session);
    }
}

#[test]
fn an_exact_name_is_first_although_it_is_marked() {
    let world = World::new();
    world.config("[profile prod-eu]\n[profile prod]\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        pick(&session, "aws-switch --pick prod", "prod");
        session.keys("\r");
        assert_eq!(session.wait_prompt(), 0);
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("prod"), "{shell:?}");
    }
}

#[test]
fn pick_opens_the_list_with_a_query() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for (line, query, profile, region) in [
            ("aws-switch --pick dev two", "dev two", "dev-two", None),
            ("aws-switch -i prod", "prod", "acme-prod", None),
            ("aws-switch --region eu-north-1 -i 'work'", "work", "work", Some("eu-north-1")),
            ("aws-switch --pick dev --region eu-south-1", "dev", "dev", Some("eu-south-1")),
        ] {
            pick(&session, line, query);
            session.keys("\r");
            assert_eq!(session.wait_prompt(), 0, "{shell:?}: {line}");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(profile), "{shell:?}: {line}");
            assert_eq!(session.var("AWS_REGION").as_deref(), region, "{shell:?}: {line}");
        }
        // The words of a query are no commands.
        for (line, query) in [("aws-switch --pick", ""), ("aws-switch -i list", "list")] {
            pick(&session, line, query);
            leave(&mut session);
        }
    }
}

#[test]
fn pick_without_a_terminal_or_an_integration_is_an_error() {
    let world = world();
    const FAILED: &str = "aws-switch 3 failed\n";
    for (wire, arguments, answer) in
        [("", &["--pick"][..], ""), ("3", &["--pick", "dev"], FAILED), ("3", &["-i"], FAILED)]
    {
        let output = world.helper().args(arguments).env("__AWS_SWITCH_WIRE", wire).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), answer.as_bytes()), "{stderr}");
        assert!(stderr.starts_with("aws-switch: error: ") && stderr.contains("no terminal"), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
    for arguments in [&["work", "--pick"][..], &["--unset", "-i"]] {
        assert_eq!(world.helper().args(arguments).output().unwrap().status.code(), Some(2), "{arguments:?}");
    }
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let output = session.run("command aws-switch --pick dev");
        assert_eq!(output.status, 1, "{shell:?}: {}", output.text);
        assert!(output.text.starts_with("aws-switch: error: ") && output.text.contains("aws-switch setup"));
    }
}
