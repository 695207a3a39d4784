//! The reply that the shell integration reads: lines of data, which it assigns and never evaluates.
//!
//! Each line is a verb, a space and the rest. The lines come in this order, and a script assigns all of them or none:
//!
//! | line | what the script does |
//! |---|---|
//! | `aws-switch 3` | the first line: it reads the reply if it knows this protocol |
//! | `unset NAME`, `set NAME VALUE` | unsets or exports a variable, whose name contains `AWS`: also the remembered state |
//! | `discard` | discards all saved keys |
//! | `swap NAME` | exchanges a variable with its saved value, which no other process sees; either may be unset |
//! | `recheck SECONDS` | asks the helper again at this time, in seconds since 1970; without a time, only after a change |
//! | `segment TEXT` | shows the text in the prompt |
//! | `style NUMBERS` | colours it with the numbers of an escape sequence, such as `36` |
//! | `auto on`, `auto off` | turns directory profiles on or off in this shell, and passes that on to the helper |
//! | `print TEXT` | prints the line, at its first prompt if the shell is starting |
//! | `end` | the last line: a reply without it was cut short, and nothing is assigned |
//!
//! A command that failed has printed its error, and replies `aws-switch 3 failed` instead.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use crate::context::Context;
use crate::error::{Error, ignore_closed_pipe};
use crate::output::{self, Message, wants_colour};
use crate::protocol::{self, Event};
use crate::settings::AutoAction;
use crate::state::{State, has_line_break};
use crate::switching::segment::Segment;
use crate::switching::{self, Decision, messages};

/// Whether a shell integration reads the reply; an error if it reads another protocol.
pub fn has_reader() -> Result<bool, Error> {
    match env::var_os(protocol::WIRE) {
        Some(number) if number == protocol::NUMBER => Ok(true),
        Some(number) if !number.is_empty() => Err(messages::other_version()),
        _ => Ok(false),
    }
}

/// Prints a decision for the shell integration; where none reads it, its message.
pub fn print(context: &Context, decision: &Decision) -> Result<(), Error> {
    if has_reader()? {
        let has_colour = io::stderr().is_terminal() && wants_colour();
        let reply = encode(context, decision, has_colour);
        let reply = reply.ok_or_else(|| Error::Failed(messages::LINE_BREAK.to_owned()))?;
        return ignore_closed_pipe(io::stdout().write_all(&reply));
    }
    decision.message.iter().for_each(Message::print);
    Ok(())
}

/// Prints a decision for a hook, which hides our stderr, and prints the lines on the terminal itself: also why nothing
/// can change.
pub fn print_for_hook(context: &Context, decision: &Decision) -> Result<(), Error> {
    if !has_reader()? {
        return Ok(());
    }
    let reply = encode(context, decision, wants_colour()).unwrap_or_else(|| {
        let line = Message::error(messages::LINE_BREAK).line(wants_colour());
        format!("aws-switch {}\nprint {line}\nend\n", protocol::NUMBER).into_bytes()
    });
    ignore_closed_pipe(io::stdout().write_all(&reply))
}

/// Prints that a command failed, so that a script knows a helper that reported an error from one that was killed.
pub fn print_failure() {
    if has_reader() == Ok(true) {
        let _ = writeln!(io::stdout(), "aws-switch {} failed", protocol::NUMBER);
    }
}

/// Prints what an event changes, and the line of the command that causes it; the exit status is that of a command that
/// asked for the directory profile.
pub fn print_with(context: &Context, event: Event, line: impl FnOnce(&Decision) -> Message) -> Result<ExitCode, Error> {
    if !has_reader()? {
        // Without the shell integration nothing changes.
        line(&Decision { variables: context.environment.variables(), ..Decision::default() }).print();
        return Ok(ExitCode::SUCCESS);
    }
    let decision = switching::activate_layer_for_command(context, event, line);
    print(context, &decision)?;
    Ok(decision.status())
}

struct Reply(Vec<u8>);

impl Reply {
    /// `None` for a value that would end its line, as the next one would be the verb of somebody else.
    fn add(&mut self, verb: &str, rest: impl AsRef<OsStr>) -> Option<()> {
        let rest = rest.as_ref();
        let line = [verb.as_bytes(), b" ", rest.as_encoded_bytes(), b"\n"].concat();
        (!has_line_break(rest)).then(|| self.0.extend(line))
    }
}

/// `None` if a variable contains a line break.
fn encode(context: &Context, decision: &Decision, has_colour: bool) -> Option<Vec<u8>> {
    let mut reply = Reply(Vec::new());
    reply.add("aws-switch", protocol::NUMBER)?;
    for (name, value, _) in decision.changes(&context.environment).filter(|(.., is_changed)| *is_changed) {
        match value {
            Some(value) => reply.add("set", [OsStr::new(name), &value].join(OsStr::new(" ")))?,
            None => reply.add("unset", name)?,
        }
    }
    if decision.state != State::default() {
        reply.add("set", format!("{} {}", protocol::STATE, decision.state.encode()?))?;
    } else if env::var_os(protocol::STATE).is_some() {
        reply.add("unset", protocol::STATE)?;
    }
    if decision.saved_keys.discards {
        reply.add("discard", "")?;
    }
    for name in decision.saved_keys.swapped() {
        reply.add("swap", name)?;
    }
    let Segment { text, colour, recheck } = &decision.segment;
    reply.add("recheck", recheck.map(|time| time.to_string()).unwrap_or_default())?;
    reply.add("segment", &*output::escaped(text))?;
    reply.add("style", colour)?;
    if let Some(auto) = decision.auto {
        reply.add("auto", if auto == AutoAction::On { "on" } else { "off" })?;
    }
    if let Some(message) = &decision.message {
        reply.add("print", message.line(has_colour))?;
    }
    reply.0.extend_from_slice(b"end\n");
    Some(reply.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_ends_its_line() {
        let mut reply = Reply(Vec::new());
        for value in ["a\nset AWS_REGION b", "a\r", "\n"] {
            assert!(reply.add("set", format!("AWS_PROFILE {value}")).is_none(), "{value:?}");
        }
        reply.add("set", "AWS_PROFILE a b").unwrap();
        assert_eq!(reply.0, b"set AWS_PROFILE a b\n");
    }
}
