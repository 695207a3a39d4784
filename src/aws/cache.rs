//! The AWS CLI's caches of sessions, read. Apart from the profile files, what this module reads is
//! all that is read below `~/.aws`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::expand::expand;
use super::sign_in::{Cache, Entry, SignIn};
use crate::paths;

/// Larger files are none of the AWS CLI's: in bytes, 1 MB.
const LARGEST: u64 = 1 << 20;

/// The variable that names the folder of `aws login`.
const LOGIN_FOLDER: &str = "AWS_LOGIN_CACHE_DIRECTORY";

/// The sessions cached now; each file is read once, however many profiles share it.
#[derive(Debug)]
pub struct Caches {
    now: Timestamp,
    sso: PathBuf,
    login: PathBuf,
    read: RefCell<HashMap<Entry, Option<SignIn>>>,
}

impl Caches {
    /// The caches of the user who runs this: below their home, whatever the variables say that
    /// name the profile files.
    #[must_use]
    pub fn find() -> Self {
        let home = paths::home();
        let path = |path: &OsStr| expand(path, &|name| env::var_os(name), home.as_deref());
        let login = env::var_os(LOGIN_FOLDER);
        Self {
            now: Timestamp::now(),
            sso: path("~/.aws/sso/cache".as_ref()),
            login: path(login.as_deref().unwrap_or("~/.aws/login/cache".as_ref())),
            read: RefCell::default(),
        }
    }

    /// The moment at which everything is judged.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The session cached there; `None` where that cannot be told.
    pub fn get(&self, entry: Entry) -> Option<SignIn> {
        if let Some(known) = self.read.borrow().get(&entry) {
            return *known;
        }
        let folder = match entry.cache {
            Cache::Legacy | Cache::Sso => &self.sso,
            Cache::Login => &self.login,
        };
        let found = match read(&folder.join(&entry.file)) {
            Ok(json) => SignIn::parse(entry.cache, &json, self.now),
            Err(error) if paths::is_absence(&error) => Some(SignIn::NONE),
            Err(_) => None,
        };
        self.read.borrow_mut().insert(entry, found);
        found
    }
}

/// The bytes of a regular file of a sensible size; anything else is an error, a FIFO would hang.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let odd = || io::Error::other("no file of the AWS CLI's");
    if !fs::metadata(path)?.is_file() {
        return Err(odd());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(odd()) } else { Ok(bytes) }
}
