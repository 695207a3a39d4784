//! How a command fails: one line on stderr, and an exit status for each kind of failure.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::output::Message;
use crate::paths::shorten;

pub const NO_HOME: &str = "no home directory is known; set HOME";

/// The reason why a command stopped; scripts rely on the exit status.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    /// Status 1: it could not be done. The text is `what: why`, and the fix if there is one.
    Failed(String),
    /// Status 2: the command line makes no sense.
    Usage(String),
    /// Status 3: there is no profile of this name. `source` is where the name comes from, if it was not typed; the hint
    /// is a better one than the list.
    NoSuchProfile { name: String, source: Option<&'static str>, hint: Option<String> },
    /// Status 4: it was not confirmed.
    Refused(String),
    /// Status 130, as after Ctrl-C: the user left a question unanswered. Nothing is printed.
    Cancelled,
}

impl Error {
    pub fn failed(what: impl Display, why: impl Display) -> Self {
        Self::Failed(format!("{what}: {}", in_words(why)))
    }

    /// Adds to [`Error::NoSuchProfile`] where the name comes from, as it was not typed.
    pub fn about_name_from(self, source: &'static str) -> Self {
        match self {
            Self::NoSuchProfile { name, hint, .. } => Self::NoSuchProfile { name, source: Some(source), hint },
            other => other,
        }
    }

    pub fn status(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::NoSuchProfile { .. } => 3,
            Self::Refused(_) => 4,
            Self::Cancelled => 130,
        }
    }

    pub fn report(self) -> ExitCode {
        let status = ExitCode::from(self.status());
        match self {
            Self::Failed(text) | Self::Usage(text) | Self::Refused(text) => Message::error(text).print(),
            Self::NoSuchProfile { name, source, hint } => {
                Message::error(no_such_profile(&name, source, hint.as_deref())).print();
            }
            Self::Cancelled => {}
        }
        status
    }
}

fn no_such_profile(name: &str, source: Option<&str>, hint: Option<&str>) -> String {
    let source = source.map(|source| format!(" (from {source})")).unwrap_or_default();
    format!("no profile named '{name}'{source}; {}", hint.unwrap_or("see 'aws-switch list'"))
}

pub fn empty_name() -> Error {
    let fix = "name one, or run 'aws-switch --unset' for none";
    Error::Failed(format!("the name of the profile is empty; {fix}"))
}

/// `allow`, `deny` and `pin` cannot write what they decided.
pub fn trust_not_saved(file: &Path, why: impl Display) -> Error {
    Error::failed(format!("cannot save whether {} is trusted", shorten(file)), why)
}

/// An error without the number that Rust adds to the system's own text.
pub fn in_words(why: impl Display) -> String {
    let mut text = why.to_string();
    if let Some(number) = text.rfind(" (os error ").filter(|_| text.ends_with(')')) {
        text.truncate(number);
    }
    text
}

/// The result of writing to stdout. A closed pipe is no error: its reader has seen enough.
pub fn ignore_closed_pipe(result: io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::failed("cannot write the output", error)),
        _ => Ok(()),
    }
}
