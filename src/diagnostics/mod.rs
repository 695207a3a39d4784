//! Finds every problem of the AWS files, the variables, the settings, the `.awsprofile` and the integration.
//!
//! Each module has the rules of one subject; [`render`] shows people what they found. Only what is called here reads
//! anything.

mod aws_files;
mod configure_rules;
mod credential_rules;
mod directory_file;
mod excerpt;
pub mod header_rules;
mod integration;
mod profile_rules;
mod render;
pub mod sdk_rules;
mod variables;

use std::env;
use std::path::PathBuf;

pub use configure_rules::{miswritten, unfindable};
pub use render::{render, report};

use crate::aws::{FileKind, Profile};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::directory::{self, Ignored};
use crate::paths;
use credential_rules::CredentialRules;
use integration::{Helper, Integration};

/// What `doctor` found.
#[derive(Debug)]
pub struct Diagnosis {
    /// The problems, in the order of their subjects.
    pub diagnostics: Vec<Diagnostic>,
    /// When a directory profile becomes active in the shell that asks, in words.
    integration: String,
    /// The `.awsprofile` that applies, if it is ignored.
    ignored: Option<(PathBuf, Box<Ignored>)>,
}

/// Applies every rule.
pub fn examine(context: &Context) -> Diagnosis {
    let mut of_profiles = CredentialRules::new(context.profiles(), context.chains()).examine_all();
    of_profiles.extend(context.profiles().iter().flat_map(profile_rules::examine));
    let mut diagnostics = Vec::new();
    for file in FileKind::BOTH {
        let mut in_file = in_file(context, file);
        for (_, diagnostic) in of_profiles.iter().filter(|(of, _)| *of == file) {
            in_file.push(diagnostic.severity, || diagnostic.clone());
        }
        diagnostics.extend(with_path(context, file, in_file));
    }
    diagnostics.extend(aws_files::missing(context));
    diagnostics.extend(variables::examine(|name| env::var_os(name), context.profiles()));
    diagnostics.extend(context.settings().diagnostics());
    let mut ignored = None;
    match paths::working_directory().and_then(|directory| directory::resolve(context, &directory)) {
        Some((file, Ok(wanted))) if context.environment.profile.as_deref() != Some(wanted.profile.as_ref()) => {
            diagnostics.push(directory_file::not_activated(&file));
        }
        Some((file, Err(reason))) => {
            diagnostics.push(directory_file::ignored(&file, &reason));
            ignored = Some((file, reason));
        }
        _ => {}
    }
    let integration = Integration::read(|name| env::var_os(name));
    let helper = Helper { on_path: paths::on_path("aws-switch"), own: env::current_exe().ok() };
    diagnostics.extend(integration::examine(&integration, &helper));
    Diagnosis { diagnostics, integration: integration.activation(), ignored }
}

/// The problems of the AWS files' lines: first why a file was not read, then those of the config file, by line.
pub fn of_files(context: &Context) -> Vec<Diagnostic> {
    collect(context, of_headers)
}

/// Those of them that are errors.
pub fn errors_of_files(context: &Context) -> Vec<Diagnostic> {
    let mut problems = collect(context, |context, file| context.parse_problems(file));
    problems.retain(Diagnostic::is_error);
    problems
}

fn collect(context: &Context, of_file: impl Fn(&Context, FileKind) -> Diagnostics) -> Vec<Diagnostic> {
    let unread = FileKind::BOTH.into_iter().filter_map(|file| context.unread(file));
    let of_lines = FileKind::BOTH.into_iter().flat_map(|file| with_path(context, file, of_file(context, file)));
    unread.chain(of_lines).collect()
}

fn with_path(context: &Context, file: FileKind, diagnostics: Diagnostics) -> impl Iterator<Item = Diagnostic> {
    let path = context.aws_file(file).path.as_deref();
    diagnostics.into_vec().into_iter().map(move |diagnostic| diagnostic.in_file(path))
}

fn of_headers(context: &Context, file: FileKind) -> Diagnostics {
    let mut diagnostics = context.parse_problems(file);
    header_rules::examine(context.profiles(), file, &mut diagnostics);
    diagnostics
}

/// The problems of a file, except for those of its profiles.
fn in_file(context: &Context, file: FileKind) -> Diagnostics {
    let mut diagnostics = of_headers(context, file);
    if let Some(unread) = context.unread(file) {
        diagnostics.push(unread.severity, || unread);
    }
    aws_files::examine(context, file, &mut diagnostics);
    diagnostics
}

/// Applies the rules for one profile, and for its lines in both files.
pub fn examine_profile<'c>(context: &'c Context, profile: Profile<'c>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (file, section) in profile.sections() {
        let in_file = with_path(context, file, in_file(context, file));
        diagnostics.extend(in_file.filter(|found| found.line().is_some_and(|line| section.lines.contains(&line))));
    }
    diagnostics.extend(of_credentials(context, profile));
    let of_profile = profile_rules::examine(profile).into_iter();
    diagnostics.extend(of_profile.map(|(file, found)| found.in_file(context.aws_file(file).path.as_deref())));
    diagnostics
}

/// What keeps a profile from giving credentials.
pub fn of_credentials<'c>(context: &'c Context, profile: Profile<'c>) -> Vec<Diagnostic> {
    let found = CredentialRules::new(context.profiles(), context.chains()).examine(profile).into_iter();
    found.map(|(file, found)| found.in_file(context.aws_file(file).path.as_deref())).collect()
}
