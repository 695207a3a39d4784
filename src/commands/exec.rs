//! `aws-switch exec`: one command under a profile.

use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::process::ExitCode;

use crate::context::Context;
use crate::error::{Error, in_words};
use crate::output::Message;
use crate::paths;
use crate::program;

/// Becomes the command; returns only if it cannot be started, with a shell's exit status for that.
pub fn run(context: &Context, profile: &OsStr, words: &[OsString]) -> Result<ExitCode, Error> {
    let profile = context.profile(profile)?;
    let Some((name, arguments)) = words.split_first() else {
        return Err(Error::Usage("no command to run; see 'aws-switch exec --help'".to_owned()));
    };
    let mut command = program::command(name);
    program::set_profile(command.args(arguments), context, profile.name());
    program::exec(command).or_else(|error| {
        let name = paths::shown(name.as_ref());
        let (text, status) = match error.kind() {
            ErrorKind::NotFound => (format!("command not found: '{name}'"), 127),
            _ => (format!("cannot run '{name}': {}", in_words(error)), 126),
        };
        Message::error(text).print();
        Ok(ExitCode::from(status))
    })
}
