//! Every sentence that a switch can print: manual or automatic, or after `auto`, `pin`, `allow` and `deny`.

use std::ffi::OsStr;
use std::path::Path;

use crate::environment::{DEFAULT_PROFILE, Environment};
use crate::error::{Error, did_you_mean};
use crate::output::time_left;
use crate::paths;
use crate::switching::layers::Transition;
use crate::switching::saved_keys::SavedKeys;
use crate::switching::state::Layer;

const NOT_LOADED: &str = "the integration is not loaded: run 'aws-switch setup', then start a new shell";

/// A manual switch.
pub fn switched(environment: &Environment, layer: &Layer, transition: &Transition) -> String {
    let keys = &transition.saved_keys;
    let mut text = now(transition);
    if let Some(time) = layer.expires_at {
        text += &format!(" for {}", time_left(time.saturating_sub(environment.now)));
    }
    let unsets_default = layer.profile.is_some() && layer.default_profile.is_none();
    let default_profile = environment.default_profile.as_ref().filter(|_| unsets_default).map(|_| DEFAULT_PROFILE);
    let unset: Vec<&str> = default_profile.into_iter().chain(keys.saves.iter().copied()).collect();
    if !unset.is_empty() {
        text += &format!("; taken out, as it would win: {}", unset.join(", "));
    }
    text += &restored(keys);
    match transition.signing {
        Some(key) if keys.restores.is_empty() => text + &format!("; {key} is still set"),
        _ => text,
    }
}

/// The region variable `name` holds another region than the profile's own.
pub fn region_differs(name: &str, region: &str, profile: &str, own_region: &str) -> String {
    let region = if region.is_empty() { "empty" } else { region };
    format!("{name} stays {region}: the region of {profile} is {own_region}")
}

/// `--region` takes a region that this program does not know.
pub fn unknown_region(region: &str, most_alike: Option<&str>) -> String {
    let hint = most_alike.map(|other| format!(": {}", did_you_mean(other))).unwrap_or_default();
    format!("{region}: no region that is known here{hint}")
}

/// The session of a profile is of no use.
pub fn session(profile: &str, why: &str) -> String {
    format!("{profile}: {why}: run 'aws-switch login'")
}

/// The `--for` of `profile` has expired.
pub fn expired(transition: &Transition, profile: &OsStr) -> String {
    format!("{}: the time of {} is up{}", now(transition), profile.to_string_lossy(), restored(&transition.saved_keys))
}

/// Saved keys are restored, and nothing else changes.
pub fn keys_restored(transition: &Transition) -> String {
    now(transition) + &restored(&transition.saved_keys)
}

/// The profile of `file` is active now.
pub fn entered(transition: &Transition, file: &Path) -> String {
    format!("{}: from {}", now(transition), paths::shown(file))
}

/// The profile of `file` is active no more, as another file applies, or none.
pub fn left(transition: &Transition, file: &Path) -> String {
    format!("{}: {} governs no more", now(transition), paths::shown(file))
}

/// The profile of `file` is active no more, as directory profiles are off.
pub fn turned_off(transition: &Transition, file: &Path) -> String {
    format!("{}: {} is not followed", now(transition), paths::shown(file))
}

/// `file` applies and is ignored.
pub fn ignored(transition: &Transition, file: &Path, why: &str) -> String {
    format!("{}: not followed: {why}; in force: {}", paths::shown(file), active(transition))
}

/// `file` would be entered or left, but `key` overrides profiles.
pub fn blocked(transition: &Transition, file: &Path, key: &str) -> String {
    let (file, active) = (paths::shown(file), active(transition));
    format!("{file}: not followed while {key} is set: unset it first; in force: {active}")
}

fn now(transition: &Transition) -> String {
    format!("now {}", active(transition))
}

/// The active profile.
fn active(transition: &Transition) -> String {
    let variables = &transition.variables;
    match (&variables.profile, &variables.default_profile) {
        (Some(profile), _) => {
            let region = transition.state.region.as_ref().map(|region| format!(" in {}", region.to_string_lossy()));
            format!("{}{}", profile.to_string_lossy(), region.unwrap_or_default())
        }
        (None, Some(profile)) => format!("{} ({DEFAULT_PROFILE})", profile.to_string_lossy()),
        (None, None) => "no profile".to_owned(),
    }
}

fn restored(keys: &SavedKeys) -> String {
    if keys.restores.is_empty() { String::new() } else { format!("; brought back: {}", keys.restores.join(", ")) }
}

/// `auto on` where no file applies.
pub const AUTO_ON_WITHOUT_FILE: &str = "following folders; none governs here";
/// `auto on` where the directory profile is active already.
pub const AUTO_ON_UNCHANGED: &str = "following folders; nothing to change";
/// `auto off` where no directory profile was active.
pub const AUTO_OFF_UNCHANGED: &str = "not following folders in this shell";

/// `allow` has trusted a file.
pub fn allowed(file: &Path, profile: &str, exists: bool) -> String {
    let unknown = if exists { "" } else { ", but there is no such profile" };
    format!("{}: allowed: {profile}{unknown}", paths::shown(file))
}

/// `deny` has distrusted a file.
pub fn denied(file: &Path) -> String {
    format!("{}: denied", paths::shown(file))
}

/// `pin` has written a file.
pub fn pinned(file: &Path) -> String {
    format!("{}: written", paths::shown(file))
}

/// `pin --remove` has removed a file.
pub fn unpinned(file: &Path) -> String {
    format!("{}: removed", paths::shown(file))
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
    Error::failed(
        "this shell's integration and the helper are of different versions",
        "nothing changed: start a new shell",
    )
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

/// The value of a variable that a line of a reply cannot carry.
pub fn line_break(variable: &str) -> Error {
    Error::failed(variable, "its value holds a line break: nothing changed: unset it")
}

/// A state that could not be read again.
pub fn line_break_in_state() -> Error {
    Error::failed("AWS_PROFILE or a region variable", "its value holds a line break: unset it")
}
