//! What was probably meant by words that name no profile, or that make no sense together.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use crate::aws::{Accounts, most_alike};
use crate::cli::Cli;
use crate::error::Error;
use crate::shell;

/// Where no profile is called so, a command or an option may have been meant.
pub fn by_name(error: Error) -> Error {
    let Error::NoSuchProfile(name, profile) = error else {
        return error;
    };
    let meant = usual(&name).or(profile).or_else(|| {
        let command = Cli::command();
        let names: Vec<&str> = visible(&command).map(Command::get_name).collect();
        most_alike(&name, names).map(|command| format!("aws-switch {command}"))
    });
    Error::NoSuchProfile(name, meant)
}

/// Status 2, of what clap found, or of what people mean who type that.
pub fn by_line(words: &[OsString], error: &clap::Error) -> Error {
    let whole = Cli::command();
    let words: Vec<&str> = words.iter().map_while(|word| word.to_str()).collect();
    let command = words.first().and_then(|first| visible(&whole).find(|command| command.get_name() == *first));
    unquoted(&words, command)
        .or_else(|| if command.is_none() { of_switch(&whole, error) } else { None })
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
    Accounts::default().has(&name).then(|| format!("{name}: a name with a blank must stand in quotes: {line}"))
}

/// What is wrong with a line that names no command.
fn of_switch(whole: &Command, error: &clap::Error) -> Option<String> {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::ArgumentConflict if whole.find_subcommand(word(ContextKind::InvalidSubcommand)?).is_none() => {
            Some("more than one profile is named: name one: see 'aws-switch --help'".to_owned())
        }
        ErrorKind::UnknownArgument if error.get(ContextKind::SuggestedArg).is_none() => {
            let option = word(ContextKind::InvalidArg)?;
            let meant = usual(option.trim_start_matches('-'))?;
            Some(format!("{option}: there is no such option: did you mean '{meant}'?"))
        }
        _ => None,
    }
}

/// The commands, but those that only the integration uses.
fn visible(whole: &Command) -> impl Iterator<Item = &Command> {
    whole.get_subcommands().filter(|command| !command.is_hide_set())
}

/// What a word means that other programs have for a command or an option.
fn usual(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    let meant = match word.as_str() {
        "help" => "--help",
        "version" | "v" => "--version",
        "unset" | "clear" | "reset" | "none" | "off" => "--unset",
        "list" | "ls" | "l" => "list",
        "profile" | "p" => "PROFILE",
        command if visible(&Cli::command()).any(|visible| visible.get_name() == command) => command,
        _ => return None,
    };
    Some(format!("aws-switch {meant}"))
}
