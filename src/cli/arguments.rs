//! The arguments of `exec`, `env` and `pin`, made only when one of these commands is parsed.

use std::ffi::OsString;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum, ValueHint};

use crate::directory::parse::is_like_region;

#[derive(Debug, Args)]
pub struct Exec {
    /// Profile to run the command under (not with --here)
    #[arg(allow_hyphen_values = true, required_unless_present = "here")]
    pub profile: Option<OsString>,
    /// Use the profile of the .awsprofile that applies here
    #[arg(long, conflicts_with = "profile")]
    pub here: bool,
    /// Ask AWS first, and run the command only in the expected account
    #[arg(long)]
    pub check: bool,
    /// Run it under a protected profile without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Command and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND", value_hint = ValueHint::CommandName)]
    pub command: Vec<OsString>,
}

#[derive(Debug, Args)]
pub struct Env {
    /// Profile to print them for [default: the active one]
    pub profile: Option<OsString>,
    /// Use the profile of the .awsprofile that applies here
    #[arg(long, conflicts_with = "profile")]
    pub here: bool,
    /// Print them in this form
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = EnvFormat::Sh)]
    pub format: EnvFormat,
    /// Print those of a protected profile without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// The form in which `env` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EnvFormat {
    /// For eval in sh, bash and zsh
    Sh,
    /// For source in fish
    Fish,
    /// For Invoke-Expression
    #[value(name = "powershell")]
    PowerShell,
    /// An object of variables
    Json,
    /// NAME=VALUE lines, for a file
    Dotenv,
}

#[derive(Debug, Args)]
pub struct Pin {
    /// Profile to write [default: the active one]
    pub profile: Option<OsString>,
    /// Write this region too
    #[arg(short, long, value_name = "REGION", value_parser = region)]
    pub region: Option<String>,
    /// Write the account of the profile too, so that the file is ignored if the profile belongs to another
    #[arg(long)]
    pub account: bool,
    /// Remove .awsprofile instead
    #[arg(long, conflicts_with_all = ["profile", "region", "account"])]
    pub remove: bool,
}

fn region(text: &str) -> Result<String, &'static str> {
    if is_like_region(text) { Ok(text.to_owned()) } else { Err("use a region such as eu-west-1") }
}

/// Arguments that clap makes only for a command line of their command: those of these three would take a twenty-fifth of
/// each switch and each Tab. A doc comment on their struct would replace the help of the command.
#[derive(Debug)]
pub struct Deferred<T>(pub T);

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(T::augment_args)
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(T::augment_args_for_update)
    }
}

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}
