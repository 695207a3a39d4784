//! `aws-switch exec`: one command under a profile.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use crate::context::Context;
use crate::error::{Error, in_words};
use crate::output;
use crate::paths;
use crate::program;

/// A shell's exit status for a command that does not exist.
const NOT_FOUND: u8 = 127;
/// A shell's exit status for a command that cannot be run.
const NOT_RUN: u8 = 126;

/// Becomes the command; returns only if it cannot be started.
pub fn run(context: &Context, profile: &OsStr, words: &[OsString]) -> Result<ExitCode, Error> {
    let profile = context.profile(profile)?;
    let Some((name, arguments)) = words.split_first() else {
        return Err(Error::Usage("exec: no command: see 'aws-switch exec --help'".to_owned()));
    };
    let mut command = program::command(name);
    program::set_profile(command.args(arguments), context, profile.name());
    program::exec(command).or_else(|error| Ok(not_started(name, &error)))
}

fn not_started(name: &OsStr, error: &io::Error) -> ExitCode {
    let name = paths::shown(name.as_ref());
    let (why, status) = match error.kind() {
        ErrorKind::NotFound => ("there is no such command".to_owned(), NOT_FOUND),
        _ => (in_words(error), NOT_RUN),
    };
    output::message(&format!("{name}: {why}"));
    ExitCode::from(status)
}
