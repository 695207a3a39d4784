//! Shows the line of a diagnostic: secrets masked, cut to the width, with the columns of its span. Pure.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::aws::{LineKind, Lines, MASK, is_secret, split_setting, strip};
use crate::directory::parse;
use crate::output;

/// A word without a key may be a secret if it has at least this many characters.
const LONG: usize = 16;

/// A line of a file, and what may be shown of it.
#[derive(Debug)]
pub struct SourceLine {
    pub number: usize,
    /// How many bytes at the start of the line are not part of `raw`.
    start: usize,
    raw: String,
    shown: String,
}

/// The lines of these numbers of an AWS file or `settings.ini`.
pub fn settings_lines(text: &str, wanted: &BTreeSet<usize>) -> Vec<SourceLine> {
    let mut lines = Vec::new();
    let mut is_hidden = false;
    for line in Lines::new(text) {
        match line.kind {
            LineKind::Setting { key, .. } => is_hidden = is_secret(key),
            LineKind::Header { .. } | LineKind::NoKey => is_hidden = false,
            _ => {}
        }
        if wanted.contains(&line.number) {
            let indent = line.text.get(..line.text.len() - line.text.trim_start().len()).unwrap_or_default();
            // A line that continues a value is as secret as that.
            let is_secret = is_hidden && line.kind == LineKind::Continuation;
            let shown = if is_secret { format!("{indent}{MASK}") } else { without_secrets(line.text) };
            lines.push(SourceLine { number: line.number, start: 0, raw: line.text.to_owned(), shown });
        }
    }
    lines
}

/// The lines of these numbers of a `.awsprofile`.
pub fn directory_file_lines(text: &str, wanted: &BTreeSet<usize>, is_masked: bool) -> Vec<SourceLine> {
    let lines = parse::lines(text).filter(|line| wanted.contains(&line.number));
    let source_line = |line: parse::Line| {
        let shown = if is_masked { without_secrets(line.text) } else { line.text.to_owned() };
        SourceLine { number: line.number, start: line.start, raw: line.text.to_owned(), shown }
    };
    lines.map(source_line).collect()
}

/// A line without what may be a secret.
fn without_secrets(line: &str) -> String {
    let text = strip(line);
    if text.starts_with('[')
        && let Some((header, rest)) = line.split_once(']')
    {
        return format!("{header}]{}", without_secrets(rest));
    }
    let setting = split_setting(line).filter(|_| !text.starts_with(['[', '#', ';']));
    let is_key = |key: &str| !key.is_empty() && key.len() < LONG * 2 && !key.contains(char::is_whitespace);
    match setting.filter(|(key, ..)| is_key(key)) {
        // The last four letters, which the AWS CLI shows, are of no use here.
        Some((key, _, value)) if is_secret(key) && !strip(value).is_empty() => {
            format!("{} {MASK}", line.strip_suffix(value).unwrap_or_default())
        }
        Some(_) => line.to_owned(),
        // It may be a secret that lost its key or its sign.
        None => line.split_inclusive([' ', '\t', '\r']).map(stray_word).collect(),
    }
}

fn stray_word(word: &str) -> String {
    let text = word.trim_end_matches([' ', '\t', '\r']);
    let is_key = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if text.chars().count() < LONG || is_key {
        return word.to_owned();
    }
    format!("{MASK}{}", word.get(text.len()..).unwrap_or_default())
}

impl SourceLine {
    /// The line in at most `width` columns, around these bytes of it.
    pub fn excerpt(&self, columns: Option<Range<usize>>, width: usize) -> Excerpt {
        Excerpt::new(&self.shown, self.shown_columns(columns), width)
    }

    /// Converts columns of the line to columns of `shown`, where a mask may replace text. If an end of them is within a
    /// mask, the result is the whole line.
    fn shown_columns(&self, columns: Option<Range<usize>>) -> Range<usize> {
        let start = self.shown.len() - self.shown.trim_start().len();
        let whole = start..self.shown.trim_end().len().max(start);
        let ends = columns.and_then(|columns| self.shown_index(columns.start).zip(self.shown_index(columns.end)));
        ends.filter(|(start, end)| start < end).map_or(whole, |(start, end)| start..end)
    }

    /// Converts an index of the line to an index of `shown`; `None` if it is within a mask.
    fn shown_index(&self, index: usize) -> Option<usize> {
        let (raw, shown) = (self.raw.as_bytes(), self.shown.as_bytes());
        let index = index.checked_sub(self.start).filter(|&index| index <= raw.len())?;
        let before = raw.iter().zip(shown).take_while(|(raw, shown)| raw == shown).count();
        if index <= before {
            return Some(index);
        }
        let most = raw.len().min(shown.len()) - before;
        let after = raw.iter().rev().zip(shown.iter().rev()).take(most).take_while(|(raw, shown)| raw == shown).count();
        (index >= raw.len() - after).then(|| index + shown.len() - raw.len())
    }
}

/// A line as it is shown, in columns of a terminal.
#[derive(Debug)]
pub struct Excerpt {
    pub text: String,
    /// How many columns are before the span.
    pub before: usize,
    /// How many columns the span has, at least one.
    pub width: usize,
}

impl Excerpt {
    fn new(line: &str, columns: Range<usize>, width: usize) -> Self {
        let part = |range: Range<usize>| printable(line.get(range).unwrap_or_default());
        let (before, marked, after) = (part(0..columns.start), part(columns.clone()), part(columns.end..line.len()));
        let (text, before) = fit(&format!("{before}{marked}{after}"), before.width(), width.max(8));
        let room = text.width().saturating_sub(before).max(1);
        Self { before, width: marked.width().clamp(1, room), text }
    }
}

/// The text as a terminal may print it. A tab becomes a space, as its width depends on its column.
fn printable(text: &str) -> String {
    output::escaped(&text.replace('\t', " ")).into_owned()
}

/// The part of a text around a column that fits, with `…` for what is cut, and the column in it.
fn fit(text: &str, at: usize, width: usize) -> (String, usize) {
    if text.width() <= width || at + 8 <= width {
        return (output::cut(text, width).into_owned(), at);
    }
    // The text before the column is cut first, except for a little of it.
    let (mut rest, mut column) = (text.chars(), 0);
    while column < at.saturating_sub(width / 3)
        && let Some(character) = rest.next()
    {
        column += character.width().unwrap_or_default();
    }
    (format!("…{}", output::cut(rest.as_str(), width - 1)), at - column + 1)
}

#[cfg(test)]
#[path = "excerpt_tests.rs"]
mod tests;
