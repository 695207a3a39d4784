//! `aws-switch setup`: loads the shell integration by a marked block in the start-up files, or removes it.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::print;
use crate::context::Context;
use crate::error::{Error, NO_HOME, in_words};
use crate::fs::{self, Permissions, ReadError};
use crate::output::escaped;
use crate::paths;
use crate::shell::{LARGEST_STARTUP_FILE, Shell, startup_block};
use crate::switching::messages;

/// The change of a start-up file.
#[derive(Debug)]
enum Edit {
    Insert(Vec<u8>),
    Update(Vec<u8>),
    Create(Vec<u8>),
    Keep,
    Restore(Vec<u8>),
    /// With the number of directories that setup made for the file: those that are empty are deleted too.
    Delete(usize),
}

/// Edits the start-up files of one shell, else of every installed one, after it has said so.
pub fn run(context: &Context, shell: Option<Shell>, undo: bool, dry_run: bool) -> Result<(), Error> {
    let home = paths::home().ok_or_else(|| Error::Failed(NO_HOME.to_owned()))?;
    let helper = helper()?;
    let (mut edits, mut failed) = (Vec::new(), None);
    let mut fail = |file: &Path, error: io::Error| {
        // The other files are edited all the same.
        if let Some(earlier) = failed.replace(messages::not_written(file, error)) {
            let _ = earlier.report();
        }
    };
    for (shell, file) in files(shell, undo, &home)? {
        let edit = if undo { removal(&file) } else { insertion(&file, &shell.loading_lines(&helper, &file)).map(Some) };
        match edit {
            Ok(Some(edit)) => edits.push((shell, file, edit)),
            Ok(None) => {}
            Err(error) => fail(&file, error),
        }
    }
    print(&plan(context, &edits, undo))?;
    let mut is_any_made = false;
    for (_, file, edit) in edits.iter().filter(|_| !dry_run) {
        match make(edit, file) {
            Ok(()) => is_any_made = true,
            Err(error) => fail(file, error),
        }
    }
    let done = if failed.is_some() { "" } else { "done; " };
    print(&match (dry_run, undo, edits.is_empty()) {
        (_, _, true) if failed.is_some() => String::new(),
        (_, true, true) => "nothing to undo\n".to_owned(),
        (true, ..) => "dry run: nothing was changed\n".to_owned(),
        _ if !is_any_made => String::new(),
        (_, true, _) => format!("{done}already open shells are not affected\n"),
        _ => format!("{done}{}", next_steps(context, &helper)),
    })?;
    failed.map_or(Ok(()), Err)
}

fn files(shell: Option<Shell>, undo: bool, home: &Path) -> Result<Vec<(Shell, PathBuf)>, Error> {
    let is_installed = |shell: Shell| shell.programs().iter().any(|name| paths::on_path(name).is_some());
    let is_meant = |one: &Shell| shell.map_or(undo || is_installed(*one), |shell| *one == shell);
    let shells: Vec<Shell> = Shell::value_variants().iter().copied().filter(is_meant).collect();
    if shells.is_empty() {
        return Err(Error::Failed("no shell found on PATH; name one: 'aws-switch setup --shell bash'".to_owned()));
    }
    let files = |shell: Shell| shell.startup_files(home, undo).into_iter().map(move |file| (shell, file));
    Ok(shells.into_iter().flat_map(files).collect())
}

/// Describes what will change.
fn plan(context: &Context, edits: &[(Shell, PathBuf, Edit)], undo: bool) -> String {
    let line = |(shell, file, edit): &(Shell, PathBuf, Edit)| {
        let what = match edit {
            Edit::Insert(_) => "will add a block that loads aws-switch",
            Edit::Update(_) => "will update the block that loads aws-switch",
            Edit::Create(_) => "will create it, with a block that loads aws-switch",
            Edit::Keep => "already set up",
            Edit::Restore(_) => "will remove the block",
            Edit::Delete(_) => "will delete it, as setup created it",
        };
        format!("{}: {}: {what}\n", shell.name(), escaped(&paths::shorten(file)))
    };
    let lines: String = edits.iter().map(line).collect();
    if undo || edits.iter().all(|(_, _, edit)| matches!(edit, Edit::Keep)) {
        return lines;
    }
    let is_off = context.settings().in_file().any(|setting| setting == ("prompt", "off"));
    let settings = paths::settings_file().filter(|_| !is_off);
    let prompt = settings.map(|file| {
        let file = paths::shorten(&file);
        let file = escaped(&file);
        format!("the prompt will show the active profile; 'prompt = off' in {file} turns that off\n")
    });
    lines + &prompt.unwrap_or_default() + "to undo all this: aws-switch setup --undo\n"
}

/// The next step for the user. Without a profile, Tab would offer nothing.
fn next_steps(context: &Context, helper: &Path) -> String {
    let note = match helper.parent() {
        Some(directory) if paths::on_path("aws-switch").is_none() => format!(
            "note: {} is not on PATH; your shells find aws-switch anyway, scripts do not\n",
            escaped(&paths::shorten(directory))
        ),
        _ => String::new(),
    };
    let step = match context.profiles().is_empty() {
        true => format!("create a profile with {}", messages::CREATE),
        false => "type 'aws-switch ' and press Tab (twice in bash)".to_owned(),
    };
    format!("next: start a new shell, then {step}\n{note}")
}

/// The helper's path, as `PATH` spells it: that one stays the same when an upgrade moves the real file.
fn helper() -> Result<PathBuf, Error> {
    let this = env::current_exe().map_err(|error| Error::failed("cannot find the path of aws-switch", error))?;
    Ok(paths::on_path("aws-switch").filter(|found| paths::is_same(found, &this)).unwrap_or(this))
}

fn insertion(file: &Path, lines: &str) -> io::Result<Edit> {
    if file.is_symlink() && !file.exists() {
        return Err(io::Error::other("it is a link to a missing file; fix or remove the link"));
    }
    if file.exists() && !file.is_file() {
        return Err(io::Error::other("it is not a regular file; replace it with one"));
    }
    let old = read(file)?;
    let new_directories = file.ancestors().skip(1).take_while(|directory| !directory.exists()).count();
    let new = startup_block::insert(old.as_deref(), lines, new_directories).map_err(io::Error::other)?;
    Ok(match old {
        Some(old) if old == new => Edit::Keep,
        Some(old) if startup_block::remove(&old).is_ok_and(|rest| rest.is_some()) => Edit::Update(new),
        Some(_) => Edit::Insert(new),
        None => Edit::Create(new),
    })
}

/// `None` if there is nothing to undo.
fn removal(file: &Path) -> io::Result<Option<Edit>> {
    let without = read(file)?.map(|text| startup_block::remove(&text)).transpose().map_err(io::Error::other)?;
    Ok(without.flatten().map(|(rest, new_directories)| match new_directories {
        Some(count) if rest.is_empty() => Edit::Delete(count),
        _ => Edit::Restore(rest),
    }))
}

/// The file's content; `None` if there is none, or no regular file.
fn read(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read_regular(file, LARGEST_STARTUP_FILE) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::Missing | ReadError::NotRegular(_)) => Ok(None),
        Err(ReadError::TooLarge) => Err(io::Error::other("it is larger than 64 MB")),
        Err(ReadError::Io(error)) => Err(io::Error::other(format!("it cannot be read ({})", in_words(error)))),
    }
}

/// Edits the file, or the one that a link leads to.
fn make(edit: &Edit, file: &Path) -> io::Result<()> {
    match edit {
        Edit::Keep => Ok(()),
        Edit::Insert(text) | Edit::Update(text) | Edit::Create(text) | Edit::Restore(text) => {
            let file = if file.is_symlink() { file.canonicalize()? } else { file.to_path_buf() };
            fs::replace(&file, text, Permissions::Unchanged)
        }
        Edit::Delete(directories) => {
            std::fs::remove_file(file)?;
            let mut above = file.ancestors().skip(1).take(*directories);
            // One that is not empty stays, and so do those above it.
            let _ = above.try_for_each(std::fs::remove_dir);
            Ok(())
        }
    }
}
