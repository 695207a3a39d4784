//! `aws-switch [PROFILE]`, `-`, `--unset` and `use`: a choice by hand.

use std::env;
use std::ffi::OsString;

use super::{list, pick};
use crate::cli::Switch;
use crate::environment::{DEFAULT_PROFILE, PROFILE, REGIONS};
use crate::error::Error;
use crate::layers::{self, Outcome};
use crate::picker;
use crate::recent;
use crate::session::{Session, standing};
use crate::state::Choice;
use crate::wire::{self, Answer};

/// Switches, to a profile that is picked when none is named, or prints the names.
///
/// # Errors
/// If it did not switch; nothing has changed then.
pub fn run(switch: Switch) -> Result<(), Error> {
    match switch.profile {
        Some(profile) if profile == "-" => back(switch.region),
        Some(profile) => to(profile, switch.region),
        None if switch.unset => choose(&Session::new(), Choice::default()),
        None => unnamed(switch.region),
    }
}

/// No profile is named: the user picks one, or gets the names where nobody can.
fn unnamed(region: Option<String>) -> Result<(), Error> {
    let is_read = wire::is_read()?;
    if is_read && picker::is_possible() {
        to(pick::profile()?, region)
    } else if is_read || env::args_os().len() > 1 {
        let why = "there is no terminal to pick one on: name one, or see 'aws-switch list'";
        Err(Error::Usage(format!("no profile is named: {why}")))
    } else {
        list::names()
    }
}

/// Switches to a profile, whatever its name is like.
///
/// # Errors
/// If it did not switch; nothing has changed then.
pub fn to(profile: OsString, region: Option<String>) -> Result<(), Error> {
    let (profile, region) = (Some(profile), region.map(OsString::from));
    choose(&Session::new(), Choice { profile, region, ..Choice::default() })
}

/// Switches to the last choice.
fn back(region: Option<String>) -> Result<(), Error> {
    must_be_read()?;
    let session = Session::new();
    let choice = last_choice(&session)?;
    choose(&session, Choice { region: region.map(OsString::from).or(choice.region), ..choice })
}

/// Without an integration a switch would be lost with this process.
fn must_be_read() -> Result<(), Error> {
    if wire::is_read()? {
        return Ok(());
    }
    Err(Error::failed(
        "this shell cannot be switched",
        "the integration is not loaded: run 'aws-switch setup', then start a new shell",
    ))
}

fn last_choice(session: &Session) -> Result<Choice, Error> {
    let (state, _) = layers::settle(&session.environment, session.environment.state.is_none());
    state.previous.ok_or_else(|| Error::failed("no earlier choice", "this shell has not switched by hand yet"))
}

fn choose(session: &Session, choice: Choice) -> Result<(), Error> {
    must_be_read()?;
    if let Some(profile) = &choice.profile {
        session.accounts.expect(profile)?;
    }
    for fault in session.settings.faults() {
        crate::terminal::message(&fault.to_string());
    }
    let environment = &session.environment;
    let outcome = layers::choose(environment, session.governing(), choice.clone());
    let mut answer = Answer::new(environment, &outcome)?;
    if choice.profile.is_none() && environment.profile.is_none() {
        // It may be there all the same, and empty, which the AWS CLI takes for a name.
        answer.unset(PROFILE);
    }
    let mut taken_out = Vec::new();
    if choice.profile.is_some() {
        if environment.default_profile.is_some() && choice.default_profile.is_none() {
            taken_out.push(DEFAULT_PROFILE);
        }
        for name in &environment.overriding {
            answer.unset(name);
            taken_out.push(name);
        }
    }
    session.draw(&mut answer, &outcome, environment.keys.is_some() && choice.profile.is_none());
    answer.say(&told(&outcome, &taken_out, environment.keys));
    if let Some(warning) = region_warning(session, &outcome, &choice) {
        answer.say(&warning);
    }
    answer.print()?;
    if let Some(profile) = choice.profile.as_ref().and_then(|profile| profile.to_str()) {
        recent::remember(profile);
    }
    Ok(())
}

fn told(outcome: &Outcome, taken_out: &[&str], key: Option<&str>) -> String {
    let stands = standing(outcome);
    match (taken_out, key) {
        ([], Some(key)) => format!("now {stands}; {key} is still set"),
        ([], None) => format!("now {stands}"),
        (names, _) => format!("now {stands}; taken out, as it would win: {}", names.join(", ")),
    }
}

/// A region that the user set stays, so it is said where it is not the profile's own.
fn region_warning(session: &Session, outcome: &Outcome, choice: &Choice) -> Option<String> {
    let profile = choice.profile.as_ref()?.to_str()?;
    if choice.region.is_some() {
        return None;
    }
    let own = session.accounts.region(profile)?;
    let (name, region) = REGIONS.into_iter().zip(&outcome.after.regions).find_map(|(name, region)| {
        let region = region.as_ref()?.to_string_lossy();
        (!region.is_empty() && region != own).then_some((name, region))
    })?;
    Some(format!("{name} stays {region}: the region of {profile} is {own}"))
}
