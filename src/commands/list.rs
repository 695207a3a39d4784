//! `aws-switch list`: every profile.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::iter;

use serde::Serialize;

use super::summary::{Location, ProfileSummary};
use super::{print, print_json};
use crate::aws::FileKind;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::{Error, written};
use crate::output::{self, Row};
use crate::paths;

/// As many bytes as a pipe takes.
const BUFFER: usize = 64 << 10;

/// From the right, a narrow terminal leaves them out.
const HEADINGS: [&str; 7] = ["  NAME", "KIND", "ACCOUNT", "ROLE", "REGION", "SESSION", "DEFINED IN"];

/// The whole list, as programs read it.
#[derive(Serialize)]
struct List<'a> {
    profiles: Vec<ProfileSummary<'a>>,
    problems: Vec<Diagnostic>,
}

/// Prints every profile.
pub fn run(context: &Context, json: bool, names_only: bool) -> Result<(), Error> {
    if names_only {
        return names(context);
    }
    let profiles = summaries(context);
    if json {
        return print_json(&List { profiles, problems: diagnostics::of_files(context) });
    }
    report_problems(context);
    if profiles.is_empty() {
        output::message(&no_profiles(context));
        return Ok(());
    }
    print(&table(&profiles, context))
}

/// Every profile, in the files' order.
pub fn summaries<'a>(context: &'a Context) -> Vec<ProfileSummary<'a>> {
    context.profiles().iter().map(|profile| ProfileSummary::new(profile, context)).collect()
}

/// Prints the names, one a line: raw for programs, escaped on a terminal.
pub fn names(context: &Context) -> Result<(), Error> {
    let profiles = context.profiles();
    report_problems(context);
    if profiles.is_empty() {
        output::message(&no_profiles(context));
        return Ok(());
    }
    let on_terminal = io::stdout().is_terminal();
    let shown = |name| if on_terminal { output::escaped(name) } else { Cow::Borrowed(name) };
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let mut parts = profiles.iter().flat_map(|profile| [shown(profile.name()), "\n".into()]);
    written(parts.try_for_each(|part| out.write_all(part.as_bytes())).and_then(|()| out.flush()))
}

fn table(profiles: &[ProfileSummary], context: &Context) -> String {
    let row = |profile: &ProfileSummary| {
        let [name, cells @ ..] = profile.cells();
        let name = format!("{}{name}", if profile.current { "* " } else { "  " });
        let sources = profile.sources.iter().map(Location::shown).collect::<Vec<_>>().join(", ");
        let cells = iter::once(name).chain(cells.map(str::to_owned));
        Row::new(cells.chain([profile.session_in_words(context), sources]), profile.style())
    };
    let rows: Vec<Row> = iter::once(Row::new(HEADINGS, output::HEADING)).chain(profiles.iter().map(row)).collect();
    output::table(&rows, output::width())
}

fn report_problems(context: &Context) {
    for problem in context.settings().diagnostics() {
        output::message(&problem.without_fix());
    }
    report_worst(context);
}

/// Reports the problems of the AWS files in one line, however many there are.
pub fn report_worst(context: &Context) {
    let errors = diagnostics::errors_of_files(context);
    if let Some((worst, others)) = errors.split_first() {
        let more = if others.is_empty() { String::new() } else { format!("{} more: ", others.len()) };
        output::message(&format!("{worst} ({more}see 'aws-switch doctor')"));
    }
}

/// The message where there is no profile.
pub fn no_profiles(context: &Context) -> String {
    if context.first_unread().is_some() {
        return "no profiles in what can be read".to_owned();
    }
    let path = |file| context.aws_file(file).path.as_deref().map(paths::shown);
    let paths: Vec<_> = FileKind::BOTH.into_iter().filter_map(path).collect();
    if paths.is_empty() {
        return "no profiles: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE are empty: unset them".to_owned();
    }
    format!(
        "no profiles: there is none in {}: make one with 'aws-switch configure NAME' or 'aws configure sso'",
        paths.join(" or ")
    )
}
