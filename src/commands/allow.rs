//! `aws-switch allow` and `deny`: trust a `.awsprofile`, or ignore it.

use std::env;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::directory;
use crate::directory::trust::{self, Trust};
use crate::error::Error;
use crate::paths;
use crate::protocol::Event;
use crate::switching::{Decision, messages, reply};

/// Trusts a `.awsprofile` with the content that it has now, whoever owns it.
pub fn allow(context: &Context, path: Option<&Path>) -> Result<(), Error> {
    // For a script of another version nothing is written.
    reply::has_reader()?;
    let file = directory_file(path)?;
    let opened = directory::open(&file).map_err(|ignored| messages::not_allowed(&file, ignored.problem))?;
    directory::parse(&opened.content).map_err(|error| messages::not_parsed(&file, &error.message))?;
    let trust = Trust::Allowed(opened.content.clone());
    for path in opened.link.iter().chain([&opened.canonical]) {
        trust::save(path, &trust)?;
    }
    let ignored = directory::judge(context, &opened).err().map(|ignored| ignored.problem);
    let target = opened.link.is_some().then_some(opened.canonical.as_path());
    let line = |decision: &Decision| messages::allowed(context, decision, &file, target, ignored.as_ref());
    reply::print_with(context, Event::Change, line).map(drop)
}

/// Distrusts a `.awsprofile`, whatever its content will be.
pub fn deny(context: &Context, path: Option<&Path>) -> Result<(), Error> {
    // For a script of another version nothing is written.
    reply::has_reader()?;
    let file = directory_file(path)?;
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => messages::nothing_to_deny(&file),
        _ => messages::not_denied(&file, error),
    };
    fs::symlink_metadata(&file).map_err(failed)?;
    // The link itself is denied, as it may lead elsewhere later.
    trust::save(&paths::canonical_entry(&file).map_err(failed)?, &Trust::Denied)?;
    reply::print_with(context, Event::Change, |decision| messages::denied(context, decision, &file)).map(drop)
}

/// The file that PATH stands for: itself, or the `.awsprofile` in a directory; without a PATH, the one that applies here.
fn directory_file(path: Option<&Path>) -> Result<PathBuf, Error> {
    let Some(path) = path else {
        let found = paths::working_directory().and_then(|directory| directory::find(&directory));
        return found.ok_or_else(messages::no_file);
    };
    let actual = env::current_dir().map(|here| here.join(path)).unwrap_or_else(|_| path.to_path_buf());
    let by_name = paths::without_dots(&paths::working_directory().unwrap_or_default().join(path));
    let is_directory = actual.is_dir() && !directory::has_its_name(&actual);
    let file = |path: PathBuf| if is_directory { path.join(directory::NAME) } else { path };
    let (by_name, typed) = (file(by_name), file(actual));
    // Behind a link, `..` by name may lead to another file.
    let is_same = paths::is_same_entry(&by_name, &typed);
    Ok(if is_same { by_name } else { paths::canonical_entry(&typed).unwrap_or(typed) })
}
