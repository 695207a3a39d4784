//! `aws-switch setup`: a marked block in the start-up file of each shell, and out again.

use std::env;
use std::fs;
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process;

use super::print;
use crate::cli::Shell;
use crate::context::Context;
use crate::error::Error;
use crate::paths;
use crate::shell::startup_block;

/// Writes the block into the start-up files of one shell, else of every installed one.
///
/// # Errors
/// If no shell is found, or any file cannot be edited.
pub fn run(context: &Context, shell: Option<Shell>, undo: bool) -> Result<(), Error> {
    let home = paths::home().ok_or_else(|| Error::failed("no home folder is known", "set HOME"))?;
    let shells: Vec<Shell> = match shell {
        Some(shell) => vec![shell],
        None => Shell::ALL.into_iter().filter(|shell| undo || is_installed(*shell)).collect(),
    };
    if shells.is_empty() {
        return Err(Error::failed("no shell found on PATH", "name one: 'aws-switch setup --shell bash'"));
    }
    let helper = helper()?;
    let (mut report, mut failed) = (String::new(), None);
    for shell in shells {
        for file in shell.startup_files(&home) {
            let done = if undo { remove(&file) } else { add(&file, &shell.loading_lines(&helper)) };
            match done {
                Ok(Done::Nothing) if undo => {}
                Ok(done) => {
                    report += &format!("{}: {}: {}\n", shell.name(), paths::shown(&file), done.in_words(undo));
                }
                // It keeps no other shell from being set up.
                Err(error) => {
                    if let Some(earlier) = failed.replace(Error::failed(paths::shown(&file), error)) {
                        let _ = earlier.report();
                    }
                }
            }
        }
    }
    report += &match (undo, report.is_empty()) {
        (_, true) if failed.is_some() => String::new(),
        (true, true) => "nothing to take out\n".to_owned(),
        (true, false) => "shells that are open keep it until they end\n".to_owned(),
        (false, _) => next(context, &helper),
    };
    print(&report)?;
    failed.map_or(Ok(()), Err)
}

/// What to do then: Tab offers nothing where there is no profile. Installers warn of a folder that is not on PATH.
fn next(context: &Context, helper: &Path) -> String {
    let hidden = match helper.parent() {
        Some(folder) if paths::on_path("aws-switch").is_none() => {
            format!(
                "note: {} is not on PATH: your shells find aws-switch all the same, scripts do not\n",
                paths::shown(folder)
            )
        }
        _ => String::new(),
    };
    let then = match context.profiles().is_empty() {
        true => "make a profile: 'aws-switch configure NAME' or 'aws configure sso'",
        false => "type 'aws-switch ' and press Tab",
    };
    format!("{hidden}next: start a new shell, {then}\n")
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Nothing,
    Made,
    Changed,
}

impl Done {
    fn in_words(self, undo: bool) -> &'static str {
        match (self, undo) {
            (Self::Nothing, _) => "already set up",
            (Self::Made, false) => "made, loads aws-switch",
            (Self::Changed, false) => "loads aws-switch now",
            (Self::Made, true) => "removed, setup had made it",
            (Self::Changed, true) => "as it was before",
        }
    }
}

fn is_installed(shell: Shell) -> bool {
    shell.programs().iter().any(|program| paths::on_path(program).is_some())
}

/// Where the helper is: as `PATH` spells it, which outlives an upgrade that moves the real file.
fn helper() -> Result<PathBuf, Error> {
    let this = env::current_exe().map_err(|error| Error::failed("the helper's own path", error))?;
    Ok(paths::on_path("aws-switch").filter(|found| paths::is_same(found, &this)).unwrap_or(this))
}

fn add(file: &Path, lines: &str) -> io::Result<Done> {
    let old = read(file)?;
    let new = startup_block::put_in(old.as_deref(), lines).map_err(io::Error::other)?;
    if old.as_deref() == Some(&new) {
        return Ok(Done::Nothing);
    }
    replace(file, &new)?;
    Ok(if old.is_none() { Done::Made } else { Done::Changed })
}

fn remove(file: &Path) -> io::Result<Done> {
    let taken = read(file)?.map(|text| startup_block::take_out(&text)).transpose().map_err(io::Error::other)?;
    let Some((left, made)) = taken.flatten() else {
        return Ok(Done::Nothing);
    };
    if left.is_empty() && made {
        fs::remove_file(file)?;
        return Ok(Done::Made);
    }
    replace(file, &left)?;
    Ok(Done::Changed)
}

/// The file's bytes; `None` where there is none, or something else, which may hang.
fn read(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(file) {
        Ok(found) if found.is_file() => fs::read(file).map(Some),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}

/// Writes beside the file and renames, keeping its mode and owner; a link stays, its target is replaced.
fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let nowhere = |_| io::Error::other("it is a link that leads nowhere: mend it");
    let file = if file.is_symlink() { fs::canonicalize(file).map_err(nowhere)? } else { file.to_path_buf() };
    if file.exists() && !file.is_file() {
        return Err(io::Error::other("it is no regular file: put one in its place"));
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".aws-switch-{}", process::id()));
    let new = file.with_file_name(name);
    let written = fs::OpenOptions::new().write(true).create_new(true).open(&new).and_then(|mut opened| {
        if let Ok(meta) = fs::metadata(&file) {
            // Root may edit another user's file; nobody else can give one away, nor has to.
            #[cfg(unix)]
            let _ = std::os::unix::fs::fchown(&opened, Some(meta.uid()), Some(meta.gid()));
            opened.set_permissions(meta.permissions())?;
        }
        opened.write_all(text)?;
        opened.sync_all()
    });
    let written = written.and_then(|()| fs::rename(&new, &file));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}
