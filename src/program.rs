//! Starts other programs under a profile, and limits their time.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::process::{Child, Command, ExitCode, ExitStatus, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::error::Error;
use crate::paths;
use crate::protocol;
use crate::state::Layer;
use crate::switching::{self, messages};

/// The most that is read of a program's output, in bytes.
const MOST_OUTPUT: u64 = 1 << 20;
/// Between two checks whether a program has ended.
const PAUSE: Duration = Duration::from_millis(5);
/// The time that a program has to end after Ctrl-C's signal.
#[cfg(unix)]
const GRACE: Duration = Duration::from_secs(1);

/// The AWS CLI, in this environment.
pub fn aws() -> Result<Command, Error> {
    let file = paths::on_path("aws");
    Ok(command(file.ok_or_else(messages::no_aws_cli)?.as_os_str()))
}

/// A program by its name or path, in this environment without the variables that only the helper reads.
pub fn command(program: &OsStr) -> Command {
    // Windows itself finds only .exe files.
    let found = if cfg!(windows) { paths::on_path(program) } else { None };
    let mut command = Command::new(found.as_deref().map_or(program, AsRef::as_ref));
    for (name, _) in env::vars_os().filter(|(name, value)| is_for_the_helper(name, value)) {
        command.env_remove(name);
    }
    command
}

/// Whether the shell integration set this variable for the helper alone: a private one, or an empty one for a setting
/// that is not set.
fn is_for_the_helper(name: &OsStr, value: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let is_private = name.starts_with(protocol::PREFIX) && name != protocol::STATE;
    is_private || value.is_empty() && name.starts_with("AWS_SWITCH_")
}

/// Makes a profile the active one of a command.
pub fn set_profile(command: &mut Command, context: &Context, profile: &str) {
    set_layer(command, context, &Layer { profile: Some(profile.into()), ..Layer::default() });
}

/// Makes a layer the active one of a command: unsets what overrides it, and has a shell that it starts take the layer
/// for a manual switch.
pub fn set_layer(command: &mut Command, context: &Context, layer: &Layer) {
    let decision = switching::switch_child(context, layer);
    let state = decision.state.encode().map(OsString::from);
    for (name, value) in decision.child_variables(&context.environment).chain([(protocol::STATE, state)]) {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
}

/// Becomes the command; on Windows, where no process can, runs it and exits with its status.
pub fn exec(mut command: Command) -> io::Result<ExitCode> {
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(&mut command));
    #[cfg(not(unix))]
    std::process::exit(command.status()?.code().unwrap_or(1));
}

/// The output of a command that ends within `limit`; else it is ended, and `None` returned. It stays in the process
/// group of the terminal, so that it may ask there, and Ctrl-C reaches it.
pub fn output_within(command: &mut Command, limit: Duration) -> io::Result<Option<Output>> {
    let deadline = Instant::now() + limit;
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdout, stderr) = (read_all(child.stdout.take()), read_all(child.stderr.take()));
    let Some(status) = wait_until(&mut child, deadline)? else {
        end(&mut child)?;
        return Ok(None);
    };
    // Its own children may still have the pipes open.
    let rest = || deadline.saturating_duration_since(Instant::now());
    let output = stdout.recv_timeout(rest()).ok().zip(stderr.recv_timeout(rest()).ok());
    Ok(output.map(|(stdout, stderr)| Output { status, stdout, stderr }))
}

fn wait_until(child: &mut Child, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        let status = child.try_wait()?;
        if status.is_some() || Instant::now() >= deadline {
            return Ok(status);
        }
        thread::sleep(PAUSE);
    }
}

/// Ends a program, first by Ctrl-C's signal: one that asks for a secret turns the terminal's echo on again then.
fn end(child: &mut Child) -> io::Result<()> {
    #[cfg(unix)]
    {
        rustix::process::kill_process(rustix::process::Pid::from_child(child), rustix::process::Signal::INT)?;
        if wait_until(child, Instant::now() + GRACE)?.is_some() {
            return Ok(());
        }
    }
    child.kill()?;
    child.wait().map(drop)
}

/// Reads a pipe to its end, in a thread of its own.
fn read_all(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(MOST_OUTPUT).read_to_end(&mut bytes);
        }
        // After the deadline nobody receives it.
        let _ = sender.send(bytes);
    });
    receiver
}
