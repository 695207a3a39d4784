//! `aws-switch __complete`: answers a press of Tab with lines that the shell's script takes as they are.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::iter;

use unicode_width::UnicodeWidthStr;

use super::candidates::{Candidate, Completion, completion};
use super::{hook, print};
use crate::cli::{Shell, Tab};
use crate::context::Context;
use crate::error::Error;
use crate::output;
use crate::shell::{CommandLine, Quote, escaped, escaped_for_readline, is_plain, powershell_argument};
use crate::switching::reply;

/// How many candidates are described at most: nobody reads more, and every shell would be slow with them.
const DESCRIBED: usize = 1000;

/// Prints what may stand at the cursor.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(context: &Context, tab: &Tab) -> Result<(), Error> {
    hook::limit_time();
    let words: Vec<String> = tab.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let (line, completion) = match CommandLine::parse(tab.shell, &words, &tab.word_breaks, &tab.quote) {
        Some(line) => {
            let before: Vec<&str> = line.before.iter().map(String::as_str).collect();
            let completion = completion(context, &before, &line.typed);
            (line, completion)
        }
        None => (CommandLine::default(), Completion::Words(Vec::new())),
    };
    let mut text = format!("aws-switch {} ", reply::PROTOCOL);
    match completion {
        Completion::Words(candidates) => render(tab.shell, &line, candidates, &mut text),
        Completion::Files => text.push_str("files\n"),
        Completion::Directories => text.push_str("directories\n"),
        Completion::Command => text.push_str("command\n"),
    }
    print(&text)
}

/// Adds the candidates that match, as the shell's script takes them.
fn render(shell: Shell, line: &CommandLine, mut candidates: Vec<Candidate>, text: &mut String) {
    let lower = line.typed.to_lowercase();
    let contains_typed = |value: &str| lower.is_empty() || contains_lowercase(value, &lower);
    candidates.retain(|candidate| {
        let value = candidate.value();
        let matches = match shell {
            Shell::Bash | Shell::PowerShell => value.starts_with(&line.typed),
            Shell::Fish => contains_typed(value),
            // zsh matches by itself, as its user has letters match.
            Shell::Zsh => true,
        };
        matches && !value.is_empty() && (is_plain(value) || !value.contains(output::is_steering))
    });
    text.push_str("words");
    if shell == Shell::Zsh {
        let _ = write!(text, " {}", candidates.len());
    }
    text.push('\n');
    let described = if shell == Shell::Bash { 0 } else { move_described_first(&mut candidates, contains_typed) };
    for (index, candidate) in candidates.iter().enumerate() {
        let description = || if index < described { candidate.description() } else { "".into() };
        push_candidate(shell, line, candidate.value(), description, text);
    }
    if shell == Shell::Zsh {
        push_columns(candidates.get(..described).unwrap_or_default(), text);
    }
}

/// Adds one candidate's line.
fn push_candidate<'d>(
    shell: Shell,
    line: &CommandLine,
    value: &str,
    description: impl Fn() -> Cow<'d, str>,
    text: &mut String,
) {
    match shell {
        Shell::Bash => {
            let value = value.get(line.cut..).unwrap_or_default();
            if value.is_empty() {
                // The script would drop an empty line.
                text.push_str("''");
            } else if is_plain(value) {
                text.push_str(value);
            } else {
                text.push_str(&escaped_for_readline(value, line.quote));
            }
        }
        Shell::Zsh if line.quote != Quote::None => text.push_str(&escaped(value, line.quote)),
        Shell::Zsh => text.push_str(value),
        Shell::Fish => {
            text.push_str(value);
            let description = description();
            if !description.is_empty() {
                text.push('\t');
                text.push_str(&output::escaped(&description));
            }
        }
        Shell::PowerShell => {
            // It takes no candidate without a description.
            let description = description();
            let description = if description.is_empty() { value.into() } else { output::escaped(&description) };
            let _ = write!(text, "{}\t{value}\t{description}", powershell_argument(value));
        }
    }
    text.push('\n');
}

/// How many of the candidates are to be described. Where they are too many, those that contain what is typed come
/// first, and are the ones, unless they are too many themselves.
fn move_described_first(candidates: &mut [Candidate], contains_typed: impl Fn(&str) -> bool) -> usize {
    if candidates.len() <= DESCRIBED {
        return candidates.len();
    }
    let count = candidates.iter().filter(|candidate| contains_typed(candidate.value())).count();
    if count > DESCRIBED {
        return 0;
    }
    candidates.sort_by_cached_key(|candidate| !contains_typed(candidate.value()));
    count
}

/// Whether a value contains this text in lower case, whatever its own case.
fn contains_lowercase(value: &str, lower: &str) -> bool {
    if value.is_ascii() {
        // Spares a copy of nearly every name.
        return value.as_bytes().windows(lower.len()).any(|part| part.eq_ignore_ascii_case(lower.as_bytes()));
    }
    value.to_lowercase().contains(lower)
}

/// Adds what a list shows for each candidate, in columns.
fn push_columns(candidates: &[Candidate], text: &mut String) {
    let widths = candidates.iter().map(|candidate| candidate.value().width());
    let widest = widths.filter(|&width| width <= output::WIDEST).max().unwrap_or_default();
    for candidate in candidates {
        text.push_str(candidate.value());
        text.extend(iter::repeat_n(' ', widest.saturating_sub(candidate.value().width())));
        text.push_str("  -- ");
        text.push_str(&output::escaped(&candidate.description()));
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_found_in_a_name_whatever_the_case() {
        for (value, typed, has) in [
            ("Team-PROD", "m-prod", true),
            ("Team-PROD", "prod-", false),
            ("a", "ab", false),
            ("a", "\u{e9}", false),
            ("\u{c9}T\u{c9}-Prod", "\u{e9}-p", true),
        ] {
            assert_eq!(contains_lowercase(value, typed), has, "{typed} in {value}");
        }
    }
}
