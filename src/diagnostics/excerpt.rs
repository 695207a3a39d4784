//! The line at fault, with the place in it, and no secret. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::aws::{LineKind, Lines, MASK, is_secret, masked};
use crate::output;

/// From this many characters on, a word that no key explains may be a secret.
const LONG: usize = 16;

/// No line is looked at further than this, in bytes.
const MOST: usize = 4096;

/// A line as it is shown: steering characters escaped, secrets masked, cut to the width.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// How many columns stand before the place at fault.
    pub before: usize,
    /// How many it takes, at least one.
    pub width: usize,
}

/// The lines that are wanted of a file, each without what may be a secret. A line that continues a value
/// is as secret as that.
pub fn lines(text: &str, wanted: &BTreeSet<usize>) -> BTreeMap<usize, String> {
    let mut lines = BTreeMap::new();
    let mut is_hidden = false;
    for line in Lines::new(text) {
        match line.kind {
            LineKind::Setting { key, .. } => is_hidden = is_secret(key),
            LineKind::Header { .. } | LineKind::NoKey => is_hidden = false,
            _ => {}
        }
        if wanted.contains(&line.number) {
            let text = cut(line.text);
            let is_secret = is_hidden && line.kind == LineKind::Continuation;
            lines.insert(line.number, if is_secret { hidden(text) } else { without_secrets(text) });
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
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    text.split_once(['=', ':']).map(|(key, _)| key.trim_matches(is_blank)).filter(|key| !key.is_empty())
}

/// The line with nothing but its blanks left.
fn hidden(line: &str) -> String {
    let text = line.trim_start();
    format!("{}{MASK}", line.get(..line.len() - text.len()).unwrap_or_default())
}

/// A line without what may be a secret.
pub fn without_secrets(line: &str) -> String {
    if line.trim_start().starts_with('[') && line.contains(']') {
        return line.to_owned();
    }
    let known = key(line.trim_start()).filter(|key| key.len() < LONG * 2 && !key.contains(char::is_whitespace));
    match known {
        // With the mask as the whole value: four letters of it are of no use here.
        Some(key) if is_secret(key) => {
            let sign = line.find(['=', ':']).unwrap_or_default();
            format!("{} {MASK}", line.get(..=sign).unwrap_or_default())
        }
        Some(_) => masked("", line).into_owned(),
        // A stray line may be a secret that lost its key, or its sign.
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

/// Where a comment begins that is part of a value: at the first `#` or `;` after a blank.
fn comment_at(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let pair = bytes.windows(2).position(|pair| matches!(pair, [b' ' | b'\t', b'#' | b';']))?;
    Some(pair + 1)
}

/// Which part of its line a fault lies in, by its code: the header, the key, the value, a comment.
fn place(code: &str, line: &str) -> Range<usize> {
    let start = line.len() - line.trim_start().len();
    let whole = start..line.trim_end().len().max(start);
    let value = || {
        let sign = line.find(['=', ':'])?;
        let rest = line.get(sign + 1..)?;
        let from = sign + 1 + (rest.len() - rest.trim_start().len());
        (from < whole.end).then_some(from..whole.end)
    };
    let found = match code {
        "inline-comment" => comment_at(line).map(|at| at..whole.end),
        "folder-invalid" => line.find('\r').map(|at| at..at + 1),
        "colon-for-equals" => line.find(':').map(|at| at..at + 1),
        "indented-key" | "indented-comment" | "continued-value" if start > 0 => Some(0..start),
        "duplicate-key" | "key-case" => {
            line.find(['=', ':']).map(|sign| start..line.get(..sign).map_or(sign, |key| key.trim_end().len()))
        }
        "text-after-header" | "comment-touches-header" => line.rfind(']').map(|end| end + 1..whole.end),
        code if code.starts_with("source-profile") || code.starts_with("sso-session") || code.ends_with("-unknown") => {
            value()
        }
        _ if line.trim_start().starts_with('[') => line.rfind(']').map(|end| start..end + 1),
        _ => None,
    };
    found.filter(|found| found.start < found.end && found.end <= line.len()).unwrap_or(whole)
}

impl Excerpt {
    /// A line that holds no secret, in at most `width` columns.
    pub fn new(code: &str, line: &str, width: usize) -> Self {
        let place = place(code, line);
        let part = |range: Range<usize>| columns(line.get(range).unwrap_or_default());
        let (before, marked, after) = (part(0..place.start), part(place.clone()), part(place.end..line.len()));
        let at = before.width();
        let (text, at) = fit(&format!("{before}{marked}{after}"), at, width);
        let room = text.width().saturating_sub(at).max(1);
        Self { before: at, width: marked.width().clamp(1, room), text }
    }
}

/// The text as it is shown: a tab is a blank, as its width depends on where it stands.
fn columns(text: &str) -> String {
    output::escaped(&text.replace('\t', " ")).into_owned()
}

/// The part of a text around a column that fits, with `…` for what is cut.
fn fit(text: &str, at: usize, width: usize) -> (String, usize) {
    if text.width() <= width {
        return (text.to_owned(), at);
    }
    let width = width.max(8);
    // What stands before the place gives way first, but for a little.
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
