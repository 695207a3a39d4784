//! Reads the settings: each is a variable, else a line of `settings.ini`, else a default.

use std::cell::OnceCell;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use ini::Ini;
use serde::Serialize;
use wildmatch::WildMatch;

use crate::cli::AutoAction;
use crate::diagnostic::{Diagnostic, Span};
use crate::error::in_words;
use crate::fs::{self, ReadError};
use crate::paths;

/// A larger file is not read, in bytes: reading it would take longer than the rest of a switch.
const LARGEST: u64 = 64 << 10;

/// Where a script says that its shell was told `aws-switch auto on` or `off`.
const SESSION_AUTO: &str = "__AWS_SWITCH_AUTO";

/// Which directory profiles are activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auto {
    /// Those of files that the user owns or allowed.
    On,
    /// None.
    Off,
    /// Those of files that the user allowed.
    Trusted,
}

/// Which manual switches need a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirm {
    /// None.
    Off,
    /// Those to a protected profile.
    Protected,
}

/// Which notices about directory profiles are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notices {
    /// Changes and ignored files.
    On,
    /// Ignored files.
    Refusals,
    /// None.
    Off,
}

/// A setting that exists.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// The variable that overrides the file.
    pub variable: &'static str,
    /// The value if neither sets it.
    pub default: &'static str,
    /// The values that it can have; any if there are none here.
    values: &'static [&'static str],
}

/// All settings, in the order of `doctor`.
pub const KNOWN: [Setting; 5] = [
    Setting { name: "auto", variable: "AWS_SWITCH_AUTO", default: "on", values: &["on", "off", "trusted"] },
    Setting { name: "prompt", variable: "AWS_SWITCH_PROMPT", default: "on", values: &["on", "off"] },
    Setting { name: "notices", variable: "AWS_SWITCH_NOTICES", default: "on", values: &["on", "refusals", "off"] },
    Setting {
        name: "protect",
        variable: "AWS_SWITCH_PROTECT",
        default: "*prod*,*prd*,!*non*prod*,!*pre*prod*",
        values: &[],
    },
    Setting { name: "confirm", variable: "AWS_SWITCH_CONFIRM", default: "off", values: &["off", "protected"] },
];

impl Setting {
    /// Whether the setting can have this value.
    pub fn accepts(&self, value: &str) -> bool {
        self.values.is_empty() || self.values.contains(&value)
    }

    fn invalid_value(&self, value: &str) -> String {
        let expected = match self.values.split_last() {
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => "globs".to_owned(),
        };
        format!("{} takes {expected}, not '{value}': its default holds", self.name)
    }
}

/// The value of a setting, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActiveSetting {
    /// The setting's name.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// What sets it.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What sets a setting; nothing for the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The variable.
    pub variable: Option<&'static str>,
    /// The settings file.
    pub file: Option<String>,
    /// The line in it, counted from 1.
    pub line: Option<usize>,
}

/// The settings of this process.
#[derive(Debug)]
pub struct Settings {
    file: SettingsFile,
    /// What `aws-switch auto` did in this shell.
    session_auto: Option<AutoAction>,
    protect: OnceCell<Vec<Glob>>,
}

impl Settings {
    /// Reads the file; the variables are read when a setting is asked for.
    pub fn read() -> Self {
        let session_auto = match env::var(SESSION_AUTO).as_deref() {
            Ok("on") => Some(AutoAction::On),
            Ok("off") => Some(AutoAction::Off),
            _ => None,
        };
        Self { file: SettingsFile::read(), session_auto, protect: OnceCell::new() }
    }

    /// The same in a shell where `aws-switch auto` turns directory profiles on or off now.
    pub fn with_auto(self, action: AutoAction) -> Self {
        Self { session_auto: Some(action), ..self }
    }

    /// What the file sets, by the setting's name.
    pub fn in_file(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let values = KNOWN.iter().zip(&self.file.values);
        values.filter_map(|(setting, value)| Some((setting.name, value.as_ref()?.0.as_str())))
    }

    /// The settings file and its text.
    pub fn source(&self) -> Option<&(PathBuf, String)> {
        self.file.source.as_ref()
    }

    /// The problems of the file and the variables; none of them costs more than its own setting.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let variables = KNOWN.iter().filter_map(|setting| {
            let value =
                variable(setting).filter(|value| !value.to_str().is_some_and(|value| setting.accepts(value)))?;
            let message = format!("{}: {}", setting.variable, setting.invalid_value(&value.to_string_lossy()));
            Some(Diagnostic::warning("settings-variable", None, message, "unset it, or mend its value"))
        });
        self.file.diagnostics.iter().cloned().chain(variables).collect()
    }

    /// Every setting, in the order of [`KNOWN`].
    pub fn active(&self) -> impl Iterator<Item = ActiveSetting> + '_ {
        KNOWN.iter().map(|setting| self.active_setting(setting))
    }

    fn active_setting(&self, setting: &Setting) -> ActiveSetting {
        let active = |value: &str, origin| ActiveSetting { name: setting.name, value: value.to_owned(), origin };
        match (variable(setting), self.file.value(setting)) {
            (Some(value), _) => match value.to_str().filter(|value| setting.accepts(value)) {
                Some(value) => active(value, Origin { variable: Some(setting.variable), ..Origin::default() }),
                None => active(setting.default, Origin::default()),
            },
            (None, Some((value, line))) => {
                let file = self.source().map(|(path, _)| paths::shown(path).into_owned());
                active(value, Origin { file, line: Some(line), variable: None })
            }
            (None, None) => active(setting.default, Origin::default()),
        }
    }

    fn value(&self, name: &str) -> String {
        let setting = KNOWN.iter().find(|setting| setting.name == name);
        setting.map(|setting| self.active_setting(setting).value).unwrap_or_default()
    }

    /// Which directory profiles are activated; `aws-switch auto` in this shell overrides the setting.
    pub fn auto(&self) -> Auto {
        let set = match self.value("auto").as_str() {
            "off" => Auto::Off,
            "trusted" => Auto::Trusted,
            _ => Auto::On,
        };
        match self.session_auto {
            Some(AutoAction::Off) => Auto::Off,
            Some(AutoAction::On) if set == Auto::Off => Auto::On,
            _ => set,
        }
    }

    /// Which notices about directory profiles are printed.
    pub fn notices(&self) -> Notices {
        match self.value("notices").as_str() {
            "refusals" => Notices::Refusals,
            "off" => Notices::Off,
            _ => Notices::On,
        }
    }

    /// Whether a profile is protected.
    pub fn protects(&self, profile: &str) -> bool {
        is_protected(self.protect.get_or_init(|| globs(&self.value("protect"))), profile)
    }

    /// Which manual switches need a confirmation.
    pub fn confirm(&self) -> Confirm {
        if self.value("confirm") == "protected" { Confirm::Protected } else { Confirm::Off }
    }
}

/// The value of a setting's variable; an empty one is not set.
fn variable(setting: &Setting) -> Option<OsString> {
    env::var_os(setting.variable).filter(|value| !value.is_empty())
}

/// A glob of the `protect` setting.
#[derive(Debug)]
struct Glob {
    pattern: WildMatch,
    /// Whether a profile that matches is protected, or excepted by a `!`.
    protects: bool,
}

fn globs(setting: &str) -> Vec<Glob> {
    let globs = setting.split(',').map(str::trim).filter(|glob| !glob.is_empty());
    globs
        .map(|glob| {
            let (glob, protects) = glob.strip_prefix('!').map_or((glob, true), |glob| (glob, false));
            Glob { pattern: WildMatch::new(&glob.to_lowercase()), protects }
        })
        .collect()
}

/// The last glob that matches decides; letter case is ignored.
fn is_protected(globs: &[Glob], profile: &str) -> bool {
    let profile = profile.to_lowercase();
    globs.iter().rev().find(|glob| glob.pattern.matches(&profile)).is_some_and(|glob| glob.protects)
}

/// `settings.ini`.
#[derive(Debug, Default)]
pub struct SettingsFile {
    /// The value of each setting and its line, in the order of [`KNOWN`].
    values: [Option<(String, usize)>; KNOWN.len()],
    source: Option<(PathBuf, String)>,
    /// Its problems.
    pub diagnostics: Vec<Diagnostic>,
}

impl SettingsFile {
    fn read() -> Self {
        let Some(path) = paths::settings_file() else {
            return Self::default();
        };
        let why = match fs::read_regular(&path, LARGEST) {
            Ok(bytes) => return Self::parse(&String::from_utf8_lossy(&bytes), &path),
            Err(ReadError::Missing) => return Self::default(),
            Err(ReadError::NotRegular(_)) => "no regular file".to_owned(),
            Err(ReadError::TooLarge) => "larger than 64 KB, and not read".to_owned(),
            Err(ReadError::Io(error)) => in_words(error),
        };
        let message = format!("{why}: every default holds");
        let fix = "see who owns the file and who may read it";
        let unreadable = Diagnostic::warning("settings-unreadable", None, message, fix).in_file(Some(&path));
        Self { diagnostics: vec![unreadable], ..Self::default() }
    }

    /// Parses each line by itself, so that an invalid one is reported with its number and costs no other.
    pub fn parse(text: &str, path: &Path) -> Self {
        let mut file = Self::default();
        // The parser is slow: a switch leaves out the lines that have nothing to parse.
        let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (index, line) in lines {
            if let Err(message) = file.parse_line(line, index + 1) {
                let span = Span::of_line(index + 1);
                let invalid = Diagnostic::warning("settings-line", span, message, "mend the line, or take it out");
                file.diagnostics.push(invalid.in_file(Some(path)));
            }
        }
        file.source = Some((path.to_owned(), text.to_owned()));
        file
    }

    fn parse_line(&mut self, text: &str, line: usize) -> Result<(), String> {
        // The parser's own error is about its parser state.
        let ini =
            Ini::load_from_str_noescape(text).map_err(|_| "this is no 'setting = value': it counts for nothing")?;
        for (key, value) in ini.general_section() {
            let known = KNOWN.iter().zip(&mut self.values).find(|(setting, _)| setting.name == key);
            let Some((setting, slot)) = known else {
                return Err(format!("no setting is named '{key}': it counts for nothing"));
            };
            if !setting.accepts(value) {
                return Err(setting.invalid_value(value));
            }
            *slot = Some((value.to_owned(), line));
        }
        Ok(())
    }

    /// The value of a setting, and its line.
    pub fn value(&self, setting: &Setting) -> Option<(&str, usize)> {
        let (_, value) = KNOWN.iter().zip(&self.values).find(|(known, _)| known.name == setting.name)?;
        value.as_ref().map(|(value, line)| (value.as_str(), *line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_matching_glob_protects_or_excepts_whatever_the_letter_case() {
        let default = globs(KNOWN.iter().find(|setting| setting.name == "protect").unwrap().default);
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
            assert_eq!(is_protected(&default, profile), protected, "{profile}");
        }
        assert!(is_protected(&globs("!*, live"), "LIVE"));
        assert!(!is_protected(&globs(""), "prod"));
    }

    #[test]
    fn an_invalid_line_is_reported_with_its_number_and_costs_no_other() {
        let text = "; mine\nauto = maybe\nstray\n\ncolour = red\nprompt = off\nprotect = *live*,!x\n[unclosed\n= on\n";
        let file = SettingsFile::parse(text, Path::new("/s.ini"));
        let values: Vec<_> = KNOWN.iter().filter_map(|setting| Some((setting.name, file.value(setting)?.0))).collect();
        assert_eq!(values, [("prompt", "off"), ("protect", "*live*,!x")]);
        let lines: Vec<_> = file.diagnostics.iter().map(Diagnostic::without_fix).collect();
        let expected = [
            "/s.ini:2: auto takes on, off or trusted, not 'maybe': its default holds",
            "/s.ini:3: this is no 'setting = value': it counts for nothing",
            "/s.ini:5: no setting is named 'colour': it counts for nothing",
            "/s.ini:8: this is no 'setting = value': it counts for nothing",
            "/s.ini:9: this is no 'setting = value': it counts for nothing",
        ];
        assert_eq!(lines, expected);
    }
}
