//! Hints for a name that no profile has, and for a command line that clap rejects.

use std::error::Error as _;
use std::ffi::OsString;
use std::slice;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::login;
use crate::aws::{AwsFiles, Profile};
use crate::cli::{Cli, is_command, visible_commands};
use crate::context::Context;
use crate::error::Error;
use crate::output;
use crate::shell;
use crate::similar::{did_you_mean, most_alike};

/// Adds a hint to [`Error::NoSuchProfile`]: a command or an option may have been meant.
pub fn for_name(error: Error) -> Error {
    let Error::NoSuchProfile { name, source, hint } = error else {
        return error;
    };
    let hint = usual_name(&name).map(did_you_mean).or(hint).or_else(|| {
        let cli = Cli::command();
        let command = most_alike(&name, visible_commands(&cli).map(Command::get_name))?;
        Some(did_you_mean(format_args!("aws-switch {command}")))
    });
    Error::NoSuchProfile { name, source, hint }
}

/// The error for a command line that clap rejects, in one line.
pub fn for_line(words: &[OsString], error: &clap::Error) -> Error {
    let mut cli = Cli::command();
    cli.build();
    let words: Vec<&str> = words.iter().map_while(|word| word.to_str()).collect();
    let command = words.first().and_then(|first| cli.find_subcommand(first));
    let command = command.filter(|command| !command.is_hide_set());
    let files = AwsFiles::default();
    let context = &Context::new(&files);
    let hint = unquoted(context, &words, command)
        .or_else(|| incomplete_exec(context, &words, error))
        .or_else(|| misspelt_command(context, &words, &cli))
        .or_else(|| not_a_command(context, &words, error));
    if let Some(option) = unknown_login_option(context, &words, error) {
        return login::unknown_option(option);
    }
    Error::Usage(hint.unwrap_or_else(|| describe(error, command)))
}

/// The error if `exec` lacks its profile, its command, or the `--` between them, with the line to type.
fn incomplete_exec(context: &Context, words: &[&str], error: &clap::Error) -> Option<String> {
    let (_, rest) = words.split_first().filter(|(command, _)| **command == "exec")?;
    let lacks = |argument| details(error, ContextKind::InvalidArg).iter().any(|text| name_of(text) == argument);
    let missing = match error.kind() {
        ErrorKind::MissingRequiredArgument => match (lacks("PROFILE"), lacks("COMMAND")) {
            (true, true) => "profile and command",
            (true, false) => "profile",
            _ => "command",
        },
        ErrorKind::UnknownArgument if is_of_exec(detail(error, ContextKind::InvalidArg), rest) => return None,
        ErrorKind::UnknownArgument => "'--' before the command",
        ErrorKind::ArgumentConflict if !rest.contains(&"--") => "'--' before the command",
        _ => return None,
    };
    let first = rest.iter().find(|word| !word.starts_with('-') || **word == "--here");
    let is_known = |word: &&&str| **word == "--here" || context.has_profile(word);
    let profile = first.filter(is_known).map_or_else(|| "PROFILE".to_owned(), |word| shell::word(word));
    Some(format!("missing {missing}; run {}", shell::in_quotes(format!("aws-switch exec {profile} -- COMMAND"))))
}

/// The option that `login` does not know; before a profile, clap takes it for the profile.
fn unknown_login_option<'w>(context: &Context, words: &[&'w str], error: &clap::Error) -> Option<&'w str> {
    let (_, rest) = words.split_first().filter(|(command, _)| **command == "login")?;
    let before_dashes = rest.iter().copied().take_while(|word| *word != "--");
    let mut options = before_dashes.filter(|word| word.starts_with('-') && *word != "--force");
    options.find(|option| error.kind() == ErrorKind::UnknownArgument && !context.has_profile(option))
}

/// Whether an unknown option is meant for `exec` itself: it stands before the command.
fn is_of_exec(argument: &str, words: &[&str]) -> bool {
    let before = words.iter().take_while(|word| !word.starts_with(argument));
    argument.starts_with('-') && before.filter(|word| !word.starts_with('-') || **word == "--here").count() < 2
}

/// The error if the first word is almost a command, with the line to type.
fn misspelt_command(context: &Context, words: &[&str], cli: &Command) -> Option<String> {
    let (word, rest) = words.split_first().filter(|(word, _)| !word.starts_with('-'))?;
    // Of a profile and a command that are equally similar, the last one is taken.
    let names = context.profiles().iter().map(Profile::name);
    let command = most_alike(word, names.chain(visible_commands(cli).map(Command::get_name)))?;
    if command == *word || !is_command(command) {
        return None;
    }
    let line = [&["aws-switch", command], rest].concat();
    // An option that this command lacks belongs to a switch to a misspelt profile.
    let has_option = || cli.clone().try_get_matches_from(&line).is_ok();
    (!rest.first()?.starts_with('-') || has_option()).then(|| {
        let line: Vec<String> = line.iter().map(|word| shell::word(word)).collect();
        let line = shell::in_quotes(line.join(" "));
        format!("no profile or command named '{word}'; did you mean {line}?")
    })
}

/// The error if a profile follows a word that is neither a command nor a profile.
fn not_a_command(context: &Context, words: &[&str], error: &clap::Error) -> Option<String> {
    let profile = detail(error, ContextKind::InvalidSubcommand);
    let word = words.first().filter(|_| error.kind() == ErrorKind::ArgumentConflict)?;
    (context.has_profile(profile) && !word.starts_with('-') && !context.has_profile(word)).then(|| {
        let meant = did_you_mean(format_args!("aws-switch {}", shell::word(profile)));
        format!("no profile or command named '{word}'; {meant}")
    })
}

fn describe(error: &clap::Error, command: Option<&Command>) -> String {
    let (argument, value) = (detail(error, ContextKind::InvalidArg), detail(error, ContextKind::InvalidValue));
    let words = command.map(|command| format!("{} ", command.get_name())).unwrap_or_default();
    let see = format!("see 'aws-switch {words}--help'");
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            let similar = Some(detail(error, ContextKind::SuggestedArg)).filter(|option| !option.is_empty());
            let usual = usual_name(argument).filter(|_| command.is_none());
            let meant = similar.map(str::to_owned).or(usual);
            format!("unknown option '{argument}'; {}", meant.map_or(see, did_you_mean))
        }
        ErrorKind::UnknownArgument => format!("unexpected argument '{argument}'; {see}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("missing value for '{}'; {see}", name_of(argument)),
        ErrorKind::InvalidValue => {
            let placeholder = argument.split(' ').next_back().unwrap_or_default();
            // All of them, as they are few: the most similar shell to tcsh is zsh, which is not what its user wants.
            let valid = output::series(details(error, ContextKind::ValidValue), "or");
            format!("unknown {} '{value}'; use {valid}", name_of(placeholder).to_lowercase())
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map_or(see, ToString::to_string);
            format!("invalid value '{value}' for '{}'; {why}", name_of(argument))
        }
        ErrorKind::MissingRequiredArgument => {
            let name = name_of(argument);
            let fix = command.and_then(|command| use_values_of(name, command));
            format!("missing {name}; {}", fix.unwrap_or_else(|| format!("run 'aws-switch {words}{name}'")))
        }
        ErrorKind::ArgumentConflict => {
            let prior = name_of(detail(error, ContextKind::PriorArg));
            match detail(error, ContextKind::InvalidSubcommand) {
                "" => format!("'{}' cannot be used with '{prior}'; {see}", name_of(argument)),
                name if is_command(name) => format!("'{name}' cannot be used with '{prior}'; {see}"),
                name => format!("'{name}' is a second profile; name only one"),
            }
        }
        _ => format!("{}; {see}", error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ")),
    }
}

/// The first text of this kind that clap knows.
fn detail(error: &clap::Error, kind: ContextKind) -> &str {
    details(error, kind).first().map_or("", String::as_str)
}

fn details(error: &clap::Error, kind: ContextKind) -> &[String] {
    match error.get(kind) {
        Some(ContextValue::String(text)) => slice::from_ref(text),
        Some(ContextValue::Strings(texts)) => texts,
        _ => &[],
    }
}

/// `--region` of `--region <REGION>`, `PROFILE` of `[PROFILE]`.
fn name_of(argument: &str) -> &str {
    argument.split(' ').find(|word| *word != "--").unwrap_or_default().trim_matches(['<', '>', '[', ']', '.'])
}

/// The values of an argument, if it has only some.
fn use_values_of(name: &str, command: &Command) -> Option<String> {
    let argument = command.get_positionals().find(|argument| argument.get_id().as_str().eq_ignore_ascii_case(name))?;
    let values: Vec<_> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    (!values.is_empty()).then(|| format!("use {}", output::series(&values, "or")))
}

/// The error if the first words are one profile's name, typed without quotes.
fn unquoted(context: &Context, words: &[&str], command: Option<&Command>) -> Option<String> {
    let takes_profile = |command: &Command| command.get_arguments().any(|argument| argument.get_id() == "profile");
    if !command.is_none_or(takes_profile) {
        return None;
    }
    let words = words.get(usize::from(command.is_some())..)?;
    let count = words.iter().take_while(|word| !word.starts_with('-')).count();
    let name = words.get(..count).filter(|parts| parts.len() > 1)?.join(" ");
    let command = command.map(|command| format!("{} ", command.get_name())).unwrap_or_default();
    let line = format!("aws-switch {command}{}", shell::word(&name));
    context.has_profile(&name).then(|| format!("the name '{name}' needs quotes; run {line}"))
}

/// Our name for what other programs call by this command or option.
fn usual_name(word: &str) -> Option<String> {
    let lower = word.to_ascii_lowercase();
    let bare = lower.trim_start_matches('-');
    let meant = match bare {
        "version" => "--version",
        "unset" | "clear" | "reset" | "none" | "off" => "--unset",
        "v" if bare != lower => "--version",
        "p" | "profile" if bare != lower => "PROFILE",
        command if visible_commands(&Cli::command()).any(|visible| visible.get_name() == command) => command,
        _ => return None,
    };
    Some(format!("aws-switch {meant}"))
}
