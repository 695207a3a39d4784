//! What the AWS CLI reads and an SDK reads otherwise, or not at all: line by line. Pure.

use std::borrow::Cow;
use std::collections::HashSet;

use super::header;
use super::profile::FileKind;
use super::secret::shown;
use super::text::{Line, Lines, decode, indent, split_header, split_setting, strip};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

/// The sections of the config file whose headers name something.
const KEYWORDS: [&str; 3] = ["profile", "sso-session", "services"];

/// Tells what other readers than the AWS CLI and boto3 would make of a file.
pub fn lint(bytes: &[u8], file: FileKind, problems: &mut Diagnostics) {
    let mut linter = Linter {
        file,
        problems,
        in_section: false,
        is_open: false,
        is_block: false,
        indent: 0,
        told_indented: false,
        told_return: false,
        empty: None,
        nested: HashSet::new(),
    };
    // What cannot be decoded has been told when the file was scanned.
    let text = decode(bytes, &mut Diagnostics::default());
    for line in Lines::new(&text) {
        linter.line(line.number, line.text);
        linter.end(&text, &line);
    }
    linter.close();
}

/// Where the lines so far have led.
struct Linter<'p> {
    file: FileKind,
    problems: &'p mut Diagnostics,
    in_section: bool,
    /// Whether the latest setting goes on in a line that is indented more.
    is_open: bool,
    /// Whether it has no value in its own line.
    is_block: bool,
    /// How deep it stands.
    indent: usize,
    /// Whether an indented key of this section was told: they are one fault.
    told_indented: bool,
    /// Whether a carriage return that ends a line was told: those of a file are one fault.
    told_return: bool,
    /// The line of a setting that has no value so far.
    empty: Option<usize>,
    /// The keys of the block so far.
    nested: HashSet<String>,
}

impl Linter<'_> {
    fn line(&mut self, number: usize, line: &str) {
        let text = strip(line);
        match text.as_bytes().first() {
            None => (),
            Some(b'#' | b';') if self.is_open && line.starts_with([' ', '\t']) => self.indented_comment(number),
            Some(b'#' | b';') => (),
            Some(_) => {
                let indent = indent(line);
                if self.is_open && indent > self.indent {
                    self.go_on(number, text);
                    return;
                }
                self.close();
                self.indent = indent;
                self.is_open = false;
                match split_header(text) {
                    Some((name, rest)) => self.header(number, name, rest),
                    None if self.in_section => self.setting(number, text),
                    None => (),
                }
            }
        }
    }

    /// Python ends a line at a `\r` of its own.
    fn end(&mut self, text: &str, line: &Line) {
        let end = text.as_bytes().get(line.start + line.text.len()..).unwrap_or_default();
        if end.starts_with(b"\r") && !end.starts_with(b"\r\n") && !std::mem::replace(&mut self.told_return, true) {
            let message =
                "a lone carriage return ends this line for the AWS CLI; the SDKs for Rust, Go and JavaScript read on";
            self.warn("lone-carriage-return", line.number, message, "put a line feed in its place, or take it out");
        }
    }

    fn warn(&mut self, code: &'static str, line: usize, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.warn(|| Diagnostic::error(code, Span::of_line(line), message, fix));
    }

    fn info(&mut self, code: &'static str, line: usize, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Severity::Info, || Diagnostic::error(code, Span::of_line(line), message, fix));
    }

    fn indented_comment(&mut self, line: usize) {
        let message = "the SDKs for Rust and Java take this indented comment for more of the value above";
        self.warn("indented-comment", line, message, "begin the comment at the left margin");
    }

    /// The latest setting is at its end.
    fn close(&mut self) {
        self.nested.clear();
        if let Some(line) = self.empty.take() {
            let message = "the SDK for JavaScript drops a setting that has no value";
            self.info("empty-value", line, message, "give it a value, or take the line out");
        }
    }

    fn go_on(&mut self, line: usize, text: &str) {
        self.empty = None;
        self.comment_in_value(line, text);
        if self.is_block {
            let key = text.split_once('=').map(|(key, _)| strip(key));
            if key.is_some_and(|key| !self.nested.insert(key.to_owned())) {
                let message = "this key stands above it in the same block, and only the last one counts";
                self.warn("duplicate-nested-key", line, message, "take one of the two out");
            }
        } else {
            let message = "the AWS CLI takes this line for more of the value above, the SDK for JavaScript does not";
            self.info("continued-value", line, message, "write the value in one line");
        }
    }

    fn setting(&mut self, line: usize, text: &str) {
        let Some((key, value)) = split_setting(text).filter(|(key, _)| !strip(key).is_empty()) else {
            return;
        };
        self.is_open = true;
        self.is_block = strip(value).is_empty();
        self.empty = self.is_block.then_some(line);
        if self.indent > 0 && !std::mem::replace(&mut self.told_indented, true) {
            let message = "the SDKs for Rust and Java refuse a file whose keys are indented";
            self.warn("indented-key", line, message, "begin the keys at the left margin");
        }
        if text.as_bytes().get(key.len()) == Some(&b':') {
            let message = "only the AWS CLI, boto3 and the SDK for Go take ':' for the sign between key and value";
            self.warn("colon-for-equals", line, message, "write '=' in its place");
        }
        if key.chars().any(char::is_uppercase) {
            let message = "the SDK for JavaScript finds keys in small letters only";
            self.info("key-case", line, message, "write the key in small letters");
        }
        self.comment_in_value(line, value);
        let text = strip(value);
        let is_quoted =
            ['"', '\''].into_iter().any(|quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote));
        // A command line has quotes of its own.
        if is_quoted && !strip(key).eq_ignore_ascii_case("credential_process") {
            let message = "the AWS CLI takes the quotes for part of the value; the SDK for Go leaves them out";
            self.warn("quoted-value", line, message, "write the value without quotes");
        }
    }

    fn comment_in_value(&mut self, line: usize, value: &str) {
        if comment_at(value).is_some() {
            let message = "the AWS CLI takes this comment for part of the value; the SDKs cut it off";
            self.warn("inline-comment", line, message, "put the comment on a line of its own");
        }
    }

    fn header(&mut self, line: usize, name: &str, rest: &str) {
        self.in_section = true;
        self.told_indented = false;
        if rest.starts_with(['#', ';']) {
            let message = "the SDK for JavaScript misses a header that a comment touches";
            self.warn("comment-touches-header", line, message, "put a blank before the comment");
        }
        if name == "DEFAULT" {
            let message = "the AWS CLI gives the settings of [DEFAULT] to every section; the SDKs ignore it";
            self.warn("default-section", line, message, "write [default] if the profile is meant");
        } else if self.file == FileKind::Config {
            self.config_header(line, name);
        } else if !is_identifier(name) && !KEYWORDS.iter().any(|keyword| name.starts_with(keyword)) {
            self.odd_name(line, name);
        }
    }

    fn config_header(&mut self, line: usize, header: &str) {
        let Ok((keyword, name)) = header::split(&Cow::Borrowed(header)) else {
            return;
        };
        let Some(written) = header.strip_prefix(keyword.as_ref()).filter(|_| KEYWORDS.contains(&keyword.as_ref()))
        else {
            return;
        };
        if written.contains('\\') && !name.contains('\\') {
            let message = format!("the AWS CLI drops the backslash: it reads '{}'", shown(&name));
            self.warn("backslash-in-header", line, message, "put the name in single quotes, or leave '\\' out");
        } else if name.is_empty() {
            // Told already.
        } else if !is_identifier(&name) {
            self.odd_name(line, &name);
        } else if written.contains(['\'', '"']) {
            let message = format!("the SDKs for Rust and Java ignore '{}' for its quotes", shown(&name));
            self.warn("quoted-name", line, message, format!("write [{keyword} {}]", shown(&name)));
        } else if written.len() != name.len() + 1 {
            let message = "the SDK for JavaScript misses a header with more than one blank in it";
            self.info("blanks-in-header", line, message, format!("write [{keyword} {}]", shown(&name)));
        }
    }

    fn odd_name(&mut self, line: usize, name: &str) {
        let message = format!("SDKs ignore '{}' for the characters in its name", shown(name));
        let fix = "for programs other than the AWS CLI, use letters, digits and _ - / . % @ : + alone";
        self.warn("name-not-for-sdks", line, message, fix);
    }
}

/// Where a comment begins that is part of a value: at the first `#` or `;` after a blank.
pub fn comment_at(value: &str) -> Option<usize> {
    let bytes = value.as_bytes();
    let pair = bytes.windows(2).position(|pair| matches!(pair, [b' ' | b'\t', b'#' | b';']))?;
    Some(pair + 1)
}

/// Whether the SDKs read a name without quotes.
fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-/.%@:+".contains(&byte))
}

#[cfg(test)]
#[path = "lint_tests.rs"]
mod tests;
