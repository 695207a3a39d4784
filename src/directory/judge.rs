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
    UnknownProfile,
    /// It cannot be parsed.
    Invalid,
    Unreadable,
}

impl Status {
    /// The code of its diagnostic.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overridden => "folder-overridden",
            Self::Off => "folder-off",
            Self::Untrusted => "folder-untrusted",
            Self::UnknownProfile => "folder-unknown-profile",
            Self::Invalid => "folder-invalid",
            Self::Unreadable => "folder-unreadable",
        }
    }

    pub fn name(self) -> &'static str {
        self.code().trim_start_matches("folder-")
    }
}

/// A `.awsprofile` that is ignored.
#[derive(Debug)]
pub struct Ignored {
    pub status: Status,
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
    pub fn new(status: Status, why: impl Into<String>, fix: impl Into<String>) -> Self {
        let (why, fix) = (why.into(), fix.into());
        Self { status, why, fix, profile: None, span: None, content: Vec::new() }
    }

    fn untrusted(profile: Option<DirectoryProfile>, why: impl Into<String>) -> Box<Self> {
        let wants = profile.as_ref().map(|wanted| format!("it wants {}, ", wanted.profile)).unwrap_or_default();
        let fix = format!("{wants}'aws-switch allow' trusts it");
        Box::new(Self { profile, ..Self::new(Status::Untrusted, why, fix) })
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { why, fix, .. } = self;
        if fix.is_empty() { formatter.write_str(why) } else { write!(formatter, "{why}: {fix}") }
    }
}

/// Reads a file and judges whether its profile may be activated.
pub fn judge(context: &Context, path: &Path) -> Result<DirectoryProfile, Box<Ignored>> {
    let file = open(path).map_err(|why| Ignored::new(Status::Unreadable, why, ""))?;
    let (of_target, of_link) = (trust::of(&file.canonical), file.link.as_deref().map(trust::of));
    for trust in of_link.iter().chain([&of_target]) {
        match trust {
            Trust::Denied => return Err(Ignored::untrusted(None, "it was denied")),
            Trust::Unreadable => {
                let why = "what 'aws-switch allow' or 'deny' said of it cannot be read";
                return Err(Ignored::untrusted(None, why));
            }
            Trust::Allowed(_) | Trust::Unknown => {}
        }
    }
    let content = file.content;
    let wanted = match parse(&content) {
        Ok(wanted) => wanted,
        Err(error) => {
            let ignored = Ignored::new(Status::Invalid, error.message, "mend it");
            return Err(Ignored { span: error.span, content, ..ignored }.into());
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
        let span = profile_span(&content);
        return Err(Ignored { profile: Some(wanted), span, content, ..ignored }.into());
    }
    match needs_allow(context.settings(), &wanted.profile).filter(|_| !(is_target_allowed && is_link_allowed)) {
        Some(why) => Err(Ignored::untrusted(Some(wanted), why)),
        None => Ok(wanted),
    }
}

/// Why only a file that was allowed may activate this profile.
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
pub struct OpenFile {
    /// At most [`MOST_BYTES`] and one.
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

/// Opens and reads a regular file; an error is a reason for people to read.
pub fn open(path: &Path) -> Result<OpenFile, String> {
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
    Ok(OpenFile { content, canonical, link, owner, link_owner: ownership::check_links(path) })
}
