//! `aws-switch resolve`: which `.awsprofile` applies to a directory, and whether its profile is active.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{print, print_json, summary};
use crate::cli::to_type;
use crate::context::Context;
use crate::directory::{self, DirectoryProfile};
use crate::error::Error;
use crate::output::{self, PLAIN};
use crate::paths;
use crate::switching::messages;

#[derive(Default, Serialize)]
pub struct Resolution {
    pub(super) file: Option<String>,
    pub(super) profile: Option<String>,
    region: Option<String>,
    /// The account that the file expects.
    account_id: Option<String>,
    pub(super) status: &'static str,
    pub(super) reason: Option<String>,
}

pub fn run(context: &Context, directory: Option<&Path>, json: bool) -> Result<(), Error> {
    let here = paths::working_directory();
    let directory = match directory {
        Some(directory) => within(here, directory)?,
        None => here.ok_or_else(messages::no_directory)?,
    };
    let resolution = Resolution::of(context, &directory);
    if json {
        return print_json(&resolution);
    }
    print(&table(&resolution, context))
}

impl Resolution {
    pub(super) fn of(context: &Context, directory: &Path) -> Self {
        let Some((file, resolved)) = directory::resolve(context, directory) else {
            let reason = Some("no .awsprofile in this directory or a parent".to_owned());
            return Self { status: "none", reason, ..Self::default() };
        };
        let (status, reason) = match &resolved {
            Ok(wanted) => ("active", unverified(context, wanted)),
            Err(ignored) => (ignored.problem.code.trim_start_matches("folder-"), Some(ignored.problem.to_string())),
        };
        let file = Some(file.to_string_lossy().into_owned());
        match resolved.map_or_else(|ignored| ignored.profile, Some) {
            Some(DirectoryProfile { profile, region, account_id }) => {
                Self { file, profile: Some(profile), region, account_id, status, reason }
            }
            None => Self { file, status, reason, ..Self::default() },
        }
    }
}

/// Whether an expected account is unknown offline, in words.
fn unverified(context: &Context, wanted: &DirectoryProfile) -> Option<String> {
    wanted.account_id.as_ref().filter(|_| context.account(&wanted.profile).id.is_none())?;
    let profile = &wanted.profile;
    let whoami = to_type("whoami", profile);
    Some(format!("the account is not verified, as the AWS files do not contain that of {profile}; run {whoami}"))
}

/// The path that a shell would show after `cd`: it removes `..` by name and keeps links.
fn within(here: Option<PathBuf>, directory: &Path) -> Result<PathBuf, Error> {
    let path = here.unwrap_or_default().join(directory);
    if !path.is_dir() {
        let problem = if path.exists() { "not a directory" } else { "no such directory" };
        return Err(Error::Failed(format!("{problem}: '{}'", directory.to_string_lossy())));
    }
    Ok(paths::without_dots(&path))
}

fn table(resolution: &Resolution, context: &Context) -> String {
    let profile = resolution.profile.as_deref().map(|profile| summary::with_remarks(context, profile, None));
    let (profile, style) = profile.unzip();
    let file = resolution.file.as_deref().map(|file| paths::shorten(Path::new(file)));
    output::label_values(&[
        ("file", file.as_deref(), PLAIN),
        ("profile", profile.as_deref(), style.unwrap_or(PLAIN)),
        ("region", resolution.region.as_deref(), PLAIN),
        ("account", resolution.account_id.as_deref(), PLAIN),
        ("status", Some(resolution.status), PLAIN),
        ("reason", resolution.reason.as_deref(), PLAIN),
    ])
}
