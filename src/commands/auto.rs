//! `aws-switch auto`: activates the directory profile again, or turns directory profiles off in this shell.

use std::process::ExitCode;

use crate::context::Context;
use crate::error::Error;
use crate::settings::AutoAction;
use crate::switching::{self, Effect, Event, messages, reply};

pub fn run(context: &Context, action: AutoAction) -> Result<ExitCode, Error> {
    if !reply::is_read()? {
        return Err(messages::not_followed());
    }
    let event = if action == AutoAction::On { Event::Reapply } else { Event::Change };
    let mut decision = switching::follow(context, event);
    decision.auto = Some(action);
    if decision.effect == Effect::None {
        decision.answers.push(messages::auto_unchanged(action, &decision));
    }
    reply::print(context, &decision)?;
    Ok(decision.status())
}
