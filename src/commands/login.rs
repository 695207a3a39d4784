//! `aws-switch login`: renews the session behind a profile, if it needs that.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::Stdio;

use super::summary;
use crate::aws::{Kind, Profile};
use crate::context::Context;
use crate::diagnostics;
use crate::error::Error;
use crate::output::Message;
use crate::program;
use crate::similar::{did_you_mean, most_alike};
use crate::switching::{messages, reply};

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
    match context.session(profile).and_then(|session| messages::check_session(context, session).ok()) {
        Some(why) => {
            messages::no_login_needed(profile.name(), &why).print();
            Ok(())
        }
        None => log_in(context, profile, more),
    }
}

fn log_in(context: &Context, profile: Profile, more: &[OsString]) -> Result<(), Error> {
    let name = profile.name();
    let Some((source, kind, arguments)) = login_arguments(profile, context)? else {
        messages::no_login_for_kind(name, context.kind(profile)).print();
        return Ok(());
    };
    let mut command = program::aws()?;
    if more.is_empty() {
        messages::login_without_browser(name, kind).iter().for_each(Message::print);
    }
    program::set_profile(command.args(&arguments).args(more), context, source.name());
    if reply::has_reader()? {
        // A script that reads our stdout must find nothing but the reply there.
        command.stdout(Stdio::from(io::stderr()));
    }
    let status = command.status().map_err(messages::aws_cli_not_run)?;
    if status.success() { Ok(()) } else { Err(messages::aws_cli_failed(&arguments.join(" "), status)) }
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
        Some((_, Kind::None)) => return Err(messages::nothing_to_log_in_to(profile.name())),
        None if !diagnostics::of_credentials(context, profile).is_empty() => {
            return Err(messages::nothing_to_log_in_to(profile.name()));
        }
        _ => return Ok(None),
    };
    let which = match session {
        Some(session) => format!("--sso-session={session}"),
        None => format!("--profile={}", source.name()),
    };
    Ok(Some((source, kind, command.iter().map(ToString::to_string).chain([which]).collect())))
}
