//! `aws-switch current`: the active profile, and why it is.

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::resolve::Resolution;
use super::{print, print_json, print_lines, summary};
use crate::aws::{Account, Kind, Session};
use crate::context::Context;
use crate::environment::{DEFAULT_PROFILE, KEYS, PROFILE, WEB_IDENTITY, filled};
use crate::error::Error;
use crate::output::{self, PLAIN, Row, duration};
use crate::paths;
use crate::readers::{self, Reader};
use crate::state::{Active, State};

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
    /// The end of the active manual switch.
    until: Option<Timestamp>,
    account_id: Option<String>,
    role: Option<String>,
    kind: Option<&'static str>,
    session: Option<Session>,
    protected: bool,
    /// The answer of `resolve`, where a `.awsprofile` applies.
    directory: Option<Resolution>,
    readers: Vec<Reader>,
    /// The command that makes the readers agree, if they do not.
    fix: Option<String>,
}

pub fn run(context: &Context, json: bool, name_only: bool) -> Result<(), Error> {
    let current = current(context);
    match (json, name_only) {
        (true, _) => print_json(&current),
        (_, true) => print_lines(current.profile.as_deref()),
        _ => print(&table(&current, context)),
    }
}

fn current(context: &Context) -> Current {
    let environment = &context.environment;
    let state = environment.state.as_ref().filter(|state| state.profile == environment.profile);
    let directory = state.filter(|state| state.active == Active::Directory);
    let manual = state.filter(|state| state.active != Active::Directory);
    let (set, from) = (environment.profile_variable(), from(context, state));
    let profile = set.map(|(_, profile)| profile.to_string_lossy().into_owned());
    let profile = profile.or_else(|| (from == "default").then(|| from.to_owned()));
    let region = region(context, profile.as_deref());
    let (variables, profiles) = (context.variables(), context.profiles());
    let known = profile.as_deref().and_then(|profile| profiles.get(profile));
    let Account { id, role } = known.map(|known| context.account(known.name())).unwrap_or_default();
    Current {
        fix: readers::command_to_agree(variables, profiles),
        readers: readers::readers(variables, profiles),
        from,
        variable: set.map(|(name, _)| name),
        file: directory.and_then(|state| Some(state.file.as_deref()?.to_string_lossy().into_owned())),
        exists: known.is_some(),
        account_id: id.map(Cow::into_owned),
        role: role.map(Cow::into_owned),
        kind: known.map(|known| context.kind(known).name()),
        session: known.and_then(|known| context.session(known)),
        directory: paths::working_directory()
            .map(|directory| Resolution::of(context, &directory))
            .filter(|resolution| resolution.file.is_some()),
        overridden_by: overridden_by(context),
        until: manual.and_then(|state| Timestamp::from_second(state.base.deadline?.at.try_into().ok()?).ok()),
        protected: profile.as_deref().is_some_and(|profile| context.is_protected(profile)),
        region_from: region.as_ref().map(|(_, from)| *from),
        region: region.map(|(region, _)| region),
        profile,
    }
}

/// Where the profile comes from; a state that is about another profile is `None` here.
fn from(context: &Context, state: Option<&State>) -> &'static str {
    match context.environment.profile_variable() {
        Some((PROFILE, _)) if state.is_some_and(|state| state.active == Active::Directory) => "directory",
        Some((PROFILE, _)) if state.is_some_and(|state| state.is_base_manual) => "manual",
        Some(_) => "environment",
        None if context.has_profile("default") => "default",
        None => "none",
    }
}

/// The region in effect, and the variable that has it, or `profile`.
fn region(context: &Context, profile: Option<&str>) -> Option<(String, &'static str)> {
    match context.environment.region() {
        Some((name, region)) => Some((region.to_string_lossy().into_owned(), name)),
        None => Some((context.profile_region(profile?)?.into_owned(), "profile")),
    }
}

/// The variables that override `AWS_PROFILE`, for some reader at least.
fn overridden_by(context: &Context) -> Vec<&'static str> {
    let environment = &context.environment;
    let mut names = Vec::new();
    if let (Some(profile), Some(default_profile)) = (&environment.profile, &environment.default_profile)
        && profile != default_profile
    {
        names.push(DEFAULT_PROFILE);
    }
    for group in [&KEYS[..], &WEB_IDENTITY] {
        if group.first().is_some_and(|first| filled(first).is_some()) {
            names.extend(group.iter().filter(|name| filled(name).is_some()));
        }
    }
    let [_, role] = WEB_IDENTITY;
    let active = summary::active(context).to_str().and_then(|name| context.profiles().get(name));
    let is_web_identity = active.map(Kind::of) == Some(Kind::WebIdentity);
    if is_web_identity && environment.overriding.contains(&role) && !names.contains(&role) {
        names.push(role);
    }
    names
}

fn table(current: &Current, context: &Context) -> String {
    let remark = if current.exists { None } else { Some("no such profile") };
    let (profile, style) = match &current.profile {
        Some(profile) => summary::with_remarks(context, profile, remark),
        None => ("none".to_owned(), PLAIN),
    };
    let from = match (current.from, &current.variable, &current.file) {
        ("manual", ..) => "manual switch, or AWS_PROFILE set directly",
        ("directory", _, Some(file)) => &paths::shorten(Path::new(file)),
        ("environment", Some(variable), _) => &format!("{variable}, inherited"),
        ("default", ..) => "default: no variable sets a profile",
        _ => "no variable sets a profile",
    };
    let region = match (&current.region, current.region_from) {
        (Some(region), Some(from)) => Some(format!("{}  ({from})", or_quotes(region))),
        _ => current.exists.then(|| "none".to_owned()),
    };
    let left = current.until.map(|end| duration(context.seconds_until(end)));
    let overridden_by = current.overridden_by.join(", ");
    let account = current.account_id.as_deref().map(|id| match current.overridden_by.first() {
        Some(name) => Cow::Owned(format!("{id}  (of the profile, which {name} overrides)")),
        None => Cow::Borrowed(id),
    });
    let session = current.session.map(|session| summary::session_in_words(Some(session), context));
    let ignored = current.directory.as_ref().and_then(ignored);
    let facts = output::label_values(&[
        ("profile", Some(&profile), style),
        ("from", Some(from), PLAIN),
        ("overridden by", Some(&*overridden_by).filter(|names| !names.is_empty()), PLAIN),
        ("ignored", ignored.as_deref(), PLAIN),
        ("kind", current.kind, PLAIN),
        ("account", account.as_deref(), PLAIN),
        ("role", current.role.as_deref(), PLAIN),
        ("region", region.as_deref(), PLAIN),
        ("session", session.as_deref(), PLAIN),
        ("switches back in", left.as_deref(), PLAIN),
    ]);
    facts + &disagreement(current)
}

/// A `.awsprofile` that applies here but is not active, and why.
fn ignored(resolution: &Resolution) -> Option<String> {
    let reason = resolution.reason.as_ref().filter(|_| resolution.status != "active")?;
    let file = paths::shorten(Path::new(resolution.file.as_deref()?)).into_owned();
    let profile = resolution.profile.as_ref().map(|profile| format!(" ({profile})")).unwrap_or_default();
    Some(format!("{file}{profile}: {reason}"))
}

/// A region as people read it; an empty one is one, too.
fn or_quotes(region: &str) -> &str {
    if region.is_empty() { "''" } else { region }
}

/// The profile of each reader, if they differ.
fn disagreement(current: &Current) -> String {
    if readers::agree(&current.readers) {
        return String::new();
    }
    let mut rows = vec![Row::new(["READER", "PROFILE", "REGION", "CREDENTIALS FROM"], output::HEADING)];
    rows.extend(current.readers.iter().map(|reader| {
        let profile = if reader.profile.is_empty() { "'' (invalid)" } else { &reader.profile };
        let region = reader.region.as_deref().map_or("-", or_quotes);
        let refusal = reader.refuses.map(|name| format!("none: {name} is set alone"));
        Row::new([reader.reader, profile, region, refusal.as_deref().unwrap_or(reader.credentials)], PLAIN)
    }));
    let needs_region = current.exists && current.region.is_none();
    let fix = current.fix.as_deref().or(needs_region.then_some("give the profile a region of its own"));
    let fix = fix.map(|fix| format!("to make them agree: {}\n", output::escaped(fix))).unwrap_or_default();
    format!("\n{}{fix}", output::table(&rows))
}
