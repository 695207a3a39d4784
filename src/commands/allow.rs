//! `aws-switch allow` and `deny`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::context::Context;
use crate::directory::{self, trust};
use crate::error::Error;
use crate::paths;
use crate::switching::{self, Event, messages, reply};

/// Trusts a `.awsprofile` with the content that it has now, whoever owns it.
///
/// # Errors
/// If it cannot be read, makes no sense, or the trust cannot be kept.
pub fn allow(context: &Context, path: Option<&Path>) -> Result<ExitCode, Error> {
    let file = trust::meant(path)?;
    let cannot = |why| Error::failed(paths::shown(&file), format!("not allowed: {why}"));
    let opened = directory::read(&file).map_err(cannot)?;
    let layer = opened.content.parse().map_err(|flaw| cannot(flaw.to_string()))?;
    for path in opened.link.iter().chain([&opened.canonical]) {
        trust::allow(path, &opened.content)?;
    }
    print(context, messages::allowed(&file, &layer.profile, context.accounts.has(&layer.profile)))
}

/// Distrusts a `.awsprofile`, whatever its content will be.
///
/// # Errors
/// If there is no such file, or the word cannot be kept.
pub fn deny(context: &Context, path: Option<&Path>) -> Result<ExitCode, Error> {
    let file = trust::meant(path)?;
    let failed = |error| Error::failed(paths::shown(&file), error);
    fs::symlink_metadata(&file).map_err(failed)?;
    // Of a link itself, wherever it leads to by then.
    trust::deny(&paths::place(&file).map_err(failed)?)?;
    print(context, messages::denied(&file))
}

fn print(context: &Context, message: String) -> Result<ExitCode, Error> {
    let mut decision = switching::decide(context, &Event::Change);
    decision.answer(message);
    reply::print(&decision)?;
    Ok(ExitCode::SUCCESS)
}
