//! Tab, and the completion files that packages install.

mod candidates;
mod committed_files;
mod profiles;
