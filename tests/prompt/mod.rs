//! The profile in the prompt.

mod deadline;
mod exit_status;
mod marks;
mod segment;
mod themes;
mod users_prompts;
