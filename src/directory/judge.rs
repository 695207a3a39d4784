//! Whether a `.awsprofile` may be followed: opened once, judged and read by that descriptor.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::content::{Content, Flaw, Line, MOST_BYTES};
use super::ownership;
use super::trust::{self, Trust};
use crate::error::in_words;
use crate::paths;
use crate::switching::decide::Layer;

/// What came of reading a `.awsprofile`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be followed.
    Accepted(Layer),
    /// It could not be read: why.
    Unreadable(String),
    /// It was read and makes no sense: why.
    Invalid(Flaw),
    /// It names no profile that there is, in this line.
    UnknownProfile(Layer, Option<Line>),
    /// It would have to be allowed first: why.
    Untrusted(Option<Layer>, String),
}

/// A `.awsprofile` that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Its bytes.
    pub content: Content,
    /// Where it really is: what trust is bound to.
    pub canonical: PathBuf,
    /// Where the link to it is, if it is one: that is trusted by itself, or a repository that was cloned could
    /// lead to any file that was allowed.
    pub link: Option<PathBuf>,
    /// Why its owner or mode speaks against it.
    owned: Result<(), String>,
    /// Why the owner of a link to it does.
    linked: Result<(), String>,
}

/// Opens and reads one, without ever blocking, and nothing but a regular file.
///
/// # Errors
/// Why it could not be read.
pub fn read(path: &Path) -> Result<Opened, String> {
    let because = |error: io::Error| in_words(error);
    is_regular(&fs::metadata(path).map_err(because)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Between the look and this call a FIFO may have taken its place.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path).map_err(because)?;
    let meta = file.metadata().map_err(because)?;
    is_regular(&meta)?;
    let canonical = fs::canonicalize(path).map_err(because)?;
    let link = paths::canonical_entry(path).map_err(because)?;
    let mut bytes = Vec::new();
    (&file).take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(because)?;
    let link = Some(link).filter(|link| *link != canonical);
    let owned = ownership::check(&file, &meta);
    Ok(Opened { content: Content(bytes), canonical, link, owned, linked: check_links(path) })
}

fn is_regular(meta: &fs::Metadata) -> Result<(), String> {
    if meta.is_dir() {
        Err("it is a folder".to_owned())
    } else if meta.is_file() {
        Ok(())
    } else {
        Err("it is not a regular file".to_owned())
    }
}

/// A link counts only if it passes itself; so does each that it leads through.
fn check_links(path: &Path) -> Result<(), String> {
    let mut path = path.to_path_buf();
    // As many as Linux itself follows.
    for _ in 0..40 {
        let Ok(meta) = fs::symlink_metadata(&path) else {
            break;
        };
        if !meta.is_symlink() {
            return Ok(());
        }
        ownership::check_link(&meta).map_err(|why| format!("it is a link, and {why}"))?;
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().map(|folder| folder.join(&target)).unwrap_or(target);
    }
    Err("its links lead nowhere".to_owned())
}

/// Judges a file: `exists` says whether there is such a profile, `needs_allow` whether the
/// profile may only be put in force by a file that was allowed.
pub fn judge(
    path: &Path,
    exists: impl FnOnce(&str) -> bool,
    needs_allow: impl FnOnce(&str) -> Option<&'static str>,
) -> Verdict {
    let opened = match read(path) {
        Ok(opened) => opened,
        Err(why) => return Verdict::Unreadable(why),
    };
    let trust = trust::of(&opened.canonical);
    let of_link = opened.link.as_deref().map(trust::of);
    for said in of_link.iter().chain([&trust]) {
        let why = match said {
            Trust::Denied => "it was denied",
            Trust::Lost => "what 'aws-switch allow' or 'deny' said of it cannot be read",
            Trust::Allowed(_) | Trust::Unknown => continue,
        };
        return Verdict::Untrusted(None, why.to_owned());
    }
    let line = opened.content.profile_line();
    let layer = match opened.content.parse() {
        Ok(layer) => layer,
        Err(flaw) => return Verdict::Invalid(flaw),
    };
    let allowed = Trust::Allowed(opened.content);
    let (is_allowed, is_link_allowed) = (trust == allowed, of_link.is_none_or(|of_link| of_link == allowed));
    let owned = if is_allowed { Ok(()) } else { opened.owned };
    let linked = if is_link_allowed { Ok(()) } else { opened.linked };
    if let Err(why) = owned.and(linked) {
        return Verdict::Untrusted(Some(layer), why);
    }
    if !exists(&layer.profile) {
        return Verdict::UnknownProfile(layer, line);
    }
    match needs_allow(&layer.profile).filter(|_| !(is_allowed && is_link_allowed)) {
        Some(why) => Verdict::Untrusted(Some(layer), why.to_owned()),
        None => Verdict::Accepted(layer),
    }
}
