//! The settings: a variable each, else a line of `settings.ini`, else the default.

use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ini::Ini;
use wildmatch::WildMatch;

use crate::places;

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

/// A setting's name in the file, its variable, and whether a value can be one.
struct Known {
    name: &'static str,
    variable: &'static str,
    accepts: fn(&str) -> bool,
    expected: &'static str,
}

const DEFAULT_PROTECT: &str = "*prod*,*prd*,!*non*prod*,!*pre*prod*";

const KNOWN: [Known; 4] = [
    Known {
        name: "auto",
        variable: "AWS_SWITCH_AUTO",
        accepts: |value| ["on", "off", "trusted"].contains(&value),
        expected: "on, off or trusted",
    },
    Known {
        name: "prompt",
        variable: "AWS_SWITCH_PROMPT",
        accepts: |value| ["on", "off"].contains(&value),
        expected: "on or off",
    },
    Known {
        name: "notices",
        variable: "AWS_SWITCH_NOTICES",
        accepts: |value| ["on", "refusals", "off"].contains(&value),
        expected: "on, refusals or off",
    },
    Known { name: "protect", variable: "AWS_SWITCH_PROTECT", accepts: |_| true, expected: "globs" },
];

/// By which a shell that was told `aws-switch auto on` or `off` says so.
const SESSION_AUTO: &str = "__AWS_SWITCH_AUTO";

/// What is wrong with a line of the file, with the file itself, or with a variable; its default
/// holds then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// The file, unless it is a variable.
    pub file: Option<PathBuf>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The variable.
    pub variable: Option<&'static str>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(formatter, "{}:", places::shown(file))?;
        }
        if let Some(line) = self.line {
            write!(formatter, "{line}:")?;
        }
        if let Some(variable) = self.variable {
            write!(formatter, "{variable}:")?;
        }
        write!(formatter, " {}: its default holds", self.what)
    }
}

/// The settings of the file, and what is wrong with it.
#[derive(Debug, Default)]
pub struct File {
    values: [Option<String>; 4],
    /// Where it is, and what stands in it.
    source: Option<(PathBuf, String)>,
    /// What is wrong with it.
    pub problems: Vec<Fault>,
}

impl File {
    /// Reads `settings.ini`; none is no problem.
    pub fn read() -> Self {
        let Some(path) = places::settings_file() else {
            return Self::default();
        };
        // A FIFO, opened, would hang.
        let read = fs::metadata(&path)
            .and_then(|found| if found.is_file() { fs::read(&path) } else { Err(io::Error::other("no regular file")) });
        match read {
            Ok(bytes) => Self::parse(&String::from_utf8_lossy(&bytes), &path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(error) => Self {
                problems: vec![Fault { what: error.to_string(), file: Some(path), ..Fault::default() }],
                ..Self::default()
            },
        }
    }

    /// Line by line, so that a wrong one costs no other and is told with its number.
    fn parse(text: &str, path: &Path) -> Self {
        let mut file = Self::default();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if let Err(what) = file.take(line) {
                file.problems.push(Fault {
                    file: Some(path.to_owned()),
                    line: Some(number + 1),
                    what,
                    ..Fault::default()
                });
            }
        }
        file.source = Some((path.to_owned(), text.to_owned()));
        file
    }

    fn take(&mut self, line: &str) -> Result<(), String> {
        let ini = Ini::load_from_str_noescape(line).map_err(|error| error.msg.into_owned())?;
        for (key, value) in ini.general_section() {
            let known = KNOWN.iter().zip(&mut self.values).find(|(known, _)| known.name == key);
            let Some((known, slot)) = known else {
                return Err(format!("no setting is named '{key}'"));
            };
            if !(known.accepts)(value) {
                return Err(format!("{key} takes {}, not '{value}'", known.expected));
            }
            *slot = Some(value.to_owned());
        }
        Ok(())
    }

    /// The values that differ from what a script takes for granted, by the setting's name.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        KNOWN.iter().zip(&self.values).filter_map(|(known, value)| Some((known.name, value.as_deref()?)))
    }
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
                let what = format!("it takes {}, not '{value}'", known.expected);
                problems.push(Fault { variable: Some(known.variable), what, ..Fault::default() });
            }
        }
        problems
    }

    fn value(&self, name: &str) -> Option<String> {
        let (known, in_file) = KNOWN.iter().zip(&self.file.values).find(|(known, _)| known.name == name)?;
        match env::var(known.variable) {
            Ok(value) if !value.is_empty() => Some(value).filter(|value| (known.accepts)(value)),
            _ => in_file.clone(),
        }
    }

    /// Which folders' files are followed, as the shell itself was told last.
    pub fn auto(&self) -> Auto {
        let set = match self.value("auto").as_deref() {
            Some("off") => Auto::Off,
            Some("trusted") => Auto::Trusted,
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
        match self.value("notices").as_deref() {
            Some("refusals") => Notices::Refusals,
            Some("off") => Notices::Off,
            _ => Notices::On,
        }
    }

    /// Whether a profile is protected: the last glob that matches says so, case ignored.
    pub fn protects(&self, profile: &str) -> bool {
        matches_last(self.value("protect").as_deref().unwrap_or(DEFAULT_PROTECT), profile)
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
            assert_eq!(matches_last(DEFAULT_PROTECT, profile), protected, "{profile}");
        }
        assert!(matches_last("!*, live", "LIVE"));
        assert!(!matches_last("", "prod"));
    }

    #[test]
    fn a_wrong_line_is_told_with_its_number_and_costs_no_other() {
        let text = "; mine\nauto = maybe\nstray\n\ncolour = red\nprompt = off\nprotect = *live*,!x\n[unclosed\n";
        let file = File::parse(text, Path::new("/s.ini"));
        let values: Vec<_> = file.values().collect();
        assert_eq!(values, [("prompt", "off"), ("protect", "*live*,!x")]);
        let lines: Vec<_> = file.problems.iter().map(ToString::to_string).collect();
        let starts: Vec<_> = lines.iter().map(|line| &line[..10]).collect();
        assert_eq!(starts, ["/s.ini:2: ", "/s.ini:3: ", "/s.ini:5: ", "/s.ini:8: "], "{:?}", file.problems);
    }
}
