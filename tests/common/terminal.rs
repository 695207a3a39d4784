//! The terminal's side of the pseudo-terminal: the display, and the marks of prompts.
//!
//! Readiness is never guessed from the text. Each prompt ends with an invisible OSC sequence of ours,
//! `OSC 7777 ; P ; STATUS [; SERIAL] BEL`, and zsh and fish announce each *new* prompt with
//! `OSC 7777 ; N`, since they, and bash after a Tab, draw the same prompt several times. Where no OSC sequence
//! arrives (see [`super::powershell`]) the prompt ends with `<~STATUS;SERIAL~>`, which is hidden from the tests.

use std::num::NonZero;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use vt100::{Callbacks, Color, Parser, Screen};

/// Rows and columns: wide, so that no test's line wraps. (Wine's console does not mark the lines that it wraps.)
pub const SIZE: (u16, u16) = (50, 1000);
const MARK: &[u8] = b"7777";
const SEEN_MARK: (&str, &str) = ("<~", "~>");

/// A prompt that was drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prompt {
    /// Counts new prompts, not redraws; 0 before the first.
    pub serial: u64,
    /// Counts every drawing.
    pub drawn: u64,
    /// `$?` when it was drawn; -1 if the shell did not expand it.
    pub status: i32,
    /// The length of the log at its end.
    pub end: usize,
    /// The column of the cursor at its end.
    column: u16,
}

#[derive(Default)]
struct Watch {
    announced: u64,
    drawings: Vec<(u64, i32)>,
    answers: Vec<u8>,
}

impl Callbacks for Watch {
    fn unhandled_osc(&mut self, _: &mut Screen, params: &[&[u8]]) {
        match params {
            [MARK, b"N"] => self.announced += 1,
            [MARK, b"P", status] => self.drawings.push((self.announced, number(status).unwrap_or(-1))),
            [MARK, b"P", status, serial] => {
                // Without promptvars bash prints the expressions themselves: count it as new.
                self.announced = number(serial).unwrap_or(self.announced + 1);
                self.drawings.push((self.announced, number(status).unwrap_or(-1)));
            }
            _ => {}
        }
    }

    fn unhandled_csi(&mut self, screen: &mut Screen, first: Option<u8>, _: Option<u8>, params: &[&[u16]], last: char) {
        match (first, params, last) {
            // fish 4 waits for the answer to "what are you?" before its first prompt.
            (None, _, 'c') => self.answers.extend(b"\x1b[?62;22c"),
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.answers.extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            _ => {}
        }
    }
}

/// The mark that the log ends with, as (serial, status).
fn seen_mark(log: &[u8]) -> Option<(u64, i32)> {
    let inner = log.strip_suffix(SEEN_MARK.1.as_bytes())?;
    let last = &inner[inner.len().saturating_sub(32)..];
    let start = last.windows(2).rposition(|two| two == SEEN_MARK.0.as_bytes())?;
    let mut parts = last[start + 2..].splitn(2, |byte| *byte == b';');
    let (status, serial) = (parts.next()?, parts.next()?);
    Some((number(serial)?, number(status)?))
}

fn without_marks(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, (_, after))) =
        rest.split_once(SEEN_MARK.0).and_then(|(before, mark)| Some((before, mark.split_once(SEEN_MARK.1)?)))
    {
        plain.push_str(before);
        rest = after;
    }
    plain + rest
}

fn number<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Everything that arrived from the shell so far.
pub struct Display {
    parser: Parser<Watch>,
    log: Vec<u8>,
    prompt: Prompt,
    closed: bool,
}

impl Display {
    /// Processes output of the shell; returns the answers of the terminal.
    fn feed(&mut self, bytes: &[u8]) -> Vec<u8> {
        // Byte by byte is slow, and only these bytes can end a mark.
        for piece in bytes.split_inclusive(|byte| [0x07, b'>'].contains(byte)) {
            self.log.extend(piece);
            self.parser.process(piece);
            let seen = seen_mark(&self.log);
            self.parser.callbacks_mut().drawings.extend(seen);
            for (serial, status) in std::mem::take(&mut self.parser.callbacks_mut().drawings) {
                let drawn = self.prompt.drawn + 1;
                let column = self.parser.screen().cursor_position().1;
                self.prompt = Prompt { serial, drawn, status, end: self.log.len(), column };
            }
        }
        std::mem::take(&mut self.parser.callbacks_mut().answers)
    }

    /// The last prompt that was drawn.
    pub fn prompt(&self) -> Prompt {
        self.prompt
    }

    /// Every byte since the shell started.
    pub fn log(&self) -> &[u8] {
        &self.log
    }

    /// Whether the shell has closed the terminal.
    pub fn closed(&self) -> bool {
        self.closed
    }

    /// The visible text, without empty lines at the end.
    pub fn text(&self) -> String {
        without_marks(self.parser.screen().contents().trim_end())
    }

    /// The text of the cursor's row.
    pub fn cursor_line(&self) -> String {
        let screen = self.parser.screen();
        let row = usize::from(screen.cursor_position().0);
        without_marks(&screen.rows(0, screen.size().1.get()).nth(row).unwrap()).trim_end().to_owned()
    }

    /// Whether the cursor is at the end of a prompt, with nothing typed.
    pub fn at_empty_line(&self) -> bool {
        let column = self.parser.screen().cursor_position().1;
        column > 0 && column == self.prompt.column && self.cursor_line().chars().count() < usize::from(column)
    }

    /// The parsed screen, cell by cell.
    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The colour of the last occurrence of `text` on the screen.
    pub fn colour_of(&self, text: &str) -> Option<Color> {
        let screen = self.parser.screen();
        let rows: Vec<String> = screen.rows(0, screen.size().1.get()).collect();
        rows.iter().enumerate().rev().find_map(|(row, line)| {
            let column = line[..line.find(text)?].chars().count();
            let cell = screen.cell(u16::try_from(row).ok()?, u16::try_from(column).ok()?)?;
            Some(cell.fgcolor())
        })
    }
}

/// A display that one thread feeds and the test waits on.
#[derive(Clone)]
pub struct Terminal {
    shared: Arc<(Mutex<Display>, Condvar)>,
}

impl Terminal {
    /// An empty screen of so many rows and columns.
    pub fn new(size: (u16, u16)) -> Self {
        let (rows, columns) = (NonZero::new(size.0).unwrap(), NonZero::new(size.1).unwrap());
        let parser = Parser::new_with_callbacks(rows, columns, 0, Watch::default());
        let display = Display { parser, log: Vec::new(), prompt: Prompt::default(), closed: false };
        Self { shared: Arc::new((Mutex::new(display), Condvar::new())) }
    }

    /// Processes output of the shell; returns the answers of the terminal.
    pub fn feed(&self, bytes: &[u8]) -> Vec<u8> {
        let answers = self.shared.0.lock().unwrap().feed(bytes);
        self.shared.1.notify_all();
        answers
    }

    /// The shell closed its side.
    pub fn close(&self) {
        self.shared.0.lock().unwrap().closed = true;
        self.shared.1.notify_all();
    }

    /// Reads the current display.
    pub fn look<T>(&self, read: impl FnOnce(&Display) -> T) -> T {
        read(&self.shared.0.lock().unwrap())
    }

    /// Waits until `read` finds what it looks for; Err holds the screen after `timeout`.
    pub fn wait<T>(&self, timeout: Duration, read: impl Fn(&Display) -> Option<T>) -> Result<T, String> {
        let deadline = Instant::now() + timeout;
        let mut display = self.shared.0.lock().unwrap();
        loop {
            if let Some(found) = read(&display) {
                return Ok(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || display.closed {
                let why = if display.closed { "the shell ended" } else { "timed out" };
                return Err(format!("{why}; the screen:\n{}", display.text()));
            }
            display = self.shared.1.wait_timeout(display, left).unwrap().0;
        }
    }
}

/// The text that `bytes` draw, up to the row of the cursor, which is the next prompt's.
pub fn render(bytes: &[u8]) -> String {
    let newlines = bytes.iter().filter(|byte| **byte == b'\n').count();
    let rows = newlines + bytes.len() / usize::from(SIZE.1) + 2;
    let rows = NonZero::new(rows.try_into().unwrap_or(u16::MAX)).unwrap();
    let mut parser = Parser::new(rows, NonZero::new(SIZE.1).unwrap(), 0);
    parser.process(bytes);
    let screen = parser.screen();
    let text = screen.contents_between(0, 0, screen.cursor_position().0, 0);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end_matches('\n').to_owned()
}
