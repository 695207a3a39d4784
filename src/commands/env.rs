//! `aws-switch env`: the variables under which commands use a profile, for processes without the shell integration.

use std::io::{self, IsTerminal as _};

use indexmap::IndexMap;
use serde::Serialize;

use super::target::{self, Target};
use super::{print_json, print_lines, summary};
use crate::cli::{Env, EnvFormat};
use crate::context::Context;
use crate::error::Error;
use crate::shell::{self, Shell};
use crate::switching;

/// Each variable; `None` is one to unset.
#[derive(Serialize)]
struct ChildVariables(IndexMap<&'static str, Option<String>>);

pub fn run(context: &Context, env: &Env) -> Result<(), Error> {
    let shell = match env.format {
        EnvFormat::Sh => Some(Shell::Bash),
        EnvFormat::Fish => Some(Shell::Fish),
        EnvFormat::PowerShell => Some(Shell::PowerShell),
        EnvFormat::Json | EnvFormat::Dotenv => None,
    };
    print_variables(context, env, shell).or_else(|error| {
        // To evaluate nothing would succeed, and the next command would run under another profile.
        if let Some(shell) = shell.filter(|_| !io::stdout().is_terminal()) {
            print_lines([&*shell.failure(error.status())])?;
        }
        Err(error)
    })
}

fn print_variables(context: &Context, env: &Env, shell: Option<Shell>) -> Result<(), Error> {
    let target = match &env.profile {
        Some(name) => Target::named(context, name)?,
        None if env.here => Target::here(context)?,
        None => Target::of(context, summary::named_or_active(context, None, "env")?),
    };
    target::confirm(context, target.profile, env.yes, "print its variables", "nothing was printed")?;
    let variables = ChildVariables::new(context, &target)?;
    match shell {
        Some(shell) => variables.print_for(shell),
        None if env.format == EnvFormat::Json => print_json(&variables),
        None => variables.print_dotenv(),
    }
}

impl ChildVariables {
    fn new(context: &Context, target: &Target) -> Result<Self, Error> {
        let decision = switching::switch_child(context, &target.layer());
        let variables = decision.child_variables(&context.environment).map(|(name, value)| {
            let value = value.map(|value| value.into_string()).transpose();
            Ok((name, value.map_err(|_| Error::Failed(format!("{name} is not UTF-8; unset it")))?))
        });
        variables.collect::<Result<_, _>>().map(Self)
    }

    fn set(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)))
    }

    fn unset(&self) -> Vec<&'static str> {
        self.0.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect()
    }

    fn print_for(&self, shell: Shell) -> Result<(), Error> {
        let exports = self.set().map(|(name, value)| shell.export(name, value));
        let lines: Vec<String> = exports.chain([shell.unset(&self.unset())]).collect();
        print_lines(lines.iter().map(String::as_str))
    }

    /// A dotenv file can unset nothing.
    fn print_dotenv(&self) -> Result<(), Error> {
        let line = |(name, value)| {
            let word = shell::dotenv(value).ok_or_else(|| {
                let why = "its readers disagree about spaces, quotes and '$'; use --format sh or json";
                Error::Failed(format!("a dotenv file cannot contain {name}={}: {why}", shell::word(value)))
            })?;
            Ok(format!("{name}={word}"))
        };
        let lines = self.set().map(line).collect::<Result<Vec<_>, Error>>()?;
        print_lines(lines.iter().map(String::as_str))
    }
}
