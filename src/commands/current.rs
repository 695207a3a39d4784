//! `aws-switch current`: which profile commands run under now, and why.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};

use jiff::Timestamp;
use serde::Serialize;

use super::{print, print_json, summary};
use crate::aws;
use crate::cli::is_command;
use crate::context::Context;
use crate::environment::{DEFAULT_PROFILE, PROFILE};
use crate::error::Error;
use crate::output::{self, Row};
use crate::paths;
use crate::readers::{self, Reader};
use crate::switching::state::{Active, Origin, State};

/// The answer, as programs read it.
#[derive(Serialize)]
struct Current {
    profile: Option<String>,
    from: &'static str,
    variable: Option<&'static str>,
    file: Option<String>,
    exists: bool,
    region: Option<String>,
    region_from: Option<&'static str>,
    overridden_by: Vec<&'static str>,
    /// When a choice with a time ends, if that is in force: RFC 3339.
    #[serde(serialize_with = "aws::rfc3339")]
    until: Option<Timestamp>,
    /// Whether it is protected, which people see by its colour.
    protected: bool,
    /// What the AWS CLI and the SDKs choose, each by its own rules.
    readers: Vec<Reader>,
    /// The command that makes them agree, where they do not.
    fix: Option<String>,
}

/// Prints the profile in force.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(context: &Context, json: bool, name_only: bool) -> Result<(), Error> {
    let current = current(context);
    if name_only {
        let name = current.profile.unwrap_or_default();
        let name = if io::stdout().is_terminal() { output::escaped(&name) } else { name.as_str().into() };
        return match name.as_ref() {
            "" => Ok(()),
            name => print(&format!("{name}\n")),
        };
    }
    if json {
        return print_json(&current);
    }
    print(&table(&current))
}

fn current(context: &Context) -> Current {
    let environment = &context.environment;
    let state = environment.state.as_ref().filter(|state| state.profile == environment.profile);
    let set = environment.profile.as_deref().map(|profile| (PROFILE, profile));
    let set = set.or(environment.default_profile.as_deref().map(|profile| (DEFAULT_PROFILE, profile)));
    let (profile, from) = match (set, state) {
        (Some((PROFILE, profile)), Some(State { active: Active::Directory, .. })) => (Some(profile), "directory"),
        (Some((PROFILE, profile)), Some(State { origin: Origin::Manual, .. })) => (Some(profile), "hand"),
        (Some((_, profile)), _) => (Some(profile), "environment"),
        (None, _) if context.accounts.has("default") => (Some(OsStr::new("default")), "default"),
        (None, _) => (None, "none"),
    };
    let profile = profile.map(|profile| profile.to_string_lossy().into_owned());
    let own_region = profile.as_deref().and_then(|profile| context.accounts.region(profile));
    let region = match environment.region() {
        Some((name, region)) => Some((region.to_string_lossy().into_owned(), name)),
        None => own_region.map(|region| (region.into_owned(), "profile")),
    };
    let get = |name: &str| env::var_os(name);
    let profiles = context.accounts.profiles();
    Current {
        fix: readers::mend(get, profiles, is_command),
        readers: readers::readers(get, profiles),
        from,
        variable: set.map(|(name, _)| name),
        file: state
            .filter(|state| state.active == Active::Directory)
            .and_then(|state| state.file.as_deref())
            .map(|file| paths::shown(file).into_owned()),
        exists: profile.as_deref().is_some_and(|profile| context.accounts.has(profile)),
        overridden_by: overridden_by(context),
        until: state.filter(|state| state.active != Active::Directory).and_then(|state| {
            let end = i64::try_from(state.base.expires_at?).ok()?;
            Timestamp::from_second(end).ok()
        }),
        protected: profile.as_deref().is_some_and(|profile| context.settings().protects(profile)),
        region_from: region.as_ref().map(|(_, from)| *from),
        region: region.map(|(region, _)| region),
        profile,
    }
}

/// The variables that are set and win over `AWS_PROFILE`, for some reader of them at least.
fn overridden_by(context: &Context) -> Vec<&'static str> {
    let environment = &context.environment;
    let mut names = Vec::new();
    if environment.profile.is_some()
        && environment.default_profile.is_some()
        && environment.profile != environment.default_profile
    {
        names.push(DEFAULT_PROFILE);
    }
    if environment.keys.is_some() {
        let filled = |name: &&&str| env::var_os(name).is_some_and(|value| !value.is_empty());
        names.extend(environment.overriding.iter().filter(filled));
    }
    names
}

fn table(current: &Current) -> String {
    let mut rows = Vec::new();
    let colour = if current.protected { summary::PROTECTED } else { "" };
    let mut row = |label: &str, text: String| {
        let colour = if label == "profile" { colour } else { "" };
        rows.push(Row { cells: vec![label.to_owned(), text], colour });
    };
    let exists = if current.exists || current.profile.is_none() { "" } else { "  (there is no such profile)" };
    row("profile", format!("{}{exists}", current.profile.as_deref().unwrap_or("none")));
    let from = match (current.from, &current.variable, &current.file) {
        ("hand", ..) => "chosen by hand".to_owned(),
        ("directory", _, Some(file)) => file.clone(),
        ("environment", Some(variable), _) => format!("{variable}, from outside this shell"),
        ("default", ..) => "the default: no variable names one".to_owned(),
        _ => "no variable names one".to_owned(),
    };
    row("from", from);
    match (&current.region, current.region_from) {
        (Some(region), Some(from)) => row("region", format!("{}  ({from})", or_quotes(region))),
        _ if current.exists => row("region", "none".to_owned()),
        _ => {}
    }
    if let Some(end) = current.until {
        let left = end.duration_since(Timestamp::now()).as_secs();
        row("ends in", summary::time_left(left.try_into().unwrap_or(0)));
    }
    if !current.overridden_by.is_empty() {
        row("overridden by", current.overridden_by.join(", "));
    }
    output::table(&rows, output::takes_colour()) + &disagreement(current)
}

/// A region as people read it; an empty one is one, too.
fn or_quotes(region: &str) -> &str {
    if region.is_empty() { "''" } else { region }
}

/// Who chooses what, where they do not all choose the same.
fn disagreement(current: &Current) -> String {
    if readers::agree(&current.readers) {
        return String::new();
    }
    let row = |cells: [&str; 4], colour| Row { cells: cells.map(str::to_owned).to_vec(), colour };
    let mut rows = vec![row(["CHOSEN BY", "PROFILE", "REGION", "CREDENTIALS FROM"], "1")];
    rows.extend(current.readers.iter().map(|reader| {
        let profile = if reader.profile.is_empty() { "'' (refused)" } else { &reader.profile };
        row([reader.reader, profile, reader.region.as_deref().map_or("-", or_quotes), reader.credentials], "")
    }));
    let fix = match &current.fix {
        Some(fix) => Some(fix.as_str()),
        None if current.exists && current.region.is_none() => Some("give the profile a region of its own"),
        None => None,
    };
    let fix = fix.map(|fix| Row { cells: vec![format!("to make them agree: {fix}")], colour: "" });
    format!("\n{}{}", output::table(&rows, output::takes_colour()), output::table(fix.as_slice(), false))
}
