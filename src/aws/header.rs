//! The header of a section in the config file, unquoted as Python's `shlex.split` does.

use std::borrow::Cow;

use super::search::find_below_or;

/// Why a header names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A quote or a backslash has nothing that ends it.
    Open,
    /// It is this many words, not two.
    Words(usize),
}

/// The keyword and the name in a header such as `profile "a b"`.
pub(super) fn split<'a>(header: &Cow<'a, str>) -> Result<(Cow<'a, str>, Cow<'a, str>), Refusal> {
    match header {
        Cow::Borrowed(header) => split_text(header),
        Cow::Owned(header) => {
            split_text(header).map(|(keyword, name)| (keyword.into_owned().into(), name.into_owned().into()))
        }
    }
}

fn split_text(header: &str) -> Result<(Cow<'_, str>, Cow<'_, str>), Refusal> {
    // Nearly every header is like this.
    if let Some(name) = header.strip_prefix("profile ")
        && !name.is_empty()
        // Blanks, quotes, and what ASCII has below them.
        && find_below_or(name.as_bytes(), b'\'' + 1, b'\\').is_none()
    {
        return Ok((Cow::Borrowed("profile"), Cow::Borrowed(name)));
    }
    if header.contains(['\'', '"', '\\']) {
        return pair(unquote(header)?.into_iter().map(Cow::Owned));
    }
    pair(header.split(is_space).filter(|word| !word.is_empty()).map(Cow::Borrowed))
}

fn pair<'a>(mut words: impl Iterator<Item = Cow<'a, str>>) -> Result<(Cow<'a, str>, Cow<'a, str>), Refusal> {
    match (words.next(), words.next(), words.next()) {
        (Some(keyword), Some(name), None) => Ok((keyword, name)),
        (Some(_), Some(_), Some(_)) => Err(Refusal::Words(3 + words.count())),
        (first, ..) => Err(Refusal::Words(usize::from(first.is_some()))),
    }
}

/// Other blanks, such as a no-break space, belong to a word.
const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn unquote(header: &str) -> Result<Vec<String>, Refusal> {
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
            '\\' => word.push(rest.next().ok_or(Refusal::Open)?),
            '\'' | '"' => quoted(&mut rest, character, word)?,
            plain => word.push(plain),
        }
    }
    words.extend(word);
    Ok(words)
}

fn quoted(rest: &mut std::str::Chars, quote: char, word: &mut String) -> Result<(), Refusal> {
    loop {
        match rest.next().ok_or(Refusal::Open)? {
            end if end == quote => return Ok(()),
            '\\' if quote == '"' => {
                let escaped = rest.next().ok_or(Refusal::Open)?;
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

    fn name(header: &str) -> Result<String, Refusal> {
        split(&Cow::Borrowed(header)).map(|(_, name)| name.into_owned())
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
            ("profile", Refusal::Words(1)),
            ("profile ", Refusal::Words(1)),
            ("profile a b c", Refusal::Words(4)),
            ("profile 'a' b", Refusal::Words(3)),
            ("", Refusal::Words(0)),
            ("profile o'brien", Refusal::Open),
            ("profile \"foo", Refusal::Open),
            ("profile \"foo\\", Refusal::Open),
            ("profile foo\\", Refusal::Open),
        ] {
            assert_eq!(name(header), Err(refusal), "{header}");
        }
    }
}
