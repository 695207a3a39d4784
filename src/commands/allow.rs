//! `aws-switch allow` and `deny`: trust a `.awsprofile`, or never.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::context::Context;
use crate::directory;
use crate::directory::trust::{self, Trust};
use crate::error::Error;
use crate::paths;
use crate::switching::{self, Event, messages, reply};

/// Trusts a `.awsprofile` with the content that it has now, whoever owns it.
///
/// # Errors
/// If it cannot be read, is invalid, or the trust cannot be written.
pub fn allow(context: &Context, path: Option<&Path>) -> Result<ExitCode, Error> {
    let file = directory_file(path)?;
    let cannot = |why| Error::failed(paths::shown(&file), format!("not allowed: {why}"));
    let opened = directory::open(&file).map_err(cannot)?;
    let wanted = directory::parse(&opened.content).map_err(|error| cannot(error.message))?;
    let trust = Trust::Allowed(opened.content);
    for path in opened.link.iter().chain([&opened.canonical]) {
        trust::save(path, &trust)?;
    }
    print(context, messages::allowed(&file, &wanted.profile, context.has_profile(&wanted.profile)))
}

/// Distrusts a `.awsprofile`, whatever its content will be.
///
/// # Errors
/// If there is no such file, or the distrust cannot be written.
pub fn deny(context: &Context, path: Option<&Path>) -> Result<ExitCode, Error> {
    let file = directory_file(path)?;
    let failed = |error| Error::failed(paths::shown(&file), error);
    fs::symlink_metadata(&file).map_err(failed)?;
    // The link itself is denied, as it may lead elsewhere later.
    trust::save(&paths::canonical_entry(&file).map_err(failed)?, &Trust::Denied)?;
    print(context, messages::denied(&file))
}

/// The file that PATH stands for: itself, or the `.awsprofile` in a directory; without a PATH, the one that applies here.
fn directory_file(path: Option<&Path>) -> Result<PathBuf, Error> {
    let Some(path) = path else {
        let found = paths::working_directory().and_then(|directory| directory::find(&directory));
        return found
            .ok_or_else(|| Error::failed("no .awsprofile here or above", "write one with 'aws-switch pin PROFILE'"));
    };
    let path = env::current_dir().map(|here| here.join(path)).unwrap_or_else(|_| path.to_path_buf());
    let is_directory = path.is_dir() && path.file_name() != Some(directory::NAME.as_ref());
    Ok(if is_directory { path.join(directory::NAME) } else { path })
}

fn print(context: &Context, message: String) -> Result<ExitCode, Error> {
    let mut decision = switching::decide(context, &Event::Change);
    decision.answer(message);
    reply::print(&decision)?;
    Ok(ExitCode::SUCCESS)
}
