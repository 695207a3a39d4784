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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is lost, but it is worth knowing.
    Info,
    /// Some program does not read something as its writer meant it.
    Warning,
    /// The AWS CLI refuses a file or a profile for it, or something cannot be read.
    Error,
}

impl Severity {
    /// The word for it in JSON and in reports.
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
    /// A whole line, counted from 1.
    pub const fn of_line(line: usize) -> Self {
        Self { line, columns: None }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad the problem is.
    pub severity: Severity,
    /// A name for programs, the same in every version.
    pub code: &'static str,
    /// What the problem is, in one line; never a value of an AWS file, which may be a secret.
    pub message: String,
    /// The file that the problem is in, if it is in one.
    pub file: Option<PathBuf>,
    /// Where in the file, if the problem is not the whole file.
    pub span: Option<Span>,
    /// What to do about it.
    pub fix: String,
}

impl Diagnostic {
    /// An [`Severity::Error`] of no file yet.
    pub fn error(
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        let (message, fix) = (message.into(), fix.into());
        Self { severity: Severity::Error, code, message, file: None, span: span.into(), fix }
    }

    /// A [`Severity::Warning`] of no file yet.
    pub fn warning(
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self::error(code, span, message, fix).with(Severity::Warning)
    }

    /// A [`Severity::Info`] of no file yet.
    pub fn info(
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self::error(code, span, message, fix).with(Severity::Info)
    }

    /// The same problem, with another severity.
    pub const fn with(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same problem in this file.
    pub fn in_file(mut self, file: Option<&Path>) -> Self {
        self.file = file.map(Path::to_path_buf);
        self
    }

    /// The line, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.span.as_ref().map(|span| span.line)
    }

    /// `file:line: message`, for the one line of a command whose answer is something else.
    pub fn without_fix(&self) -> String {
        let message = &self.message;
        match (self.file.as_deref().map(paths::shown), self.line()) {
            (Some(file), Some(line)) => format!("{file}:{line}: {message}"),
            (Some(file), None) => format!("{file}: {message}"),
            (None, _) => message.clone(),
        }
    }

    /// Whether it is a [`Severity::Error`].
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Diagnostic", 6)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("code", self.code)?;
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("file", &self.file.as_deref().map(paths::shown))?;
        fields.serialize_field("line", &self.line())?;
        fields.serialize_field("fix", &self.fix)?;
        fields.end()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.without_fix(), self.fix)
    }
}

/// The diagnostics of one file: at most [`MOST_PER_FILE`], errors before anything else, and a count of the rest.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    stored: Vec<Diagnostic>,
    /// How many of them are no errors.
    minor: usize,
    dropped: usize,
    worst_dropped: Option<Severity>,
}

impl Diagnostics {
    /// Stores a diagnostic, or counts it when there are too many. `diagnostic` is called only if it is stored.
    pub fn push(&mut self, severity: Severity, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.stored.len() < MOST_PER_FILE {
            self.minor += usize::from(severity != Severity::Error);
            self.stored.push(diagnostic().with(severity));
            return;
        }
        let replaceable = if severity == Severity::Error && self.minor > 0 {
            self.stored.iter_mut().rev().find(|stored| !stored.is_error())
        } else {
            None
        };
        let lost = match replaceable {
            Some(stored) => {
                self.minor -= 1;
                std::mem::replace(stored, diagnostic()).severity
            }
            None => severity,
        };
        self.dropped += 1;
        self.worst_dropped = self.worst_dropped.max(Some(lost));
    }

    /// Stores or counts an error.
    pub fn error(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        self.push(Severity::Error, diagnostic);
    }

    /// Stores or counts a warning.
    pub fn warn(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        self.push(Severity::Warning, diagnostic);
    }

    /// The diagnostics by line, and `too-many-problems` last if some were only counted.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        let mut all = self.stored;
        all.sort_by_key(Diagnostic::line);
        if let Some(severity) = self.worst_dropped {
            let message = format!("{} more problems in this file", self.dropped);
            let fix = "mend those told so far and look again";
            all.push(Diagnostic::error("too-many-problems", None, message, fix).with(severity));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(line: usize) -> Diagnostic {
        Diagnostic::error("test", Span::of_line(line), "message", "fix")
    }

    #[test]
    fn a_hundred_are_stored_and_the_rest_counted() {
        let mut diagnostics = Diagnostics::default();
        for line in 1..=150 {
            diagnostics.error(|| numbered(line));
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
            diagnostics.warn(|| numbered(line));
        }
        diagnostics.error(|| numbered(500));
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
            diagnostics.warn(|| numbered(line));
        }
        assert_eq!(diagnostics.into_vec().len(), 100);
    }
}
