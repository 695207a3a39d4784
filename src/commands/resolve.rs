//! `aws-switch resolve`: which `.awsprofile` governs a folder, and whether it is in force.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::directory::{self, Verdict};
use crate::error::{Error, written};
use crate::layers::Layer;
use crate::places;
use crate::session::{Session, refusal};
use crate::settings::Auto;
use crate::state::Standing;
use crate::terminal::{self, Row};

/// The answer, as programs read it.
#[derive(Default, Serialize)]
struct Resolution {
    file: Option<String>,
    profile: Option<String>,
    region: Option<String>,
    status: &'static str,
    reason: Option<String>,
}

/// Prints what governs a folder, else the working one.
///
/// # Errors
/// If there is no such folder.
pub fn run(folder: Option<&Path>, json: bool) -> Result<(), Error> {
    let here = places::working_folder();
    let folder = match folder {
        Some(folder) => within(here, folder)?,
        None => here.ok_or_else(|| Error::failed("this folder", "it is gone: go to another one"))?,
    };
    let resolution = resolve(&Session::new(), &folder);
    if json {
        let text = serde_json::to_string(&resolution).map_err(|error| Error::failed("resolve", error))?;
        return written(writeln!(io::stdout(), "{text}"));
    }
    written(io::stdout().write_all(table(&resolution).as_bytes()))
}

/// A folder as a shell would show it after `cd`: `..` taken off by name, links kept.
fn within(here: Option<PathBuf>, folder: &Path) -> Result<PathBuf, Error> {
    let actual = here.clone().map_or(folder.to_path_buf(), |here| here.join(folder));
    if !actual.is_dir() {
        return Err(Error::failed(places::shown(folder), "there is no such folder"));
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

fn resolve(session: &Session, folder: &Path) -> Resolution {
    let Some(file) = directory::governing(folder) else {
        return Resolution {
            status: "none",
            reason: Some("no .awsprofile here or above".to_owned()),
            ..Resolution::default()
        };
    };
    let verdict = session.judge(&file);
    let layer = match &verdict {
        Verdict::Accepted(layer) | Verdict::UnknownProfile(layer) | Verdict::Untrusted(Some(layer), _) => {
            Some(layer.clone())
        }
        _ => None,
    };
    let (status, reason) = match verdict {
        Verdict::Accepted(_) => accepted(session, &file),
        verdict => (refused(&verdict), refusal(verdict).err()),
    };
    let (profile, region) = layer.map_or((None, None), |Layer { profile, region }| (Some(profile), region));
    Resolution { file: Some(places::shown(&file).into_owned()), profile, region, status, reason }
}

fn refused(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted(_) => "active",
        Verdict::Unreadable(_) => "unreadable",
        Verdict::Invalid(_) => "invalid",
        Verdict::UnknownProfile(_) => "unknown-profile",
        Verdict::Untrusted(..) => "untrusted",
    }
}

/// A file that may be followed is not in force all the same where something stands above it.
fn accepted(session: &Session, file: &Path) -> (&'static str, Option<String>) {
    if session.settings.auto() == Auto::Off {
        return ("off", Some("folders are not followed: 'aws-switch auto on'".to_owned()));
    }
    if let Some(key) = session.environment.keys {
        return ("overridden", Some(format!("{key} is set, and wins over a profile: unset it")));
    }
    let state = session.environment.state.as_ref().filter(|state| state.profile == session.environment.profile);
    let by_hand = state.filter(|state| state.standing == Standing::Hand).and_then(|state| state.file.as_deref());
    if by_hand.is_some_and(|governed| governed == file || places::is_same(governed, file)) {
        return ("overridden", Some("another profile was chosen by hand here: 'aws-switch auto' ends that".to_owned()));
    }
    ("active", None)
}

fn table(resolution: &Resolution) -> String {
    let rows = [
        ("file", resolution.file.as_deref()),
        ("profile", resolution.profile.as_deref()),
        ("region", resolution.region.as_deref()),
        ("status", Some(resolution.status)),
        ("reason", resolution.reason.as_deref()),
    ];
    let rows: Vec<Row> = rows
        .into_iter()
        .filter_map(|(label, text)| Some(Row { cells: vec![label.to_owned(), text?.to_owned()], colour: "" }))
        .collect();
    terminal::table(&rows, false)
}
