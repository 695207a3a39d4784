//! The profiles that there are, read when first asked for.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::details::{self, Details};
use super::files::{Loaded, Paths};
use super::profile::{FileKind, Profile};
use super::profiles::{Profiles, Table};
use super::scan::scan;
use super::sign_in::SignIn;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::error::{Error, did_you_mean};
use crate::paths;

/// A name this alike is worth suggesting: one slip of the keys in three or four.
const ALIKE: f64 = 0.8;

/// Both files; neither is read before a question needs it.
#[derive(Debug, Default)]
pub struct Accounts {
    read: OnceCell<Read>,
}

#[derive(Debug)]
struct Read {
    paths: Paths,
    profiles: Profiles<'static>,
    texts: [Option<&'static [u8]>; 2],
    unread: Vec<(FileKind, Diagnostic)>,
}

impl Accounts {
    fn read(&self) -> &Read {
        self.read.get_or_init(|| {
            let paths = Paths::find(|name| env::var_os(name), paths::home().as_deref());
            let loaded = Loaded::read(&paths);
            // The profiles borrow from the text, and both are needed until this process ends.
            let kept = |file: Option<Vec<u8>>| file.map(|bytes| &*bytes.leak());
            let texts = [kept(loaded.config), kept(loaded.credentials)];
            let [config, credentials] = texts.map(|text| text.map(scan));
            let profiles = Profiles::merge(config, credentials);
            Read { paths, profiles, texts, unread: loaded.problems }
        })
    }

    /// Every profile, in the AWS CLI's order.
    pub fn profiles(&self) -> &Table<'static> {
        &self.read().profiles.profiles
    }

    /// Whether there is a profile of this name, letter for letter.
    pub fn has(&self, name: &str) -> bool {
        self.profiles().get(name).is_some()
    }

    /// A profile's own region.
    pub fn region(&self, name: &str) -> Option<Cow<'_, str>> {
        self.profiles().get(name)?.shown("region")
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// If there is none, with the most alike name, or the file that it may be in; or if no variable can hold its name.
    pub fn existing(&self, name: &OsStr) -> Result<&Profile<'static>, Error> {
        if name.is_empty() {
            return Err(Error::failed("an empty name", "no variable can choose it: give the profile a name"));
        }
        if let Some(profile) = name.to_str().and_then(|name| self.profiles().get(name)) {
            return Ok(profile);
        }
        let name = name.to_string_lossy();
        if let Some(unread) = self.unread() {
            return Err(Error::NoSuchProfile(name.into_owned(), Some(unread)));
        }
        let names = || self.profiles().iter().map(Profile::name);
        let hint = match names().filter(|other| begins(other, &name)).count() {
            0 | 1 => most_alike(&name, names()).map(did_you_mean),
            // To name one of them would be a guess.
            many => Some(format!("{many} begin with it: name one in full, or press Tab")),
        };
        Err(Error::NoSuchProfile(name.into_owned(), hint))
    }

    /// A file that could not be read, and why, in one line.
    pub fn unread(&self) -> Option<String> {
        let (file, problem) = self.read().unread.first()?;
        Some(self.finding(*file, problem.clone()).to_string())
    }

    /// What is wrong with the files.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let read = self.read();
        let all = read.unread.iter().cloned().chain(read.profiles.problems());
        all.map(|(file, problem)| self.finding(file, problem)).collect()
    }

    /// A problem of one of the files, as people and programs read it.
    pub fn finding(&self, file: FileKind, problem: Diagnostic) -> Diagnostic {
        problem.in_file(self.path(file))
    }

    /// What is wrong with a file as the AWS CLI reads it.
    pub fn problems_of(&self, file: FileKind) -> Diagnostics {
        let read = self.read();
        let mut problems = match file {
            FileKind::Config => read.profiles.config_problems.clone(),
            FileKind::Credentials => read.profiles.credentials_problems.clone(),
        };
        for (_, problem) in read.unread.iter().filter(|(unread, _)| *unread == file) {
            problems.push(problem.severity, || problem.clone());
        }
        problems
    }

    /// The bytes of a file; `None` where there is none, or it was not read.
    pub fn text(&self, file: FileKind) -> Option<&'static [u8]> {
        let [config, credentials] = self.read().texts;
        match file {
            FileKind::Config => config,
            FileKind::Credentials => credentials,
        }
    }

    /// A closer look at all profiles: at sessions and faults. It reads the AWS CLI's caches.
    pub fn details(&self) -> Details<'_> {
        Details::new(self, &self.read().profiles)
    }

    /// The session that one profile needs, its own or that at the end of its chain of sources; `None` where it needs
    /// none, or that cannot be told. It reads the AWS CLI's caches.
    pub fn sign_in(&self, profile: &Profile<'static>) -> Option<SignIn> {
        details::sign_in(profile, &self.read().profiles)
    }

    /// The config file's `[sso-session NAME]` sections.
    pub fn sso_sessions(&self) -> &Table<'static> {
        &self.read().profiles.sso_sessions
    }

    /// The config file's `[services NAME]` sections.
    pub fn services(&self) -> &Table<'static> {
        &self.read().profiles.services
    }

    /// Where a file is; `None` where a variable says that there is none.
    pub fn path(&self, file: FileKind) -> Option<&Path> {
        let paths = &self.read().paths;
        match file {
            FileKind::Config => paths.config.as_deref(),
            FileKind::Credentials => paths.credentials.as_deref(),
        }
    }

    /// Where both files are.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        let paths = &self.read().paths;
        [&paths.config, &paths.credentials].into_iter().filter_map(|path| path.as_ref().map(PathBuf::as_path))
    }
}

/// Whether a name begins with this, whatever the case.
fn begins(name: &str, start: &str) -> bool {
    !start.is_empty() && name.to_lowercase().starts_with(&start.to_lowercase())
}

/// The name that was probably meant, whatever the case.
pub fn most_alike<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let rated = names.into_iter().map(|other| {
        let least = if begins(other, name) { ALIKE } else { 0.0 };
        (least.max(strsim::jaro_winkler(&lower, &other.to_lowercase())), other)
    });
    let best = rated.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 >= ALIKE).then_some(best.1)
}
