//! The profile in the prompt.

mod exit_status;
mod segment;
mod users_prompts;
