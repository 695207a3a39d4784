//! What a header of the config file names, unquoted as Python's `shlex.split` does.

use std::borrow::Cow;

/// What a header may begin with to name something, in botocore's order.
pub const KEYWORDS: [&str; 3] = ["profile", "sso-session", "services"];

/// What a header of the config file is to botocore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header<'a> {
    /// One of the keywords as it is meant, as it is written, and the name.
    Named { keyword: &'static str, written: Cow<'a, str>, name: Cow<'a, str> },
    /// It begins like one of the keywords, and names nothing.
    Invalid { keyword: &'static str, why: Invalid },
    /// It has no meaning.
    Other,
}

/// Why a header names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// A quote or a backslash has nothing that ends it.
    Unclosed,
    /// It is this many words, not two.
    Words(usize),
}

impl<'a> Header<'a> {
    /// Reads what stands between the brackets.
    pub fn parse(header: &'a str) -> Self {
        if header == "default" {
            return Self::Named { keyword: "profile", written: "profile".into(), name: header.into() };
        }
        // botocore asks only how the header begins, so [profiles x] is profile x too.
        let Some(keyword) = KEYWORDS.into_iter().find(|keyword| header.starts_with(keyword)) else {
            return Self::Other;
        };
        match split(header) {
            Ok((written, name)) => Self::Named { keyword, written, name },
            Err(why) => Self::Invalid { keyword, why },
        }
    }
}

/// The keyword and the name in a header such as `profile "a b"`.
fn split(header: &str) -> Result<(Cow<'_, str>, Cow<'_, str>), Invalid> {
    let is_special = |byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'\'' | b'"' | b'\\');
    if let Some((keyword, name)) = header.split_once(' ')
        && !name.is_empty()
        && !keyword.bytes().chain(name.bytes()).any(is_special)
    {
        // As nearly every header is; with 10,000 of them the rest of this takes a tenth of `list --names`.
        return Ok((keyword.into(), name.into()));
    }
    if header.contains(['\'', '"', '\\']) {
        return pair(unquote(header)?.into_iter().map(Cow::Owned));
    }
    pair(header.split(is_space).filter(|word| !word.is_empty()).map(Cow::Borrowed))
}

fn pair<'a>(mut words: impl Iterator<Item = Cow<'a, str>>) -> Result<(Cow<'a, str>, Cow<'a, str>), Invalid> {
    match (words.next(), words.next(), words.next()) {
        (Some(keyword), Some(name), None) => Ok((keyword, name)),
        (Some(_), Some(_), Some(_)) => Err(Invalid::Words(3 + words.count())),
        (first, ..) => Err(Invalid::Words(usize::from(first.is_some()))),
    }
}

/// Other spaces, such as a no-break space, belong to a word.
const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn unquote(header: &str) -> Result<Vec<String>, Invalid> {
    let mut words = Vec::new();
    // A word that is only quotes is a word too, hence not an empty string for none.
    let mut word: Option<String> = None;
    let mut rest = header.chars();
    while let Some(character) = rest.next() {
        if is_space(character) {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_default();
        match character {
            '\\' => word.push(rest.next().ok_or(Invalid::Unclosed)?),
            '\'' | '"' => quoted(&mut rest, character, word)?,
            plain => word.push(plain),
        }
    }
    words.extend(word);
    Ok(words)
}

fn quoted(rest: &mut std::str::Chars, quote: char, word: &mut String) -> Result<(), Invalid> {
    loop {
        match rest.next().ok_or(Invalid::Unclosed)? {
            end if end == quote => return Ok(()),
            '\\' if quote == '"' => {
                let escaped = rest.next().ok_or(Invalid::Unclosed)?;
                if !matches!(escaped, '"' | '\\') {
                    word.push('\\');
                }
                word.push(escaped);
            }
            plain => word.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(header: &str) -> Result<String, Invalid> {
        split(header).map(|(_, name)| name.into_owned())
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
            ("'profile' x", "x"),
        ] {
            assert_eq!(name(header).as_deref(), Ok(expected), "{header}");
        }
    }

    #[test]
    fn what_is_not_two_words_is_refused() {
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
