//! The `.awsprofile` that applies to the working directory, where its profile is not active.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::directory::{Ignored, Status};

/// Why a file is ignored.
pub fn ignored(file: &Path, ignored: &Ignored) -> Diagnostic {
    let (severity, code) = match ignored.status {
        Status::Overridden => (Severity::Info, "folder-overridden"),
        Status::Off => (Severity::Info, "folder-off"),
        Status::Untrusted => (Severity::Warning, "folder-untrusted"),
        Status::UnknownProfile => (Severity::Error, "folder-unknown-profile"),
        Status::Invalid => (Severity::Error, "folder-invalid"),
        Status::Unreadable => (Severity::Error, "folder-unreadable"),
    };
    let message = format!("this folder's profile is not in force: {}", ignored.why);
    let fix = if ignored.fix.is_empty() { "see who owns the file and what it is" } else { &ignored.fix };
    Diagnostic::error(code, ignored.span.clone(), message, fix).with(severity).in_file(Some(file))
}

/// A file whose profile would be active if the integration had activated it.
pub fn not_activated(file: &Path) -> Diagnostic {
    let message = "this folder's profile may be followed, but is not in force";
    let fix = "load the integration, or run 'aws-switch auto'";
    Diagnostic::warning("folder-not-followed", None, message, fix).in_file(Some(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_to_ignore_a_file_has_its_code() {
        for (status, fix, expected) in [
            (Status::Off, "do this", ("folder-off", "info", "do this")),
            (Status::Overridden, "do this", ("folder-overridden", "info", "do this")),
            (Status::Untrusted, "it wants a: b", ("folder-untrusted", "warning", "it wants a: b")),
            (Status::UnknownProfile, "mend", ("folder-unknown-profile", "error", "mend")),
            (Status::Invalid, "mend", ("folder-invalid", "error", "mend")),
            (Status::Unreadable, "", ("folder-unreadable", "error", "see who owns the file and what it is")),
        ] {
            let found = ignored(Path::new(".awsprofile"), &Ignored::new(status, "why: so", fix));
            assert_eq!((found.code, found.severity.name(), found.fix.as_str()), expected);
            assert_eq!(found.message, "this folder's profile is not in force: why: so");
        }
        assert_eq!(not_activated(Path::new(".awsprofile")).code, "folder-not-followed");
    }
}
