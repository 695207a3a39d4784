//! Hints for a name that no profile has, and for a command line that makes no sense.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use crate::aws::AwsFiles;
use crate::cli::{Cli, is_command, visible_commands};
use crate::context::Context;
use crate::error::{Error, did_you_mean, most_alike};
use crate::shell;

/// Adds a hint to [`Error::NoSuchProfile`]: a command or an option may have been meant.
pub fn for_name(error: Error) -> Error {
    let Error::NoSuchProfile(name, hint) = error else {
        return error;
    };
    let hint = usual_name(&name).map(did_you_mean).or(hint).or_else(|| {
        let command = Cli::command();
        let names: Vec<&str> = visible_commands(&command).map(Command::get_name).collect();
        most_alike(&name, names).map(|command| did_you_mean(format_args!("aws-switch {command}")))
    });
    Error::NoSuchProfile(name, hint)
}

/// The error for a command line that clap refused: in plainer words where its users' intention is known.
pub fn for_line(words: &[OsString], error: &clap::Error) -> Error {
    let whole = Cli::command();
    let words: Vec<&str> = words.iter().map_while(|word| word.to_str()).collect();
    let command = words.first().and_then(|first| visible_commands(&whole).find(|command| command.get_name() == *first));
    let hint = unquoted(&words, command).or_else(|| if command.is_none() { switch_hint(error) } else { None });
    Error::Usage(hint.unwrap_or_else(|| in_one_line(error)))
}

/// What clap reports, and the command whose help explains more.
fn in_one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let what = first.strip_prefix("error: ").unwrap_or(first).trim_end_matches(':');
    // Clap puts each missing argument, and each tip, on a line of its own.
    let details = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let mut details: String = details.map(|line| format!(": {line}")).collect();
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: ")?.split(' ').nth(1));
    let command = usage.filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
    let command = command.map(|command| format!("{command} ")).unwrap_or_default();
    if command == "exec " && details.is_empty() && error.kind() == ErrorKind::UnknownArgument {
        details.push_str(": put '--' before the command");
    }
    format!("{what}{details}: see 'aws-switch {command}--help'")
}

/// The hint if the first words are one profile's name, typed without quotes.
fn unquoted(words: &[&str], command: Option<&Command>) -> Option<String> {
    let takes_profile = |command: &Command| command.get_arguments().any(|argument| argument.get_id() == "profile");
    if !command.is_none_or(takes_profile) {
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

fn switch_hint(error: &clap::Error) -> Option<String> {
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
            let meant = usual_name(option)?;
            Some(format!("{option}: there is no such option: {}", did_you_mean(meant)))
        }
        _ => None,
    }
}

/// Our name for what other programs call by this command or option.
fn usual_name(word: &str) -> Option<String> {
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
        command if visible_commands(&Cli::command()).any(|visible| visible.get_name() == command) => command,
        _ => return None,
    };
    Some(format!("aws-switch {meant}"))
}
