//! Judges whether a `.awsprofile` may be activated: it is opened once, and that descriptor is judged and read.

use std::fmt;
use std::fs as std_fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::parse::{DirectoryProfile, MOST_BYTES, ParseError, account_span, parse, profile_span};
use super::trust::{self, Trust};
use super::{NAME_A_FILE, ownership};
use crate::context::Context;
use crate::diagnostic::Span;
use crate::error::{Error, in_words};
use crate::fs::{self, ReadError};
use crate::paths;
use crate::settings::Auto;

/// The reason why the profile of a `.awsprofile` is not active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Access keys or a manual switch override it.
    Overridden,
    /// Directory profiles are off.
    Off,
    /// It has to be allowed first.
    Untrusted,
    UnknownProfile,
    /// It names an account that is not the profile's.
    WrongAccount,
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
            Self::WrongAccount => "folder-wrong-account",
            Self::Invalid => "folder-invalid",
            Self::Unreadable => "folder-unreadable",
        }
    }

    pub fn name(self) -> &'static str {
        self.code().trim_start_matches("folder-")
    }
}

/// A `.awsprofile` that is ignored: the reason and the fix.
#[derive(Debug)]
pub struct IgnoredFile {
    pub status: Status,
    pub why: String,
    pub fix: String,
    /// The content of the file, as far as it may be reported.
    pub profile: Option<DirectoryProfile>,
    /// The part of the file that is the reason.
    pub span: Option<Span>,
    /// The bytes of the file that `span` points into.
    pub content: Vec<u8>,
}

impl IgnoredFile {
    pub fn new(status: Status, why: impl Into<String>, fix: impl Into<String>) -> Self {
        let (why, fix) = (why.into(), fix.into());
        Self { status, why, fix, profile: None, span: None, content: Vec::new() }
    }

    fn untrusted(profile: Option<DirectoryProfile>, why: impl Into<String>) -> Box<Self> {
        Box::new(Self { profile, ..Self::new(Status::Untrusted, why, "run 'aws-switch allow' to trust it") })
    }

    fn unreadable(why: impl Into<String>, fix: &str) -> Box<Self> {
        Box::new(Self::new(Status::Unreadable, why, fix))
    }
}

impl fmt::Display for IgnoredFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.why, self.fix)
    }
}

/// Judges whether the profile of a file may be activated.
pub fn judge(context: &Context, file: &OpenFile) -> Result<DirectoryProfile, Box<IgnoredFile>> {
    let (of_target, of_link) = (trust::of(&file.canonical), file.link.as_deref().map(trust::of));
    for trust in of_link.iter().chain([&of_target]) {
        match trust {
            Trust::Denied => return Err(IgnoredFile::untrusted(None, "it was denied")),
            Trust::Unreadable => {
                return Err(IgnoredFile::untrusted(None, "its trust entry cannot be read"));
            }
            Trust::Allowed(_) | Trust::Unknown => {}
        }
    }
    let wanted = parse(&file.content).map_err(|error| invalid(file, error))?;
    let is_allowed = |trust: &Trust| matches!(trust, Trust::Allowed(allowed) if *allowed == file.content);
    let (is_target_allowed, is_link_allowed) = (is_allowed(&of_target), of_link.as_ref().is_none_or(is_allowed));
    let target_owner = if is_target_allowed { &Ok(()) } else { &file.owner };
    let link_owner = if is_link_allowed { &Ok(()) } else { &file.link_owner };
    if let Err(why) = target_owner.as_ref().and(link_owner.as_ref()) {
        let why = format!("{why} (its profile is {})", wanted.profile);
        return Err(IgnoredFile::untrusted(Some(wanted), why));
    }
    if let Err(error) = context.profile(wanted.profile.as_ref()) {
        return Err(unknown_profile(file, wanted, error));
    }
    if let Some(why) = wrong_account(context, &wanted) {
        let ignored = IgnoredFile::new(Status::WrongAccount, why, "correct the profile or the account in the file");
        let (span, content) = (account_span(&file.content), file.content.clone());
        return Err(Box::new(IgnoredFile { profile: Some(wanted), span, content, ..ignored }));
    }
    match needs_allow(context, &wanted.profile).filter(|_| !(is_target_allowed && is_link_allowed)) {
        Some(why) => Err(IgnoredFile::untrusted(Some(wanted), why)),
        None => Ok(wanted),
    }
}

fn invalid(file: &OpenFile, error: ParseError) -> Box<IgnoredFile> {
    let ignored = IgnoredFile::new(
        Status::Invalid,
        error.message,
        "edit the file, or run 'aws-switch pin PROFILE' in its directory",
    );
    Box::new(IgnoredFile { span: error.span, content: file.content.clone(), ..ignored })
}

fn unknown_profile(file: &OpenFile, wanted: DirectoryProfile, error: Error) -> Box<IgnoredFile> {
    let hint = if let Error::NoSuchProfile { hint, .. } = error { hint } else { None };
    let why = format!("no profile named '{}'", wanted.profile);
    let fix = hint.unwrap_or_else(|| "edit the file, or see 'aws-switch list'".to_owned());
    let ignored = IgnoredFile::new(Status::UnknownProfile, why, fix);
    let (span, content) = (profile_span(&file.content), file.content.clone());
    Box::new(IgnoredFile { profile: Some(wanted), span, content, ..ignored })
}

/// Returns why the profile is not of the account that the file names, as far as the AWS files contain it.
fn wrong_account(context: &Context, wanted: &DirectoryProfile) -> Option<String> {
    let (expected, actual) = (wanted.account_id.as_deref()?, context.account(&wanted.profile).id?);
    let belongs = || format!("{} belongs to account {actual}, and the file expects account {expected}", wanted.profile);
    (actual != expected).then(belongs)
}

/// Returns why only a file that was allowed may activate this profile.
fn needs_allow(context: &Context, profile: &str) -> Option<String> {
    if context.is_protected(profile) {
        Some(format!("{profile} is protected"))
    } else if context.settings().auto() == Auto::Trusted {
        Some("it is not trusted yet ('auto = trusted')".to_owned())
    } else {
        None
    }
}

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
    /// The reason why somebody else could have written the file.
    owner: Result<(), String>,
    /// The reason why somebody else could have made a link to it.
    link_owner: Result<(), String>,
}

const FIX_LINK: &str = "fix or remove the link";

/// Opens and reads a regular file.
pub fn open(path: &Path) -> Result<OpenFile, Box<IgnoredFile>> {
    let failed = |error: io::Error| {
        let fix = match error.kind() {
            io::ErrorKind::PermissionDenied => "check the permissions of the file and its directory",
            _ if path.is_symlink() => FIX_LINK,
            _ => "check the file and its directory",
        };
        IgnoredFile::unreadable(format!("it cannot be read ({})", in_words(error)), fix)
    };
    let (file, metadata) = fs::open_regular(path).map_err(|error| match error {
        ReadError::NotRegular(what) => {
            IgnoredFile::unreadable(format!("it is {what}, not a file"), "remove or rename it")
        }
        ReadError::TooLarge => IgnoredFile::unreadable("it is too large", "remove or rename it"),
        ReadError::Missing if path.is_symlink() => IgnoredFile::unreadable("it is a link to a missing file", FIX_LINK),
        ReadError::Missing => IgnoredFile::unreadable("no such file", NAME_A_FILE),
        ReadError::Io(error) => failed(error),
    })?;
    let canonical = std_fs::canonicalize(path).map_err(failed)?;
    let link = Some(paths::canonical_entry(path).map_err(failed)?).filter(|link| *link != canonical);
    let mut content = Vec::new();
    (&file).take(MOST_BYTES as u64 + 1).read_to_end(&mut content).map_err(failed)?;
    let owner = ownership::check(&file, &metadata);
    Ok(OpenFile { content, canonical, link, owner, link_owner: ownership::check_links(path) })
}
