//! Which profile is active, and what a switch changes.

mod decide;
mod layers;
pub mod messages;
mod observation;
pub mod reply;
mod saved_keys;
mod segment;
pub mod state;
mod variables;

pub use decide::{Decision, decide, decide_for_child};
pub use layers::{Effect, Event, previous};
