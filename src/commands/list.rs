//! `aws-switch list`: every profile.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;

use super::summary::{Entry, Place};
use super::{print, print_json};
use crate::aws::FileKind;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::{Error, written};
use crate::output::{self, Row};
use crate::paths;

/// How many bytes of names are written at once: as many as a pipe takes.
const PIECE: usize = 64 << 10;

/// The whole list, as programs read it.
#[derive(Serialize)]
struct List<'a> {
    profiles: Vec<Entry<'a>>,
    problems: Vec<Diagnostic>,
}

/// Prints every profile.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(context: &Context, json: bool, names_only: bool) -> Result<(), Error> {
    if names_only {
        return names(context);
    }
    let entries: Vec<Entry> = context.profiles().iter().map(|profile| Entry::new(profile, context)).collect();
    if json {
        let list = List { profiles: entries, problems: diagnostics::of_files(context) };
        return print_json(&list);
    }
    tell_problems(context);
    if entries.is_empty() {
        output::message(&none(context));
        return Ok(());
    }
    print(&table(&entries, context))
}

/// Prints the names, one a line: raw for programs, escaped on a terminal.
///
/// # Errors
/// If stdout cannot be written.
pub fn names(context: &Context) -> Result<(), Error> {
    let profiles = context.profiles();
    tell_problems(context);
    if profiles.is_empty() {
        output::message(&none(context));
        return Ok(());
    }
    let on_terminal = io::stdout().is_terminal();
    let shown = |name| if on_terminal { output::escaped(name) } else { Cow::Borrowed(name) };
    let mut out = BufWriter::with_capacity(PIECE, io::stdout().lock());
    let mut parts = profiles.iter().flat_map(|profile| [shown(profile.name()), "\n".into()]);
    written(parts.try_for_each(|part| out.write_all(part.as_bytes())).and_then(|()| out.flush()))
}

/// The columns that a narrow terminal drops stand at the right.
const HEADINGS: [&str; 7] = ["  NAME", "KIND", "ACCOUNT", "ROLE", "REGION", "SESSION", "DEFINED IN"];

fn table(entries: &[Entry], context: &Context) -> String {
    let mut rows = vec![Row { cells: HEADINGS.map(str::to_owned).to_vec(), colour: "1" }];
    rows.extend(entries.iter().map(|entry| {
        let mark = if entry.current { "* " } else { "  " };
        let sources: Vec<String> = entry.sources.iter().map(Place::shown).collect();
        let [name, kind, account, role, region] = entry.cells();
        let name = format!("{mark}{name}");
        let cells = vec![name, kind, account, role, region, entry.session_in_words(context), sources.join(", ")];
        Row { cells, colour: entry.colour() }
    }));
    output::fitted(&rows, output::width(), output::takes_colour())
}

fn tell_problems(context: &Context) {
    for problem in context.settings().diagnostics() {
        output::message(&problem.without_fix());
    }
    tell_worst(context);
}

/// What is wrong with the AWS files, in one line, however much it is.
pub fn tell_worst(context: &Context) {
    let errors = diagnostics::errors_of_files(context);
    if let Some((worst, others)) = errors.split_first() {
        let more = if others.is_empty() { String::new() } else { format!("{} more: ", others.len()) };
        output::message(&format!("{worst} ({more}see 'aws-switch doctor')"));
    }
}

/// What is said where there is no profile.
pub fn none(context: &Context) -> String {
    if context.first_unread().is_some() {
        return "no profiles in what can be read".to_owned();
    }
    let paths: Vec<String> = FileKind::BOTH
        .into_iter()
        .filter_map(|file| Some(paths::shown(context.aws_file(file).path.as_deref()?).into_owned()))
        .collect();
    if paths.is_empty() {
        return "no profiles: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE are empty: unset them".to_owned();
    }
    format!(
        "no profiles: there is none in {}: make one with 'aws-switch configure NAME' or 'aws configure sso'",
        paths.join(" or ")
    )
}
