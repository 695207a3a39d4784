//! What Tab offers: profiles, commands, options and their values, a line each, for every shell.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::iter;

use clap::builder::ValueHint;
use clap::{ArgAction, Command, CommandFactory};
use unicode_width::UnicodeWidthStr;

use super::{hook, print, summary};
use crate::aws::{Profile, REGIONS};
use crate::cli::{Cli, Matching, Tab, is_command};
use crate::context::Context;
use crate::error::Error;
use crate::output;
use crate::switching::reply;

/// What a script does with an answer beside showing its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fill {
    /// Nothing.
    Words,
    /// It offers files too.
    Files,
    /// It offers folders too.
    Folders,
    /// It completes what follows the first `--`, as its shell completes a command of its own.
    Command,
}

/// What `--for` is offered; it takes any other time, too.
const TIMES: [(&str, &str); 4] = [("15m", "15 minutes"), ("30m", "30 minutes"), ("1h", "1 hour"), ("4h", "4 hours")];

/// How many candidates are described at most: nobody reads more, and every shell would be slow with them.
const DESCRIBED: usize = 1000;

/// A value to complete to, and what it is. There may be thousands, so it is small.
#[derive(Debug)]
enum Candidate<'c> {
    /// Described only if it is shown, as few may match.
    Profile(Profile<'c>),
    /// A word, and its description.
    Word(Box<(Cow<'static, str>, Cow<'static, str>)>),
}

impl<'c> Candidate<'c> {
    fn word(value: impl Into<Cow<'static, str>>, description: impl Into<Cow<'static, str>>) -> Self {
        Self::Word(Box::new((value.into(), description.into())))
    }

    fn value(&self) -> &str {
        match self {
            Self::Profile(profile) => profile.name(),
            Self::Word(word) => &word.0,
        }
    }

    fn description(&self) -> Cow<'_, str> {
        match self {
            Self::Profile(profile) => describe(*profile).into(),
            Self::Word(word) => Cow::Borrowed(&word.1),
        }
    }
}

/// Prints what may stand where the cursor is, and, unless only names are wanted, what it is.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(context: &Context, tab: &Tab) -> Result<(), Error> {
    hook::limit_time();
    let words: Vec<_> = tab.words.iter().map(|word| word.to_string_lossy()).collect();
    let (typed, before) = match words.split_last() {
        Some((typed, before)) => (typed.as_ref(), before),
        None => ("", &[][..]),
    };
    let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
    let (fill, mut candidates) = candidates(context, &before, typed);
    let lower = typed.to_lowercase();
    let has_typed = |value: &str| lower.is_empty() || has_lower(value, &lower);
    let mut are_plain = true;
    candidates.retain(|candidate| {
        let value = candidate.value();
        // A look for nothing is not free: some processors take long to compare no bytes.
        let matches = typed.is_empty()
            || match tab.matching {
                Matching::Start => value.starts_with(typed),
                Matching::Within => has_typed(value),
                Matching::Any => true,
            };
        let is_plain = is_plain(value);
        let is_offered = matches && !value.is_empty() && (is_plain || !value.contains(output::is_steering));
        are_plain &= is_plain || !is_offered;
        is_offered
    });
    let described = if tab.names { 0 } else { describable(&mut candidates, has_typed) };
    let fill = match fill {
        // The shell would take longer to find that out.
        Fill::Words if tab.names && are_plain => "words plain",
        Fill::Words if tab.aligned => &format!("words {}", candidates.len()),
        Fill::Words => "words",
        Fill::Files => "files",
        Fill::Folders => "folders",
        Fill::Command => "command",
    };
    // A guess that spares long lists the moves of a text that grows.
    let mut text = String::with_capacity(candidates.len() * 32);
    let _ = writeln!(text, "aws-switch {} {fill}", reply::PROTOCOL);
    for (place, candidate) in candidates.iter().enumerate() {
        text.push_str(candidate.value());
        if place < described && !tab.aligned {
            text.push('\t');
            text.push_str(&output::escaped(&candidate.description()));
        }
        text.push('\n');
    }
    if tab.aligned {
        align(candidates.get(..described).unwrap_or_default(), &mut text);
    }
    print(&text)
}

/// How many of the candidates are to be described. Where they are too many, those that have what is typed come
/// first, and are the ones, unless they are too many themselves.
fn describable(candidates: &mut [Candidate], has_typed: impl Fn(&str) -> bool) -> usize {
    if candidates.len() <= DESCRIBED {
        return candidates.len();
    }
    let count = candidates.iter().filter(|candidate| has_typed(candidate.value())).count();
    if count > DESCRIBED {
        return 0;
    }
    candidates.sort_by_cached_key(|candidate| !has_typed(candidate.value()));
    count
}

/// Whether a value has this in it, which is in small letters, whatever its own case.
fn has_lower(value: &str, lower: &str) -> bool {
    if value.is_ascii() {
        // Spares a copy of nearly every name.
        return value.as_bytes().windows(lower.len()).any(|part| part.eq_ignore_ascii_case(lower.as_bytes()));
    }
    value.to_lowercase().contains(lower)
}

/// Whether a name stands for itself on a command line, and is no pattern.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'%' | b'+' | b'-'..=b':' | b'=' | b'@' | b'_');
    name.bytes().all(is_plain)
}

/// Adds what a list shows for each candidate, in columns.
fn align(candidates: &[Candidate], text: &mut String) {
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

fn candidates<'c>(context: &'c Context, before: &[&str], typed: &str) -> (Fill, Vec<Candidate<'c>>) {
    if before.is_empty() && !typed.starts_with('-') {
        // The usual Tab; it spares the time to build all that the command line may be.
        return (Fill::Words, first_words(context, before, typed));
    }
    let mut root = Cli::command();
    root.build();
    let past_dashes = before.contains(&"--");
    let named = before.first().and_then(|name| root.find_subcommand(name)).filter(|command| !command.is_hide_set());
    let command = named.unwrap_or(&root);
    if command.get_positionals().any(clap::Arg::is_last_set) {
        return before_a_command(context, command, before.get(1..).unwrap_or_default(), typed);
    }
    if let Some(values) = option_values(command, before.last().copied().unwrap_or_default()) {
        return (Fill::Words, values);
    }
    if typed.starts_with('-') && !past_dashes {
        if let Some((option, _)) = typed.split_once('=') {
            let values = option_values(command, option).unwrap_or_default().into_iter();
            let whole = |value: &Candidate| format!("{option}={}", value.value());
            let words = values.map(|value| Candidate::word(whole(&value), value.description().into_owned()));
            return (Fill::Words, words.collect());
        }
        return (Fill::Words, options(command, before));
    }
    match named {
        None => (Fill::Words, first_words(context, before, typed)),
        Some(command) => arguments(context, command, before.get(1..).unwrap_or_default(), past_dashes),
    }
}

/// The values of the option that the word before names, if it takes one.
fn option_values(command: &Command, option: &str) -> Option<Vec<Candidate<'static>>> {
    let name = option.strip_prefix("--")?;
    let option = command.get_arguments().find(|argument| argument.get_long() == Some(name))?;
    match option.get_action() {
        ArgAction::Set | ArgAction::Append if name == "region" => {
            Some(REGIONS.iter().map(|&region| Candidate::word(region, "region")).collect())
        }
        ArgAction::Set | ArgAction::Append if name == "for" => {
            Some(TIMES.iter().map(|&(time, words)| Candidate::word(time, words)).collect())
        }
        ArgAction::Set | ArgAction::Append => Some(possible_values(option)),
        _ => None,
    }
}

/// The words that are neither options nor their values.
fn operands<'w>(command: &Command, before: &[&'w str]) -> Vec<&'w str> {
    let takes_next = |word: &str| option_values(command, word).is_some();
    let is_value =
        |place: usize| place.checked_sub(1).and_then(|place| before.get(place)).is_some_and(|word| takes_next(word));
    let words = before.iter().enumerate().filter(|(place, word)| !word.starts_with('-') && !is_value(*place));
    words.map(|(_, word)| *word).collect()
}

fn possible_values(argument: &clap::Arg) -> Vec<Candidate<'static>> {
    let values = argument.get_possible_values();
    values.iter().map(|value| Candidate::word(value.get_name().to_owned(), help(value.get_help()))).collect()
}

fn help(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

fn options(command: &Command, before: &[&str]) -> Vec<Candidate<'static>> {
    let long = |argument: &clap::Arg| {
        let name = format!("--{}", argument.get_long()?);
        let is_new = !argument.is_hide_set() && !before.contains(&name.as_str());
        is_new.then(|| Candidate::word(name, help(argument.get_help())))
    };
    command.get_arguments().filter_map(long).collect()
}

/// A profile, and then a command of the shell's own after `--`.
fn before_a_command<'c>(
    context: &'c Context,
    command: &Command,
    before: &[&str],
    typed: &str,
) -> (Fill, Vec<Candidate<'c>>) {
    match before {
        [] if typed.starts_with('-') => (Fill::Words, options(command, before)),
        [] => (Fill::Words, profiles(context, |name| !name.starts_with('-'))),
        [_] => (Fill::Words, vec![Candidate::word("--", "the command follows")]),
        [_, dashes, ..] => (if *dashes == "--" { Fill::Command } else { Fill::Words }, Vec::new()),
    }
}

/// Profiles, and, once a letter is typed, commands. What only `use` can reach is not offered here.
fn first_words<'c>(context: &'c Context, before: &[&str], typed: &str) -> Vec<Candidate<'c>> {
    if before.contains(&"--unset") || !before.is_empty() && !operands(&Cli::command(), before).is_empty() {
        return Vec::new();
    }
    let mut offered = profiles(context, |name| !name.starts_with('-') && (!is_command(name) || !before.is_empty()));
    if !typed.is_empty() && before.is_empty() {
        let root = Cli::command();
        let commands = root.get_subcommands().filter(|command| !command.is_hide_set());
        offered
            .extend(commands.map(|command| Candidate::word(command.get_name().to_owned(), help(command.get_about()))));
    }
    offered
}

/// What a command takes after its options.
fn arguments<'c>(
    context: &'c Context,
    command: &Command,
    before: &[&str],
    past_dashes: bool,
) -> (Fill, Vec<Candidate<'c>>) {
    let is_taken = !operands(command, before).is_empty();
    let Some(argument) = command.get_positionals().next().filter(|_| !is_taken) else {
        return (Fill::Words, Vec::new());
    };
    if argument.get_id() == "profile" {
        return (Fill::Words, profiles(context, |name| past_dashes || !name.starts_with('-')));
    }
    match argument.get_value_hint() {
        ValueHint::DirPath => (Fill::Folders, Vec::new()),
        ValueHint::AnyPath => (Fill::Files, Vec::new()),
        _ => (Fill::Words, possible_values(argument)),
    }
}

fn profiles<'c>(context: &'c Context, offers: impl Fn(&str) -> bool) -> Vec<Candidate<'c>> {
    context.profiles().iter().filter(|profile| offers(profile.name())).map(Candidate::Profile).collect()
}

/// What the list says beside a name: some shells show no empty description.
fn describe(profile: Profile) -> String {
    let summary = summary::summary(profile);
    if summary.is_empty() { "profile".to_owned() } else { summary }
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
            assert_eq!(has_lower(value, typed), has, "{typed} in {value}");
        }
    }

    #[test]
    fn a_name_is_plain_if_no_shell_takes_any_of_it_for_more() {
        let plain: String = (0..=255).map(char::from).filter(|one| is_plain(&one.to_string())).collect();
        assert_eq!(plain, "%+-./0123456789:=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
    }
}
