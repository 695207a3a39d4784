//! Judges whether a `.awsprofile` may be activated: it is opened once, and that descriptor is judged and read.

use std::fs as std_fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::parse::{DirectoryProfile, MOST_BYTES, ParseError, account_span, parse, profile_span};
use super::trust::{self, Trust};
use super::{NAME_A_FILE, ownership};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Span};
use crate::error::{Error, in_words};
use crate::fs::{self, ReadError};
use crate::paths;
use crate::settings::Auto;

/// A `.awsprofile` that is ignored.
#[derive(Debug)]
pub struct IgnoredFile {
    /// The reason and the fix. Its code is the status that `resolve` prints, after `folder-`.
    pub problem: Diagnostic,
    /// The content of the file, as far as it may be reported.
    pub profile: Option<DirectoryProfile>,
    /// The bytes of the file that the problem's span points into.
    pub content: Vec<u8>,
}

impl IgnoredFile {
    pub fn new(problem: Diagnostic, profile: Option<DirectoryProfile>) -> Box<Self> {
        Box::new(Self { problem, profile, content: Vec::new() })
    }

    fn untrusted(profile: Option<DirectoryProfile>, why: impl Into<String>) -> Box<Self> {
        Self::new(Diagnostic::warning("folder-untrusted", why, "run 'aws-switch allow' to trust it"), profile)
    }

    fn unreadable(why: impl Into<String>, fix: &str) -> Box<Self> {
        Self::new(Diagnostic::error("folder-unreadable", why, fix), None)
    }

    /// The problem is this part of the file.
    fn at(self: Box<Self>, span: Option<Span>, file: &OpenFile) -> Box<Self> {
        let problem = Diagnostic { span, ..self.problem };
        Box::new(Self { problem, content: file.content.clone(), ..*self })
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
        let problem = Diagnostic::error("folder-wrong-account", why, "correct the profile or the account in the file");
        return Err(IgnoredFile::new(problem, Some(wanted)).at(account_span(&file.content), file));
    }
    match needs_allow(context, &wanted.profile).filter(|_| !(is_target_allowed && is_link_allowed)) {
        Some(why) => Err(IgnoredFile::untrusted(Some(wanted), why)),
        None => Ok(wanted),
    }
}

fn invalid(file: &OpenFile, error: ParseError) -> Box<IgnoredFile> {
    let fix = "edit the file, or run 'aws-switch pin PROFILE' in its directory";
    IgnoredFile::new(Diagnostic::error("folder-invalid", error.message, fix), None).at(error.span, file)
}

fn unknown_profile(file: &OpenFile, wanted: DirectoryProfile, error: Error) -> Box<IgnoredFile> {
    let hint = if let Error::NoSuchProfile { hint, .. } = error { hint } else { None };
    let why = format!("no profile named '{}'", wanted.profile);
    let fix = hint.unwrap_or_else(|| "edit the file, or see 'aws-switch list'".to_owned());
    let problem = Diagnostic::error("folder-unknown-profile", why, fix);
    IgnoredFile::new(problem, Some(wanted)).at(profile_span(&file.content), file)
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
