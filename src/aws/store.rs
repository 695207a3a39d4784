//! The profiles of both files, merged as botocore merges them: the config file's in its order,
//! then those that only the credentials file has. Pure.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::document::Document;
use super::header::Header;
use super::profile::{Documents, FileKind, Profile, SectionIndexes};

/// What both files define.
#[derive(Clone, Debug, Default)]
pub struct ProfileStore<'a> {
    documents: Documents<'a>,
    profiles: Names<'a>,
    sso_sessions: Names<'a>,
    services: Names<'a>,
}

type Names<'a> = IndexMap<Cow<'a, str>, SectionIndexes>;

impl<'a> ProfileStore<'a> {
    /// Reads and merges the texts of two files; that of a file that is not there is empty.
    pub fn new(config: &'a str, credentials: &'a str) -> Self {
        let documents = [config, credentials].map(Document::parse);
        let mut store = Self::default();
        let [config, credentials] = &documents;
        store.profiles.reserve(config.sections.len().max(credentials.sections.len()));
        for (index, section) in config.sections.iter().enumerate() {
            if let Header::Named { keyword, name, .. } = Header::parse(section.name) {
                let names = match keyword {
                    "sso-session" => &mut store.sso_sessions,
                    "services" => &mut store.services,
                    _ => &mut store.profiles,
                };
                // A later section of another spelling replaces the earlier one.
                names.insert(name, [Some(index), None]);
            }
        }
        for (index, section) in credentials.sections.iter().enumerate() {
            let [_, credentials] = store.profiles.entry(Cow::Borrowed(section.name)).or_default();
            *credentials = Some(index);
        }
        Self { documents, ..store }
    }

    /// One of the files.
    pub fn document(&self, file: FileKind) -> &Document<'a> {
        let [config, credentials] = &self.documents;
        match file {
            FileKind::Config => config,
            FileKind::Credentials => credentials,
        }
    }

    /// The profile of this name, letter for letter.
    pub fn get(&self, name: &str) -> Option<Profile<'_>> {
        self.view(&self.profiles, self.profiles.get_index_of(name)?)
    }

    /// The profiles: the names and the order of `aws configure list-profiles`.
    pub fn iter(&self) -> impl Iterator<Item = Profile<'_>> {
        let profiles = self.profiles.iter().enumerate();
        profiles.map(|(index, (name, sections))| Profile::new(index, name, &self.documents, sections))
    }

    /// How many profiles there are.
    pub fn len(&self) -> usize {
        self.profiles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.profiles.is_empty()
    }

    /// The config file's `[sso-session NAME]`.
    pub fn sso_session(&self, name: &str) -> Option<Profile<'_>> {
        self.view(&self.sso_sessions, self.sso_sessions.get_index_of(name)?)
    }

    /// The config file's `[services NAME]`.
    pub fn services(&self, name: &str) -> Option<Profile<'_>> {
        self.view(&self.services, self.services.get_index_of(name)?)
    }

    /// The profile at this position.
    pub(super) fn at(&self, index: usize) -> Option<Profile<'_>> {
        self.view(&self.profiles, index)
    }

    fn view<'s>(&'s self, names: &'s Names<'a>, index: usize) -> Option<Profile<'s>> {
        let (name, sections) = names.get_index(index)?;
        Some(Profile::new(index, name, &self.documents, sections))
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
