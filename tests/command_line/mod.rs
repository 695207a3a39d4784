//! The helper alone, without the shell integration.

mod answers;
mod help;
mod list;
mod output;
