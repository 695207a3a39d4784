//! `aws-switch whoami`: asks AWS who commands run as.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::process::{Command, Output};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::target::{Expectation, Target};
use super::{print, print_json, summary};
use crate::aws::{Kind, Profile};
use crate::cli::to_type;
use crate::context::Context;
use crate::error::Error;
use crate::output::{self, Message, PLAIN};
use crate::paths;
use crate::program;
use crate::readers;
use crate::switching::messages;

/// The answer of the AWS CLI, and the one that programs read.
#[derive(Deserialize, Serialize)]
#[serde(rename_all(deserialize = "PascalCase"))]
struct Caller {
    account: String,
    arn: String,
    user_id: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    caller: Caller,
    /// The profile on the command line, else the active one.
    profile: Option<&'a str>,
    /// The account that follows from the profile's settings, for comparison with the one that AWS reports.
    derived_account: Option<Cow<'a, str>>,
    /// The account that the `.awsprofile` here expects of that profile.
    expected_account: Option<String>,
}

/// Asks under a profile, or in this environment as it is.
pub fn run(context: &Context, asked: Option<&OsStr>, json: bool, timeout: Option<u64>) -> Result<(), Error> {
    let profile = match asked {
        Some(name) => Some(context.profile(name)?),
        None => summary::active(context).to_str().and_then(|name| context.profiles().get(name)),
    };
    let key = match asked {
        Some(_) => None,
        None => readers::overrides_aws_cli(context.variables(), context.profiles()),
    };
    let mut command = program::aws()?;
    if let (Some(_), Some(profile)) = (asked, profile) {
        program::set_profile(&mut command, context, profile.name());
    }
    let limit = timeout.map_or_else(|| default_limit(profile), Duration::from_secs);
    let caller = ask(context, &mut command, limit, profile.filter(|_| key.is_none()))?;
    let derived_account = profile.and_then(|profile| context.account(profile.name()).id);
    let expected = profile.and_then(|profile| Expectation::of(context, profile.name()));
    let expected_account = expected.as_ref().map(|expected| expected.account_id.clone());
    let answer = Answer { caller, profile: profile.map(Profile::name), derived_account, expected_account };
    if json {
        return print_json(&answer);
    }
    print(&table(&answer, expected.as_ref(), key, context))?;
    if let Some(profile) = profile
        && let Err(other) = compare(&answer.caller.account, profile, answer.derived_account, expected.as_ref())
    {
        let why = key.map(|key| format!("; {key} overrides the profile")).unwrap_or_default();
        Message::warning(format!("{other}{why}")).print();
    }
    Ok(())
}

/// Asks AWS whether a profile is in the account that it should be in, and says so; an error if it is not.
pub fn check(context: &Context, target: &Target) -> Result<(), Error> {
    let profile = target.profile;
    let mut command = program::aws()?;
    program::set_layer(&mut command, context, &target.layer());
    let caller = ask(context, &mut command, default_limit(Some(profile)), Some(profile))?;
    let derived = context.account(profile.name()).id;
    let verified = compare(&caller.account, profile, derived, target.expected.as_ref());
    let verified = verified.map_err(|other| Error::Refused(format!("{other}; nothing was run")))?;
    Message::note(format!("{} is in account {}{verified}", profile.name(), caller.account)).print();
    Ok(())
}

/// Compares the account that AWS names with the one that is expected, by a file or else by the settings of the profile:
/// what verifies it, or why it is the wrong one.
fn compare(
    account: &str,
    profile: Profile,
    derived: Option<Cow<str>>,
    expected: Option<&Expectation>,
) -> Result<String, String> {
    let (expected, who, verified) = match (expected, derived) {
        (Some(Expectation { account_id, file }), _) => {
            let file = paths::shorten(file);
            (account_id.into(), format!("{file} expects"), format!(", as {file} expects"))
        }
        (None, Some(id)) => (id, format!("{} belongs to", profile.name()), ", as in the AWS files".to_owned()),
        (None, None) => return Ok("; neither the AWS files nor a .awsprofile contain the one to expect".to_owned()),
    };
    if expected == account {
        return Ok(verified);
    }
    Err(format!("AWS answers for account {account}, but {who} account {expected}"))
}

/// Somebody who has to type a code for the AWS CLI takes longer than AWS.
fn default_limit(profile: Option<Profile>) -> Duration {
    let wants_code = profile.is_some_and(|profile| profile.find("mfa_serial").is_some());
    Duration::from_secs(if wants_code { 60 } else { 10 })
}

/// `profile` is the one that the command has its credentials from, if it is known.
fn ask(context: &Context, command: &mut Command, limit: Duration, profile: Option<Profile>) -> Result<Caller, Error> {
    command.args(["sts", "get-caller-identity", "--output", "json"]);
    // With auto-prompt on, the AWS CLI would ask for arguments that it has.
    command.env("AWS_CLI_AUTO_PROMPT", "off");
    // The other formats of AWS CLI 2.34 and later have more lines below the one that says what is wrong.
    command.env("AWS_CLI_ERROR_FORMAT", "legacy");
    let output = program::output_within(command, limit).map_err(messages::aws_cli_not_run)?;
    let Some(output) = output else {
        let limit = limit.as_secs();
        let fix = "check the network, or wait longer with --timeout";
        return Err(Error::Failed(format!("AWS did not answer within {limit}s; {fix}")));
    };
    if !output.status.success() {
        return Err(no_identity(context, profile, &output));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Error::failed("cannot read the answer of 'aws sts get-caller-identity'", error))
}

/// The error for a session that has expired or a variable with an unknown profile, else the AWS CLI's own words.
fn no_identity(context: &Context, profile: Option<Profile>, output: &Output) -> Error {
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().map(|line| line.trim().trim_start_matches("aws: [ERROR]: ")).rfind(|line| !line.is_empty());
    let Some(profile) = profile else {
        let in_its_words = || Error::failed("aws", last.map_or_else(|| output.status.to_string(), str::to_owned));
        return context.profile_of_variable().err().unwrap_or_else(in_its_words);
    };
    let name = profile.name();
    let why_needed = context.session(profile).and_then(|session| messages::check_session(context, session).err());
    let has_session = matches!(context.credentials_source(profile), Some((_, Kind::Sso | Kind::Login)));
    let is_about_session =
        ["has expired", "sso login", "aws login", "SSO Token"].iter().any(|words| text.contains(words));
    match why_needed.or((has_session && is_about_session).then_some("AWS rejects its session")) {
        Some(why) => Error::failed(name, format!("{why}; run {}", to_type("login", name))),
        None => Error::failed(name, last.unwrap_or("the AWS CLI failed without an error message")),
    }
}

fn table(answer: &Answer, expected: Option<&Expectation>, key: Option<&str>, context: &Context) -> String {
    let account = &answer.caller.account;
    let account = match expected.filter(|expected| expected.account_id == *account) {
        Some(expected) => format!("{account}  (as {} expects)", paths::shorten(&expected.file)),
        None => account.clone(),
    };
    let overridden = key.map(|key| format!("overridden by {key}"));
    let (profile, style) = match answer.profile {
        Some(profile) => summary::with_remarks(context, profile, overridden.as_deref()),
        None => ("none".to_owned(), PLAIN),
    };
    output::label_values(&[
        ("account", Some(&account), PLAIN),
        ("arn", Some(&answer.caller.arn), PLAIN),
        ("user id", Some(&answer.caller.user_id), PLAIN),
        ("profile", Some(&profile), style),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::ProfileStore;

    #[test]
    fn a_profile_with_mfa_has_a_longer_limit() {
        let profiles = ProfileStore::new("[profile a]\nmfa_serial = x\n[profile b]\n", "");
        let seconds = ["a", "b", "gone"].map(|name| default_limit(profiles.get(name)).as_secs());
        assert_eq!(seconds, [60, 10, 10]);
    }
}
