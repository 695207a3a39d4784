//! The profile in the prompt.

mod deadline;
mod exit_status;
mod marks;
mod segment;
mod users_prompts;
