//! `aws-switch setup`: loads the shell integration by a marked block in the start-up files, or removes it.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use super::print;
use crate::cli::Shell;
use crate::context::Context;
use crate::error::Error;
use crate::fs::{self, Permissions, ReadError};
use crate::paths;
use crate::shell::startup_block;

/// A larger file is no start-up file.
const MOST_BYTES: u64 = 64 << 20;

/// Edits the start-up files of one shell, else of every installed one.
pub fn run(context: &Context, shell: Option<Shell>, undo: bool) -> Result<(), Error> {
    let home = paths::home().ok_or_else(|| Error::failed("no home folder is known", "set HOME"))?;
    let shells: Vec<Shell> = match shell {
        Some(shell) => vec![shell],
        None => {
            let is_installed = |shell: Shell| shell.programs().iter().any(|name| paths::on_path(name).is_some());
            Shell::ALL.into_iter().filter(|&shell| undo || is_installed(shell)).collect()
        }
    };
    if shells.is_empty() {
        return Err(Error::failed("no shell found on PATH", "name one: 'aws-switch setup --shell bash'"));
    }
    let helper = helper()?;
    let (mut report, mut failed) = (String::new(), None);
    let files = shells.iter().flat_map(|&shell| shell.startup_files(&home).into_iter().map(move |file| (shell, file)));
    for (shell, file) in files {
        let change = if undo { remove(&file) } else { insert(&file, &shell.loading_lines(&helper)).map(Some) };
        match change {
            Ok(None) => {}
            Ok(Some(change)) => report += &format!("{}: {}: {change}\n", shell.name(), paths::shown(&file)),
            // The other shells are set up all the same.
            Err(error) => {
                if let Some(earlier) = failed.replace(Error::failed(paths::shown(&file), error)) {
                    let _ = earlier.report();
                }
            }
        }
    }
    report += &match (undo, report.is_empty()) {
        (_, true) if failed.is_some() => String::new(),
        (true, true) => "nothing to take out\n".to_owned(),
        (true, false) => "shells that are open keep it until they end\n".to_owned(),
        (false, _) => next_steps(context, &helper),
    };
    print(&report)?;
    failed.map_or(Ok(()), Err)
}

/// What to do then. Without a profile, Tab would offer nothing.
fn next_steps(context: &Context, helper: &Path) -> String {
    let note = match helper.parent() {
        Some(directory) if paths::on_path("aws-switch").is_none() => format!(
            "note: {} is not on PATH: your shells find aws-switch all the same, scripts do not\n",
            paths::shown(directory)
        ),
        _ => String::new(),
    };
    let step = if context.profiles().is_empty() {
        "make a profile: 'aws-switch configure NAME' or 'aws configure sso'"
    } else {
        "type 'aws-switch ' and press Tab"
    };
    format!("{note}next: start a new shell, {step}\n")
}

/// The helper's path, as `PATH` spells it: that one stays the same when an upgrade moves the real file.
fn helper() -> Result<PathBuf, Error> {
    let this = env::current_exe().map_err(|error| Error::failed("the helper's own path", error))?;
    Ok(paths::on_path("aws-switch").filter(|found| paths::is_same(found, &this)).unwrap_or(this))
}

/// Returns what it did, in words.
fn insert(file: &Path, lines: &str) -> io::Result<&'static str> {
    let old = read(file)?;
    let new = startup_block::insert(old.as_deref(), lines).map_err(io::Error::other)?;
    if old.as_deref() == Some(&new) {
        return Ok("already set up");
    }
    replace(file, &new)?;
    Ok(if old.is_none() { "made, loads aws-switch" } else { "loads aws-switch now" })
}

/// Returns what it did, in words; `None` if there was nothing to do.
fn remove(file: &Path) -> io::Result<Option<&'static str>> {
    let without = read(file)?.map(|text| startup_block::remove(&text)).transpose().map_err(io::Error::other)?;
    let Some((rest, was_made)) = without.flatten() else { return Ok(None) };
    if rest.is_empty() && was_made {
        std::fs::remove_file(file)?;
        return Ok(Some("removed, setup had made it"));
    }
    replace(file, &rest)?;
    Ok(Some("as it was before"))
}

/// The file's content; `None` if there is none, or no regular file, which [`replace`] refuses.
fn read(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read_regular(file, MOST_BYTES) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::Missing | ReadError::NotRegular(_)) => Ok(None),
        Err(ReadError::TooLarge) => Err(io::Error::other("it is larger than 64 MB, and was not read")),
        Err(ReadError::Io(error)) => Err(error),
    }
}

/// Writes the file, or the one that a link leads to.
fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let nowhere = |_| io::Error::other("it is a link that leads nowhere: mend it");
    let file = if file.is_symlink() { file.canonicalize().map_err(nowhere)? } else { file.to_path_buf() };
    if file.exists() && !file.is_file() {
        return Err(io::Error::other("it is no regular file: put one in its place"));
    }
    fs::replace(&file, text, Permissions::Unchanged)
}
