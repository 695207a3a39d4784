//! The terminal while a list is on it, and how it is given back, whatever happens.

use std::io::{self, BufWriter, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::MoveTo;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use unicode_width::UnicodeWidthStr;

use super::list::List;
use crate::output::{self, Layout};

const PROMPT: &str = "profile: ";
const HINT: &str = "Enter: switch  Esc: leave";
/// Before each line: which one is selected, and which one is in force.
const MARGIN: usize = 4;

/// Whether the terminal is ours: it is given back once, by whoever comes first.
static OURS: AtomicBool = AtomicBool::new(false);

/// A terminal that shows a list.
#[derive(Debug)]
pub struct Screen {
    size: (usize, usize),
    layout: Option<Layout>,
    top: usize,
    colour: bool,
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

impl Screen {
    /// Takes the terminal; what it shows comes back with the end of this value.
    ///
    /// # Errors
    /// If it cannot be taken.
    pub fn enter() -> io::Result<Self> {
        // A panic ends the process without dropping anything.
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            leave();
            hook(info);
        }));
        #[cfg(unix)]
        leave_at_signals()?;
        enable_raw_mode()?;
        OURS.store(true, Ordering::SeqCst);
        let screen = Self { size: (0, 0), layout: None, top: 0, colour: output::wants_colour() };
        execute!(io::stderr(), EnterAlternateScreen)?;
        // An old Windows console knows no such thing.
        let _ = execute!(io::stderr(), EnableBracketedPaste);
        Ok(screen)
    }

    /// How many lines of the list are seen at once.
    pub fn height(&self) -> usize {
        // Above them stands what was typed, below them the hint.
        self.size.1.saturating_sub(2).max(1)
    }

    /// Draws it anew, whatever the size is now.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn draw(&mut self, list: &List) -> io::Result<()> {
        let size =
            terminal_size::terminal_size_of(io::stderr()).map(|(columns, rows)| (columns.0.into(), rows.0.into()));
        let size = size.filter(|&(columns, rows)| columns > 0 && rows > 0).unwrap_or((80, 24));
        // A letter in the last column would make some terminals go on to the next line.
        let width = size.0 - 1;
        if self.size != size || self.layout.is_none() {
            self.size = size;
            let limit = width.saturating_sub(MARGIN);
            // One long name is not to take the other columns from all.
            self.layout = Some(Layout::new(list.cells().iter(), Some(limit), Some(limit / 2)));
        }
        // The selection is in sight, and no line is left empty while there are more above.
        let least = (list.at() + 1).saturating_sub(self.height());
        self.top = self.top.min(list.at()).max(least).min(list.count().saturating_sub(self.height()));
        let mut out = BufWriter::with_capacity(1 << 16, io::stderr().lock());
        self.draw_lines(&mut out, list, width)?;
        if self.size.1 > 2 {
            let hint = format!("{}/{}  {HINT}", list.count(), list.cells().len());
            line(&mut out, self.size.1 - 1, &output::cut(&hint, width))?;
        }
        let mut typed = output::escaped(list.query());
        while PROMPT.len() + typed.width() > width && !typed.is_empty() {
            typed.to_mut().remove(0);
        }
        line(&mut out, 0, &output::cut(&format!("{PROMPT}{typed}"), width))?;
        out.flush()
    }

    fn draw_lines(&self, out: &mut impl Write, list: &List, width: usize) -> io::Result<()> {
        let mut lines = list.from(self.top).enumerate();
        for row in 0..self.height() {
            let Some(((place, (item, cells)), layout)) = lines.next().zip(self.layout.as_ref()) else {
                line(out, row + 1, "")?;
                continue;
            };
            let is_selected = self.top + place == list.at();
            let marks = [if is_selected { "> " } else { "  " }, if item.current { "* " } else { "  " }];
            let text = format!("{}{}", marks.concat(), layout.line(cells));
            if self.colour && !item.row.colour.is_empty() {
                queue!(out, Print(format_args!("\u{1b}[{}m", item.row.colour)))?;
            }
            if is_selected {
                queue!(out, SetAttribute(Attribute::Reverse))?;
            }
            line(out, row + 1, &output::cut(&text, width))?;
            queue!(out, SetAttribute(Attribute::Reset))?;
        }
        Ok(())
    }
}

/// Writes a line of the screen, whatever stood there; the cursor stays behind it.
fn line(out: &mut impl Write, row: usize, text: &str) -> io::Result<()> {
    let row = u16::try_from(row).unwrap_or(u16::MAX);
    queue!(out, MoveTo(0, row), Print(text), SetAttribute(Attribute::Reset), Clear(ClearType::UntilNewLine))
}

fn leave() {
    if OURS.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stderr(), DisableBracketedPaste);
        let _ = execute!(io::stderr(), LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}

/// Gives the terminal back, then ends as the signal would have it.
#[cfg(unix)]
fn leave_at_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    std::thread::spawn(move || {
        for signal in &mut signals {
            leave();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
    Ok(())
}
