//! Handles spaces and letter case as Python does.

use std::borrow::Cow;

/// Python's `str.isspace`: Unicode's white space and four separators.
pub fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}

/// Python's `str.strip`.
pub fn strip(text: &str) -> &str {
    let text = text.trim_ascii();
    // For nearly every text it is enough to check both ends, which saves an eighth of `list --names`.
    let is_graphic = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if is_graphic(text.as_bytes().first()) && is_graphic(text.as_bytes().last()) {
        return text;
    }
    text.trim_matches(is_space)
}

/// Python's `str.lower`.
pub fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// The line ends of Python's `str.splitlines` that are within one of `Lines`.
pub const fn ends_line(character: char) -> bool {
    matches!(character, '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_pythons() {
        assert_eq!(strip("\u{a0}\u{3000}\x1c\x1f\t a b\x0b\x0c\u{85}\u{2028}"), "a b");
        assert_eq!(strip("\u{200b}\u{feff}\0"), "\u{200b}\u{feff}\0");
    }

    #[test]
    fn lower_case_is_unicodes_with_the_final_sigma() {
        assert_eq!(lower("ÉΣΑΣ İ"), "éσας i\u{307}");
        assert!(matches!(lower("region"), Cow::Borrowed(_)));
    }
}
