//! Locates the two files: paths from variables, expanded as Python's `expandvars` and `expanduser` do.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;

use super::profiles::FileKind;
use crate::paths;

impl FileKind {
    /// The variable that contains its path, if that is set.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Config => "AWS_CONFIG_FILE",
            Self::Credentials => "AWS_SHARED_CREDENTIALS_FILE",
        }
    }
}

/// `None` where the file's variable is empty.
pub fn path(file: FileKind) -> Option<PathBuf> {
    let written = env::var_os(file.variable());
    let written = written.unwrap_or_else(|| file.of(["~/.aws/config", "~/.aws/credentials"]).into());
    (!written.is_empty()).then(|| expand(&written))
}

#[cfg(unix)]
pub fn expand(path: &OsStr) -> PathBuf {
    use std::ffi::OsString;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};

    let value = |name: &[u8]| env::var_os(OsStr::from_bytes(name)).map(OsString::into_vec);
    let path = posix::variables(path.as_bytes(), value);
    // An empty HOME is the root, as for botocore.
    let own = || env::var_os("HOME").or_else(|| Some(paths::home()?.into())).map(OsString::into_vec);
    let home_of = |user: &[u8]| if user.is_empty() { own() } else { crate::users::home_of(user) };
    OsString::from_vec(posix::user(path, home_of)).into()
}

#[cfg(not(unix))]
pub fn expand(path: &OsStr) -> PathBuf {
    let Some(text) = path.to_str() else { return path.into() };
    let value = |name: &str| env::var(name).ok();
    let home = paths::home();
    windows::user(windows::variables(text, value), value, home.as_deref().and_then(std::path::Path::to_str)).into()
}

#[cfg(any(unix, test))]
mod posix {
    /// Expands `$NAME` and `${NAME}` once; an unknown variable stays as it is written.
    pub(super) fn variables(path: &[u8], get: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
        let mut expanded = Vec::with_capacity(path.len());
        let mut rest = path;
        while let Some(dollar) = rest.iter().position(|&byte| byte == b'$') {
            let (before, from) = rest.split_at(dollar);
            expanded.extend_from_slice(before);
            let (name, written) = name(from);
            match name.and_then(&get) {
                Some(value) => expanded.extend(value),
                None => expanded.extend_from_slice(from.get(..written).unwrap_or_default()),
            }
            rest = from.get(written..).unwrap_or_default();
        }
        expanded.extend_from_slice(rest);
        expanded
    }

    /// The name of the variable at the start of `from`, and its length with `$` and braces.
    fn name(from: &[u8]) -> (Option<&[u8]>, usize) {
        let after = from.get(1..).unwrap_or_default();
        if let Some(inside) = after.strip_prefix(b"{")
            && let Some(end) = inside.iter().position(|&byte| byte == b'}')
        {
            return (inside.get(..end), end + 3);
        }
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let end = after.iter().take_while(|byte| is_word(byte)).count();
        (after.get(..end).filter(|name| !name.is_empty()), end + 1)
    }

    /// Expands `~` and `~user`; `home` is called with an empty name for `~`.
    pub(super) fn user(path: Vec<u8>, home: impl FnOnce(&[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
        let Some(rest) = path.strip_prefix(b"~") else { return path };
        let end = rest.iter().position(|&byte| byte == b'/').unwrap_or(rest.len());
        let (user, tail) = rest.split_at(end);
        let Some(mut expanded) = home(user) else { return path };
        while expanded.last() == Some(&b'/') {
            expanded.pop();
        }
        expanded.extend_from_slice(tail);
        if expanded.is_empty() { b"/".to_vec() } else { expanded }
    }
}

#[cfg(any(windows, test))]
mod windows {
    /// Expands `%NAME%`, `$NAME` and `${NAME}`, but not within single quotes; `%%` and `$$` become one character.
    pub(super) fn variables(path: &str, get: impl Fn(&str) -> Option<String>) -> String {
        let mut expanded = String::with_capacity(path.len());
        let mut rest = path;
        while let Some(at) = rest.find(['\'', '%', '$']) {
            let (before, from) = rest.split_at(at);
            expanded.push_str(before);
            let (written, name) = token(from);
            let (token, after) = from.split_at(written);
            match name {
                Some(name) => expanded.push_str(get(name).as_deref().unwrap_or(token)),
                None if token == "%%" || token == "$$" => expanded.extend(token.chars().next()),
                None => expanded.push_str(token),
            }
            rest = after;
        }
        expanded.push_str(rest);
        expanded
    }

    /// The length of the token at the start of `from`, and the variable that it names.
    fn token(from: &str) -> (usize, Option<&str>) {
        if from.starts_with("%%") || from.starts_with("$$") {
            return (2, None);
        }
        for (open, close) in [("'", '\''), ("%", '%'), ("${", '}')] {
            let Some(inside) = from.strip_prefix(open) else { continue };
            let Some(end) = inside.find(close) else { return (from.len(), None) };
            return (open.len() + end + 1, inside.get(..end).filter(|_| open != "'"));
        }
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let end = 1 + from.bytes().skip(1).take_while(is_word).count();
        (end, from.get(1..end))
    }

    /// Expands `~` and, where the homes of all users are in one directory, `~user`.
    pub(super) fn user(path: String, get: impl Fn(&str) -> Option<String>, fallback: Option<&str>) -> String {
        let Some(rest) = path.strip_prefix('~') else { return path };
        let drive_and_path = || Some(get("HOMEDRIVE").unwrap_or_default() + &get("HOMEPATH")?);
        let home = get("USERPROFILE").or_else(drive_and_path).or_else(|| Some(fallback?.to_owned()));
        let Some(mut home) = home else { return path };
        let (user, tail) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
        let own = get("USERNAME");
        if !user.is_empty() && own.as_deref() != Some(user) {
            let start = home.rfind(['/', '\\']).map_or(0, |separator| separator + 1);
            if own.as_deref() != home.get(start..) {
                return path;
            }
            home.truncate(start);
            home.push_str(user);
        }
        home + tail
    }
}

#[cfg(test)]
#[path = "location_tests.rs"]
mod tests;
