//! `aws-switch __hook`: what the shell integration asks at a prompt and after a change of directory.

use std::process;
use std::thread;
use std::time::Duration;

use crate::context::Context;
use crate::error::Error;
use crate::protocol::Event;
use crate::switching::{self, reply};

/// How long a prompt or a Tab waits at most.
const TIME_LIMIT: Duration = Duration::from_secs(2);

pub fn run(context: &Context, event: Event) -> Result<(), Error> {
    limit_time();
    reply::print_for_hook(context, &switching::activate_layer(context, event))
}

/// Ends this process when a prompt or a Tab has waited long enough: a file system may hang.
pub fn limit_time() {
    let watch = || {
        thread::sleep(TIME_LIMIT);
        process::exit(1);
    };
    // Without a second thread the reply is as right, only without the limit.
    let _ = thread::Builder::new().spawn(watch);
}
