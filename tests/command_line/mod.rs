//! The helper alone, without the shell integration.

mod answers;
mod help;
mod output;
