//! The names of the profiles that were last switched to manually, in every shell. Whatever becomes of the file,
//! nothing but the order of the list to pick from is lost.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::fs::{self, Permissions};
use crate::paths;

/// The most names that the list uses, and that remain in the file when it is written anew.
const MOST_NAMES: usize = 50;

/// The most that is read of the file, in bytes.
const MOST_BYTES: u64 = 64 << 10;

/// A file of more bytes is written anew at the next switch.
const LARGE: u64 = 16 << 10;

fn file() -> Option<PathBuf> {
    Some(paths::state_directory()?.join("recent"))
}

/// The names, the last one first. They are data: a profile of such a name need not exist.
pub fn names() -> Vec<String> {
    let mut bytes = Vec::new();
    if let Some((opened, _)) = file().and_then(|file| fs::open_regular(&file).ok()) {
        let _ = opened.take(MOST_BYTES).read_to_end(&mut bytes);
    }
    let text = String::from_utf8_lossy(&bytes);
    let mut seen = HashSet::new();
    let latest = text.rsplit('\n').filter(|name| !name.is_empty() && seen.insert(*name));
    latest.take(MOST_NAMES).map(str::to_owned).collect()
}

/// Puts a name before the others. An error stops no switch.
pub fn remember(name: &str) {
    let Some(file) = file().filter(|_| !name.is_empty() && !name.contains('\n')) else { return };
    // The line break comes first, as a process that was killed may have left half a name.
    if fs::append(&file, format!("\n{name}").as_bytes(), LARGE).is_err() {
        rewrite(&file, name);
    }
}

/// Drops what is old, or is no regular file. Of two shells that do so at the same moment, one may lose its name.
fn rewrite(file: &Path, name: &str) {
    let mut names = names();
    names.truncate(MOST_NAMES - 1);
    let text: String = names.iter().rev().map(String::as_str).chain([name]).flat_map(|name| ["\n", name]).collect();
    let _ = fs::replace(file, text.as_bytes(), Permissions::Private);
}
