//! `aws-switch [PROFILE]`, `-`, `--unset` and `use`: a manual switch.

use std::ffi::OsString;

use super::{list, login, pick, suggest, target};
use crate::aws::Profile;
use crate::cli::{Switch, SwitchOptions};
use crate::context::Context;
use crate::error::Error;
use crate::output::Message;
use crate::picker;
use crate::protocol::Event;
use crate::recent;
use crate::state::{Deadline, Layer};
use crate::switching::{self, Direction, messages, reply};

pub fn run(context: &Context, switch: Switch) -> Result<(), Error> {
    match switch.profile {
        Some(profile) if profile == "-" => back(context, &switch.options),
        Some(profile) => to(context, profile, &switch.options).map_err(suggest::for_name),
        None if switch.unset => {
            check_integration()?;
            make(context, Layer::default(), Direction::Forward, &switch.options)
        }
        None => match &switch.pick {
            Some(query) => pick(context, query, &switch.options),
            None if reply::has_reader()? || switch.options.is_given() => pick(context, &[], &switch.options),
            None => list::names(context),
        },
    }
}

/// The user picks a profile from a list that opens with this query.
fn pick(context: &Context, query: &[String], options: &SwitchOptions) -> Result<(), Error> {
    if !picker::is_possible() {
        return Err(messages::no_terminal());
    }
    check_integration()?;
    to(context, pick::profile(context, &query.join(" "))?, options)
}

/// Switches to a profile, whatever its name is like.
pub fn to(context: &Context, profile: OsString, options: &SwitchOptions) -> Result<(), Error> {
    // Reported first: the word may be meant for another command, and typed before the integration is loaded.
    context.profile(&profile)?;
    check_integration()?;
    make(context, Layer { profile: Some(profile), ..Layer::default() }, Direction::Forward, options)
}

fn back(context: &Context, options: &SwitchOptions) -> Result<(), Error> {
    check_integration()?;
    if switching::has_expired(&context.environment) && !options.is_given() {
        // In a script, and on the line of the switch: its end is what goes back.
        return reply::print(context, &switching::activate_layer(context, Event::Change));
    }
    let previous = switching::previous(&context.environment).ok_or_else(messages::no_previous)?;
    make(context, previous, Direction::Back, options).map_err(|error| error.about_name_from("the previous switch"))
}

/// Without a shell integration the switch would be lost with this process.
fn check_integration() -> Result<(), Error> {
    if reply::has_reader()? { Ok(()) } else { Err(messages::not_switchable()) }
}

fn make(context: &Context, layer: Layer, direction: Direction, options: &SwitchOptions) -> Result<(), Error> {
    let deadline = options.time.map(|time| {
        let length = time.as_secs();
        Deadline { at: context.environment.now.saturating_add(length), length }
    });
    let layer = Layer {
        region: options.region.clone().map(OsString::from).or(layer.region),
        deadline: deadline.or(layer.deadline),
        ..layer
    };
    let problem = match &layer.profile {
        Some(profile) => check(context, context.profile(profile)?, options)?,
        None => None,
    };
    // Once in a shell: later switches repeat nothing.
    if !context.environment.state.as_ref().is_some_and(|state| state.is_base_manual) {
        context.settings().diagnostics.iter().for_each(|problem| Message::from(problem).print());
    }
    reply::print(context, &switching::switch(context, &layer, direction, problem))?;
    // A profile that was active already stays where it is in the list.
    if let Some(profile) = layer.profile.filter(|profile| Some(profile) != context.environment.profile.as_ref()) {
        recent::remember(&profile.to_string_lossy());
    }
    Ok(())
}

/// Asks the user to confirm the profile, and renews its session, where that is wanted; returns why commands under it
/// fail all the same.
fn check(context: &Context, profile: Profile, options: &SwitchOptions) -> Result<Option<String>, Error> {
    target::confirm(context, profile, options.yes, "switch to it", "nothing changed")?;
    if options.login {
        login::log_in_if_needed(context, profile, &[])?;
    }
    let problem = messages::no_credentials(context, profile);
    // The session was read before the login, and is another one now.
    let session = context.session(profile).filter(|_| !options.login);
    let needs_login =
        || session.and_then(|session| messages::check_session(context, session).err()).map(messages::no_session);
    Ok(problem.or_else(needs_login))
}
