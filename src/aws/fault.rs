//! What keeps a profile from giving credentials, as far as the files show it: what botocore would
//! refuse it for. Pure.

use super::chain::{CREDENTIAL_SOURCES, Chains, End, ends_at};
use super::kind::{ACCESS_KEY, Kind, SECRET_KEY, key_file};
use super::profile::{Found, Profile, Source};
use super::profiles::Profiles;
use super::secret::shown;
use crate::diagnostic::{Diagnostic, Span};

/// The settings that every profile of the kind [`Kind::Sso`] needs, in botocore's order.
const SSO_NEEDS: [&str; 4] = ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"];

/// How many members of a loop a message names.
const SHOWN: usize = 8;

/// What is wrong with a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What<'p> {
    /// A role with both `source_profile` and `credential_source`.
    BothSources,
    /// A role with neither.
    NoSource,
    /// A `credential_source` that there is none of.
    UnknownCredentialSource,
    /// A `source_profile` that does not exist.
    GhostSource(&'p str),
    /// A `source_profile` that has no credentials to give.
    EmptySource(&'p str),
    /// Roles that name each other as their source, from the first in the file on.
    Loop(Vec<&'p str>),
    /// A role whose chain of sources comes to this profile, which gives no credentials.
    BrokenChain(&'p str),
    /// A `web_identity_token_file` without a `role_arn`.
    NoRole,
    /// An access key id without its secret in the same file.
    HalfKeyPair,
    /// Settings of IAM Identity Center that are missing.
    MissingSso(Vec<&'static str>),
    /// An `sso_session` that does not exist.
    GhostSession(&'p str),
    /// A setting that the profile and its sso-session, at this place, disagree on.
    Inconsistent(&'p str, Source),
    /// A setting that has to be text and has settings of its own.
    Nested(&'p str),
}

/// A fault, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault<'p> {
    /// What it is.
    pub what: What<'p>,
    /// The setting at fault, or the profile's header.
    pub source: Source,
}

/// Everything that a profile's faults follow from.
#[derive(Clone, Copy, Debug)]
pub struct Faults<'p> {
    /// All profiles.
    pub profiles: &'p Profiles<'static>,
    /// Their chains.
    pub chains: &'p Chains,
}

impl<'p> Faults<'p> {
    /// The faults of a profile.
    #[must_use]
    pub fn of(&self, profile: &'p Profile<'static>) -> Vec<Fault<'p>> {
        match Kind::of(profile) {
            Kind::AssumeRole => self.of_role(profile).into_iter().collect(),
            kind => self.of_own(profile, kind),
        }
    }

    fn of_role(&self, profile: &'p Profile<'static>) -> Option<Fault<'p>> {
        let table = &self.profiles.profiles;
        match (profile.find("source_profile"), profile.find("credential_source")) {
            (Some(_), Some(found)) => Some(at(What::BothSources, &found)),
            (None, None) => fault(What::NoSource, profile, "role_arn"),
            (None, Some(found)) => {
                let is_known = found.value.text().is_some_and(|text| CREDENTIAL_SOURCES.contains(&text));
                (!is_known).then(|| at(What::UnknownCredentialSource, &found))
            }
            (Some(found), None) => {
                let Some(name) = found.value.text() else {
                    return Some(at(What::Nested("source_profile"), &found));
                };
                match table.get(name) {
                    None => Some(at(What::GhostSource(name), &found)),
                    Some(source) => self.of_source(profile, source).map(|what| at(what, &found)),
                }
            }
        }
    }

    /// What is wrong with where a role's chain leads, when its first source exists.
    fn of_source(&self, profile: &'p Profile<'static>, source: &'p Profile<'static>) -> Option<What<'p>> {
        let table = &self.profiles.profiles;
        if ends_at(source) && Kind::as_source(source) == Kind::None {
            return Some(What::EmptySource(source.name()));
        }
        let place = table.place(profile.name())?;
        if let Some(members) = self.chains.loop_of(place) {
            return Some(What::Loop(members.iter().filter_map(|&place| Some(table.at(place)?.name())).collect()));
        }
        let last = match self.chains.end(place)? {
            End::Machine => return None,
            End::Broken(last) => table.at(last)?,
            End::Profile(last) => {
                let last = table.at(last)?;
                let faults = self.of_own(last, Kind::as_source(last));
                // A role that is its own source has the faults of its keys itself.
                return match faults.into_iter().next() {
                    Some(fault) if last.name() == profile.name() => Some(fault.what),
                    Some(_) => Some(What::BrokenChain(last.name())),
                    None => None,
                };
            }
        };
        Some(What::BrokenChain(last.name()))
    }

    /// What is wrong with credentials that come from the profile itself.
    fn of_own(&self, profile: &'p Profile<'static>, kind: Kind) -> Vec<Fault<'p>> {
        let one = match kind {
            Kind::WebIdentity if profile.find("role_arn").is_none_or(|found| found.value.text() == Some("")) => {
                fault(What::NoRole, profile, "web_identity_token_file")
            }
            Kind::Static => half_pair(profile),
            Kind::Sso => return self.of_sso(profile),
            _ => None,
        };
        one.into_iter().collect()
    }

    fn of_sso(&self, profile: &'p Profile<'static>) -> Vec<Fault<'p>> {
        let mut faults = Vec::new();
        let mut session = None;
        if let Some(found) = profile.find("sso_session") {
            let Some(name) = found.value.text() else {
                return vec![at(What::Nested("sso_session"), &found)];
            };
            session = self.profiles.sso_sessions.get(name);
            if session.is_none() {
                return vec![at(What::GhostSession(name), &found)];
            }
        }
        for theirs in session.iter().flat_map(|session| session.settings()) {
            if let Some(own) = profile.find(theirs.key).filter(|own| own.value != theirs.value) {
                faults.push(at(What::Inconsistent(own.key, theirs.source), &own));
            }
        }
        let has = |key: &&str| profile.find(key).or_else(|| session?.find(key)).is_some();
        let missing: Vec<&str> = SSO_NEEDS.into_iter().filter(|key| !has(key)).collect();
        if !missing.is_empty() {
            faults.extend(fault(What::MissingSso(missing), profile, ""));
        }
        faults
    }
}

/// An id whose secret is not in the file that the id counts in.
fn half_pair<'p>(profile: &'p Profile<'static>) -> Option<Fault<'p>> {
    let file = key_file(profile);
    let id = profile.find_in(file, ACCESS_KEY)?;
    profile.find_in(file, SECRET_KEY).is_none().then(|| at(What::HalfKeyPair, &id))
}

fn at<'p>(what: What<'p>, found: &Found) -> Fault<'p> {
    Fault { what, source: found.source }
}

/// A fault at a setting, or at the profile's header where it has no such setting.
fn fault<'p>(what: What<'p>, profile: &Profile, key: &str) -> Option<Fault<'p>> {
    let source = profile.find(key).map(|found| found.source).or_else(|| profile.sources().next())?;
    Some(Fault { what, source })
}

impl Fault<'_> {
    /// The fault in words; `name` is the profile's.
    #[must_use]
    pub fn problem(&self, name: &str) -> Diagnostic {
        let message = format!("profile '{}' {}", shown(name), self.what.why());
        Diagnostic::error(self.what.code(), Span::of_line(self.source.line), message, self.what.fix())
    }
}

impl What<'_> {
    const fn code(&self) -> &'static str {
        match self {
            Self::BothSources => "both-sources",
            Self::NoSource => "no-source",
            Self::UnknownCredentialSource => "credential-source-unknown",
            Self::GhostSource(_) => "source-profile-nowhere",
            Self::EmptySource(_) => "source-profile-empty",
            Self::Loop(_) => "source-profile-loop",
            Self::BrokenChain(_) => "source-profile-broken",
            Self::NoRole => "no-role",
            Self::HalfKeyPair => "half-key-pair",
            Self::MissingSso(_) => "sso-settings-missing",
            Self::GhostSession(_) => "sso-session-nowhere",
            Self::Inconsistent(..) => "sso-settings-differ",
            Self::Nested(_) => "nested-name",
        }
    }

    /// What the profile does wrong. Names are told, other values never.
    fn why(&self) -> String {
        match self {
            Self::BothSources => "has both source_profile and credential_source".to_owned(),
            Self::NoSource => "is a role with neither source_profile nor credential_source".to_owned(),
            Self::UnknownCredentialSource => "has a credential_source that the AWS CLI does not know".to_owned(),
            Self::GhostSource(name) => format!("has the source_profile '{}', which does not exist", shown(name)),
            Self::EmptySource(name) => format!("has the source_profile '{}', which has no credentials", shown(name)),
            Self::Loop(members) => {
                let way = members.iter().take(SHOWN).chain(members.first()).map(|name| shown(name));
                format!("never comes to credentials: {}", way.collect::<Vec<_>>().join(" -> "))
            }
            Self::BrokenChain(name) => format!("gets its credentials by way of '{}', which gives none", shown(name)),
            Self::NoRole => "has a web_identity_token_file but no role_arn".to_owned(),
            Self::HalfKeyPair => "has an access key id without its secret in the same file".to_owned(),
            Self::MissingSso(keys) => format!("is one of IAM Identity Center, but lacks {}", keys.join(", ")),
            Self::GhostSession(name) => format!("has the sso_session '{}', which does not exist", shown(name)),
            Self::Inconsistent(key, there) => {
                format!("does not agree on {} with its sso-session, at line {}", shown(key), there.line)
            }
            Self::Nested(key) => format!("has settings indented below {key}, which has to be a name"),
        }
    }

    fn fix(&self) -> String {
        match self {
            Self::BothSources => "take one of them out".to_owned(),
            Self::NoSource => "add source_profile = NAME".to_owned(),
            Self::UnknownCredentialSource => format!("write one of {}", CREDENTIAL_SOURCES.join(", ")),
            Self::GhostSource(_) | Self::EmptySource(_) => {
                "name another source_profile: 'aws-switch list' shows what there is".to_owned()
            }
            Self::Loop(_) => "let one of them have credentials of its own".to_owned(),
            Self::BrokenChain(name) => format!("mend '{}'", shown(name)),
            Self::NoRole => "add role_arn = ARN".to_owned(),
            Self::HalfKeyPair => "add aws_secret_access_key, or take the id out".to_owned(),
            Self::MissingSso(_) => "add them, or run 'aws configure sso'".to_owned(),
            Self::GhostSession(name) => format!("add [sso-session {}] to the config file", shown(name)),
            Self::Inconsistent(key, _) => format!("take {} out of the profile", shown(key)),
            Self::Nested(key) => format!("write {key} = NAME in one line"),
        }
    }
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
