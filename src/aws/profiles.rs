//! The profiles of both files, merged as botocore merges them: the config file's in its order,
//! then those that only the credentials file has. Pure.

use std::borrow::Cow;
use std::mem;
use std::rc::Rc;
use std::slice::Iter;

use super::advice;
use super::header;
use super::profile::{File, FileKind, Files, Profile};
use super::scan::{Scan, Section, Setting};
use super::search::Index;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Profiles in order, found by name at once.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    all: Vec<Profile<'a>>,
    places: Index,
}

impl<'a> Table<'a> {
    /// The one of this name, letter for letter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Profile<'a>> {
        self.all.get(self.place(name)?)
    }

    /// Where the one of this name stands among all.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name, |place| Some(self.all.get(place)?.name()))
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

    fn with_room(profiles: usize) -> Self {
        Self { all: Vec::with_capacity(profiles), places: Index::with_room(profiles) }
    }

    /// The entry of this name, made last if there is none.
    fn entry(&mut self, name: Cow<'a, str>, files: &Rc<Files<'a>>) -> Option<&mut Profile<'a>> {
        let next = self.all.len();
        let place = self.places.take(&name, next, |place| Some(self.all.get(place)?.name()));
        if place.is_none() {
            self.all.push(Profile::new(name, files));
        }
        self.all.get_mut(place.unwrap_or(next))
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
    pub config_problems: Diagnostics,
    /// What is wrong with the credentials file.
    pub credentials_problems: Diagnostics,
}

impl<'a> Profiles<'a> {
    /// Merges two files; `None` for one that is not there.
    #[must_use]
    pub fn merge(config: Option<Scan<'a>>, credentials: Option<Scan<'a>>) -> Self {
        let [mut config, mut credentials] = [config, credentials].map(Option::unwrap_or_default);
        let mut merged = Self {
            profiles: Table::with_room(config.len().max(credentials.len())),
            config_problems: mem::take(&mut config.problems),
            credentials_problems: mem::take(&mut credentials.problems),
            ..Self::default()
        };
        let files = Rc::new([config, credentials].map(File::new));
        let [config, credentials] = &*files;
        for section in config.scan.sections() {
            let settings = || config.scan.settings(section.place);
            merged.add_config(&section, settings, &files);
        }
        for section in credentials.scan.sections() {
            advice::on_credentials(&section, &mut merged.credentials_problems);
            if let Some(profile) = merged.profiles.entry(section.name, &files) {
                profile.set(FileKind::Credentials, section.place);
            }
        }
        merged
    }

    /// Every problem of both files, at most 100 of each and a count of the rest.
    #[must_use]
    pub fn problems(&self) -> Vec<(FileKind, Diagnostic)> {
        let of =
            |file, problems: &Diagnostics| problems.clone().into_vec().into_iter().map(move |problem| (file, problem));
        let config = of(FileKind::Config, &self.config_problems);
        config.chain(of(FileKind::Credentials, &self.credentials_problems)).collect()
    }

    fn add_config(
        &mut self,
        section: &Section<'a>,
        settings: impl FnOnce() -> Vec<Setting<'a>>,
        files: &Rc<Files<'a>>,
    ) {
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
            advice::on_other(section, settings, problems);
            return;
        };
        let name = if keyword.is_empty() {
            section.name.clone()
        } else {
            match header::split(&section.name) {
                Ok((written, name)) => {
                    advice::on_header(section, keyword, &written, &name, problems);
                    name
                }
                Err(refusal) => {
                    advice::on_refused(section, keyword, refusal, problems);
                    return;
                }
            }
        };
        if let Some(profile) = table.entry(name, files)
            && let Some(earlier) = profile.set(FileKind::Config, section.place)
        {
            advice::on_replaced(profile.name(), earlier, section.line, problems);
        }
    }
}

#[cfg(test)]
#[path = "profiles_tests.rs"]
mod tests;
