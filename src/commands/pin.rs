//! `aws-switch pin`: writes `.awsprofile` in this directory and trusts it, or removes it.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use crate::context::Context;
use crate::directory::trust::{self, Trust};
use crate::directory::{self, DirectoryProfile, NAME};
use crate::error::Error;
use crate::fs::{self, Permissions};
use crate::paths;
use crate::switching::{self, Event, messages, reply};

/// Pins a profile, else the active one, to the working directory; or unpins it.
///
/// # Errors
/// If there is no such profile, or the file or its trust cannot be written.
pub fn run(context: &Context, profile: Option<OsString>, remove: bool) -> Result<ExitCode, Error> {
    let directory =
        paths::working_directory().ok_or_else(|| Error::failed("this folder", "it is gone: go to another one"))?;
    let file = directory.join(NAME);
    if remove {
        return unpin(context, &file);
    }
    let profile = profile
        .or_else(|| context.environment.profile.clone())
        .ok_or_else(|| Error::failed("no profile is in force", "name one: 'aws-switch pin PROFILE'"))?;
    let content = content(context.profile(&profile)?.name())?;
    let failed = |error| Error::failed(paths::shown(&file), error);
    let path = paths::canonical_entry(&file).map_err(failed)?;
    let before = trust::of(&path);
    // Trusted before it is written: a shell may judge it at once.
    trust::save(&path, &Trust::Allowed(content.clone()))?;
    if let Err(error) = fs::replace(&file, &content, Permissions::Readable) {
        trust::save(&path, &before)?;
        return Err(failed(error));
    }
    print(context, &Event::Reapply, messages::pinned(&file))
}

fn unpin(context: &Context, file: &Path) -> Result<ExitCode, Error> {
    let failed = |error| Error::failed(paths::shown(file), error);
    std::fs::remove_file(file).map_err(failed)?;
    let path = paths::canonical_entry(file).ok();
    // A denial holds for whatever file is written there later.
    if let Some(path) = path.filter(|path| trust::of(path) != Trust::Denied) {
        // Trust that stays is only for this content.
        let _ = trust::save(&path, &Trust::Unknown);
    }
    print(context, &Event::Change, messages::unpinned(file))
}

fn print(context: &Context, event: &Event, message: String) -> Result<ExitCode, Error> {
    let mut decision = switching::decide(context, event);
    decision.answer(message);
    reply::print(&decision)?;
    Ok(decision.status())
}

/// The file's bytes, which must parse as the very profile.
fn content(profile: &str) -> Result<Vec<u8>, Error> {
    let content = format!("{profile}\n").into_bytes();
    let expected = DirectoryProfile { profile: profile.to_owned(), region: None };
    if directory::parse(&content) == Ok(expected) {
        return Ok(content);
    }
    Err(Error::failed(profile, "a .awsprofile cannot hold this name: it begins with '#' or a blank, or ends with one"))
}
