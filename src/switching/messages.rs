//! Every sentence that a switch can print: manual or automatic, or after `auto`, `pin`, `allow` and `deny`.

use std::ffi::OsStr;
use std::fmt::Display;
use std::path::Path;

use crate::context::Context;
use crate::environment::DEFAULT_PROFILE;
use crate::error::{Error, did_you_mean};
use crate::output::{Message, time_left};
use crate::paths;
use crate::settings::AutoAction;
use crate::switching::{Decision, Effect};

const NOT_LOADED: &str = "the integration is not loaded: run 'aws-switch setup', then start a new shell";

/// A manual switch.
pub fn switched(context: &Context, decision: &Decision) -> Message {
    let (environment, layer, keys) = (&context.environment, &decision.state.base, &decision.saved_keys);
    let mut text = now(decision);
    if let Some(time) = layer.expires_at {
        text += &format!(" for {}", time_left(time.saturating_sub(environment.now)));
        text += if environment.ends_at_prompt { " (this shell ends it only at the next prompt)" } else { "" };
    }
    let unsets_default = layer.profile.is_some() && layer.default_profile.is_none();
    let default_profile = environment.default_profile.as_ref().filter(|_| unsets_default).map(|_| DEFAULT_PROFILE);
    let unset: Vec<&str> = default_profile.into_iter().chain(keys.saves.iter().copied()).collect();
    if !unset.is_empty() {
        text += &format!("; taken out, as it would win: {}", unset.join(", "));
    }
    text += &restored(decision);
    match decision.signing {
        Some(key) if keys.restores.is_empty() => Message::warning(text + &format!("; {key} is still set")),
        _ => Message::note(text),
    }
}

/// The region variable `name` holds another region than the profile's own.
pub fn region_differs(name: &str, region: &str, profile: &str, own_region: &str) -> Message {
    let region = if region.is_empty() { "empty" } else { region };
    Message::warning(format!("{name} stays {region}: the region of {profile} is {own_region}"))
}

pub fn unknown_region(region: &str, most_alike: Option<&str>) -> Message {
    let hint = most_alike.map(|other| format!("; {}", did_you_mean(other))).unwrap_or_default();
    Message::warning(format!("unknown region '{region}'{hint}"))
}

/// The session of a profile is of no use.
pub fn session(profile: &str, why: &str) -> Message {
    Message::warning(format!("{profile}: {why}: run 'aws-switch login'"))
}

/// A `--for` has expired.
pub fn expired(decision: &Decision) -> Option<Message> {
    let profile = decision.expired.as_ref()?.to_string_lossy();
    Some(Message::note(format!("{}: the time of {profile} is up{}", now(decision), restored(decision))))
}

/// Saved keys are restored, and nothing else changes.
pub fn keys_restored(decision: &Decision) -> Option<Message> {
    (!decision.saved_keys.restores.is_empty()).then(|| Message::note(now(decision) + &restored(decision)))
}

/// What becomes of the directory profile; `is_off` says that directory profiles are off.
pub fn effect(decision: &Decision, is_off: bool) -> Option<Message> {
    let (active, now) = (active(decision), now(decision));
    Some(match &decision.effect {
        Effect::None | Effect::Switched => return None,
        Effect::Entered(file) => Message::note(format!("{now}: from {}", paths::shown(file))),
        Effect::Left(file) if is_off => Message::note(format!("{now}: {} is not followed", paths::shown(file))),
        Effect::Left(file) => Message::note(format!("{now}: {} governs no more", paths::shown(file))),
        Effect::Ignored(file, why) => {
            Message::warning(format!("{}: not followed: {why}; in force: {active}", paths::shown(file)))
        }
        Effect::Blocked(file, key) => {
            let file = paths::shown(file);
            Message::warning(format!("{file}: not followed while {key} is set: unset it first; in force: {active}"))
        }
    })
}

fn now(decision: &Decision) -> String {
    format!("now {}", active(decision))
}

fn active(decision: &Decision) -> String {
    match (&decision.variables.profile, &decision.variables.default_profile) {
        (Some(profile), _) => {
            let region = decision.state.region.as_ref().map(|region| format!(" in {}", region.to_string_lossy()));
            format!("{}{}", profile.to_string_lossy(), region.unwrap_or_default())
        }
        (None, Some(profile)) => format!("{} ({DEFAULT_PROFILE})", profile.to_string_lossy()),
        (None, None) => "no profile".to_owned(),
    }
}

fn restored(decision: &Decision) -> String {
    let names = &decision.saved_keys.restores;
    if names.is_empty() { String::new() } else { format!("; brought back: {}", names.join(", ")) }
}

/// `auto` changed no profile.
pub fn auto_unchanged(action: AutoAction, decision: &Decision) -> Message {
    Message::note(match (action, &decision.state.file) {
        (AutoAction::On, None) => "following folders; none governs here",
        (AutoAction::On, Some(_)) => "following folders; nothing to change",
        (AutoAction::Off, _) => "not following folders in this shell",
    })
}

pub fn allowed(file: &Path, profile: &str, exists: bool) -> Message {
    let unknown = if exists { "" } else { ", but there is no such profile" };
    Message::note(format!("{}: allowed: {profile}{unknown}", paths::shown(file)))
}

pub fn denied(file: &Path) -> Message {
    Message::note(format!("{}: denied", paths::shown(file)))
}

pub fn pinned(file: &Path) -> Message {
    Message::note(format!("{}: written", paths::shown(file)))
}

pub fn unpinned(file: &Path) -> Message {
    Message::note(format!("{}: removed", paths::shown(file)))
}

/// `allow` cannot read or parse a file.
pub fn not_allowed(file: &Path, why: impl Display) -> Error {
    Error::failed(paths::shown(file), format!("not allowed: {why}"))
}

/// `allow` and `deny` without a path.
pub fn no_file() -> Error {
    Error::failed("no .awsprofile here or above", "write one with 'aws-switch pin PROFILE'")
}

/// `pin` without a profile.
pub fn nothing_to_pin() -> Error {
    Error::failed("no profile is in force", "name one: 'aws-switch pin PROFILE'")
}

pub fn not_pinnable(profile: &str) -> Error {
    Error::failed(profile, "a .awsprofile cannot hold this name: it begins with '#' or a blank, or ends with one")
}

/// The working directory was removed.
pub fn no_directory() -> Error {
    Error::failed("this folder", "it is gone: go to another one")
}

/// The question before a switch to a protected profile, after its name.
pub fn confirmation(summary: &str) -> String {
    let summary = if summary.is_empty() { String::new() } else { format!(" ({summary})") };
    format!("{summary} is protected: switch to it? [y/N] ")
}

pub fn not_confirmed(profile: &str) -> Error {
    Error::Refused(format!("{profile} is protected: not confirmed: nothing is switched"))
}

pub fn not_confirmable(profile: &str) -> Error {
    Error::Refused(format!("{profile} is protected: nobody can be asked here: confirm with --yes"))
}

/// A switch without the shell integration: it would be lost with this process.
pub fn not_switchable() -> Error {
    Error::failed("this shell cannot be switched", NOT_LOADED)
}

/// `auto` without the shell integration.
pub fn not_followed() -> Error {
    Error::failed("this shell follows no folders", NOT_LOADED)
}

/// The shell integration speaks another protocol: the helper was upgraded under an open shell.
pub fn other_version() -> Error {
    let why = "this shell's integration and the helper are of different versions";
    Error::failed(why, "nothing changed: start a new shell")
}

/// No profile is named, and none can be picked.
pub fn no_terminal() -> Error {
    let why = "there is no terminal to pick one on: name one, or see 'aws-switch list'";
    Error::Usage(format!("no profile is named: {why}"))
}

/// `-` without an earlier manual switch.
pub fn no_previous() -> Error {
    Error::failed("no earlier choice", "there is nothing to go back to")
}

/// `-` to a manual switch whose `--for` has expired meanwhile.
pub fn previous_expired(profile: &OsStr) -> Error {
    Error::failed(profile.to_string_lossy(), "its time is up: choose it by its name")
}

/// A line of a reply cannot carry the value of a variable.
pub fn line_break(variable: &str) -> Error {
    Error::failed(variable, "its value holds a line break: nothing changed: unset it")
}

/// A state that could not be read again.
pub fn line_break_in_state() -> Error {
    Error::failed("AWS_PROFILE or a region variable", "its value holds a line break: unset it")
}
