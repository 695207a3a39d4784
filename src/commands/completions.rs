//! `aws-switch completions`: commands and options, as clap knows them, for packagers.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell as Generator;

use crate::cli::{Cli, Shell};
use crate::error::{Error, written};

/// Prints the completion file for a shell.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(shell: Shell) -> Result<(), Error> {
    let generator = match shell {
        Shell::Bash => Generator::Bash,
        Shell::Zsh => Generator::Zsh,
        Shell::Fish => Generator::Fish,
        Shell::PowerShell => Generator::PowerShell,
    };
    let mut text = Vec::new();
    clap_complete::generate(generator, &mut Cli::command(), "aws-switch", &mut text);
    written(io::stdout().write_all(&text))
}
