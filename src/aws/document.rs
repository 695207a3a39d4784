//! Folds the [`Lines`] of an AWS file into sections of settings, in time linear in the text.
//! Where botocore rejects the whole file, what can be read still is, and the problem is reported.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use indexmap::map::Entry;

use super::lines::{Line, LineKind, Lines, columns, split_setting};
use super::masking::shown;
use super::text::{lower, strip};
use super::value::{Piece, Value, joined, nested};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// The section whose settings every other section inherits.
const DEFAULTS: &str = "DEFAULT";

/// Among up to this many settings a repeated key is sought one by one: hash tables make `list --names` of 10,000
/// profiles execute five times as many instructions.
const FEW: usize = 16;

#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    text: &'a str,
    /// Every section but `[DEFAULT]` by its name, in the order of their first headers.
    pub sections: IndexMap<&'a str, Section<'a>, RandomState>,
    /// The settings of all sections. One vector for each section would be a fifth of `list --names` of 10,000 profiles.
    settings: Vec<Setting<'a>>,
    /// The settings of `[DEFAULT]`: each section has these too, unless it sets the key itself.
    pub defaults: IndexMap<Cow<'a, str>, Setting<'a>>,
    /// Reports what the AWS CLI rejects, and what is read otherwise than it looks.
    pub problems: Diagnostics,
}

/// A section; one that the file repeats is merged into the first, and the last of a key counts.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// The text between the brackets, not stripped.
    pub name: &'a str,
    /// How many bytes precede the first header in its line.
    pub indent: u32,
    lines: Range<u32>,
    settings: Range<u32>,
}

impl Section<'_> {
    pub const fn line(&self) -> usize {
        self.lines.start as usize
    }

    /// From the line of the first header to that of the next header, be it a repeated one or `[DEFAULT]`.
    pub const fn lines(&self) -> Range<usize> {
        wide(&self.lines)
    }

    /// The span of the first header, with its brackets.
    pub const fn header_span(&self) -> Span {
        let start = self.indent as usize;
        Span { line: self.line(), columns: Some(start..start + self.name.len() + 2) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<'a> {
    /// In lower case.
    pub key: Cow<'a, str>,
    pub value: Value<'a>,
    position: Position,
}

impl Setting<'_> {
    /// The line of the key; the value may go on below it.
    pub const fn line(&self) -> usize {
        self.position.line as usize
    }

    fn key_span(&self, file: &str) -> Span {
        self.span(file, |(key, _, _)| key)
    }

    fn span<'f>(&self, file: &'f str, part: impl FnOnce((&'f str, &'f str, &'f str)) -> &'f str) -> Span {
        let line = file.get(self.position.start as usize..).and_then(|rest| Lines::new(rest).next());
        let text = line.map_or("", |line| line.text);
        let part = split_setting(text).map(part).filter(|part| !part.is_empty());
        Span { line: self.line(), columns: part.map(|part| columns(text, part)) }
    }
}

/// The number of a line, and where it starts in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Position {
    line: u32,
    start: u32,
}

impl Position {
    fn new(file: &str, line: &Line) -> Self {
        Self { line: small(line.number), start: small(columns(file, line.text).start) }
    }
}

/// A line or an index, as it is stored: there may be 50,000 of them, and no file that is read is too large for this.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

const fn wide(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

impl<'a> Document<'a> {
    pub fn parse(text: &'a str) -> Self {
        // A guess that spares large files the moves of tables that grow.
        let guess = text.len() / 128;
        let mut parser = Parser { document: Document { text, ..Document::default() }, ..Parser::default() };
        parser.document.sections.reserve(guess);
        parser.document.settings.reserve(4 * guess);
        for line in Lines::new(text) {
            parser.line(&line);
        }
        parser.finish()
    }

    /// The settings of a section of this document, each key once.
    pub fn settings_of(&self, section: &Section) -> &[Setting<'a>] {
        self.settings.get(wide(&section.settings)).unwrap_or_default()
    }

    pub fn key_span(&self, setting: &Setting) -> Span {
        setting.key_span(self.text)
    }

    /// The span of the value in the key's line; of the whole line where there is none.
    pub fn value_span(&self, setting: &Setting) -> Span {
        setting.span(self.text, |(_, _, value)| strip(value))
    }
}

/// The section of the settings that follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Target {
    #[default]
    Nowhere,
    Defaults,
    Section(usize),
    /// A section that an earlier header began.
    Repeated(usize),
}

#[derive(Debug, Default)]
struct Parser<'a> {
    document: Document<'a>,
    /// The settings below the further headers of sections that the file repeats.
    repeated: IndexMap<usize, Vec<Setting<'a>>>,
    target: Target,
    /// Where the settings since the latest header begin in the document's.
    start: usize,
    /// The lines that continue the latest of them.
    more: Vec<Piece<'a>>,
    /// How many empty lines have passed since the latest key or continuation.
    empty_lines: usize,
    /// Problems of nested values in `[DEFAULT]`, by key: botocore meets one where a section inherits the key.
    bad_defaults: IndexMap<Cow<'a, str>, Diagnostic>,
    /// Lines before any header are one problem, not one each.
    has_reported_start: bool,
}

impl<'a> Parser<'a> {
    fn line(&mut self, line: &Line<'a>) {
        match line.kind {
            LineKind::Empty => self.empty_lines += 1,
            LineKind::Comment => {}
            LineKind::Header { name, rest } => self.begin_section(line, name, rest),
            LineKind::Setting { key, value, .. } => self.begin_setting(line, key, strip(value)),
            LineKind::Continuation => self.continue_value(line),
            LineKind::NoKey => {
                self.end_value();
                self.document.problems.error(|| no_key(line));
            }
            LineKind::Junk => self.document.problems.error(|| not_a_setting(line)),
            LineKind::BeforeSections => {
                if !std::mem::replace(&mut self.has_reported_start, true) {
                    self.document.problems.error(|| before_any_section(line));
                }
            }
        }
    }

    fn begin_section(&mut self, line: &Line<'a>, name: &'a str, rest: &str) {
        self.end_section(line.number);
        let (document, after) = (&mut self.document, strip(rest));
        if !after.is_empty() && !after.starts_with(['#', ';']) {
            document.problems.push_with(Severity::Warning, || text_after_header(line, name, rest));
        }
        if name == DEFAULTS {
            self.target = Target::Defaults;
            return;
        }
        match document.sections.entry(name) {
            Entry::Vacant(entry) => {
                self.target = Target::Section(entry.index());
                let (start, indent) = (small(line.number), small(columns(line.text, line.content).start));
                entry.insert(Section { name, indent, lines: start..u32::MAX, settings: 0..0 });
            }
            Entry::Occupied(entry) => {
                document.problems.error(|| duplicate_section(line, entry.get()));
                self.target = Target::Repeated(entry.index());
            }
        }
    }

    fn begin_setting(&mut self, line: &Line<'a>, key: &'a str, value: &'a str) {
        self.end_value();
        if key.starts_with('[') {
            self.document.problems.push_with(Severity::Warning, || unclosed_header(line));
        }
        self.empty_lines = 0;
        self.document.settings.push(Setting {
            key: lower(key),
            value: Value::Text(Cow::Borrowed(value)),
            position: Position::new(self.document.text, line),
        });
    }

    fn continue_value(&mut self, line: &Line<'a>) {
        let text = line.content;
        if text.starts_with('[') && text.ends_with(']') {
            self.document.problems.push_with(Severity::Warning, || indented_header(line));
        }
        self.more.push(Piece { line: line.number, empty_lines: std::mem::take(&mut self.empty_lines), text });
    }

    fn end_value(&mut self) {
        if self.more.is_empty() {
            return;
        }
        let Document { settings, problems, .. } = &mut self.document;
        let Some(Setting { key, value, .. }) = settings.last_mut() else { return };
        let (is_default, bad_defaults) = (self.target == Target::Defaults, &mut self.bad_defaults);
        *value = match value.text() {
            Some(first) if !first.is_empty() => joined(first, &self.more),
            _ => nested(&self.more, |line| {
                if is_default {
                    bad_defaults.entry(key.clone()).or_insert_with(|| no_equals(line));
                } else {
                    problems.error(|| no_equals(line));
                }
            }),
        };
        self.more.clear();
    }

    /// Stores the settings since the latest header; `next` is the line of the next one.
    fn end_section(&mut self, next: usize) {
        self.end_value();
        let Document { text, sections, defaults, settings, problems } = &mut self.document;
        let mut report = |earlier: &Setting, later: &Setting| problems.error(|| duplicate_key(text, earlier, later));
        match self.target {
            Target::Nowhere => {}
            // Several sections of defaults are no problem, but a key that they share is.
            Target::Defaults => add_last(defaults, settings.drain(self.start..), report),
            Target::Section(index) => {
                keep_last(settings, self.start, report);
                if let Some((_, section)) = sections.get_index_mut(index) {
                    section.lines.end = small(next);
                    section.settings = small(self.start)..small(settings.len());
                }
            }
            Target::Repeated(index) => {
                keep_last(settings, self.start, &mut report);
                self.repeated.entry(index).or_default().extend(settings.drain(self.start..));
            }
        }
        self.start = settings.len();
    }

    fn finish(mut self) -> Document<'a> {
        self.end_section(usize::MAX);
        let Document { sections, settings, problems, .. } = &mut self.document;
        for (index, more) in self.repeated {
            let Some((_, section)) = sections.get_index_mut(index) else { continue };
            let start = settings.len();
            settings.extend_from_within(wide(&section.settings));
            settings.extend(more);
            keep_last(settings, start, |_, _| ());
            section.settings = small(start)..small(settings.len());
        }
        let mut owners: HashMap<&str, usize> = self.bad_defaults.keys().map(|key| (key.as_ref(), 0)).collect();
        for setting in sections.values().flat_map(|section| settings.get(wide(&section.settings)).unwrap_or_default()) {
            if let Some(count) = owners.get_mut(setting.key.as_ref()) {
                *count += 1;
            }
        }
        for (key, problem) in &self.bad_defaults {
            if owners.get(key.as_ref()).is_some_and(|&count| count < sections.len()) {
                problems.error(|| problem.clone());
            }
        }
        self.document
    }
}

/// Drops all but the last of each key from `start` on, which takes the first one's position, as in a Python dictionary.
fn keep_last<'a>(settings: &mut Vec<Setting<'a>>, start: usize, repeated: impl FnMut(&Setting, &Setting)) {
    let section = settings.get(start..).unwrap_or_default();
    let is_repeated =
        |(index, setting): (usize, &Setting)| section.iter().take(index).any(|one| one.key == setting.key);
    if section.len() <= FEW && !section.iter().enumerate().any(is_repeated) {
        return;
    }
    let mut last = IndexMap::with_capacity(section.len());
    add_last(&mut last, settings.drain(start..), repeated);
    settings.extend(last.into_values());
}

/// Adds settings to those that are there already. `repeated` is called with each pair of one key.
fn add_last<'a>(
    all: &mut IndexMap<Cow<'a, str>, Setting<'a>>,
    settings: impl Iterator<Item = Setting<'a>>,
    mut repeated: impl FnMut(&Setting, &Setting),
) {
    for setting in settings {
        match all.entry(setting.key.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(setting);
            }
            Entry::Occupied(mut entry) => {
                repeated(entry.get(), &setting);
                entry.insert(setting);
            }
        }
    }
}

fn text_after_header(line: &Line, name: &str, rest: &str) -> Diagnostic {
    let message = format!("the AWS CLI ignores the text after [{}]; the SDKs for Rust and Java reject it", shown(name));
    let fix = "remove it, or start it with '#'";
    Diagnostic::warning("text-after-header", message, fix).at(line.span(rest))
}

fn duplicate_section(line: &Line, earlier: &Section) -> Diagnostic {
    let name = shown(earlier.name);
    let first = earlier.line();
    let message =
        format!("duplicate section [{name}] (first defined on line {first}), so the AWS CLI rejects the whole file");
    Diagnostic::error("duplicate-section", message, "merge the two sections into one").at(line.header_span())
}

fn duplicate_key(file: &str, earlier: &Setting, later: &Setting) -> Diagnostic {
    let key = shown(&later.key);
    let message =
        format!("duplicate key '{key}' (first set on line {}), so the AWS CLI rejects the whole file", earlier.line());
    Diagnostic::error("duplicate-key", message, "delete one of the two lines").at(later.key_span(file))
}

fn unclosed_header(line: &Line) -> Diagnostic {
    let message = "this line starts with '[' but is read as a setting";
    Diagnostic::warning("unclosed-header", message, "if it is a header, write ']' after the name")
        .at(line.content_span())
}

fn indented_header(line: &Line) -> Diagnostic {
    let message = "this indented line looks like a header but continues the value above it";
    let fix = "if it is a header, remove the spaces before '['";
    Diagnostic::warning("indented-header", message, fix).at(line.content_span())
}

fn no_equals(line: usize) -> Diagnostic {
    let message = "this line of a nested block has no '=', so the AWS CLI rejects the whole file";
    let fix = "write 'key = value', or delete the line";
    Diagnostic::error("nested-without-equals", message, fix).at(Span::of_line(line))
}

fn no_key(line: &Line) -> Diagnostic {
    let message = "this line has no key, so the AWS CLI rejects the whole file";
    let fix = "write 'key = value', or comment the line out with '#'";
    Diagnostic::error("no-key", message, fix).at(line.content_span())
}

fn not_a_setting(line: &Line) -> Diagnostic {
    let message = "this line is neither 'key = value' nor a [section], so the AWS CLI rejects the whole file";
    let fix = "correct the line, or comment it out with '#'";
    Diagnostic::error("not-a-setting", message, fix).at(line.content_span())
}

fn before_any_section(line: &Line) -> Diagnostic {
    let message = "this line precedes every [section], so the AWS CLI rejects the whole file";
    Diagnostic::error("before-any-section", message, "add a header such as [default] above it").at(line.content_span())
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
