//! `aws-switch setup`: a marked block in the start-up file of each shell, and out again.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::cli::Shell;
use crate::error::{Error, written};
use crate::places;

const BEGIN: &str = "# >>> aws-switch >>>";
const END: &str = "# <<< aws-switch <<<";
/// Stands on the first line where the text before it had no line end of its own.
const JOINED: &str = " (added a line end)";
/// Stands there where there was no file.
const CREATED: &str = " (made this file)";

/// Writes the block into the start-up files of one shell, else of every installed one.
///
/// # Errors
/// If no shell is found, or a file cannot be written.
pub fn run(shell: Option<Shell>, undo: bool) -> Result<(), Error> {
    let home = places::home().ok_or_else(|| Error::failed("no home folder is known", "set HOME"))?;
    let shells: Vec<Shell> = match shell {
        Some(shell) => vec![shell],
        None => Shell::ALL.into_iter().filter(|shell| undo || is_installed(*shell)).collect(),
    };
    if shells.is_empty() {
        return Err(Error::failed("no shell found on PATH", "name one: 'aws-switch setup --shell bash'"));
    }
    let helper = helper()?;
    let mut report = String::new();
    for shell in shells {
        for file in shell.startup_files(&home) {
            let done = if undo { remove(&file) } else { add(&file, &shell.loading_lines(&helper)) };
            let done = done.map_err(|error| Error::failed(places::shown(&file), error))?;
            if !(undo && done == Done::Nothing) {
                report += &format!("{}: {}: {}\n", shell.name(), places::shown(&file), done.in_words(undo));
            }
        }
    }
    report += match (undo, report.is_empty()) {
        (true, true) => "nothing to take out\n",
        (true, false) => "shells that are open keep it until they end\n",
        (false, _) => "next: start a new shell, type 'aws-switch ' and press Tab\n",
    };
    written(io::stdout().write_all(report.as_bytes()))
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
    shell.programs().iter().any(|program| places::on_path(program).is_some())
}

/// Where the helper is: as `PATH` spells it, which outlives an upgrade that moves the real file.
fn helper() -> Result<PathBuf, Error> {
    let this = env::current_exe().map_err(|error| Error::failed("the helper's own path", error))?;
    Ok(places::on_path("aws-switch").filter(|found| places::is_same(found, &this)).unwrap_or(this))
}

fn add(file: &Path, lines: &str) -> io::Result<Done> {
    let old = match fs::read(file) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let text = old.as_deref().unwrap_or_default();
    let new = with_block(text, lines, old.is_none())?;
    if old.as_deref() == Some(&new) {
        return Ok(Done::Nothing);
    }
    replace(file, &new)?;
    Ok(if old.is_none() { Done::Made } else { Done::Changed })
}

fn remove(file: &Path) -> io::Result<Done> {
    let text = match fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Done::Nothing),
        Err(error) => return Err(error),
    };
    let Some(block) = find(&text) else {
        return Ok(Done::Nothing);
    };
    let left = [block.before, block.after].concat();
    if left.is_empty() && block.created {
        fs::remove_file(file)?;
        return Ok(Done::Made);
    }
    replace(file, &left)?;
    Ok(Done::Changed)
}

/// A text around its block; `before` is without the line end that the block added.
struct Block<'a> {
    before: &'a [u8],
    after: &'a [u8],
    joined: bool,
    created: bool,
}

fn find(text: &[u8]) -> Option<Block<'_>> {
    let begin = position(text, BEGIN.as_bytes()).filter(|&at| at == 0 || text.get(at - 1) == Some(&b'\n'))?;
    let (before, block) = text.split_at(begin);
    let end = position(block, END.as_bytes())? + END.len();
    let end = end + block.get(end..)?.iter().position(|&byte| byte == b'\n').map_or(block.len() - end, |at| at + 1);
    let (block, after) = block.split_at_checked(end)?;
    let first = block.split(|&byte| byte == b'\n').next()?;
    let first = first.strip_suffix(b"\r").unwrap_or(first);
    let joined = first.ends_with(JOINED.as_bytes());
    let bare = before.strip_suffix(b"\n").filter(|_| joined).map(|bare| bare.strip_suffix(b"\r").unwrap_or(bare));
    Some(Block { before: bare.unwrap_or(before), after, joined, created: first.ends_with(CREATED.as_bytes()) })
}

/// The text with the block at its end, or where it already stands.
fn with_block(text: &[u8], lines: &str, created: bool) -> io::Result<Vec<u8>> {
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Err(io::Error::other("it is UTF-16 text: save it as UTF-8 first"));
    }
    let crlf = position(text, b"\r\n").is_some();
    let (before, after, joined, created) = match find(text) {
        Some(block) => (block.before, block.after, block.joined, block.created),
        None => (text, &b""[..], !text.is_empty() && !text.ends_with(b"\n"), created),
    };
    let note = match (joined, created) {
        (true, _) => JOINED,
        (_, true) => CREATED,
        _ => "",
    };
    let mut block = format!("{}{BEGIN}{note}\n{lines}{END}\n", if joined { "\n" } else { "" });
    if crlf {
        block = block.replace('\n', "\r\n");
    }
    Ok([before, block.as_bytes(), after].concat())
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// Writes beside the file and renames, keeping its mode; a link stays, its target is replaced.
fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let file = if file.is_symlink() { fs::canonicalize(file)? } else { file.to_path_buf() };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".aws-switch-{}", process::id()));
    let new = file.with_file_name(name);
    let written = fs::OpenOptions::new().write(true).create_new(true).open(&new).and_then(|mut opened| {
        if let Ok(meta) = fs::metadata(&file) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_the_block_out_leaves_every_byte_as_before() {
        for text in [&b""[..], b"a\n", b"a", b"a\r\nb", b"a\r\n", b"\n\n", b"\xff a"] {
            let with = with_block(text, "line\n", false).unwrap();
            assert_eq!(with_block(&with, "line\n", false).unwrap(), with, "twice is once");
            let block = find(&with).unwrap();
            assert_eq!([block.before, block.after].concat(), text);
            let below = [&with[..], b"# mine\n"].concat();
            let changed = with_block(&below, "other\n", false).unwrap();
            let block = find(&changed).unwrap();
            assert_eq!([block.before, block.after].concat(), [text, b"# mine\n"].concat());
        }
    }

    #[test]
    fn a_file_that_setup_made_is_known_again() {
        let made = with_block(b"", "line\n", true).unwrap();
        assert!(find(&made).unwrap().created);
        assert!(find(&with_block(&made, "other\n", false).unwrap()).unwrap().created);
        assert!(!find(&with_block(b"", "line\n", false).unwrap()).unwrap().created);
    }
}
