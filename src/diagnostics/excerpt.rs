//! Shows the line of a diagnostic: secrets masked, cut to the width, with the columns of the part that is wrong. Pure.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::aws::{LineKind, Lines, MASK, is_secret, masked};
use crate::directory::SPACES;
use crate::output;

/// A word without a key may be a secret if it has at least this many characters.
const LONG: usize = 16;

/// No more bytes of a line are looked at.
const MOST: usize = 4096;

/// A file that diagnostics point into.
#[derive(Debug)]
pub struct Source<'a> {
    /// Its path, as diagnostics have it.
    pub path: &'a Path,
    text: Cow<'a, str>,
    format: Format,
}

#[derive(Debug)]
enum Format {
    /// Keys and values: an AWS file or `settings.ini`.
    Settings,
    /// A `.awsprofile`.
    DirectoryFile { is_masked: bool },
}

impl<'a> Source<'a> {
    /// A file of keys and values.
    pub fn settings(path: &'a Path, text: &'a str) -> Self {
        Self { path, text: Cow::Borrowed(text), format: Format::Settings }
    }

    /// A `.awsprofile`.
    pub fn directory_file(path: &'a Path, bytes: &'a [u8], is_masked: bool) -> Self {
        Self { path, text: String::from_utf8_lossy(bytes), format: Format::DirectoryFile { is_masked } }
    }

    /// The lines of these numbers, each without what may be a secret.
    pub fn lines(&self, wanted: &BTreeSet<usize>) -> BTreeMap<usize, SourceLine> {
        match self.format {
            Format::Settings => settings_lines(&self.text, wanted),
            Format::DirectoryFile { is_masked } => {
                let lines = self.text.split('\n').enumerate().map(|(index, line)| (index + 1, line));
                let lines = lines.filter(|(number, _)| wanted.contains(number));
                lines.map(|(number, line)| (number, SourceLine::trimmed(line, is_masked))).collect()
            }
        }
    }
}

/// A line that continues a value is as secret as that.
fn settings_lines(text: &str, wanted: &BTreeSet<usize>) -> BTreeMap<usize, SourceLine> {
    let mut lines = BTreeMap::new();
    let mut is_hidden = false;
    for line in Lines::new(text) {
        match line.kind {
            LineKind::Setting { key, .. } => is_hidden = is_secret(key),
            LineKind::Header { .. } | LineKind::NoKey => is_hidden = false,
            _ => {}
        }
        if wanted.contains(&line.number) {
            let raw = cut(line.text);
            let is_secret = is_hidden && line.kind == LineKind::Continuation;
            let shown = if is_secret { hidden(raw) } else { without_secrets(raw) };
            lines.insert(line.number, SourceLine { start: 0, raw: raw.to_owned(), shown });
        }
    }
    lines
}

fn cut(line: &str) -> &str {
    let end = (0..=MOST.min(line.len())).rev().find(|&end| line.is_char_boundary(end));
    line.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// The key of a setting; `None` of a header, a comment and anything else.
fn key(text: &str) -> Option<&str> {
    if text.starts_with(['[', '#', ';']) {
        return None;
    }
    let is_space = |c: char| c.is_whitespace() || c.is_control();
    text.split_once(['=', ':']).map(|(key, _)| key.trim_matches(is_space)).filter(|key| !key.is_empty())
}

/// The line's indentation, and a mask.
fn hidden(line: &str) -> String {
    let text = line.trim_start();
    format!("{}{MASK}", line.get(..line.len() - text.len()).unwrap_or_default())
}

/// A line without what may be a secret.
fn without_secrets(line: &str) -> String {
    if line.trim_start().starts_with('[') && line.contains(']') {
        return line.to_owned();
    }
    let known = key(line.trim_start()).filter(|key| key.len() < LONG * 2 && !key.contains(char::is_whitespace));
    match known {
        // The last four letters, which the AWS CLI shows, are of no use here.
        Some(key) if is_secret(key) => {
            let sign = line.find(['=', ':']).unwrap_or_default();
            format!("{} {MASK}", line.get(..=sign).unwrap_or_default())
        }
        Some(_) => masked("", line).into_owned(),
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

/// A line of a file, and what may be shown of it.
#[derive(Debug)]
pub struct SourceLine {
    /// How many bytes at the start of the line are not part of `raw`.
    start: usize,
    raw: String,
    shown: String,
}

impl SourceLine {
    fn trimmed(line: &str, is_masked: bool) -> Self {
        let rest = line.trim_start_matches(SPACES);
        let raw = rest.trim_end_matches(SPACES).to_owned();
        let shown = if is_masked { without_secrets(&raw) } else { raw.clone() };
        Self { start: line.len() - rest.len(), raw, shown }
    }

    /// The line without what may be a secret.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Where columns of the line are in what is shown of it: the whole text, unless both ends are beside a mask.
    pub fn shown_columns(&self, columns: Option<Range<usize>>) -> Range<usize> {
        let start = self.shown.len() - self.shown.trim_start().len();
        let whole = start..self.shown.trim_end().len().max(start);
        let ends = columns.and_then(|columns| self.shown_index(columns.start).zip(self.shown_index(columns.end)));
        ends.filter(|(start, end)| start < end).map_or(whole, |(start, end)| start..end)
    }

    /// Where an index of the line is in what is shown of it; `None` within a mask.
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
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// How many columns are before the part that is wrong.
    pub before: usize,
    /// How many columns that part has, at least one.
    pub width: usize,
}

impl Excerpt {
    /// A line that holds no secret, in at most `width` columns; `columns` is the part that is wrong, in bytes.
    pub fn new(line: &str, columns: Range<usize>, width: usize) -> Self {
        let part = |range: Range<usize>| printable(line.get(range).unwrap_or_default());
        let (before, marked, after) = (part(0..columns.start), part(columns.clone()), part(columns.end..line.len()));
        let (text, before) = fit(&format!("{before}{marked}{after}"), before.width(), width);
        let room = text.width().saturating_sub(before).max(1);
        Self { before, width: marked.width().clamp(1, room), text }
    }
}

/// The text as a terminal may print it. A tab becomes a space, as its width depends on its column.
fn printable(text: &str) -> String {
    output::escaped(&text.replace('\t', " ")).into_owned()
}

/// The part of a text around a column that fits, with `…` for what is cut.
fn fit(text: &str, at: usize, width: usize) -> (String, usize) {
    if text.width() <= width {
        return (text.to_owned(), at);
    }
    let width = width.max(8);
    // The text before the column is cut first, except for a little of it.
    let skip = if at + 8 > width { at - width / 3 } else { 0 };
    let (mut shown, mut column, mut left_out) = (String::new(), 0, 0);
    for character in text.chars() {
        let wide = character.width().unwrap_or_default();
        if column < skip {
            left_out = column + wide;
        } else if column - left_out + wide + 2 > width {
            shown.push('…');
            break;
        } else {
            shown.push(character);
        }
        column += wide;
    }
    if left_out == 0 { (shown, at) } else { (format!("…{shown}"), at - left_out + 1) }
}

#[cfg(test)]
#[path = "excerpt_tests.rs"]
mod tests;
