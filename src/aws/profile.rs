//! One profile, as the two files together have it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::scan::Setting;
use super::value::Value;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// `~/.aws/config`, or what `AWS_CONFIG_FILE` names.
    Config,
    /// `~/.aws/credentials`, or what `AWS_SHARED_CREDENTIALS_FILE` names.
    Credentials,
}

/// Where something is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub file: FileKind,
    /// The line, counted from 1.
    pub line: usize,
}

/// A setting, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'p> {
    /// The key in lower case.
    pub key: &'p str,
    /// What it holds.
    pub value: &'p Value<'p>,
    /// Where it is set.
    pub source: Source,
}

/// The settings of `[DEFAULT]`, found by key at once: every profile may be asked for what only it has.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults<'a> {
    all: Vec<Setting<'a>>,
    places: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Defaults<'a> {
    pub(super) fn new(all: Vec<Setting<'a>>) -> Arc<Self> {
        let places = all.iter().enumerate().map(|(place, setting)| (setting.key.clone(), place)).collect();
        Arc::new(Self { all, places })
    }

    fn get(&self, key: &str) -> Option<&Setting<'a>> {
        if self.all.is_empty() { None } else { self.all.get(*self.places.get(key)?) }
    }
}

/// What one file says of a profile.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) line: usize,
    pub(super) own: Vec<Setting<'a>>,
    /// Shared by all sections of a file.
    pub(super) defaults: Arc<Defaults<'a>>,
}

impl<'a> Part<'a> {
    fn find(&self, key: &str) -> Option<&Setting<'a>> {
        self.own.iter().find(|setting| setting.key == key).or_else(|| self.defaults.get(key))
    }
}

/// A profile (or an `sso-session`, or a `services` section).
#[derive(Clone, Debug)]
pub struct Profile<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) config: Option<Part<'a>>,
    pub(super) credentials: Option<Part<'a>>,
}

impl<'a> Profile<'a> {
    /// Its name: any text at all, even none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is defined: the config file's section first. Of two sections for one profile in
    /// one file only the one that counts is told.
    pub fn sources(&self) -> impl Iterator<Item = Source> + '_ {
        self.parts().map(|(file, part)| Source { file, line: part.line })
    }

    /// The text of a setting; `key` in lower case. `None` for one that is not set or is nested.
    /// The credentials file wins over the config file.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.find(key)?.value.text()
    }

    /// A setting and where it comes from; `key` in lower case.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Found<'_>> {
        let in_credentials = self.find_in(FileKind::Credentials, key);
        in_credentials.or_else(|| self.find_in(FileKind::Config, key))
    }

    /// A setting as one of the files has it, whatever the other says; `key` in lower case.
    #[must_use]
    pub fn find_in(&self, file: FileKind, key: &str) -> Option<Found<'_>> {
        let part = match file {
            FileKind::Config => self.config.as_ref(),
            FileKind::Credentials => self.credentials.as_ref(),
        };
        Some(found(file, part?.find(key)?))
    }

    /// Every setting that counts, each key once, in botocore's order.
    #[must_use]
    pub fn settings(&self) -> Vec<Found<'_>> {
        let mut all: Vec<Found> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (file, part) in self.parts() {
            for setting in part.own.iter().chain(&part.defaults.all) {
                match places.entry(&setting.key) {
                    Entry::Vacant(place) => {
                        place.insert(all.len());
                        all.push(found(file, setting));
                    }
                    Entry::Occupied(place) => match all.get_mut(*place.get()) {
                        Some(earlier) if earlier.source.file != file => *earlier = found(file, setting),
                        // The section's own, before what it would inherit.
                        _ => (),
                    },
                }
            }
        }
        all
    }

    fn parts(&self) -> impl Iterator<Item = (FileKind, &Part<'a>)> {
        let config = self.config.iter().map(|part| (FileKind::Config, part));
        config.chain(self.credentials.iter().map(|part| (FileKind::Credentials, part)))
    }
}

fn found<'p>(file: FileKind, setting: &'p Setting<'p>) -> Found<'p> {
    let source = Source { file, line: setting.line };
    Found { key: &setting.key, value: &setting.value, source }
}
