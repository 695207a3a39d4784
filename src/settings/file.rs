//! `settings.ini`: the settings that there are, what the file says of them, and what is wrong with it.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ini::Ini;

use crate::error::in_words;
use crate::paths;

/// Larger files are not read, in bytes: they would take longer than all the rest.
const LARGEST: u64 = 64 << 10;

/// A setting.
#[derive(Debug)]
pub struct Known {
    /// Its name in the file.
    pub name: &'static str,
    /// The variable that wins over the file.
    pub variable: &'static str,
    /// What holds where neither says anything.
    pub default: &'static str,
    /// Whether a value can be one.
    pub accepts: fn(&str) -> bool,
    expected: &'static str,
}

impl Known {
    /// Why a value is none, and what holds then.
    pub fn refusal(&self, value: &str) -> String {
        format!("{} takes {}, not '{value}': its default holds", self.name, self.expected)
    }
}

/// All that there are.
pub const KNOWN: [Known; 5] = [
    Known {
        name: "auto",
        variable: "AWS_SWITCH_AUTO",
        default: "on",
        accepts: |value| ["on", "off", "trusted"].contains(&value),
        expected: "on, off or trusted",
    },
    Known {
        name: "prompt",
        variable: "AWS_SWITCH_PROMPT",
        default: "on",
        accepts: |value| ["on", "off"].contains(&value),
        expected: "on or off",
    },
    Known {
        name: "notices",
        variable: "AWS_SWITCH_NOTICES",
        default: "on",
        accepts: |value| ["on", "refusals", "off"].contains(&value),
        expected: "on, refusals or off",
    },
    Known {
        name: "protect",
        variable: "AWS_SWITCH_PROTECT",
        default: "*prod*,*prd*,!*non*prod*,!*pre*prod*",
        accepts: |_| true,
        expected: "globs",
    },
    Known {
        name: "confirm",
        variable: "AWS_SWITCH_CONFIRM",
        default: "off",
        accepts: |value| ["off", "protected"].contains(&value),
        expected: "off or protected",
    },
];

/// What is wrong with a line of the file, with the file itself, or with a variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// The file, unless it is a variable.
    pub file: Option<PathBuf>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The variable.
    pub variable: Option<&'static str>,
    /// What is wrong, and what comes of it.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(formatter, "{}:", paths::shown(file))?;
        }
        if let Some(line) = self.line {
            write!(formatter, "{line}:")?;
        }
        if let Some(variable) = self.variable {
            write!(formatter, "{variable}:")?;
        }
        write!(formatter, " {}", self.what)
    }
}

/// A value, and its line, counted from 1.
#[derive(Clone, Debug)]
struct Line {
    value: String,
    line: usize,
}

/// The settings of the file, and what is wrong with it.
#[derive(Debug, Default)]
pub struct File {
    values: [Option<Line>; KNOWN.len()],
    /// Where it is, and what stands in it.
    pub source: Option<(PathBuf, String)>,
    /// What is wrong with it.
    pub problems: Vec<Fault>,
}

impl File {
    /// Reads `settings.ini`; none is no problem.
    pub fn read() -> Self {
        let Some(path) = paths::settings_file() else {
            return Self::default();
        };
        // A FIFO, opened, would hang.
        let read = fs::metadata(&path).and_then(|found| match found.len() {
            _ if !found.is_file() => Err(io::Error::other("no regular file")),
            0..=LARGEST => fs::read(&path),
            _ => Err(io::Error::other("larger than 64 KB, and not read")),
        });
        match read {
            Ok(bytes) => Self::parse(&String::from_utf8_lossy(&bytes), &path),
            Err(error) if paths::is_absence(&error) => Self::default(),
            Err(error) => Self {
                problems: vec![Fault {
                    what: format!("{}: every default holds", in_words(error)),
                    file: Some(path),
                    ..Fault::default()
                }],
                ..Self::default()
            },
        }
    }

    /// Line by line, so that a wrong one costs no other and is told with its number.
    pub fn parse(text: &str, path: &Path) -> Self {
        let mut file = Self::default();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            // A line that says nothing need not cost what the reader of INI files takes to see that.
            if line.trim().is_empty() {
                continue;
            }
            if let Err(what) = file.take(line, number + 1) {
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

    fn take(&mut self, text: &str, line: usize) -> Result<(), String> {
        // What the reader itself says of such a line speaks of its parser.
        let ini =
            Ini::load_from_str_noescape(text).map_err(|_| "this is no 'setting = value': it counts for nothing")?;
        for (key, value) in ini.general_section() {
            let known = KNOWN.iter().zip(&mut self.values).find(|(known, _)| known.name == key);
            let Some((known, slot)) = known else {
                return Err(format!("no setting is named '{key}': it counts for nothing"));
            };
            if !(known.accepts)(value) {
                return Err(known.refusal(value));
            }
            *slot = Some(Line { value: value.to_owned(), line });
        }
        Ok(())
    }

    /// The values that differ from what a script takes for granted, by the setting's name.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let given = KNOWN.iter().zip(&self.values);
        given.filter_map(|(known, given)| Some((known.name, given.as_ref()?.value.as_str())))
    }

    /// The value of one setting, and its line.
    pub fn value(&self, known: &Known) -> Option<(&str, usize)> {
        let mut all = KNOWN.iter().zip(&self.values);
        let (_, given) = all.find(|(other, _)| other.name == known.name)?;
        given.as_ref().map(|given| (given.value.as_str(), given.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_told_with_its_number_and_costs_no_other() {
        let text = "; mine\nauto = maybe\nstray\n\ncolour = red\nprompt = off\nprotect = *live*,!x\n[unclosed\n= on\n";
        let file = File::parse(text, Path::new("/s.ini"));
        let values: Vec<_> = file.values().collect();
        assert_eq!(values, [("prompt", "off"), ("protect", "*live*,!x")]);
        let lines: Vec<_> = file.problems.iter().map(ToString::to_string).collect();
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
