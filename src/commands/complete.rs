//! What Tab offers: profiles, commands, options and their values, a line each, for every shell.

use std::borrow::Cow;
use std::iter;

use clap::builder::ValueHint;
use clap::{ArgAction, Command, CommandFactory};
use unicode_width::UnicodeWidthStr;

use super::{entry, hook, print};
use crate::aws::{Accounts, Profile, REGIONS};
use crate::cli::{Cli, Matching, Tab, is_command};
use crate::error::Error;
use crate::terminal;
use crate::wire;

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

/// A value to complete to, and what it is.
type Candidate = (Cow<'static, str>, Description);

/// What a candidate is, in words.
#[derive(Debug)]
enum Description {
    Text(Cow<'static, str>),
    /// There may be thousands, of which few match.
    Profile(&'static Profile<'static>),
}

impl Description {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            // What a copy takes out of the files goes with it.
            Self::Profile(profile) => describe(&(*profile).clone()).into(),
        }
    }
}

/// Prints what may stand where the cursor is, and, unless only names are wanted, what it is.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(tab: &Tab) -> Result<(), Error> {
    hook::limit_time();
    let words: Vec<_> = tab.words.iter().map(|word| word.to_string_lossy()).collect();
    let (typed, before) = match words.split_last() {
        Some((typed, before)) => (typed.as_ref(), before),
        None => ("", &[][..]),
    };
    let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
    let (fill, mut candidates) = candidates(&before, typed);
    let lower = typed.to_lowercase();
    let has_typed = |value: &str| lower.is_empty() || value.to_lowercase().contains(&lower);
    candidates.retain(|(value, _)| {
        let matches = match tab.matching {
            Matching::Start => value.starts_with(typed),
            Matching::Within => has_typed(value),
            Matching::Any => true,
        };
        matches && !value.is_empty() && (is_plain(value) || !value.contains(terminal::is_steering))
    });
    let described = if tab.names { 0 } else { describable(&mut candidates, has_typed) };
    let fill = match fill {
        // The shell would take longer to find that out.
        Fill::Words if tab.names && candidates.iter().all(|(value, _)| is_plain(value)) => "words plain",
        Fill::Words if tab.aligned => &format!("words {}", candidates.len()),
        Fill::Words => "words",
        Fill::Files => "files",
        Fill::Folders => "folders",
        Fill::Command => "command",
    };
    let mut text = format!("aws-switch {} {fill}\n", wire::PROTOCOL);
    for (place, (value, description)) in candidates.iter().enumerate() {
        text.push_str(value);
        if place < described && !tab.aligned {
            text.push('\t');
            text.push_str(&terminal::escaped(&description.text()));
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
    let count = candidates.iter().filter(|(value, _)| has_typed(value)).count();
    if count > DESCRIBED {
        return 0;
    }
    candidates.sort_by_cached_key(|(value, _)| !has_typed(value));
    count
}

/// Whether a name stands for itself on a command line, and is no pattern.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:/@%+=-".contains(&byte))
}

/// Adds what a list shows for each candidate, in columns.
fn align(candidates: &[Candidate], text: &mut String) {
    let widths = candidates.iter().map(|(value, _)| value.width());
    let widest = widths.filter(|&width| width <= terminal::WIDEST).max().unwrap_or_default();
    for (value, description) in candidates {
        text.push_str(value);
        text.extend(iter::repeat_n(' ', widest.saturating_sub(value.width())));
        text.push_str("  -- ");
        text.push_str(&terminal::escaped(&description.text()));
        text.push('\n');
    }
}

fn candidates(before: &[&str], typed: &str) -> (Fill, Vec<Candidate>) {
    if before.is_empty() && !typed.starts_with('-') {
        // The usual Tab; it spares the time to build all that the command line may be.
        return (Fill::Words, first_words(before, typed));
    }
    let mut root = Cli::command();
    root.build();
    let past_dashes = before.contains(&"--");
    let named = before.first().and_then(|name| root.find_subcommand(name)).filter(|command| !command.is_hide_set());
    let command = named.unwrap_or(&root);
    if command.get_positionals().any(clap::Arg::is_last_set) {
        return before_a_command(command, before.get(1..).unwrap_or_default(), typed);
    }
    if let Some(values) = option_values(command, before.last().copied().unwrap_or_default()) {
        return (Fill::Words, values);
    }
    if typed.starts_with('-') && !past_dashes {
        if let Some((option, _)) = typed.split_once('=') {
            let values = option_values(command, option).unwrap_or_default().into_iter();
            return (Fill::Words, values.map(|(value, what)| (format!("{option}={value}").into(), what)).collect());
        }
        return (Fill::Words, options(command, before));
    }
    match named {
        None => (Fill::Words, first_words(before, typed)),
        Some(command) => arguments(command, before.get(1..).unwrap_or_default(), past_dashes),
    }
}

/// The values of the option that the word before names, if it takes one.
fn option_values(command: &Command, option: &str) -> Option<Vec<Candidate>> {
    let name = option.strip_prefix("--")?;
    let option = command.get_arguments().find(|argument| argument.get_long() == Some(name))?;
    match option.get_action() {
        ArgAction::Set | ArgAction::Append if name == "region" => {
            Some(REGIONS.iter().map(|&region| (region.into(), Description::Text("region".into()))).collect())
        }
        ArgAction::Set | ArgAction::Append if name == "for" => {
            Some(TIMES.iter().map(|&(time, words)| (time.into(), Description::Text(words.into()))).collect())
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

fn possible_values(argument: &clap::Arg) -> Vec<Candidate> {
    let values = argument.get_possible_values();
    values.iter().map(|value| (value.get_name().to_owned().into(), help(value.get_help()))).collect()
}

fn help(text: Option<&clap::builder::StyledStr>) -> Description {
    Description::Text(text.map(ToString::to_string).unwrap_or_default().into())
}

fn options(command: &Command, before: &[&str]) -> Vec<Candidate> {
    let long = |argument: &clap::Arg| {
        let name = format!("--{}", argument.get_long()?);
        let is_new = !argument.is_hide_set() && !before.contains(&name.as_str());
        is_new.then(|| (name.into(), help(argument.get_help())))
    };
    command.get_arguments().filter_map(long).collect()
}

/// A profile, and then a command of the shell's own after `--`.
fn before_a_command(command: &Command, before: &[&str], typed: &str) -> (Fill, Vec<Candidate>) {
    match before {
        [] if typed.starts_with('-') => (Fill::Words, options(command, before)),
        [] => (Fill::Words, profiles(|name| !name.starts_with('-'))),
        [_] => (Fill::Words, vec![("--".into(), Description::Text("the command follows".into()))]),
        [_, dashes, ..] => (if *dashes == "--" { Fill::Command } else { Fill::Words }, Vec::new()),
    }
}

/// Profiles, and, once a letter is typed, commands. What only `use` can reach is not offered here.
fn first_words(before: &[&str], typed: &str) -> Vec<Candidate> {
    if before.contains(&"--unset") || !before.is_empty() && !operands(&Cli::command(), before).is_empty() {
        return Vec::new();
    }
    let mut offered = profiles(|name| !name.starts_with('-') && (!is_command(name) || !before.is_empty()));
    if !typed.is_empty() && before.is_empty() {
        let root = Cli::command();
        let commands = root.get_subcommands().filter(|command| !command.is_hide_set());
        offered.extend(commands.map(|command| (command.get_name().to_owned().into(), help(command.get_about()))));
    }
    offered
}

/// What a command takes after its options.
fn arguments(command: &Command, before: &[&str], past_dashes: bool) -> (Fill, Vec<Candidate>) {
    let is_taken = !operands(command, before).is_empty();
    let Some(argument) = command.get_positionals().next().filter(|_| !is_taken) else {
        return (Fill::Words, Vec::new());
    };
    if argument.get_id() == "profile" {
        return (Fill::Words, profiles(|name| past_dashes || !name.starts_with('-')));
    }
    match argument.get_value_hint() {
        ValueHint::DirPath => (Fill::Folders, Vec::new()),
        ValueHint::AnyPath => (Fill::Files, Vec::new()),
        _ => (Fill::Words, possible_values(argument)),
    }
}

fn profiles(offers: impl Fn(&str) -> bool) -> Vec<Candidate> {
    // Needed until this process ends.
    let accounts: &'static Accounts = Box::leak(Box::default());
    let offered = accounts.profiles().iter().filter(|profile| offers(profile.name()));
    offered.map(|profile| (profile.name().into(), Description::Profile(profile))).collect()
}

/// What the list says beside a name: some shells show no empty description.
fn describe(profile: &Profile<'_>) -> String {
    let summary = entry::summary(profile);
    if summary.is_empty() { "profile".to_owned() } else { summary }
}
