//! `aws-switch auto`: the folder's profile in force again, or folders not followed in this shell.

use std::process::ExitCode;

use crate::aws::AwsFiles;
use crate::cli::AutoAction;
use crate::context::Context;
use crate::error::Error;
use crate::switching::decide::{Event, Told};
use crate::switching::reply;

/// Turns following on, over a choice by hand too, or off.
///
/// # Errors
/// If no integration is loaded, or a value cannot be handed over.
pub fn run(action: Option<AutoAction>) -> Result<ExitCode, Error> {
    if !reply::is_read()? {
        return Err(Error::failed(
            "this shell follows no folders",
            "the integration is not loaded: run 'aws-switch setup', then start a new shell",
        ));
    }
    let following = action != Some(AutoAction::Off);
    let files = AwsFiles::default();
    let context = Context::new(&files).with_auto(following);
    let event = if following { Event::Reapply } else { Event::Change };
    let (mut answer, outcome) = context.follow(event)?;
    answer.auto(if following { "on" } else { "off" });
    let told = match (&outcome.told, following) {
        (Told::Nothing, true) if context.governing().is_none() => Some("following folders; none governs here"),
        (Told::Nothing, true) => Some("following folders; nothing to change"),
        (Told::Nothing, false) => Some("not following folders in this shell"),
        _ => None,
    };
    if let Some(text) = told {
        answer.say(text);
    }
    answer.print()?;
    Ok(status(&outcome.told))
}

/// The status that tells a script whether the file is in force: 4 if it was refused.
pub fn status(told: &Told) -> ExitCode {
    match told {
        Told::Nothing | Told::Entered(_) | Told::Left(_) => ExitCode::SUCCESS,
        Told::Refused(..) => ExitCode::from(4),
        Told::Blocked(..) => ExitCode::FAILURE,
    }
}
