//! One profile as the two files together define it.

use std::borrow::Cow;

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::document::{Document, Section, Setting};
use super::masking::masked_below;
use super::value::Value;
use crate::diagnostic::Span;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// `~/.aws/config`, or what `AWS_CONFIG_FILE` names.
    Config,
    /// `~/.aws/credentials`, or what `AWS_SHARED_CREDENTIALS_FILE` names.
    Credentials,
}

impl FileKind {
    /// In the order in which they are merged.
    pub const BOTH: [Self; 2] = [Self::Config, Self::Credentials];
}

/// The config file, then the credentials file.
pub type Documents<'a> = [Document<'a>; 2];

/// Which section of each file defines something.
pub type SectionIndexes = [Option<usize>; 2];

/// Where something is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub file: FileKind,
    /// The line, counted from 1.
    pub line: usize,
}

/// A setting, and the file that it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found<'s> {
    /// The key in lower case.
    pub key: &'s str,
    /// What it holds.
    pub value: &'s Value<'s>,
    /// Where it is set.
    pub source: Source,
    setting: &'s Setting<'s>,
}

impl<'s> Found<'s> {
    fn new(file: FileKind, setting: &'s Setting<'s>) -> Self {
        Self { key: &setting.key, value: &setting.value, source: Source { file, line: setting.line }, setting }
    }

    /// The span of its value.
    pub fn value_span(&self) -> Span {
        self.setting.value_span()
    }
}

/// A profile (or an `sso-session`, or a `services` section): a view of the files.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'s> {
    index: usize,
    name: &'s str,
    documents: &'s Documents<'s>,
    sections: &'s SectionIndexes,
}

impl<'s> Profile<'s> {
    pub(super) const fn new(
        index: usize,
        name: &'s str,
        documents: &'s Documents<'s>,
        sections: &'s SectionIndexes,
    ) -> Self {
        Self { index, name, documents, sections }
    }

    /// Its position among all profiles.
    pub(super) const fn index(self) -> usize {
        self.index
    }

    /// Its name: any text at all, even none.
    pub const fn name(self) -> &'s str {
        self.name
    }

    /// Its sections, the config file's first. Of two sections for one profile in one file, only the later.
    pub fn sections(self) -> impl Iterator<Item = (FileKind, &'s Section<'s>)> {
        FileKind::BOTH.into_iter().filter_map(move |file| Some((file, self.section(file)?)))
    }

    /// Where it is defined.
    pub fn sources(self) -> impl Iterator<Item = Source> {
        self.sections().map(|(file, section)| Source { file, line: section.line() })
    }

    /// The text of a setting; `key` in lower case. `None` for one that is not set or is nested.
    /// The credentials file wins over the config file.
    pub fn get(self, key: &str) -> Option<&'s str> {
        self.find(key)?.value.text()
    }

    /// The same as it may be shown: without a secret that is part of it by mistake.
    pub fn shown(self, key: &str) -> Option<Cow<'s, str>> {
        self.get(key).map(masked_below)
    }

    /// Whether a setting is there, whatever it holds; `key` in lower case.
    pub fn has(self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// A setting and where it comes from; `key` in lower case.
    pub fn find(self, key: &str) -> Option<Found<'s>> {
        self.find_in(FileKind::Credentials, key).or_else(|| self.find_in(FileKind::Config, key))
    }

    /// A setting as one of the files has it, whatever the other says; `key` in lower case.
    pub fn find_in(self, file: FileKind, key: &str) -> Option<Found<'s>> {
        let own = self.section(file)?.settings.iter().find(|setting| setting.key == key);
        Some(Found::new(file, own.or_else(|| self.document(file)?.defaults.get(key))?))
    }

    /// Every setting that is read, each key once, in botocore's order.
    pub fn settings(self) -> Vec<Found<'s>> {
        let mut all: IndexMap<&str, Found> = IndexMap::new();
        for (file, section) in self.sections() {
            let defaults = self.document(file).into_iter().flat_map(|document| document.defaults.values());
            for setting in section.settings.iter().chain(defaults) {
                match all.entry(&setting.key) {
                    Entry::Vacant(entry) => {
                        entry.insert(Found::new(file, setting));
                    }
                    Entry::Occupied(mut entry) if entry.get().source.file != file => {
                        entry.insert(Found::new(file, setting));
                    }
                    // The section's own, before what it would inherit.
                    Entry::Occupied(_) => {}
                }
            }
        }
        all.into_values().collect()
    }

    fn document(self, file: FileKind) -> Option<&'s Document<'s>> {
        self.documents.get(file as usize)
    }

    fn section(self, file: FileKind) -> Option<&'s Section<'s>> {
        let index = (*self.sections.get(file as usize)?)?;
        self.document(file)?.sections.get(index)
    }
}
