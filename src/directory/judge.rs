//! Judges whether a `.awsprofile` may be activated: it is opened once, and that descriptor is judged and read.

use std::fmt;
use std::fs as std_fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::ownership;
use super::parse::{DirectoryProfile, MOST_BYTES, parse, profile_span};
use super::trust::{self, Trust};
use crate::context::Context;
use crate::diagnostic::Span;
use crate::error::in_words;
use crate::fs::{self, ReadError};
use crate::paths;
use crate::settings::{Auto, Settings};

/// Why the profile of a `.awsprofile` is not active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Access keys or a manual switch override it.
    Overridden,
    /// Directory profiles are off.
    Off,
    /// It has to be allowed first.
    Untrusted,
    /// Its profile does not exist.
    UnknownProfile,
    /// It cannot be parsed.
    Invalid,
    /// It cannot be read.
    Unreadable,
}

impl Status {
    /// The word for it in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overridden => "overridden",
            Self::Off => "off",
            Self::Untrusted => "untrusted",
            Self::UnknownProfile => "unknown-profile",
            Self::Invalid => "invalid",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A `.awsprofile` that is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The kind of reason.
    pub status: Status,
    /// The reason.
    pub why: String,
    /// What to do about it; empty where there is nothing more to say.
    pub fix: String,
    /// What the file asks for, as far as that may be reported.
    pub profile: Option<DirectoryProfile>,
    /// The part of the file that is the reason.
    pub span: Option<Span>,
    /// The bytes of the file that `span` points into.
    pub content: Vec<u8>,
}

impl Ignored {
    /// Without anything of the file.
    pub fn new(status: Status, why: impl Into<String>, fix: impl Into<String>) -> Box<Self> {
        let (why, fix) = (why.into(), fix.into());
        Box::new(Self { status, why, fix, profile: None, span: None, content: Vec::new() })
    }

    /// With what the file asks for.
    pub fn with_profile(mut self: Box<Self>, profile: Option<DirectoryProfile>) -> Box<Self> {
        self.profile = profile;
        self
    }

    fn with_content(mut self: Box<Self>, span: Option<Span>, content: Vec<u8>) -> Box<Self> {
        (self.span, self.content) = (span, content);
        self
    }

    fn untrusted(profile: Option<DirectoryProfile>, why: impl Into<String>) -> Box<Self> {
        let wants = profile.as_ref().map(|wanted| format!("it wants {}, ", wanted.profile)).unwrap_or_default();
        Self::new(Status::Untrusted, why, format!("{wants}'aws-switch allow' trusts it")).with_profile(profile)
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { why, fix, .. } = self;
        if fix.is_empty() { formatter.write_str(why) } else { write!(formatter, "{why}: {fix}") }
    }
}

/// Reads a file and judges whether its profile may be activated.
///
/// # Errors
/// Why it is ignored.
pub fn judge(context: &Context, path: &Path) -> Result<DirectoryProfile, Box<Ignored>> {
    let file = open(path).map_err(|why| Ignored::new(Status::Unreadable, why, ""))?;
    let of_target = trust::of(&file.canonical);
    let of_link = file.link.as_deref().map(trust::of);
    for trust in of_link.iter().chain([&of_target]) {
        let why = match trust {
            Trust::Denied => "it was denied",
            Trust::Unreadable => "what 'aws-switch allow' or 'deny' said of it cannot be read",
            Trust::Allowed(_) | Trust::Unknown => continue,
        };
        return Err(Ignored::untrusted(None, why));
    }
    let content = file.content;
    let wanted = match parse(&content) {
        Ok(wanted) => wanted,
        Err(error) => {
            let ignored = Ignored::new(Status::Invalid, error.to_string(), "mend it");
            return Err(ignored.with_content(error.span, content));
        }
    };
    let is_allowed = |trust: &Trust| matches!(trust, Trust::Allowed(allowed) if *allowed == content);
    let (is_target_allowed, is_link_allowed) = (is_allowed(&of_target), of_link.as_ref().is_none_or(is_allowed));
    let target_owner = if is_target_allowed { Ok(()) } else { file.owner };
    let link_owner = if is_link_allowed { Ok(()) } else { file.link_owner };
    if let Err(why) = target_owner.and(link_owner) {
        return Err(Ignored::untrusted(Some(wanted), why));
    }
    if !context.has_profile(&wanted.profile) {
        let why = format!("there is no profile '{}'", wanted.profile);
        let ignored = Ignored::new(Status::UnknownProfile, why, "mend it, or see 'aws-switch list'");
        return Err(ignored.with_profile(Some(wanted)).with_content(profile_span(&content), content));
    }
    match needs_allow(context.settings(), &wanted.profile).filter(|_| !(is_target_allowed && is_link_allowed)) {
        Some(why) => Err(Ignored::untrusted(Some(wanted), why)),
        None => Ok(wanted),
    }
}

/// Why only a file that was allowed may activate this profile; `None` if any file may.
fn needs_allow(settings: &Settings, profile: &str) -> Option<&'static str> {
    if settings.protects(profile) {
        Some("its profile is protected")
    } else if settings.auto() == Auto::Trusted {
        Some("only allowed files are followed (auto = trusted)")
    } else {
        None
    }
}

/// The system's number for a missing file: `ENOENT`, and `ERROR_FILE_NOT_FOUND` on Windows.
const NOT_FOUND: i32 = 2;

/// A `.awsprofile` that was opened and read.
#[derive(Debug)]
pub struct Opened {
    /// Its bytes, at most [`MOST_BYTES`] and one.
    pub content: Vec<u8>,
    /// The path without links: trust is bound to it.
    pub canonical: PathBuf,
    /// The path of the link, if it is one: a link needs trust of its own, or a cloned repository could lead to any file
    /// that was allowed.
    pub link: Option<PathBuf>,
    /// Why somebody else could have written the file.
    owner: Result<(), String>,
    /// Why somebody else could have made a link to it.
    link_owner: Result<(), String>,
}

/// Opens and reads a regular file; nothing else is opened.
///
/// # Errors
/// Why it could not be read.
pub fn open(path: &Path) -> Result<Opened, String> {
    let because = |error: io::Error| in_words(error);
    let (file, metadata) = fs::open_regular(path).map_err(|error| match error {
        ReadError::NotRegular("a folder") => "it is a folder".to_owned(),
        ReadError::NotRegular(_) | ReadError::TooLarge => "it is not a regular file".to_owned(),
        ReadError::Missing => because(io::Error::from_raw_os_error(NOT_FOUND)),
        ReadError::Io(error) => because(error),
    })?;
    let canonical = std_fs::canonicalize(path).map_err(because)?;
    let link = Some(paths::canonical_entry(path).map_err(because)?).filter(|link| *link != canonical);
    let mut content = Vec::new();
    (&file).take(MOST_BYTES as u64 + 1).read_to_end(&mut content).map_err(because)?;
    let owner = ownership::check(&file, &metadata);
    Ok(Opened { content, canonical, link, owner, link_owner: check_links(path) })
}

/// Passes a path if each link that it leads through passes by itself.
fn check_links(path: &Path) -> Result<(), String> {
    let mut path = path.to_path_buf();
    // Linux itself follows 40.
    for _ in 0..40 {
        let Ok(metadata) = std_fs::symlink_metadata(&path) else {
            break;
        };
        if !metadata.is_symlink() {
            return Ok(());
        }
        ownership::check_link(&metadata).map_err(|why| format!("it is a link, and {why}"))?;
        let Ok(target) = std_fs::read_link(&path) else {
            break;
        };
        path = path.parent().map(|directory| directory.join(&target)).unwrap_or(target);
    }
    Err("its links lead nowhere".to_owned())
}
