//! A list to pick from by typing: drawn on stderr, as stdout is the integration's.

mod list;
mod screen;

use std::env;
use std::io::{self, IsTerminal};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::error::Error;
use crate::output::Row;
use list::List;
use screen::Screen;

/// What can be picked.
#[derive(Debug)]
pub struct Item {
    /// Its line; the first cell is its name.
    pub row: Row,
    /// Whether it is the one in force.
    pub current: bool,
}

/// Whether there is somebody to pick, on a terminal that can draw a list.
pub fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Lets the user pick; gives its place among the items.
///
/// # Errors
/// If nothing was picked, or the terminal fails.
pub fn pick(items: &[Item]) -> Result<usize, Error> {
    let mut list = List::new(items);
    let picked = Screen::enter().and_then(|mut screen| {
        loop {
            // Keys that wait are taken first: who types fast waits for no drawing.
            if !event::poll(Duration::ZERO)? {
                screen.draw(&list)?;
            }
            if let Some(answer) = take(&event::read()?, &mut list, screen.height()) {
                return Ok(answer);
            }
        }
    });
    picked.map_err(|error| Error::failed("the terminal", error))?.ok_or(Error::Cancelled)
}

/// Does what a key says; gives the answer once there is one.
fn take(event: &Event, list: &mut List, page: usize) -> Option<Option<usize>> {
    match event {
        // Windows tells of keys that are let go, too.
        Event::Key(key) if key.kind != KeyEventKind::Release => press(key, list, page),
        Event::Paste(text) => {
            list.edit(|query| query.extend(text.chars().filter(|character| !character.is_control())));
            None
        }
        _ => None,
    }
}

fn press(key: &KeyEvent, list: &mut List, page: usize) -> Option<Option<usize>> {
    // Both together are AltGr, which types.
    let held = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    let control = held == KeyModifiers::CONTROL;
    match key.code {
        KeyCode::Esc => return Some(None),
        KeyCode::Char('c' | 'd' | 'g') if control => return Some(None),
        KeyCode::Enter => return list.selected().map(Some),
        KeyCode::Char('j' | 'm') if control => return list.selected().map(Some),
        KeyCode::Up => list.up(1),
        KeyCode::Char('p') if control => list.up(1),
        KeyCode::Down => list.down(1),
        KeyCode::Char('n') if control => list.down(1),
        KeyCode::PageUp => list.up(page),
        KeyCode::PageDown => list.down(page),
        KeyCode::Home => list.up(usize::MAX),
        KeyCode::End => list.down(usize::MAX),
        KeyCode::Backspace => list.edit(rub_out),
        KeyCode::Char('h') if control => list.edit(rub_out),
        KeyCode::Char('u') if control => list.edit(String::clear),
        KeyCode::Char('w') if control => list.edit(rub_word_out),
        KeyCode::Char(character) if !control && held != KeyModifiers::ALT => list.edit(|query| query.push(character)),
        _ => {}
    }
    None
}

fn rub_out(query: &mut String) {
    query.pop();
}

fn rub_word_out(query: &mut String) {
    query.truncate(query.trim_end().rfind(' ').map_or(0, |blank| blank + 1));
}
