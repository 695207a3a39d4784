//! Reads the settings: each is a variable, else a line of `settings.ini`, else a default.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use ini::Ini;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Span};
use crate::environment::filled;
use crate::error::in_words;
use crate::fs::{self, ReadError};
use crate::output::series;
use crate::paths;
use crate::protection::{self, Protection};
use crate::protocol;
use crate::similar::{did_you_mean, most_alike};
use crate::utf16::Utf16;

/// In bytes: reading a larger file would take longer than the rest of a switch.
const LARGEST: u64 = 64 << 10;

/// The argument of `aws-switch auto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AutoAction {
    /// Activate the directory profile again, despite a manual switch
    On,
    /// Pause directory profiles in this shell
    Off,
}

/// Which directory profiles are activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auto {
    /// The profiles of files that the user owns or allowed with `aws-switch allow`.
    On,
    Off,
    /// The profiles of files that the user allowed.
    Trusted,
}

/// Which notices about directory profiles are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notices {
    /// Changes and ignored files.
    On,
    /// Ignored files.
    Refusals,
    Off,
}

/// A setting, whatever its value is.
#[derive(Debug)]
pub struct Definition {
    pub name: &'static str,
    /// Overrides the file.
    pub variable: &'static str,
    pub default: &'static str,
    /// Any value is valid if there are none here.
    values: &'static [&'static str],
}

/// All settings, in the order of `doctor`.
pub const DEFINITIONS: [Definition; 5] = [
    Definition { name: "auto", variable: "AWS_SWITCH_AUTO", default: "on", values: &["on", "off", "trusted"] },
    Definition { name: "prompt", variable: "AWS_SWITCH_PROMPT", default: "on", values: &["on", "off"] },
    Definition { name: "notices", variable: "AWS_SWITCH_NOTICES", default: "on", values: &["on", "refusals", "off"] },
    Definition {
        name: "protect",
        variable: "AWS_SWITCH_PROTECT",
        default: "*prod*,*prd*,!*non*prod*,!*pre*prod*",
        values: &[],
    },
    Definition { name: "confirm", variable: "AWS_SWITCH_CONFIRM", default: "off", values: &["off", "protected"] },
];

impl Definition {
    pub fn accepts(&self, value: &str) -> bool {
        self.values.is_empty() || self.values.contains(&value)
    }

    /// `of` is the setting's name or its variable.
    fn invalid_value(&self, of: &str, value: &str) -> String {
        let valid = if self.values.is_empty() { "patterns".to_owned() } else { series(self.values, "or") };
        format!("invalid value '{value}' for {of}; use {valid} (default: {})", self.default)
    }

    /// The globs of a value that protect nothing, each with the problem; the others count.
    fn impossible_globs<'v>(&self, of: &str, value: &'v str) -> impl Iterator<Item = (&'v str, String)> {
        let globs = (self.name == "protect").then(|| protection::impossible_globs(value)).into_iter().flatten();
        globs.map(move |(pattern, fix)| (pattern, format!("'{pattern}' in {of} matches no profile; use {fix}")))
    }
}

/// The value of a setting, and the variable or the line of the file that sets it.
#[derive(Debug, Serialize)]
pub struct ActiveSetting {
    pub name: &'static str,
    pub value: String,
    pub variable: Option<&'static str>,
    pub file: Option<String>,
    pub line: Option<usize>,
}

#[derive(Debug, Default)]
pub struct Settings {
    /// Every setting, in the order of [`DEFINITIONS`].
    pub active: Vec<ActiveSetting>,
    /// The settings of the file by name, each with its line.
    pub values: HashMap<&'static str, (String, usize)>,
    /// The file and its text.
    pub source: Option<(PathBuf, String)>,
    /// The problems of the file and then of the variables; each affects only its own setting.
    pub diagnostics: Vec<Diagnostic>,
    /// The value that `aws-switch auto` set in this shell.
    shell_auto: Option<AutoAction>,
    protect: OnceCell<Protection>,
}

impl Settings {
    pub fn read() -> Self {
        let shell_auto = env::var(protocol::AUTO).ok().and_then(|action| AutoAction::from_str(&action, false).ok());
        let mut settings = Self { shell_auto, ..Self::read_file() };
        for setting in &DEFINITIONS {
            let active = settings.activate(setting, filled(setting.variable).as_deref());
            settings.active.push(active);
        }
        settings
    }

    /// These settings in a shell where `aws-switch auto` now turns directory profiles on or off.
    pub fn with_auto(self, action: AutoAction) -> Self {
        Self { shell_auto: Some(action), ..self }
    }

    fn read_file() -> Self {
        let Some(path) = paths::settings_file() else {
            return Self::default();
        };
        let (why, fix) = match fs::read_regular(&path, LARGEST) {
            Ok(bytes) => {
                // Windows PowerShell's `>` writes UTF-16.
                let text = Utf16::of(&bytes).map(|encoding| encoding.text(&bytes));
                return Self::parse(&text.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned()), &path);
            }
            Err(ReadError::Missing) => return Self::default(),
            Err(ReadError::NotRegular(what)) => (format!("this is {what}, not a file"), "replace it with a file"),
            Err(ReadError::TooLarge) => ("the file is larger than 64 KB".to_owned(), "shorten it"),
            Err(ReadError::Io(error)) => {
                (format!("the file cannot be read ({})", in_words(error)), "check its owner and permissions")
            }
        };
        let message = format!("{why}, so every setting has its default");
        let unreadable = Diagnostic::warning("settings-unreadable", message, fix).in_file(Some(&path));
        Self { diagnostics: vec![unreadable], ..Self::default() }
    }

    /// Parses each line by itself, so that an invalid one is reported with its number and affects no other.
    pub fn parse(text: &str, path: &Path) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut settings = Self { source: Some((path.to_owned(), text.to_owned())), ..Self::default() };
        for (line, text) in (1..).zip(text.lines()) {
            if let Err(message) = settings.parse_line(text, line) {
                settings.report(message, Span::of_line(line));
            }
        }
        settings
    }

    fn report(&mut self, message: String, span: Span) {
        let path = self.source.as_ref().map(|(path, _)| path.as_path());
        let problem = Diagnostic::warning("settings-line", message, "correct the line, or delete it").at(span);
        self.diagnostics.push(problem.in_file(path));
    }

    fn parse_line(&mut self, text: &str, line: usize) -> Result<(), String> {
        // The parser's own error is about its parser state.
        let ini = Ini::load_from_str_noescape(text).map_err(|_| "expected 'setting = value'; the line is ignored")?;
        if ini.sections().flatten().next().is_some() {
            return Err("there are no sections in this file; the line is ignored".to_owned());
        }
        for (key, value) in ini.general_section() {
            let Some(setting) = DEFINITIONS.iter().find(|setting| setting.name == key) else {
                let similar = most_alike(key, DEFINITIONS.iter().map(|setting| setting.name));
                let hint = similar.map_or_else(|| "the line is ignored".to_owned(), did_you_mean);
                return Err(format!("unknown setting '{key}'; {hint}"));
            };
            if !setting.accepts(value) {
                return Err(setting.invalid_value(setting.name, value));
            }
            for (glob, message) in setting.impossible_globs(setting.name, value) {
                // Without the quotes around a part of it, the value is not in the line.
                let start = text.rfind(value).map(|start| start + glob.as_ptr().addr() - value.as_ptr().addr());
                let columns = start.map(|start| start..start + glob.len());
                self.report(message, Span { line, columns });
            }
            if let Some((_, first)) = self.values.insert(setting.name, (value.to_owned(), line)) {
                self.report(format!("'{key}' is set on line {first} too; this line counts"), Span::of_line(line));
            }
        }
        Ok(())
    }

    /// The name and the value of each setting in the file.
    pub fn in_file(&self) -> impl Iterator<Item = (&'static str, &str)> {
        DEFINITIONS.iter().filter_map(|setting| Some((setting.name, self.values.get(setting.name)?.0.as_str())))
    }

    /// An invalid variable overrides the file too, by the default.
    fn activate(&mut self, setting: &Definition, variable: Option<&OsStr>) -> ActiveSetting {
        let (name, value) = (setting.name, setting.default.to_owned());
        let default = ActiveSetting { name, value, variable: None, file: None, line: None };
        let Some(variable) = variable else {
            let Some((value, line)) = self.values.get(setting.name) else { return default };
            let file = self.source.as_ref().map(|(path, _)| path.to_string_lossy().into_owned());
            return ActiveSetting { value: value.clone(), file, line: Some(*line), ..default };
        };
        let fix = "unset the variable, or correct its value";
        let problem = |message| Diagnostic::warning("settings-variable", message, fix);
        let Some(value) = variable.to_str().filter(|value| setting.accepts(value)) else {
            let message = setting.invalid_value(setting.variable, &variable.to_string_lossy());
            self.diagnostics.push(problem(message));
            return default;
        };
        let impossible = setting.impossible_globs(setting.variable, value);
        self.diagnostics.extend(impossible.map(|(_, message)| problem(message)));
        ActiveSetting { value: value.to_owned(), variable: Some(setting.variable), ..default }
    }

    pub fn get(&self, name: &str) -> Option<&ActiveSetting> {
        self.active.iter().find(|setting| setting.name == name)
    }

    fn value(&self, name: &str) -> &str {
        self.get(name).map_or("", |setting| &setting.value)
    }

    /// `aws-switch auto` in this shell overrides the setting.
    pub fn auto(&self) -> Auto {
        let set = match self.value("auto") {
            "off" => Auto::Off,
            "trusted" => Auto::Trusted,
            _ => Auto::On,
        };
        match self.shell_auto {
            Some(AutoAction::Off) => Auto::Off,
            Some(AutoAction::On) if set == Auto::Off => Auto::On,
            _ => set,
        }
    }

    pub fn shows_profile(&self) -> bool {
        self.value("prompt") != "off"
    }

    pub fn notices(&self) -> Notices {
        match self.value("notices") {
            "refusals" => Notices::Refusals,
            "off" => Notices::Off,
            _ => Notices::On,
        }
    }

    pub fn protection(&self) -> &Protection {
        self.protect.get_or_init(|| Protection::parse(self.value("protect")))
    }

    /// Whether a manual switch, `exec` and `env` ask before they use a protected profile.
    pub fn confirms_protected(&self) -> bool {
        self.value("confirm") == "protected"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_line_is_reported_with_its_number_and_affects_no_other() {
        let text = "; mine\nauto = maybe\nstray\n\ncolour = red\nprompt = off\nprotect = *live*,!x\n[unclosed\n= on\n\
                    protct = x\n";
        let settings = Settings::parse(text, Path::new("/s.ini"));
        let values: Vec<_> = settings.in_file().collect();
        assert_eq!(values, [("prompt", "off"), ("protect", "*live*,!x")]);
        let lines: Vec<_> = settings.diagnostics.iter().map(Diagnostic::without_fix).collect();
        let expected = [
            "/s.ini:2: invalid value 'maybe' for auto; use on, off or trusted (default: on)",
            "/s.ini:3: expected 'setting = value'; the line is ignored",
            "/s.ini:5: unknown setting 'colour'; the line is ignored",
            "/s.ini:8: expected 'setting = value'; the line is ignored",
            "/s.ini:9: expected 'setting = value'; the line is ignored",
            "/s.ini:10: unknown setting 'protct'; did you mean 'protect'?",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_byte_order_mark_moves_no_columns() {
        let settings = Settings::parse("\u{feff}protect = role:\n", Path::new("/s.ini"));
        let (_, source) = settings.source.as_ref().unwrap();
        let span = settings.diagnostics[0].span.clone().unwrap();
        assert_eq!(&source[span.columns.unwrap()], "role:");
    }

    #[test]
    fn a_pattern_that_protects_nothing_is_reported_in_its_columns_and_the_others_apply() {
        let text = "auto = on\nprotect = *a*,  !account:12 ,role:\n";
        let settings = Settings::parse(text, Path::new("/s.ini"));
        let found = settings.diagnostics.iter().map(|problem| {
            let Span { line, columns } = problem.span.clone().unwrap();
            (line, &text.lines().nth(line - 1).unwrap()[columns.unwrap()], problem.message.as_str())
        });
        let expected = [
            (2, "!account:12", "'!account:12' in protect matches no profile; use 12 digits after 'account:', or '*'"),
            (2, "role:", "'role:' in protect matches no profile; use the name of a role after 'role:', or '*'"),
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
        assert_eq!(settings.values["protect"].0, "*a*,  !account:12 ,role:");
    }
}
