//! The question before a switch to a protected profile.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::error::Error;
use crate::output;

/// Asks on the terminal whether to switch; only a yes is one. `what` says more of the profile.
///
/// # Errors
/// Status 4 if the answer is another one, or nobody can be asked.
pub fn switch_to(profile: &str, what: &str) -> Result<(), Error> {
    let (name, what) = (output::escaped(profile), output::escaped(what));
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(refused(profile, "nobody can be asked here: confirm with --yes"));
    }
    let shown = if output::wants_colour() { format!("\u{1b}[1;31m{name}\u{1b}[0m") } else { name.into_owned() };
    let what = if what.is_empty() { String::new() } else { format!(" ({what})") };
    // Not a line of its own: the answer is typed after it. Nobody is left to ask if stderr is closed.
    let _ = write!(io::stderr(), "aws-switch: {shown}{what} is protected: switch to it? [y/N] ");
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
