//! Everything that may be wrong with the files, the variables, the folder and the integration.
//!
//! [`files`] and [`profiles`] look at the AWS files, [`environment`] at the variables, [`folder`] at
//! the `.awsprofile` that governs, [`shell`] at the integration; [`excerpt`] and [`report`] show what
//! they found to people. Only what is called here reads anything.

mod aws_files;
mod directory_file;
mod excerpt;
mod integration;
mod profile_rules;
mod report;
mod variables;

use std::env;

pub use report::{findings, report};

use crate::aws::{Accounts, FileKind, Profile, source_lines};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::paths;
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
    let accounts = &context.accounts;
    let mut by_profile = accounts.details().all_faults();
    by_profile.extend(profile_rules::examine(accounts.profiles(), is_command));
    for file in [FileKind::Config, FileKind::Credentials] {
        let path = accounts.path(file);
        let mut problems = in_file(accounts, file);
        for (_, problem) in by_profile.iter().filter(|(of, _)| *of == file) {
            problems.push(problem.severity, || problem.clone());
        }
        findings.extend(problems.into_vec().into_iter().map(|problem| problem.in_file(path)));
    }
    findings.extend(aws_files::missing(accounts));
    let variables = variables::examine(|name| env::var_os(name), accounts.profiles());
    findings.extend(variables);
    findings.extend(context.settings().faults().iter().map(aws_files::setting));
    findings.extend(directory_file::examine(context));
    let integration = Integration::read(|name| env::var_os(name));
    let helper = Helper { on_path: paths::on_path("aws-switch"), own: env::current_exe().ok() };
    let shell = integration::examine(&integration, &helper);
    findings.extend(shell);
    Diagnosis { findings, following: integration.following() }
}

fn in_file(accounts: &Accounts, file: FileKind) -> Diagnostics {
    let mut problems = accounts.problems_of(file);
    aws_files::examine(accounts, file, &mut problems);
    problems
}

/// Looks at one profile, and at its lines in both files.
pub fn examine_profile(context: &Context, profile: &Profile<'static>, is_command: fn(&str) -> bool) -> Vec<Diagnostic> {
    let accounts = &context.accounts;
    let mut findings = Vec::new();
    for source in profile.sources() {
        let end = accounts.text(source.file).and_then(|text| next_header(text, source.line)).unwrap_or(usize::MAX);
        let problems = in_file(accounts, source.file).into_vec().into_iter();
        let own = problems.filter(|problem| problem.line().is_some_and(|line| (source.line..end).contains(&line)));
        findings.extend(own.map(|problem| accounts.finding(source.file, problem)));
    }
    findings.extend(accounts.details().faults(profile));
    let odd = profile_rules::of(profile, is_command).into_iter();
    findings.extend(odd.map(|(file, problem)| accounts.finding(file, problem)));
    findings
}

/// The line of the first header after this line.
fn next_header(text: &[u8], after: usize) -> Option<usize> {
    let mut next = None;
    source_lines(text, |number, line| {
        if number > after && next.is_none() && line.starts_with('[') {
            next = Some(number);
        }
    });
    next
}
