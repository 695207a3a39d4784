//! `aws-switch allow` and `deny`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::context::Context;
use crate::directory::{self, trust};
use crate::error::Error;
use crate::paths;
use crate::switching::decide::Event;

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
    let unknown = if context.accounts.has(&layer.profile) { "" } else { ", but there is no such profile" };
    answer(context, &format!("{}: allowed: {}{unknown}", paths::shown(&file), layer.profile))
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
    trust::deny(&paths::canonical_entry(&file).map_err(failed)?)?;
    answer(context, &format!("{}: denied", paths::shown(&file)))
}

fn answer(context: &Context, told: &str) -> Result<ExitCode, Error> {
    let (mut answer, _) = context.follow(Event::Change)?;
    answer.say(told);
    answer.print()?;
    Ok(ExitCode::SUCCESS)
}
