//! The value of a setting: text, or settings of its own one level down.

use std::borrow::Cow;

use super::repeats::keep_last;
use super::text::{ends_line, strip};

/// What a key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text; further lines follow after a `\n`.
    Text(Cow<'a, str>),
    /// Settings one level down, such as those of `s3 =`, in the file's order.
    Nested(Box<[Child<'a>]>),
}

impl Value<'_> {
    /// The text, if it is no nested value.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nested(_) => None,
        }
    }

    pub(super) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Text(text) => Value::Text(owned(text)),
            Self::Nested(children) => Value::Nested(children.into_iter().map(Child::into_owned).collect()),
        }
    }
}

/// One setting of a nested value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child<'a> {
    /// Its key, in the case in which it was written.
    pub key: Cow<'a, str>,
    /// Its value.
    pub value: Cow<'a, str>,
    /// Its line, counted from 1.
    pub line: usize,
}

impl Child<'_> {
    fn into_owned(self) -> Child<'static> {
        Child { key: owned(self.key), value: owned(self.value), line: self.line }
    }
}

pub(super) fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// A further line of a value.
pub(super) struct Piece<'a> {
    pub(super) line: usize,
    /// How many blank lines stand before it, comments not counted.
    pub(super) blanks: usize,
    /// The line without the blanks around it; never empty.
    pub(super) text: &'a str,
}

/// Puts a value together from its first line and those that continue it.
/// `bad` is told the line of each nested setting that has no `=`.
pub(super) fn assemble<'a>(first: &'a str, more: &[Piece<'a>], bad: impl FnMut(usize)) -> Value<'a> {
    if more.is_empty() {
        Value::Text(Cow::Borrowed(first))
    } else if first.is_empty() {
        Value::Nested(nested(more, bad).into())
    } else {
        Value::Text(Cow::Owned(joined(first, more)))
    }
}

fn joined(first: &str, more: &[Piece]) -> String {
    let mut text = first.to_owned();
    for piece in more {
        text.extend(std::iter::repeat_n('\n', piece.blanks + 1));
        text.push_str(piece.text);
    }
    text
}

fn nested<'a>(more: &[Piece<'a>], mut bad: impl FnMut(usize)) -> Vec<Child<'a>> {
    let mut children = Vec::new();
    for piece in more {
        for part in piece.text.split(ends_line).map(strip).filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some((key, value)) => {
                    let (key, value) = (Cow::Borrowed(strip(key)), Cow::Borrowed(strip(value)));
                    children.push(Child { key, value, line: piece.line });
                }
                None => bad(piece.line),
            }
        }
    }
    keep_last(&mut children, |child| &child.key, |_, _| ());
    children
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(line: usize, blanks: usize, text: &str) -> Piece<'_> {
        Piece { line, blanks, text }
    }

    fn pairs(more: &[Piece]) -> (Vec<(String, String, usize)>, Vec<usize>) {
        let mut bad = Vec::new();
        let children = nested(more, |line| bad.push(line));
        let pairs = children.into_iter().map(|c| (c.key.into_owned(), c.value.into_owned(), c.line)).collect();
        (pairs, bad)
    }

    #[test]
    fn blank_lines_inside_a_value_are_kept() {
        let value = assemble("a", &[piece(4, 2, "b")], |_| ());
        assert_eq!(value.text(), Some("a\n\n\nb"));
    }

    #[test]
    fn a_nested_line_is_cut_wherever_python_ends_lines() {
        let (pairs, bad) = pairs(&[piece(2, 0, "a = b\u{2028}c:d\x0cE==f"), piece(3, 1, "a = z")]);
        let expected = [("a", "z", 3), ("E", "=f", 2)].map(|(k, v, line)| (k.into(), v.into(), line));
        assert_eq!(pairs, expected);
        assert_eq!(bad, [2]);
    }

    #[test]
    fn the_last_of_many_children_wins_too() {
        let keys: Vec<String> = (0..100).map(|number| format!("k{number} = 1")).collect();
        let mut more: Vec<Piece> = keys.iter().map(|key| piece(1, 0, key)).collect();
        more.push(piece(2, 0, "k3 = 2"));
        more.push(piece(3, 0, "k77 = 2"));
        let (pairs, _) = pairs(&more);
        assert_eq!(pairs.len(), 100);
        assert_eq!((pairs[3].2, pairs[77].2), (2, 3));
    }
}
