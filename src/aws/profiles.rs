//! Merges both files into profiles as botocore does: the config file's in its order, then those that only the
//! credentials file has.

use std::borrow::Cow;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use indexmap::map::Entry;

use super::document::{Document, Section, Setting};
use super::header::Header;
use super::masking::masked_below;
use super::value::Value;
use crate::diagnostic::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    Config,
    Credentials,
}

impl FileKind {
    /// In the order in which they are merged.
    pub const BOTH: [Self; 2] = [Self::Config, Self::Credentials];

    /// The one of two things, given in that order, that belongs to this file.
    pub fn of<T>(self, [config, credentials]: [T; 2]) -> T {
        match self {
            Self::Config => config,
            Self::Credentials => credentials,
        }
    }
}

/// Which section of each file defines something, in the order of [`FileKind::BOTH`].
type SectionIndexes = [Option<u32>; 2];

type Names<'a> = IndexMap<Cow<'a, str>, SectionIndexes, RandomState>;

#[derive(Clone, Debug, Default)]
pub struct ProfileStore<'a> {
    documents: [Document<'a>; 2],
    profiles: Names<'a>,
    sso_sessions: Names<'a>,
    services: Names<'a>,
    respelled: Vec<(Cow<'a, str>, [u32; 2])>,
}

impl<'a> ProfileStore<'a> {
    /// Merges the texts of the two files; that of a missing file is empty.
    pub fn new(config: &'a str, credentials: &'a str) -> Self {
        let documents = [config, credentials].map(Document::parse);
        let [config, credentials] = &documents;
        let count = config.sections.len().max(credentials.sections.len());
        let profiles = Names::with_capacity_and_hasher(count, RandomState::default());
        let mut store = Self { profiles, ..Self::default() };
        for (index, section) in (0..).zip(config.sections.values()) {
            if let Header::Named { keyword, name, .. } = Header::parse(section.name) {
                let names = match keyword {
                    "sso-session" => &mut store.sso_sessions,
                    "services" => &mut store.services,
                    _ => &mut store.profiles,
                };
                if let Some([Some(earlier), _]) = names.insert(name.clone(), [Some(index), None]) {
                    store.respelled.push((name, [earlier, index]));
                }
            }
        }
        for (index, section) in (0..).zip(credentials.sections.values()) {
            let [_, credentials] = store.profiles.entry(section.name.into()).or_default();
            *credentials = Some(index);
        }
        Self { documents, ..store }
    }

    pub fn document(&self, file: FileKind) -> &Document<'a> {
        file.of(self.documents.each_ref())
    }

    /// The names that two sections of the config file spell differently; the later section replaces the earlier.
    pub fn respelled(&self) -> impl Iterator<Item = (&str, [&Section<'a>; 2])> {
        let [config, _] = &self.documents;
        let section = |index: u32| Some(config.sections.get_index(index as usize)?.1);
        self.respelled.iter().filter_map(move |&(ref name, [earlier, later])| {
            Some((name.as_ref(), [section(earlier)?, section(later)?]))
        })
    }

    pub fn get(&self, name: &str) -> Option<Profile<'_>> {
        self.at(self.profiles.get_index_of(name)?)
    }

    pub(super) fn at(&self, index: usize) -> Option<Profile<'_>> {
        self.view(&self.profiles, index)
    }

    /// The profiles in the order of `aws configure list-profiles`.
    pub fn iter(&self) -> impl Iterator<Item = Profile<'_>> {
        (0..self.len()).filter_map(|index| self.at(index))
    }

    pub fn len(&self) -> usize {
        self.profiles.len()
    }

    pub fn is_empty(&self) -> bool {
        self.profiles.is_empty()
    }

    /// The config file's `[sso-session NAME]`.
    pub fn sso_session(&self, name: &str) -> Option<Profile<'_>> {
        self.view(&self.sso_sessions, self.sso_sessions.get_index_of(name)?)
    }

    /// The names of the config file's `[sso-session NAME]`.
    pub fn sso_sessions(&self) -> impl Iterator<Item = &str> {
        self.sso_sessions.keys().map(AsRef::as_ref)
    }

    /// The names of the config file's `[services NAME]`.
    pub fn services_names(&self) -> impl Iterator<Item = &str> {
        self.services.keys().map(AsRef::as_ref)
    }

    /// The config file's `[services NAME]`.
    pub fn services(&self, name: &str) -> Option<Profile<'_>> {
        self.view(&self.services, self.services.get_index_of(name)?)
    }

    fn view<'s>(&'s self, names: &'s Names<'a>, index: usize) -> Option<Profile<'s>> {
        let (name, &sections) = names.get_index(index)?;
        Some(Profile { index, name, sections, store: self })
    }
}

/// A line of one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    pub file: FileKind,
    pub line: usize,
}

/// A setting, and the file that it comes from.
#[derive(Clone, Copy, Debug)]
pub struct ProfileSetting<'s> {
    /// In lower case.
    pub key: &'s str,
    pub value: &'s Value<'s>,
    pub source: Source,
    setting: &'s Setting<'s>,
}

impl<'s> ProfileSetting<'s> {
    fn new(file: FileKind, setting: &'s Setting<'s>) -> Self {
        let source = Source { file, line: setting.line() };
        Self { key: &setting.key, value: &setting.value, source, setting }
    }
}

/// A profile, an `sso-session` or a `services` section: a view of the files. Its keys are in lower case.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'s> {
    index: usize,
    name: &'s str,
    sections: SectionIndexes,
    store: &'s ProfileStore<'s>,
}

impl<'s> Profile<'s> {
    pub(super) const fn index(self) -> usize {
        self.index
    }

    /// Any text at all, even none.
    pub const fn name(self) -> &'s str {
        self.name
    }

    /// The config file's first. Of two sections for one profile in one file, only the later.
    pub fn sections(self) -> impl Iterator<Item = (FileKind, &'s Section<'s>)> {
        FileKind::BOTH.into_iter().filter_map(move |file| Some((file, self.section(file)?)))
    }

    pub fn sources(self) -> impl Iterator<Item = Source> {
        self.sections().map(|(file, section)| Source { file, line: section.line() })
    }

    /// The text of a setting; `None` for one that is missing or nested. The credentials file overrides the config file.
    pub fn get(self, key: &str) -> Option<&'s str> {
        self.find(key)?.value.text()
    }

    /// The text of a setting without a secret that is part of it by mistake.
    pub fn masked(self, key: &str) -> Option<Cow<'s, str>> {
        self.get(key).map(masked_below)
    }

    pub fn has(self, key: &str) -> bool {
        self.find(key).is_some()
    }

    pub fn find(self, key: &str) -> Option<ProfileSetting<'s>> {
        self.find_in(FileKind::Credentials, key).or_else(|| self.find_in(FileKind::Config, key))
    }

    pub fn find_in(self, file: FileKind, key: &str) -> Option<ProfileSetting<'s>> {
        let own = self.own(file)?.iter().find(|setting| setting.key == key);
        Some(ProfileSetting::new(file, own.or_else(|| self.store.document(file).defaults.get(key))?))
    }

    /// Every setting that is read, each key once, in botocore's order.
    pub fn settings(self) -> Vec<ProfileSetting<'s>> {
        let mut all: IndexMap<&str, ProfileSetting> = IndexMap::new();
        for file in FileKind::BOTH {
            let Some(own) = self.own(file) else { continue };
            for setting in own.iter().chain(self.store.document(file).defaults.values()) {
                match all.entry(&setting.key) {
                    // The section's own, before what it would inherit.
                    Entry::Occupied(entry) if entry.get().source.file == file => {}
                    entry => _ = entry.insert_entry(ProfileSetting::new(file, setting)),
                }
            }
        }
        all.into_values().collect()
    }

    pub fn value_span(self, found: &ProfileSetting) -> Span {
        self.store.document(found.source.file).value_span(found.setting)
    }

    fn own(self, file: FileKind) -> Option<&'s [Setting<'s>]> {
        Some(self.store.document(file).settings_of(self.section(file)?))
    }

    fn section(self, file: FileKind) -> Option<&'s Section<'s>> {
        Some(self.store.document(file).sections.get_index(file.of(self.sections)? as usize)?.1)
    }
}

#[cfg(test)]
#[path = "profiles_tests.rs"]
mod tests;
