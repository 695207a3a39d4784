//! Lets the user pick an item from a list by typing. It is drawn on stderr, as the shell integration reads stdout.

mod matches;
mod query;
mod screen;

use std::env;
use std::io::{self, IsTerminal};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::output::Row;
use matches::Matches;
use query::Query;
use screen::Screen;

#[derive(Debug)]
pub struct Item {
    pub name: String,
    /// The cells that are shown; the first is for the name.
    pub row: Row,
    pub is_active: bool,
}

/// Whether a user can pick here, on a terminal that can draw a list.
pub fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Returns the index of the item that the user picks, if one is; `query` is the text to begin with.
pub fn pick(items: &[Item], query: &str) -> io::Result<Option<usize>> {
    let mut typed = Query::default();
    typed.insert(query.chars());
    let mut matches = Matches::new(items, typed);
    let mut screen = Screen::enter()?;
    loop {
        // Typing ahead is faster than drawing each state.
        if !event::poll(Duration::ZERO)? {
            screen.draw(&mut matches)?;
        }
        if let Some(answer) = handle(&event::read()?, &mut matches, screen.height()) {
            return Ok(answer);
        }
    }
}

/// Handles an event; returns the answer once the user gave one: an index, or `None` for none.
fn handle(event: &Event, matches: &mut Matches, page: usize) -> Option<Option<usize>> {
    match event {
        // Windows reports the release of a key as well.
        Event::Key(key) if key.kind != KeyEventKind::Release => press(key, matches, page),
        Event::Paste(text) => {
            matches.edit(|query| query.insert(text.chars()));
            None
        }
        _ => None,
    }
}

fn press(key: &KeyEvent, matches: &mut Matches, page: usize) -> Option<Option<usize>> {
    // Control and Alt together are AltGr, which types a character.
    let held = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    match key.code {
        KeyCode::Esc => return Some(None),
        KeyCode::Enter => return matches.choice().map(Some),
        KeyCode::Char(letter) if held == KeyModifiers::CONTROL => return press_control(letter, matches),
        KeyCode::Up => matches.up(1),
        KeyCode::Down => matches.down(1),
        KeyCode::PageUp => matches.up(page),
        KeyCode::PageDown => matches.down(page),
        KeyCode::Home => matches.up(usize::MAX),
        KeyCode::End => matches.down(usize::MAX),
        KeyCode::Left => matches.edit(Query::left),
        KeyCode::Right => matches.edit(Query::right),
        KeyCode::Backspace => matches.edit(Query::backspace),
        KeyCode::Delete => matches.edit(Query::delete),
        KeyCode::Char(character) if held != KeyModifiers::ALT => matches.edit(|query| query.insert([character])),
        _ => {}
    }
    None
}

/// The letters with Control do what they do in fzf, but Ctrl-D always cancels.
fn press_control(letter: char, matches: &mut Matches) -> Option<Option<usize>> {
    match letter {
        'c' | 'd' | 'g' => return Some(None),
        'm' => return matches.choice().map(Some),
        'k' | 'p' => matches.up(1),
        'j' | 'n' => matches.down(1),
        'a' => matches.edit(Query::go_to_start),
        'e' => matches.edit(Query::go_to_end),
        'b' => matches.edit(Query::left),
        'f' => matches.edit(Query::right),
        'h' => matches.edit(Query::backspace),
        'u' => matches.edit(Query::delete_to_start),
        'w' => matches.edit(Query::delete_word),
        _ => {}
    }
    None
}
