//! Other programs, started under a profile.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::directory;
use crate::environment::{DEFAULT_PROFILE, PROFILE, REGIONS};
use crate::error::Error;
use crate::paths;
use crate::switching::decide;
use crate::switching::state::{self, Choice, State};

/// No program that is asked for an answer says more, in bytes.
const MOST: u64 = 1 << 20;
/// How often a program is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);
/// How long a program may take to end once it is asked to.
#[cfg(unix)]
const GRACE: Duration = Duration::from_secs(1);

/// The AWS CLI, in this environment as it is.
///
/// # Errors
/// If it is not on `PATH`.
pub fn aws() -> Result<Command, Error> {
    let file = paths::on_path("aws");
    let file = file.ok_or_else(|| Error::failed("aws", "there is no such program on PATH: install the AWS CLI"))?;
    Ok(command(file.as_os_str()))
}

/// A program by its name or path, in this environment without what only the helper is told.
pub fn command(program: &OsStr) -> Command {
    // Windows itself would look for nothing but .exe files.
    let found = if cfg!(windows) { paths::on_path(program) } else { None };
    let mut command = Command::new(found.as_deref().map_or(program, AsRef::as_ref));
    for (name, _) in env::vars_os().filter(|(name, value)| is_for_the_helper(name, value)) {
        command.env_remove(name);
    }
    command
}

/// Whether the integration says this to the helper alone: what is private, and each setting that is
/// not set, as an empty one.
fn is_for_the_helper(name: &OsStr, value: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let is_private = name.starts_with("__AWS_SWITCH_") && name != state::VARIABLE;
    is_private || value.is_empty() && name.starts_with("AWS_SWITCH_")
}

/// Puts a profile in force for the command: what would override it is taken out, and a shell that it
/// starts takes the profile for a choice by hand.
pub fn under(command: &mut Command, context: &Context, profile: &str) {
    let environment = &context.environment;
    let choice = Choice { profile: Some(profile.into()), ..Choice::default() };
    // Whether this shell follows folders or not: the other one may.
    let governing = paths::working_directory().and_then(|folder| directory::governing(&folder));
    let outcome = decide::choose(environment, governing, choice, false);
    for name in environment.overriding.iter().chain([&DEFAULT_PROFILE]) {
        command.env_remove(name);
    }
    command.env(PROFILE, profile);
    for (name, region) in REGIONS.into_iter().zip(&outcome.after.regions) {
        match region {
            Some(region) => command.env(name, region),
            None => command.env_remove(name),
        };
    }
    let text = outcome.state.encode();
    match State::decode(OsStr::new(&text)) {
        Some(_) => command.env(state::VARIABLE, text),
        None => command.env_remove(state::VARIABLE),
    };
}

/// Becomes the command; on Windows, where no process can, runs it and ends as it did.
///
/// # Errors
/// If it cannot be started.
pub fn become_it(mut command: Command) -> io::Result<ExitCode> {
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(&mut command));
    #[cfg(not(unix))]
    std::process::exit(command.status()?.code().unwrap_or(1));
}

/// What a command prints, and how it ended; `None` if it has not within `limit`, and was ended then.
/// It stays in the process group of the terminal, so that it may ask there, and Ctrl-C reaches it.
///
/// # Errors
/// If it cannot be started.
pub fn collect(command: &mut Command, limit: Duration) -> io::Result<Option<Output>> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdout, stderr) = (all_of(child.stdout.take()), all_of(child.stderr.take()));
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            // What it started may still hold the pipes.
            let rest = || limit.saturating_sub(start.elapsed());
            let output = stdout.recv_timeout(rest()).ok().zip(stderr.recv_timeout(rest()).ok());
            return Ok(output.map(|(stdout, stderr)| Output { status, stdout, stderr }));
        }
        thread::sleep(PAUSE);
    }
    end(&mut child)?;
    Ok(None)
}

/// Ends a program: by Ctrl-C's signal first, upon which one that asks for a secret brings the terminal's echo back.
fn end(child: &mut Child) -> io::Result<()> {
    #[cfg(unix)]
    {
        let asked = Instant::now();
        rustix::process::kill_process(rustix::process::Pid::from_child(child), rustix::process::Signal::INT)?;
        while asked.elapsed() < GRACE {
            if child.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
    }
    child.kill()?;
    child.wait().map(drop)
}

/// Reads a pipe to its end, beside everything else.
fn all_of(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(MOST).read_to_end(&mut bytes);
        }
        // Nobody waits for it after the time is up.
        let _ = sender.send(bytes);
    });
    receiver
}
