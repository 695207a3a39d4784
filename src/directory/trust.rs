//! What `allow` and `deny` said: one small file for each path, named after it, so that two shells
//! never write the same one for different paths.

use std::env;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Content;
use crate::error::Error;
use crate::fs::{self, Permissions, ReadError, Replacement};
use crate::paths;

/// An entry is larger by a path alone than a `.awsprofile` may be.
const MOST_BYTES: u64 = 64 << 10;

/// What is known of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It was never asked about.
    Unknown,
    /// It is trusted with this content.
    Allowed(Content),
    /// It is never to be followed.
    Denied,
    /// Something was said, but cannot be read: it may have been a denial.
    Lost,
}

/// What was said of a canonical path.
pub fn of(path: &Path) -> Trust {
    let Some(entry) = entry(path) else {
        return Trust::Unknown;
    };
    let bytes = match fs::read_regular(&entry, MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) => return Trust::Unknown,
        Err(_) => return Trust::Lost,
    };
    let mut parts = bytes.splitn(3, |&byte| byte == 0);
    match (parts.next(), parts.next(), parts.next()) {
        (_, Some(of), _) if of != path.as_os_str().as_encoded_bytes() => Trust::Unknown,
        (Some(b"allow"), Some(_), Some(content)) => Trust::Allowed(Content(content.to_vec())),
        (Some(b"deny"), Some(_), Some(_)) => Trust::Denied,
        _ => Trust::Lost,
    }
}

/// Trusts a canonical path with this content.
///
/// # Errors
/// If the state folder cannot be written.
pub fn allow(path: &Path, content: &Content) -> Result<(), Error> {
    write(path, b"allow", &content.0)
}

/// Distrusts a canonical path, whatever its content.
///
/// # Errors
/// If the state folder cannot be written.
pub fn deny(path: &Path) -> Result<(), Error> {
    write(path, b"deny", b"")
}

/// Forgets what was said of a canonical path.
pub fn forget(path: &Path) {
    if let Some(entry) = entry(path) {
        // A leftover entry trusts only this path with this content: no harm.
        let _ = std::fs::remove_file(entry);
    }
}

fn entry(path: &Path) -> Option<PathBuf> {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(paths::state_directory()?.join("trust").join(name))
}

fn write(path: &Path, verb: &[u8], content: &[u8]) -> Result<(), Error> {
    let Some(entry) = entry(path) else {
        return Err(Error::failed("trust cannot be kept", "no home folder is known: set HOME"));
    };
    let bytes = [verb, path.as_os_str().as_encoded_bytes(), content].join(&0);
    let how = Replacement { permissions: Permissions::Private, durable: true };
    fs::replace(&entry, &bytes, how).map_err(|error| Error::failed(paths::shown(&entry), error))
}

/// The file that a command's PATH means: itself, the `.awsprofile` of a folder, or, of nothing,
/// the one that governs here.
///
/// # Errors
/// If there is none.
pub fn meant(path: Option<&Path>) -> Result<PathBuf, Error> {
    match path {
        Some(path) => {
            let path = env::current_dir().map(|here| here.join(path)).unwrap_or_else(|_| path.to_path_buf());
            Ok(if path.is_dir() && path.file_name() != Some(super::NAME.as_ref()) {
                path.join(super::NAME)
            } else {
                path
            })
        }
        None => paths::working_directory()
            .and_then(|folder| super::governing(&folder))
            .ok_or_else(|| Error::failed("no .awsprofile here or above", "write one with 'aws-switch pin PROFILE'")),
    }
}
