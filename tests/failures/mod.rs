//! Failures around the shell: helpers that are killed, hang or print garbage, files that change while they are read,
//! file systems that are full or readonly, and a hundred shells at once.

mod crowd;
#[cfg(target_os = "linux")]
mod full;
mod hanging;
mod replies;
mod rewritten;
mod unwritable;
