//! Writes a text as a shell takes it literally: in a script, in a message, or on a command line at Tab.

use crate::cli::Shell;

/// A quote that is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quote {
    /// None is.
    #[default]
    None,
    /// `'`
    Single,
    /// `"`
    Double,
}

impl Quote {
    /// Which quote a character is; PowerShell takes typographic ones for plain ones.
    pub fn of(character: char) -> Self {
        match character {
            '\'' | '\u{2018}'..='\u{201b}' => Self::Single,
            '"' | '\u{201c}'..='\u{201e}' => Self::Double,
            _ => Self::None,
        }
    }

    /// Which quote a text is.
    pub fn from_text(text: &str) -> Self {
        match text {
            "'" => Self::Single,
            "\"" => Self::Double,
            _ => Self::None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Single => "'",
            Self::Double => "\"",
        }
    }
}

/// Whether a name stands for itself on every shell's command line, and is no pattern.
pub fn is_plain(name: &str) -> bool {
    let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'%' | b'+' | b'-'..=b':' | b'=' | b'@' | b'_');
    name.bytes().all(is_plain)
}

impl Shell {
    /// A string that the shell takes literally.
    pub fn quoted(self, text: &str) -> String {
        match self {
            Self::Bash | Self::Zsh => format!("'{}'", text.replace('\'', r"'\''")),
            Self::Fish => format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'")),
            Self::PowerShell if text.is_ascii() => format!("'{}'", text.replace('\'', "''")),
            // Windows PowerShell takes any other letter for one of an older code page.
            Self::PowerShell => {
                let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
                format!("([Regex]::Unescape('{units}'))")
            }
        }
    }
}

/// A text as a shell takes it for one word; PowerShell wants a quote in it doubled instead.
pub fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/.:@+".contains(&byte);
    if text.bytes().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// A name as it must stand on a line of bash or zsh where `quote` is open.
pub fn escaped(name: &str, quote: Quote) -> String {
    let mut text = String::with_capacity(name.len() + 8);
    for character in name.chars() {
        match (quote, character) {
            (Quote::Single, '\'') => text.push_str(r"'\''"),
            // Within double quotes history expansion leaves a backslash standing.
            (Quote::Double, '!') => text.push_str("\"'!'\""),
            (Quote::Double, '"' | '$' | '\\' | '`') => text.extend(['\\', character]),
            (Quote::None, _) if " !\"#$&'()*,;<>?[\\]^`{|}~".contains(character) => text.extend(['\\', character]),
            _ => text.push(character),
        }
    }
    text
}

/// The same for readline, which takes a quote at either end for the one that opens or closes the word.
pub fn escaped_for_readline(name: &str, quote: Quote) -> String {
    let (mut text, mark) = (escaped(name, quote), quote.as_str());
    if quote != Quote::None && text.starts_with(mark) {
        text.insert_str(0, mark);
    }
    if quote != Quote::None && text.ends_with(mark) {
        text.push_str(mark);
    }
    text
}

/// A name as one argument of PowerShell, where typographic quotes count as plain ones.
pub fn powershell_argument(name: &str) -> String {
    let bare = name.strip_prefix("--").unwrap_or(name);
    let is_bare = bare.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && bare.chars().all(|character| character.is_ascii_alphanumeric() || "_./:@=+-".contains(character));
    if is_bare || name == "--" {
        return name.to_owned();
    }
    let mut text = String::from("'");
    for character in name.chars() {
        if Quote::of(character) == Quote::Single {
            text.push(character);
        }
        text.push(character);
    }
    text.push('\'');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_or_escaped_as_each_shell_wants() {
        let text = "a'b\\c$(x)";
        assert_eq!(Shell::Bash.quoted(text), "'a'\\''b\\c$(x)'");
        assert_eq!(Shell::Fish.quoted(text), "'a\\'b\\\\c$(x)'");
        assert_eq!(Shell::PowerShell.quoted(text), "'a''b\\c$(x)'");
        assert_eq!(Shell::PowerShell.quoted("\u{e9}\u{2019}"), "([Regex]::Unescape('\\u00e9\\u2019'))");
    }

    #[test]
    fn a_name_is_plain_if_no_shell_takes_any_of_it_for_more() {
        let plain: String = (0..=255).map(char::from).filter(|one| is_plain(&one.to_string())).collect();
        assert_eq!(plain, "%+-./0123456789:=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
    }

    #[test]
    fn bash_gets_a_name_as_the_open_quote_wants_it() {
        for (name, bare, single, double) in [
            ("team:dev@x", "team:dev@x", "team:dev@x", "team:dev@x"),
            ("my pro", r"my\ pro", "my pro", "my pro"),
            ("it's", r"it\'s", r"it'\''s", "it's"),
            ("$(x) `y` \\", r"\$\(x\)\ \`y\`\ \\", r"$(x) `y` \", r"\$(x) \`y\` \\"),
            ("aa!c", r"aa\!c", "aa!c", "aa\"'!'\"c"),
            ("~a*", r"\~a\*", "~a*", "~a*"),
            ("'a'", r"\'a\'", r"''\''a'\'''", "'a'"),
            ("!", r"\!", "!", "\"\"'!'\"\""),
            ("\u{f6} b", "\u{f6}\\ b", "\u{f6} b", "\u{f6} b"),
        ] {
            let each = [Quote::None, Quote::Single, Quote::Double].map(|quote| escaped_for_readline(name, quote));
            assert_eq!(each, [bare, single, double], "{name}");
        }
    }

    #[test]
    fn powershell_quotes_what_is_no_bare_word() {
        for (name, text) in [
            ("work", "work"),
            ("--region", "--region"),
            ("--", "--"),
            ("-dash", "'-dash'"),
            ("007", "'007'"),
            ("two words", "'two words'"),
            ("it's \u{2019}", "'it''s \u{2019}\u{2019}'"),
            ("@x", "'@x'"),
            ("\u{f6}", "'\u{f6}'"),
        ] {
            assert_eq!(powershell_argument(name), text);
        }
    }
}
