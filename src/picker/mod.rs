//! A list to pick from by typing. It is drawn on stderr, as the shell integration reads stdout.

mod matches;
mod screen;

use std::env;
use std::io::{self, IsTerminal};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::error::Error;
use crate::output::Row;
use matches::Matches;
use screen::Screen;

#[derive(Debug)]
pub struct Item {
    /// The first cell is its name.
    pub row: Row,
    pub is_active: bool,
}

/// Whether a user can pick here, on a terminal that can draw a list.
pub fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Returns the index of the item that the user picks.
pub fn pick(items: &[Item]) -> Result<usize, Error> {
    let mut matches = Matches::new(items);
    let picked = Screen::enter().and_then(|mut screen| {
        loop {
            // Typing ahead is faster than drawing each state.
            if !event::poll(Duration::ZERO)? {
                screen.draw(&matches)?;
            }
            if let Some(answer) = handle(&event::read()?, &mut matches, screen.height()) {
                return Ok(answer);
            }
        }
    });
    picked.map_err(|error| Error::failed("the terminal", error))?.ok_or(Error::Cancelled)
}

/// Handles an event; returns the answer once the user gave one: an index, or `None` for none.
fn handle(event: &Event, matches: &mut Matches, page: usize) -> Option<Option<usize>> {
    match event {
        // Windows reports the release of a key as well.
        Event::Key(key) if key.kind != KeyEventKind::Release => press(key, matches, page),
        Event::Paste(text) => {
            matches.edit(|query| query.extend(text.chars().filter(|character| !character.is_control())));
            None
        }
        _ => None,
    }
}

fn press(key: &KeyEvent, matches: &mut Matches, page: usize) -> Option<Option<usize>> {
    // Control and Alt together are AltGr, which types a character.
    let held = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    let control = held == KeyModifiers::CONTROL;
    match key.code {
        KeyCode::Esc => return Some(None),
        KeyCode::Char('c' | 'd' | 'g') if control => return Some(None),
        KeyCode::Enter => return matches.choice().map(Some),
        KeyCode::Char('j' | 'm') if control => return matches.choice().map(Some),
        KeyCode::Up => matches.up(1),
        KeyCode::Char('p') if control => matches.up(1),
        KeyCode::Down => matches.down(1),
        KeyCode::Char('n') if control => matches.down(1),
        KeyCode::PageUp => matches.up(page),
        KeyCode::PageDown => matches.down(page),
        KeyCode::Home => matches.up(usize::MAX),
        KeyCode::End => matches.down(usize::MAX),
        KeyCode::Backspace => matches.edit(delete_character),
        KeyCode::Char('h') if control => matches.edit(delete_character),
        KeyCode::Char('u') if control => matches.edit(String::clear),
        KeyCode::Char('w') if control => matches.edit(delete_word),
        KeyCode::Char(character) if !control && held != KeyModifiers::ALT => {
            matches.edit(|query| query.push(character))
        }
        _ => {}
    }
    None
}

fn delete_character(query: &mut String) {
    query.pop();
}

fn delete_word(query: &mut String) {
    query.truncate(query.trim_end().rfind(' ').map_or(0, |space| space + 1));
}
