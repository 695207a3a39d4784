//! Loading the shell integration.

mod broken_helper;
mod existing_setup;
mod plugin_managers;
mod prompt_command;
mod side_effects;
