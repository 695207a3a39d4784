//! The state machine behind [`scan`](super::scan::scan): lines in, sections out.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::iter;

use super::glance;
use super::repeats::{self, Key, duplicate_key, keep_last};
use super::scan::{Block, Scan, Setting};
use super::search::Index;
use super::secret::shown;
use super::text::{Line, Lines, indent, lower, split_header, split_setting, strip};
use super::value::{Piece, assemble};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// The section whose settings every other section inherits.
const DEFAULTS: &str = "DEFAULT";

/// Where settings go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// No header has been seen.
    Nowhere,
    Defaults,
    Section,
}

pub(super) struct Scanner<'a> {
    text: &'a str,
    is_ascii: bool,
    blocks: Vec<Block>,
    further: BTreeMap<usize, Vec<Block>>,
    problems: Diagnostics,
    /// Finds a section by its header.
    headers: Index,
    /// The block that is being read, and its section, if that has begun before.
    block: Option<(Block, Option<usize>)>,
    /// Faults of nested values in `[DEFAULT]`, by key: no fault if every section has the key itself.
    bad_defaults: Vec<(Cow<'a, str>, Diagnostic)>,
    place: Place,
    /// The keys since the latest header.
    keys: Vec<Key<'a>>,
    /// The first line of the latest key's value, blanks and all, as long as it may go on.
    open: Option<&'a str>,
    /// What was read, where it is kept: those of `[DEFAULT]`, and all for [`settings`].
    settings: Vec<Setting<'a>>,
    keeps_all: bool,
    /// Whether a line before any header has been told: those lines are one fault, not one each.
    told_headless: bool,
    /// How deep the latest line stands that was no continuation.
    indent: usize,
    /// The lines that continue the open key.
    more: Vec<Piece<'a>>,
    /// How many blank lines have passed since the open key's last.
    blanks: usize,
}

/// The settings that stand in these blocks, the last of a key winning.
pub(super) fn settings<'a, 'b>(text: &'a str, blocks: impl Iterator<Item = &'b Block>) -> Vec<Setting<'a>> {
    let mut scanner = Scanner { place: Place::Section, keeps_all: true, ..Scanner::new(text, Diagnostics::default()) };
    for block in blocks {
        let body = Lines::new(text.get(block.body()).unwrap_or_default());
        for line in body.skip(1) {
            scanner.line(&Line { number: line.number + block.line as usize - 1, ..line });
        }
        scanner.close();
    }
    keep_last(&mut scanner.settings, |setting| &setting.key, |_, _| ());
    scanner.settings
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, problems: Diagnostics) -> Self {
        Self {
            text,
            is_ascii: false,
            blocks: Vec::new(),
            further: BTreeMap::new(),
            problems,
            headers: Index::default(),
            block: None,
            bad_defaults: Vec::new(),
            place: Place::Nowhere,
            keys: Vec::new(),
            open: None,
            settings: Vec::new(),
            keeps_all: false,
            told_headless: false,
            indent: 0,
            more: Vec::new(),
            blanks: 0,
        }
    }

    pub(super) fn run(mut self) -> Scan<'a> {
        // Guesses that spare most files the moves of a table that grows. What is never written to costs nothing.
        self.blocks.reserve(self.text.len() / 64);
        self.headers = Index::with_room((self.text.len() / 128).min(1 << 14));
        self.is_ascii = self.text.is_ascii();
        let mut lines = Lines::new(self.text);
        while let Some(line) = lines.next() {
            self.line(&line);
            self.pass_over(line.number, &mut lines);
        }
        self.end_section(self.text.len());
        self.tell_repeated_defaults();
        self.tell_bad_defaults();
        let Self { text, blocks, further, settings: defaults, problems, .. } = self;
        Scan { text: Cow::Borrowed(text), blocks, further, defaults, problems }
    }

    /// Goes on from a header's line as long as a glance at a section is enough.
    fn pass_over(&mut self, mut line: usize, lines: &mut Lines<'a>) {
        let follows_header = |block: &Block, line| block.line as usize == line;
        while self.is_ascii
            && self.block.as_ref().is_some_and(|(block, _)| follows_header(block, line))
            && let Some(passed) = glance::body(lines.rest().as_bytes())
        {
            let start = lines.start + passed.bytes;
            let Some(length) = passed.header else {
                lines.pass(passed.bytes, passed.lines);
                return;
            };
            lines.pass(passed.bytes + length + 1, passed.lines + 1);
            line = lines.number;
            let name = self.text.get(start + 1..start + length - 1).unwrap_or_default();
            self.begin_section(start, Block::new(line, start + 1, name.len()), name, "");
        }
    }

    fn line(&mut self, line: &Line<'a>) {
        let text = match line.text.as_bytes().first() {
            // What most lines are: a setting that stands at the margin.
            Some(b'a'..=b'z') => {
                self.indent = 0;
                return self.begin_setting(line.number, line.text);
            }
            _ => strip(line.text),
        };
        match text.as_bytes().first() {
            None => self.blanks += 1,
            Some(b'#' | b';') => (),
            Some(_) => {
                let indent = indent(line.text);
                if self.open.is_some() && indent > self.indent {
                    self.go_on(line.number, text);
                    return;
                }
                self.indent = indent;
                if let Some((name, rest)) = split_header(text) {
                    let name_start = line.start + line.text.bytes().take_while(|&byte| byte != b'[').count() + 1;
                    self.begin_section(line.start, Block::new(line.number, name_start, name.len()), name, rest);
                } else {
                    self.begin_setting(line.number, text);
                }
            }
        }
    }

    /// A line that continues the open key.
    fn go_on(&mut self, line: usize, text: &'a str) {
        if text.starts_with('[') && text.ends_with(']') {
            self.problems.warn(|| {
                let message = "this indented line looks like a header but continues the value above";
                Diagnostic::error(
                    "indented-header",
                    Span::of_line(line),
                    message,
                    "take the blanks before '[' away if it is a header",
                )
            });
        }
        let blanks = std::mem::take(&mut self.blanks);
        self.more.push(Piece { line, blanks, text });
    }

    /// Begins a section at the start of its header's line.
    fn begin_section(&mut self, start: usize, header: Block, name: &'a str, rest: &str) {
        self.end_section(start);
        let line = header.line as usize;
        let rest = strip(rest);
        if !rest.is_empty() && !rest.starts_with(['#', ';']) {
            self.problems.push(Severity::Warning, || {
                let message =
                    format!("what follows [{}] is dropped; the SDKs for Rust and Java refuse it", shown(name));
                let fix = "put it on a line of its own, or begin it with '#'";
                Diagnostic::error("text-after-header", Span::of_line(line), message, fix)
            });
        }
        if name == DEFAULTS {
            self.place = Place::Defaults;
            return;
        }
        self.place = Place::Section;
        let Self { text, blocks, headers, .. } = self;
        let earlier = headers.take(name, blocks.len(), |place| text.get(blocks.get(place)?.name()));
        if let Some(block) = earlier.and_then(|place| self.blocks.get(place)) {
            let earlier = block.line;
            self.problems.error(|| {
                let message = format!(
                    "[{}] stands at line {earlier} already, so the AWS CLI refuses the whole file",
                    shown(name)
                );
                Diagnostic::error("duplicate-section", Span::of_line(line), message, "merge the two sections into one")
            });
        }
        self.block = Some((header, earlier));
    }

    fn begin_setting(&mut self, line: usize, text: &'a str) {
        if self.place == Place::Nowhere {
            if !std::mem::replace(&mut self.told_headless, true) {
                self.problems.error(|| {
                    let message = "this stands before any [section], so the AWS CLI refuses the whole file";
                    Diagnostic::error(
                        "before-any-section",
                        Span::of_line(line),
                        message,
                        "put a header such as [default] above it",
                    )
                });
            }
            return;
        }
        let Some((key, value)) = split_setting(text) else {
            // The key above stays open: to botocore, deeper lines below this one continue it.
            self.problems.error(|| {
                let message =
                    "this line is neither 'key = value' nor a [section], so the AWS CLI refuses the whole file";
                Diagnostic::error("not-a-setting", Span::of_line(line), message, "mend the line, or put '#' before it")
            });
            return;
        };
        self.close();
        let key = strip(key);
        if key.is_empty() {
            self.problems.error(|| {
                let message = "this line has no key, so the AWS CLI refuses the whole file";
                Diagnostic::error(
                    "no-key",
                    Span::of_line(line),
                    message,
                    "put a key before the sign, or '#' before the line",
                )
            });
            return;
        }
        if key.starts_with('[') {
            self.problems.warn(|| {
                let message = "this line begins with '[' but is read as a setting";
                Diagnostic::error(
                    "unclosed-header",
                    Span::of_line(line),
                    message,
                    "put ']' after the name if it is a header",
                )
            });
        }
        self.blanks = 0;
        self.keys.push(Key { text: key, line });
        self.open = Some(value);
    }

    /// Ends the open key's value.
    #[inline]
    fn close(&mut self) {
        let Some(first) = self.open.take() else { return };
        let keeps = self.keeps_all || self.place == Place::Defaults;
        if (keeps || !self.more.is_empty())
            && let Some(key) = self.keys.last().cloned()
        {
            let setting = self.setting(&key, strip(first));
            self.settings.extend(keeps.then_some(setting));
        }
    }

    fn setting(&mut self, key: &Key<'a>, first: &'a str) -> Setting<'a> {
        let (key, line) = (lower(key.text), key.line);
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
        Setting { key, line, value }
    }

    /// Ends the block that is being read. Its settings have been looked at, and are not kept: see [`settings`].
    fn end_section(&mut self, end: usize) {
        if !self.keys.is_empty() {
            self.close();
            if self.place != Place::Defaults {
                repeats::tell(&self.keys, self.is_ascii, &mut self.problems);
            }
            self.keys.clear();
        }
        let Some((block, section)) = self.block.take() else { return };
        let block = block.until(end);
        match section {
            None => self.blocks.push(block),
            Some(section) => self.further.entry(section).or_default().push(block),
        }
    }

    /// Several blocks of `[DEFAULT]` are no fault, but a key that they share is.
    fn tell_repeated_defaults(&mut self) {
        let problems = &mut self.problems;
        keep_last(
            &mut self.settings,
            |setting| &setting.key,
            |earlier, later| problems.error(|| duplicate_key(&later.key, earlier.line, later.line)),
        );
    }

    fn tell_bad_defaults(&mut self) {
        if self.bad_defaults.is_empty() {
            return;
        }
        let mut owners: HashMap<&str, usize> = self.bad_defaults.iter().map(|(key, _)| (key.as_ref(), 0)).collect();
        for (place, block) in self.blocks.iter().enumerate() {
            let further = self.further.get(&place).into_iter().flatten();
            for setting in settings(self.text, iter::once(block).chain(further)) {
                if let Some(count) = owners.get_mut(setting.key.as_ref()) {
                    *count += 1;
                }
            }
        }
        for (key, problem) in &self.bad_defaults {
            if owners.get(key.as_ref()).is_some_and(|&count| count < self.blocks.len()) {
                self.problems.error(|| problem.clone());
            }
        }
    }
}

fn no_equals(line: usize) -> Diagnostic {
    let message = "this line of a nested block has no '=', so the AWS CLI refuses the whole file";
    Diagnostic::error(
        "nested-without-equals",
        Span::of_line(line),
        message,
        "write 'key = value', or take the line out",
    )
}
