//! Sessions of IAM Identity Center and of `aws login`, as the AWS CLI caches them: which file a
//! profile's is in, and what that file says.
//!
//! Tokens are never stored: of them only whether they are there.

use std::cell::RefCell;
use std::collections::HashMap;
use std::env;
use std::ffi::OsStr;
use std::fmt::{self, Write as _};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::credentials::Kind;
use super::location::expand;
use super::profile::Profile;
use super::store::ProfileStore;
use crate::fs::{ReadError, read_regular};
use crate::paths;

/// Larger files are none of the AWS CLI's: in bytes, 1 MB.
const LARGEST: u64 = 1 << 20;

/// The variable that names the directory of `aws login`.
const LOGIN_DIRECTORY: &str = "AWS_LOGIN_CACHE_DIRECTORY";

/// The sessions cached now; each file is read once, however many profiles share it.
#[derive(Debug)]
pub struct SessionCaches {
    now: Timestamp,
    sso: PathBuf,
    login: PathBuf,
    read: RefCell<HashMap<SessionFile, Option<Session>>>,
}

impl SessionCaches {
    /// The caches of the user who runs this: below their home, whatever the variables say that
    /// name the profile files.
    pub fn locate() -> Self {
        let home = paths::home();
        let path = |path: &OsStr| expand(path, &|name| env::var_os(name), home.as_deref());
        let login = env::var_os(LOGIN_DIRECTORY);
        Self {
            now: Timestamp::now(),
            sso: path("~/.aws/sso/cache".as_ref()),
            login: path(login.as_deref().unwrap_or("~/.aws/login/cache".as_ref())),
            read: RefCell::default(),
        }
    }

    /// The moment at which every session is judged.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The session in a file; `None` where nothing can be said of it.
    pub fn read(&self, file: SessionFile) -> Option<Session> {
        if let Some(known) = self.read.borrow().get(&file) {
            return *known;
        }
        let directory = match file.cache {
            Cache::LegacySso | Cache::Sso => &self.sso,
            Cache::Login => &self.login,
        };
        let session = match read_regular(&directory.join(&file.name), LARGEST) {
            Ok(json) => Session::parse(file.cache, &json, self.now),
            Err(ReadError::Missing) => Some(Session::NONE),
            Err(_) => None,
        };
        self.read.borrow_mut().insert(file, session);
        session
    }
}

/// Which of the AWS CLI's caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cache {
    /// `~/.aws/sso/cache`, for tokens that cannot be renewed: of a start URL without a session.
    LegacySso,
    /// `~/.aws/sso/cache`, for tokens of a named session.
    Sso,
    /// `~/.aws/login/cache`.
    Login,
}

/// The file of a session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionFile {
    cache: Cache,
    name: String,
}

impl SessionFile {
    /// Where the session of a profile is cached; `None` for a kind that has none, and where the
    /// settings that tell are missing.
    pub fn of(profile: Profile, kind: Kind, store: &ProfileStore) -> Option<Self> {
        let (cache, hash) = match kind {
            Kind::Sso => match profile.find("sso_session") {
                Some(session) => {
                    let name = session.value.text().filter(|name| store.sso_session(name).is_some())?;
                    (Cache::Sso, hex(&Sha1::digest(name)))
                }
                None => (Cache::LegacySso, hex(&Sha1::digest(profile.get("sso_start_url")?))),
            },
            Kind::Login => (Cache::Login, hex(&Sha256::digest(profile.get("login_session")?))),
            _ => return None,
        };
        Some(Self { cache, name: format!("{hash}.json") })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether a session is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// As far as this machine's clock and files tell.
    Valid,
    /// It has ended, and may be renewed without a browser.
    Refreshable,
    /// It has ended.
    Expired,
    /// There is none.
    None,
}

/// A session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Whether it is of use.
    pub status: SessionStatus,
    /// When it ends, or ended; in RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub expires_at: Option<Timestamp>,
}

impl Session {
    /// No session.
    pub const NONE: Self = Self { status: SessionStatus::None, expires_at: None };

    /// What a cached file says at a moment; `None` for one that is half written or odd.
    pub fn parse(cache: Cache, json: &[u8], now: Timestamp) -> Option<Self> {
        match cache {
            Cache::Login => Login::session(json, now),
            Cache::Sso => Token::session(json, now, true),
            Cache::LegacySso => Token::session(json, now, false),
        }
    }

    fn new(end: Timestamp, now: Timestamp, refreshable: bool) -> Self {
        let status = match (end > now, refreshable) {
            (true, _) => SessionStatus::Valid,
            (false, true) => SessionStatus::Refreshable,
            (false, false) => SessionStatus::Expired,
        };
        Self { status, expires_at: Some(end) }
    }
}

/// Writes a time as RFC 3339 has it.
///
/// # Errors
/// The serializer's own.
pub fn rfc3339<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(|time| time.to_string()).serialize(serializer)
}

/// A token of IAM Identity Center.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    #[serde(default)]
    access_token: Secret,
    expires_at: Option<Time>,
    #[serde(default)]
    refresh_token: Secret,
    #[serde(default)]
    client_id: Secret,
    #[serde(default)]
    client_secret: Secret,
    registration_expires_at: Option<Time>,
}

impl Token {
    fn session(json: &[u8], now: Timestamp, renewable: bool) -> Option<Session> {
        let token: Self = serde_json::from_slice(json).ok()?;
        if !token.access_token.0 {
            // A client registration lies in the same folder and has an end too, but is no session.
            return token.client_id.0.then_some(Session::NONE);
        }
        let can_ask = token.refresh_token.0 && token.client_id.0 && token.client_secret.0;
        let registered = token.registration_expires_at.and_then(|time| time.0).is_some_and(|end| end > now);
        Some(Session::new(token.expires_at?.0?, now, renewable && can_ask && registered))
    }
}

/// What `aws login` caches.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    access_token: Keys,
    #[serde(default)]
    client_id: Secret,
    #[serde(default)]
    refresh_token: Secret,
    #[serde(default)]
    dpop_key: Secret,
}

/// The temporary keys in it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keys {
    expires_at: Time,
}

impl Login {
    fn session(json: &[u8], now: Timestamp) -> Option<Session> {
        let login: Self = serde_json::from_slice(json).ok()?;
        let can_ask = login.client_id.0 && login.refresh_token.0 && login.dpop_key.0;
        Some(Session::new(login.access_token.expires_at.0?, now, can_ask))
    }
}

/// Whether a text is there that is not ours to keep.
#[derive(Clone, Copy, Debug, Default)]
struct Secret(bool);

/// A time, if it can be told; any text may stand there.
#[derive(Clone, Copy, Debug)]
struct Time(Option<Timestamp>);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Text(|text: &str| Self(!text.is_empty()), Self(false)))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Text(|text: &str| Self(time(text)), Self(None)))
    }
}

/// Reads a text by the first field; the second stands for `null`. Any other value is an error.
struct Text<T, F: FnOnce(&str) -> T>(F, T);

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for Text<T, F> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(self.0(text))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(self.1)
    }
}

/// A time as the AWS CLI writes it: with `Z`, with an offset, or with the letters `UTC`, which its
/// older versions put at the end. Whole seconds: nobody needs more of a session's end.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let time: Timestamp = match text.strip_suffix("UTC") {
        Some(start) => format!("{}Z", start.trim_end()).parse().ok()?,
        None => text.parse().ok()?,
    };
    Timestamp::from_second(time.as_second()).ok()
}

#[cfg(test)]
#[path = "sessions_tests.rs"]
mod tests;
