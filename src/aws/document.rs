//! Folds the [`Lines`] of an AWS file into sections of settings, in time linear in the text.
//! Where botocore refuses the whole file, what can be read still is, and the problem is reported.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use indexmap::IndexMap;

use super::lines::{Line, LineKind, Lines, header_span};
use super::masking::shown;
use super::text::{lower, strip};
use super::value::{Piece, Value, joined, nested};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// The section whose settings every other section inherits.
const DEFAULTS: &str = "DEFAULT";

pub type Settings<'a> = IndexMap<Cow<'a, str>, Setting<'a>>;

#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// Every section but `[DEFAULT]`, in the order of their first headers.
    pub sections: Vec<Section<'a>>,
    /// The settings of `[DEFAULT]`: each section has these too, unless it sets the key itself.
    pub defaults: Settings<'a>,
    /// Reports what the AWS CLI refuses, and what is read otherwise than it looks.
    pub problems: Diagnostics,
}

/// A section; one that the file repeats is merged into the first, and the last of a key counts.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// The text between the brackets, not stripped.
    pub name: &'a str,
    /// The whole line of the first header.
    pub header: &'a str,
    /// From the line of the first header to that of the next header, be it a repeated one or `[DEFAULT]`.
    pub lines: Range<usize>,
    pub settings: Settings<'a>,
}

impl Section<'_> {
    pub const fn line(&self) -> usize {
        self.lines.start
    }

    /// The span of the first header, with its brackets.
    pub fn header_span(&self) -> Span {
        header_span(self.line(), self.header, self.name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<'a> {
    /// In lower case.
    pub key: Cow<'a, str>,
    pub value: Value<'a>,
    pub line: usize,
    pub key_span: Span,
    /// The span of the value in the key's line; of the whole line where there is none.
    pub value_span: Span,
}

impl<'a> Document<'a> {
    pub fn parse(text: &'a str) -> Self {
        let mut parser = Parser::default();
        for line in Lines::new(text) {
            parser.line(&line);
        }
        parser.finish()
    }
}

#[derive(Debug, Default)]
struct Parser<'a> {
    document: Document<'a>,
    /// The section of each header.
    indexes: HashMap<&'a str, usize>,
    /// The section of the latest header; `None` for `[DEFAULT]`.
    section: Option<usize>,
    header_line: usize,
    setting: Option<Setting<'a>>,
    /// The lines that continue that setting's value.
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
            LineKind::Blank => self.empty_lines += 1,
            LineKind::Comment => {}
            LineKind::Header { name, rest } => self.begin_section(line, name, rest),
            LineKind::Setting { key, value, .. } => self.begin_setting(line, key, strip(value)),
            LineKind::Continuation => self.continue_value(line),
            LineKind::NoKey => {
                self.end_setting();
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
        self.end_setting();
        let (Document { sections, problems, .. }, after) = (&mut self.document, strip(rest));
        if let Some(section) = self.section.and_then(|index| sections.get_mut(index)) {
            section.lines.end = section.lines.end.min(line.number);
        }
        self.header_line = line.number;
        if !after.is_empty() && !after.starts_with(['#', ';']) {
            problems.push_with(Severity::Warning, || text_after_header(line, name, rest));
        }
        if name == DEFAULTS {
            self.section = None;
            return;
        }
        let index = *self.indexes.entry(name).or_insert(sections.len());
        self.section = Some(index);
        match sections.get(index) {
            Some(earlier) => problems.error(|| duplicate_section(line, earlier)),
            None => {
                let lines = line.number..usize::MAX;
                sections.push(Section { name, header: line.text, lines, settings: Settings::new() });
            }
        }
    }

    fn begin_setting(&mut self, line: &Line<'a>, key: &'a str, value: &'a str) {
        self.end_setting();
        if key.starts_with('[') {
            self.document.problems.push_with(Severity::Warning, || unclosed_header(line));
        }
        self.empty_lines = 0;
        self.setting = Some(Setting {
            key: lower(key),
            value: Value::Text(Cow::Borrowed(value)),
            line: line.number,
            key_span: line.span(key),
            value_span: if value.is_empty() { Span::of_line(line.number) } else { line.span(value) },
        });
    }

    fn continue_value(&mut self, line: &Line<'a>) {
        let text = line.content;
        if text.starts_with('[') && text.ends_with(']') {
            self.document.problems.push_with(Severity::Warning, || indented_header(line));
        }
        self.more.push(Piece { line: line.number, empty_lines: std::mem::take(&mut self.empty_lines), text });
    }

    fn end_setting(&mut self) {
        let Some(mut setting) = self.setting.take() else { return };
        let Document { sections, defaults, problems } = &mut self.document;
        let section = self.section.and_then(|index| sections.get_mut(index));
        if !self.more.is_empty() {
            setting.value = match setting.value.text() {
                Some(first) if !first.is_empty() => joined(first, &self.more),
                _ => nested(&self.more, |line| match section {
                    Some(_) => problems.error(|| no_equals(line)),
                    None => _ = self.bad_defaults.entry(setting.key.clone()).or_insert_with(|| no_equals(line)),
                }),
            };
            self.more.clear();
        }
        // The sections of one name may share keys, those of the defaults may not.
        let (settings, first_line) = match section {
            Some(section) => (&mut section.settings, self.header_line),
            None => (defaults, 0),
        };
        let earlier = settings.insert(setting.key.clone(), setting);
        if let Some(earlier) = earlier.filter(|earlier| earlier.line > first_line)
            && let Some(later) = settings.get(&earlier.key)
        {
            problems.error(|| duplicate_key(&earlier, later));
        }
    }

    fn finish(mut self) -> Document<'a> {
        self.end_setting();
        let Document { sections, problems, .. } = &mut self.document;
        for (key, problem) in self.bad_defaults {
            if sections.iter().any(|section| !section.settings.contains_key(&key)) {
                problems.error(|| problem);
            }
        }
        self.document
    }
}

fn text_after_header(line: &Line, name: &str, rest: &str) -> Diagnostic {
    let message = format!("what follows [{}] is dropped; the SDKs for Rust and Java refuse it", shown(name));
    let fix = "put it on a line of its own, or begin it with '#'";
    Diagnostic::warning("text-after-header", message, fix).at(line.span(rest))
}

fn duplicate_section(line: &Line, earlier: &Section) -> Diagnostic {
    let name = shown(earlier.name);
    let message = format!("[{name}] stands at line {} already, so the AWS CLI refuses the whole file", earlier.line());
    Diagnostic::error("duplicate-section", message, "merge the two sections into one").at(line.header_span())
}

fn duplicate_key(earlier: &Setting, later: &Setting) -> Diagnostic {
    let key = shown(&later.key);
    let message = format!("{key} is set at line {} already, so the AWS CLI refuses the whole file", earlier.line);
    Diagnostic::error("duplicate-key", message, "delete one of the two lines").at(later.key_span.clone())
}

fn unclosed_header(line: &Line) -> Diagnostic {
    let message = "this line begins with '[' but is read as a setting";
    Diagnostic::warning("unclosed-header", message, "put ']' after the name if it is a header").at(line.content_span())
}

fn indented_header(line: &Line) -> Diagnostic {
    let message = "this indented line looks like a header but continues the value above";
    let fix = "take the blanks before '[' away if it is a header";
    Diagnostic::warning("indented-header", message, fix).at(line.content_span())
}

fn no_equals(line: usize) -> Diagnostic {
    let message = "this line of a nested block has no '=', so the AWS CLI refuses the whole file";
    let fix = "write 'key = value', or take the line out";
    Diagnostic::error("nested-without-equals", message, fix).at(Span::of_line(line))
}

fn no_key(line: &Line) -> Diagnostic {
    let message = "this line has no key, so the AWS CLI refuses the whole file";
    let fix = "put a key before the sign, or '#' before the line";
    Diagnostic::error("no-key", message, fix).at(line.content_span())
}

fn not_a_setting(line: &Line) -> Diagnostic {
    let message = "this line is neither 'key = value' nor a [section], so the AWS CLI refuses the whole file";
    Diagnostic::error("not-a-setting", message, "mend the line, or put '#' before it").at(line.content_span())
}

fn before_any_section(line: &Line) -> Diagnostic {
    let message = "this stands before any [section], so the AWS CLI refuses the whole file";
    Diagnostic::error("before-any-section", message, "put a header such as [default] above it").at(line.content_span())
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
