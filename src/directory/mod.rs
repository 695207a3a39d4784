//! `.awsprofile`: finding the one that governs, reading it, and judging whether it may be followed.

mod content;
mod judge;
mod ownership;
pub mod resolution;
pub mod trust;

use std::fs;
use std::path::{Path, PathBuf};

pub use content::{Content, DirectoryProfile, Line};
pub use judge::{Verdict, judge, read};

/// The file's name.
pub const NAME: &str = ".awsprofile";

/// The nearest thing of that name at or above a folder, whatever it is: a dangling link counts.
pub fn governing(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(NAME)).find(|path| fs::symlink_metadata(path).is_ok())
}
