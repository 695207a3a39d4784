//! `aws-switch current`: the active profile, and why it is.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};

use jiff::Timestamp;
use serde::Serialize;

use super::{print, print_json};
use crate::aws;
use crate::context::Context;
use crate::environment::{DEFAULT_PROFILE, PROFILE};
use crate::error::Error;
use crate::output::{self, PLAIN, Row, time_left};
use crate::paths;
use crate::readers::{self, Reader};
use crate::switching::state::{Active, State};

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
    /// When the active manual switch ends, if it has a time limit; RFC 3339.
    #[serde(serialize_with = "aws::rfc3339")]
    until: Option<Timestamp>,
    protected: bool,
    /// The choices of the AWS CLI and the SDKs, each by its own rules.
    readers: Vec<Reader>,
    /// The command that makes the readers agree, if they do not.
    fix: Option<String>,
}

/// Prints the active profile.
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
        (Some((PROFILE, profile)), Some(State { is_base_manual: true, .. })) => (Some(profile), "hand"),
        (Some((_, profile)), _) => (Some(profile), "environment"),
        (None, _) if context.has_profile("default") => (Some(OsStr::new("default")), "default"),
        (None, _) => (None, "none"),
    };
    let profile = profile.map(|profile| profile.to_string_lossy().into_owned());
    let own_region = profile.as_deref().and_then(|profile| context.profile_region(profile));
    let region = match environment.region() {
        Some((name, region)) => Some((region.to_string_lossy().into_owned(), name)),
        None => own_region.map(|region| (region.into_owned(), "profile")),
    };
    let get = |name: &str| env::var_os(name);
    let profiles = context.profiles();
    Current {
        fix: readers::command_to_agree(get, profiles),
        readers: readers::readers(get, profiles),
        from,
        variable: set.map(|(name, _)| name),
        file: state
            .filter(|state| state.active == Active::Directory)
            .and_then(|state| state.file.as_deref())
            .map(|file| paths::shown(file).into_owned()),
        exists: profile.as_deref().is_some_and(|profile| context.has_profile(profile)),
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

/// The variables that override `AWS_PROFILE`, for some reader at least.
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
    let exists = if current.exists || current.profile.is_none() { "" } else { "  (there is no such profile)" };
    let profile = format!("{}{exists}", current.profile.as_deref().unwrap_or("none"));
    let from = match (current.from, &current.variable, &current.file) {
        ("hand", ..) => "chosen by hand",
        ("directory", _, Some(file)) => file,
        ("environment", Some(variable), _) => &format!("{variable}, from outside this shell"),
        ("default", ..) => "the default: no variable names one",
        _ => "no variable names one",
    };
    let region = match (&current.region, current.region_from) {
        (Some(region), Some(from)) => Some(format!("{}  ({from})", or_quotes(region))),
        _ => current.exists.then(|| "none".to_owned()),
    };
    let left = current.until.map(|end| {
        let seconds = end.duration_since(Timestamp::now()).as_secs();
        time_left(seconds.try_into().unwrap_or(0))
    });
    let overridden_by = current.overridden_by.join(", ");
    let facts = output::label_values(&[
        ("profile", Some(&profile), if current.protected { output::PROTECTED } else { PLAIN }),
        ("from", Some(from), PLAIN),
        ("region", region.as_deref(), PLAIN),
        ("ends in", left.as_deref(), PLAIN),
        ("overridden by", Some(&*overridden_by).filter(|names| !names.is_empty()), PLAIN),
    ]);
    facts + &disagreement(current)
}

/// A region as people read it; an empty one is one, too.
fn or_quotes(region: &str) -> &str {
    if region.is_empty() { "''" } else { region }
}

/// What each reader chooses, if they do not all choose the same.
fn disagreement(current: &Current) -> String {
    if readers::agree(&current.readers) {
        return String::new();
    }
    let mut rows = vec![Row::new(["CHOSEN BY", "PROFILE", "REGION", "CREDENTIALS FROM"], output::HEADING)];
    rows.extend(current.readers.iter().map(|reader| {
        let profile = if reader.profile.is_empty() { "'' (refused)" } else { &reader.profile };
        let region = reader.region.as_deref().map_or("-", or_quotes);
        Row::new([reader.reader, profile, region, reader.credentials], PLAIN)
    }));
    let fix = match &current.fix {
        Some(fix) => Some(fix.as_str()),
        None if current.exists && current.region.is_none() => Some("give the profile a region of its own"),
        None => None,
    };
    let fix = fix.map(|fix| format!("to make them agree: {}\n", output::escaped(fix))).unwrap_or_default();
    format!("\n{}{fix}", output::table(&rows, None))
}
