//! The modules of aws-switch, for its program, its tests and its fuzz targets. They promise nothing to other crates.

// No file and no variable may make it panic.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod aws;
mod cli;
mod commands;
mod context;
mod diagnostic;
mod diagnostics;
mod directory;
mod environment;
mod error;
mod fs;
mod output;
mod paths;
mod picker;
mod program;
#[cfg(any(test, fuzzing))]
pub mod properties;
mod protection;
mod protocol;
mod readers;
mod recent;
mod settings;
mod shell;
mod similar;
mod state;
mod switching;
#[cfg(unix)]
mod users;
mod utf16;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

/// Runs the command of the command line, and returns the exit status.
pub fn run() -> ExitCode {
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let result = match cli::Cli::try_parse() {
        Ok(cli) => commands::run(cli),
        // A script that asks with `-yh` reads stdout, and did not see that it is for help.
        Err(error) if !error.use_stderr() && switching::reply::has_reader() == Ok(true) => {
            switching::reply::print_failure();
            eprint!("{error}");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) if !error.use_stderr() => error::ignore_closed_pipe(error.print()).map(|()| ExitCode::SUCCESS),
        Err(error) => Err(commands::for_line(&words, &error)),
    };
    result.unwrap_or_else(|error| {
        switching::reply::print_failure();
        error.report()
    })
}
