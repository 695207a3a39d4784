//! `aws-switch list`: every profile.

use serde::Serialize;

use super::summary::{Location, ProfileSummary};
use super::{print, print_json, print_names};
use crate::aws::{FileKind, Profile};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::Error;
use crate::output::{self, Message, Row};
use crate::paths;

/// In the order of their worth: a narrow terminal leaves out the last ones.
const HEADINGS: [&str; 7] = ["  NAME", "KIND", "ACCOUNT", "ROLE", "REGION", "SESSION", "DEFINED IN"];

#[derive(Serialize)]
struct List<'a> {
    profiles: Vec<ProfileSummary<'a>>,
    problems: Vec<Diagnostic>,
}

pub fn run(context: &Context, json: bool, names_only: bool) -> Result<(), Error> {
    if json {
        return print_json(&List { profiles: summaries(context), problems: diagnostics::of_files(context) });
    }
    for problem in context.settings().diagnostics() {
        Message::from(&problem).print();
    }
    report_worst(context);
    let profiles = context.profiles();
    if profiles.is_empty() {
        Message::warning(no_profiles(context)).print();
        return Ok(());
    }
    if names_only {
        return print_names(profiles.iter().map(Profile::name));
    }
    print(&table(&summaries(context), context))
}

/// Every profile, in the files' order.
pub fn summaries<'a>(context: &'a Context) -> Vec<ProfileSummary<'a>> {
    context.profiles().iter().map(|profile| ProfileSummary::new(profile, context)).collect()
}

fn table(profiles: &[ProfileSummary], context: &Context) -> String {
    let mut rows = vec![Row::new(HEADINGS, output::HEADING)];
    rows.extend(profiles.iter().map(|profile| {
        let [name, kind, account, role, region] = profile.cells();
        let name = format!("{}{name}", if profile.current { "* " } else { "  " });
        let sources = profile.sources.iter().map(Location::shown).collect::<Vec<_>>().join(", ");
        let session = profile.session_in_words(context);
        Row::new([&name, kind, account, role, region, &session, &sources], profile.style())
    }));
    output::table(&rows, output::width())
}

/// Reports the problems of the AWS files in one line, however many there are.
pub fn report_worst(context: &Context) {
    let errors = diagnostics::errors_of_files(context);
    if let Some((worst, others)) = errors.split_first() {
        let more = if others.is_empty() { String::new() } else { format!("{} more: ", others.len()) };
        Message::error(format!("{worst} ({more}see 'aws-switch doctor')")).print();
    }
}

/// The message where there is no profile.
pub fn no_profiles(context: &Context) -> String {
    if context.first_unread().is_some() {
        return "no profiles in what can be read".to_owned();
    }
    let paths = FileKind::BOTH.into_iter().filter_map(|file| context.aws_file(file).path.as_deref().map(paths::shown));
    let paths: Vec<_> = paths.collect();
    if paths.is_empty() {
        return "no profiles: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE are empty: unset them".to_owned();
    }
    format!(
        "no profiles: there is none in {}: make one with 'aws-switch configure NAME' or 'aws configure sso'",
        paths.join(" or ")
    )
}
