//! `aws-switch configure`: runs `aws configure` where that writes the profile correctly, and reports its problems.

use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use super::print;
use crate::aws::AwsFiles;
use crate::cli::is_command;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::environment::{DEFAULT_PROFILE, PROFILE};
use crate::error::Error;
use crate::output;
use crate::paths;
use crate::program;
use crate::shell;

/// Runs `aws configure` for a profile, new or not, and prints its problems and how to switch to it.
///
/// # Errors
/// If `aws configure` would write it wrongly, is not installed, or wrote nothing.
pub fn run(context: &Context, profile: &OsStr) -> Result<ExitCode, Error> {
    let name = profile.to_str().ok_or_else(|| Error::failed(paths::shown(profile.as_ref()), "it is not UTF-8"))?;
    check_writable(context, name)?;
    let status = aws_configure(name)?.status().map_err(|error| Error::failed("aws", error))?;
    if !status.success() {
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        return Ok(ExitCode::from(code.unwrap_or(1)));
    }
    report(&Context::new(&AwsFiles::default()), name)?;
    Ok(ExitCode::SUCCESS)
}

fn aws_configure(name: &str) -> Result<Command, Error> {
    let mut command = program::aws()?;
    command.arg("configure");
    if name == "default" {
        // With a name, version 1 writes [profile default], which hides a [default].
        command.env_remove(PROFILE).env_remove(DEFAULT_PROFILE);
    } else {
        command.arg(format!("--profile={name}"));
    }
    Ok(command)
}

fn check_writable(context: &Context, name: &str) -> Result<(), Error> {
    if let Some(why) = diagnostics::miswritten(name) {
        return Err(Error::failed(name, format!("{why}: choose another name, or edit the files by hand")));
    }
    let unfindable = context.profiles().get(name).and_then(diagnostics::unfindable);
    let Some((path, line)) = unfindable.and_then(|(file, line)| Some((context.aws_file(file).path.as_deref()?, line)))
    else {
        return Ok(());
    };
    let why = "'aws configure' does not find a header that is written like this, and would add a second one \
               that hides it";
    Err(Error::failed(format!("{}:{line}", paths::shown(path)), format!("{why}: edit the file by hand")))
}

fn report(context: &Context, name: &str) -> Result<(), Error> {
    let Some(profile) = context.profiles().get(name) else {
        return Err(Error::failed(name, "there is still no such profile: nothing was entered"));
    };
    let problems = diagnostics::examine_profile(context, profile);
    print(&diagnostics::render(&problems, context))?;
    let switch = shell::switch_line(name, "", is_command(name));
    if problems.iter().any(Diagnostic::is_error) {
        return Err(Error::failed(name, format!("mend that first, then switch to it: {switch}")));
    }
    output::message(&format!("{name}: it is ready: switch to it: {switch}"));
    Ok(())
}
