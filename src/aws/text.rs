//! Bytes to lines of text, with Python's idea of blanks and line ends.

use std::borrow::Cow;

use super::search::{find, find_control};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};

const SAVE_AS_UTF8: &str = "save the file as UTF-8 without a byte order mark";

/// The text of a file. What the AWS CLI cannot decode is replaced and told.
pub(super) fn decode<'a>(bytes: &'a [u8], problems: &mut Diagnostics) -> Cow<'a, str> {
    if let Some(text) = decode_utf16(bytes) {
        problems.error(|| {
            Diagnostic::error(
                "utf-16",
                Span::of_line(1),
                "the file is UTF-16, which the AWS CLI cannot read",
                SAVE_AS_UTF8,
            )
        });
        return Cow::Owned(text);
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        None => bytes,
        Some(rest) => {
            problems.error(|| {
                let message = "the file begins with a byte order mark, so the AWS CLI refuses it";
                Diagnostic::error("byte-order-mark", Span::of_line(1), message, SAVE_AS_UTF8)
            });
            rest
        }
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            problems.error(|| {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = 1 + Lines::new(&String::from_utf8_lossy(before)).ends();
                let message = "this is not UTF-8, so the AWS CLI refuses the whole file";
                Diagnostic::error("invalid-utf8", Span::of_line(line), message, SAVE_AS_UTF8)
            });
            String::from_utf8_lossy(bytes)
        }
    }
}

/// Windows PowerShell's `>` writes UTF-16 with a byte order mark.
fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let (from_bytes, rest): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xff, 0xfe, rest @ ..] => (u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => (u16::from_be_bytes, rest),
        _ => return None,
    };
    let units = rest.chunks_exact(2).filter_map(|pair| Some(from_bytes(pair.try_into().ok()?)));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// The lines of a file as it was read, each as it stands there, with its number from 1.
pub fn source_lines(bytes: &[u8], mut see: impl FnMut(usize, &str)) {
    // What cannot be decoded has been told when the file was scanned.
    let text = decode(bytes, &mut Diagnostics::default());
    Lines::new(&text).for_each(|line| see(line.number, line.text));
}

/// A line of a text, without its end.
pub(super) struct Line<'a> {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// How many bytes stand before it.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

/// The lines of a text, ended by `\n`, `\r\n` or a lone `\r`.
pub(super) struct Lines<'a> {
    rest: &'a str,
    /// How many have been taken.
    pub(super) number: usize,
    /// How many bytes they were.
    pub(super) start: usize,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text, number: 0, start: 0 }
    }

    /// What follows the lines that have been taken.
    pub(super) const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Goes past so many bytes, which are so many lines.
    #[inline]
    pub(super) fn pass(&mut self, bytes: usize, lines: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.start += bytes;
        self.number += lines;
    }

    /// The first line without its end, and what follows that end, if there is one.
    fn cut(&self) -> Option<(&'a str, &'a str)> {
        let bytes = self.rest.as_bytes();
        let mut from = 0;
        loop {
            let end = from + find_control(bytes.get(from..)?)?;
            let after = match bytes.get(end..)? {
                [b'\n', ..] => 1,
                [b'\r', b'\n', ..] => 2,
                [b'\r', ..] => 1,
                _ => {
                    from = end + 1;
                    continue;
                }
            };
            return Some((self.rest.get(..end)?, self.rest.get(end + after..)?));
        }
    }

    /// How many line ends there are.
    fn ends(mut self) -> usize {
        let mut ends = 0;
        while let Some((_, rest)) = self.cut() {
            self.rest = rest;
            ends += 1;
        }
        ends
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (text, rest) = match self.cut() {
            Some(cut) => cut,
            None if self.rest.is_empty() => return None,
            None => (self.rest, ""),
        };
        self.number += 1;
        let line = Line { number: self.number, start: self.start, text };
        self.start += self.rest.len() - rest.len();
        self.rest = rest;
        Some(line)
    }
}

/// Whether Python's `str.isspace` holds: Unicode's white space and four separators besides.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}

/// Python's `str.strip`.
#[inline]
pub(super) fn strip(text: &str) -> &str {
    let mut bytes = text.as_bytes();
    while let [rest @ .., b' '] = bytes {
        bytes = rest;
    }
    let end = bytes.len();
    while let [b' ', rest @ ..] = bytes {
        bytes = rest;
    }
    let text = text.get(end - bytes.len()..end).unwrap_or_default();
    match text.as_bytes() {
        // Most text needs no more than this look at both ends.
        [] => text,
        [first, ..] if first.is_ascii_graphic() && text.ends_with(|last: char| last.is_ascii_graphic()) => text,
        _ => text.trim_matches(is_blank),
    }
}

/// Python's `str.lower`.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// Whether Python's `str.splitlines` ends a line here; `\n` and `\r` never get this far.
pub(super) const fn ends_line(character: char) -> bool {
    matches!(character, '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How many characters stand before the first that is no blank.
pub(super) fn indent(line: &str) -> usize {
    if line.starts_with(|first: char| first.is_ascii_graphic()) {
        return 0;
    }
    line.chars().take_while(|&character| is_blank(character)).count()
}

/// A key and its value, parted by the first `=` or `:`.
#[inline]
pub(super) fn split_setting(text: &str) -> Option<(&str, &str)> {
    let sign = find(text.as_bytes(), [b'=', b':'])?;
    Some((text.get(..sign)?, text.get(sign + 1..)?))
}

/// The name in a header, which ends at the line's last `]`, and what follows it.
pub(super) fn split_header(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let (name, rest) = inside.strip_suffix(']').map_or_else(|| inside.rsplit_once(']'), |name| Some((name, "")))?;
    (!name.is_empty()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, &str)> {
        Lines::new(text).map(|line| (line.number, line.text)).collect()
    }

    #[test]
    fn every_line_end_counts_once() {
        assert_eq!(lines("a\nb\n"), [(1, "a"), (2, "b")]);
        assert_eq!(lines("a\r\nb\rc\n\rd"), [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
        assert_eq!(lines(""), []);
        assert_eq!(lines("\r"), [(1, "")]);
    }

    #[test]
    fn blanks_are_pythons() {
        assert_eq!(strip("\u{a0}\u{3000}\x1c\x1f\t a b\x0b\x0c\u{85}\u{2028}"), "a b");
        assert_eq!(strip("\u{200b}\u{feff}\0"), "\u{200b}\u{feff}\0");
    }

    #[test]
    fn lower_case_is_unicodes_with_the_final_sigma() {
        assert_eq!(lower("ÉΣΑΣ İ"), "éσας i\u{307}");
        assert!(matches!(lower("region"), Cow::Borrowed(_)));
    }

    fn decoded(bytes: &[u8]) -> (String, Vec<(&'static str, Option<usize>)>) {
        let mut problems = Diagnostics::default();
        let text = decode(bytes, &mut problems).into_owned();
        (text, problems.into_vec().iter().map(|problem| (problem.code, problem.line())).collect())
    }

    #[test]
    fn what_is_not_utf8_is_told_and_carried_on_with() {
        assert_eq!(decoded("é".as_bytes()), ("é".into(), vec![]));
        assert_eq!(decoded(b"\xef\xbb\xbfa"), ("a".into(), vec![("byte-order-mark", Some(1))]));
        assert_eq!(decoded(b"a\r\nb\n\xe9c\n"), ("a\r\nb\n\u{fffd}c\n".into(), vec![("invalid-utf8", Some(3))]));
        assert_eq!(decoded(b"\xff\xfea\0\n\0"), ("a\n".into(), vec![("utf-16", Some(1))]));
        assert_eq!(decoded(b"\xfe\xff\0a\xd8\0"), ("a\u{fffd}".into(), vec![("utf-16", Some(1))]));
    }
}
