//! `aws-switch doctor`: every fault that it finds, and what to do about it.

use std::process::ExitCode;

use serde::Serialize;

use super::{print, print_json};
use crate::aws::Finding;
use crate::cli::is_command;
use crate::doctor;
use crate::error::Error;
use crate::session::Session;
use crate::settings::InForce;

/// The answer, as programs read it.
#[derive(Serialize)]
struct Answer<'a> {
    problems: &'a [Finding],
    /// What is in force, and from where.
    settings: Vec<InForce>,
}

/// Prints what is wrong; status 1 if any of it is an error.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(json: bool) -> Result<ExitCode, Error> {
    let session = Session::new();
    let diagnosis = doctor::examine(&session, is_command);
    if json {
        print_json(&Answer { problems: &diagnosis.findings, settings: session.settings.in_force().collect() })?;
    } else {
        print(&doctor::report(&diagnosis, &session))?;
    }
    let is_ill = diagnosis.findings.iter().any(Finding::is_error);
    Ok(if is_ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
