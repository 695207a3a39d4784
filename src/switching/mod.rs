//! Which profile is active, and what a switch changes.

pub mod decide;
pub mod reply;
pub mod saved_keys;
pub mod state;
