//! Finds every problem of the AWS files, the variables, the settings, the `.awsprofile` and the integration.

mod accounts;
mod aws_files;
mod excerpt;
pub mod header_rules;
mod integration;
mod known_settings;
mod profile_rules;
mod render;
pub mod sdk_rules;
pub mod setting_rules;
mod value_forms;
mod variables;

use std::env;
use std::path::{Path, PathBuf};

pub use render::{render, report};

use crate::aws::{FileKind, Profile};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::directory::{self, IgnoredFile};
use crate::paths;
use crate::protocol;
use integration::Integration;
use profile_rules::CredentialRules;

/// The problems that `doctor` found.
#[derive(Debug)]
pub struct Diagnosis {
    pub diagnostics: Vec<Diagnostic>,
    /// When a directory profile becomes active in this shell, in words.
    integration: String,
    /// The `.awsprofile` that applies, if it is ignored.
    ignored: Option<(PathBuf, Box<IgnoredFile>)>,
}

pub fn examine(context: &Context) -> Diagnosis {
    let rules = credential_rules(context);
    let mut of_profiles = rules.examine_all();
    of_profiles.extend(context.profiles().iter().flat_map(|profile| rules.misleading(profile)));
    let mut diagnostics = Vec::new();
    for file in FileKind::BOTH {
        let mut problems = in_file(context, file);
        problems.extend(of_profiles.iter().filter(|(of, _)| *of == file).map(|(_, problem)| problem.clone()));
        diagnostics.extend(problems.into_vec().into_iter().map(|problem| located(context, file, problem)));
    }
    diagnostics.extend(aws_files::missing(context));
    diagnostics.extend(variables::examine(context.variables(), context.profiles()));
    diagnostics.extend(context.settings().diagnostics.iter().cloned());
    diagnostics.extend(accounts::examine(context));
    let applies = paths::working_directory().and_then(|directory| directory::resolve(context, &directory));
    let ignored = match applies {
        Some((file, Ok(wanted))) if context.environment.profile.as_deref() != Some(wanted.profile.as_ref()) => {
            diagnostics.push(not_activated(&file));
            None
        }
        Some((file, Err(reason))) => {
            diagnostics.push(ignored(&file, &reason));
            Some((file, reason))
        }
        _ => None,
    };
    let integration = Integration::parse(context.variables().get(protocol::LOADED).map(String::as_str));
    let (on_path, own) = (paths::on_path("aws-switch"), env::current_exe().ok());
    diagnostics.extend(integration::examine(&integration, on_path.as_deref(), own.as_deref()));
    let integration = integration::describe(&integration, context.settings().shows_profile());
    Diagnosis { diagnostics, integration, ignored }
}

/// The problems of the AWS files' lines: first why a file was not read, then those of the config file, by line.
pub fn of_files(context: &Context) -> Vec<Diagnostic> {
    with_unread(context, FileKind::BOTH.map(|file| of_headers(context, file)))
}

/// The errors among them; the rules for headers report none.
pub fn errors_of_files(context: &Context) -> Vec<Diagnostic> {
    let mut problems = with_unread(context, FileKind::BOTH.map(|file| context.parse_problems(file)));
    problems.retain(Diagnostic::is_error);
    problems
}

/// The problems of one profile, and of its lines in both files.
pub fn examine_profile<'c>(context: &'c Context, profile: Profile<'c>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (file, section) in profile.sections() {
        let mut problems = in_file(context, file).into_vec();
        problems.retain(|problem| problem.line().is_some_and(|line| section.lines().contains(&line)));
        diagnostics.extend(problems.into_iter().map(|problem| located(context, file, problem)));
    }
    diagnostics.extend(of_credentials(context, profile));
    let misleading = credential_rules(context).misleading(profile);
    diagnostics.extend(misleading.map(|(file, problem)| located(context, file, problem)));
    diagnostics
}

/// The values of a profile's own settings that every AWS CLI rejects.
pub fn rejected_settings<'c>(context: &'c Context, profile: Profile<'c>) -> Vec<Diagnostic> {
    let of_section = |(file, section)| {
        let problems = setting_rules::of_section(context.profiles(), file, section).into_iter();
        problems.filter(Diagnostic::is_error).map(move |problem| located(context, file, problem))
    };
    profile.sections().flat_map(of_section).collect()
}

/// The problems because of which a profile has no credentials.
pub fn of_credentials<'c>(context: &'c Context, profile: Profile<'c>) -> Vec<Diagnostic> {
    let problems = credential_rules(context).examine(profile).into_iter();
    problems.map(|(file, problem)| located(context, file, problem)).collect()
}

fn credential_rules<'c>(context: &'c Context) -> CredentialRules<'c> {
    CredentialRules { store: context.profiles(), chains: context.chains() }
}

fn located(context: &Context, file: FileKind, problem: Diagnostic) -> Diagnostic {
    problem.in_file(context.aws_file(file).path.as_deref())
}

fn with_unread(context: &Context, of_lines: [Diagnostics; 2]) -> Vec<Diagnostic> {
    let unread = FileKind::BOTH.into_iter().filter_map(|file| context.unread(file));
    let of_lines = FileKind::BOTH.into_iter().zip(of_lines).flat_map(|(file, problems)| {
        problems.into_vec().into_iter().map(move |problem| located(context, file, problem))
    });
    unread.chain(of_lines).collect()
}

fn of_headers(context: &Context, file: FileKind) -> Diagnostics {
    let mut diagnostics = context.parse_problems(file);
    header_rules::examine(context.profiles(), file, &mut diagnostics);
    diagnostics
}

/// The problems of a file, except for those of its profiles.
fn in_file(context: &Context, file: FileKind) -> Diagnostics {
    let mut diagnostics = of_headers(context, file);
    setting_rules::examine(context.profiles(), file, &mut diagnostics);
    diagnostics.extend(context.unread(file));
    aws_files::examine(context, file, &mut diagnostics);
    diagnostics
}

/// The problem because of which a `.awsprofile` is ignored.
fn ignored(file: &Path, ignored: &IgnoredFile) -> Diagnostic {
    let message = format!("the directory profile is not active: {}", ignored.problem.message);
    Diagnostic { message, ..ignored.problem.clone() }.in_file(Some(file))
}

/// A file whose profile would be active if the integration had activated it.
fn not_activated(file: &Path) -> Diagnostic {
    let message = "the directory profile is trusted but not active";
    let fix = "load the shell integration, or run 'aws-switch auto'";
    Diagnostic::warning("folder-not-followed", message, fix).in_file(Some(file))
}
