//! `aws-switch pin`: writes `.awsprofile` in this directory and trusts it, or removes it.

use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use crate::aws::is_account_id;
use crate::cli::Pin;
use crate::context::Context;
use crate::directory::parse::MOST_BYTES;
use crate::directory::trust::{self, Trust};
use crate::directory::{self, DirectoryProfile, NAME};
use crate::error::Error;
use crate::fs::{self, Permissions};
use crate::paths;
use crate::protocol::Event;
use crate::switching::{Decision, messages, reply};

pub fn run(context: &Context, pin: Pin) -> Result<ExitCode, Error> {
    // For a script of another version nothing is written.
    reply::has_reader()?;
    let directory = paths::working_directory().filter(|directory| directory.is_dir());
    let file = directory.ok_or_else(messages::no_directory)?.join(NAME);
    if pin.remove {
        unpin(&file)?;
        let line = |decision: &Decision| messages::unpinned(context, decision, &file);
        return reply::print_with(context, Event::Change, line).map(|_| ExitCode::SUCCESS);
    }
    let wanted = wanted(context, pin, &file)?;
    write(&file, &wanted)?;
    let unknown_region = wanted.region.as_deref().and_then(messages::unknown_region);
    reply::print_with(context, Event::Reapply, |decision| {
        messages::join(messages::pinned(context, decision, &file, &wanted), unknown_region)
    })
}

/// The content of the file. Without a PROFILE, a region and an account that it already has for the profile stay.
fn wanted(context: &Context, pin: Pin, file: &Path) -> Result<DirectoryProfile, Error> {
    let profile = match &pin.profile {
        Some(name) => context.profile(name)?,
        None => context.profile_of_variable()?.ok_or_else(messages::nothing_to_pin)?,
    };
    let profile = profile.name();
    let account_id = if pin.account {
        let id = context.account(profile).id.filter(|id| is_account_id(id));
        Some(id.ok_or_else(|| messages::no_account_to_pin(profile))?.into_owned())
    } else {
        None
    };
    let present = fs::read_regular(file, MOST_BYTES as u64).ok().filter(|_| pin.profile.is_none());
    let present = present.and_then(|bytes| directory::parse(&bytes).ok()).filter(|present| present.profile == profile);
    let present = present.unwrap_or_default();
    let wanted = DirectoryProfile {
        profile: profile.to_owned(),
        region: pin.region.or(present.region),
        account_id: account_id.or(present.account_id),
    };
    match directory::parse(wanted.content().as_bytes()) {
        Ok(parsed) if parsed == wanted => Ok(wanted),
        _ => Err(messages::not_pinnable(profile)),
    }
}

fn write(file: &Path, wanted: &DirectoryProfile) -> Result<(), Error> {
    let content = wanted.content().into_bytes();
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
        // Trust that cannot be discarded is in this content alone.
        let _ = trust::save(&path, &Trust::Unknown);
    }
    Ok(())
}
