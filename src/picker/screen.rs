//! Draws the list on the terminal's alternate screen, and restores the terminal, whatever happens.

use std::cmp::Ordering;
use std::io::{self, BufWriter, Write};
use std::panic;
use std::sync::atomic::{self, AtomicBool};

use anstyle::Style;
use crossterm::cursor::MoveTo;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::matches::Matches;
use super::query::Query;
use crate::output::{self, Layout};

const PROMPT: &str = "profile: ";
const HINT: &str = "Enter: switch  Esc: cancel";
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
        IS_ENTERED.store(true, atomic::Ordering::SeqCst);
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

    pub fn draw(&mut self, matches: &mut Matches) -> io::Result<()> {
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
        draw_query(&mut out, &matches.query, width)?;
        out.flush()
    }

    fn draw_items(&self, out: &mut impl Write, matches: &mut Matches, width: usize) -> io::Result<()> {
        let limit = width.saturating_sub(MARGIN);
        let layout = Layout::new(matches.items.iter().map(|item| &item.row), Some(limit));
        let visible = matches.found.iter().copied().enumerate().skip(self.top).take(self.height());
        let mut row = 1;
        for (index, item) in visible.collect::<Vec<_>>() {
            let Some(item) = matches.items.get(item) else { break };
            let is_selected = index == matches.selected;
            let marks = [if is_selected { "> " } else { "  " }, if item.is_active { "* " } else { "  " }];
            let mut text: Vec<Letter> = marks.concat().chars().map(|letter| (letter, false)).collect();
            let highlights = matches.highlights(item);
            for ((cell, shown), highlighted) in item.row.cells.iter().zip(layout.cells(&item.row)).zip(&highlights) {
                text.extend(highlight(cell, &shown, highlighted));
            }
            text.truncate(text.iter().rposition(|&letter| letter != (' ', false)).map_or(0, |last| last + 1));
            let style = output::style_on(&io::stderr(), item.row.style);
            let style = if is_selected { style.invert() } else { style };
            line(out, row, &styled(&text, style, width))?;
            row += 1;
        }
        if row < self.size.1 {
            queue!(out, MoveTo(0, u16::try_from(row).unwrap_or(u16::MAX)), Clear(ClearType::FromCursorDown))?;
        }
        Ok(())
    }
}

/// A character, and whether it is highlighted.
type Letter = (char, bool);

/// A cell as it is shown, perhaps with an ellipsis for its middle and spaces at its end. `indices` are those of the
/// characters in the whole cell that are highlighted.
fn highlight(cell: &str, shown: &str, indices: &[u32]) -> Vec<Letter> {
    let ellipsis = cell.chars().zip(shown.chars()).take_while(|(one, other)| one == other).count();
    let (length, shown_length) = (cell.chars().count(), shown.trim_end_matches(' ').chars().count());
    let index_in_cell = |index: usize| match index.cmp(&ellipsis) {
        Ordering::Less => Some(index),
        Ordering::Equal => None,
        Ordering::Greater => (index + length).checked_sub(shown_length),
    };
    let is_highlighted = |index| u32::try_from(index).is_ok_and(|index| indices.contains(&index));
    let letter = |(index, letter)| (letter, index_in_cell(index).is_some_and(is_highlighted));
    shown.chars().enumerate().map(letter).collect()
}

/// As much of a text as fits, in a style; what is highlighted is bold and underlined, which needs no colours.
fn styled(text: &[Letter], style: Style, width: usize) -> String {
    let mut used = 0;
    let fits = |(letter, _): &&Letter| {
        used += letter.width().unwrap_or_default();
        used <= width
    };
    let shown: Vec<Letter> = text.iter().take_while(fits).copied().collect();
    let parts = shown.chunk_by(|(_, one), (_, other)| one == other).map(|part| {
        let is_highlighted = part.first().is_some_and(|&(_, is_highlighted)| is_highlighted);
        let style = if is_highlighted { style.bold().underline() } else { style };
        let text: String = part.iter().map(|(letter, _)| letter).collect();
        format!("{style}{text}{style:#}")
    });
    parts.collect()
}

/// Draws the query, and leaves the terminal's cursor where the query has its own.
fn draw_query(out: &mut impl Write, query: &Query, width: usize) -> io::Result<()> {
    let (before, after) = (output::escaped(&query.before), output::escaped(&query.after));
    let mut before = format!("{PROMPT}{before}");
    while before.width() > width && before.len() > PROMPT.len() {
        before.remove(PROMPT.len());
    }
    let column = before.width().min(width);
    line(out, 0, &output::cut(&format!("{before}{after}"), width))?;
    queue!(out, MoveTo(u16::try_from(column).unwrap_or(u16::MAX), 0))
}

/// Overwrites a line of the screen.
fn line(out: &mut impl Write, row: usize, text: &str) -> io::Result<()> {
    let row = u16::try_from(row).unwrap_or(u16::MAX);
    queue!(out, MoveTo(0, row), Print(text), Clear(ClearType::UntilNewLine))
}

fn leave() {
    if IS_ENTERED.swap(false, atomic::Ordering::SeqCst) {
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
