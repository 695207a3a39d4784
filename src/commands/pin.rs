//! `aws-switch pin`: writes `.awsprofile` in this directory and trusts it, or removes it.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use crate::context::Context;
use crate::directory::trust::{self, Trust};
use crate::directory::{self, DirectoryProfile, NAME};
use crate::error::Error;
use crate::fs::{self, Permissions};
use crate::paths;
use crate::switching::{Event, messages, reply};

pub fn run(context: &Context, profile: Option<OsString>, remove: bool) -> Result<ExitCode, Error> {
    let file = paths::working_directory().ok_or_else(messages::no_directory)?.join(NAME);
    if remove {
        unpin(&file)?;
        return reply::print_with(context, Event::Change, |decision| messages::unpinned(context, decision, &file));
    }
    let profile = profile.or_else(|| context.environment.profile.clone()).ok_or_else(messages::nothing_to_pin)?;
    let profile = context.profile(&profile)?.name();
    pin(&file, profile)?;
    reply::print_with(context, Event::Reapply, |decision| messages::pinned(context, decision, &file, profile))
}

fn pin(file: &Path, profile: &str) -> Result<(), Error> {
    let content = format!("{profile}\n").into_bytes();
    let expected = DirectoryProfile { profile: profile.to_owned(), region: None };
    if directory::parse(&content) != Ok(expected) {
        return Err(messages::not_pinnable(profile));
    }
    let failed = |error| messages::not_written(file, error);
    let path = paths::canonical_entry(file).map_err(failed)?;
    let before = trust::of(&path);
    // Trusted before it is written: a shell may judge it at once.
    trust::save(&path, &Trust::Allowed(content.clone()))?;
    fs::replace(file, &content, Permissions::Readable).or_else(|error| {
        trust::save(&path, &before)?;
        Err(failed(error))
    })
}

fn unpin(file: &Path) -> Result<(), Error> {
    std::fs::remove_file(file).map_err(|error| match error.kind() {
        ErrorKind::NotFound => messages::not_pinned(file),
        _ => messages::not_removed(file, error),
    })?;
    let path = paths::canonical_entry(file).ok();
    // A denial is for whatever file is written there later.
    if let Some(path) = path.filter(|path| trust::of(path) != Trust::Denied) {
        // What cannot be discarded trusts this content alone.
        let _ = trust::save(&path, &Trust::Unknown);
    }
    Ok(())
}
