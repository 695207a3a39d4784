//! Rules for the AWS files as a whole: who can read them, and whether they exist.

use std::fs;
use std::path::Path;

use super::sdk_rules;
use crate::aws::{FileKind, SECRET_KEY, correct_variable};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::shell::word;
#[cfg(unix)]
use crate::users;

/// Adds how other programs read a file, and whether other users can read its secrets.
pub fn examine(context: &Context, kind: FileKind, problems: &mut Diagnostics) {
    let file = context.aws_file(kind);
    let Some((text, path)) = file.text.as_ref().zip(file.path.as_deref()) else {
        return;
    };
    sdk_rules::examine(text, kind, problems);
    let has_secret = || context.profiles().iter().any(|profile| profile.find_in(kind, SECRET_KEY).is_some());
    if (kind == FileKind::Credentials || has_secret())
        && let Some(mode) = mode_for_others(path)
    {
        let message = format!("other users can read the secrets in this file (mode {mode:04o})");
        let fix = format!("chmod 600 {}", word(&path.to_string_lossy()));
        problems.push(Diagnostic::warning("readable-by-others", message, fix));
    }
}

/// A file's mode, if others than its owner can read it.
#[cfg(unix)]
fn mode_for_others(path: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).ok()?;
    let mode = metadata.mode() & 0o7777;
    let is_group_shared = || users::shared_group(metadata.gid(), metadata.uid()).is_some();
    (mode & 0o004 != 0 || mode & 0o040 != 0 && is_group_shared()).then_some(mode)
}

/// Windows has access control lists instead, which are not read.
#[cfg(not(unix))]
fn mode_for_others(_: &Path) -> Option<u32> {
    None
}

/// A variable that names a missing file, and files without a profile.
pub fn missing(context: &Context) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for file in FileKind::BOTH {
        let variable = file.variable();
        let path = context.aws_file(file).path.as_deref();
        if context.variables().contains_key(variable) && path.is_some_and(|path| fs::symlink_metadata(path).is_err()) {
            let message = format!("{variable} points to a file that does not exist");
            diagnostics.push(Diagnostic::warning("file-missing", message, correct_variable(variable)).in_file(path));
        }
    }
    if context.profiles().is_empty() && context.first_unread().is_none() {
        let message = "no profiles found in the config or credentials file";
        let fix = "create one with 'aws-switch configure NAME' or 'aws configure sso'";
        diagnostics.push(Diagnostic::info("no-profiles", message, fix));
    }
    diagnostics
}
