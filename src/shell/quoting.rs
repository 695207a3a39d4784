//! Quotes a text for a shell: in a script, in a message, or on a command line at Tab.

use super::Shell;

/// The plain quote that PowerShell takes a character for, typographic ones too.
pub const fn powershell_quote(character: char) -> Option<char> {
    match character {
        '\'' | '\u{2018}'..='\u{201b}' => Some('\''),
        '"' | '\u{201c}'..='\u{201e}' => Some('"'),
        _ => None,
    }
}

impl Shell {
    pub fn quoted(self, text: &str) -> String {
        match self {
            Self::Bash | Self::Zsh => format!("'{}'", text.replace('\'', r"'\''")),
            Self::Fish => format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'")),
            Self::PowerShell if text.is_ascii() => format!("'{}'", text.replace('\'', "''")),
            // Windows PowerShell decodes a script by the code page of the machine.
            Self::PowerShell => {
                let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
                format!("([Regex]::Unescape('{units}'))")
            }
        }
    }
}

/// One word of a command line in a message, right for every shell but for a quote within it in PowerShell.
pub fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/.:@+".contains(&byte);
    if text.bytes().all(is_plain) { text.to_owned() } else { Shell::Bash.quoted(text) }
}

/// A value for a dotenv file, if every reader takes it as it stands: docker keeps quotes and backslashes, others remove
/// them; python-dotenv expands `${x}` even in quotes; a shell that sources the file would run what follows a space.
pub fn dotenv(text: &str) -> Option<&str> {
    let is_plain = |character: char| character.is_alphanumeric() || "_-/.:@+=,%".contains(character);
    text.chars().all(is_plain).then_some(text)
}

/// Whether `!` expands the history.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum History {
    Expanded,
    Off,
}

/// A name for a command line of bash or zsh on which `quote` is open.
pub fn quoted_word(name: &str, quote: Option<char>, history: History) -> String {
    let mut text = String::new();
    for character in name.chars() {
        match (quote, character) {
            (Some('\''), '\'') => text.push_str(r"'\''"),
            // Within double quotes history expansion keeps the backslash.
            (Some('"'), '!') if history == History::Expanded => text.push_str("\"'!'\""),
            (Some('"'), '"' | '$' | '\\' | '`') => text.extend(['\\', character]),
            (None, _) if " !\"#$&'()*,;<>?[\\]^`{|}~".contains(character) => text.extend(['\\', character]),
            _ => text.push(character),
        }
    }
    text
}

/// Readline takes a quote at either end for the one that opens or closes the word, so such a quote is doubled.
pub fn readline_word(name: &str, quote: Option<char>) -> String {
    let mut text = quoted_word(name, quote, History::Expanded);
    if let Some(quote) = quote {
        if text.starts_with(quote) {
            text.insert(0, quote);
        }
        if text.ends_with(quote) {
            text.push(quote);
        }
    }
    text
}

pub fn powershell_argument(name: &str) -> String {
    let bare = name.strip_prefix("--").unwrap_or(name);
    let is_bare = bare.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && bare.chars().all(|character| character.is_ascii_alphanumeric() || "_./:@=+-".contains(character));
    if is_bare || name == "--" {
        return name.to_owned();
    }
    let mut text = String::from("'");
    for character in name.chars() {
        if powershell_quote(character) == Some('\'') {
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
            let each = [None, Some('\''), Some('"')].map(|quote| readline_word(name, quote));
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
