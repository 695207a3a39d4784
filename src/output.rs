//! Writes what people see: text that cannot steer their terminal, styles, tables and durations.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::{Diagnostic, Severity};
use crate::environment::filled;

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
    filled("NO_COLOR").is_none() && env::var_os("TERM").is_none_or(|term| term != "dumb")
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

/// Whether a character would steer a terminal, reorder what stands around it, or make two names look the same: the C0 and
/// C1 controls, the bidirectional and the zero-width ones, and the line and paragraph separators.
pub fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// The text with every steering character shown as its escape, such as `\u{1b}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    with_escapes(text, |character| character.escape_unicode().to_string())
}

/// A value as JSON, in which steering characters are JSON's own escapes.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string(value)?;
    // They stand in strings alone, and none has more than four digits.
    Ok(match with_escapes(&text, |character| format!("\\u{:04x}", u32::from(character))) {
        Cow::Borrowed(_) => text,
        Cow::Owned(escaped) => escaped,
    })
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

pub const DAY: u64 = 24 * HOUR;
pub const HOUR: u64 = 60 * MINUTE;
pub const MINUTE: u64 = 60;

/// A duration in seconds, such as `1h30m`: in days and hours, hours and minutes, or seconds, rounded up.
pub fn duration(seconds: u64) -> String {
    let smallest = match seconds {
        0..MINUTE => 1,
        MINUTE..DAY => MINUTE,
        DAY.. => HOUR,
    };
    exact_duration(seconds.div_ceil(smallest).saturating_mul(smallest))
}

/// A duration to the second, such as `1m30s`.
pub fn exact_duration(seconds: u64) -> String {
    let units = [(seconds / DAY, "d"), (seconds / HOUR % 24, "h"), (seconds / MINUTE % 60, "m"), (seconds % 60, "s")];
    let text: String =
        units.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// Without a limit, cells wider than this, in columns, widen no column: they reach into the next one.
pub const WIDEST: usize = 200;

/// Words as in `a, b or c`.
pub fn series<T: AsRef<str>>(words: &[T], conjunction: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} {conjunction} {last}", others.join(", ")),
        _ => words.concat(),
    }
}

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

/// Rows in aligned columns, for stdout.
pub fn table(rows: &[Row]) -> String {
    Layout::new(rows.iter(), None).table(rows)
}

/// A table of labels and their values, for stdout; a label without a value is left out.
pub fn label_values(rows: &[(&str, Option<&str>, Style)]) -> String {
    let rows = rows.iter().filter_map(|&(label, value, style)| Some(Row::new([label, value?], style)));
    table(&rows.collect::<Vec<_>>())
}

/// The columns of a table.
#[derive(Debug)]
pub struct Layout {
    /// The widths of the columns that fit; the others are left out.
    widths: Vec<usize>,
    /// How wide the lines are with all columns, long cells cut.
    pub full_width: usize,
    /// Whether a cell that is wider than its column is cut.
    cuts: bool,
}

impl Layout {
    /// Columns are left out from the right until every line fits `limit`. The widest tenth of a column's cells, or the
    /// one widest, costs no other column its place: where they do not fit they are cut.
    pub fn new<'r>(rows: impl Iterator<Item = &'r Row>, limit: Option<usize>) -> Self {
        let mut columns: Vec<Vec<usize>> = Vec::new();
        for row in rows {
            columns.resize_with(columns.len().max(row.cells.len()), Vec::new);
            for (cell, widths) in row.cells.iter().zip(&mut columns) {
                widths.push(cell.width());
            }
        }
        let Some(limit) = limit else {
            let widest = |widths: &Vec<usize>| widths.iter().copied().filter(|&width| width <= WIDEST).max();
            let widths: Vec<usize> = columns.iter().map(|widths| widest(widths).unwrap_or_default()).collect();
            return Self { full_width: line_width(&widths), widths, cuts: false };
        };
        let least: Vec<usize> = columns.iter_mut().map(|widths| least_width(widths)).collect();
        let fitting =
            (1..=least.len()).rev().find(|&count| line_width(least.get(..count).unwrap_or_default()) <= limit);
        let mut widths: Vec<usize> = least.iter().copied().take(fitting.unwrap_or(1)).collect();
        let mut spare = limit.saturating_sub(line_width(&widths));
        let most = columns.iter().map(|widths| max(widths));
        let mut grown: Vec<(&mut usize, usize)> = widths.iter_mut().zip(most).collect();
        // Columns that need little come first, so that one long name does not take it all.
        grown.sort_by_key(|(width, wanted)| wanted.saturating_sub(**width));
        for (width, wanted) in grown {
            let growth = wanted.saturating_sub(*width).min(spare);
            *width = (*width + growth).min(limit);
            spare -= growth;
        }
        Self { widths, full_width: line_width(&least), cuts: true }
    }

    /// How many columns fit.
    pub const fn columns(&self) -> usize {
        self.widths.len()
    }

    /// Each row as a line, its columns two spaces apart.
    pub fn table(&self, rows: &[Row]) -> String {
        let line = |row| self.cells(row).collect::<String>();
        rows.iter().map(|row| styled(line(row).trim_end_matches(' '), row.style) + "\n").collect()
    }

    /// The cells of a row as they are shown, with the spaces after them.
    pub fn cells(&self, row: &Row) -> impl Iterator<Item = String> {
        row.cells.iter().zip(&self.widths).map(|(cell, &width)| {
            let cell = if self.cuts { cut_in_the_middle(cell, width) } else { Cow::Borrowed(&**cell) };
            format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()) + 2))
        })
    }
}

fn line_width(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + 2).sum::<usize>().saturating_sub(2)
}

fn max(widths: &[usize]) -> usize {
    widths.iter().copied().max().unwrap_or_default()
}

/// A cell of this width is never cut.
const SHORT: usize = 10;

/// The width that a column needs without its widest cells.
fn least_width(widths: &mut [usize]) -> usize {
    let short = max(widths).min(SHORT);
    let widest = widths.len().div_ceil(10);
    if widest >= widths.len() {
        return short;
    }
    let (_, rest, _) = widths.select_nth_unstable_by(widest, |one, other| other.cmp(one));
    short.max(*rest)
}

/// The text with an ellipsis for its middle, as wide as `width`, if it is wider.
pub fn cut_in_the_middle(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let end = width.saturating_sub(1) / 2;
    let mut used = 0;
    let fits = |character: &char| {
        used += character.width().unwrap_or_default();
        used <= end
    };
    let end: Vec<char> = text.chars().rev().take_while(fits).collect();
    let used: usize = end.iter().filter_map(|character| character.width()).sum();
    Cow::Owned(cut(text, width.saturating_sub(used)).chars().chain(end.into_iter().rev()).collect())
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

    fn table(rows: &[Row], limit: Option<usize>) -> String {
        Layout::new(rows.iter(), limit).table(rows)
    }

    #[test]
    fn steering_characters_are_escaped_and_others_are_not() {
        assert_eq!(escaped("a\u{1b}[31m\u{9b}\u{202e}b\n"), "a\\u{1b}[31m\\u{9b}\\u{202e}b\\u{a}");
        assert_eq!(escaped("\u{7f}"), "\\u{7f}");
        assert_eq!(escaped("caf\u{e9} \u{4f60}$(x)~"), "caf\u{e9} \u{4f60}$(x)~");
    }

    #[test]
    fn a_duration_is_rounded_up_and_has_two_units_at_most() {
        for (seconds, text) in [
            (0, "0s"),
            (45, "45s"),
            (60, "1m"),
            (61, "2m"),
            (6 * 60, "6m"),
            (3599, "1h"),
            (90 * 60, "1h30m"),
            (86_399, "1d"),
            (86_401, "1d1h"),
            (2 * 86_400, "2d"),
            (86_400 * 89 + 3600, "89d1h"),
        ] {
            assert_eq!(duration(seconds), text);
        }
    }

    #[test]
    fn an_exact_duration_has_every_unit() {
        for (seconds, text) in [(90, "1m30s"), (90 * 60 + 30, "1h30m30s"), (DAY, "1d"), (DAY + 1, "1d1s"), (0, "0s")] {
            assert_eq!(exact_duration(seconds), text);
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
        assert_eq!(table(&rows, Some(1)), "\u{2026}\na\n");
        assert_eq!(table(&rows, None), "name  kind  region\na     b     c\n");
    }

    #[test]
    fn one_long_name_is_cut_in_the_middle_and_costs_others_nothing() {
        let long = format!("{}{}", "x".repeat(30), "y".repeat(30));
        let rows = rows(&[&["name", "kind", "place"], &[&long, "b", "c"], &["a", "b", "c"]]);
        let wanted = "name                kind  place\nxxxxxxxxx\u{2026}yyyyyyyy  b     c\n".to_owned();
        assert_eq!(table(&rows, Some(31)), wanted + "a                   b     c\n");
        assert_eq!(table(&rows, Some(23)).lines().next(), Some("name        kind  place"));
        assert_eq!(table(&rows, Some(22)).lines().next(), Some("name              kind"));
        assert_eq!(table(&rows, Some(5)), "name\nxx\u{2026}yy\na\n");
        let layout = Layout::new(rows.iter(), Some(22));
        assert_eq!((layout.columns(), layout.full_width), (2, 23));
    }

    #[test]
    fn the_space_that_is_left_goes_to_those_that_need_little_first() {
        let (long, longer) = ("x".repeat(12), "y".repeat(60));
        let rows = rows(&[&["name", "role"], &[&longer, &long], &["a", "b"]]);
        let lines = table(&rows, Some(30));
        assert!(lines.lines().nth(1).is_some_and(|line| line.ends_with(&long) && line.width() == 30), "{lines}");
    }

    #[test]
    fn a_huge_cell_does_not_widen_the_lines_of_others() {
        let long = "x".repeat(100_000);
        let rows = rows(&[&["a", &long, "end"], &["a", "b", "end"]]);
        assert_eq!(table(&rows, None), format!("a  {long}  end\na  b  end\n"));
    }

    #[test]
    fn a_text_that_is_too_wide_is_cut_at_a_whole_character() {
        assert_eq!(cut_in_the_middle("\u{4f60}\u{4f60}\u{4f60}x", 6), "\u{4f60}\u{4f60}\u{2026}x");
        assert_eq!(cut_in_the_middle("abc", 0), "\u{2026}");
        assert_eq!(cut("work", 4), "work");
        assert_eq!(cut("works", 4), "wor\u{2026}");
        assert_eq!(cut("\u{4f60}\u{4f60}\u{4f60}", 4), "\u{4f60}\u{2026}");
        assert_eq!(cut("\u{4f60}\u{4f60}\u{4f60}", 1), "\u{2026}");
    }
}
