//! The integration tests, one module for each subject: the helper, and the integration in real shells.
//!
//! `tests/run trust` runs the tests of one subject. `common` is the harness that all of them share; `harness` tests it.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod aws_files;
mod behaviours;
mod command_line;
mod common;
mod completion;
mod directory;
mod docs;
mod doctor;
mod failures;
mod harness;
mod hostile;
mod loading;
mod picker;
mod processes;
mod programs;
mod prompt;
mod secrets_and_network;
mod settings;
mod setup;
mod source;
mod switching;
mod trust;
