//! Tab, and the completion files that packages install.

mod candidates;
mod committed_files;
mod profiles;

use crate::common::{Session, Shell, World};

/// A shell with Tab completion.
fn start(world: &World, shell: Shell) -> Session {
    world.start(shell).before(shell.completion_setup()).spawn()
}
