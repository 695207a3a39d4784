//! Which `.awsprofile` governs a folder, and whether it is in force.

use std::path::{Path, PathBuf};

use crate::context::{Context, Refusal, refusal};
use crate::directory::{self, Line, Verdict};
use crate::paths;
use crate::settings::Auto;
use crate::switching::decide::Layer;

/// What became of the file that governs a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is in force, or would be.
    Active,
    /// Something stands above it.
    Overridden,
    /// Folders are not followed.
    Off,
    /// It has to be allowed first.
    Untrusted,
    /// It names a profile that does not exist.
    UnknownProfile,
    /// It makes no sense.
    Invalid,
    /// It cannot be read.
    Unreadable,
    /// There is none.
    None,
}

impl Status {
    /// The word that stands for it in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Overridden => "overridden",
            Self::Off => "off",
            Self::Untrusted => "untrusted",
            Self::UnknownProfile => "unknown-profile",
            Self::Invalid => "invalid",
            Self::Unreadable => "unreadable",
            Self::None => "none",
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The file.
    pub file: Option<PathBuf>,
    /// What it says, as far as it could be read.
    pub layer: Option<Layer>,
    /// The line at fault, where one can be named.
    pub line: Option<Line>,
    /// What became of it.
    pub status: Status,
    /// Why it is not in force.
    pub reason: Option<Refusal>,
}

impl Resolution {
    /// What governs a folder.
    pub fn of(context: &Context, folder: &Path) -> Self {
        let Some(file) = directory::governing(folder) else {
            let reason = Some(Refusal::new("no .awsprofile here or above", ""));
            return Self { file: None, layer: None, line: None, status: Status::None, reason };
        };
        let verdict = context.judge(&file);
        let layer = match &verdict {
            Verdict::Accepted(layer) | Verdict::UnknownProfile(layer, _) | Verdict::Untrusted(Some(layer), _) => {
                Some(layer.clone())
            }
            _ => None,
        };
        let line = match &verdict {
            Verdict::Invalid(flaw) => flaw.line.clone(),
            Verdict::UnknownProfile(_, line) => line.clone(),
            _ => None,
        };
        let (status, reason) = match verdict {
            Verdict::Accepted(_) => accepted(context, &file),
            verdict => (refused(&verdict), refusal(verdict).err()),
        };
        Self { file: Some(file), layer, line, status, reason }
    }
}

fn refused(verdict: &Verdict) -> Status {
    match verdict {
        Verdict::Accepted(_) => Status::Active,
        Verdict::Unreadable(_) => Status::Unreadable,
        Verdict::Invalid(_) => Status::Invalid,
        Verdict::UnknownProfile(..) => Status::UnknownProfile,
        Verdict::Untrusted(..) => Status::Untrusted,
    }
}

/// A file that may be followed is not in force all the same where something stands above it.
fn accepted(context: &Context, file: &Path) -> (Status, Option<Refusal>) {
    if context.settings().auto() == Auto::Off {
        return (Status::Off, Some(Refusal::new("folders are not followed", "'aws-switch auto on'")));
    }
    if let Some(key) = context.environment.keys {
        return (Status::Overridden, Some(Refusal::new(format!("{key} is set, and wins over a profile"), "unset it")));
    }
    let state = context.environment.state.as_ref().filter(|state| state.profile == context.environment.profile);
    let by_hand = state.filter(|state| state.standing.is_by_hand()).and_then(|state| state.file.as_deref());
    if by_hand.is_some_and(|governed| governed == file || paths::is_same_entry(governed, file)) {
        let reason = Refusal::new("another profile was chosen by hand here", "'aws-switch auto' ends that");
        return (Status::Overridden, Some(reason));
    }
    (Status::Active, None)
}
