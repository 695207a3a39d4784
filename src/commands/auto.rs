//! `aws-switch auto`: activates the directory profile again, or turns directory profiles off in this shell.

use std::process::ExitCode;

use crate::context::Context;
use crate::error::Error;
use crate::protocol::Event;
use crate::settings::AutoAction;
use crate::switching::{self, Decision, messages, reply};

pub fn run(context: &Context, action: AutoAction) -> Result<ExitCode, Error> {
    if !reply::has_reader()? {
        return Err(messages::not_activatable());
    }
    let event = if action == AutoAction::On { Event::Reapply } else { Event::Change };
    let line = |decision: &Decision| messages::auto(context, action, decision);
    let decision = Decision { auto: Some(action), ..switching::activate_layer_for_command(context, event, line) };
    reply::print(context, &decision)?;
    Ok(decision.status())
}
