//! What keeps a profile from giving credentials, as far as the files show it: what botocore would
//! refuse it for. Pure.

use std::borrow::Cow;
use std::fmt::Display;

use crate::aws::{
    ACCESS_KEY, CREDENTIAL_SOURCES, ChainEnd, Chains, FileKind, Found, Kind, Profile, ProfileStore, SECRET_KEY,
    ends_chain, is_known, key_file, shown,
};
use crate::diagnostic::{Diagnostic, Span};

/// The settings that every profile of the kind [`Kind::Sso`] needs, in botocore's order.
const SSO_NEEDS: [&str; 4] = ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"];

/// How many members of a cycle a message names.
const MOST_NAMES: usize = 8;

/// The code of a profile whose chain is broken at another one.
const BROKEN_CHAIN: &str = "source-profile-broken";

const OTHER_SOURCE: &str = "name another source_profile: 'aws-switch list' shows what there is";

/// A problem, and the file that it is in.
type Problem = (FileKind, Diagnostic);

/// The profiles, and their chains of sources.
#[derive(Clone, Copy, Debug)]
pub struct CredentialRules<'s> {
    store: &'s ProfileStore<'s>,
    chains: &'s Chains,
}

impl<'s> CredentialRules<'s> {
    /// Of these profiles.
    pub const fn new(store: &'s ProfileStore<'s>, chains: &'s Chains) -> Self {
        Self { store, chains }
    }

    /// What keeps any profile from giving credentials: first where a chain breaks, then who hangs
    /// on it. A cycle is reported once, of its first profile.
    pub fn examine_all(self) -> Vec<Problem> {
        let is_reported = |&profile: &Profile<'s>| {
            let first = self.chains.cycle(self.store, profile).and_then(|mut members| members.next());
            first.is_none_or(|first| first.name() == profile.name())
        };
        let mut all: Vec<_> = self.store.iter().filter(is_reported).flat_map(|profile| self.examine(profile)).collect();
        all.sort_by_key(|(_, problem)| problem.code == BROKEN_CHAIN);
        all
    }

    /// What keeps a profile from giving credentials.
    pub fn examine(self, profile: Profile<'s>) -> Vec<Problem> {
        match Kind::of(profile) {
            Kind::AssumeRole => self.role(profile).into_iter().collect(),
            kind => self.own_credentials(profile, kind),
        }
    }

    fn role(self, profile: Profile<'s>) -> Option<Problem> {
        match (profile.find("source_profile"), profile.find("credential_source")) {
            (Some(_), Some(found)) => {
                let why = "has both source_profile and credential_source";
                Some(problem(profile, at_line(&found), "both-sources", why, "take one of them out"))
            }
            (None, None) => {
                let why = "is a role with neither source_profile nor credential_source";
                let at = at_line(&profile.find("role_arn")?);
                Some(problem(profile, at, "no-source", why, "add source_profile = NAME"))
            }
            (None, Some(found)) if is_known(found) => None,
            (None, Some(found)) => {
                let why = "has a credential_source that the AWS CLI does not know";
                let fix = format!("write one of {}", CREDENTIAL_SOURCES.join(", "));
                Some(problem(profile, at_value(&found), "credential-source-unknown", why, fix))
            }
            (Some(found), None) => self.source(profile, &found),
        }
    }

    /// What is wrong with the source of a role, or with where its chain leads.
    fn source(self, profile: Profile<'s>, found: &Found<'s>) -> Option<Problem> {
        let Some(name) = found.value.text() else {
            return Some(nested(profile, found));
        };
        let report = |code, why: String, fix: String| Some(problem(profile, at_value(found), code, why, fix));
        let shown_name = shown(name);
        let Some(source) = self.store.get(name) else {
            let why = format!("has the source_profile '{shown_name}', which does not exist");
            return report("source-profile-nowhere", why, OTHER_SOURCE.to_owned());
        };
        if ends_chain(source) && Kind::as_source(source) == Kind::None {
            let why = format!("has the source_profile '{shown_name}', which has no credentials");
            return report("source-profile-empty", why, OTHER_SOURCE.to_owned());
        }
        if let Some(members) = self.chains.cycle(self.store, profile) {
            let names: Vec<&str> = members.take(MOST_NAMES).map(Profile::name).collect();
            let way: Vec<Cow<str>> = names.iter().chain(names.first()).map(|name| shown(name)).collect();
            let why = format!("never comes to credentials: {}", way.join(" -> "));
            return report("source-profile-loop", why, "let one of them have credentials of its own".to_owned());
        }
        let last = match self.chains.end(self.store, profile)? {
            ChainEnd::Machine => return None,
            ChainEnd::Broken(last) => last,
            ChainEnd::Profile(last) => {
                let (_, own) = self.own_credentials(last, Kind::as_source(last)).into_iter().next()?;
                if last.name() == profile.name() {
                    // A role that is its own source has the problems of its keys itself.
                    let (file, span) = at_line(found);
                    return Some((file, Diagnostic { span: Some(span), ..own }));
                }
                last
            }
        };
        let why = format!("gets its credentials by way of '{}', which gives none", shown(last.name()));
        report(BROKEN_CHAIN, why, format!("mend '{}'", shown(last.name())))
    }

    /// What is wrong with credentials that come from the profile itself.
    fn own_credentials(self, profile: Profile<'s>, kind: Kind) -> Vec<Problem> {
        let one = match kind {
            Kind::WebIdentity if profile.find("role_arn").is_none_or(|found| found.value.text() == Some("")) => {
                let why = "has a web_identity_token_file but no role_arn";
                let token = profile.find("web_identity_token_file");
                token.map(|found| problem(profile, at_line(&found), "no-role", why, "add role_arn = ARN"))
            }
            Kind::Static => half_key_pair(profile),
            Kind::Sso => return self.sso(profile),
            _ => None,
        };
        one.into_iter().collect()
    }

    fn sso(self, profile: Profile<'s>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut session = None;
        if let Some(found) = profile.find("sso_session") {
            let Some(name) = found.value.text() else {
                return vec![nested(profile, &found)];
            };
            session = self.store.sso_session(name);
            if session.is_none() {
                let why = format!("has the sso_session '{}', which does not exist", shown(name));
                let fix = format!("add [sso-session {}] to the config file", shown(name));
                return vec![problem(profile, at_value(&found), "sso-session-nowhere", why, fix)];
            }
        }
        for theirs in session.into_iter().flat_map(Profile::settings) {
            if let Some(own) = profile.find(theirs.key).filter(|own| own.value != theirs.value) {
                let (key, line) = (shown(own.key), theirs.source.line);
                let why = format!("does not agree on {key} with its sso-session, at line {line}");
                let fix = format!("take {key} out of the profile");
                problems.push(problem(profile, at_line(&own), "sso-settings-differ", why, fix));
            }
        }
        let has = |key: &&str| profile.has(key) || session.is_some_and(|session| session.has(key));
        let missing: Vec<&str> = SSO_NEEDS.into_iter().filter(|key| !has(key)).collect();
        if let Some((file, section)) = profile.sections().next().filter(|_| !missing.is_empty()) {
            let why = format!("is one of IAM Identity Center, but lacks {}", missing.join(", "));
            let (at, fix) = ((file, section.header_span()), "add them, or run 'aws configure sso'");
            problems.push(problem(profile, at, "sso-settings-missing", why, fix));
        }
        problems
    }
}

/// An id whose secret is not in the file that the id counts in.
fn half_key_pair(profile: Profile) -> Option<Problem> {
    let file = key_file(profile);
    let id = profile.find_in(file, ACCESS_KEY).filter(|_| profile.find_in(file, SECRET_KEY).is_none())?;
    let why = "has an access key id without its secret in the same file";
    Some(problem(profile, at_line(&id), "half-key-pair", why, "add aws_secret_access_key, or take the id out"))
}

/// A setting that has to be text and has settings of its own.
fn nested(profile: Profile, found: &Found) -> Problem {
    let why = format!("has settings indented below {}, which has to be a name", found.key);
    problem(profile, at_line(found), "nested-name", why, format!("write {} = NAME in one line", found.key))
}

fn at_line(found: &Found) -> (FileKind, Span) {
    (found.source.file, Span::of_line(found.source.line))
}

fn at_value(found: &Found) -> (FileKind, Span) {
    (found.source.file, found.value_span.clone())
}

/// A problem of a profile. Names are part of messages, other values never.
fn problem(
    profile: Profile,
    (file, span): (FileKind, Span),
    code: &'static str,
    why: impl Display,
    fix: impl Into<String>,
) -> Problem {
    let message = format!("profile '{}' {why}", shown(profile.name()));
    (file, Diagnostic::error(code, span, message, fix))
}

#[cfg(test)]
#[path = "credential_rules_tests.rs"]
mod tests;
