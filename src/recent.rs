//! The profiles that were chosen by hand last, in every shell: names alone, in the state folder.
//! Whatever becomes of that file, nothing but an order is lost.

use std::path::PathBuf;

use crate::kept;
use crate::places;

/// More are not kept.
const MOST: usize = 50;

fn file() -> Option<PathBuf> {
    Some(places::state_folder()?.join("recent"))
}

/// The names, the last one first. They are data: a profile of such a name need not exist.
pub fn names() -> Vec<String> {
    let bytes = file().and_then(|file| kept::read(&file).ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    text.split('\n').filter(|name| !name.is_empty()).take(MOST).map(str::to_owned).collect()
}

/// Puts a name before the others. What keeps it from that stops no switch.
pub fn remember(name: &str) {
    if name.is_empty() || name.contains('\n') || names().first().is_some_and(|first| first == name) {
        return;
    }
    // Many shells may switch at once, and each is to find what the others left.
    let _ = places::state_folder().map(|folder| kept::alone(&folder, || put_first(name)));
}

fn put_first(name: &str) {
    let before = names();
    let others = before.iter().map(String::as_str).filter(|&other| other != name);
    let text: String = std::iter::once(name).chain(others).take(MOST).flat_map(|name| [name, "\n"]).collect();
    let _ = file().map(|file| kept::replace(&file, text.as_bytes(), false));
}
