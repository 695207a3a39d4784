//! Offers what may follow on the command line at a press of Tab: profiles, commands, options and their values.

use std::borrow::Cow;

use clap::builder::ValueHint;
use clap::{Command, CommandFactory};

use super::summary;
use crate::aws::{KNOWN_REGIONS, Profile};
use crate::cli::{Cli, is_command, visible_commands};
use crate::context::Context;

#[derive(Debug)]
pub enum Completion<'a> {
    Words(Vec<Candidate<'a>>),
    Files,
    Directories,
    /// After the first `--`: a command line of its own, which the shell completes.
    Command,
}

/// Offered after `--for`, which takes any other time too.
const TIMES: [(&str, &str); 4] = [("15m", "15 minutes"), ("30m", "30 minutes"), ("1h", "1 hour"), ("4h", "4 hours")];

#[derive(Debug)]
pub enum Candidate<'a> {
    /// Described only if it is shown, as few may match.
    Profile(Profile<'a>),
    /// The value and its description.
    Word(Cow<'static, str>, Cow<'static, str>),
}

impl<'a> Candidate<'a> {
    fn word(value: impl Into<Cow<'static, str>>, description: impl Into<Cow<'static, str>>) -> Self {
        Self::Word(value.into(), description.into())
    }

    pub fn value(&self) -> &str {
        match self {
            Self::Profile(profile) => profile.name(),
            Self::Word(value, _) => value,
        }
    }

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

/// `before` are the words after `aws-switch`, `typed` is the start of the word at the cursor.
pub fn completion<'a>(context: &'a Context, before: &[&str], typed: &str) -> Completion<'a> {
    if before.is_empty() && !typed.starts_with('-') {
        // The usual Tab needs no commands built, which takes long.
        return Completion::Words(first_words(context, before, typed));
    }
    let mut root = Cli::command();
    root.build();
    let named = before.first().and_then(|name| root.find_subcommand(name)).filter(|command| !command.is_hide_set());
    let command = named.unwrap_or(&root);
    if command.get_positionals().any(|argument| argument.get_value_hint() == ValueHint::CommandName) {
        return before_a_command(context, command, before.get(1..).unwrap_or_default(), typed);
    }
    if let Some(values) = option_values(command, before.last().copied().unwrap_or_default()) {
        return Completion::Words(values);
    }
    if typed.starts_with('-') && !before.contains(&"--") {
        return Completion::Words(match typed.split_once('=') {
            Some((option, _)) => joined_values(command, option),
            None => options(command, before),
        });
    }
    match named {
        None => Completion::Words(first_words(context, before, typed)),
        Some(command) => arguments(context, command, before.get(1..).unwrap_or_default()),
    }
}

/// As in `--region=eu-west-1`.
fn joined_values<'a>(command: &Command, option: &str) -> Vec<Candidate<'a>> {
    let values = option_values(command, option).unwrap_or_default().into_iter();
    let joined =
        |value: Candidate<'_>| Candidate::word(format!("{option}={}", value.value()), value.description().into_owned());
    values.map(joined).collect()
}

/// The values of an option; `None` if it is none or takes none.
fn option_values<'a>(command: &Command, option: &str) -> Option<Vec<Candidate<'a>>> {
    let name = option.strip_prefix('-')?;
    let option = command.get_arguments().find(|argument| match name.strip_prefix('-') {
        Some(long) => argument.get_long() == Some(long),
        None => argument.get_short().is_some_and(|short| name.strip_prefix(short) == Some("")),
    })?;
    if !option.get_action().takes_values() {
        return None;
    }
    Some(match option.get_long().unwrap_or_default() {
        "region" => KNOWN_REGIONS.iter().map(|&region| Candidate::word(region, "region")).collect(),
        "for" => TIMES.iter().map(|&(time, words)| Candidate::word(time, words)).collect(),
        _ => possible_values(option),
    })
}

/// Whether any of the words is neither an option nor the value of one.
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

/// Options and a profile or `--here`, and then a command of the shell's own after `--`.
fn before_a_command<'a>(context: &'a Context, command: &Command, before: &[&str], typed: &str) -> Completion<'a> {
    if before.contains(&"--") {
        return Completion::Command;
    }
    let dashes = Candidate::word("--", "the command follows");
    let has_profile = has_operand(command, before) || before.contains(&"--here");
    Completion::Words(match (typed.starts_with('-'), has_profile) {
        (true, true) => options(command, before).into_iter().chain([dashes]).collect(),
        (true, false) => options(command, before),
        (false, true) => vec![dashes],
        (false, false) => profiles(context, |name| !name.starts_with('-')),
    })
}

/// Profiles, but not those that only `use` can reach, and, once a letter is typed, commands.
fn first_words<'a>(context: &'a Context, before: &[&str], typed: &str) -> Vec<Candidate<'a>> {
    if before.iter().any(|word| matches!(*word, "--unset" | "-u"))
        || !before.is_empty() && has_operand(&Cli::command(), before)
    {
        return Vec::new();
    }
    let mut offered = profiles(context, |name| !name.starts_with('-') && (!is_command(name) || !before.is_empty()));
    if !typed.is_empty() && before.is_empty() {
        offered.extend(commands());
    }
    offered
}

fn commands<'a>() -> Vec<Candidate<'a>> {
    let root = Cli::command();
    let commands = visible_commands(&root);
    commands.map(|command| Candidate::word(command.get_name().to_owned(), help(command.get_about()))).collect()
}

fn arguments<'a>(context: &'a Context, command: &Command, before: &[&str]) -> Completion<'a> {
    let is_complete = || {
        let is_for_others = before.contains(&"--") && command.get_positionals().any(clap::Arg::is_last_set);
        is_for_others || has_operand(command, before)
    };
    let Some(argument) = command.get_positionals().next().filter(|_| !is_complete()) else {
        return Completion::Words(Vec::new());
    };
    match (argument.get_id().as_str(), argument.get_value_hint()) {
        ("profile", _) => Completion::Words(profiles(context, |name| before.contains(&"--") || !name.starts_with('-'))),
        ("topic", _) => Completion::Words(commands()),
        (_, ValueHint::DirPath) => Completion::Directories,
        (_, ValueHint::AnyPath) => Completion::Files,
        _ => Completion::Words(possible_values(argument)),
    }
}

fn profiles<'c>(context: &'c Context, offers: impl Fn(&str) -> bool) -> Vec<Candidate<'c>> {
    let profiles = context.profiles().iter();
    profiles.filter(|profile| offers(profile.name())).map(Candidate::Profile).collect()
}
