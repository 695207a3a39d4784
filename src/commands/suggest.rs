//! What was probably meant by words that name no profile, or that make no sense together.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use crate::aws::AwsFiles;
use crate::cli::{Cli, is_command};
use crate::context::Context;
use crate::error::{Error, did_you_mean, most_alike};
use crate::shell;

/// Where no profile is called so, a command or an option may have been meant.
pub fn by_name(error: Error) -> Error {
    let Error::NoSuchProfile(name, of_profiles) = error else {
        return error;
    };
    let hint = usual(&name).map(did_you_mean).or(of_profiles).or_else(|| {
        let command = Cli::command();
        let names: Vec<&str> = visible(&command).map(Command::get_name).collect();
        most_alike(&name, names).map(|command| did_you_mean(format_args!("aws-switch {command}")))
    });
    Error::NoSuchProfile(name, hint)
}

/// Status 2, of what clap found, or of what people mean who type that.
pub fn by_line(words: &[OsString], error: &clap::Error) -> Error {
    let whole = Cli::command();
    let words: Vec<&str> = words.iter().map_while(|word| word.to_str()).collect();
    let command = words.first().and_then(|first| visible(&whole).find(|command| command.get_name() == *first));
    unquoted(&words, command)
        .or_else(|| if command.is_none() { of_switch(error) } else { None })
        .map_or_else(|| Error::usage(error), Error::Usage)
}

/// The first words may be one profile's name, typed without its quotes.
fn unquoted(words: &[&str], command: Option<&Command>) -> Option<String> {
    let is_wanted = |command: &Command| command.get_arguments().any(|argument| argument.get_id() == "profile");
    if !command.is_none_or(is_wanted) {
        return None;
    }
    let words = words.get(usize::from(command.is_some())..)?;
    let count = words.iter().take_while(|word| !word.starts_with('-')).count();
    let name = words.get(..count).filter(|parts| parts.len() > 1)?.join(" ");
    let command = command.map(|command| format!("{} ", command.get_name())).unwrap_or_default();
    let line = format!("aws-switch {command}{}", shell::word(&name));
    Context::new(&AwsFiles::default())
        .has_profile(&name)
        .then(|| format!("{name}: a name with a blank must stand in quotes: {line}"))
}

/// What is wrong with a line that names no command.
fn of_switch(error: &clap::Error) -> Option<String> {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::ArgumentConflict if !is_command(word(ContextKind::InvalidSubcommand)?) => {
            Some("more than one profile is named: name one: see 'aws-switch --help'".to_owned())
        }
        ErrorKind::UnknownArgument if error.get(ContextKind::SuggestedArg).is_none() => {
            let option = word(ContextKind::InvalidArg)?;
            let meant = usual(option)?;
            Some(format!("{option}: there is no such option: {}", did_you_mean(meant)))
        }
        _ => None,
    }
}

/// The commands, but those that only the integration uses.
fn visible(whole: &Command) -> impl Iterator<Item = &Command> {
    whole.get_subcommands().filter(|command| !command.is_hide_set())
}

/// What a word or an option means that other programs have for a command or an option.
fn usual(word: &str) -> Option<String> {
    let lower = word.to_ascii_lowercase();
    let bare = lower.trim_start_matches('-');
    let meant = match bare {
        "help" => "--help",
        "version" => "--version",
        "unset" | "clear" | "reset" | "none" | "off" => "--unset",
        "ls" => "list",
        "v" if bare != lower => "--version",
        "l" if bare != lower => "list",
        "p" | "profile" if bare != lower => "PROFILE",
        command if visible(&Cli::command()).any(|visible| visible.get_name() == command) => command,
        _ => return None,
    };
    Some(format!("aws-switch {meant}"))
}
