//! `aws-switch __complete`: answers a press of Tab with lines that the shell's script takes unchanged.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::candidates::{Candidate, Completion, completion};
use super::{hook, print};
use crate::cli::Tab;
use crate::context::Context;
use crate::error::Error;
use crate::output;
use crate::protocol;
use crate::shell::{CommandLine, History, Shell, powershell_argument, quoted_word, readline_word};

/// Nobody reads more descriptions, and every shell would be slow with them.
const MOST_DESCRIBED: usize = 1000;

/// The code of `?`: readline prints a list, and inserts nothing.
const LISTING: &str = "63";
/// The codes of `!` and `@`: readline inserts what all candidates begin with, and prints a list.
const INSERTING: [&str; 2] = ["33", "64"];

/// Stands between a name and its description in a list.
const DASHES: &str = "  -- ";

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
    let mut text = format!("aws-switch {} ", protocol::NUMBER);
    match completion {
        Completion::Words(candidates) => render(tab, &line, candidates, &mut text),
        Completion::Files => text.push_str("files\n"),
        Completion::Directories => text.push_str("directories\n"),
        Completion::Command => text.push_str("command\n"),
    }
    print(&text)
}

fn render(tab: &Tab, line: &CommandLine, mut candidates: Vec<Candidate>, text: &mut String) {
    let shell = tab.shell;
    let lower = line.typed.to_lowercase();
    candidates.retain(|candidate| {
        let value = candidate.value();
        let matches = match shell {
            Shell::Bash | Shell::PowerShell => value.starts_with(&line.typed),
            Shell::Fish => contains_lowercase(value, &lower),
            // zsh matches itself, by its user's matchers.
            Shell::Zsh => true,
        };
        matches && !value.is_empty() && !value.contains(output::is_steering)
    });
    text.push_str("words");
    if shell == Shell::Zsh {
        let _ = write!(text, " {}", candidates.len());
    }
    text.push('\n');
    let described = move_described_first(&mut candidates, &lower);
    let columns = tab.columns.parse().unwrap_or(80);
    if shell == Shell::Bash
        && described > 1
        && let Some(names) = names_for_readline(tab, line, &candidates, columns)
        && is_worth_describing(&candidates)
    {
        return push_columns(&names, &candidates, columns, columns / 2, text);
    }
    for (index, candidate) in candidates.iter().enumerate() {
        let description =
            || if index < described { output::escaped(&candidate.description()).into_owned() } else { String::new() };
        push_candidate(tab, line, candidate.value(), description, text);
    }
    if shell == Shell::Zsh {
        let described = candidates.get(..described).unwrap_or_default();
        push_columns(&values(described), described, columns, 0, text);
    }
}

fn values(candidates: &[Candidate]) -> Vec<String> {
    candidates.iter().map(|candidate| candidate.value().to_owned()).collect()
}

/// The names of a list with descriptions that readline prints, `None` where it may insert a part of one.
fn names_for_readline(tab: &Tab, line: &CommandLine, candidates: &[Candidate], columns: usize) -> Option<Vec<String>> {
    if tab.readline == LISTING {
        return Some(values(candidates));
    }
    if !INSERTING.contains(&&*tab.readline) {
        return None;
    }
    let words: Vec<String> = candidates.iter().map(|candidate| bash_word(line, candidate.value())).collect();
    is_safe_to_describe(&words, columns).then_some(words)
}

/// Whether readline may get lines with descriptions in place of the words: it inserts what all lines begin with, which
/// must be what all words begin with. So no word may be cut, and no word may begin with another one and a space. As
/// readline may ignore the letter case, this does.
fn is_safe_to_describe(words: &[String], columns: usize) -> bool {
    let mut starts: Vec<String> = words.iter().map(|word| format!("{} ", word.to_lowercase())).collect();
    starts.sort_unstable();
    words.iter().all(|word| word.width() <= widest_name(columns))
        && starts.windows(2).all(|two| matches!(two, [one, other] if !other.starts_with(one.as_str())))
}

fn push_candidate(tab: &Tab, line: &CommandLine, value: &str, description: impl Fn() -> String, text: &mut String) {
    match tab.shell {
        Shell::Bash => text.push_str(&bash_word(line, value)),
        Shell::Zsh if line.quote.is_some() => {
            let history = if tab.no_history { History::Off } else { History::Expanded };
            text.push_str(&quoted_word(value, line.quote, history));
        }
        Shell::Zsh => text.push_str(value),
        Shell::Fish => match description().as_str() {
            "" => text.push_str(value),
            description => text.extend([value, "\t", description]),
        },
        Shell::PowerShell => {
            // It takes no candidate without a description.
            let description = Some(description()).filter(|description| !description.is_empty());
            let description = description.as_deref().unwrap_or(value);
            let _ = write!(text, "{}\t{value}\t{description}", powershell_argument(value));
        }
    }
    text.push('\n');
}

/// The text that readline puts in place of the word that it completes.
fn bash_word(line: &CommandLine, value: &str) -> String {
    match value.get(line.cut..).unwrap_or_default() {
        // The script would drop an empty line.
        "" => "''".to_owned(),
        value => readline_word(value, line.quote),
    }
}

/// Returns how many of the candidates are to be described. Where they are too many, those that contain what is typed
/// come first and are described, unless they are too many themselves.
fn move_described_first(candidates: &mut [Candidate], lower: &str) -> usize {
    if candidates.len() <= MOST_DESCRIBED {
        return candidates.len();
    }
    let contains_typed = |candidate: &Candidate| contains_lowercase(candidate.value(), lower);
    let count = candidates.iter().filter(|candidate| contains_typed(candidate)).count();
    if count > MOST_DESCRIBED {
        return 0;
    }
    candidates.sort_by_cached_key(|candidate| !contains_typed(candidate));
    count
}

/// `lower` is in lower case.
fn contains_lowercase(value: &str, lower: &str) -> bool {
    value.to_lowercase().contains(lower)
}

/// Descriptions that are all the same, such as `region`, help nobody to choose a candidate.
fn is_worth_describing(candidates: &[Candidate]) -> bool {
    candidates.windows(2).any(|two| matches!(two, [one, other] if one.description() != other.description()))
}

/// A terminal wraps a line that is as wide as itself.
fn widest_line(columns: usize) -> usize {
    columns.saturating_sub(1)
}

/// A name that is wider than half a line is cut, so that it costs no other its description.
fn widest_name(columns: usize) -> usize {
    widest_line(columns) / 2
}

/// Adds what a list on a terminal of so many columns shows for each candidate, under its name: a line of `least` columns
/// or more, as readline prints one candidate a line only if they are wide.
fn push_columns(names: &[String], candidates: &[Candidate], columns: usize, least: usize, text: &mut String) {
    let described = |candidate: &Candidate| output::escaped(&candidate.description()).into_owned();
    let lines: Vec<(&str, String)> =
        names.iter().zip(candidates).map(|(name, candidate)| (&**name, described(candidate))).collect();
    let limit = widest_line(columns);
    let rest = DASHES.len() + lines.iter().map(|(_, description)| description.width()).max().unwrap_or_default();
    let (short, long): (Vec<usize>, Vec<usize>) =
        lines.iter().map(|(name, _)| name.width()).partition(|&width| width <= widest_name(columns));
    let room = if long.is_empty() { 0 } else { limit.saturating_sub(rest).clamp(limit / 3, limit / 2) };
    let width = short.into_iter().fold(room, usize::max);
    for (name, description) in &lines {
        let name = output::cut_in_the_middle(name, width);
        let padding = " ".repeat(width.saturating_sub(name.width()));
        let line = format!("{name}{padding}{DASHES}{description}");
        let line = output::cut(&line, limit);
        let end = " ".repeat(least.saturating_sub(line.width()));
        text.extend([&*line, &end, "\n"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_found_in_a_name_in_any_letter_case() {
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
