//! Reads an AWS file line by line, as Python's `RawConfigParser` does for botocore.
//!
//! [`Document`](super::document::Document), the rules about the SDKs and the excerpts of a report fold these lines.

use std::ops::Range;

// Not `memchr2`, which would first ask the processor what it can do: that takes 60 µs on a virtual machine.
use memchr::arch::all::memchr::Two;

use super::text::strip;
use crate::diagnostic::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    pub text: &'a str,
    /// `\n`, `\r\n`, a lone `\r`, or nothing at the end of the file.
    pub end: &'a str,
    /// The text without the spaces around it.
    pub content: &'a str,
    /// How many characters precede the content.
    pub indent: usize,
    pub kind: LineKind<'a>,
}

/// The texts are parts of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind<'a> {
    Empty,
    /// From its first character on.
    Comment,
    /// A section's, whose name ends at the line's last `]`; neither text is stripped.
    Header {
        name: &'a str,
        rest: &'a str,
    },
    /// A key as it is written, its sign (`=` or `:`), and the start of the value, with the spaces around it.
    Setting {
        key: &'a str,
        sign: &'a str,
        value: &'a str,
    },
    /// More of the value above: a line that is indented more than its key.
    Continuation,
    /// A sign with no key before it.
    NoKey,
    /// A line that is neither a header nor a setting. The value above may still go on.
    Junk,
    /// A setting, or any other text that is no comment, before the first header: no section can own it.
    BeforeSections,
}

impl Line<'_> {
    pub fn span(&self, part: &str) -> Span {
        Span { line: self.number, columns: Some(columns(self.text, part)) }
    }

    pub fn content_span(&self) -> Span {
        self.span(self.content)
    }

    /// The span of a header with its brackets; of the content, where it is none.
    pub fn header_span(&self) -> Span {
        match self.kind {
            LineKind::Header { name, .. } => {
                let name = columns(self.text, name);
                Span { line: self.number, columns: Some(name.start - 1..name.end + 1) }
            }
            _ => self.content_span(),
        }
    }

    pub fn indent_span(&self) -> Span {
        Span { line: self.number, columns: Some(0..columns(self.text, self.content).start) }
    }
}

pub fn columns(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

#[derive(Clone, Debug)]
pub struct Lines<'a> {
    rest: &'a str,
    number: usize,
    has_header: bool,
    /// Whether a deeper line continues the latest key's value.
    is_open: bool,
    /// The indent of the latest line that was no continuation.
    indent: usize,
}

impl<'a> Lines<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { rest: text, number: 0, has_header: false, is_open: false, indent: 0 }
    }

    fn take_line(&mut self) -> Option<(&'a str, &'a str)> {
        if self.rest.is_empty() {
            return None;
        }
        let length = Two::new(b'\n', b'\r').find(self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (text, after) = self.rest.split_at(length);
        let end = if after.starts_with("\r\n") { 2 } else { after.len().min(1) };
        let (end, rest) = after.split_at(end);
        self.rest = rest;
        Some((text, end))
    }

    fn classify(&mut self, content: &'a str, indent: usize) -> LineKind<'a> {
        match content.as_bytes().first() {
            None => return LineKind::Empty,
            Some(b'#' | b';') => return LineKind::Comment,
            Some(_) if self.is_open && indent > self.indent => return LineKind::Continuation,
            Some(_) => self.indent = indent,
        }
        if let Some((name, rest)) = split_header(content) {
            (self.has_header, self.is_open) = (true, false);
            return LineKind::Header { name, rest };
        }
        if !self.has_header {
            return LineKind::BeforeSections;
        }
        let Some((key, sign, value)) = split_setting(content) else {
            return LineKind::Junk;
        };
        self.is_open = !key.is_empty();
        if self.is_open { LineKind::Setting { key, sign, value } } else { LineKind::NoKey }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (text, end) = self.take_line()?;
        self.number += 1;
        let content = strip(text);
        let indent = text.get(..columns(text, content).start).map_or(0, |before| before.chars().count());
        let kind = self.classify(content, indent);
        Some(Line { number: self.number, text, end, content, indent, kind })
    }
}

/// The key as it is written, the sign, and what follows it on a line.
pub fn split_setting(content: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = content.split_at(Two::new(b'=', b':').find(content.as_bytes())?);
    let (sign, value) = from.split_at(1);
    Some((strip(before), sign, value))
}

fn split_header(content: &str) -> Option<(&str, &str)> {
    let inside = content.strip_prefix('[')?;
    let whole = inside.strip_suffix(']').map(|name| (name, ""));
    whole.or_else(|| inside.rsplit_once(']')).filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts_once() {
        let lines = |text| Lines::new(text).map(|line| (line.number, line.text, line.end)).collect::<Vec<_>>();
        assert_eq!(lines("a\nb\n"), [(1, "a", "\n"), (2, "b", "\n")]);
        let mixed = [(1, "a", "\r\n"), (2, "b", "\r"), (3, "c", "\n"), (4, "", "\r"), (5, "d", "")];
        assert_eq!(lines("a\r\nb\rc\n\rd"), mixed);
        assert_eq!(lines(""), []);
        assert_eq!(lines("\r"), [(1, "", "\r")]);
    }

    #[test]
    fn each_line_is_of_one_kind() {
        let text = "k=v\n[a] # c\nk = v\n  w\n\n; c\n  # c\nbare\n  x\n= v\n  l:m\n [b]\n";
        let kinds: Vec<LineKind> = Lines::new(text).map(|line| line.kind).collect();
        let setting = |key, sign, value| LineKind::Setting { key, sign, value };
        assert_eq!(
            kinds,
            [
                LineKind::BeforeSections,
                LineKind::Header { name: "a", rest: " # c" },
                setting("k", "=", " v"),
                LineKind::Continuation,
                LineKind::Empty,
                LineKind::Comment,
                LineKind::Comment,
                LineKind::Junk,
                LineKind::Continuation,
                LineKind::NoKey,
                setting("l", ":", "m"),
                LineKind::Header { name: "b", rest: "" },
            ]
        );
    }

    #[test]
    fn a_span_counts_bytes_from_the_start_of_its_line() {
        let line = Lines::new("[a]\n\u{3000}\u{e9} = v # c \n").nth(1).unwrap();
        assert_eq!(line.indent, 1);
        let LineKind::Setting { key, value, .. } = line.kind else { panic!("{line:?}") };
        let columns = |span: Span| (span.line, span.columns.unwrap());
        assert_eq!(columns(line.span(key)), (2, 3..5));
        assert_eq!(columns(line.span(strip(value))), (2, 8..13));
        assert_eq!(columns(line.indent_span()), (2, 0..3));
        assert_eq!(columns(line.content_span()), (2, 3..13));
    }
}
