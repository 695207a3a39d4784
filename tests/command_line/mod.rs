//! The helper alone, without the shell integration.

mod answers;
mod output;
