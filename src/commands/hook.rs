//! What the integration asks at a prompt and after a change of folder.

use std::process;
use std::thread;
use std::time::Duration;

use crate::cli::HookEvent;
use crate::context::Context;
use crate::error::Error;
use crate::switching::decide::Event;

/// How long a prompt or a Tab waits at most.
const PATIENCE: Duration = Duration::from_secs(2);

/// Says which layer stands now.
///
/// # Errors
/// If a value cannot be handed over.
pub fn run(context: &Context, event: HookEvent) -> Result<(), Error> {
    limit_time();
    let event = match event {
        HookEvent::Load => Event::Load,
        HookEvent::Change => Event::Change,
    };
    let (answer, _) = context.follow(event)?;
    answer.print()
}

/// Ends this process when a prompt or a Tab has waited long enough: a file system may hang.
pub fn limit_time() {
    let watch = || {
        thread::sleep(PATIENCE);
        process::exit(1);
    };
    // Without a second thread the answer is still right, only its time is not bounded.
    let _ = thread::Builder::new().spawn(watch);
}
