//! The value of a setting: text, or settings of its own one level down.

use std::borrow::Cow;
use std::iter;

use indexmap::IndexMap;

use super::text::{ends_line, strip};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Its further lines follow after a `\n`.
    Text(Cow<'a, str>),
    /// Settings one level down, such as those of `s3 =`, in the file's order.
    Nested(Box<[Child<'a>]>),
}

impl Value<'_> {
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nested(_) => None,
        }
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Nested(children) => children.is_empty(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Child<'a> {
    /// In the letter case in which it was written.
    pub key: &'a str,
    pub value: &'a str,
    pub line: usize,
}

/// A further line of a value.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    pub line: usize,
    /// How many empty lines come before it, comments not counted.
    pub empty_lines: usize,
    /// The line without the spaces around it; never empty.
    pub text: &'a str,
}

pub fn joined<'a>(first: &str, more: &[Piece]) -> Value<'a> {
    let mut text = first.to_owned();
    for piece in more {
        text.extend(iter::repeat_n('\n', piece.empty_lines + 1));
        text.push_str(piece.text);
    }
    Value::Text(Cow::Owned(text))
}

/// The value of a key that has settings of its own. `bad` is called with the line of each that has no `=`.
pub fn nested<'a>(more: &[Piece<'a>], mut bad: impl FnMut(usize)) -> Value<'a> {
    let mut children = IndexMap::new();
    for piece in more {
        for part in piece.text.split(ends_line).map(strip).filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some((key, value)) => {
                    let child = Child { key: strip(key), value: strip(value), line: piece.line };
                    children.insert(child.key, child);
                }
                None => bad(piece.line),
            }
        }
    }
    Value::Nested(children.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(line: usize, empty_lines: usize, text: &str) -> Piece<'_> {
        Piece { line, empty_lines, text }
    }

    fn pairs<'a>(more: &[Piece<'a>]) -> (Vec<(&'a str, &'a str, usize)>, Vec<usize>) {
        let mut bad = Vec::new();
        let Value::Nested(children) = nested(more, |line| bad.push(line)) else { panic!() };
        (children.iter().map(|child| (child.key, child.value, child.line)).collect(), bad)
    }

    #[test]
    fn empty_lines_inside_a_value_are_part_of_it() {
        assert_eq!(joined("a", &[piece(4, 2, "b")]).text(), Some("a\n\n\nb"));
    }

    #[test]
    fn a_nested_line_is_cut_wherever_python_ends_lines() {
        let (pairs, bad) = pairs(&[piece(2, 0, "a = b\u{2028}c:d\x0cE==f"), piece(3, 1, "a = z")]);
        assert_eq!(pairs, [("a", "z", 3), ("E", "=f", 2)]);
        assert_eq!(bad, [2]);
    }

    #[test]
    fn the_last_of_many_children_counts() {
        let keys: Vec<String> = (0..100).map(|number| format!("k{number} = 1")).collect();
        let mut more: Vec<Piece> = keys.iter().map(|key| piece(1, 0, key)).collect();
        more.push(piece(2, 0, "k3 = 2"));
        more.push(piece(3, 0, "k77 = 2"));
        let (pairs, _) = pairs(&more);
        assert_eq!(pairs.len(), 100);
        assert_eq!((pairs[3].2, pairs[77].2), (2, 3));
    }
}
