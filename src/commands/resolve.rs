//! `aws-switch resolve`: which `.awsprofile` governs a folder, and whether it is in force.

use std::env;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{print, print_json, summary};
use crate::context::Context;
use crate::directory::resolution::Resolution;
use crate::error::Error;
use crate::output::{self, Row};
use crate::paths;
use crate::switching::decide::Layer;

/// The answer, as programs read it.
#[derive(Serialize)]
struct Answer {
    file: Option<String>,
    profile: Option<String>,
    region: Option<String>,
    status: &'static str,
    reason: Option<String>,
}

impl From<Resolution> for Answer {
    fn from(Resolution { file, layer, line: _, status, reason }: Resolution) -> Self {
        let (profile, region) = layer.map_or((None, None), |Layer { profile, region }| (Some(profile), region));
        let file = file.map(|file| paths::shown(&file).into_owned());
        Self { file, profile, region, status: status.name(), reason: reason.map(|reason| reason.to_string()) }
    }
}

/// Prints what governs a folder, else the working one.
///
/// # Errors
/// If there is no such folder.
pub fn run(context: &Context, folder: Option<&Path>, json: bool) -> Result<(), Error> {
    let here = paths::working_directory();
    let folder = match folder {
        Some(folder) => within(here, folder)?,
        None => here.ok_or_else(|| Error::failed("this folder", "it is gone: go to another one"))?,
    };
    let resolution = Answer::from(Resolution::of(context, &folder));
    if json {
        return print_json(&resolution);
    }
    print(&table(&resolution, context))
}

/// A folder as a shell would show it after `cd`: `..` taken off by name, links kept.
fn within(here: Option<PathBuf>, folder: &Path) -> Result<PathBuf, Error> {
    let actual = here.clone().map_or(folder.to_path_buf(), |here| here.join(folder));
    if !actual.is_dir() {
        return Err(Error::failed(paths::shown(folder), "there is no such folder"));
    }
    let mut path = PathBuf::new();
    for part in here.or_else(|| env::current_dir().ok()).unwrap_or_default().join(folder).components() {
        match part {
            std::path::Component::ParentDir => {
                path.pop();
            }
            std::path::Component::CurDir => {}
            part => path.push(part),
        }
    }
    Ok(path)
}

fn table(resolution: &Answer, context: &Context) -> String {
    let is_protected = resolution.profile.as_deref().is_some_and(|profile| context.settings().protects(profile));
    let rows = [
        ("file", resolution.file.as_deref(), ""),
        ("profile", resolution.profile.as_deref(), if is_protected { summary::PROTECTED } else { "" }),
        ("region", resolution.region.as_deref(), ""),
        ("status", Some(resolution.status), ""),
        ("reason", resolution.reason.as_deref(), ""),
    ];
    let row = |(label, text, colour): (&str, Option<&str>, _)| {
        Some(Row { cells: vec![label.to_owned(), text?.to_owned()], colour })
    };
    output::table(&rows.into_iter().filter_map(row).collect::<Vec<_>>(), output::takes_colour())
}
