//! Asks for confirmation before a switch to a protected profile.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::error::Error;
use crate::output;

/// Asks on the terminal whether to switch to this profile, described by `what`.
pub fn switch_to(profile: &str, what: &str) -> Result<(), Error> {
    let (name, what) = (output::escaped(profile), output::escaped(what));
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(refused(profile, "nobody can be asked here: confirm with --yes"));
    }
    let style = output::style_on(&io::stderr(), output::PROTECTED.bold());
    let what = if what.is_empty() { String::new() } else { format!(" ({what})") };
    // The answer is typed on the same line.
    let _ = write!(io::stderr(), "aws-switch: {style}{name}{style:#}{what} is protected: switch to it? [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    if !answer.ends_with('\n') {
        let _ = writeln!(io::stderr());
    }
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" if read.is_ok() => Ok(()),
        _ => Err(refused(profile, "not confirmed: nothing is switched")),
    }
}

fn refused(profile: &str, why: &str) -> Error {
    Error::Refused(format!("{profile} is protected: {why}"))
}
