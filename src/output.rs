//! What people see: text that cannot steer their terminal, colours, and columns.

use std::borrow::Cow;
use std::env;
use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal, Write as _};

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether a character would steer a terminal, or hide or reorder what stands around it: the
/// C0 and C1 controls, the bidirectional ones, and the line and paragraph separators.
pub fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with every steering character shown as its escape, such as `\u{1b}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, |shown, character| write!(shown, "{}", character.escape_unicode()))
}

/// A value as JSON, whose own escapes stand for the steering characters too.
///
/// # Errors
/// If it cannot be written.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string(value)?;
    // They stand in strings alone, and none is beyond four digits.
    Ok(replaced(&text, |shown, character| write!(shown, "\\u{:04x}", u32::from(character))).into_owned())
}

fn replaced(text: &str, replace: impl Fn(&mut String, char) -> fmt::Result) -> Cow<'_, str> {
    if !text.chars().any(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_steering(character) {
            let _ = replace(&mut shown, character);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Prints one line on stderr, as `aws-switch: what: why`.
pub fn message(text: &str) {
    // Nobody is left to tell if stderr is closed.
    let _ = writeln!(io::stderr(), "aws-switch: {}", escaped(text));
}

/// Whether stdout takes colours: a terminal, and no `NO_COLOR`.
pub fn takes_colour() -> bool {
    wants_colour() && io::stdout().is_terminal()
}

/// Whether a terminal is to show colours at all.
pub fn wants_colour() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A row of a table, and the colour that it is drawn in.
#[derive(Debug)]
pub struct Row {
    /// The text of each column.
    pub cells: Vec<String>,
    /// The colour's SGR parameters, such as `31`; empty for none.
    pub colour: &'static str,
}

/// No cell makes the lines of others longer than this, in columns; it still stands whole in its own.
pub const WIDEST: usize = 200;

/// How wide lines may be, in columns: those of the terminal, 80 where it does not say. Where
/// stdout is none, nothing is left out, unless `COLUMNS` is exported.
pub fn width() -> Option<usize> {
    if io::stdout().is_terminal() {
        let size = terminal_size::terminal_size_of(io::stdout());
        return Some(size.map_or(80, |(width, _)| width.0.into()).max(1));
    }
    env::var("COLUMNS").ok()?.parse().ok().filter(|&columns| columns > 0)
}

/// Aligned columns, two blanks apart, cells escaped, no blanks at the end of a line.
pub fn table(rows: &[Row], colour: bool) -> String {
    fitted(rows, None, colour)
}

/// The same, with columns left out from the right until every line fits `limit`. The first one
/// always stays: where its cell is wider than that, it stands whole and alone.
pub fn fitted(rows: &[Row], limit: Option<usize>, colour: bool) -> String {
    let cells: Vec<Cells> = rows.iter().map(Row::escaped).collect();
    let layout = Layout::new(cells.iter(), limit, limit);
    let mut text = String::new();
    for (cells, row) in cells.iter().zip(rows) {
        let line = layout.line(cells);
        let _ = if colour && !row.colour.is_empty() {
            writeln!(text, "\u{1b}[{}m{line}\u{1b}[0m", row.colour)
        } else {
            writeln!(text, "{line}")
        };
    }
    text
}

/// The cells of a row, escaped.
pub type Cells<'r> = Vec<Cow<'r, str>>;

impl Row {
    /// What a terminal may be shown of it.
    pub fn escaped(&self) -> Cells<'_> {
        self.cells.iter().map(|cell| escaped(cell)).collect()
    }
}

/// Where the columns of a table stand.
#[derive(Debug)]
pub struct Layout {
    widest: Option<usize>,
    /// How wide each column is, for as many as fit.
    widths: Vec<usize>,
}

impl Layout {
    /// That of these rows, whose lines are to fit `limit`; a first cell that is wider than `widest`
    /// costs the others nothing.
    pub fn new<'r>(rows: impl Iterator<Item = &'r Cells<'r>>, limit: Option<usize>, widest: Option<usize>) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        for cells in rows {
            widths.resize(widths.len().max(cells.len()), 0);
            for (column, (cell, so_far)) in cells.iter().zip(&mut widths).enumerate() {
                let width = cell.width();
                let counts = match widest {
                    Some(widest) => column > 0 || width <= widest,
                    None => width <= WIDEST,
                };
                if counts {
                    *so_far = width.max(*so_far);
                }
            }
        }
        let mut end = 0;
        let fits = widths.iter().enumerate().take_while(|(column, width)| {
            end += *width + if *column > 0 { 2 } else { 0 };
            *column == 0 || limit.is_none_or(|limit| end <= limit)
        });
        let fitting = fits.count();
        widths.truncate(fitting);
        Self { widest, widths }
    }

    /// One row as a line.
    pub fn line(&self, cells: &Cells) -> String {
        let alone = self.widest.is_some_and(|widest| cells.first().is_some_and(|first| first.width() > widest));
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&self.widths).take(if alone { 1 } else { cells.len() }) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
        }
        line.truncate(line.trim_end_matches(' ').len());
        line
    }
}

/// As much of the text as is not wider than `width`; an ellipsis stands for what is cut off.
pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut used = 0;
    let fits = text.chars().take_while(|character| {
        used += character.width().unwrap_or_default();
        used < width
    });
    Cow::Owned(fits.chain(['\u{2026}']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_characters_are_shown_and_others_kept() {
        assert_eq!(escaped("a\u{1b}[31m\u{9b}\u{202e}b\n"), "a\\u{1b}[31m\\u{9b}\\u{202e}b\\u{a}");
        assert_eq!(escaped("caf\u{e9} \u{4f60}$(x)"), "caf\u{e9} \u{4f60}$(x)");
    }

    #[test]
    fn wide_characters_keep_the_columns_straight() {
        let row = |cells: [&str; 2]| Row { cells: cells.map(str::to_owned).to_vec(), colour: "" };
        assert_eq!(table(&[row(["\u{4f60}", "x"]), row(["abc", ""])], false), "\u{4f60}   x\nabc\n");
    }

    fn rows(lines: &[&[&str]]) -> Vec<Row> {
        let cells = |line: &[&str]| line.iter().map(|&cell| cell.to_owned()).collect();
        lines.iter().map(|line| Row { cells: cells(line), colour: "" }).collect()
    }

    #[test]
    fn columns_are_left_out_from_the_right() {
        let rows = rows(&[&["name", "kind", "region"], &["a", "b", "c"]]);
        assert_eq!(fitted(&rows, Some(18), false), "name  kind  region\na     b     c\n");
        assert_eq!(fitted(&rows, Some(17), false), "name  kind\na     b\n");
        assert_eq!(fitted(&rows, Some(9), false), "name\na\n");
        assert_eq!(fitted(&rows, Some(1), false), "name\na\n");
        assert_eq!(fitted(&rows, None, false), "name  kind  region\na     b     c\n");
    }

    #[test]
    fn a_name_too_wide_stands_whole_and_costs_others_nothing() {
        let long = "x".repeat(30);
        let rows = rows(&[&["name", "kind"], &[&long, "b"], &["a", "b"]]);
        assert_eq!(fitted(&rows, Some(20), false), format!("name  kind\n{long}\na     b\n"));
    }

    #[test]
    fn what_is_too_wide_is_cut_at_a_whole_character() {
        assert_eq!(cut("work", 4), "work");
        assert_eq!(cut("works", 4), "wor\u{2026}");
        assert_eq!(cut("\u{4f60}\u{4f60}\u{4f60}", 4), "\u{4f60}\u{2026}");
        assert_eq!(cut("\u{4f60}\u{4f60}\u{4f60}", 1), "\u{2026}");
    }

    #[test]
    fn a_huge_cell_does_not_pad_the_lines_of_others() {
        let long = "x".repeat(100_000);
        let rows = rows(&[&["a", &long, "end"], &["a", "b", "end"]]);
        assert_eq!(fitted(&rows, None, false), format!("a  {long}  end\na  b  end\n"));
    }
}
