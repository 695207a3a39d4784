//! Finds the profile that `exec` and `env` are asked for: by its name, or that of the `.awsprofile` that applies here.

use std::ffi::OsStr;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

use super::summary;
use crate::aws::Profile;
use crate::context::Context;
use crate::directory::{self, DirectoryProfile};
use crate::error::Error;
use crate::output;
use crate::paths;
use crate::state::Layer;
use crate::switching::messages;

pub struct Target<'c> {
    pub profile: Profile<'c>,
    region: Option<String>,
    /// The account that a `.awsprofile` expects, and that file.
    pub expected: Option<Expectation>,
}

pub struct Expectation {
    pub account_id: String,
    pub file: PathBuf,
}

impl<'c> Target<'c> {
    pub fn named(context: &'c Context, name: &OsStr) -> Result<Self, Error> {
        Ok(Self::of(context, context.profile(name)?))
    }

    pub fn of(context: &Context, profile: Profile<'c>) -> Self {
        Self { profile, region: None, expected: Expectation::of(context, profile.name()) }
    }

    /// The directory profile, whether or not this shell follows directory profiles: it is asked for.
    pub fn here(context: &'c Context) -> Result<Self, Error> {
        let directory = paths::working_directory().ok_or_else(messages::no_directory)?;
        let file = directory::find(&directory).ok_or_else(messages::no_file)?;
        let wanted = directory::read(context, &file).map_err(|ignored| messages::ignored(&file, &ignored.problem))?;
        let DirectoryProfile { profile, region, account_id } = wanted;
        let expected = account_id.map(|account_id| Expectation { account_id, file });
        Ok(Self { profile: context.profile(profile.as_ref())?, region, expected })
    }

    pub fn layer(&self) -> Layer {
        let region = self.region.as_ref().map(Into::into);
        Layer { profile: Some(self.profile.name().into()), region, ..Layer::default() }
    }
}

impl Expectation {
    /// The account that the `.awsprofile` here expects of this profile, if that is its profile; also where the file is
    /// overridden or ignored, as this can only keep a command from running.
    pub fn of(context: &Context, profile: &str) -> Option<Self> {
        let file = directory::find(&paths::working_directory()?)?;
        let wanted = directory::read(context, &file).map_or_else(|ignored| ignored.profile, Some)?;
        Some(wanted).filter(|wanted| wanted.profile == profile)?.account_id.map(|account_id| Self { account_id, file })
    }
}

/// Asks before a protected profile is used, where that is wanted, unless `yes` answers it; `action` is what is about to
/// happen, as a question, and `refused` what follows from a no.
pub fn confirm(context: &Context, profile: Profile, yes: bool, action: &str, refused: &str) -> Result<(), Error> {
    let name = profile.name();
    if yes || !(context.settings().confirms_protected() && context.is_protected(name)) {
        return Ok(());
    }
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(messages::not_confirmable(name));
    }
    let style = output::style_on(&io::stderr(), output::PROTECTED.bold());
    let (shown, summary) = (output::escaped(name), summary::summary(profile));
    let rest = messages::confirmation(&output::escaped(&summary), action);
    // The answer is typed on the same line.
    let _ = write!(io::stderr(), "aws-switch: {style}{shown}{style:#}{rest}");
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    if !answer.ends_with('\n') {
        let _ = writeln!(io::stderr());
    }
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" if read.is_ok() => Ok(()),
        _ => Err(messages::not_confirmed(name, refused)),
    }
}
