//! Locates and reads each of the two files once, when first needed.

use std::cell::OnceCell;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::decode::decode;
use super::location;
use super::profiles::FileKind;
use crate::diagnostic::Diagnostic;
use crate::error::in_words;
use crate::fs::{ReadError, read_regular};

/// In bytes.
const LARGEST: u64 = 256 << 20;

/// A file changed less long ago than this may be half written.
const JUST_NOW: Duration = Duration::from_millis(20);

/// An empty file changed less long ago than this may be one that a writer is about to fill.
const LATELY: Duration = Duration::from_secs(2);

/// Longer than [`JUST_NOW`], so that a file which was complete soon after the first reading is old at the second.
const PAUSE: Duration = Duration::from_millis(30);

/// The owner of the texts that everything else borrows from.
#[derive(Debug, Default)]
pub struct AwsFiles {
    files: [OnceCell<AwsFile>; 2],
}

impl AwsFiles {
    pub fn get(&self, kind: FileKind) -> &AwsFile {
        kind.of(self.files.each_ref()).get_or_init(|| AwsFile::read(location::path(kind), kind.variable()))
    }
}

#[derive(Clone, Debug, Default)]
pub struct AwsFile {
    /// `None` where the file's variable is empty.
    pub path: Option<PathBuf>,
    pub text: Option<String>,
    /// The reason why the file was not read, or may be incomplete. A missing file is no problem.
    pub unread: Option<Diagnostic>,
    /// The bytes that the AWS CLI cannot decode.
    pub undecoded: Vec<Diagnostic>,
}

impl AwsFile {
    /// `variable` is the one that contains the path, if it is set.
    fn read(path: Option<PathBuf>, variable: &str) -> Self {
        let (bytes, unread) = match path.as_deref().map(read) {
            Some(Ok((bytes, half))) => (Some(bytes), half),
            Some(Err(error)) => (None, problem(&error, variable)),
            None => (None, None),
        };
        let (text, undecoded) = bytes.map(decode).unzip();
        Self { path, text, unread, undecoded: undecoded.unwrap_or_default() }
    }
}

/// The bytes of a file, and the problem that they may be incomplete.
fn read(path: &Path) -> Result<(Vec<u8>, Option<Diagnostic>), ReadError> {
    let bytes = read_regular(path, LARGEST)?;
    if !may_be_half(path, &bytes) {
        return Ok((bytes, None));
    }
    // `aws configure set` truncates in place and writes anew, without a lock.
    thread::sleep(PAUSE);
    let again = read_regular(path, LARGEST)?;
    // A file that stays empty is empty on purpose.
    let is_half = may_be_half(path, &again) && !(bytes.is_empty() && again.is_empty());
    Ok((again, is_half.then(in_flux)))
}

/// Whether a writer may be at work on a file that these bytes were read from.
fn may_be_half(path: &Path, bytes: &[u8]) -> bool {
    let Ok(metadata) = fs::metadata(path) else { return false };
    let patience = if bytes.is_empty() { LATELY } else { JUST_NOW };
    // `elapsed` fails for a time in the future.
    let age = metadata.modified().ok().and_then(|changed| changed.elapsed().ok());
    metadata.len() != bytes.len() as u64 || age.is_some_and(|age| age < patience)
}

fn in_flux() -> Diagnostic {
    let message = "the file was being written while it was read, so profiles may be missing";
    Diagnostic::error("file-in-flux", message, "run the command again")
}

fn problem(error: &ReadError, variable: &str) -> Option<Diagnostic> {
    let (code, message, fix) = match error {
        // Not a device: people have /dev/null for "none".
        ReadError::Missing | ReadError::NotRegular("a device") => return None,
        ReadError::NotRegular(what) => {
            let fix = match env::var_os(variable) {
                Some(_) => correct_variable(variable),
                None => "replace it with a file".to_owned(),
            };
            let message = format!("this is {what}, not a file, so it is ignored");
            ("no-regular-file", message, fix)
        }
        ReadError::TooLarge => {
            let message = "the file is larger than 256 MB, so it is ignored".to_owned();
            ("file-too-large", message, "check its content: profiles need far less".to_owned())
        }
        ReadError::Io(error) => {
            let message = format!("the file cannot be read: {}", in_words(error));
            ("unreadable-file", message, "check its owner and permissions".to_owned())
        }
    };
    Some(Diagnostic::error(code, message, fix))
}

/// The fix for a variable that contains a wrong path.
pub fn correct_variable(name: &str) -> String {
    format!("unset {name}, or correct its path")
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
