//! The AWS files and the settings file, beyond what the AWS CLI itself makes of them.

use std::env;
use std::fs;
use std::path::Path;

use super::sdk_rules;
use crate::aws::{FileKind, SECRET_KEY};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::paths;
use crate::settings::Fault;
use crate::shell::word;

/// Adds what other readers make of a file, and whether other users may read its secrets.
pub fn examine(context: &Context, file: FileKind, problems: &mut Diagnostics) {
    let read = context.aws_file(file);
    let Some(text) = &read.text else {
        return;
    };
    sdk_rules::examine(text, file, problems);
    if (file == FileKind::Credentials || has_secrets(context))
        && let Some(path) = &read.path
        && let Some(mode) = readable_by_others(path)
    {
        problems.warn(|| {
            let message = format!("other users may read the secrets in this file (its mode is {mode:04o})");
            Diagnostic::error("readable-by-others", None, message, format!("chmod 600 {}", word(&paths::shown(path))))
        });
    }
}

fn has_secrets(context: &Context) -> bool {
    context.profiles().iter().any(|profile| profile.find_in(FileKind::Config, SECRET_KEY).is_some())
}

/// A file's mode, if it lets others than its owner read it.
#[cfg(unix)]
fn readable_by_others(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o7777;
    (mode & 0o044 != 0).then_some(mode)
}

/// Elsewhere that is for access control lists to say, which are not read here.
#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> Option<u32> {
    None
}

/// What there is to say of files that are not there.
pub fn missing(context: &Context) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (file, variable) in
        [(FileKind::Config, "AWS_CONFIG_FILE"), (FileKind::Credentials, "AWS_SHARED_CREDENTIALS_FILE")]
    {
        let Some(path) = &context.aws_file(file).path else {
            continue;
        };
        let is_named = env::var_os(variable).is_some();
        if is_named && fs::symlink_metadata(path).is_err() {
            let message = format!("{variable} names a file that does not exist");
            let problem =
                Diagnostic::error("file-missing", None, message, format!("unset {variable}, or mend its path"));
            findings.push(problem.with(Severity::Warning).in_file(Some(path)));
        }
    }
    if context.profiles().is_empty() && context.first_unread().is_none() {
        let problem = Diagnostic::error(
            "no-profiles",
            None,
            "there is no profile in either file",
            "make one with 'aws-switch configure NAME' or 'aws configure sso'",
        );
        findings.push(problem.with(Severity::Info));
    }
    findings
}

/// A fault of the settings, which costs no more than the one setting.
pub fn setting(fault: &Fault) -> Diagnostic {
    let message = fault.what.clone();
    let (code, message, fix) = match fault.variable {
        Some(variable) => ("settings-variable", format!("{variable}: {message}"), "unset it, or mend its value"),
        None if fault.line.is_none() => ("settings-unreadable", message, "see who owns the file and who may read it"),
        None => ("settings-line", message, "mend the line, or take it out"),
    };
    let span = fault.line.map(Span::of_line);
    Diagnostic::error(code, span, message, fix).with(Severity::Warning).in_file(fault.file.as_deref())
}
