//! The helper of aws-switch: answers questions about AWS profiles, and tells the shell
//! integration what to assign. It never changes a shell itself.

// Whatever the files and the environment hold, it answers or says why not.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod aws;
mod cli;
mod commands;
mod confirm;
mod directory;
mod doctor;
mod environment;
mod error;
mod kept;
mod keys;
mod layers;
mod picker;
mod places;
mod program;
#[cfg(any(test, fuzzing))]
pub mod properties;
mod readers;
mod recent;
mod resolution;
mod session;
mod settings;
mod shell;
mod state;
mod terminal;
mod wire;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let result = match cli::fast::parse(&words).map_or_else(cli::Cli::try_parse, Ok) {
        Ok(cli) => commands::run(cli),
        Err(error) if !error.use_stderr() => error::written(error.print()).map(|()| ExitCode::SUCCESS),
        Err(error) => Err(commands::by_line(&words, &error)),
    };
    result.unwrap_or_else(|error| error.report())
}
