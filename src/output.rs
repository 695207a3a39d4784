//! What people see: text that cannot steer their terminal, styles, tables and durations.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::{Diagnostic, Severity};

pub const PLAIN: Style = Style::new();
pub const HEADING: Style = Style::new().bold();
pub const ACTIVE: Style = AnsiColor::Cyan.on_default();
pub const PROTECTED: Style = AnsiColor::Red.on_default();
/// Stands after the name of a protected profile, where there may be no colours.
pub const PROTECTED_MARK: &str = "#";
/// Frames an excerpt of a file.
pub const FRAME: Style = AnsiColor::Blue.on_default().bold();

pub fn severity_style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

/// Whether the user wants colours on a terminal.
pub fn wants_colour() -> bool {
    env::var_os("NO_COLOR").is_none_or(|no| no.is_empty()) && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// The style for this stream: plain if it is no terminal, or the user wants no colours.
pub fn style_on(stream: &impl IsTerminal, style: Style) -> Style {
    if stream.is_terminal() && wants_colour() { style } else { PLAIN }
}

/// A text in this style, for stdout.
pub fn styled(text: &str, style: Style) -> String {
    let style = style_on(&io::stdout(), style);
    format!("{style}{text}{style:#}")
}

/// Whether a character would steer a terminal, or hide or reorder what stands around it: the
/// C0 and C1 controls, the bidirectional ones, and the line and paragraph separators.
pub fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with every steering character shown as its escape, such as `\u{1b}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    with_escapes(text, |character| character.escape_unicode().to_string())
}

/// A value as JSON, in which steering characters are JSON's own escapes.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string(value)?;
    // They stand in strings alone, and none has more than four digits.
    Ok(with_escapes(&text, |character| format!("\\u{:04x}", u32::from(character))).into_owned())
}

fn with_escapes(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    // Not `any`, which looks at one byte after the other: that is a tenth of `list --json`.
    let odd = text.bytes().fold(0, |odd, byte| odd | u8::from(!matches!(byte, b' '..=b'~')));
    if odd == 0 || !text.contains(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for character in text.chars() {
        if is_steering(character) {
            shown += &escape(character);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// One line on stderr, which begins with `aws-switch: `; a severity other than `Info` stands before the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub severity: Severity,
    pub text: String,
}

impl Message {
    pub fn new(severity: Severity, text: impl Into<String>) -> Self {
        Self { severity, text: text.into() }
    }

    pub fn note(text: impl Into<String>) -> Self {
        Self::new(Severity::Info, text)
    }

    pub fn warning(text: impl Into<String>) -> Self {
        Self::new(Severity::Warning, text)
    }

    pub fn error(text: impl Into<String>) -> Self {
        Self::new(Severity::Error, text)
    }

    /// The line without `aws-switch: `, its text escaped.
    pub fn line(&self, has_colour: bool) -> String {
        let (text, style) = (escaped(&self.text), if has_colour { severity_style(self.severity) } else { PLAIN });
        match self.severity {
            Severity::Info => text.into_owned(),
            severity => format!("{style}{}:{style:#} {text}", severity.name()),
        }
    }

    pub fn print(&self) {
        let line = self.line(io::stderr().is_terminal() && wants_colour());
        // A closed stderr is no reason to fail.
        let _ = writeln!(io::stderr(), "aws-switch: {line}");
    }
}

/// Without the fix, for a command whose answer is something else.
impl From<&Diagnostic> for Message {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self::new(diagnostic.severity, diagnostic.without_fix())
    }
}

/// The time that is left, of so many seconds: as in the prompt, in whole minutes, rounded up, from one minute on.
pub fn time_left(seconds: u64) -> String {
    let whole = if seconds < 60 { seconds } else { seconds.div_ceil(60) * 60 };
    duration_in_words(i64::try_from(whole).unwrap_or(i64::MAX))
}

/// A duration of so many seconds, in two units at most.
pub fn duration_in_words(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, ..) => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

/// Cells wider than this, in columns, widen no column: they reach into the next one.
pub const WIDEST: usize = 200;

/// A row of a table; its cells hold no steering characters.
#[derive(Debug)]
pub struct Row {
    pub cells: Vec<String>,
    pub style: Style,
}

impl Row {
    pub fn new(cells: impl IntoIterator<Item = impl AsRef<str>>, style: Style) -> Self {
        Self { cells: cells.into_iter().map(|cell| escaped(cell.as_ref()).into_owned()).collect(), style }
    }
}

/// How many columns a line on stdout may have: those of the terminal, 80 if it does not answer. Without a terminal
/// lines are as long as they are, unless `COLUMNS` is exported.
pub fn width() -> Option<usize> {
    if io::stdout().is_terminal() {
        let size = terminal_size::terminal_size_of(io::stdout());
        return Some(size.map_or(80, |(width, _)| width.0.into()).max(1));
    }
    env::var("COLUMNS").ok()?.parse().ok().filter(|&columns| columns > 0)
}

/// Rows in aligned columns, for stdout. Columns are left out from the right until every line fits `limit`. The first
/// one always stays; where its cell is wider than that, it is whole and alone.
pub fn table(rows: &[Row], limit: Option<usize>) -> String {
    let layout = Layout::new(rows.iter(), limit, limit);
    rows.iter().map(|row| styled(&layout.line(row), row.style) + "\n").collect()
}

/// A table of labels and their values, for stdout; a label without a value is left out.
pub fn label_values(rows: &[(&str, Option<&str>, Style)]) -> String {
    let rows = rows.iter().filter_map(|&(label, value, style)| Some(Row::new([label, value?], style)));
    table(&rows.collect::<Vec<_>>(), None)
}

#[derive(Debug)]
pub struct Layout {
    widest: Option<usize>,
    /// Of the columns that fit.
    widths: Vec<usize>,
}

impl Layout {
    /// The layout of these rows, whose lines are to fit `limit`; a first cell that is wider than `widest` costs the
    /// other rows nothing.
    pub fn new<'r>(rows: impl Iterator<Item = &'r Row>, limit: Option<usize>, widest: Option<usize>) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.cells.len()), 0);
            for (column, (cell, so_far)) in row.cells.iter().zip(&mut widths).enumerate() {
                let width = cell.width();
                if widest.map_or(width <= WIDEST, |widest| column > 0 || width <= widest) {
                    *so_far = width.max(*so_far);
                }
            }
        }
        let mut end = 0;
        widths.retain(|width| {
            let is_first = end == 0;
            end += width + 2;
            is_first || limit.is_none_or(|limit| end - 2 <= limit)
        });
        Self { widest, widths }
    }

    /// One row as a line, its columns two spaces apart.
    pub fn line(&self, row: &Row) -> String {
        let is_alone = self.widest.is_some_and(|widest| row.cells.first().is_some_and(|first| first.width() > widest));
        let mut line = String::new();
        for (cell, width) in row.cells.iter().zip(&self.widths).take(if is_alone { 1 } else { row.cells.len() }) {
            line.push_str(cell);
            line += &" ".repeat(width.saturating_sub(cell.width()) + 2);
        }
        line.trim_end_matches(' ').to_owned()
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
    fn steering_characters_are_escaped_and_others_are_not() {
        assert_eq!(escaped("a\u{1b}[31m\u{9b}\u{202e}b\n"), "a\\u{1b}[31m\\u{9b}\\u{202e}b\\u{a}");
        assert_eq!(escaped("\u{7f}"), "\\u{7f}");
        assert_eq!(escaped("caf\u{e9} \u{4f60}$(x)~"), "caf\u{e9} \u{4f60}$(x)~");
    }

    #[test]
    fn a_duration_has_two_units_at_most() {
        for (seconds, words) in [
            (1, "1 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3599, "59 min"),
            (3600, "1 h 0 min"),
            (3 * 3600 + 12 * 60 + 59, "3 h 12 min"),
            (86_399, "23 h 59 min"),
            (86_400 * 89 + 3600, "89 d 1 h"),
        ] {
            assert_eq!(duration_in_words(seconds), words);
        }
    }

    fn rows(lines: &[&[&str]]) -> Vec<Row> {
        lines.iter().map(|line| Row::new(line.iter().copied(), PLAIN)).collect()
    }

    #[test]
    fn wide_characters_leave_the_columns_straight() {
        assert_eq!(table(&rows(&[&["\u{4f60}", "x"], &["abc", ""]]), None), "\u{4f60}   x\nabc\n");
    }

    #[test]
    fn columns_are_left_out_from_the_right() {
        let rows = rows(&[&["name", "kind", "region"], &["a", "b", "c"]]);
        assert_eq!(table(&rows, Some(18)), "name  kind  region\na     b     c\n");
        assert_eq!(table(&rows, Some(17)), "name  kind\na     b\n");
        assert_eq!(table(&rows, Some(9)), "name\na\n");
        assert_eq!(table(&rows, Some(1)), "name\na\n");
        assert_eq!(table(&rows, None), "name  kind  region\na     b     c\n");
    }

    #[test]
    fn a_name_that_is_too_wide_is_whole_and_costs_others_nothing() {
        let long = "x".repeat(30);
        let rows = rows(&[&["name", "kind"], &[&long, "b"], &["a", "b"]]);
        assert_eq!(table(&rows, Some(20)), format!("name  kind\n{long}\na     b\n"));
    }

    #[test]
    fn a_huge_cell_does_not_widen_the_lines_of_others() {
        let long = "x".repeat(100_000);
        let rows = rows(&[&["a", &long, "end"], &["a", "b", "end"]]);
        assert_eq!(table(&rows, None), format!("a  {long}  end\na  b  end\n"));
    }

    #[test]
    fn a_text_that_is_too_wide_is_cut_at_a_whole_character() {
        assert_eq!(cut("work", 4), "work");
        assert_eq!(cut("works", 4), "wor\u{2026}");
        assert_eq!(cut("\u{4f60}\u{4f60}\u{4f60}", 4), "\u{4f60}\u{2026}");
        assert_eq!(cut("\u{4f60}\u{4f60}\u{4f60}", 1), "\u{2026}");
    }
}
