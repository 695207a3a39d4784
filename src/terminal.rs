//! What people see: text that cannot steer their terminal, colours, and columns.

use std::borrow::Cow;
use std::env;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};

use unicode_width::UnicodeWidthStr;

/// Whether a character would steer a terminal, or hide or reorder what stands around it: the
/// C0 and C1 controls, the bidirectional ones, and the line and paragraph separators.
fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with every steering character shown as its escape, such as `\u{1b}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_steering(character) {
            let _ = write!(shown, "{}", character.escape_unicode());
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
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && io::stdout().is_terminal()
}

/// A row of a table, and the colour that it is drawn in.
#[derive(Debug)]
pub struct Row {
    /// The text of each column.
    pub cells: Vec<String>,
    /// The colour's SGR parameters, such as `31`; empty for none.
    pub colour: &'static str,
}

/// Aligned columns, two blanks apart, cells escaped, no blanks at the end of a line.
pub fn table(rows: &[Row], colour: bool) -> String {
    let rows: Vec<(Vec<Cow<'_, str>>, &str)> =
        rows.iter().map(|row| (row.cells.iter().map(|cell| escaped(cell)).collect(), row.colour)).collect();
    let columns = rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|(cells, _)| cells.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for (cells, sgr) in &rows {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        let line = line.trim_end_matches(' ');
        let _ = if colour && !sgr.is_empty() {
            writeln!(text, "\u{1b}[{sgr}m{line}\u{1b}[0m")
        } else {
            writeln!(text, "{line}")
        };
    }
    text
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
}
