//! One AWS file taken apart into sections and settings, as Python's `RawConfigParser` does for botocore.
//!
//! Where botocore refuses the whole file, what can be read still is, and the fault is told.
//! Pure, linear in the input, and borrowing from it.

use std::borrow::Cow;

use super::problem::Problems;
use super::scanner::Scanner;
use super::text::decode;
use super::value::{Value, owned};

/// A file taken apart.
#[derive(Clone, Debug, Default)]
pub struct Scan<'a> {
    /// Every section but `[DEFAULT]`, in the order in which they first stand in the file.
    pub sections: Vec<Section<'a>>,
    /// What `[DEFAULT]` holds: each section has these too, unless it sets the key itself.
    pub defaults: Vec<Setting<'a>>,
    /// What is wrong.
    pub problems: Problems,
}

/// A section; one that the file repeats is merged into the first, the last of a key winning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// What stands between the brackets, untrimmed.
    pub name: Cow<'a, str>,
    /// The line of its first header, counted from 1.
    pub line: usize,
    /// Its own settings, each key once.
    pub settings: Vec<Setting<'a>>,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<'a> {
    /// The key in lower case.
    pub key: Cow<'a, str>,
    /// The line of the key, counted from 1.
    pub line: usize,
    /// What it holds.
    pub value: Value<'a>,
}

impl Setting<'_> {
    fn into_owned(self) -> Setting<'static> {
        Setting { key: owned(self.key), line: self.line, value: self.value.into_owned() }
    }
}

impl Scan<'_> {
    fn into_owned(self) -> Scan<'static> {
        let all = |settings: Vec<Setting>| settings.into_iter().map(Setting::into_owned).collect();
        let section = |section: Section| Section {
            name: owned(section.name),
            line: section.line,
            settings: all(section.settings),
        };
        Scan {
            sections: self.sections.into_iter().map(section).collect(),
            defaults: all(self.defaults),
            problems: self.problems,
        }
    }
}

/// Takes a file apart. Never fails: what cannot be read is left out and told in the problems.
#[must_use]
pub fn scan(bytes: &[u8]) -> Scan<'_> {
    let mut problems = Problems::default();
    match decode(bytes, &mut problems) {
        Cow::Borrowed(text) => Scanner::new(problems).run(text),
        Cow::Owned(text) => Scanner::new(problems).run(&text).into_owned(),
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
