//! Where files are: the user's home, this program's settings and state, the working directory, and programs on `PATH`.

use std::borrow::Cow;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use crate::environment::filled;
use crate::protocol;

/// The user's home, from the variable that the AWS CLI reads, else from the operating system.
pub fn home() -> Option<PathBuf> {
    let from_variables = if cfg!(windows) {
        filled("USERPROFILE").or_else(|| {
            let mut path = filled("HOMEDRIVE")?;
            path.push(filled("HOMEPATH")?);
            Some(path)
        })
    } else {
        filled("HOME")
    };
    from_variables.map(PathBuf::from).or_else(home_of_user)
}

#[cfg(not(all(target_os = "linux", target_feature = "crt-static")))]
fn home_of_user() -> Option<PathBuf> {
    dirs::home_dir()
}

#[cfg(all(target_os = "linux", target_feature = "crt-static"))]
fn home_of_user() -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    let home = crate::users::home_of_uid(rustix::process::getuid().as_raw())?;
    Some(std::ffi::OsString::from_vec(home).into())
}

/// `settings.ini`: under `XDG_CONFIG_HOME`, else `~/.config`; under `%APPDATA%` on Windows.
pub fn settings_file() -> Option<PathBuf> {
    let directory = own_directory(("XDG_CONFIG_HOME", ".config"), ("APPDATA", "AppData/Roaming"))?;
    Some(directory.join("settings.ini"))
}

/// Where trust and recent switches are saved: under `XDG_STATE_HOME`, else `~/.local/state`; under `%LOCALAPPDATA%` on
/// Windows.
pub fn state_directory() -> Option<PathBuf> {
    own_directory(("XDG_STATE_HOME", ".local/state"), ("LOCALAPPDATA", "AppData/Local"))
}

/// `aws-switch` in the directory of a variable, else in one under the user's home, on Unix and on Windows.
fn own_directory(unix: (&str, &str), windows: (&str, &str)) -> Option<PathBuf> {
    let (variable, under_home) = if cfg!(windows) { windows } else { unix };
    Some(absolute(variable).or_else(|| Some(home()?.join(under_home)))?.join("aws-switch"))
}

/// The path in a variable. A relative one is ignored, as the XDG specification wants it.
pub fn absolute(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// The working directory as the shell shows it: `$PWD`, which may lead through links, if it is that directory indeed.
pub fn working_directory() -> Option<PathBuf> {
    let actual = env::current_dir().ok();
    let logical = absolute("PWD").filter(|path| !has_dots(path));
    match (logical, actual) {
        (Some(logical), Some(actual)) if logical == actual || is_same(&logical, &actual) => Some(logical),
        // No program starts in a directory that was removed, so our script for PowerShell starts us in the nearest one
        // above it. From anybody else, such a PWD is that of another process.
        (Some(logical), Some(actual))
            if logical.starts_with(&actual) && !logical.exists() && protocol::is_called_by_script() =>
        {
            Some(logical)
        }
        (logical, None) => logical,
        (_, actual) => actual,
    }
}

/// Whether two paths lead to one file or directory; `false` when either cannot be reached.
pub fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// The canonical path of a directory entry: a link stays one, while its directory's links are followed.
pub fn canonical_entry(file: &Path) -> io::Result<PathBuf> {
    match (file.parent(), file.file_name()) {
        (Some(directory), Some(name)) => Ok(fs::canonicalize(directory)?.join(name)),
        _ => fs::canonicalize(file),
    }
}

/// Whether two paths lead to one directory entry; two links to one file are two entries.
pub fn is_same_entry(one: &Path, other: &Path) -> bool {
    matches!((canonical_entry(one), canonical_entry(other)), (Ok(one), Ok(other)) if one == other)
}

/// A path as a shell would show it after `cd`: `..` removes what is before it by name, so links stay.
pub fn without_dots(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            component => normal.push(component),
        }
    }
    normal
}

fn has_dots(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().split(|&byte| byte == b'/').any(|part| part == b"." || part == b"..")
}

/// The extensions that a program's name may be typed without.
const EXTENSIONS: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat", ".com", ""] } else { &[""] };

/// The first executable file of this name on `PATH`, as `PATH` spells it.
pub fn on_path(name: impl AsRef<OsStr>) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let mut directories = env::split_paths(&path).filter(|directory| directory.is_absolute());
    directories.find_map(|directory| {
        let mut files = EXTENSIONS.iter().map(|extension| {
            let mut file = directory.join(name.as_ref()).into_os_string();
            file.push(extension);
            PathBuf::from(file)
        });
        files.find(|file| is_executable(file))
    })
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

/// A path for people: `~` stands for the user's home.
pub fn shorten(path: &Path) -> Cow<'_, str> {
    // Under a home that is `/` every path would begin with `~`.
    let home = home().filter(|home| home.parent().is_some());
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) if rest.as_os_str().is_empty() => Cow::Borrowed("~"),
        Some(rest) => Cow::Owned(format!("~{MAIN_SEPARATOR}{}", rest.to_string_lossy())),
        None => path.to_string_lossy(),
    }
}

/// A hash in the digits that name a file after it.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
