//! Rules for profiles: why one has no credentials, as far as the files show it, and what its writer may have meant
//! otherwise. Pure.

use std::borrow::Cow;
use std::fmt::Display;

use crate::aws::{
    ACCESS_KEY, CREDENTIAL_SOURCES, ChainEnd, Chains, FileKind, Kind, Profile, ProfileSetting, ProfileStore,
    SECRET_KEY, ends_source_chain, is_known_credential_source, key_file, shown,
};
use crate::cli::{is_command, to_type};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::similar::{did_you_mean, most_alike};

/// The settings that every profile of the kind [`Kind::Sso`] needs, in botocore's order.
const SSO_NEEDS: [&str; 4] = ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"];

/// The settings that every [sso-session] needs.
const SESSION_NEEDS: [&str; 2] = ["sso_start_url", "sso_region"];

/// How many members of a cycle a message names.
const MOST_NAMES: usize = 8;

/// With more profiles, a name that does not exist gets no suggestion: there may be one in each profile.
pub const MOST_TO_COMPARE: usize = 1000;

/// The code of a profile whose chain is broken at another one.
const BROKEN_CHAIN: &str = "source-profile-broken";

const OTHER_SOURCE: &str = "use another source_profile (see 'aws-switch list')";

/// A problem, and the file that it is in.
pub type Problem = (FileKind, Diagnostic);

/// The reasons for which botocore rejects a profile.
#[derive(Clone, Copy, Debug)]
pub struct CredentialRules<'s> {
    pub store: &'s ProfileStore<'s>,
    pub chains: &'s Chains,
}

impl<'s> CredentialRules<'s> {
    /// First the profile where a chain breaks, then those that depend on it. A cycle is reported once, of its first profile.
    pub fn examine_all(self) -> Vec<Problem> {
        let is_reported = |&profile: &Profile<'s>| {
            let first = self.chains.cycle(self.store, profile).and_then(|mut members| members.next());
            first.is_none_or(|first| first.name() == profile.name())
        };
        let mut all: Vec<_> = self.store.iter().filter(is_reported).flat_map(|profile| self.examine(profile)).collect();
        all.sort_by_key(|(_, problem)| problem.code == BROKEN_CHAIN);
        all
    }

    pub fn examine(self, profile: Profile<'s>) -> Vec<Problem> {
        let mut problems = match Kind::of(profile) {
            Kind::AssumeRole => self.role(profile).into_iter().collect(),
            kind => self.own_credentials(profile, kind),
        };
        if problems.is_empty() {
            problems.extend(self.sso_session(profile));
        }
        problems
    }

    /// botocore looks up the session of the active profile for a token, whatever the profile's credentials are.
    fn sso_session(self, profile: Profile<'s>) -> Option<Problem> {
        let found = profile.find("sso_session")?;
        let Some(name) = found.value.text() else {
            return Some(nested(profile, &found));
        };
        let Some(session) = self.store.sso_session(name).filter(|session| !session.settings().is_empty()) else {
            return Some(self.no_session(profile, &found, name));
        };
        let missing: Vec<&str> = SESSION_NEEDS.into_iter().filter(|key| !session.has(key)).collect();
        let (file, section) = session.sections().next().filter(|_| !missing.is_empty())?;
        let why = format!("uses [sso-session {}], which lacks {}", shown(name), missing.join(", "));
        let (at, fix) = ((file, section.header_span()), "add them, or run 'aws configure sso-session'");
        Some(error(profile, at, "sso-settings-missing", why, fix))
    }

    fn no_session(self, profile: Profile<'s>, found: &ProfileSetting<'s>, name: &str) -> Problem {
        let why = format!("has sso_session '{}', which does not exist", shown(name));
        let similar = self.similar(name, self.store.sso_sessions());
        let fix = similar.unwrap_or_else(|| format!("add [sso-session {}] to the config file", shown(name)));
        error(profile, at_value(profile, found), "sso-session-nowhere", why, fix)
    }

    /// The problems of a profile that can give credentials, but perhaps not those that its writer meant.
    pub fn misleading(self, profile: Profile<'s>) -> impl Iterator<Item = Problem> {
        let rules = [named_like_command, secret_without_id, keys_and_process];
        let of_rules = rules.into_iter().filter_map(move |rule| rule(profile));
        of_rules.chain(self.sso_without_role(profile))
    }

    fn sso_without_role(self, profile: Profile<'s>) -> Option<Problem> {
        let setting = profile.find("sso_session").or_else(|| profile.find("sso_start_url"))?;
        if profile.has("sso_role_name") || profile.has("sso_account_id") || self.sso_session(profile).is_some() {
            return None;
        }
        let why = "signs in without sso_account_id and sso_role_name, so commands have no credentials";
        let fix = "add sso_account_id and sso_role_name, or run 'aws configure sso'";
        Some(warning(profile, &setting, "sso-without-role", why, fix))
    }

    /// The most similar of these names, unless there are so many that to compare them takes long.
    fn similar<'n>(self, name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
        let is_few = self.store.len() <= MOST_TO_COMPARE;
        let other = is_few.then(|| most_alike(name, names)).flatten()?;
        Some(did_you_mean(shown(other)))
    }

    fn role(self, profile: Profile<'s>) -> Option<Problem> {
        let (at, code, why, fix) = match (profile.find("source_profile"), profile.find("credential_source")) {
            (Some(found), None) => return self.source(profile, &found),
            (None, Some(found)) if is_known_credential_source(found) => return None,
            (None, Some(found)) => {
                let fix = format!("use one of {}", CREDENTIAL_SOURCES.join(", "));
                let why = "has an unknown credential_source";
                (at_value(profile, &found), "credential-source-unknown", why, fix)
            }
            (Some(_), Some(found)) => {
                let why = "has both source_profile and credential_source";
                (at_line(&found), "both-sources", why, "remove one of them".to_owned())
            }
            (None, None) => {
                let why = "has a role_arn but neither source_profile nor credential_source";
                (at_line(&profile.find("role_arn")?), "no-source", why, "add source_profile = NAME".to_owned())
            }
        };
        Some(error(profile, at, code, why, fix))
    }

    fn source(self, profile: Profile<'s>, found: &ProfileSetting<'s>) -> Option<Problem> {
        let Some(name) = found.value.text() else {
            return Some(nested(profile, found));
        };
        let (code, why, fix) = match self.store.get(name) {
            None => {
                let why = format!("has source_profile '{}', which does not exist", shown(name));
                let others = self.store.iter().map(Profile::name).filter(|other| *other != profile.name());
                let similar = self.similar(name, others);
                ("source-profile-nowhere", why, similar.unwrap_or_else(|| OTHER_SOURCE.to_owned()))
            }
            Some(source) if ends_source_chain(source) && Kind::as_source(source) == Kind::None => {
                let why = format!("has source_profile '{}', which has no credentials", shown(name));
                ("source-profile-empty", why, OTHER_SOURCE.to_owned())
            }
            Some(_) => match self.chains.cycle(self.store, profile) {
                Some(members) => return Some(cycle(profile, members, at_value(profile, found))),
                None => return self.end_of_chain(profile, found),
            },
        };
        Some(error(profile, at_value(profile, found), code, why, fix))
    }

    fn end_of_chain(self, profile: Profile<'s>, found: &ProfileSetting<'s>) -> Option<Problem> {
        let last = match self.chains.end(self.store, profile)? {
            ChainEnd::Machine(_) => return None,
            ChainEnd::Broken(last) => last,
            ChainEnd::Profile(last) => {
                let own = self.own_credentials(last, Kind::as_source(last)).into_iter().next()?;
                // A role may be its own source.
                if last.name() == profile.name() {
                    return Some(own);
                }
                last
            }
        };
        let last = shown(last.name());
        let why = format!("gets its credentials through '{last}', which has a problem");
        Some(error(profile, at_value(profile, found), BROKEN_CHAIN, why, format!("correct '{last}' first")))
    }

    /// The problems of credentials that come from the profile itself.
    fn own_credentials(self, profile: Profile<'s>, kind: Kind) -> Vec<Problem> {
        let one = match kind {
            Kind::WebIdentity if profile.find("role_arn").is_none_or(|found| found.value.text() == Some("")) => {
                let why = "has web_identity_token_file but no role_arn";
                let token = profile.find("web_identity_token_file");
                token.map(|found| error(profile, at_line(&found), "no-role", why, "add role_arn = ARN"))
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
                return vec![self.no_session(profile, &found, name)];
            }
        }
        for theirs in session.into_iter().flat_map(Profile::settings) {
            if let Some(own) = profile.find(theirs.key).filter(|own| own.value != theirs.value) {
                let (key, line) = (shown(own.key), theirs.source.line);
                let why = format!("and its sso-session (line {line}) have different values for {key}");
                let fix = format!("remove {key} from the profile");
                problems.push(error(profile, at_line(&own), "sso-settings-differ", why, fix));
            }
        }
        let has = |key: &&str| profile.has(key) || session.is_some_and(|session| session.has(key));
        let missing: Vec<&str> = SSO_NEEDS.into_iter().filter(|key| !has(key)).collect();
        if let Some((file, section)) = profile.sections().next().filter(|_| !missing.is_empty()) {
            let why = format!("uses IAM Identity Center but lacks {}", missing.join(", "));
            let (at, fix) = ((file, section.header_span()), "add them, or run 'aws configure sso'");
            problems.push(error(profile, at, "sso-settings-missing", why, fix));
        }
        problems
    }
}

fn cycle<'s>(
    profile: Profile<'s>,
    members: impl Iterator<Item = Profile<'s>>,
    (file, span): (FileKind, Span),
) -> Problem {
    let mut names: Vec<Cow<str>> = members.take(MOST_NAMES + 1).map(|member| shown(member.name())).collect();
    let first = names.first().cloned();
    if names.len() > MOST_NAMES {
        names.truncate(MOST_NAMES);
        names.push("...".into());
    }
    names.extend(first);
    let message = format!("source_profile cycle: {}", names.join(" -> "));
    let fix = if ends_source_chain(profile) {
        format!("write source_profile = {}, which uses its own access keys", shown(profile.name()))
    } else {
        "give one of them its own credentials".to_owned()
    };
    (file, Diagnostic::error("source-profile-loop", message, fix).at(span))
}

/// An id without its secret in the file whose id is used.
fn half_key_pair(profile: Profile) -> Option<Problem> {
    let file = key_file(profile);
    let id = profile.find_in(file, ACCESS_KEY).filter(|_| profile.find_in(file, SECRET_KEY).is_none())?;
    let why = "has aws_access_key_id but no aws_secret_access_key in the same file";
    let fix = "add aws_secret_access_key, or remove aws_access_key_id";
    Some(error(profile, at_line(&id), "half-key-pair", why, fix))
}

/// A setting that has to be text and has settings of its own.
fn nested(profile: Profile, found: &ProfileSetting) -> Problem {
    let why = format!("has indented settings under {}, which must be a name", found.key);
    error(profile, at_line(found), "nested-name", why, format!("write {} = NAME on one line", found.key))
}

fn named_like_command(profile: Profile) -> Option<Problem> {
    let (name, shown) = (profile.name(), shown(profile.name()));
    let what = if name.starts_with('-') { "an option" } else { "a command" };
    if !name.starts_with('-') && !is_command(name) {
        return None;
    }
    let (file, section) = profile.sections().next()?;
    let message = format!("'aws-switch {shown}' is {what}, so it does not switch to the profile '{shown}'");
    let fix = format!("run {}", to_type("use", name));
    Some((file, Diagnostic::info("named-like-command", message, fix).at(section.header_span())))
}

fn secret_without_id(profile: Profile) -> Option<Problem> {
    let secret = profile.find(SECRET_KEY).filter(|_| !profile.has(ACCESS_KEY))?;
    let why = "has aws_secret_access_key but no aws_access_key_id, so the secret is ignored";
    let fix = "add aws_access_key_id, or remove aws_secret_access_key";
    Some(warning(profile, &secret, "secret-without-id", why, fix))
}

fn keys_and_process(profile: Profile) -> Option<Problem> {
    let process = profile.find("credential_process")?;
    profile.find_in(FileKind::Credentials, ACCESS_KEY)?;
    let why = "has access keys (the AWS CLI uses them) and credential_process (the SDK for Rust uses it)";
    Some(warning(profile, &process, "keys-and-process", why, "remove one of them"))
}

fn at_line(found: &ProfileSetting) -> (FileKind, Span) {
    (found.source.file, Span::of_line(found.source.line))
}

fn at_value(profile: Profile, found: &ProfileSetting) -> (FileKind, Span) {
    (found.source.file, profile.value_span(found))
}

/// Names are part of messages, other values never.
fn error(
    profile: Profile,
    (file, span): (FileKind, Span),
    code: &'static str,
    why: impl Display,
    fix: impl Into<String>,
) -> Problem {
    (file, Diagnostic::error(code, format!("profile '{}' {why}", shown(profile.name())), fix).at(span))
}

fn warning(profile: Profile, found: &ProfileSetting, code: &'static str, why: &str, fix: &str) -> Problem {
    let (file, problem) = error(profile, at_line(found), code, why, fix);
    (file, Diagnostic { severity: Severity::Warning, ..problem })
}

#[cfg(test)]
#[path = "profile_rules_tests.rs"]
mod tests;
