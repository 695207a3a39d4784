//! `aws-switch allow` and `deny`: trust a `.awsprofile`, or never.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::directory;
use crate::directory::trust::{self, Trust};
use crate::error::Error;
use crate::paths;
use crate::switching::{Event, messages, reply};

/// Trusts a `.awsprofile` with the content that it has now, whoever owns it.
pub fn allow(context: &Context, path: Option<&Path>) -> Result<(), Error> {
    let file = directory_file(path)?;
    let opened = directory::open(&file).map_err(|why| messages::not_allowed(&file, why))?;
    let wanted = directory::parse(&opened.content).map_err(|error| messages::not_allowed(&file, error.message))?;
    let trust = Trust::Allowed(opened.content);
    for path in opened.link.iter().chain([&opened.canonical]) {
        trust::save(path, &trust)?;
    }
    let answer = messages::allowed(&file, &wanted.profile, context.has_profile(&wanted.profile));
    reply::print_with(context, Event::Change, answer).map(drop)
}

/// Distrusts a `.awsprofile`, whatever its content will be.
pub fn deny(context: &Context, path: Option<&Path>) -> Result<(), Error> {
    let file = directory_file(path)?;
    let failed = |error| Error::failed(paths::shown(&file), error);
    fs::symlink_metadata(&file).map_err(failed)?;
    // The link itself is denied, as it may lead elsewhere later.
    trust::save(&paths::canonical_entry(&file).map_err(failed)?, &Trust::Denied)?;
    reply::print_with(context, Event::Change, messages::denied(&file)).map(drop)
}

/// The file that PATH stands for: itself, or the `.awsprofile` in a directory; without a PATH, the one that applies here.
fn directory_file(path: Option<&Path>) -> Result<PathBuf, Error> {
    let Some(path) = path else {
        let found = paths::working_directory().and_then(|directory| directory::find(&directory));
        return found.ok_or_else(messages::no_file);
    };
    let path = env::current_dir().map(|here| here.join(path)).unwrap_or_else(|_| path.to_path_buf());
    let is_directory = path.is_dir() && path.file_name() != Some(directory::NAME.as_ref());
    Ok(if is_directory { path.join(directory::NAME) } else { path })
}
