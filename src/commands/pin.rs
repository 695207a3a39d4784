//! `aws-switch pin`: writes `.awsprofile` in this folder and trusts it, or removes it.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use super::auto;
use crate::context::Context;
use crate::directory::trust::{self, Trust};
use crate::directory::{Content, NAME};
use crate::error::Error;
use crate::fs::{self, Permissions, Replacement};
use crate::paths;
use crate::switching::decide::{Event, Layer};

/// Pins a profile, else the one in force, to the working folder; or unpins it.
///
/// # Errors
/// If there is no such profile, or the file or its trust cannot be written.
pub fn run(context: &Context, profile: Option<OsString>, remove: bool) -> Result<ExitCode, Error> {
    let folder =
        paths::working_directory().ok_or_else(|| Error::failed("this folder", "it is gone: go to another one"))?;
    let file = folder.join(NAME);
    if remove {
        return unpin(context, &file);
    }
    let profile = profile
        .or_else(|| context.environment.profile.clone())
        .ok_or_else(|| Error::failed("no profile is in force", "name one: 'aws-switch pin PROFILE'"))?;
    let content = content(context.accounts.existing(&profile)?.name())?;
    let failed = |error| Error::failed(paths::shown(&file), error);
    let place = paths::canonical_entry(&file).map_err(failed)?;
    let before = trust::of(&place);
    // Trusted before it is there: a pin that is refused would be none.
    trust::allow(&place, &content)?;
    let how = Replacement { permissions: Permissions::Readable, durable: false };
    if let Err(error) = fs::replace(&file, &content.0, how) {
        match before {
            Trust::Allowed(content) => trust::allow(&place, &content)?,
            Trust::Denied => trust::deny(&place)?,
            Trust::Unknown | Trust::Lost => trust::forget(&place),
        }
        return Err(failed(error));
    }
    answer(context, Event::Reapply, &format!("{}: written", paths::shown(&file)))
}

fn unpin(context: &Context, file: &Path) -> Result<ExitCode, Error> {
    let failed = |error| Error::failed(paths::shown(file), error);
    std::fs::remove_file(file).map_err(failed)?;
    let place = paths::canonical_entry(file).ok();
    // A denial outlives the file.
    if let Some(place) = place.filter(|path| trust::of(path) != Trust::Denied) {
        trust::forget(&place);
    }
    answer(context, Event::Change, &format!("{}: removed", paths::shown(file)))
}

fn answer(context: &Context, event: Event, told: &str) -> Result<ExitCode, Error> {
    let (mut answer, outcome) = context.follow(event)?;
    answer.say(told);
    answer.print()?;
    Ok(auto::status(&outcome.told))
}

/// The file's bytes, which must read back as the very profile.
fn content(profile: &str) -> Result<Content, Error> {
    let content = Content(format!("{profile}\n").into_bytes());
    let expected = Layer { profile: profile.to_owned(), region: None };
    if content.parse() == Ok(expected) {
        return Ok(content);
    }
    Err(Error::failed(profile, "a .awsprofile cannot hold this name: it begins with '#' or a blank, or ends with one"))
}
