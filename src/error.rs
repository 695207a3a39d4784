//! What ends a command early: one line, and an exit status that says which kind it was.

use std::fmt::Display;
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::output;

/// Why a command stopped; the exit status is part of the contract with scripts.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    /// Status 1: it could not be done. The text is `what: why`, with the fix where there is one.
    Failed(String),
    /// Status 2: the command line makes no sense.
    Usage(String),
    /// Status 3: there is no profile of that name; what to do about it, where there is more to say than what there is.
    NoSuchProfile(String, Option<String>),
    /// Status 4: it was not confirmed.
    Refused(String),
    /// Status 130, as by Ctrl-C: the user left a question unanswered, and needs not be told.
    Cancelled,
}

impl Error {
    /// Status 1, of `what: why`.
    pub fn failed(what: impl Display, why: impl Display) -> Self {
        Self::Failed(format!("{what}: {}", in_words(why)))
    }

    /// Status 2, of what clap found, in one line, with the command whose help tells more.
    pub fn usage(error: &clap::Error) -> Self {
        let text = error.to_string();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_default();
        let what = first.strip_prefix("error: ").unwrap_or(first).trim_end_matches(':');
        // What is missing stands on lines of its own, up to the usage.
        let mut rest: String = lines
            .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
            .map(|line| format!(": {line}"))
            .collect();
        let usage = text.lines().find_map(|line| line.strip_prefix("Usage: ")?.split(' ').nth(1));
        let command = usage.filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
        let command = command.map(|command| format!("{command} ")).unwrap_or_default();
        if command == "exec " && rest.is_empty() && error.kind() == ErrorKind::UnknownArgument {
            rest.push_str(": put '--' before the command");
        }
        Self::Usage(format!("{what}{rest}: see 'aws-switch {command}--help'"))
    }

    /// The exit status that stands for this kind.
    pub fn status(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::NoSuchProfile(..) => 3,
            Self::Refused(_) => 4,
            Self::Cancelled => 130,
        }
    }

    /// Prints the line on stderr and gives the exit status.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Failed(text) | Self::Usage(text) | Self::Refused(text) => output::message(text),
            Self::NoSuchProfile(name, hint) => {
                let hint = hint.as_deref().unwrap_or("see 'aws-switch list'");
                output::message(&format!("{name}: no such profile: {hint}"));
            }
            Self::Cancelled => {}
        }
        ExitCode::from(self.status())
    }
}

/// Why something could not be done, without the number that Rust adds to what the system says.
pub fn in_words(why: impl Display) -> String {
    let mut text = why.to_string();
    if let Some(number) = text.rfind(" (os error ").filter(|_| text.ends_with(')')) {
        text.truncate(number);
    }
    text
}

/// What ends a line about something that is not there, where something else was probably meant.
pub fn did_you_mean(other: impl Display) -> String {
    format!("did you mean '{other}'?")
}

/// A name this similar is worth suggesting: one wrong letter in three or four.
const SIMILAR: f64 = 0.8;

/// The name that was probably meant, whatever the letter case.
pub fn most_alike<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let rated = names.into_iter().map(|other| {
        let least = if begins(other, name) { SIMILAR } else { 0.0 };
        (least.max(strsim::jaro_winkler(&lower, &other.to_lowercase())), other)
    });
    let best = rated.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 >= SIMILAR).then_some(best.1)
}

/// Whether a name begins with this, whatever the letter case.
pub fn begins(name: &str, start: &str) -> bool {
    !start.is_empty() && name.to_lowercase().starts_with(&start.to_lowercase())
}

/// A closed pipe is no error: whoever read it has seen enough.
pub fn written(result: std::io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::failed("stdout", error)),
        _ => Ok(()),
    }
}
