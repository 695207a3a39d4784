//! `aws-switch auto`: activates the directory profile again, or turns directory profiles off in this shell.

use std::process::ExitCode;

use crate::aws::AwsFiles;
use crate::cli::AutoAction;
use crate::context::Context;
use crate::error::Error;
use crate::switching::{self, Decision, Effect, Event, messages, reply};

/// Turns directory profiles on, over a manual switch too, or off.
///
/// # Errors
/// If the shell integration is not loaded, or a line of the reply cannot carry a value.
pub fn run(action: Option<AutoAction>) -> Result<ExitCode, Error> {
    if !reply::is_read()? {
        return Err(messages::not_followed());
    }
    let is_on = action != Some(AutoAction::Off);
    let files = AwsFiles::default();
    let context = Context::new(&files).with_auto(is_on);
    let mut decision = switching::decide(&context, if is_on { &Event::Reapply } else { &Event::Change });
    decision.auto = Some(if is_on { "on" } else { "off" });
    if decision.effect == Effect::None {
        let text = unchanged(is_on, &decision);
        decision.answer(text);
    }
    reply::print(&decision)?;
    Ok(decision.status())
}

fn unchanged(is_on: bool, decision: &Decision) -> &'static str {
    match (is_on, &decision.state.file) {
        (true, None) => messages::AUTO_ON_WITHOUT_FILE,
        (true, Some(_)) => messages::AUTO_ON_UNCHANGED,
        (false, _) => messages::AUTO_OFF_UNCHANGED,
    }
}
