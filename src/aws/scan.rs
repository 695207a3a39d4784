//! One AWS file taken apart into sections and settings, as Python's `RawConfigParser` does for botocore.
//!
//! Where botocore refuses the whole file, what can be read still is, and the fault is told.
//! Pure, linear in the input, and borrowing from it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::scanner::{self, Scanner};
use super::text::decode;
use super::value::{Value, owned};
use crate::diagnostic::Diagnostics;

/// A file taken apart. Of the settings it keeps where they stand: most commands want one section's.
#[derive(Clone, Debug, Default)]
pub struct Scan<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) blocks: Vec<Block>,
    /// Where a section goes on under a header that repeats its own, by its place.
    pub(super) further: BTreeMap<usize, Vec<Block>>,
    /// What `[DEFAULT]` holds: each section has these too, unless it sets the key itself.
    pub defaults: Vec<Setting<'a>>,
    /// What is wrong.
    pub problems: Diagnostics,
}

/// Where a header and what it heads stand in the text; there are many, so it is small.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) name_start: u32,
    pub(super) name_end: u32,
    pub(super) end: u32,
    pub(super) line: u32,
}

/// A section; one that the file repeats is merged into the first, the last of a key winning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// Which of the file's it is.
    pub place: usize,
    /// What stands between the brackets, untrimmed.
    pub name: Cow<'a, str>,
    /// The line of its first header, counted from 1.
    pub line: usize,
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

impl Block {
    /// One whose end is not known yet.
    pub(super) fn new(line: usize, name_start: usize, name_length: usize) -> Self {
        Self { name_start: small(name_start), name_end: small(name_start + name_length), end: 0, line: small(line) }
    }

    pub(super) fn until(self, end: usize) -> Self {
        Self { end: small(end), ..self }
    }

    pub(super) const fn name(&self) -> Range<usize> {
        self.name_start as usize..self.name_end as usize
    }

    /// From the end of the name on, so that the first line is the rest of the header's.
    pub(super) const fn body(&self) -> Range<usize> {
        self.name_end as usize..self.end as usize
    }
}

impl<'a> Scan<'a> {
    /// Every section but `[DEFAULT]`, in the order in which they first stand in the file.
    pub fn sections(&self) -> impl Iterator<Item = Section<'a>> {
        let name = |block: &Block| match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(block.name()).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(block.name()).unwrap_or_default().to_owned()),
        };
        let sections = self.blocks.iter().enumerate();
        sections.map(move |(place, block)| Section { place, name: name(block), line: block.line as usize })
    }

    /// How many sections there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The line of a section's first header, counted from 1.
    #[must_use]
    pub fn line(&self, place: usize) -> usize {
        self.blocks.get(place).map_or(0, |block| block.line as usize)
    }

    /// A section's own settings, each key once.
    #[must_use]
    pub fn settings(&self, place: usize) -> Vec<Setting<'a>> {
        let blocks = self.blocks.get(place).into_iter().chain(self.further.get(&place).into_iter().flatten());
        match &self.text {
            Cow::Borrowed(text) => scanner::settings(text, blocks),
            Cow::Owned(text) => scanner::settings(text, blocks).into_iter().map(Setting::into_owned).collect(),
        }
    }
}

/// No file that is read is too large for this.
fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Takes a file apart. Never fails: what cannot be read is left out and told in the problems.
#[must_use]
pub fn scan(bytes: &[u8]) -> Scan<'_> {
    let mut problems = Diagnostics::default();
    match decode(bytes, &mut problems) {
        Cow::Borrowed(text) => Scanner::new(text, problems).run(),
        Cow::Owned(text) => {
            let Scan { blocks, further, defaults, problems, .. } = Scanner::new(&text, problems).run();
            let defaults = defaults.into_iter().map(Setting::into_owned).collect();
            Scan { text: Cow::Owned(text), blocks, further, defaults, problems }
        }
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
