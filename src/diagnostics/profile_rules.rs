//! Rules for a profile that can give credentials, but perhaps not those that its writer meant. Pure.

use crate::aws::{self, ACCESS_KEY, FileKind, Found, Profile, SECRET_KEY};
use crate::cli::is_command;
use crate::diagnostic::{Diagnostic, Span};
use crate::shell;

/// A diagnostic, and the file that it is in.
type InFile = (FileKind, Diagnostic);

/// The rules, in the order of their diagnostics.
const RULES: [fn(Profile) -> Option<InFile>; 4] =
    [named_like_command, secret_without_id, sso_without_role, keys_and_process];

/// Applies every rule.
pub fn examine(profile: Profile) -> Vec<InFile> {
    RULES.iter().filter_map(|rule| rule(profile)).collect()
}

fn named_like_command(profile: Profile) -> Option<InFile> {
    let name = profile.name();
    let is_option = name.starts_with('-');
    if !is_option && !is_command(name) {
        return None;
    }
    let (file, section) = profile.sections().next()?;
    let what = if is_option { "an option" } else { "a command" };
    let shown = aws::shown(name);
    let message = format!("'aws-switch {shown}' is {what}, not a switch to the profile '{shown}'");
    let fix = format!("reach it by {}", shell::to_type("use", name));
    Some((file, Diagnostic::info("named-like-command", section.header_span(), message, fix)))
}

fn secret_without_id(profile: Profile) -> Option<InFile> {
    let secret = profile.find(SECRET_KEY)?;
    if profile.has(ACCESS_KEY) {
        return None;
    }
    let shown = aws::shown(profile.name());
    let message = format!("profile '{shown}' has a secret access key without its id: it counts for nothing");
    Some(warning("secret-without-id", &secret, message, "add aws_access_key_id, or take the secret out"))
}

fn sso_without_role(profile: Profile) -> Option<InFile> {
    let setting = profile.find("sso_session").or_else(|| profile.find("sso_start_url"))?;
    if ["sso_role_name", "sso_account_id"].iter().any(|key| profile.has(key)) {
        return None;
    }
    let shown = aws::shown(profile.name());
    let message = format!("profile '{shown}' signs in, but to no account: commands under it have no credentials");
    let fix = "add sso_account_id and sso_role_name, or run 'aws configure sso'";
    Some(warning("sso-without-role", &setting, message, fix))
}

fn keys_and_process(profile: Profile) -> Option<InFile> {
    let process = profile.find("credential_process")?;
    profile.find_in(FileKind::Credentials, ACCESS_KEY)?;
    let shown = aws::shown(profile.name());
    let message = format!(
        "profile '{shown}' has keys, which the AWS CLI takes, and a credential_process, which the SDK for Rust takes"
    );
    Some(warning("keys-and-process", &process, message, "take one of them out"))
}

fn warning(code: &'static str, found: &Found, message: String, fix: &str) -> InFile {
    (found.source.file, Diagnostic::warning(code, Span::of_line(found.source.line), message, fix))
}
