//! Where the two files are, and what stands in them.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::expand::{Get, expand};
use super::profile::FileKind;
use crate::diagnostic::Diagnostic;
use crate::error::in_words;
use crate::paths;

/// Larger files are refused: in bytes, 256 MB.
const LARGEST: u64 = 256 << 20;

/// How long a file is left alone that seems to be written at this moment.
const PAUSE: Duration = Duration::from_millis(5);

/// A file changed less long ago than this may be half written.
const JUST_NOW: Duration = Duration::from_millis(20);

/// How many pauses are made for a file that is written again and again.
const MOST_PAUSES: u32 = 20;

/// How many for one that stays empty, as it may well be meant to.
const MOST_PAUSES_EMPTY: u32 = 4;

/// An empty file changed less long ago than this may be one that a writer is about to fill.
const LATELY: Duration = Duration::from_secs(2);

/// Where the files are; `None` for one that the user switched off with an empty variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The config file.
    pub config: Option<PathBuf>,
    /// The credentials file.
    pub credentials: Option<PathBuf>,
}

impl Paths {
    /// What the variables say, expanded as botocore does, else `~/.aws/config` and `~/.aws/credentials`.
    ///
    /// `get` looks variables up. `home` is the home of the user who runs this, as the operating
    /// system knows it: it serves where no variable names one.
    pub fn find(get: impl Fn(&str) -> Option<OsString>, home: Option<&Path>) -> Self {
        let path = |variable, default: &str| {
            let written = get(variable).unwrap_or_else(|| default.into());
            (!written.is_empty()).then(|| expand(&written, &get as Get, home))
        };
        Self {
            config: path("AWS_CONFIG_FILE", "~/.aws/config"),
            credentials: path("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        }
    }
}

/// The bytes of both files; `None` for one that is missing, no regular file, or unreadable.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The config file.
    pub config: Option<Vec<u8>>,
    /// The credentials file.
    pub credentials: Option<Vec<u8>>,
    /// Why a file that is there was not read. A missing file is no problem.
    pub problems: Vec<(FileKind, Diagnostic)>,
}

impl Loaded {
    /// Reads both files.
    #[must_use]
    pub fn read(paths: &Paths) -> Self {
        let mut loaded = Self::default();
        loaded.config = loaded.take(FileKind::Config, paths.config.as_deref());
        loaded.credentials = loaded.take(FileKind::Credentials, paths.credentials.as_deref());
        loaded
    }

    fn take(&mut self, kind: FileKind, path: Option<&Path>) -> Option<Vec<u8>> {
        match read(path?) {
            Ok(found) => {
                let (bytes, half) = found?;
                self.problems.extend(half.map(|problem| (kind, problem)));
                Some(bytes)
            }
            Err(problem) => {
                self.problems.push((kind, *problem));
                None
            }
        }
    }
}

/// The bytes of a file, and why they may be half of it.
type Reading = (Vec<u8>, Option<Diagnostic>);

/// Reads a regular file; `None` for anything else: a FIFO would hang.
fn read(path: &Path) -> Result<Option<Reading>, Box<Diagnostic>> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => (),
        // Not a device: people have /dev/null for "none".
        Ok(found) if found.is_dir() => return Err(Box::new(no_file("a folder"))),
        Ok(found) if is_fifo(&found) => return Err(Box::new(no_file("a pipe"))),
        Ok(_) => return Ok(None),
        Err(error) if paths::is_absence(&error) => return Ok(None),
        Err(error) => return Err(Box::new(unreadable(&error))),
    }
    let (mut pauses, mut stays_empty) = (0, true);
    loop {
        match attempt(path) {
            Ok(Attempt::Read { bytes, settled }) => {
                stays_empty &= bytes.is_empty();
                let most = if stays_empty { MOST_PAUSES_EMPTY } else { MOST_PAUSES };
                if settled || pauses >= most {
                    let half = (!settled && !stays_empty).then(in_flux);
                    return Ok(Some((bytes, half)));
                }
            }
            Ok(Attempt::TooLarge) => return Err(Box::new(too_large())),
            Ok(Attempt::NoFile) => return Ok(None),
            // Taken away or replaced since.
            Err(error) if paths::is_absence(&error) => return Ok(None),
            Err(error) => return Err(Box::new(unreadable(&error))),
        }
        // `aws configure set` truncates in place and writes anew, without a lock.
        thread::sleep(PAUSE);
        pauses += 1;
    }
}

enum Attempt {
    Read {
        bytes: Vec<u8>,
        /// Whether nothing hints that a writer is at work.
        settled: bool,
    },
    TooLarge,
    NoFile,
}

fn attempt(path: &Path) -> io::Result<Attempt> {
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    if !before.is_file() {
        return Ok(Attempt::NoFile);
    }
    if before.len() > LARGEST {
        return Ok(Attempt::TooLarge);
    }
    // A byte more than there should be saves asking whether that was all.
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or_default() + 1);
    (&mut file).take(LARGEST + 1).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    if read > LARGEST {
        return Ok(Attempt::TooLarge);
    }
    let patience = if bytes.is_empty() { LATELY } else { JUST_NOW };
    let after = file.metadata()?;
    // The time it was changed is that of a tick of the clock, so being old counts too.
    let unchanged = before.len() == after.len() && before.modified().ok() == after.modified().ok();
    let settled = unchanged && read == after.len() && !is_younger(&after, patience);
    Ok(Attempt::Read { bytes, settled })
}

/// Whether it was changed less than `age` ago; not so if the clock says that it will be.
fn is_younger(file: &Metadata, age: Duration) -> bool {
    let elapsed = file.modified().ok().and_then(|changed| changed.elapsed().ok());
    elapsed.is_some_and(|elapsed| elapsed < age)
}

fn unreadable(error: &io::Error) -> Diagnostic {
    let message = format!("this file cannot be read: {}", in_words(error));
    Diagnostic::error("unreadable-file", None, message, "see who owns the file and who may read it")
}

fn in_flux() -> Diagnostic {
    let message = "this file is being written at this moment, and may have been read by halves";
    Diagnostic::error("file-in-flux", None, message, "ask again")
}

fn no_file(what: &str) -> Diagnostic {
    let message = format!("this is {what}, and was not read");
    Diagnostic::error("no-regular-file", None, message, "put a file in its place")
}

#[cfg(unix)]
fn is_fifo(found: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&found.file_type())
}

#[cfg(not(unix))]
fn is_fifo(_: &Metadata) -> bool {
    false
}

fn too_large() -> Diagnostic {
    let message = "this file is larger than 256 MB, and was not read";
    Diagnostic::error("file-too-large", None, message, "see what is in it: no profile needs that much")
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
