//! `aws-switch help`: what `--help` prints.

use clap::Parser;

use crate::cli::{Cli, is_command};
use crate::error::{Error, ignore_closed_pipe};

pub fn run(command: Option<&str>) -> Result<(), Error> {
    if let Some(name) = command.filter(|name| !is_command(name)) {
        return Err(Error::Usage(format!("no command named '{name}'; see 'aws-switch help'")));
    }
    let words = ["aws-switch"].into_iter().chain(command).chain(["--help"]);
    // Clap returns a help text as an error.
    Cli::try_parse_from(words).map_or_else(|help| ignore_closed_pipe(help.print()), |_| Ok(()))
}
