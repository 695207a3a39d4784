//! Reads the headers of the config file, unquoted as Python's `shlex.split` does.

use std::borrow::Cow;

/// The first words of headers that have a meaning, in botocore's order.
pub const KEYWORDS: [&str; 3] = ["profile", "sso-session", "services"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header<'h> {
    /// botocore reads `profiles`, too, as the keyword `profile`; `written` is the word of the file.
    Named {
        keyword: &'static str,
        written: Cow<'h, str>,
        name: Cow<'h, str>,
    },
    Invalid {
        keyword: &'static str,
        why: Invalid,
    },
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// A quote or a backslash at its end is open.
    Unclosed,
    /// It has this many words, not two.
    Words(usize),
}

impl<'h> Header<'h> {
    pub fn parse(header: &'h str) -> Self {
        if header == "default" {
            return Self::Named { keyword: "profile", written: "profile".into(), name: header.into() };
        }
        // botocore asks only how the header begins, so [profiles x] is profile x too.
        let Some(keyword) = KEYWORDS.into_iter().find(|keyword| header.starts_with(keyword)) else {
            return Self::Other;
        };
        let rest = header.strip_prefix(keyword).and_then(|rest| rest.strip_prefix(' '));
        if let Some(name) = rest.filter(|name| is_plain(name)) {
            return Self::Named { keyword, written: keyword.into(), name: name.into() };
        }
        match split(header) {
            Ok([written, name]) => Self::Named { keyword, written, name },
            Err(why) => Self::Invalid { keyword, why },
        }
    }
}

/// The keyword and the name in a header such as `profile "a b"`.
fn split(header: &str) -> Result<[Cow<'_, str>; 2], Invalid> {
    // A form feed is part of a word, which Rust would end there.
    if header.contains(['\'', '"', '\\', '\x0c']) {
        two(unquote(header)?.into_iter().map(Cow::Owned))
    } else {
        two(header.split_ascii_whitespace().map(Cow::Borrowed))
    }
}

fn two<T>(mut words: impl Iterator<Item = T>) -> Result<[T; 2], Invalid> {
    match (words.next(), words.next(), words.count()) {
        (Some(first), Some(second), 0) => Ok([first, second]),
        (first, second, more) => Err(Invalid::Words(first.iter().chain(&second).count() + more)),
    }
}

/// Whether a text is one word as it stands.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\'' | b'"' | b'\\'))
}

/// Other spaces, such as a no-break space, belong to a word.
const fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn unquote(header: &str) -> Result<Vec<String>, Invalid> {
    let mut words = Vec::new();
    // A word that is only quotes is a word too, hence not an empty string for none.
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = header.chars();
    while let Some(character) = rest.next() {
        if quote.is_none() && is_separator(character) {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_default();
        match (quote, character) {
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None | Some('"'), '\\') => {
                let escaped = rest.next().ok_or(Invalid::Unclosed)?;
                if quote.is_some() && !matches!(escaped, '"' | '\\') {
                    word.push('\\');
                }
                word.push(escaped);
            }
            _ => word.push(character),
        }
    }
    words.extend(word);
    if quote.is_none() { Ok(words) } else { Err(Invalid::Unclosed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(header: &str) -> Result<String, Invalid> {
        let parsed = match Header::parse(header) {
            Header::Named { name, .. } => Some(Ok(name.into_owned())),
            Header::Invalid { why, .. } => Some(Err(why)),
            Header::Other => None,
        };
        let name = split(header).map(|[_, name]| name.into_owned());
        assert_eq!(parsed.unwrap_or_else(|| name.clone()), name);
        name
    }

    #[test]
    fn headers_are_unquoted_as_shlex_does() {
        for (header, expected) in [
            ("profile x", "x"),
            ("profile \t  x ", "x"),
            ("profile \"a b\"", "a b"),
            ("profile 'a b'", "a b"),
            ("profile \"\"", ""),
            ("profile DOM\\user", "DOMuser"),
            ("profile 'DOM\\user'", "DOM\\user"),
            (r#"profile "a\"b\\c\d""#, r#"a"b\c\d"#),
            ("profile a'b c'\"d\"", "ab cd"),
            ("profile a#b", "a#b"),
            ("profile\u{a0}y x", "x"),
            ("profile \u{3000}", "\u{3000}"),
            ("profile a\x0cb", "a\x0cb"),
            ("'profile' x", "x"),
        ] {
            assert_eq!(name(header).as_deref(), Ok(expected), "{header}");
        }
    }

    #[test]
    fn what_is_not_two_words_is_invalid() {
        for (header, refusal) in [
            ("profile", Invalid::Words(1)),
            ("profile ", Invalid::Words(1)),
            ("profile a b c", Invalid::Words(4)),
            ("profile 'a' b", Invalid::Words(3)),
            ("", Invalid::Words(0)),
            ("profile o'brien", Invalid::Unclosed),
            ("profile \"foo", Invalid::Unclosed),
            ("profile \"foo\\", Invalid::Unclosed),
            ("profile foo\\", Invalid::Unclosed),
        ] {
            assert_eq!(name(header), Err(refusal), "{header}");
        }
    }
}
