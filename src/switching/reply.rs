//! The reply that the shell integration reads: lines of data, which it assigns and never evaluates.
//!
//! Each line is a verb and the rest; the first names the protocol, the last is `end`, so that a script notices a reply
//! that was cut short.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write as _};

use crate::error::{Error, written};
use crate::output;
use crate::switching::decide::{Decision, Notice};
use crate::switching::messages;
use crate::switching::state::{self, State};

/// The number that helper and scripts must share.
pub const PROTOCOL: &str = "2";
/// The variable by which a script says which protocol it reads.
pub const VARIABLE: &str = "__AWS_SWITCH_WIRE";

/// Whether a shell integration reads the reply.
///
/// # Errors
/// If it reads another protocol: the helper was upgraded under an open shell.
pub fn is_read() -> Result<bool, Error> {
    match env::var_os(VARIABLE) {
        None => Ok(false),
        Some(protocol) if protocol.is_empty() => Ok(false),
        Some(protocol) if protocol == PROTOCOL => Ok(true),
        Some(_) => Err(messages::other_version()),
    }
}

/// Prints a decision for the shell integration; where none reads it, the answers among its notices.
///
/// # Errors
/// If a value holds a line break, or stdout cannot be written. Nothing changes then.
pub fn print(decision: &Decision) -> Result<(), Error> {
    let reply = encode(decision)?;
    if is_read()? {
        return written(io::stdout().write_all(&reply));
    }
    for notice in &decision.notices {
        if let Notice::Answer(text) = notice {
            output::message(text);
        }
    }
    Ok(())
}

fn encode(decision: &Decision) -> Result<Vec<u8>, Error> {
    let mut lines = Lines::default();
    lines.add("aws-switch", PROTOCOL);
    for (name, value) in &decision.variables {
        match value {
            None => lines.add("unset", name),
            Some(value) if has_line_break(value) => return Err(messages::line_break(name)),
            Some(value) => lines.add("set", [OsStr::new(name), value].join(OsStr::new(" "))),
        }
    }
    if let Some(text) = encode_state(&decision.state)? {
        lines.add("state", text);
    }
    if decision.saved_keys.discards {
        lines.add("discard", "");
    }
    for name in decision.saved_keys.swapped() {
        lines.add("swap", name);
    }
    lines.add("recheck", decision.recheck.map(|time| time.to_string()).unwrap_or_default());
    lines.add("segment", output::escaped(&decision.segment.text).as_ref());
    lines.add("style", decision.segment.style.name());
    if let Some(auto) = decision.auto {
        lines.add("auto", auto);
    }
    for Notice::Answer(text) | Notice::Change(text) in &decision.notices {
        lines.add("print", output::escaped(text).as_ref());
    }
    lines.0.extend_from_slice(b"end\n");
    Ok(lines.0)
}

/// The text of the state; empty where an earlier one is to be unset, `None` where there is nothing to do.
fn encode_state(state: &State) -> Result<Option<String>, Error> {
    if *state == State::default() {
        return Ok(env::var_os(state::VARIABLE).map(|_| String::new()));
    }
    let text = state.encode();
    match State::decode(OsStr::new(&text)) {
        Some(_) => Ok(Some(text)),
        // The next question would find no state.
        None => Err(messages::line_break_in_state()),
    }
}

fn has_line_break(value: &OsStr) -> bool {
    value.as_encoded_bytes().iter().any(|byte| b"\r\n".contains(byte))
}

#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn add(&mut self, verb: &str, rest: impl AsRef<OsStr>) {
        for part in [verb.as_bytes(), b" ", rest.as_ref().as_encoded_bytes(), b"\n"] {
            self.0.extend_from_slice(part);
        }
    }
}
