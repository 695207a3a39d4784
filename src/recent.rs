//! The profiles that were chosen by hand last, in every shell: names alone, in the state folder.
//! Whatever becomes of that file, nothing but an order is lost.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::fs;
use crate::paths;

/// More are not shown, nor kept for ever.
const MOST: usize = 50;

/// A file of more bytes is written anew.
const LARGE: u64 = 16 << 10;

fn file() -> Option<PathBuf> {
    Some(paths::state_folder()?.join("recent"))
}

/// The names, the last one first. They are data: a profile of such a name need not exist.
pub fn names() -> Vec<String> {
    let bytes = file().and_then(|file| fs::read(&file).ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut seen = HashSet::new();
    let latest = text.rsplit('\n').filter(|name| !name.is_empty() && seen.insert(*name));
    latest.take(MOST).map(str::to_owned).collect()
}

/// Puts a name before the others. What keeps it from that stops no switch.
pub fn remember(name: &str) {
    let Some(file) = file().filter(|_| !name.is_empty() && !name.contains('\n')) else { return };
    // Many shells may switch at once, and each is to find what the others left. The break comes first, as one that
    // was ended in the middle may have left half a name.
    if let (Ok(false), Some(folder)) = (fs::append(&file, format!("\n{name}").as_bytes(), LARGE), file.parent()) {
        fs::alone(folder, || rewrite(&file, name));
    }
}

/// Drops what is old, or is no plain file.
fn rewrite(file: &Path, name: &str) {
    let mut names = names();
    names.truncate(MOST - 1);
    let text: String = names.iter().rev().map(String::as_str).chain([name]).flat_map(|name| ["\n", name]).collect();
    let _ = fs::replace(file, text.as_bytes(), false);
}
