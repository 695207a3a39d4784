//! What is odd about a profile without keeping it from giving credentials. Pure.

use crate::aws::{self, FileKind, Found, Profile, ProfileStore};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::shell;

/// What is worth telling of each profile, and the file that it concerns.
pub fn examine(profiles: &ProfileStore, is_command: fn(&str) -> bool) -> Vec<(FileKind, Diagnostic)> {
    profiles.iter().flat_map(|profile| of(profile, is_command)).collect()
}

/// What is worth telling of one profile, and the file that it concerns.
pub fn of(profile: Profile, is_command: fn(&str) -> bool) -> Vec<(FileKind, Diagnostic)> {
    let name = profile.name();
    let shown = aws::shown(name);
    let mut problems = Vec::new();
    let header = || profile.sections().next().map(|(file, section)| (file, section.header_span()));
    let mut tell = |at: Option<(FileKind, Span)>, severity, code, message: String, fix: String| {
        if let Some((file, span)) = at.or_else(header) {
            problems.push((file, Diagnostic::error(code, span, message, fix).with(severity)));
        }
    };
    let at = |found: &Found| Some((found.source.file, Span::of_line(found.source.line)));
    if is_command(name) || name.starts_with('-') {
        let what = if name.starts_with('-') { "an option" } else { "a command" };
        let message = format!("'aws-switch {shown}' is {what}, not a switch to the profile '{shown}'");
        tell(
            None,
            Severity::Info,
            "named-like-command",
            message,
            format!("reach it by {}", shell::to_type("use", name)),
        );
    }
    if let (Some(secret), None) = (profile.find("aws_secret_access_key"), profile.find("aws_access_key_id")) {
        let message = format!("profile '{shown}' has a secret access key without its id: it counts for nothing");
        let fix = "add aws_access_key_id, or take the secret out".to_owned();
        tell(at(&secret), Severity::Warning, "secret-without-id", message, fix);
    }
    let is_sso = ["sso_role_name", "sso_account_id"].iter().any(|key| profile.has(key));
    let started = profile.find("sso_session").or_else(|| profile.find("sso_start_url"));
    if let Some(context) = started.filter(|_| !is_sso) {
        let message = format!("profile '{shown}' signs in, but to no account: commands under it have no credentials");
        let fix = "add sso_account_id and sso_role_name, or run 'aws configure sso'".to_owned();
        tell(at(&context), Severity::Warning, "sso-without-role", message, fix);
    }
    let keys = profile.find_in(FileKind::Credentials, "aws_access_key_id");
    if let (Some(process), Some(_)) = (profile.find("credential_process"), keys) {
        let message = format!(
            "profile '{shown}' has keys, which the AWS CLI takes, and a credential_process, which the SDK for Rust takes"
        );
        tell(at(&process), Severity::Warning, "keys-and-process", message, "take one of them out".to_owned());
    }
    problems
}
