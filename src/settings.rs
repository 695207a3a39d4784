//! The settings: a variable each, else a line of `settings.ini`, else the default.

mod file;

use std::env;
use std::path::PathBuf;

use serde::Serialize;
use wildmatch::WildMatch;

use crate::paths;
use file::Known;
pub use file::{Fault, File, KNOWN};

/// Which folders' files are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auto {
    /// Those that the user owns or allowed.
    On,
    /// None.
    Off,
    /// Those that the user allowed.
    Trusted,
}

/// Which switches by hand are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirm {
    /// None.
    Off,
    /// Those to a protected profile.
    Protected,
}

/// Which lines about folders are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notices {
    /// Changes and refusals.
    On,
    /// Refusals.
    Refusals,
    /// None.
    Off,
}

/// By which a shell that was told `aws-switch auto on` or `off` says so.
const SESSION_AUTO: &str = "__AWS_SWITCH_AUTO";

/// A setting as it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InForce {
    /// Its name.
    pub name: &'static str,
    /// What it is set to.
    pub value: String,
    /// By what.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What a setting comes from; nothing of it where the default holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The variable.
    pub variable: Option<&'static str>,
    /// The settings file.
    pub file: Option<String>,
    /// And the line in it, counted from 1.
    pub line: Option<usize>,
}

/// What holds.
#[derive(Debug)]
pub struct Settings {
    file: File,
    session_auto: Option<bool>,
}

impl Settings {
    /// Reads the file; the variables are read when asked for.
    pub fn read() -> Self {
        let session_auto = match env::var(SESSION_AUTO).as_deref() {
            Ok("on") => Some(true),
            Ok("off") => Some(false),
            _ => None,
        };
        Self { file: File::read(), session_auto }
    }

    /// What the file sets, by the setting's name.
    pub fn in_file(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.file.values()
    }

    /// The settings file, and what stands in it.
    pub fn source(&self) -> Option<&(PathBuf, String)> {
        self.file.source.as_ref()
    }

    /// What is wrong with the settings file or a variable.
    pub fn faults(&self) -> Vec<Fault> {
        let mut problems = self.file.problems.clone();
        for known in &KNOWN {
            let value = env::var_os(known.variable).unwrap_or_default();
            if !value.is_empty() && !value.to_str().is_some_and(known.accepts) {
                let value = value.to_string_lossy();
                let what = known.refusal(&value);
                problems.push(Fault { variable: Some(known.variable), what, ..Fault::default() });
            }
        }
        problems
    }

    /// What is in force, and from where, in the order of [`KNOWN`].
    pub fn in_force(&self) -> impl Iterator<Item = InForce> + '_ {
        KNOWN.iter().map(|known| self.one(known))
    }

    fn one(&self, known: &Known) -> InForce {
        let found = |value: &str, origin| InForce { name: known.name, value: value.to_owned(), origin };
        let default = || found(known.default, Origin::default());
        match (env::var_os(known.variable).filter(|value| !value.is_empty()), self.file.value(known)) {
            (Some(value), _) => match value.to_str().filter(|value| (known.accepts)(value)) {
                Some(value) => found(value, Origin { variable: Some(known.variable), ..Origin::default() }),
                None => default(),
            },
            (None, Some((value, line))) => {
                let file = self.source().map(|(path, _)| paths::shown(path).into_owned());
                found(value, Origin { file, line: Some(line), variable: None })
            }
            (None, None) => default(),
        }
    }

    fn value(&self, name: &str) -> String {
        let known = KNOWN.iter().find(|known| known.name == name);
        known.map(|known| self.one(known).value).unwrap_or_default()
    }

    /// Which folders' files are followed, as the shell itself was told last.
    pub fn auto(&self) -> Auto {
        let set = match self.value("auto").as_str() {
            "off" => Auto::Off,
            "trusted" => Auto::Trusted,
            _ => Auto::On,
        };
        match self.session_auto {
            Some(false) => Auto::Off,
            Some(true) if set == Auto::Off => Auto::On,
            _ => set,
        }
    }

    /// Takes what the shell itself is told now.
    pub fn set_session_auto(&mut self, following: bool) {
        self.session_auto = Some(following);
    }

    /// Which lines about folders are printed.
    pub fn notices(&self) -> Notices {
        match self.value("notices").as_str() {
            "refusals" => Notices::Refusals,
            "off" => Notices::Off,
            _ => Notices::On,
        }
    }

    /// Whether a profile is protected: the last glob that matches says so, case ignored.
    pub fn protects(&self, profile: &str) -> bool {
        matches_last(&self.value("protect"), profile)
    }

    /// Which switches by hand are asked about.
    pub fn confirm(&self) -> Confirm {
        if self.value("confirm") == "protected" { Confirm::Protected } else { Confirm::Off }
    }
}

fn matches_last(globs: &str, profile: &str) -> bool {
    let profile = profile.to_lowercase();
    let verdict = globs.split(',').map(str::trim).filter(|glob| !glob.is_empty()).rev().find_map(|glob| {
        let (glob, protects) = glob.strip_prefix('!').map_or((glob, true), |glob| (glob, false));
        WildMatch::new(&glob.to_lowercase()).matches(&profile).then_some(protects)
    });
    verdict.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_matching_glob_protects_or_excepts_whatever_the_case() {
        let default = KNOWN.iter().find(|known| known.name == "protect").unwrap().default;
        for (profile, protected) in [
            ("prod", true),
            ("ACME-Prod-eu", true),
            ("prd", true),
            ("nonprod", false),
            ("non-prod", false),
            ("pre-PROD", false),
            ("dev", false),
            ("", false),
        ] {
            assert_eq!(matches_last(default, profile), protected, "{profile}");
        }
        assert!(matches_last("!*, live", "LIVE"));
        assert!(!matches_last("", "prod"));
    }
}
