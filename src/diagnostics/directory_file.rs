//! The `.awsprofile` that governs the working folder, where it is not in force.

use super::excerpt;

use crate::context::{Context, Refusal};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::directory::resolution::{Resolution, Status};
use crate::paths;

/// Why the folder's profile is not in force; nothing if it is, or there is none.
pub fn examine(context: &Context) -> Option<Diagnostic> {
    let resolution = Resolution::of(context, &paths::working_directory()?);
    let file = resolution.file.as_deref()?;
    let problem = problem(&resolution, || {
        let wanted = resolution.layer.as_ref().map(|layer| layer.profile.as_str());
        context.environment.profile.as_deref() == wanted.map(AsRef::as_ref)
    })?;
    let shown = resolution.line.as_ref().map(|line| match resolution.status {
        // The message names the profile anyway.
        Status::UnknownProfile => line.text.clone(),
        _ => excerpt::without_secrets(&line.text),
    });
    Some(Diagnostic { excerpt: shown, ..problem.in_file(Some(file)) })
}

/// `is_so` says whether the variables hold what the file wants.
fn problem(resolution: &Resolution, is_so: impl FnOnce() -> bool) -> Option<Diagnostic> {
    let (severity, code) = match resolution.status {
        Status::None => return None,
        Status::Active if is_so() => return None,
        Status::Active => {
            let message = "this folder's profile may be followed, but is not in force";
            let fix = "load the integration, or run 'aws-switch auto'";
            return Some(Diagnostic::error("folder-not-followed", None, message, fix).with(Severity::Warning));
        }
        Status::Overridden => (Severity::Info, "folder-overridden"),
        Status::Off => (Severity::Info, "folder-off"),
        Status::Untrusted => (Severity::Warning, "folder-untrusted"),
        Status::UnknownProfile => (Severity::Error, "folder-unknown-profile"),
        Status::Invalid => (Severity::Error, "folder-invalid"),
        Status::Unreadable => (Severity::Error, "folder-unreadable"),
    };
    let Refusal { why, fix } = resolution.reason.as_ref()?;
    let fix = if fix.is_empty() { "see who owns the file and what it is" } else { fix };
    let line = resolution.line.as_ref().map(|line| line.number);
    Some(
        Diagnostic::error(code, line.map(Span::of_line), format!("this folder's profile is not in force: {why}"), fix)
            .with(severity),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_not_to_be_in_force_has_its_code() {
        for (status, fix, told) in [
            (Status::None, "", None),
            (Status::Off, "do this", Some(("folder-off", "info", "do this"))),
            (Status::Overridden, "do this", Some(("folder-overridden", "info", "do this"))),
            (Status::Untrusted, "it wants a: b", Some(("folder-untrusted", "warning", "it wants a: b"))),
            (Status::UnknownProfile, "mend", Some(("folder-unknown-profile", "error", "mend"))),
            (Status::Invalid, "mend", Some(("folder-invalid", "error", "mend"))),
            (Status::Unreadable, "", Some(("folder-unreadable", "error", "see who owns the file and what it is"))),
        ] {
            let reason = Some(Refusal::new("why: so", fix));
            let resolution = Resolution { file: None, layer: None, line: None, status, reason };
            let problem = problem(&resolution, || true);
            assert_eq!(problem.as_ref().map(|p| (p.code, p.severity.name(), p.fix.as_str())), told);
        }
        let active = Resolution { file: None, layer: None, line: None, status: Status::Active, reason: None };
        assert_eq!(problem(&active, || true), None);
        assert_eq!(problem(&active, || false).map(|problem| problem.code), Some("folder-not-followed"));
    }
}
