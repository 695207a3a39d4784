//! The state machine behind [`scan`](super::scan::scan): lines in, sections out.

use std::borrow::Cow;
use std::collections::HashMap;

use super::problem::{Problem, Problems, Severity, shown};
use super::scan::{Scan, Section, Setting};
use super::text::{Lines, is_blank, lower, strip};
use super::value::{Piece, assemble, keep_last};

/// The section whose settings every other section inherits.
const DEFAULTS: &str = "DEFAULT";

/// Where settings go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// No header has been seen.
    Nowhere,
    Defaults,
    /// An index into the sections.
    Section(usize),
}

/// A key whose value may go on.
struct Open<'a> {
    key: Cow<'a, str>,
    line: usize,
    first: &'a str,
}

pub(super) struct Scanner<'a> {
    sections: Vec<Section<'a>>,
    defaults: Vec<Setting<'a>>,
    problems: Problems,
    /// Where each section is, by its header.
    places: HashMap<&'a str, usize>,
    /// The lines of the headers that repeat an earlier one.
    repeated: Vec<usize>,
    /// Faults of nested values in `[DEFAULT]`, by key: no fault if every section has the key itself.
    bad_defaults: Vec<(Cow<'a, str>, Problem)>,
    place: Place,
    /// What was read since the latest header.
    settings: Vec<Setting<'a>>,
    /// Whether a line before any header has been told: those lines are one fault, not one each.
    told_headless: bool,
    /// How deep the latest line stands that was no continuation.
    indent: usize,
    open: Option<Open<'a>>,
    /// The lines that continue the open key.
    more: Vec<Piece<'a>>,
    /// How many blank lines have passed since the open key's last.
    blanks: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(problems: Problems) -> Self {
        Self {
            sections: Vec::new(),
            defaults: Vec::new(),
            problems,
            places: HashMap::new(),
            repeated: Vec::new(),
            bad_defaults: Vec::new(),
            place: Place::Nowhere,
            settings: Vec::new(),
            told_headless: false,
            indent: 0,
            open: None,
            more: Vec::new(),
            blanks: 0,
        }
    }

    pub(super) fn run(mut self, text: &'a str) -> Scan<'a> {
        // A guess that spares most files the moves of a table that grows; a section is hardly shorter.
        let sections = (text.len() / 128).min(1 << 14);
        self.sections.reserve(sections);
        self.places.reserve(sections);
        for (number, line) in Lines::new(text) {
            self.line(number, line);
        }
        self.end_section();
        self.merge_repeated_keys();
        self.tell_bad_defaults();
        Scan { sections: self.sections, defaults: self.defaults, problems: self.problems }
    }

    fn line(&mut self, number: usize, line: &'a str) {
        let text = strip(line);
        match text.as_bytes().first() {
            None => self.blanks += 1,
            Some(b'#' | b';') => (),
            Some(_) => {
                let indent = indent(line);
                if self.open.is_some() && indent > self.indent {
                    self.go_on(number, text);
                    return;
                }
                self.close();
                self.indent = indent;
                if let Some((name, rest)) = split_header(text) {
                    self.begin_section(number, name, rest);
                } else {
                    self.begin_setting(number, text);
                }
            }
        }
    }

    /// A line that continues the open key.
    fn go_on(&mut self, line: usize, text: &'a str) {
        if text.starts_with('[') && text.ends_with(']') {
            self.problems.warn(|| {
                let message = "this indented line looks like a header but continues the value above";
                Problem::error("indented-header", line, message, "take the blanks before '[' away if it is a header")
            });
        }
        let blanks = std::mem::take(&mut self.blanks);
        self.more.push(Piece { line, blanks, text });
    }

    fn begin_section(&mut self, line: usize, name: &'a str, rest: &str) {
        self.end_section();
        let rest = strip(rest);
        if !rest.is_empty() && !rest.starts_with(['#', ';']) {
            self.problems.push(Severity::Warning, || {
                let message =
                    format!("what follows [{}] is dropped; the SDKs for Rust and Java refuse it", shown(name));
                Problem::error("text-after-header", line, message, "put it on a line of its own, or begin it with '#'")
            });
        }
        if name == DEFAULTS {
            self.place = Place::Defaults;
            return;
        }
        let next = self.sections.len();
        let index = *self.places.entry(name).or_insert(next);
        self.place = Place::Section(index);
        if let Some(earlier) = self.sections.get(index) {
            let earlier = earlier.line;
            self.repeated.push(line);
            self.problems.error(|| {
                let message = format!(
                    "[{}] stands at line {earlier} already, so the AWS CLI refuses the whole file",
                    shown(name)
                );
                Problem::error("duplicate-section", line, message, "merge the two sections into one")
            });
        } else {
            self.sections.push(Section { name: Cow::Borrowed(name), line, settings: Vec::new() });
        }
    }

    fn begin_setting(&mut self, line: usize, text: &'a str) {
        if self.place == Place::Nowhere {
            if !std::mem::replace(&mut self.told_headless, true) {
                self.problems.error(|| {
                    let message = "this stands before any [section], so the AWS CLI refuses the whole file";
                    Problem::error("before-any-section", line, message, "put a header such as [default] above it")
                });
            }
            return;
        }
        let Some((key, value)) = split_setting(text) else {
            self.problems.error(|| {
                let message =
                    "this line is neither 'key = value' nor a [section], so the AWS CLI refuses the whole file";
                Problem::error("not-a-setting", line, message, "mend the line, or put '#' before it")
            });
            return;
        };
        let key = strip(key);
        if key.is_empty() {
            self.problems.error(|| {
                let message = "this line has no key, so the AWS CLI refuses the whole file";
                Problem::error("no-key", line, message, "put a key before the sign, or '#' before the line")
            });
            return;
        }
        if key.starts_with('[') {
            self.problems.warn(|| {
                let message = "this line begins with '[' but is read as a setting";
                Problem::error("unclosed-header", line, message, "put ']' after the name if it is a header")
            });
        }
        self.blanks = 0;
        self.open = Some(Open { key: lower(key), line, first: strip(value) });
    }

    /// Ends the open key's value.
    fn close(&mut self) {
        let Some(Open { key, line, first }) = self.open.take() else { return };
        let in_defaults = self.place == Place::Defaults;
        let (problems, bad_defaults) = (&mut self.problems, &mut self.bad_defaults);
        let value = assemble(first, &self.more, |line| {
            if !in_defaults {
                problems.error(|| no_equals(line));
            } else if bad_defaults.last().is_none_or(|(last, _)| *last != key) {
                bad_defaults.push((key.clone(), no_equals(line)));
            }
        });
        self.more.clear();
        self.settings.push(Setting { key, line, value });
    }

    /// Hands what was read since the latest header to its section, in one piece of just the right size.
    fn end_section(&mut self) {
        self.close();
        match self.place {
            Place::Nowhere => (),
            Place::Defaults => self.defaults.append(&mut self.settings),
            Place::Section(index) => {
                if let Some(section) = self.sections.get_mut(index) {
                    section.settings.append(&mut self.settings);
                }
            }
        }
    }

    fn merge_repeated_keys(&mut self) {
        let Self { sections, defaults, problems, repeated, .. } = self;
        for settings in sections.iter_mut().map(|section| &mut section.settings).chain([defaults]) {
            keep_last(
                settings,
                |setting| &setting.key,
                |earlier, later| {
                    let (before, line) = (earlier.line, later.line);
                    // Of two sections with one name, the repetition of the section is told, not that of its keys.
                    let header = repeated.get(repeated.partition_point(|&header| header < before));
                    if header.is_none_or(|&header| header > line) {
                        problems.error(|| duplicate_key(&later.key, line, before));
                    }
                },
            );
        }
    }

    fn tell_bad_defaults(&mut self) {
        if self.bad_defaults.is_empty() {
            return;
        }
        let mut owners: HashMap<&str, usize> = self.bad_defaults.iter().map(|(key, _)| (key.as_ref(), 0)).collect();
        for setting in self.sections.iter().flat_map(|section| &section.settings) {
            if let Some(count) = owners.get_mut(setting.key.as_ref()) {
                *count += 1;
            }
        }
        for (key, problem) in &self.bad_defaults {
            if owners.get(key.as_ref()).is_some_and(|&count| count < self.sections.len()) {
                self.problems.error(|| problem.clone());
            }
        }
    }
}

fn no_equals(line: usize) -> Problem {
    let message = "this line of a nested block has no '=', so the AWS CLI refuses the whole file";
    Problem::error("nested-without-equals", line, message, "write 'key = value', or take the line out")
}

fn duplicate_key(key: &str, line: usize, before: usize) -> Problem {
    let message = format!("{} is set at line {before} already, so the AWS CLI refuses the whole file", shown(key));
    Problem::error("duplicate-key", line, message, "delete one of the two lines")
}

/// How many characters stand before the first that is no blank.
pub(super) fn indent(line: &str) -> usize {
    if line.starts_with(|first: char| first.is_ascii_graphic()) {
        return 0;
    }
    line.chars().take_while(|&character| is_blank(character)).count()
}

/// A key and its value, parted by the first `=` or `:`.
pub(super) fn split_setting(text: &str) -> Option<(&str, &str)> {
    let (key, rest) = text.split_at(text.bytes().position(|byte| matches!(byte, b'=' | b':'))?);
    Some((key, rest.get(1..)?))
}

/// The name in a header, which ends at the line's last `]`, and what follows it.
pub(super) fn split_header(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('[')?.rsplit_once(']')?;
    (!name.is_empty()).then_some((name, rest))
}
