//! `aws-switch [PROFILE]`, `-`, `--unset` and `use`: a choice by hand.

use std::ffi::OsString;

use super::{list, login, pick, suggest, summary};
use crate::aws;
use crate::cli::{How, Switch};
use crate::confirm;
use crate::context::{Context, brought_back, standing};
use crate::environment::{DEFAULT_PROFILE, PROFILE, REGIONS};
use crate::error::{Error, did_you_mean, most_alike};
use crate::output;
use crate::picker;
use crate::recent;
use crate::settings::Confirm;
use crate::switching::decide::{self, Outcome};
use crate::switching::reply::{self, Answer};
use crate::switching::saved_keys::{Kept, Moves};
use crate::switching::state::Choice;

/// Switches, to a profile that is picked when none is named, or prints the names.
///
/// # Errors
/// If it did not switch; nothing has changed then.
pub fn run(context: &Context, switch: Switch) -> Result<(), Error> {
    match switch.profile {
        Some(profile) if profile == "-" => back(context, &switch.how),
        Some(profile) => to(context, profile, &switch.how).map_err(suggest::for_name),
        None if switch.unset => {
            wired()?;
            choose(context, Choice::default(), false)
        }
        None => unnamed(context, &switch.how),
    }
}

/// No profile is named: the user picks one, or gets the names where nobody can.
fn unnamed(context: &Context, how: &How) -> Result<(), Error> {
    let is_read = reply::is_read()?;
    if is_read && picker::is_possible() {
        to(context, pick::profile(context)?, how)
    } else if is_read || how.is_given() {
        let why = "there is no terminal to pick one on: name one, or see 'aws-switch list'";
        Err(Error::Usage(format!("no profile is named: {why}")))
    } else {
        list::names(context)
    }
}

/// Switches to a profile, whatever its name is like.
///
/// # Errors
/// If it did not switch; nothing has changed then.
pub fn to(context: &Context, profile: OsString, how: &How) -> Result<(), Error> {
    // Told first: a word that is meant for something else may be typed where no integration is yet.
    context.profile(&profile)?;
    wired()?;
    let until = how.time.map(|time| context.environment.now.saturating_add(time.as_secs()));
    let region = how.region.clone().map(OsString::from);
    let choice = Choice { profile: Some(profile), region, until, default_profile: None };
    check(context, &choice, how)?;
    choose(context, choice, false)
}

/// Switches to the last choice.
fn back(context: &Context, how: &How) -> Result<(), Error> {
    wired()?;
    let choice = last_choice(context)?;
    let until = how.time.map(|time| context.environment.now.saturating_add(time.as_secs()));
    let region = how.region.clone().map(OsString::from);
    let choice = Choice { region: region.or(choice.region), until: until.or(choice.until), ..choice };
    check(context, &choice, how)?;
    choose(context, choice, true)
}

/// Without an integration a switch would be lost with this process.
fn wired() -> Result<(), Error> {
    if reply::is_read()? {
        return Ok(());
    }
    Err(Error::failed(
        "this shell cannot be switched",
        "the integration is not loaded: run 'aws-switch setup', then start a new shell",
    ))
}

fn last_choice(context: &Context) -> Result<Choice, Error> {
    let environment = &context.environment;
    let settled = decide::settle(environment, environment.state.is_none());
    let choice = settled.state.previous;
    let choice = choice.ok_or_else(|| Error::failed("no earlier choice", "there is nothing to go back to"))?;
    match (&choice.profile, choice.until) {
        (Some(profile), Some(end)) if end <= environment.now => {
            Err(Error::failed(profile.to_string_lossy(), "its time is up: choose it by its name"))
        }
        _ => Ok(choice),
    }
}

/// Whether there is such a profile, whether it is meant, and whether its session is good: seen to where that is asked
/// for, else said.
fn check(context: &Context, choice: &Choice, how: &How) -> Result<(), Error> {
    let Some(profile) = &choice.profile else {
        return Ok(());
    };
    let profile = context.profile(profile)?;
    let name = profile.name();
    let asks = !how.yes && context.settings().confirm() == Confirm::Protected && context.settings().protects(name);
    if asks {
        confirm::switch_to(name, &summary::summary(profile))?;
    }
    if how.login {
        return login::log_in(context, profile, false);
    }
    // Said now, as the first command would fail for it.
    if let Some(why) = context.session(profile).and_then(|session| login::why_needed(session.status)) {
        output::message(&format!("{name}: {why}: run 'aws-switch login'"));
    }
    Ok(())
}

fn choose(context: &Context, choice: Choice, is_last: bool) -> Result<(), Error> {
    for problem in context.settings().diagnostics() {
        output::message(&problem.without_fix());
    }
    let environment = &context.environment;
    let outcome = decide::choose(environment, context.governing(), choice.clone(), is_last);
    let has_profile = choice.profile.is_some();
    let moves = match outcome.kept {
        Kept::Still if is_last => Moves::for_last_choice(environment, has_profile),
        kept => Moves::for_choice(environment, has_profile, kept),
    };
    let mut answer = Answer::new(environment, &outcome)?;
    if !has_profile && environment.profile.is_none() {
        // It may be there all the same, and empty, which the AWS CLI takes for a name.
        answer.unset(PROFILE);
    }
    context.draw(&mut answer, &outcome, &moves);
    answer.say(&told(context, &outcome, &choice, &moves));
    for warning in [region_warning(context, &outcome, &choice), region_unknown(&choice)].into_iter().flatten() {
        answer.say(&warning);
    }
    answer.print()?;
    // The one that was in force already is where it was among the others.
    if let Some(profile) = choice.profile.as_ref().filter(|&profile| Some(profile) != environment.profile.as_ref()) {
        recent::remember(&profile.to_string_lossy());
    }
    Ok(())
}

/// What is in force now, until when, and which variables came and went.
fn told(context: &Context, outcome: &Outcome, choice: &Choice, moves: &Moves) -> String {
    let environment = &context.environment;
    let mut text = format!("now {}", standing(outcome));
    if let Some(end) = choice.until {
        text += &format!(" for {}", output::time_left(end.saturating_sub(environment.now)));
    }
    let is_displaced = environment.default_profile.is_some() && choice.profile.is_some();
    let displaced = (is_displaced && choice.default_profile.is_none()).then_some(DEFAULT_PROFILE);
    let taken_out: Vec<&str> = displaced.into_iter().chain(moves.taken_out(environment)).collect();
    if !taken_out.is_empty() {
        text += &format!("; taken out, as it would win: {}", taken_out.join(", "));
    }
    text += &brought_back(moves);
    match moves.signing(environment) {
        Some(key) if moves.back.is_empty() => text + &format!("; {key} is still set"),
        _ => text,
    }
}

/// A region that the user set stays, so it is said where it is not the profile's own.
fn region_warning(context: &Context, outcome: &Outcome, choice: &Choice) -> Option<String> {
    let profile = choice.profile.as_ref()?.to_str()?;
    if choice.region.is_some() {
        return None;
    }
    let own = context.profile_region(profile)?;
    let (name, region) = REGIONS.into_iter().zip(&outcome.after.regions).find_map(|(name, region)| {
        let region = region.as_ref()?.to_string_lossy();
        (region != own).then_some((name, region))
    })?;
    let region = if region.is_empty() { "empty".into() } else { region };
    Some(format!("{name} stays {region}: the region of {profile} is {own}"))
}

/// A region may be newer than this program, so one that it does not know is said and not refused.
fn region_unknown(choice: &Choice) -> Option<String> {
    let region = choice.region.as_ref()?.to_string_lossy();
    if aws::REGIONS.contains(&region.as_ref()) {
        return None;
    }
    let hint = most_alike(&region, aws::REGIONS).map(|other| format!(": {}", did_you_mean(other)));
    Some(format!("{region}: no region that is known here{}", hint.unwrap_or_default()))
}
