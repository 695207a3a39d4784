//! `aws-switch login`: renews the session behind a profile, if it needs that.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::Stdio;

use super::summary;
use crate::aws::{Kind, Profile, SessionStatus};
use crate::context::Context;
use crate::diagnostics;
use crate::environment::filled;
use crate::error::Error;
use crate::output::{Message, duration};
use crate::program;
use crate::shell;
use crate::similar::{did_you_mean, most_alike};
use crate::switching::reply;

pub fn run(context: &Context, profile: Option<&OsStr>, force: bool, more: &[OsString]) -> Result<(), Error> {
    if let Some(option) = profile.and_then(OsStr::to_str).filter(|name| name.starts_with('-'))
        && !context.has_profile(option)
    {
        return Err(unknown_option(option));
    }
    let profile = summary::named_or_active(context, profile, "login")?;
    if force { log_in(context, profile, more) } else { log_in_if_needed(context, profile, more) }
}

pub fn unknown_option(option: &str) -> Error {
    let hint = most_alike(option, ["--force"]).map(did_you_mean);
    let hint = hint.unwrap_or_else(|| "write arguments for the AWS CLI after '--'".to_owned());
    Error::Usage(format!("unknown option '{option}'; {hint}"))
}

/// Logs in for a profile, unless its session is valid, or renews itself. The AWS CLI gets `more` arguments last.
pub fn log_in_if_needed(context: &Context, profile: Profile, more: &[OsString]) -> Result<(), Error> {
    match still_valid(profile, context) {
        Some(why) => {
            Message::note(format!("{} needs no login; {why}", profile.name())).print();
            Ok(())
        }
        None => log_in(context, profile, more),
    }
}

fn log_in(context: &Context, profile: Profile, more: &[OsString]) -> Result<(), Error> {
    let name = profile.name();
    let Some((source, kind, arguments)) = login_arguments(profile, context)? else {
        Message::note(format!("{name} needs no login; its kind is {}", context.kind(profile).name())).print();
        return Ok(());
    };
    let mut command = program::aws()?;
    if more.is_empty() {
        browser_elsewhere(name, kind).iter().for_each(Message::print);
    }
    program::set_profile(command.args(&arguments).args(more), context, source.name());
    if reply::is_read()? {
        // A script that reads our stdout must find nothing but the reply there.
        command.stdout(Stdio::from(io::stderr()));
    }
    let status = command.status().map_err(|error| Error::failed("cannot run the AWS CLI", error))?;
    if status.success() {
        return Ok(());
    }
    let how = status.code().map_or_else(|| status.to_string(), |code| format!("status {code}"));
    Err(Error::Failed(format!("'aws {}' failed ({how})", arguments.join(" "))))
}

/// The profile that the credentials come from, its kind, and the arguments with which the AWS CLI logs in for it; `None` if it
/// needs no login.
fn login_arguments<'p>(
    profile: Profile<'p>,
    context: &'p Context,
) -> Result<Option<(Profile<'p>, Kind, Vec<String>)>, Error> {
    let (source, kind, command, session) = match context.credentials_source(profile) {
        Some((source, kind @ Kind::Sso)) => (source, kind, &["sso", "login"][..], source.get("sso_session")),
        Some((source, kind @ Kind::Login)) => (source, kind, &["login"][..], None),
        Some((_, Kind::None)) => return Err(no_login(profile)),
        None if !diagnostics::of_credentials(context, profile).is_empty() => return Err(no_login(profile)),
        _ => return Ok(None),
    };
    let which = match session {
        Some(session) => format!("--sso-session={session}"),
        None => format!("--profile={}", source.name()),
    };
    Ok(Some((source, kind, command.iter().map(ToString::to_string).chain([which]).collect())))
}

/// The login without a browser on this machine, where there may be none.
fn browser_elsewhere(name: &str, kind: Kind) -> Option<Message> {
    let remote = match ["SSH_CONNECTION", "WSL_DISTRO_NAME"].iter().find(|variable| filled(variable).is_some())? {
        &"SSH_CONNECTION" => "this is an SSH session",
        _ => "this is WSL",
    };
    // AWS CLI 2.22 and later, and 2.32 and later for `aws login`.
    let option = if kind == Kind::Sso { "--use-device-code" } else { "--remote" };
    let command = shell::in_quotes(format!("aws-switch login {} -- {option}", shell::word(name)));
    Some(Message::note(format!("{remote}; if the login cannot reach a browser, press Ctrl-C and run {command}")))
}

fn no_login(profile: Profile) -> Error {
    let (name, see) = (profile.name(), shell::to_type("show", profile.name()));
    Error::Failed(format!("nothing to log in to: {name} has no credentials; see {see}"))
}

/// Returns why no login is needed yet.
fn still_valid(profile: Profile, context: &Context) -> Option<String> {
    let session = context.session(profile)?;
    match session.status {
        SessionStatus::Valid => Some(format!("its session expires in {}", duration(context.seconds_left(session)))),
        SessionStatus::Refreshable => Some("the next command renews its session without a browser".to_owned()),
        SessionStatus::Expired | SessionStatus::None => None,
    }
}

/// Returns why a login is needed.
pub fn why_needed(status: SessionStatus) -> Option<&'static str> {
    match status {
        SessionStatus::None => Some("it needs a login"),
        SessionStatus::Expired => Some("its session has expired"),
        SessionStatus::Valid | SessionStatus::Refreshable => None,
    }
}
