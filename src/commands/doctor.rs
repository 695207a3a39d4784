//! `aws-switch doctor`: every fault that it finds, and what to do about it.

use std::process::ExitCode;

use serde::Serialize;

use super::{print, print_json};
use crate::cli::is_command;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::Error;
use crate::settings::InForce;

/// The answer, as programs read it.
#[derive(Serialize)]
struct Answer<'a> {
    problems: &'a [Diagnostic],
    /// What is in force, and from where.
    settings: Vec<InForce>,
}

/// Prints what is wrong; status 1 if any of it is an error.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(context: &Context, json: bool) -> Result<ExitCode, Error> {
    let diagnosis = diagnostics::examine(context, is_command);
    if json {
        print_json(&Answer { problems: &diagnosis.findings, settings: context.settings().in_force().collect() })?;
    } else {
        print(&diagnostics::report(&diagnosis, context))?;
    }
    let is_ill = diagnosis.findings.iter().any(Diagnostic::is_error);
    Ok(if is_ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
