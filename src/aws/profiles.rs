//! The profiles of both files, merged as botocore merges them: the config file's in its order,
//! then those that only the credentials file has. Pure.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::slice::Iter;
use std::sync::Arc;

use super::advice;
use super::header;
use super::problem::{Problem, Problems};
use super::scan::{Scan, Section, Setting};
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

/// What one file says of a profile.
#[derive(Clone, Debug)]
struct Part<'a> {
    line: usize,
    own: Vec<Setting<'a>>,
    /// Those of `[DEFAULT]`, shared by all sections of a file.
    defaults: Arc<[Setting<'a>]>,
}

impl<'a> Part<'a> {
    fn find(&self, key: &str) -> Option<&Setting<'a>> {
        let mut settings = self.own.iter().chain(&*self.defaults);
        settings.find(|setting| setting.key == key)
    }
}

/// A profile (or an `sso-session`, or a `services` section).
#[derive(Clone, Debug)]
pub struct Profile<'a> {
    name: Cow<'a, str>,
    config: Option<Part<'a>>,
    credentials: Option<Part<'a>>,
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
            let inherited_from = part.own.len();
            for (number, setting) in part.own.iter().chain(&*part.defaults).enumerate() {
                let inherited = number >= inherited_from;
                match places.entry(&setting.key) {
                    Entry::Vacant(place) => {
                        place.insert(all.len());
                        all.push(found(file, setting));
                    }
                    Entry::Occupied(place) => {
                        if let Some(earlier) = all.get_mut(*place.get())
                            && !(inherited && earlier.source.file == file)
                        {
                            *earlier = found(file, setting);
                        }
                    }
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

/// Profiles in order, found by name at once.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    all: Vec<Profile<'a>>,
    places: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Table<'a> {
    /// The one of this name, letter for letter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Profile<'a>> {
        self.all.get(*self.places.get(name)?)
    }

    /// All, in order.
    pub fn iter(&self) -> Iter<'_, Profile<'a>> {
        self.all.iter()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The entry of this name, made last if there is none.
    fn entry(&mut self, name: Cow<'a, str>) -> Option<&mut Profile<'a>> {
        let next = self.all.len();
        let place = *self.places.entry(name.clone()).or_insert(next);
        if place == next {
            self.all.push(Profile { name, config: None, credentials: None });
        }
        self.all.get_mut(place)
    }
}

impl<'t, 'a> IntoIterator for &'t Table<'a> {
    type Item = &'t Profile<'a>;
    type IntoIter = Iter<'t, Profile<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What both files define.
#[derive(Clone, Debug, Default)]
pub struct Profiles<'a> {
    /// The profiles: the names and the order of `aws configure list-profiles`.
    pub profiles: Table<'a>,
    /// The config file's `[sso-session NAME]`.
    pub sso_sessions: Table<'a>,
    /// The config file's `[services NAME]`.
    pub services: Table<'a>,
    /// What is wrong with the config file.
    pub config_problems: Problems,
    /// What is wrong with the credentials file.
    pub credentials_problems: Problems,
}

impl<'a> Profiles<'a> {
    /// Merges two files; `None` for one that is not there.
    #[must_use]
    pub fn merge(config: Option<Scan<'a>>, credentials: Option<Scan<'a>>) -> Self {
        let mut merged = Self::default();
        if let Some(scan) = config {
            merged.profiles.all.reserve(scan.sections.len());
            merged.profiles.places.reserve(scan.sections.len());
            merged.config_problems = scan.problems;
            let defaults = Arc::from(scan.defaults);
            for section in scan.sections {
                merged.add_config(section, &defaults);
            }
        }
        if let Some(scan) = credentials {
            merged.credentials_problems = scan.problems;
            let defaults = Arc::from(scan.defaults);
            for section in scan.sections {
                advice::on_credentials(&section, &mut merged.credentials_problems);
                let Section { name, line, settings } = section;
                if let Some(profile) = merged.profiles.entry(name) {
                    profile.credentials = Some(Part { line, own: settings, defaults: Arc::clone(&defaults) });
                }
            }
        }
        merged
    }

    /// Every problem of both files, at most 100 of each and a count of the rest.
    #[must_use]
    pub fn problems(&self) -> Vec<(FileKind, Problem)> {
        let of =
            |file, problems: &Problems| problems.clone().into_vec().into_iter().map(move |problem| (file, problem));
        let config = of(FileKind::Config, &self.config_problems);
        config.chain(of(FileKind::Credentials, &self.credentials_problems)).collect()
    }

    fn add_config(&mut self, section: Section<'a>, defaults: &Arc<[Setting<'a>]>) {
        let problems = &mut self.config_problems;
        // botocore asks only how the header begins, so [profiles x] is profile x too.
        let (table, keyword) = if section.name.starts_with("profile") {
            (&mut self.profiles, "profile")
        } else if section.name.starts_with("sso-session") {
            (&mut self.sso_sessions, "sso-session")
        } else if section.name.starts_with("services") {
            (&mut self.services, "services")
        } else if section.name == "default" {
            (&mut self.profiles, "")
        } else {
            advice::on_other(&section, problems);
            return;
        };
        let name = if keyword.is_empty() {
            section.name
        } else {
            match header::split(&section.name) {
                Ok((written, name)) => {
                    advice::on_header(&section, keyword, &written, &name, problems);
                    name
                }
                Err(refusal) => {
                    advice::on_refused(&section, keyword, refusal, problems);
                    return;
                }
            }
        };
        let part = Part { line: section.line, own: section.settings, defaults: Arc::clone(defaults) };
        if let Some(profile) = table.entry(name) {
            if let Some(earlier) = &profile.config {
                advice::on_replaced(&profile.name, earlier.line, part.line, problems);
            }
            profile.config = Some(part);
        }
    }
}

#[cfg(test)]
#[path = "profiles_tests.rs"]
mod tests;
