//! Draws the list on the terminal's alternate screen, and restores the terminal, whatever happens.

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

use super::matches::Matches;
use crate::output::{self, Layout};

const PROMPT: &str = "profile: ";
const HINT: &str = "Enter: switch  Esc: leave";
/// The columns of the marks before each line, of the selected and of the active item.
const MARGIN: usize = 4;

/// Whether the terminal shows the list: `Drop`, the panic hook or the signal thread restores it, whichever is first.
static IS_ENTERED: AtomicBool = AtomicBool::new(false);

#[derive(Debug)]
pub struct Screen {
    /// Columns and lines, when it was last drawn.
    size: (usize, usize),
    /// The index of the first match that is shown.
    top: usize,
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

impl Screen {
    /// Switches to the alternate screen, until the value is dropped.
    pub fn enter() -> io::Result<Self> {
        // A panic aborts the process, without dropping anything.
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            leave();
            hook(info);
        }));
        #[cfg(unix)]
        leave_at_signals()?;
        enable_raw_mode()?;
        IS_ENTERED.store(true, Ordering::SeqCst);
        let screen = Self { size: (0, 0), top: 0 };
        execute!(io::stderr(), EnterAlternateScreen)?;
        // Old Windows consoles have no bracketed paste.
        let _ = execute!(io::stderr(), EnableBracketedPaste);
        Ok(screen)
    }

    /// How many items are shown at once.
    pub fn height(&self) -> usize {
        // The query is above them, the hint below.
        self.size.1.saturating_sub(2).max(1)
    }

    pub fn draw(&mut self, matches: &Matches) -> io::Result<()> {
        let size =
            terminal_size::terminal_size_of(io::stderr()).map(|(columns, rows)| (columns.0.into(), rows.0.into()));
        self.size = size.filter(|&(columns, rows)| columns > 0 && rows > 0).unwrap_or((80, 24));
        // After a letter in the last column some terminals go on to the next line.
        let width = self.size.0 - 1;
        // The selected item is visible, and no line is empty while there are items above.
        let least = (matches.selected + 1).saturating_sub(self.height());
        self.top = self.top.min(matches.selected).max(least).min(matches.found.len().saturating_sub(self.height()));
        let mut out = BufWriter::with_capacity(1 << 16, io::stderr().lock());
        self.draw_items(&mut out, matches, width)?;
        if self.size.1 > 2 {
            let hint = format!("{}/{}  {HINT}", matches.found.len(), matches.items.len());
            line(&mut out, self.size.1 - 1, &output::cut(&hint, width))?;
        }
        let mut query = output::escaped(&matches.query);
        while PROMPT.len() + query.width() > width && !query.is_empty() {
            query.to_mut().remove(0);
        }
        line(&mut out, 0, &output::cut(&format!("{PROMPT}{query}"), width))?;
        out.flush()
    }

    fn draw_items(&self, out: &mut impl Write, matches: &Matches, width: usize) -> io::Result<()> {
        let limit = width.saturating_sub(MARGIN);
        let layout = Layout::new(matches.items.iter().map(|item| &item.row), Some(limit));
        for row in 0..self.height() {
            let index = self.top + row;
            let Some(item) = matches.found.get(index).and_then(|&item| matches.items.get(item)) else {
                line(out, row + 1, "")?;
                continue;
            };
            let is_selected = index == matches.selected;
            let marks = [if is_selected { "> " } else { "  " }, if item.is_active { "* " } else { "  " }];
            let text = format!("{}{}", marks.concat(), layout.line(&item.row));
            queue!(out, Print(output::style_on(&io::stderr(), item.row.style)))?;
            if is_selected {
                queue!(out, SetAttribute(Attribute::Reverse))?;
            }
            line(out, row + 1, &output::cut(&text, width))?;
            queue!(out, SetAttribute(Attribute::Reset))?;
        }
        Ok(())
    }
}

/// Overwrites a line of the screen; the cursor stays after the text.
fn line(out: &mut impl Write, row: usize, text: &str) -> io::Result<()> {
    let row = u16::try_from(row).unwrap_or(u16::MAX);
    queue!(out, MoveTo(0, row), Print(text), SetAttribute(Attribute::Reset), Clear(ClearType::UntilNewLine))
}

fn leave() {
    if IS_ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stderr(), DisableBracketedPaste);
        let _ = execute!(io::stderr(), LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}

/// Restores the terminal, then does what the signal does by default.
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
