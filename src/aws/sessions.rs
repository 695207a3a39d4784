//! Reads the sessions of IAM Identity Center and of `aws login` from the AWS CLI's caches; no token outlives its reading.

use std::cell::RefCell;
use std::collections::HashMap;
use std::env;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::credentials::Kind;
use super::location::expand;
use super::profiles::{Profile, ProfileStore};
use crate::fs::{ReadError, read_regular};
use crate::paths;

/// In bytes: larger files are none of the AWS CLI's.
const LARGEST: u64 = 1 << 20;

const LOGIN_DIRECTORY: &str = "AWS_LOGIN_CACHE_DIRECTORY";

#[derive(Debug)]
pub struct SessionCaches {
    /// In seconds since 1970.
    now: u64,
    sso: PathBuf,
    login: PathBuf,
    read: RefCell<HashMap<SessionFile, Option<Session>>>,
}

impl SessionCaches {
    /// The caches are below the user's home even where variables move the profile files.
    pub fn locate(now: u64) -> Self {
        let login = env::var_os(LOGIN_DIRECTORY);
        Self {
            now,
            sso: expand("~/.aws/sso/cache".as_ref()),
            login: expand(login.as_deref().unwrap_or("~/.aws/login/cache".as_ref())),
            read: RefCell::default(),
        }
    }

    /// `None` for a file that cannot be read.
    pub fn read(&self, file: SessionFile) -> Option<Session> {
        if let Some(known) = self.read.borrow().get(&file) {
            return *known;
        }
        let directory = match file.cache {
            Cache::LegacySso | Cache::Sso => &self.sso,
            Cache::Login => &self.login,
        };
        let session = match read_regular(&directory.join(file.name()), LARGEST) {
            Ok(json) => Session::parse(file.cache, &json, self.now),
            Err(ReadError::Missing) => Some(Session::NONE),
            Err(_) => None,
        };
        self.read.borrow_mut().insert(file, session);
        session
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cache {
    /// `~/.aws/sso/cache`, for tokens that cannot be renewed: of a start URL without a session.
    LegacySso,
    /// `~/.aws/sso/cache`, for tokens of a named session.
    Sso,
    /// `~/.aws/login/cache`.
    Login,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionFile {
    cache: Cache,
    /// The text after which the AWS CLI names the file.
    key: String,
}

impl SessionFile {
    /// `None` for a kind that has no session, and where the settings that name its file are missing.
    pub fn of(profile: Profile, kind: Kind, store: &ProfileStore) -> Option<Self> {
        let (cache, key) = match kind {
            Kind::Sso => match profile.find("sso_session") {
                Some(session) => (Cache::Sso, session.value.text().filter(|name| store.sso_session(name).is_some())?),
                None => (Cache::LegacySso, profile.get("sso_start_url")?),
            },
            Kind::Login => (Cache::Login, profile.get("login_session")?),
            _ => return None,
        };
        Some(Self { cache, key: key.to_owned() })
    }

    fn name(&self) -> String {
        let hash = match self.cache {
            Cache::LegacySso | Cache::Sso => paths::hex(&Sha1::digest(&self.key)),
            Cache::Login => paths::hex(&Sha256::digest(&self.key)),
        };
        hash + ".json"
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// By this machine's clock and files.
    Valid,
    /// Expired, but the AWS CLI may renew it without a browser.
    Refreshable,
    Expired,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Session {
    pub status: SessionStatus,
    pub expires_at: Option<Timestamp>,
}

impl Session {
    pub const NONE: Self = Self { status: SessionStatus::None, expires_at: None };

    /// `None` for a file that is half written or odd.
    pub fn parse(cache: Cache, json: &[u8], now: u64) -> Option<Self> {
        match cache {
            Cache::Login => Login::session(json, now),
            Cache::Sso | Cache::LegacySso => Token::session(cache, json, now),
        }
    }

    fn new(end: Timestamp, now: u64, refreshable: bool) -> Self {
        let status = match (is_future(end, now), refreshable) {
            (true, _) => SessionStatus::Valid,
            (false, true) => SessionStatus::Refreshable,
            (false, false) => SessionStatus::Expired,
        };
        Self { status, expires_at: Some(end) }
    }
}

/// A token of IAM Identity Center, or a client registration beside it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    access_token: Option<String>,
    expires_at: Option<String>,
    refresh_token: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    registration_expires_at: Option<String>,
}

impl Token {
    fn session(cache: Cache, json: &[u8], now: u64) -> Option<Session> {
        let token: Self = serde_json::from_slice(json).ok()?;
        // botocore asks only whether there is a token, so an empty one counts.
        if token.access_token.is_none() {
            // A client registration is in the same directory and has an end too, but is no session.
            return is_filled(&token.client_id).then_some(Session::NONE);
        }
        let can_ask = [&token.refresh_token, &token.client_id, &token.client_secret].into_iter().all(is_filled);
        let registered =
            token.registration_expires_at.and_then(|text| time(&text)).is_some_and(|end| is_future(end, now));
        let refreshable = cache == Cache::Sso && can_ask && registered;
        Some(Session::new(time(&token.expires_at?)?, now, refreshable))
    }
}

/// A file of `aws login`'s cache.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    access_token: TemporaryKeys,
    client_id: Option<String>,
    refresh_token: Option<String>,
    dpop_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TemporaryKeys {
    access_key_id: Option<IgnoredAny>,
    secret_access_key: Option<IgnoredAny>,
    session_token: Option<IgnoredAny>,
    expires_at: Option<String>,
}

impl Login {
    fn session(json: &[u8], now: u64) -> Option<Session> {
        let login: Self = serde_json::from_slice(json).ok()?;
        let needs = [&login.client_id, &login.refresh_token, &login.dpop_key];
        let keys = &login.access_token;
        if [keys.access_key_id, keys.secret_access_key, keys.session_token].contains(&None) {
            return None;
        }
        // botocore rejects what lacks one of these, even while the keys are valid.
        if needs.iter().any(|field| field.is_none()) {
            return Some(Session::NONE);
        }
        Some(Session::new(time(keys.expires_at.as_deref()?)?, now, needs.into_iter().all(is_filled)))
    }
}

fn is_filled(text: &Option<String>) -> bool {
    text.as_ref().is_some_and(|text| !text.is_empty())
}

fn is_future(end: Timestamp, now: u64) -> bool {
    u64::try_from(end.as_second()).is_ok_and(|end| end > now)
}

/// A time as the AWS CLI writes it: with `Z`, with an offset, or with the letters `UTC`, which its
/// older versions put at the end. In whole seconds, which are enough for an expiry.
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
