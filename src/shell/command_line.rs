//! Parses the command line at a press of Tab as its shell does: unquoted words, and the quote that is open.

use super::Shell;
use super::quoting::powershell_quote;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct CommandLine {
    /// The words after `aws-switch` and before the one at the cursor.
    pub before: Vec<String>,
    /// The start of the word at the cursor.
    pub typed: String,
    /// The quote that is open at the cursor: `'` or `"`.
    pub quote: Option<char>,
    /// How many bytes of `typed` readline keeps: it replaces only what follows a word break.
    pub cut: usize,
}

impl CommandLine {
    /// bash and PowerShell send the line itself, zsh and fish its words without `aws-switch`. `word_breaks` are
    /// readline's, `quote` is the one that zsh knows to be open. It is `None` where readline could not complete the word.
    pub fn parse(shell: Shell, words: &[String], word_breaks: &str, quote: &str) -> Option<Self> {
        let (last, first) = words.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
        match shell {
            Shell::Bash => parse_bash(last, word_breaks),
            Shell::PowerShell => Some(parse_powershell(last)),
            Shell::Zsh => {
                // zsh names an open backquote too, which needs no quoting of ours.
                let quote = quote.chars().next().filter(|quote| matches!(quote, '\'' | '"'));
                Some(Self { before: first.to_vec(), typed: last.to_owned(), quote, cut: 0 })
            }
            Shell::Fish => Some(Self { before: first.to_vec(), typed: unquote_fish(last), ..Self::default() }),
        }
    }
}

#[derive(Debug, Default)]
struct Splitter {
    done: Vec<String>,
    word: String,
    /// True for an empty word between quotes, too.
    is_begun: bool,
}

impl Splitter {
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if std::mem::take(&mut self.is_begun) {
            self.done.push(word);
        }
    }

    /// The words between the command's name and the last one.
    fn into_line(self, quote: Option<char>, cut: usize) -> CommandLine {
        CommandLine { before: self.done.into_iter().skip(1).collect(), typed: self.word, quote, cut }
    }
}

fn parse_bash(line: &str, word_breaks: &str) -> Option<CommandLine> {
    let mut splitter = Splitter::default();
    let (mut quote, mut cut, mut is_quoted_inside) = (None, 0, false);
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        match (quote, character) {
            (None, ' ' | '\t') => {
                splitter.end_word();
                cut = 0;
                continue;
            }
            (None, '\'' | '"') => {
                quote = Some(character);
                is_quoted_inside = splitter.is_begun;
            }
            (Some(open), _) if open == character => quote = None,
            (None, '\\') => splitter.word.extend(rest.next()),
            (Some('"'), '\\') => {
                let escaped = rest.next();
                if escaped.is_some_and(|escaped| !"$`\"\\".contains(escaped)) {
                    splitter.word.push('\\');
                }
                splitter.word.extend(escaped);
            }
            (None, _) if word_breaks.contains(character) => {
                // Readline completes what follows the character, or what begins with it if it is an @.
                let start = splitter.word.len();
                splitter.word.push(character);
                cut = if character == '@' { start } else { splitter.word.len() };
            }
            _ => splitter.word.push(character),
        }
        splitter.is_begun = true;
    }
    // Readline would not put back a quote that opens within the word.
    (quote.is_none() || !is_quoted_inside).then(|| splitter.into_line(quote, cut))
}

/// The token may end within a quote or with a backslash.
fn unquote_fish(token: &str) -> String {
    let mut word = String::new();
    let mut quote = None;
    let mut rest = token.chars();
    while let Some(character) = rest.next() {
        match (quote, character) {
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (_, '\\') => {
                let escaped = rest.next();
                let is_escape = escaped.is_none_or(|escaped| match quote {
                    None => true,
                    Some('"') => "\"$\\".contains(escaped),
                    Some(_) => "'\\".contains(escaped),
                });
                if !is_escape {
                    word.push('\\');
                }
                word.extend(escaped);
            }
            _ => word.push(character),
        }
    }
    word
}

fn parse_powershell(line: &str) -> CommandLine {
    let mut splitter = Splitter::default();
    let mut quote = None;
    let mut rest = line.chars().peekable();
    while let Some(character) = rest.next() {
        match (quote, powershell_quote(character)) {
            (None, None) if character.is_whitespace() => {
                splitter.end_word();
                continue;
            }
            (None | Some('"'), None) if character == '`' => splitter.word.extend(rest.next()),
            (None, Some(opening)) => quote = Some(opening),
            (Some(open), Some(closing)) if open == closing => {
                // A doubled quote is one character of the word.
                match rest.next_if(|&next| powershell_quote(next) == quote) {
                    Some(doubled) => splitter.word.push(doubled),
                    None => quote = None,
                }
            }
            _ => splitter.word.push(character),
        }
        splitter.is_begun = true;
    }
    splitter.into_line(quote, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Readline's own, as a usual bash has them.
    const BREAKS: &str = " \t\n\"'><=;|&(:";

    fn bash(line: &str, breaks: &str) -> Option<(Vec<String>, String, Option<char>, usize)> {
        let line = CommandLine::parse(Shell::Bash, &[line.to_owned()], breaks, "")?;
        Some((line.before, line.typed, line.quote, line.cut))
    }

    fn typed(shell: Shell, word: &str) -> String {
        CommandLine::parse(shell, &[word.to_owned()], "", "").unwrap().typed
    }

    #[test]
    fn bash_words_are_unquoted_and_the_last_is_what_is_typed() {
        for (line, before, last, quote) in [
            ("aws-switch ", &[][..], "", None),
            ("aws-switch", &[], "aws-switch", None),
            ("aws-switch  use\t--  a", &["use", "--"], "a", None),
            (r"aws-switch a\ b c", &["a b"], "c", None),
            (r"aws-switch a\ b", &[], "a b", None),
            (r"aws-switch 'a\b' c", &[r"a\b"], "c", None),
            (r#"aws-switch "a\b\"\$" c"#, &[r#"a\b"$"#], "c", None),
            ("aws-switch '' c", &[""], "c", None),
            ("aws-switch a'b c'd e", &["ab cd"], "e", None),
            ("aws-switch 'my pro", &[], "my pro", Some('\'')),
            ("aws-switch \"it's", &[], "it's", Some('"')),
            ("aws-switch '", &[], "", Some('\'')),
            // A backslash at the end quotes nothing yet.
            (r"aws-switch aa\", &[], "aa", None),
            (r#"aws-switch "aa\"#, &[], "aa", Some('"')),
            ("aws-switch $(touch x) `y", &["$(touch", "x)"], "`y", None),
            ("aws-switch \u{f6}\u{1f600}", &[], "\u{f6}\u{1f600}", None),
        ] {
            let before: Vec<String> = before.iter().map(ToString::to_string).collect();
            assert_eq!(bash(line, ""), Some((before, last.to_owned(), quote, 0)), "{line}");
        }
    }

    #[test]
    fn bash_completes_no_word_that_a_quote_opens_within() {
        assert_eq!(bash("aws-switch a'b", BREAKS), None);
        assert_eq!(bash("aws-switch 'a'\"b", BREAKS), None);
        assert!(bash("aws-switch a'b'c", BREAKS).is_some());
    }

    #[test]
    fn readline_keeps_what_precedes_its_last_word_break() {
        let at = format!("{BREAKS}@");
        for (word, breaks, cut_off) in [
            ("team:de", BREAKS, "team:"),
            ("a=b:c", BREAKS, "a=b:"),
            ("team:de", " \t\n", ""),
            ("me@corp", &at, "me"),
            ("me@co:rp", &at, "me@co:"),
            ("a:b@c", &at, "a:b"),
            (r"a\:b", BREAKS, ""),
            ("'a:b", BREAKS, ""),
            (r"my\ pro:x", BREAKS, "my pro:"),
        ] {
            let (_, typed, _, cut) = bash(&format!("aws-switch {word}"), breaks).unwrap();
            assert_eq!(&typed[..cut], cut_off, "{word}");
        }
    }

    #[test]
    fn a_token_of_fish_is_unquoted_as_far_as_it_goes() {
        for (token, word) in [
            ("team:d", "team:d"),
            (r"a\ b\$c", "a b$c"),
            (r"a\\", r"a\"),
            (r"a\", "a"),
            (r"'a\b\'c\\", r"a\b'c\"),
            (r"'a\", "a"),
            (r#""a\b\"c\$d"#, r#"a\b"c$d"#),
            (r#"'a'"b"c"#, "abc"),
            ("$x", "$x"),
        ] {
            assert_eq!(typed(Shell::Fish, token), word, "{token}");
        }
    }

    #[test]
    fn a_line_of_powershell_is_unquoted_with_typographic_quotes_too() {
        for (line, before, last) in [
            ("aws-switch wo", &[][..], "wo"),
            ("aws-switch use -- -", &["use", "--"], "-"),
            ("aws-switch two` w", &[], "two w"),
            ("aws-switch 'two w", &[], "two w"),
            ("aws-switch 'two w'", &[], "two w"),
            ("aws-switch \"two `\"w", &[], "two \"w"),
            ("aws-switch 'it''s' x", &["it's"], "x"),
            ("aws-switch \u{2018}a\u{2019}\u{2019}b\u{201b} c", &["a\u{2019}b"], "c"),
            ("aws-switch \u{201c}a b\u{201d}", &[], "a b"),
            ("aws-switch 'a`", &[], "a`"),
            ("aws-switch a`", &[], "a"),
            ("aws-switch --region=eu", &[], "--region=eu"),
            ("aws-switch $x", &[], "$x"),
            ("aws-switch a,b '' c", &["a,b", ""], "c"),
        ] {
            let read = CommandLine::parse(Shell::PowerShell, &[line.to_owned()], "", "").unwrap();
            assert_eq!(
                (read.before, read.typed.as_str()),
                (before.iter().map(ToString::to_string).collect(), last),
                "{line}"
            );
        }
    }

    #[test]
    fn the_words_of_zsh_are_unquoted_already() {
        let words = ["use", "--", r"my\ pro"].map(str::to_owned);
        let line = CommandLine::parse(Shell::Zsh, &words, "", "\"").unwrap();
        assert_eq!((line.before, line.typed.as_str()), (vec!["use".to_owned(), "--".to_owned()], r"my\ pro"));
        assert_eq!(line.quote, Some('"'));
        assert_eq!(CommandLine::parse(Shell::Zsh, &[], "", ""), Some(CommandLine::default()));
    }
}
