//! `aws-switch show`: one profile in full.

use std::borrow::Cow;
use std::ffi::OsStr;

use indexmap::IndexMap;
use serde::Serialize;

use super::summary::{self, Location, ProfileSummary};
use super::{list, print, print_json};
use crate::aws::{Profile, Source, Value, masked};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::Error;
use crate::output::{self, Message, PLAIN, Row};

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    summary: ProfileSummary<'a>,
    #[serde(flatten)]
    settings: MaskedSettings<'a>,
    sections: Vec<ReferredSection<'a>>,
    problems: Vec<Diagnostic>,
}

/// A section of the config file that a profile refers to.
#[derive(Serialize)]
struct ReferredSection<'a> {
    kind: &'static str,
    name: &'a str,
    #[serde(flatten)]
    settings: MaskedSettings<'a>,
}

#[derive(Serialize)]
struct MaskedSettings<'a> {
    settings: IndexMap<&'a str, MaskedValue<'a>>,
    setting_sources: IndexMap<&'a str, Option<Location<'a>>>,
}

impl<'a> MaskedSettings<'a> {
    fn new(profile: Profile<'a>, context: &'a Context) -> Self {
        let value = |key, value: &'a Value<'a>| match value {
            Value::Text(text) => MaskedValue::Text(masked(key, text)),
            Value::Nested(children) => {
                let children = children.iter().map(|child| (child.key, masked(child.key, child.value)));
                MaskedValue::Nested(children.collect())
            }
        };
        let found = profile.settings();
        Self {
            settings: found.iter().map(|found| (found.key, value(found.key, found.value))).collect(),
            setting_sources: found.iter().map(|found| (found.key, Location::new(found.source, context))).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum MaskedValue<'a> {
    Text(Cow<'a, str>),
    Nested(IndexMap<&'a str, Cow<'a, str>>),
}

pub fn run(context: &Context, profile: Option<&OsStr>, json: bool) -> Result<(), Error> {
    let profile = summary::named_or_active(context, profile, "show")?;
    let summary = ProfileSummary::new(profile, context);
    let sections = sections(profile, context);
    let problems = diagnostics::of_credentials(context, profile);
    if json {
        let sections = sections.map(|(kind, section)| ReferredSection {
            kind,
            name: section.name(),
            settings: MaskedSettings::new(section, context),
        });
        let settings = MaskedSettings::new(profile, context);
        let problems = [problems, diagnostics::errors_of_files(context)].concat();
        return print_json(&Answer { summary, settings, sections: sections.collect(), problems });
    }
    list::report_worst(context);
    for problem in &problems {
        Message::new(problem.severity, problem.to_string()).print();
    }
    let mut text = format!("{}\n{}", facts(&summary, context), settings_table(profile, context));
    for (kind, section) in sections {
        let heading = Row::new([format!("[{kind} {}]", section.name())], output::HEADING);
        text += &format!("\n{}{}", output::table(&[heading]), settings_table(section, context));
    }
    print(&text)
}

fn sections<'a>(profile: Profile, context: &'a Context) -> impl Iterator<Item = (&'static str, Profile<'a>)> {
    let store = context.profiles();
    let sso_session = profile.get("sso_session").and_then(|name| store.sso_session(name));
    let services = profile.get("services").and_then(|name| store.services(name));
    let sso_session = sso_session.map(|section| ("sso-session", section));
    sso_session.into_iter().chain(services.map(|section| ("services", section)))
}

fn facts(profile: &ProfileSummary, context: &Context) -> String {
    let (name, _) = summary::with_remarks(context, profile.name, profile.current.then_some("active"));
    let session = profile.session.map(|session| {
        let end = session.expires_at.map(|end| format!("  ({end})")).unwrap_or_default();
        summary::session_in_words(Some(session), context) + &end
    });
    output::label_values(&[
        ("profile", Some(&name), profile.style()),
        ("kind", Some(profile.kind), PLAIN),
        ("account", profile.account_id.as_deref(), PLAIN),
        ("role", profile.role.as_deref(), PLAIN),
        ("region", profile.region.as_deref(), PLAIN),
        ("session", session.as_deref(), PLAIN),
    ])
}

/// Every setting with its location; those of a nested block are indented.
fn settings_table(profile: Profile, context: &Context) -> String {
    let mut rows = Vec::new();
    for found in profile.settings() {
        let mut row = |key: &str, value: &str, line| {
            let location = Location::new(Source { line, ..found.source }, context);
            rows.push(Row::new([key, value, &location.map(|it| it.shorten()).unwrap_or_default()], PLAIN));
        };
        match found.value {
            Value::Text(text) => row(found.key, &masked(found.key, text), found.source.line),
            Value::Nested(children) => {
                row(found.key, "", found.source.line);
                for child in children {
                    row(&format!("  {}", child.key), &masked(child.key, child.value), child.line);
                }
            }
        }
    }
    output::table(&rows)
}
