//! Loading the shell integration.

mod beside_bash;
mod broken_helper;
mod existing_setup;
mod missing_parts;
mod other_tools;
mod plugin_managers;
mod prompt_command;
mod replayed_functions;
mod second_name;
mod side_effects;
