//! Defines what every rule reports and the one renderer shows: a problem of a file, a variable or the integration.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::paths;

/// How many diagnostics of one file are stored; the rest are only counted.
const MOST_PER_FILE: usize = 100;

/// How bad a problem is; the worst is last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, but it is worth knowing.
    Info,
    /// Some program reads it differently than its writer meant.
    Warning,
    /// The AWS CLI rejects a file or a profile for it, or something cannot be read.
    Error,
}

impl Severity {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A part of one line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Counted from 1.
    pub line: usize,
    /// Bytes from the start of the line; `None` for the whole line.
    pub columns: Option<Range<usize>>,
}

impl Span {
    pub const fn of_line(line: usize) -> Self {
        Self { line, columns: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A name for programs, the same in every version.
    pub code: &'static str,
    /// One line; never a value of an AWS file, which may be a secret.
    pub message: String,
    pub file: Option<PathBuf>,
    /// `None` where the problem is the whole file, or no file's.
    pub span: Option<Span>,
    pub fix: String,
}

impl Diagnostic {
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), file: None, span: None, fix: fix.into() }
    }

    pub fn error(code: &'static str, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message, fix)
    }

    pub fn warning(code: &'static str, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message, fix)
    }

    pub fn info(code: &'static str, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, message, fix)
    }

    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    pub fn in_file(mut self, file: Option<&Path>) -> Self {
        self.file = file.map(Path::to_path_buf);
        self
    }

    pub fn line(&self) -> Option<usize> {
        self.span.as_ref().map(|span| span.line)
    }

    /// `file:line: message`, for the one line of a command whose answer is something else.
    pub fn without_fix(&self) -> String {
        let message = &self.message;
        match (self.file.as_deref().map(paths::shorten), self.line()) {
            (Some(file), Some(line)) => format!("{file}:{line}: {message}"),
            (Some(file), None) => format!("{file}: {message}"),
            (None, _) => message.clone(),
        }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Diagnostic", 6)?;
        fields.serialize_field("severity", self.severity.name())?;
        fields.serialize_field("code", self.code)?;
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("file", &self.file.as_deref().map(Path::to_string_lossy))?;
        fields.serialize_field("line", &self.line())?;
        fields.serialize_field("fix", &self.fix)?;
        fields.end()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.without_fix(), self.fix)
    }
}

/// The diagnostics of one file: at most [`MOST_PER_FILE`], errors before anything else, and a count of the rest.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    stored: Vec<Diagnostic>,
    dropped: usize,
    worst_dropped: Option<Severity>,
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.push_with(diagnostic.severity, || diagnostic);
    }

    /// Makes the diagnostic only if it is stored: each line of a large file may have one.
    pub fn push_with(&mut self, severity: Severity, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.stored.len() < MOST_PER_FILE {
            self.stored.push(diagnostic());
            return;
        }
        let mut lost = severity;
        if severity == Severity::Error
            && let Some(stored) = self.stored.iter_mut().rev().find(|stored| !stored.is_error())
        {
            lost = std::mem::replace(stored, diagnostic()).severity;
        }
        self.dropped += 1;
        self.worst_dropped = self.worst_dropped.max(Some(lost));
    }

    pub fn error(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        self.push_with(Severity::Error, diagnostic);
    }

    /// By line, and `too-many-problems` last if some were only counted.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        let mut all = self.stored;
        all.sort_by_key(Diagnostic::line);
        if let Some(severity) = self.worst_dropped {
            let message = format!("{} more problems in this file", self.dropped);
            let fix = "correct the problems above, then run 'aws-switch doctor' again";
            all.push(Diagnostic::new(severity, "too-many-problems", message, fix));
        }
        all
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(severity: Severity, line: usize) -> Diagnostic {
        Diagnostic::new(severity, "test", "message", "fix").at(Span::of_line(line))
    }

    #[test]
    fn a_hundred_are_stored_and_the_rest_counted() {
        let mut diagnostics = Diagnostics::default();
        for line in 1..=150 {
            diagnostics.push(numbered(Severity::Error, line));
        }
        let all = diagnostics.into_vec();
        assert_eq!(all.len(), 101);
        let last = all.last().unwrap();
        assert_eq!((last.code, last.severity), ("too-many-problems", Severity::Error));
        assert!(last.message.starts_with("50 "));
    }

    #[test]
    fn an_error_replaces_a_warning() {
        let mut diagnostics = Diagnostics::default();
        for line in 1..=120 {
            diagnostics.push(numbered(Severity::Warning, line));
        }
        diagnostics.push(numbered(Severity::Error, 500));
        let all = diagnostics.into_vec();
        assert_eq!(all.len(), 101);
        assert_eq!(all[99].line(), Some(500));
        assert_eq!(all[100].severity, Severity::Warning);
        assert!(all[100].message.starts_with("21 "));
    }

    #[test]
    fn a_hundred_need_no_count() {
        let mut diagnostics = Diagnostics::default();
        for line in 1..=100 {
            diagnostics.push(numbered(Severity::Warning, line));
        }
        assert_eq!(diagnostics.into_vec().len(), 100);
    }
}
