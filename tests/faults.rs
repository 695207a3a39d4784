//! What goes wrong around the shell: helpers that are killed, hang or print garbage, files that change while they are
//! read, places that cannot be written, and a hundred shells at once.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

#[path = "faults/answers.rs"]
mod answers;
mod common;
#[path = "faults/crowd.rs"]
mod crowd;
#[cfg(target_os = "linux")]
#[path = "faults/full.rs"]
mod full;
#[path = "faults/hang.rs"]
mod hang;
#[path = "faults/places.rs"]
mod places;
#[path = "faults/rewritten.rs"]
mod rewritten;
