//! Rules for the variables: empty ones, those that override a profile, and those that the AWS CLI and the SDKs read
//! differently. Pure.
//!
//! Messages hold a value only where it is the name of a profile or a region.

use std::ffi::OsString;

use crate::aws::{ProfileStore, shown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::environment::{DEFAULT_PROFILE, KEYS, PROFILE, REGIONS, WEB_IDENTITY};

/// The variables that mean something else when they are empty than when they are unset.
const EMPTY: [(&str, Severity, &str); 6] = [
    (PROFILE, Severity::Error, "the AWS CLI and the SDK for Rust look for a profile without a name"),
    (DEFAULT_PROFILE, Severity::Error, "the AWS CLI looks for a profile without a name"),
    ("AWS_CONFIG_FILE", Severity::Warning, "the AWS CLI reads no config file, SDKs read ~/.aws/config"),
    (
        "AWS_SHARED_CREDENTIALS_FILE",
        Severity::Warning,
        "the AWS CLI reads no credentials file, SDKs read ~/.aws/credentials",
    ),
    (
        "AWS_REGION",
        Severity::Warning,
        "AWS CLI v2 and the SDKs for Rust and JavaScript look for a region without a name",
    ),
    ("AWS_DEFAULT_REGION", Severity::Warning, "AWS CLI v1 and boto3 look for a region without a name"),
];

/// The variables by which other tools mark a shell.
const OTHER_TOOLS: [(&str, &str); 5] = [
    ("AWS_VAULT", "aws-vault"),
    ("AWSUME_PROFILE", "awsume"),
    ("AWS_SSO_PROFILE", "aws-sso-cli"),
    ("GRANTED_SSO", "granted"),
    ("AWSU_PROFILE", "awsu"),
];

/// Applies every rule to the variables that `get` looks up.
pub fn examine(get: impl Fn(&str) -> Option<OsString>, profiles: &ProfileStore) -> Vec<Diagnostic> {
    let variables = Variables { get: &get, profiles };
    let mut diagnostics = variables.empty();
    diagnostics.extend(variables.unknown_profiles());
    diagnostics.extend(variables.two_profiles());
    diagnostics.extend(variables.keys());
    diagnostics.extend(variables.old_keys());
    diagnostics.extend(variables.web_identity());
    diagnostics.extend(variables.regions());
    diagnostics.extend(variables.paths());
    diagnostics.extend(variables.other_tools());
    diagnostics
}

struct Variables<'a, 't> {
    get: &'a dyn Fn(&str) -> Option<OsString>,
    profiles: &'a ProfileStore<'t>,
}

impl Variables<'_, '_> {
    /// A variable's value as text, unless it is empty.
    fn filled(&self, name: &str) -> Option<String> {
        let value = (self.get)(name)?.to_string_lossy().into_owned();
        (!value.is_empty()).then_some(value)
    }

    fn is_filled(&self, name: &str) -> bool {
        self.filled(name).is_some()
    }

    fn empty(&self) -> Vec<Diagnostic> {
        let is_empty = |name: &str| (self.get)(name).is_some_and(|value| value.is_empty());
        let empty = EMPTY.into_iter().filter(|(name, ..)| is_empty(name));
        let diagnostic = |(name, severity, effect)| {
            // With both profile variables set, AWS CLI v2 takes the one that is not empty.
            let is_covered = name == DEFAULT_PROFILE && self.is_filled(PROFILE);
            let severity = if is_covered { Severity::Warning } else { severity };
            let message = format!("{name} is set but empty, which is not the same as unset: {effect}");
            Diagnostic::error("empty-variable", None, message, format!("unset {name}")).with(severity)
        };
        empty.map(diagnostic).collect()
    }

    fn unknown_profiles(&self) -> Vec<Diagnostic> {
        let unknown = |variable| {
            let name = self.filled(variable).filter(|name| self.profiles.get(name).is_none())?;
            let message = format!("{variable} names the profile '{}', which does not exist", shown(&name));
            Some(Diagnostic::error("profile-unknown", None, message, "choose one that does: 'aws-switch list'"))
        };
        [PROFILE, DEFAULT_PROFILE].into_iter().filter_map(unknown).collect()
    }

    fn two_profiles(&self) -> Option<Diagnostic> {
        let default = self.filled(DEFAULT_PROFILE)?;
        let Some(profile) = self.filled(PROFILE) else {
            let message = format!(
                "the AWS CLI takes '{}' ({DEFAULT_PROFILE}); the SDKs for Rust and JavaScript take the default profile",
                shown(&default)
            );
            let fix = "choose with 'aws-switch PROFILE', which sets AWS_PROFILE";
            return Some(Diagnostic::warning("default-profile-only", None, message, fix));
        };
        (profile != default).then(|| {
            let message = format!(
                "AWS CLI v1 and boto3 take '{}' ({DEFAULT_PROFILE}), AWS CLI v2 and the SDKs '{}' ({PROFILE})",
                shown(&default),
                shown(&profile)
            );
            let fix = format!("unset {DEFAULT_PROFILE}, or choose with 'aws-switch PROFILE'");
            Diagnostic::warning("two-profiles", None, message, fix)
        })
    }

    fn keys(&self) -> Option<Diagnostic> {
        let [id, secret, ..] = KEYS;
        match (self.is_filled(id), self.is_filled(secret)) {
            (true, false) => {
                let message = format!("{id} is set without {secret}: the AWS CLI refuses to go on");
                Some(Diagnostic::error("half-keys", None, message, format!("unset {id}, or set both")))
            }
            (false, true) => {
                let message = format!("{secret} is set without {id}: it counts for nothing");
                Some(Diagnostic::warning("half-keys", None, message, format!("unset {secret}, or set both")))
            }
            (true, true) => {
                let has_profile = self.is_filled(PROFILE);
                let javascript = if has_profile { "; the SDK for JavaScript takes the profile's" } else { "" };
                let message = format!("the keys in {id} sign for the AWS CLI, whatever the profile{javascript}");
                let fix = "choose with 'aws-switch PROFILE', which takes them out";
                Some(Diagnostic::warning("keys-override", None, message, fix))
            }
            (false, false) => None,
        }
    }

    /// The older names of the keys.
    fn old_keys(&self) -> Option<Diagnostic> {
        let [id, secret, ..] = KEYS;
        let set = [[id, "AWS_ACCESS_KEY"], [secret, "AWS_SECRET_KEY"]];
        let [set_id, set_secret] = set.map(|names| names.into_iter().find(|name| self.is_filled(name)));
        let (set_id, set_secret) = set_id.zip(set_secret)?;
        ((set_id, set_secret) != (id, secret)).then(|| {
            let message = format!("the SDK for Go signs with {set_id} and {set_secret}, whatever the profile");
            Diagnostic::warning("old-keys", None, message, "unset AWS_ACCESS_KEY and AWS_SECRET_KEY")
        })
    }

    fn web_identity(&self) -> Option<Diagnostic> {
        let [token, role] = WEB_IDENTITY;
        if !self.is_filled(token) {
            return None;
        }
        let (code, message) = if self.is_filled(role) {
            let message = "before a profile's own keys; the SDKs for Rust and JavaScript take the profile's";
            ("web-identity-overrides", format!("the AWS CLI and the SDK for Go take {token} and {role} {message}"))
        } else {
            let message = "the AWS CLI refuses a profile without a role";
            ("half-web-identity", format!("{token} is set without {role}: {message}"))
        };
        Some(Diagnostic::warning(code, None, message, "choose with 'aws-switch PROFILE', which takes them out"))
    }

    fn regions(&self) -> Option<Diagnostic> {
        let [region, default] = REGIONS.map(|name| self.filled(name));
        if let (Some(region), Some(default)) = (&region, &default)
            && region != default
        {
            let [first, second] = REGIONS;
            let message = format!(
                "AWS CLI v1 and boto3 take '{}' ({second}), AWS CLI v2 and the SDKs '{}' ({first})",
                shown(default),
                shown(region)
            );
            let fix = "set both alike: 'aws-switch PROFILE --region REGION'";
            return Some(Diagnostic::warning("two-regions", None, message, fix));
        }
        let profile = self.filled(PROFILE).or_else(|| self.filled(DEFAULT_PROFILE));
        let own = self.profiles.get(profile.as_deref().unwrap_or("default"))?.shown("region")?;
        let (name, set) = REGIONS.into_iter().zip([region, default]).find_map(|(name, value)| Some((name, value?)))?;
        (set != *own).then(|| {
            let message = format!("{name} ('{}') wins over the profile's region ('{}')", shown(&set), shown(&own));
            Diagnostic::info("region-overridden", None, message, format!("unset {name} if that is not meant"))
        })
    }

    /// Paths that `aws configure set` or an SDK does not expand.
    fn paths(&self) -> Vec<Diagnostic> {
        let unexpanded = |name| {
            let path = self.filled(name)?;
            let (code, message) = if path.contains('$') {
                ("variable-in-path", "holds a '$', which the AWS CLI expands, but not where it writes; SDKs do not")
            } else if path.strip_prefix('~').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '\\'])) {
                ("user-in-path", "begins with '~' and a name, which the AWS CLI expands; SDKs do not")
            } else {
                return None;
            };
            let fix = format!("write the path in {name} in full");
            Some(Diagnostic::warning(code, None, format!("{name} {message}"), fix))
        };
        ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"].into_iter().filter_map(unexpanded).collect()
    }

    fn other_tools(&self) -> Vec<Diagnostic> {
        let set = OTHER_TOOLS.into_iter().filter(|(variable, _)| self.is_filled(variable));
        let diagnostic = |(variable, tool)| {
            let message = format!("{variable} is set: {tool} chose this shell's credentials");
            Diagnostic::info("other-tool", None, message, format!("leave that shell, or unset {variable}"))
        };
        set.map(diagnostic).collect()
    }
}

#[cfg(test)]
#[path = "variables_tests.rs"]
mod tests;
