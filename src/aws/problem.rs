//! What is wrong with a file, and where.

use std::borrow::Cow;

use super::secret::masked_below;

/// How many problems of one file are kept; the rest are only counted.
const KEPT: usize = 100;

/// How many characters of a name stand in a message.
const SHOWN: usize = 60;

/// How bad a problem is; ordered, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, but it is worth knowing.
    Info,
    /// Something is not read as its writer meant it.
    Warning,
    /// The AWS CLI refuses a file or a profile for it, or something cannot be read.
    Error,
}

impl Severity {
    /// The word that stands for it in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A name for programs, which stays the same over versions.
    pub code: &'static str,
    /// What is wrong, in one line; never holds a value of the file, which may be a secret.
    pub message: String,
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What to do about it.
    pub fix: String,
}

impl Problem {
    /// An [`Severity::Error`].
    pub fn error(
        code: &'static str,
        line: impl Into<Option<usize>>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), line: line.into(), fix: fix.into() }
    }

    /// The same problem, taken as seriously as `severity` says.
    #[must_use]
    pub const fn with(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// The problems of one file: the first 100, errors before anything else, and a count of the rest.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    /// How many of those kept are no errors.
    mild: usize,
    dropped: usize,
    worst_dropped: Option<Severity>,
}

impl Problems {
    /// Keeps a problem, or counts it when there are too many. `problem` is called only if it is kept.
    pub fn push(&mut self, severity: Severity, problem: impl FnOnce() -> Problem) {
        if self.kept.len() < KEPT {
            self.mild += usize::from(severity != Severity::Error);
            self.kept.push(problem().with(severity));
            return;
        }
        let place = if severity == Severity::Error && self.mild > 0 {
            self.kept.iter_mut().rev().find(|kept| kept.severity != Severity::Error)
        } else {
            None
        };
        let lost = match place {
            Some(kept) => {
                self.mild -= 1;
                std::mem::replace(kept, problem()).severity
            }
            None => severity,
        };
        self.dropped += 1;
        self.worst_dropped = self.worst_dropped.max(Some(lost));
    }

    /// Keeps an error, or counts it.
    pub fn error(&mut self, problem: impl FnOnce() -> Problem) {
        self.push(Severity::Error, problem);
    }

    /// Keeps a warning, or counts it.
    pub fn warn(&mut self, problem: impl FnOnce() -> Problem) {
        self.push(Severity::Warning, problem);
    }

    /// The problems by line, and `too-many-problems` last if some were only counted.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        let mut all = self.kept;
        all.sort_by_key(|problem| problem.line);
        if let Some(severity) = self.worst_dropped {
            let message = format!("{} more problems in this file", self.dropped);
            let fix = "mend those told so far and look again";
            all.push(Problem::error("too-many-problems", None, message, fix).with(severity));
        }
        all
    }
}

/// A name as it stands in a message: a long one is cut, and no secret is part of it.
#[must_use]
pub fn shown(name: &str) -> Cow<'_, str> {
    let name = masked_below(name);
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", name.get(..end).unwrap_or_default())),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(line: usize) -> Problem {
        Problem::error("test", line, "message", "fix")
    }

    #[test]
    fn keeps_a_hundred_and_counts_the_rest() {
        let mut problems = Problems::default();
        for line in 1..=150 {
            problems.error(|| numbered(line));
        }
        let all = problems.into_vec();
        assert_eq!(all.len(), 101);
        let last = all.last().unwrap();
        assert_eq!((last.code, last.severity), ("too-many-problems", Severity::Error));
        assert!(last.message.starts_with("50 "));
    }

    #[test]
    fn an_error_takes_the_place_of_a_warning() {
        let mut problems = Problems::default();
        for line in 1..=120 {
            problems.warn(|| numbered(line));
        }
        problems.error(|| numbered(500));
        let all = problems.into_vec();
        assert_eq!(all.len(), 101);
        assert_eq!(all[99].line, Some(500));
        assert_eq!(all[100].severity, Severity::Warning);
        assert!(all[100].message.starts_with("21 "));
    }

    #[test]
    fn a_hundred_need_no_count() {
        let mut problems = Problems::default();
        for line in 1..=100 {
            problems.warn(|| numbered(line));
        }
        assert_eq!(problems.into_vec().len(), 100);
    }

    #[test]
    fn long_names_are_cut_at_a_character() {
        assert_eq!(shown("short"), "short");
        assert_eq!(shown(&"é".repeat(100)), format!("{}…", "é".repeat(60)));
    }
}
