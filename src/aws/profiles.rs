//! The profiles of both files, merged as botocore merges them: the config file's in its order,
//! then those that only the credentials file has. Pure.

use std::borrow::Cow;
use std::collections::HashMap;
use std::slice::Iter;
use std::sync::Arc;

use super::advice;
use super::header;
use super::problem::{Problem, Problems};
use super::profile::{Defaults, FileKind, Part, Profile};
use super::scan::{Scan, Section};

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

    /// Where the one of this name stands among all.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// The one that stands there.
    pub(super) fn at(&self, place: usize) -> Option<&Profile<'a>> {
        self.all.get(place)
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
            let defaults = Defaults::new(scan.defaults);
            for section in scan.sections {
                merged.add_config(section, &defaults);
            }
        }
        if let Some(scan) = credentials {
            merged.credentials_problems = scan.problems;
            let defaults = Defaults::new(scan.defaults);
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

    fn add_config(&mut self, section: Section<'a>, defaults: &Arc<Defaults<'a>>) {
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
