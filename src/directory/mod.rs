//! `.awsprofile`: finds the one that applies to a directory, parses it, and judges whether it may be activated.

mod judge;
mod ownership;
pub mod parse;
pub mod trust;

use std::fs;
use std::path::{Path, PathBuf};

pub use judge::{IgnoredFile, judge, open};
pub use parse::{DirectoryProfile, parse};

use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::environment::overrides;
use crate::paths;
use crate::settings::Auto;

pub const NAME: &str = ".awsprofile";
/// The fix for a PATH that is no `.awsprofile`.
pub const NAME_A_FILE: &str = "name a .awsprofile or its directory";

/// A file of another name applies only where a link of this name leads to it.
pub fn has_its_name(path: &Path) -> bool {
    path.file_name() == Some(NAME.as_ref())
}

/// The nearest thing of that name at or above a directory, whatever it is: a dangling link is one.
pub fn find(directory: &Path) -> Option<PathBuf> {
    directory.ancestors().map(|directory| directory.join(NAME)).find(|path| fs::symlink_metadata(path).is_ok())
}

/// The content of a `.awsprofile` that may be activated, whether or not something overrides it.
pub fn read(context: &Context, file: &Path) -> Result<DirectoryProfile, Box<IgnoredFile>> {
    open(file).and_then(|file| judge(context, &file))
}

/// The `.awsprofile` that applies to a directory, and its profile if that is active there or would be.
pub fn resolve(context: &Context, directory: &Path) -> Option<(PathBuf, Result<DirectoryProfile, Box<IgnoredFile>>)> {
    let file = find(directory)?;
    let resolved = read(context, &file).and_then(|profile| match overridden(context, &file) {
        Some(problem) => Err(IgnoredFile::new(problem, Some(profile))),
        None => Ok(profile),
    });
    Some((file, resolved))
}

/// The reason why a file that may be activated is not.
fn overridden(context: &Context, file: &Path) -> Option<Diagnostic> {
    if context.settings().auto() == Auto::Off {
        let fix = "run 'aws-switch auto on' to turn them on in this shell";
        return Some(Diagnostic::info("folder-off", "directory profiles are off", fix));
    }
    if let Some(key) = context.environment.keys {
        return Some(Diagnostic::info("folder-overridden", overrides(key), format!("unset {key}")));
    }
    let state = context.environment.state.as_ref().filter(|state| state.profile == context.environment.profile)?;
    let switched_under = state.file.as_deref().filter(|_| state.active.is_manual())?;
    paths::is_same_entry(switched_under, file).then(|| {
        let why = "a manual switch, or AWS_PROFILE set directly, overrides it";
        Diagnostic::info("folder-overridden", why, "run 'aws-switch auto' to activate it again")
    })
}
