//! `aws-switch doctor`: every problem, with the fix.

use std::process::ExitCode;

use serde::Serialize;

use super::{print, print_json};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::Error;
use crate::settings::ActiveSetting;

#[derive(Serialize)]
struct Answer<'a> {
    problems: &'a [Diagnostic],
    settings: &'a [ActiveSetting],
}

pub fn run(context: &Context, json: bool) -> Result<ExitCode, Error> {
    let diagnosis = diagnostics::examine(context);
    if json {
        print_json(&Answer { problems: &diagnosis.diagnostics, settings: &context.settings().active })?;
    } else {
        print(&diagnostics::report(&diagnosis, context))?;
    }
    let has_error = diagnosis.diagnostics.iter().any(Diagnostic::is_error);
    Ok(if has_error { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
