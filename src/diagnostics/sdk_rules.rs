//! Rules for lines that the AWS CLI and an SDK read differently. Pure.

use std::collections::HashSet;

use super::header_rules::after_keyword;
use crate::aws::{FileKind, Header, Line, LineKind, Lines, shown, strip};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

pub fn examine(text: &str, file: FileKind, problems: &mut Diagnostics) {
    let mut rules = SdkRules {
        file,
        problems,
        open: None,
        has_indented_key: false,
        has_lone_return: false,
        empty: None,
        nested: HashSet::new(),
    };
    for line in Lines::new(text) {
        rules.line(&line);
    }
    rules.end_value();
}

struct SdkRules<'a, 'p> {
    file: FileKind,
    problems: &'p mut Diagnostics,
    /// Whether the latest setting, if it may go on, has no value in its own line.
    open: Option<bool>,
    /// The indented keys of a section are one problem.
    has_indented_key: bool,
    /// The lone carriage returns of a file are one problem.
    has_lone_return: bool,
    /// A setting that has no value so far.
    empty: Option<Span>,
    /// The keys of the nested block so far.
    nested: HashSet<&'a str>,
}

impl<'a> SdkRules<'a, '_> {
    fn line(&mut self, line: &Line<'a>) {
        match line.kind {
            LineKind::Comment if line.text.starts_with([' ', '\t']) => {
                let message = if self.open.is_some() {
                    "the SDKs for Rust and Java read this indented comment as part of the value above"
                } else {
                    "the SDK for Rust rejects a file with an indented comment above the first key of a section"
                };
                self.warn("indented-comment", line.indent_span(), message, "remove the spaces before the comment");
            }
            LineKind::Empty if !line.text.trim_matches([' ', '\t']).is_empty() => {
                let message = "the SDK for Rust rejects a file with a line of spaces other than plain ones and tabs";
                self.warn("odd-spaces", Span::of_line(line.number), message, "empty the line");
            }
            LineKind::Continuation => self.continuation(line),
            LineKind::Header { name, rest } => self.header(line, name, rest),
            LineKind::Setting { key, sign, value } => self.setting(line, key, sign, value),
            LineKind::NoKey => self.end_value(),
            LineKind::Empty | LineKind::Comment | LineKind::Junk | LineKind::BeforeSections => {}
        }
        // Python ends a line at a `\r` of its own.
        if line.end == "\r" && !std::mem::replace(&mut self.has_lone_return, true) {
            let message = "a lone carriage return ends this line, but not for the SDKs for Rust, Go and JavaScript";
            let fix = "replace it with a line feed, or remove it";
            self.warn("lone-carriage-return", line.header_span(), message, fix);
        }
    }

    fn warn(&mut self, code: &'static str, span: Span, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push_with(Severity::Warning, || Diagnostic::warning(code, message, fix).at(span));
    }

    fn info(&mut self, code: &'static str, span: Span, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push_with(Severity::Info, || Diagnostic::info(code, message, fix).at(span));
    }

    fn end_value(&mut self) {
        self.open = None;
        self.nested.clear();
        if let Some(span) = self.empty.take() {
            let message = "the SDK for JavaScript ignores a setting without a value";
            self.info("empty-value", span, message, "add a value, or delete the line");
        }
    }

    fn continuation(&mut self, line: &Line<'a>) {
        self.empty = None;
        self.comment_in_value(line, line.content);
        if self.open == Some(true) {
            let key = line.content.split_once('=').map(|(key, _)| strip(key));
            if key.is_some_and(|key| !self.nested.insert(key)) {
                let message = "duplicate key in this block; the last one is used";
                self.warn("duplicate-nested-key", line.content_span(), message, "delete one of the two lines");
            }
            if key == Some("") {
                let message = "the SDK for Rust rejects a file with a nested line that has no key";
                let fix = "write 'key = value', or delete the line";
                self.warn("nested-without-key", line.content_span(), message, fix);
            }
        } else {
            let message = "the AWS CLI reads this line as part of the value above; the SDK for JavaScript does not";
            self.info("continued-value", line.indent_span(), message, "write the value on one line");
        }
    }

    fn setting(&mut self, line: &Line, key: &str, sign: &str, value: &str) {
        self.end_value();
        let text = strip(value);
        self.open = Some(text.is_empty());
        // No SDK reads the AWS CLI's own settings.
        self.empty = (text.is_empty() && !key.starts_with("cli_")).then(|| line.content_span());
        if line.indent > 0 && !std::mem::replace(&mut self.has_indented_key, true) {
            let message = "the SDKs for Rust and Java reject a file with indented keys";
            self.warn("indented-key", line.indent_span(), message, "remove the spaces before the keys");
        }
        if sign == ":" {
            let message = "only the AWS CLI, boto3 and the SDK for Go accept ':' between key and value";
            self.warn("colon-for-equals", line.span(sign), message, "write '=' instead");
        }
        if key.chars().any(char::is_uppercase) {
            let message = "the SDK for JavaScript finds only keys in lower case";
            self.info("key-case", line.span(key), message, "write the key in lower case");
        }
        if key.contains([' ', '\t']) {
            let message = "the SDK for Rust ignores a key with a space";
            self.info("key-with-space", line.span(key), message, "write the key without the space, or delete the line");
        }
        self.comment_in_value(line, value);
        let is_quoted =
            ['"', '\''].into_iter().any(|quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote));
        // A command line has quotes of its own.
        if is_quoted && key.eq_ignore_ascii_case("credential_process") {
            if text.chars().filter(|&character| text.starts_with(character)).count() > 2 {
                let message = "the SDK for Go removes the first and the last quote of this command";
                let fix = "begin or end the command with a word that needs no quotes";
                self.warn("quoted-value", line.span(text), message, fix);
            }
        } else if is_quoted {
            let message = "the AWS CLI reads the quotes as part of the value; the SDK for Go does not";
            self.warn("quoted-value", line.span(text), message, "remove the quotes");
        }
    }

    /// A comment in a value begins at the first `#` or `;` after a space.
    fn comment_in_value(&mut self, line: &Line, value: &str) {
        let space = value.as_bytes().windows(2).position(|pair| matches!(pair, [b' ' | b'\t', b'#' | b';']));
        if let Some(comment) = space.and_then(|space| value.get(space + 1..)) {
            let message = "the AWS CLI and boto3 read this comment as part of the value; other SDKs do not";
            self.warn("inline-comment", line.span(strip(comment)), message, "move the comment to its own line");
        }
    }

    fn header(&mut self, line: &Line, name: &str, rest: &str) {
        self.end_value();
        self.has_indented_key = false;
        if rest.starts_with(['#', ';']) {
            let message = "the SDK for JavaScript ignores this header: there is no space before the comment";
            self.warn("comment-touches-header", line.span(rest), message, "add a space before the comment");
        }
        if line.indent > 0 {
            let message = "the SDK for Rust does not read an indented header";
            self.warn("indented-header", line.indent_span(), message, "remove the spaces before '['");
        }
        if name == "DEFAULT" {
            let message = "the AWS CLI applies [DEFAULT] to every section; the SDKs ignore it";
            let fix = "if you mean the default profile, write [default]";
            self.warn("default-section", line.header_span(), message, fix);
        } else if self.file == FileKind::Config {
            self.config_header(line, name);
        } else if after_keyword(name).is_none() {
            self.name(line, name);
        }
    }

    fn config_header(&mut self, line: &Line, header: &str) {
        let Header::Named { keyword, written, name } = Header::parse(header) else {
            return;
        };
        let Some(after) = header.strip_prefix(keyword).filter(|_| written == keyword) else {
            return;
        };
        if after.contains('\\') && !name.contains('\\') {
            let message = format!("the AWS CLI drops the backslash and reads '{}'", shown(&name));
            let fix = "write the name in single quotes, or remove the backslash";
            self.warn("backslash-in-header", line.header_span(), message, fix);
        } else if name.is_empty() || !self.name(line, &name) {
            // The header rules report an empty name.
        } else if after.contains(['\'', '"']) {
            let message = format!("the SDKs for Rust and Java ignore '{}' because of its quotes", shown(&name));
            let fix = format!("write [{keyword} {}]", shown(&name));
            self.warn("quoted-name", line.header_span(), message, fix);
        } else if after.len() != name.len() + 1 {
            let message = "the SDK for JavaScript ignores this header because of its extra spaces";
            let fix = format!("write [{keyword} {}]", shown(&name));
            self.info("blanks-in-header", line.header_span(), message, fix);
        }
    }

    /// Whether the SDKs read a name; one that they do not is reported.
    fn name(&mut self, line: &Line, name: &str) -> bool {
        if name == "__proto__" {
            let message = "the SDK for JavaScript finds no profile in a file with this name";
            self.warn("name-not-for-sdks", line.header_span(), message, "use another name");
            return false;
        }
        if is_identifier(name) {
            return true;
        }
        let message = format!("the SDKs ignore '{}' because of the characters in its name", shown(name));
        let fix = "to use it outside the AWS CLI, use only letters, digits and _ - / . % @ : +";
        self.warn("name-not-for-sdks", line.header_span(), message, fix);
        false
    }
}

/// Whether every SDK reads a name without quotes.
fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-/.%@:+".contains(&byte))
}

#[cfg(test)]
#[path = "sdk_rules_tests.rs"]
mod tests;
