//! Stores what `allow` and `deny` decided: one small file for each path, named after the path, so that two shells never
//! write the same file for different paths.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Error, NO_HOME, trust_not_saved};
use crate::fs::{self, Permissions, ReadError};
use crate::paths;

/// No larger entry is read: a path alone may be longer than a `.awsprofile`.
const MOST_BYTES: u64 = 64 << 10;

/// The decision about a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Nothing.
    Unknown,
    /// It is trusted with this content.
    Allowed(Vec<u8>),
    /// It is ignored with any content.
    Denied,
    /// Something that cannot be read: it may have been a denial.
    Unreadable,
}

/// Returns the decision about a canonical path.
pub fn of(path: &Path) -> Trust {
    let Some(entry) = entry(path) else {
        return Trust::Unknown;
    };
    let bytes = match fs::read_regular(&entry, MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) => return Trust::Unknown,
        Err(_) => return Trust::Unreadable,
    };
    let mut parts = bytes.splitn(3, |&byte| byte == 0);
    match (parts.next(), parts.next(), parts.next()) {
        (_, Some(of), _) if of != path.as_os_str().as_encoded_bytes() => Trust::Unknown,
        (Some(b"allow"), Some(_), Some(content)) => Trust::Allowed(content.to_vec()),
        (Some(b"deny"), Some(_), Some(_)) => Trust::Denied,
        _ => Trust::Unreadable,
    }
}

/// Stores a decision about a canonical path; one that is unknown or cannot be read is discarded.
pub fn save(path: &Path, trust: &Trust) -> Result<(), Error> {
    let entry = entry(path).ok_or_else(|| trust_not_saved(path, NO_HOME))?;
    let (verb, content) = match trust {
        Trust::Allowed(content) => (&b"allow"[..], content.as_slice()),
        Trust::Denied => (&b"deny"[..], &b""[..]),
        Trust::Unknown | Trust::Unreadable => {
            let _ = std::fs::remove_file(entry);
            return Ok(());
        }
    };
    let bytes = [verb, path.as_os_str().as_encoded_bytes(), content].join(&0);
    fs::replace(&entry, &bytes, Permissions::Private).map_err(|error| {
        let directory = paths::shorten(entry.parent().unwrap_or(&entry));
        trust_not_saved(path, format!("{directory}: {error}"))
    })
}

fn entry(path: &Path) -> Option<PathBuf> {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    Some(paths::state_directory()?.join("trust").join(paths::hex(&digest)))
}
