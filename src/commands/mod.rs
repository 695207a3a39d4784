//! One file a command: it asks the other modules and prints their answer.

mod allow;
mod auto;
mod candidates;
mod complete;
mod completions;
mod configure;
mod current;
mod doctor;
mod env;
mod exec;
mod help;
mod hook;
mod init;
mod list;
mod login;
mod man;
mod pick;
mod pin;
mod resolve;
mod setup;
mod show;
mod suggest;
mod summary;
mod switch;
mod target;
mod whoami;

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use serde::Serialize;

use crate::aws::AwsFiles;
use crate::cli::{Cli, Command};
use crate::context::Context;
use crate::error::{Error, ignore_closed_pipe};
use crate::output;

pub use suggest::for_line;

pub fn run(cli: Cli) -> Result<ExitCode, Error> {
    let done = |()| ExitCode::SUCCESS;
    let files = AwsFiles::default();
    // Freed by the end of the process, not setting by setting.
    let context = ManuallyDrop::new(Context::new(&files));
    match cli.command {
        None => switch::run(&context, cli.switch).map(done),
        Some(Command::Use { profile, options }) => switch::to(&context, profile, &options).map(done),
        Some(Command::List { json, names }) => list::run(&context, json, names).map(done),
        Some(Command::Show { profile, json }) => show::run(&context, profile.as_deref(), json).map(done),
        Some(Command::Current { json, name }) => current::run(&context, json, name).map(done),
        Some(Command::Resolve { dir, json }) => resolve::run(&context, dir.as_deref(), json).map(done),
        Some(Command::Whoami { profile, json, timeout }) => {
            whoami::run(&context, profile.as_deref(), json, timeout).map(done)
        }
        Some(Command::Exec(exec)) => exec::run(&context, &exec),
        Some(Command::Env(env)) => env::run(&context, &env).map(done),
        Some(Command::Login { profile, force, arguments }) => {
            login::run(&context, profile.as_deref(), force, &arguments).map(done)
        }
        Some(Command::Configure { profile, sso }) => configure::run(&context, &profile, sso).map(done),
        Some(Command::Auto { action }) => auto::run(&ManuallyDrop::into_inner(context).with_auto(action), action),
        Some(Command::Pin(pin)) => pin::run(&context, pin),
        Some(Command::Allow { path }) => allow::allow(&context, path.as_deref()).map(done),
        Some(Command::Deny { path }) => allow::deny(&context, path.as_deref()).map(done),
        Some(Command::Doctor { json }) => doctor::run(&context, json),
        Some(Command::Init { shell, cmd }) => init::run(&context, shell, cmd.as_deref()).map(done),
        Some(Command::Setup { shell, undo, dry_run }) => setup::run(&context, shell, undo, dry_run).map(done),
        Some(Command::Completions { shell }) => completions::run(shell).map(done),
        Some(Command::Man) => man::run().map(done),
        Some(Command::Help { topic }) => help::run(topic.as_deref()).map(done),
        Some(Command::Hook { event }) => hook::run(&context, event).map(done),
        Some(Command::Complete(tab)) => complete::run(&context, &tab).map(done),
    }
}

fn print(text: &str) -> Result<(), Error> {
    ignore_closed_pipe(io::stdout().write_all(text.as_bytes()))
}

/// Prints lines as they are for programs, escaped on a terminal.
fn print_lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> Result<(), Error> {
    let is_terminal = io::stdout().is_terminal();
    // In pieces, not as one text: this and what `run` leaves are a twelfth of `list --names` of 10,000 profiles.
    let mut stdout = BufWriter::with_capacity(1 << 15, io::stdout().lock());
    let written = lines.into_iter().try_for_each(|line| {
        let line = if is_terminal { output::escaped(line) } else { Cow::Borrowed(line) };
        stdout.write_all(line.as_bytes()).and_then(|()| stdout.write_all(b"\n"))
    });
    ignore_closed_pipe(written.and_then(|()| stdout.flush()))
}

fn print_json(answer: &impl Serialize) -> Result<(), Error> {
    let text = output::json(answer).map_err(|error| Error::failed("cannot write JSON", error))?;
    print(&(text + "\n"))
}
