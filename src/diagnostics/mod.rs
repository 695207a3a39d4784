//! Everything that may be wrong with the files, the variables, the directory and the integration.
//!
//! [`header_rules`], [`sdk_rules`], [`credential_rules`] and [`profile_rules`] look at the AWS files, beside what
//! their grammar reports; [`configure_rules`] at what `aws configure` would make of a profile, [`variables`] at the
//! variables, [`directory_file`] at the `.awsprofile` that applies, [`integration`] at the integration; [`excerpt`]
//! and [`report`] show people what was found. Only what is called here reads anything.

mod aws_files;
mod configure_rules;
mod credential_rules;
mod directory_file;
mod excerpt;
pub mod header_rules;
mod integration;
mod profile_rules;
mod report;
pub mod sdk_rules;
mod variables;

use std::env;

pub use configure_rules::{miswritten, unfindable};
pub use report::{findings, report};

use crate::aws::{FileKind, Profile};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::paths;
use credential_rules::CredentialRules;
use integration::{Helper, Integration};

/// What was found.
#[derive(Debug)]
pub struct Diagnosis {
    /// The faults, in the order of what they concern.
    pub findings: Vec<Diagnostic>,
    /// When a folder's profile takes effect in the shell that asks, in words.
    pub following: String,
}

/// Looks at everything. `is_command` says of a name that it wins over a profile.
pub fn examine(context: &Context, is_command: fn(&str) -> bool) -> Diagnosis {
    let mut findings = Vec::new();
    let mut by_profile = CredentialRules::new(context.profiles(), context.chains()).examine_all();
    by_profile.extend(profile_rules::examine(context.profiles(), is_command));
    for file in FileKind::BOTH {
        let path = context.aws_file(file).path.as_deref();
        let mut problems = in_file(context, file);
        for (_, problem) in by_profile.iter().filter(|(of, _)| *of == file) {
            problems.push(problem.severity, || problem.clone());
        }
        findings.extend(problems.into_vec().into_iter().map(|problem| problem.in_file(path)));
    }
    findings.extend(aws_files::missing(context));
    let variables = variables::examine(|name| env::var_os(name), context.profiles());
    findings.extend(variables);
    findings.extend(context.settings().faults().iter().map(aws_files::setting));
    findings.extend(directory_file::examine(context));
    let integration = Integration::read(|name| env::var_os(name));
    let helper = Helper { on_path: paths::on_path("aws-switch"), own: env::current_exe().ok() };
    let shell = integration::examine(&integration, &helper);
    findings.extend(shell);
    Diagnosis { findings, following: integration.following() }
}

/// The problems of the AWS files' lines: first why a file was not read, then those of the config file, by line.
pub fn of_files(context: &Context) -> Vec<Diagnostic> {
    collect(context, |file| of_headers(context, file))
}

/// Those of them that are errors.
pub fn errors_of_files(context: &Context) -> Vec<Diagnostic> {
    let mut problems = collect(context, |file| context.parse_problems(file));
    problems.retain(Diagnostic::is_error);
    problems
}

fn collect(context: &Context, of_file: impl Fn(FileKind) -> Diagnostics) -> Vec<Diagnostic> {
    let unread = FileKind::BOTH.into_iter().filter_map(|file| context.unread(file));
    let of_lines = FileKind::BOTH.into_iter().flat_map(|file| {
        let path = context.aws_file(file).path.as_deref();
        of_file(file).into_vec().into_iter().map(move |problem| problem.in_file(path))
    });
    unread.chain(of_lines).collect()
}

fn of_headers(context: &Context, file: FileKind) -> Diagnostics {
    let mut problems = context.parse_problems(file);
    header_rules::examine(context.profiles(), file, &mut problems);
    problems
}

/// All problems of a file but those of its profiles.
fn in_file(context: &Context, file: FileKind) -> Diagnostics {
    let mut problems = of_headers(context, file);
    if let Some(problem) = context.unread(file) {
        problems.push(problem.severity, || problem);
    }
    aws_files::examine(context, file, &mut problems);
    problems
}

/// Looks at one profile, and at its lines in both files.
pub fn examine_profile<'c>(
    context: &'c Context,
    profile: Profile<'c>,
    is_command: fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (file, section) in profile.sections() {
        let problems = in_file(context, file).into_vec().into_iter();
        let own = problems.filter(|problem| problem.line().is_some_and(|line| section.lines.contains(&line)));
        findings.extend(own.map(|problem| (file, problem)));
    }
    findings.extend(credential_problems(context, profile));
    findings.extend(profile_rules::of(profile, is_command));
    let in_file = |(file, problem): (FileKind, Diagnostic)| problem.in_file(context.aws_file(file).path.as_deref());
    findings.into_iter().map(in_file).collect()
}

/// What keeps a profile from giving credentials.
pub fn of_credentials<'c>(context: &'c Context, profile: Profile<'c>) -> Vec<Diagnostic> {
    let problems = credential_problems(context, profile).into_iter();
    problems.map(|(file, problem)| problem.in_file(context.aws_file(file).path.as_deref())).collect()
}

fn credential_problems<'c>(context: &'c Context, profile: Profile<'c>) -> Vec<(FileKind, Diagnostic)> {
    CredentialRules::new(context.profiles(), context.chains()).examine(profile)
}
