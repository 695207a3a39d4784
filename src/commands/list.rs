//! `aws-switch list`: every profile.

use serde::Serialize;

use super::summary::{self, Location, ProfileSummary};
use super::{print, print_json, print_lines};
use crate::aws::Profile;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::Error;
use crate::output::{self, Layout, Message, Row};
use crate::switching::messages;

/// In the order of their worth: a narrow terminal leaves out the last ones.
const HEADINGS: [&str; 7] = ["  NAME", "ACCOUNT", "ROLE", "REGION", "SESSION", "KIND", "DEFINED IN"];

#[derive(Serialize)]
struct List<'a> {
    profiles: Vec<ProfileSummary<'a>>,
    problems: Vec<Diagnostic>,
}

pub fn run(context: &Context, json: bool, names_only: bool) -> Result<(), Error> {
    if json {
        let problems = [diagnostics::of_files(context), context.settings().diagnostics.clone()].concat();
        return print_json(&List { profiles: summaries(context), problems });
    }
    if names_only {
        return names(context);
    }
    report_problems(context);
    if context.profiles().is_empty() { Ok(()) } else { print_table(&summaries(context), context) }
}

/// Prints every name.
pub fn names(context: &Context) -> Result<(), Error> {
    report_problems(context);
    print_lines(context.profiles().iter().map(Profile::name))
}

fn report_problems(context: &Context) {
    context.settings().diagnostics.iter().for_each(|problem| Message::from(problem).print());
    report_worst(context);
    if context.profiles().is_empty() {
        Message::warning(messages::no_profiles(context)).print();
    }
}

/// Every profile, in the files' order.
pub fn summaries<'a>(context: &'a Context) -> Vec<ProfileSummary<'a>> {
    context.profiles().iter().map(|profile| ProfileSummary::new(profile, context)).collect()
}

fn print_table(profiles: &[ProfileSummary], context: &Context) -> Result<(), Error> {
    let mut rows = vec![Row::new(HEADINGS, output::HEADING)];
    rows.extend(profiles.iter().map(|profile| {
        let [kind, account, role, region] = profile.cells();
        let name = format!("{}{}", if profile.current { "* " } else { "  " }, profile.marked_name());
        let sources = profile.sources.iter().map(Location::shorten).collect::<Vec<_>>().join(", ");
        let session = summary::session_in_words(profile.session, context);
        Row::new([&name, account, role, region, &session, kind, &sources], profile.style())
    }));
    let layout = Layout::new(rows.iter(), output::width());
    print(&layout.table(&rows))?;
    let omitted = HEADINGS.get(layout.columns()..).unwrap_or_default();
    if !omitted.is_empty() {
        let (omitted, width) = (output::series(omitted, "and"), layout.full_width);
        Message::note(format!("left out {omitted}; a terminal {width} columns wide shows all columns")).print();
    }
    Ok(())
}

pub fn report_worst(context: &Context) {
    messages::worst(&diagnostics::errors_of_files(context)).iter().for_each(Message::print);
}
