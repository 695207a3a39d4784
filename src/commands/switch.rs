//! `aws-switch [PROFILE]`, `-`, `--unset` and `use`: a manual switch.

use std::ffi::OsString;

use super::{list, login, pick, suggest, summary};
use crate::cli::{How, Switch};
use crate::confirm;
use crate::context::Context;
use crate::error::Error;
use crate::output;
use crate::picker;
use crate::recent;
use crate::switching::state::Layer;
use crate::switching::{self, Event, messages, reply};

/// Switches, to a profile that is picked when none is named, or prints the names.
///
/// # Errors
/// If it did not switch; nothing has changed then.
pub fn run(context: &Context, switch: Switch) -> Result<(), Error> {
    match switch.profile {
        Some(profile) if profile == "-" => back(context, &switch.how),
        Some(profile) => to(context, profile, &switch.how).map_err(suggest::for_name),
        None if switch.unset => {
            check_integration()?;
            apply(context, &Event::Switch(Layer::default()))
        }
        None => unnamed(context, &switch.how),
    }
}

/// No profile is named: the user picks one, or gets the names where there is no terminal.
fn unnamed(context: &Context, how: &How) -> Result<(), Error> {
    let is_read = reply::is_read()?;
    if is_read && picker::is_possible() {
        to(context, pick::profile(context)?, how)
    } else if is_read || how.is_given() {
        Err(messages::no_terminal())
    } else {
        list::run(context, false, true)
    }
}

/// Switches to a profile, whatever its name is like.
///
/// # Errors
/// If it did not switch; nothing has changed then.
pub fn to(context: &Context, profile: OsString, how: &How) -> Result<(), Error> {
    // Reported first: the word may be meant for another command, and typed before the integration is loaded.
    context.profile(&profile)?;
    check_integration()?;
    let layer = options(context, Layer { profile: Some(profile), ..Layer::default() }, how);
    check(context, &layer, how)?;
    apply(context, &Event::Switch(layer))
}

/// Switches to the layer before the last manual switch.
fn back(context: &Context, how: &How) -> Result<(), Error> {
    check_integration()?;
    let previous = switching::previous(&context.environment).ok_or_else(messages::no_previous)?;
    if let (Some(profile), Some(time)) = (&previous.profile, previous.expires_at)
        && time <= context.environment.now
    {
        return Err(messages::previous_expired(profile));
    }
    let layer = options(context, previous, how);
    check(context, &layer, how)?;
    apply(context, &Event::SwitchBack(layer))
}

/// The layer with the region and the time that are asked for.
fn options(context: &Context, layer: Layer, how: &How) -> Layer {
    let expires_at = how.time.map(|time| context.environment.now.saturating_add(time.as_secs()));
    Layer {
        region: how.region.clone().map(OsString::from).or(layer.region),
        expires_at: expires_at.or(layer.expires_at),
        ..layer
    }
}

/// Without a shell integration the switch would be lost with this process.
fn check_integration() -> Result<(), Error> {
    if reply::is_read()? { Ok(()) } else { Err(messages::not_switchable()) }
}

/// Whether the profile exists, whether the user confirms it, and whether its session is valid: it is renewed where that
/// is asked for, else reported.
fn check(context: &Context, layer: &Layer, how: &How) -> Result<(), Error> {
    let Some(profile) = &layer.profile else {
        return Ok(());
    };
    let profile = context.profile(profile)?;
    let name = profile.name();
    let asks = !how.yes && context.settings().confirms_protected() && context.settings().protects(name);
    if asks {
        confirm::switch_to(name, &summary::summary(profile))?;
    }
    if how.login {
        return login::log_in(context, profile, false);
    }
    if let Some(why) = context.session(profile).and_then(|session| login::why_needed(session.status)) {
        output::message(&messages::session(name, why));
    }
    Ok(())
}

fn apply(context: &Context, event: &Event) -> Result<(), Error> {
    for problem in context.settings().diagnostics() {
        output::message(&problem.without_fix());
    }
    reply::print(&switching::decide(context, event))?;
    let profile = event.layer().and_then(|layer| layer.profile.as_ref());
    // A profile that was active already keeps its rank.
    if let Some(profile) = profile.filter(|&profile| Some(profile) != context.environment.profile.as_ref()) {
        recent::remember(&profile.to_string_lossy());
    }
    Ok(())
}
