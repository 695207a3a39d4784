//! `aws-switch pin`: writes `.awsprofile` in this folder and trusts it, or removes it.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{self, ExitCode};

use crate::context::Context;
use crate::directory::trust::{self, Trust};
use crate::directory::{Content, DirectoryProfile, NAME};
use crate::error::Error;
use crate::paths;
use crate::switching::{self, Event, messages, reply};

/// Pins a profile, else the one in force, to the working folder; or unpins it.
///
/// # Errors
/// If there is no such profile, or the file or its trust cannot be written.
pub fn run(context: &Context, profile: Option<OsString>, remove: bool) -> Result<ExitCode, Error> {
    let folder =
        paths::working_folder().ok_or_else(|| Error::failed("this folder", "it is gone: go to another one"))?;
    let file = folder.join(NAME);
    if remove {
        return unpin(context, &file);
    }
    let profile = profile
        .or_else(|| context.environment.profile.clone())
        .ok_or_else(|| Error::failed("no profile is in force", "name one: 'aws-switch pin PROFILE'"))?;
    let content = content(context.accounts.existing(&profile)?.name())?;
    let failed = |error| Error::failed(paths::shown(&file), error);
    let place = paths::place(&file).map_err(failed)?;
    let before = trust::of(&place);
    // Trusted before it is there: a pin that is refused would be none.
    trust::allow(&place, &content)?;
    if let Err(error) = write(&file, &content) {
        match before {
            Trust::Allowed(content) => trust::allow(&place, &content)?,
            Trust::Denied => trust::deny(&place)?,
            Trust::Unknown | Trust::Lost => trust::forget(&place),
        }
        return Err(failed(error));
    }
    print(context, &Event::Reapply, messages::pinned(&file))
}

fn unpin(context: &Context, file: &Path) -> Result<ExitCode, Error> {
    let failed = |error| Error::failed(paths::shown(file), error);
    fs::remove_file(file).map_err(failed)?;
    let place = paths::place(file).ok();
    // A denial outlives the file.
    if let Some(place) = place.filter(|path| trust::of(path) != Trust::Denied) {
        trust::forget(&place);
    }
    print(context, &Event::Change, messages::unpinned(file))
}

fn print(context: &Context, event: &Event, message: String) -> Result<ExitCode, Error> {
    let mut decision = switching::decide(context, event);
    decision.answer(message);
    reply::print(&decision)?;
    Ok(decision.status())
}

/// The file's bytes, which must read back as the very profile.
fn content(profile: &str) -> Result<Content, Error> {
    let content = Content(format!("{profile}\n").into_bytes());
    let expected = DirectoryProfile { profile: profile.to_owned(), region: None };
    if content.parse() == Ok(expected) {
        return Ok(content);
    }
    Err(Error::failed(profile, "a .awsprofile cannot hold this name: it begins with '#' or a blank, or ends with one"))
}

/// Beside the file, then renamed over it: a link in its place is replaced, never written through.
fn write(file: &Path, content: &Content) -> io::Result<()> {
    let new = file.with_file_name(format!("{NAME}.new-{}", process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    let written = options.open(&new).and_then(|mut opened| {
        #[cfg(unix)]
        {
            // Whatever the umask: others must read it, and only the owner may write it.
            use std::os::unix::fs::PermissionsExt;
            opened.set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        opened.write_all(&content.0)
    });
    let written = written.and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}
