//! What kind of profile it is: where its credentials come from. Pure.
//!
//! The order is that of botocore's providers (`botocore/credentials.py`, `create_credential_resolver`):
//! the first whose setting is there decides, whatever else the profile has, and faults in what it
//! needs besides do not pass it on to the next.

use super::profile::{FileKind, Found, Profile};
use super::value::Value;

/// Where a profile's credentials come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An access key in one of the files.
    Static,
    /// A role, by way of another profile or of the machine.
    AssumeRole,
    /// A role, by way of a token in a file.
    WebIdentity,
    /// IAM Identity Center.
    Sso,
    /// `aws login`.
    Login,
    /// A program that prints them.
    Process,
    /// It has none.
    None,
}

impl Kind {
    /// The word that stands for it, in JSON too.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::AssumeRole => "assume-role",
            Self::WebIdentity => "web-identity",
            Self::Sso => "sso",
            Self::Login => "login",
            Self::Process => "process",
            Self::None => "none",
        }
    }

    /// The kind of a profile.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        if is_role(profile) { Self::AssumeRole } else { Self::as_source(profile) }
    }

    /// What a profile gives to a role that names it as its source: its `role_arn` without a token
    /// counts for nothing then.
    pub(super) fn as_source(profile: &Profile) -> Self {
        let has = |key| profile.find(key).is_some();
        // An empty path to the token is as good as none, but still keeps the profile from being a role.
        if profile.find("web_identity_token_file").is_some_and(|found| is_filled(&found)) {
            Self::WebIdentity
        } else if has("sso_role_name") || has("sso_account_id") {
            Self::Sso
        } else if profile.find_in(FileKind::Credentials, ACCESS_KEY).is_some() {
            Self::Static
        } else if has("login_session") {
            Self::Login
        } else if has("credential_process") {
            Self::Process
        } else if profile.find_in(FileKind::Config, ACCESS_KEY).is_some() {
            Self::Static
        } else {
            Self::None
        }
    }
}

/// The access key's id.
pub(super) const ACCESS_KEY: &str = "aws_access_key_id";
/// Its other half.
pub(super) const SECRET_KEY: &str = "aws_secret_access_key";

/// Whether a profile is a role that another one, or the machine, gives access to.
pub(super) fn is_role(profile: &Profile) -> bool {
    profile.find("role_arn").is_some() && profile.find("web_identity_token_file").is_none()
}

/// Whether a profile has at least half a key pair, which ends a chain of roles at it.
pub(super) fn has_keys(profile: &Profile) -> bool {
    profile.find(ACCESS_KEY).is_some() || profile.find(SECRET_KEY).is_some()
}

/// The file whose access key counts, for a profile of the kind [`Kind::Static`].
pub(super) fn key_file(profile: &Profile) -> FileKind {
    match profile.find_in(FileKind::Credentials, ACCESS_KEY) {
        Some(_) => FileKind::Credentials,
        None => FileKind::Config,
    }
}

fn is_filled(found: &Found) -> bool {
    match found.value {
        Value::Text(text) => !text.is_empty(),
        Value::Nested(children) => !children.is_empty(),
    }
}

#[cfg(test)]
#[path = "kind_tests.rs"]
mod tests;
