//! What may stand where Tab was pressed: profiles, commands, options and their values, alike in every shell.

use std::borrow::Cow;

use clap::builder::ValueHint;
use clap::{ArgAction, Command, CommandFactory};

use super::summary;
use crate::aws::{Profile, REGIONS};
use crate::cli::{Cli, is_command, visible_commands};
use crate::context::Context;

/// What a shell completes a word to.
#[derive(Debug)]
pub enum Completion<'a> {
    /// These.
    Words(Vec<Candidate<'a>>),
    /// Files.
    Files,
    /// Directories.
    Directories,
    /// What follows the first `--` is a command line of its own.
    Command,
}

/// What `--for` is offered; it takes any other time, too.
const TIMES: [(&str, &str); 4] = [("15m", "15 minutes"), ("30m", "30 minutes"), ("1h", "1 hour"), ("4h", "4 hours")];

/// A value to complete to, and what it is.
#[derive(Debug)]
pub enum Candidate<'a> {
    /// Described only if it is shown, as few may match.
    Profile(Profile<'a>),
    /// A word, and its description.
    Word(Cow<'static, str>, Cow<'static, str>),
}

impl<'a> Candidate<'a> {
    fn word(value: impl Into<Cow<'static, str>>, description: impl Into<Cow<'static, str>>) -> Self {
        Self::Word(value.into(), description.into())
    }

    /// What completes the word.
    pub fn value(&self) -> &str {
        match self {
            Self::Profile(profile) => profile.name(),
            Self::Word(value, _) => value,
        }
    }

    /// What a list shows beside it.
    pub fn description(&self) -> Cow<'_, str> {
        match self {
            // Some shells show no empty description.
            Self::Profile(profile) => match summary::summary(*profile) {
                summary if summary.is_empty() => "profile".into(),
                summary => summary.into(),
            },
            Self::Word(_, description) => Cow::Borrowed(description),
        }
    }
}

/// What may stand after the words before, of which the cursor's has been begun.
pub fn completion<'a>(context: &'a Context, before: &[&str], typed: &str) -> Completion<'a> {
    if before.is_empty() && !typed.starts_with('-') {
        // The usual Tab; it spares the time to build all that the command line may be.
        return Completion::Words(first_words(context, before, typed));
    }
    let mut root = Cli::command();
    root.build();
    let is_past_dashes = before.contains(&"--");
    let named = before.first().and_then(|name| root.find_subcommand(name)).filter(|command| !command.is_hide_set());
    let command = named.unwrap_or(&root);
    if command.get_positionals().any(clap::Arg::is_last_set) {
        return before_a_command(context, command, before.get(1..).unwrap_or_default(), typed);
    }
    if let Some(values) = option_values(command, before.last().copied().unwrap_or_default()) {
        return Completion::Words(values);
    }
    if typed.starts_with('-') && !is_past_dashes {
        return Completion::Words(match typed.split_once('=') {
            Some((option, _)) => joined_values(command, option),
            None => options(command, before),
        });
    }
    match named {
        None => Completion::Words(first_words(context, before, typed)),
        Some(command) => arguments(context, command, before.get(1..).unwrap_or_default(), is_past_dashes),
    }
}

/// The values of an option, each with the option before it, as in `--region=eu-west-1`.
fn joined_values<'a>(command: &Command, option: &str) -> Vec<Candidate<'a>> {
    let values = option_values(command, option).unwrap_or_default().into_iter();
    let joined =
        |value: Candidate<'_>| Candidate::word(format!("{option}={}", value.value()), value.description().into_owned());
    values.map(joined).collect()
}

/// The values of the option that a word names, if it takes one.
fn option_values<'a>(command: &Command, option: &str) -> Option<Vec<Candidate<'a>>> {
    let name = option.strip_prefix("--")?;
    let option = command.get_arguments().find(|argument| argument.get_long() == Some(name))?;
    match (option.get_action(), name) {
        (ArgAction::Set | ArgAction::Append, "region") => {
            Some(REGIONS.iter().map(|&region| Candidate::word(region, "region")).collect())
        }
        (ArgAction::Set | ArgAction::Append, "for") => {
            Some(TIMES.iter().map(|&(time, words)| Candidate::word(time, words)).collect())
        }
        (ArgAction::Set | ArgAction::Append, _) => Some(possible_values(option)),
        _ => None,
    }
}

/// Whether one of the words is neither an option nor the value of one.
fn has_operand(command: &Command, words: &[&str]) -> bool {
    let mut is_value = false;
    words.iter().any(|word| {
        let is_operand = !is_value && !word.starts_with('-');
        is_value = option_values(command, word).is_some();
        is_operand
    })
}

fn possible_values<'a>(argument: &clap::Arg) -> Vec<Candidate<'a>> {
    let values = argument.get_possible_values();
    values.iter().map(|value| Candidate::word(value.get_name().to_owned(), help(value.get_help()))).collect()
}

fn help(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

fn options<'a>(command: &Command, before: &[&str]) -> Vec<Candidate<'a>> {
    let long = |argument: &clap::Arg| {
        let name = format!("--{}", argument.get_long()?);
        let is_new = !argument.is_hide_set() && !before.contains(&name.as_str());
        is_new.then(|| Candidate::word(name, help(argument.get_help())))
    };
    command.get_arguments().filter_map(long).collect()
}

/// A profile, and then a command of the shell's own after `--`.
fn before_a_command<'a>(context: &'a Context, command: &Command, before: &[&str], typed: &str) -> Completion<'a> {
    match before {
        [] if typed.starts_with('-') => Completion::Words(options(command, before)),
        [] => Completion::Words(profiles(context, |name| !name.starts_with('-'))),
        [_] => Completion::Words(vec![Candidate::word("--", "the command follows")]),
        [_, "--", ..] => Completion::Command,
        _ => Completion::Words(Vec::new()),
    }
}

/// Profiles, and, once a letter is typed, commands. What only `use` can reach is not offered here.
fn first_words<'a>(context: &'a Context, before: &[&str], typed: &str) -> Vec<Candidate<'a>> {
    if before.contains(&"--unset") || !before.is_empty() && has_operand(&Cli::command(), before) {
        return Vec::new();
    }
    let mut offered = profiles(context, |name| !name.starts_with('-') && (!is_command(name) || !before.is_empty()));
    if !typed.is_empty() && before.is_empty() {
        let root = Cli::command();
        offered.extend(
            visible_commands(&root)
                .map(|command| Candidate::word(command.get_name().to_owned(), help(command.get_about()))),
        );
    }
    offered
}

/// What a command takes after its options.
fn arguments<'a>(context: &'a Context, command: &Command, before: &[&str], is_past_dashes: bool) -> Completion<'a> {
    let Some(argument) = command.get_positionals().next().filter(|_| !has_operand(command, before)) else {
        return Completion::Words(Vec::new());
    };
    if argument.get_id() == "profile" {
        return Completion::Words(profiles(context, |name| is_past_dashes || !name.starts_with('-')));
    }
    match argument.get_value_hint() {
        ValueHint::DirPath => Completion::Directories,
        ValueHint::AnyPath => Completion::Files,
        _ => Completion::Words(possible_values(argument)),
    }
}

fn profiles<'c>(context: &'c Context, offers: impl Fn(&str) -> bool) -> Vec<Candidate<'c>> {
    let profiles = context.profiles().iter();
    profiles.filter(|profile| offers(profile.name())).map(Candidate::Profile).collect()
}
