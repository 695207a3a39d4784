//! `aws-switch show`: one profile in full.

use std::borrow::Cow;
use std::ffi::OsStr;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::summary::{self, Entry, Place};
use super::{print, print_json};
use crate::aws::{Found, Profile, Source, Value, masked};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::error::Error;
use crate::output::{self, Row};

/// A profile in full, as programs read it.
#[derive(Serialize)]
struct Full<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    settings: Settings<'a>,
    /// Where each setting is.
    setting_sources: Places<'a>,
    /// The sections that the profile refers to.
    sections: Vec<Section<'a>>,
    problems: Vec<Diagnostic>,
}

/// A section of the config file that a profile refers to.
#[derive(Serialize)]
struct Section<'a> {
    kind: &'static str,
    name: &'a str,
    settings: Settings<'a>,
    setting_sources: Places<'a>,
}

/// Settings as a map, in the files' order, secrets masked.
struct Settings<'a>(Vec<Found<'a>>);

/// Where settings are, as a map likewise.
struct Places<'a>(Vec<(&'a str, Option<Place>)>);

impl Serialize for Settings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for found in &self.0 {
            match found.value {
                Value::Text(text) => map.serialize_entry(found.key, &masked(found.key, text))?,
                Value::Nested(children) => {
                    let children = children.iter().map(|child| (child.key, masked(child.key, child.value)));
                    map.serialize_entry(found.key, &Nested(children.collect()))?;
                }
            }
        }
        map.end()
    }
}

/// A nested block.
struct Nested<'a>(Vec<(&'a str, Cow<'a, str>)>);

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Places<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, place)| (key, place)))
    }
}

/// Prints a profile, else the one in force.
///
/// # Errors
/// If there is no such profile.
pub fn run(context: &Context, profile: Option<&OsStr>, json: bool) -> Result<(), Error> {
    let profile = context.profile(profile.unwrap_or_else(|| summary::chosen(context)))?;
    let full = Full {
        entry: Entry::new(profile, context),
        settings: Settings(profile.settings()),
        setting_sources: places(profile, context),
        sections: sections(profile, context),
        problems: diagnostics::of_credentials(context, profile),
    };
    if json {
        return print_json(&full);
    }
    for problem in &full.problems {
        output::message(&problem.to_string());
    }
    print(&text(&full, context))
}

fn places<'a>(profile: Profile<'a>, context: &Context) -> Places<'a> {
    let place = |found: Found<'a>| (found.key, Place::new(found.source, context));
    Places(profile.settings().into_iter().map(place).collect())
}

/// The sso-session and the services section that the profile names, if they are there.
fn sections<'a>(profile: Profile<'a>, context: &'a Context) -> Vec<Section<'a>> {
    let store = context.profiles();
    let sso_session = profile.get("sso_session").and_then(|name| store.sso_session(name));
    let services = profile.get("services").and_then(|name| store.services(name));
    let section = |(kind, section): (_, Option<Profile<'a>>)| {
        let section = section?;
        let settings = Settings(section.settings());
        Some(Section { kind, name: section.name(), settings, setting_sources: places(section, context) })
    };
    [("sso-session", sso_session), ("services", services)].into_iter().filter_map(section).collect()
}

fn text(full: &Full, context: &Context) -> String {
    let colour = output::takes_colour();
    let mut text = output::table(&facts(&full.entry, context), colour);
    let headed = std::iter::once((String::new(), &full.settings));
    let sections =
        full.sections.iter().map(|section| (format!("[{} {}]", section.kind, section.name), &section.settings));
    for (heading, settings) in headed.chain(sections) {
        text.push('\n');
        if !heading.is_empty() {
            text.push_str(&output::table(&[Row { cells: vec![heading], colour: "1" }], colour));
        }
        text.push_str(&output::table(&settings_rows(settings, context), colour));
    }
    text
}

/// What follows from the settings.
fn facts(entry: &Entry, context: &Context) -> Vec<Row> {
    let marks = [(entry.current, "current"), (entry.protected, "protected")];
    let marks: Vec<&str> = marks.into_iter().filter_map(|(is_so, mark)| is_so.then_some(mark)).collect();
    let marks = if marks.is_empty() { String::new() } else { format!("  ({})", marks.join(", ")) };
    let session = entry.session.map(|session| {
        let end = session.expires_at.map(|end| format!("  ({end})")).unwrap_or_default();
        format!("{}{end}", entry.session_in_words(context))
    });
    let rows = [
        ("profile", Some(format!("{}{marks}", entry.name)), entry.colour()),
        ("kind", Some(entry.kind.to_owned()), ""),
        ("account", entry.account_id.as_deref().map(str::to_owned), ""),
        ("role", entry.role.as_deref().map(str::to_owned), ""),
        ("region", entry.region.as_deref().map(str::to_owned), ""),
        ("session", session, ""),
    ];
    let row =
        |(label, value, colour): (&str, Option<String>, _)| Some(Row { cells: vec![label.to_owned(), value?], colour });
    rows.into_iter().filter_map(row).collect()
}

/// Every setting with the place that it comes from; those of a nested block are indented.
fn settings_rows(settings: &Settings, context: &Context) -> Vec<Row> {
    let mut rows = Vec::new();
    for found in &settings.0 {
        let mut row = |key: String, value: &str, line: usize| {
            let source = Source { line, ..found.source };
            let place = Place::new(source, context).map(|place| place.shown()).unwrap_or_default();
            rows.push(Row { cells: vec![key, value.to_owned(), place], colour: "" });
        };
        match found.value {
            Value::Text(text) => row(found.key.to_owned(), &masked(found.key, text), found.source.line),
            Value::Nested(children) => {
                row(found.key.to_owned(), "", found.source.line);
                for child in children {
                    row(format!("  {}", child.key), &masked(child.key, child.value), child.line);
                }
            }
        }
    }
    rows
}
