//! The errors of a switch, and of the commands that can cause one.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitStatus;

use super::directory;
use crate::aws::FileKind;
use crate::cli::to_type;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::directory::{NAME_A_FILE, has_its_name};
use crate::error::Error;
use crate::output::{Message, series};
use crate::paths::shorten;

/// How to create a profile.
pub const CREATE: &str = "'aws-switch configure NAME', or with --sso for IAM Identity Center";

const NOT_LOADED: &str = "the shell integration is not loaded here; run 'aws-switch setup', then start a new shell; \
                          in a script, use 'aws-switch exec'";

/// No line of a reply can contain such a value, and no state.
pub const LINE_BREAK: &str = "AWS_PROFILE, AWS_DEFAULT_PROFILE or a region variable contains a line break, \
                              so this shell stays as it is; unset that variable";

/// `allow` cannot read a file.
pub fn not_allowed(file: &Path, why: impl Display) -> Error {
    Error::failed(format!("cannot trust {}", shorten(file)), why)
}

/// `allow` cannot parse a file, which may have another name by mistake.
pub fn not_parsed(file: &Path, why: &str) -> Error {
    let why = match has_its_name(file) {
        true => format!("{why}; edit it first"),
        false => format!("it is not a .awsprofile ({why}); {NAME_A_FILE}"),
    };
    not_allowed(file, why)
}

pub fn not_denied(file: &Path, why: impl Display) -> Error {
    Error::failed(format!("cannot deny {}", shorten(file)), why)
}

pub fn nothing_to_deny(file: &Path) -> Error {
    not_denied(file, format!("no such file; {NAME_A_FILE}"))
}

/// `exec --here` and `env --here` where the file is ignored.
pub fn ignored(file: &Path, ignored: &Diagnostic) -> Error {
    Error::Refused(format!("ignored {}: {ignored}", shorten(file)))
}

/// `allow`, `deny`, `exec --here` and `env --here` where no file applies.
pub fn no_file() -> Error {
    Error::Failed("no .awsprofile here or in a parent directory; write one with 'aws-switch pin PROFILE'".to_owned())
}

/// `pin` without a profile.
pub fn nothing_to_pin() -> Error {
    Error::Failed("no profile is active; name one: 'aws-switch pin PROFILE'".to_owned())
}

pub fn not_pinnable(profile: &str) -> Error {
    let why = "a name in .awsprofile cannot begin with '#', nor begin or end with a space";
    Error::failed(format!("cannot pin '{profile}'"), why)
}

/// `pin --account` of a profile whose account the AWS files do not contain.
pub fn no_account_to_pin(profile: &str) -> Error {
    let see = to_type("whoami", profile);
    let fix = format!("write it on a line of its own in .awsprofile; {see} asks AWS for it");
    Error::Failed(format!("the account of {profile} is not in the AWS files; {fix}"))
}

pub fn not_written(file: &Path, why: impl Display) -> Error {
    Error::failed(format!("cannot write {}", shorten(file)), or_directory(file, why))
}

pub fn not_removed(file: &Path, why: impl Display) -> Error {
    Error::failed(format!("cannot remove {}", shorten(file)), or_directory(file, why))
}

fn or_directory(file: &Path, why: impl Display) -> String {
    if file.is_dir() { "it is a directory, not a file; remove or rename it".to_owned() } else { why.to_string() }
}

/// `pin --remove` where there is nothing to remove.
pub fn not_pinned(file: &Path) -> Error {
    let see = "'aws-switch resolve' shows whether another one applies";
    Error::Failed(format!("no .awsprofile in {}; {see}", directory(file)))
}

/// The working directory was removed.
pub fn no_directory() -> Error {
    Error::Failed("the current directory no longer exists; change to another one".to_owned())
}

pub fn not_confirmed(profile: &str, result: &str) -> Error {
    Error::Refused(format!("{profile} was not confirmed; {result}"))
}

pub fn not_confirmable(profile: &str) -> Error {
    Error::Refused(format!("{profile} is protected and there is no terminal to ask on; confirm with --yes"))
}

/// A switch without the shell integration: it would be lost with this process.
pub fn not_switchable() -> Error {
    Error::failed("cannot switch this shell", NOT_LOADED)
}

/// `auto` without the shell integration.
pub fn not_activatable() -> Error {
    Error::failed("cannot turn directory profiles on or off in this shell", NOT_LOADED)
}

/// The shell integration speaks another protocol: the helper was upgraded under an open shell.
pub fn other_version() -> Error {
    let why = "this shell loaded another version of aws-switch than the one that is installed";
    Error::Failed(format!("{why}; nothing changed; start a new shell"))
}

/// The message where there is no profile.
pub fn no_profiles(context: &Context) -> String {
    if context.first_unread().is_some() {
        return "no profiles in the files that can be read".to_owned();
    }
    let paths = FileKind::BOTH.into_iter().filter_map(|file| context.aws_file(file).path.as_deref().map(shorten));
    let paths: Vec<_> = paths.collect();
    if paths.is_empty() {
        return "no profiles: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE are empty; unset them".to_owned();
    }
    format!("no profiles in {}; create one with {CREATE}", series(&paths, "or"))
}

/// The problems of the AWS files in one line, however many there are.
pub fn worst(errors: &[Diagnostic]) -> Option<Message> {
    let (worst, others) = errors.split_first()?;
    let more = if others.is_empty() { String::new() } else { format!("{} more; ", others.len()) };
    Some(Message::error(format!("{worst} ({more}see 'aws-switch doctor')")))
}

/// No profile is named, and none can be picked.
pub fn no_terminal() -> Error {
    Error::Usage("missing PROFILE, and no terminal to pick one on; see 'aws-switch list'".to_owned())
}

/// The list to pick from cannot be drawn or answered.
pub fn not_pickable(why: io::Error) -> Error {
    Error::failed("cannot use the terminal", why)
}

/// `-` without an earlier manual switch.
pub fn no_previous() -> Error {
    Error::Failed("no previous profile in this shell; name one: 'aws-switch PROFILE'".to_owned())
}

pub fn no_aws_cli() -> Error {
    Error::Failed("cannot find 'aws' on PATH; install the AWS CLI".to_owned())
}

pub fn aws_cli_not_run(why: io::Error) -> Error {
    Error::failed("cannot run the AWS CLI", why)
}

/// The AWS CLI failed with these arguments.
pub fn aws_cli_failed(arguments: &str, status: ExitStatus) -> Error {
    let how = status.code().map_or_else(|| status.to_string(), |code| format!("status {code}"));
    Error::Failed(format!("'aws {arguments}' failed ({how})"))
}

pub fn nothing_to_log_in_to(profile: &str) -> Error {
    let see = to_type("show", profile);
    Error::Failed(format!("nothing to log in to: {profile} has no credentials; see {see}"))
}
