//! The answer that the integration reads: lines of data, which it assigns and never evaluates.
//!
//! Each line is a verb and the rest; the first names the protocol, the last is `end`, so that an
//! answer that was cut short is seen to be.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::io::{self, Write as _};

use crate::environment::{DEFAULT_PROFILE, Environment, PROFILE, REGIONS};
use crate::error::{Error, written};
use crate::output;
use crate::switching::decide::Outcome;
use crate::switching::saved_keys::Moves;
use crate::switching::state::{self, State};

/// The number that helper and scripts must share.
pub const PROTOCOL: &str = "2";
/// The variable by which a script says which protocol it reads.
pub const VARIABLE: &str = "__AWS_SWITCH_WIRE";

/// Whether an integration reads the answer.
///
/// # Errors
/// If it reads another protocol: the helper was upgraded under an open shell.
pub fn is_read() -> Result<bool, Error> {
    match env::var_os(VARIABLE) {
        None => Ok(false),
        Some(protocol) if protocol.is_empty() => Ok(false),
        Some(protocol) if protocol == PROTOCOL => Ok(true),
        Some(_) => Err(Error::failed(
            "this shell's integration and the helper are of different versions",
            "nothing changed: start a new shell",
        )),
    }
}

/// An answer in the making.
#[derive(Debug, Default)]
pub struct Answer {
    lines: Vec<u8>,
    said: Vec<String>,
}

impl Answer {
    /// The changes from the environment to the outcome, and what to remember.
    ///
    /// # Errors
    /// If a value holds a line break, which no line can carry: nothing is to change then.
    pub fn new(environment: &Environment, outcome: &Outcome) -> Result<Self, Error> {
        let mut answer = Self::default();
        let after = &outcome.after;
        answer.variable(PROFILE, environment.profile.as_ref(), after.profile.as_ref())?;
        answer.variable(DEFAULT_PROFILE, environment.default_profile.as_ref(), after.default_profile.as_ref())?;
        for ((name, before), after) in REGIONS.into_iter().zip(&environment.regions).zip(&after.regions) {
            answer.variable(name, before.as_ref(), after.as_ref())?;
        }
        if outcome.state.is_worth_keeping() {
            let text = outcome.state.encode();
            // What could not be read again would be lost.
            if State::decode(OsStr::new(&text)).is_none() {
                return Err(Error::failed(
                    "AWS_PROFILE or a region variable",
                    "its value holds a line break: unset it",
                ));
            }
            answer.line("state", OsStr::new(&text));
        } else if env::var_os(state::VARIABLE).is_some() {
            answer.line("state", OsStr::new(""));
        }
        Ok(answer)
    }

    fn variable(&mut self, name: &str, before: Option<&OsString>, after: Option<&OsString>) -> Result<(), Error> {
        match after {
            _ if before == after => {}
            None => self.unset(name),
            Some(value) if value.as_encoded_bytes().iter().any(|byte| b"\r\n".contains(byte)) => {
                return Err(Error::failed(name, "its value holds a line break: nothing changed: unset it"));
            }
            Some(value) => {
                let mut rest = OsString::from(name);
                rest.push(" ");
                rest.push(value);
                self.line("set", &rest);
            }
        }
        Ok(())
    }

    /// Removes a variable.
    pub fn unset(&mut self, name: &str) {
        self.line("unset", OsStr::new(name));
    }

    /// Variables that win over a profile: taken out into the shell's memory, or brought back from it.
    pub fn moves(&mut self, moves: &Moves) {
        if moves.forget {
            self.line("discard", OsStr::new(""));
        }
        for name in &moves.swap {
            self.line("swap", OsStr::new(name));
        }
    }

    /// When the script is to ask again although nothing has changed, in seconds since 1970; `None` for never.
    pub fn recheck(&mut self, moment: Option<u64>) {
        self.line("recheck", OsStr::new(&moment.map(|moment| moment.to_string()).unwrap_or_default()));
    }

    /// Whether this shell follows folders: `on`, `off`, or nothing for what the settings say.
    pub fn auto(&mut self, value: &str) {
        self.line("auto", OsStr::new(value));
    }

    /// What the prompt shows, and its style: `plain`, `protected` or `problem`.
    pub fn segment(&mut self, text: &str, style: &str) {
        self.line("segment", OsStr::new(output::escaped(text).as_ref()));
        self.line("style", OsStr::new(style));
    }

    /// A line for stderr, once the assignments took.
    pub fn say(&mut self, text: &str) {
        self.said.push(text.to_owned());
        self.say_change(text);
    }

    /// The same for what the assignments changed: nothing, where no integration makes them.
    pub fn say_change(&mut self, text: &str) {
        self.line("print", OsStr::new(output::escaped(text).as_ref()));
    }

    fn line(&mut self, verb: &str, rest: &OsStr) {
        self.lines.extend_from_slice(verb.as_bytes());
        self.lines.push(b' ');
        self.lines.extend_from_slice(rest.as_encoded_bytes());
        self.lines.push(b'\n');
    }

    /// Prints it for the integration; or, where none reads it, says what there is to say.
    ///
    /// # Errors
    /// If stdout cannot be written.
    pub fn print(&self) -> Result<(), Error> {
        if !is_read()? {
            for text in &self.said {
                output::message(text);
            }
            return Ok(());
        }
        let mut head = String::new();
        let _ = writeln!(head, "aws-switch {PROTOCOL}");
        let whole = [head.as_bytes(), &self.lines, b"end\n"].concat();
        written(io::stdout().write_all(&whole))
    }
}
