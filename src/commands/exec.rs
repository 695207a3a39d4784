//! `aws-switch exec`: one command under a profile.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use super::target::{self, Target};
use super::whoami;
use crate::cli::Exec;
use crate::context::Context;
use crate::error::{Error, in_words};
use crate::output::Message;
use crate::program;

/// Becomes the command; returns only if it cannot be started, with a shell's exit status for that.
pub fn run(context: &Context, exec: &Exec) -> Result<ExitCode, Error> {
    let target = match &exec.profile {
        Some(name) => Target::named(context, name)?,
        None => Target::here(context)?,
    };
    target::confirm(context, target.profile, exec.yes, "run this command under it", "nothing was run")?;
    if exec.check {
        whoami::check(context, &target)?;
    }
    start(context, &target, &exec.command)
}

fn start(context: &Context, target: &Target, words: &[OsString]) -> Result<ExitCode, Error> {
    let Some((name, arguments)) = words.split_first() else {
        return Err(Error::Usage("no command to run; see 'aws-switch exec --help'".to_owned()));
    };
    let mut command = program::command(name);
    program::set_layer(command.args(arguments), context, &target.layer());
    program::exec(command).or_else(|error| {
        let name = name.to_string_lossy();
        let (text, status) = match error.kind() {
            ErrorKind::NotFound if Path::new(name.as_ref()).exists() => (
                format!("cannot run '{name}': what it needs to run, such as the program behind its '#!', is missing"),
                127,
            ),
            ErrorKind::NotFound => (format!("command not found: '{name}'"), 127),
            _ => (format!("cannot run '{name}': {}", in_words(error)), 126),
        };
        Message::error(text).print();
        Ok(ExitCode::from(status))
    })
}
