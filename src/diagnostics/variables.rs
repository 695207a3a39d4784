//! Rules for the variables: empty ones, those that override a profile, and those that the AWS CLI and the SDKs read
//! differently. Pure.
//!
//! A message contains a value only where that is the name of a profile or a region.

use crate::aws::{FileKind, Kind, Profile, ProfileStore, shown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::environment::{DEFAULT_PROFILE, KEYS, PROFILE, ProcessVariables, REGIONS, WEB_IDENTITY};

const CONFIG_FILE: &str = FileKind::Config.variable();
const CREDENTIALS_FILE: &str = FileKind::Credentials.variable();

/// The variables that mean something else when they are empty than when they are unset.
const EMPTY: [(&str, &str); 6] = [
    (PROFILE, "the AWS CLI and the SDK for Rust look for a profile with an empty name"),
    (DEFAULT_PROFILE, "the AWS CLI looks for a profile with an empty name"),
    (CONFIG_FILE, "the AWS CLI reads no config file, SDKs read ~/.aws/config"),
    (CREDENTIALS_FILE, "the AWS CLI reads no credentials file, SDKs read ~/.aws/credentials"),
    ("AWS_REGION", "AWS CLI v2 and the SDKs for Rust and JavaScript use an empty region"),
    ("AWS_DEFAULT_REGION", "AWS CLI v1 and boto3 use an empty region"),
];

/// The variables by which other tools mark a shell.
const OTHER_TOOLS: [(&str, &str); 5] = [
    ("AWS_VAULT", "aws-vault"),
    ("AWSUME_PROFILE", "awsume"),
    ("AWS_SSO_PROFILE", "aws-sso-cli"),
    ("GRANTED_SSO", "granted"),
    ("AWSU_PROFILE", "awsu"),
];

const SWITCH: &str = "run 'aws-switch PROFILE', which unsets what overrides it";

pub fn examine(variables: &ProcessVariables, profiles: &ProfileStore) -> Vec<Diagnostic> {
    let rules = VariableRules { variables, profiles };
    let empty = EMPTY.into_iter().filter_map(|(name, effect)| rules.empty(name, effect));
    let unknown = [PROFILE, DEFAULT_PROFILE].into_iter().filter_map(|name| rules.unknown_profile(name));
    let others = [rules.profiles(), rules.keys(), rules.old_keys(), rules.web_identity(), rules.regions()];
    let paths = [CONFIG_FILE, CREDENTIALS_FILE].into_iter().filter_map(|name| rules.path(name));
    let tools = OTHER_TOOLS.into_iter().filter_map(|(name, tool)| rules.other_tool(name, tool));
    empty.chain(unknown).chain(others.into_iter().flatten()).chain(paths).chain(tools).collect()
}

struct VariableRules<'a> {
    variables: &'a ProcessVariables,
    profiles: &'a ProfileStore<'a>,
}

impl VariableRules<'_> {
    fn filled(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    fn is_filled(&self, name: &str) -> bool {
        self.filled(name).is_some()
    }

    fn empty(&self, name: &str, effect: &str) -> Option<Diagnostic> {
        self.variables.get(name).filter(|value| value.is_empty())?;
        // With both profile variables set, AWS CLI v2 uses the one that is not empty.
        let is_error = name == PROFILE || name == DEFAULT_PROFILE && !self.is_filled(PROFILE);
        let severity = if is_error { Severity::Error } else { Severity::Warning };
        let message = format!("{name} is set but empty: {effect}");
        Some(Diagnostic::new(severity, "empty-variable", message, format!("unset {name}")))
    }

    fn unknown_profile(&self, variable: &str) -> Option<Diagnostic> {
        let name = self.filled(variable).filter(|name| self.profiles.get(name).is_none())?;
        let message = format!("no profile named '{}' ({variable})", shown(name));
        let fix = "switch to an existing profile (see 'aws-switch list')";
        Some(Diagnostic::error("profile-unknown", message, fix))
    }

    fn profiles(&self) -> Option<Diagnostic> {
        let default = self.filled(DEFAULT_PROFILE)?;
        let default_shown = shown(default);
        let Some(profile) = self.filled(PROFILE) else {
            let message = format!(
                "the AWS CLI uses '{default_shown}' ({DEFAULT_PROFILE}); \
                 the SDKs for Rust and JavaScript use the default profile"
            );
            let fix = "run 'aws-switch PROFILE', which sets AWS_PROFILE";
            return Some(Diagnostic::warning("default-profile-only", message, fix));
        };
        let message = format!(
            "AWS CLI v1 and boto3 use '{default_shown}' ({DEFAULT_PROFILE}); AWS CLI v2 and the SDKs use '{}' ({PROFILE})",
            shown(profile)
        );
        let fix = format!("unset {DEFAULT_PROFILE}, or run 'aws-switch PROFILE'");
        (profile != default).then(|| Diagnostic::warning("two-profiles", message, fix))
    }

    fn keys(&self) -> Option<Diagnostic> {
        let [id, secret, ..] = KEYS;
        match (self.is_filled(id), self.is_filled(secret)) {
            (true, false) => {
                let message = format!("{id} is set without {secret}, so AWS CLI commands fail");
                Some(Diagnostic::error("half-keys", message, format!("unset {id}, or set both")))
            }
            (false, true) => {
                let message = format!("{secret} is set without {id}, so it is ignored");
                Some(Diagnostic::warning("half-keys", message, format!("unset {secret}, or set both")))
            }
            (true, true) => {
                let has_profile = self.is_filled(PROFILE);
                let except = if has_profile { ", except in the SDK for JavaScript" } else { "" };
                let message = format!("{id} overrides the profile{except}");
                Some(Diagnostic::warning("keys-override", message, SWITCH))
            }
            (false, false) => None,
        }
    }

    /// The older names of the keys.
    fn old_keys(&self) -> Option<Diagnostic> {
        let first = |names: [&'static str; 2]| names.into_iter().find(|name| self.is_filled(name));
        let [id, secret, ..] = KEYS;
        let set = (first([id, "AWS_ACCESS_KEY"])?, first([secret, "AWS_SECRET_KEY"])?);
        let message = format!("{} and {} override the profile in the SDK for Go", set.0, set.1);
        let fix = "unset AWS_ACCESS_KEY and AWS_SECRET_KEY";
        (set != (id, secret)).then(|| Diagnostic::warning("old-keys", message, fix))
    }

    /// The profile that AWS CLI v2 uses.
    fn active(&self) -> Option<Profile<'_>> {
        let name = self.filled(PROFILE).or_else(|| self.filled(DEFAULT_PROFILE));
        self.profiles.get(name.unwrap_or("default"))
    }

    fn web_identity(&self) -> Option<Diagnostic> {
        let [token, role] = WEB_IDENTITY;
        let kind = self.active().map_or(Kind::None, Kind::of);
        let (severity, code, message) = match (self.is_filled(token), self.is_filled(role), kind) {
            (true, true, kind) => {
                let readers = if kind == Kind::AssumeRole {
                    "the profile in the SDK for Go"
                } else {
                    "the profile, except in the SDKs for Rust and JavaScript"
                };
                (Severity::Warning, "web-identity-overrides", format!("{token} overrides {readers}"))
            }
            (true, false, kind) => {
                let (severity, readers) = match kind {
                    Kind::AssumeRole => (Severity::Warning, "the SDK for Go fails"),
                    Kind::WebIdentity => (Severity::Warning, "the AWS CLI uses it, and the SDK for Go fails"),
                    _ => (Severity::Error, "AWS CLI commands and the SDK for Go fail"),
                };
                (severity, "half-web-identity", format!("{token} is set without {role}, so {readers}"))
            }
            (false, true, Kind::WebIdentity) => {
                let message = format!("{role} overrides the role of the profile in the AWS CLI and boto3");
                (Severity::Warning, "web-identity-overrides", message)
            }
            (false, ..) => return None,
        };
        Some(Diagnostic::new(severity, code, message, SWITCH))
    }

    fn regions(&self) -> Option<Diagnostic> {
        let [first, second] = REGIONS;
        let (region, default) = (self.filled(first), self.filled(second));
        if let (Some(region), Some(default)) = (&region, &default)
            && region != default
        {
            let (region, default) = (shown(region), shown(default));
            let message = format!(
                "AWS CLI v1 and boto3 use '{default}' ({second}); AWS CLI v2 and the SDKs use '{region}' ({first})"
            );
            let fix = "set both with 'aws-switch PROFILE --region REGION'";
            return Some(Diagnostic::warning("two-regions", message, fix));
        }
        let own = self.active()?.masked("region")?;
        let name = if region.is_some() { first } else { second };
        let set = region.or(default).filter(|set| **set != *own)?;
        let message = format!("{name} ('{}') overrides the profile's region ('{}')", shown(set), shown(&own));
        let fix = format!("unset {name}, unless you set it on purpose");
        Some(Diagnostic::info("region-overridden", message, fix))
    }

    /// A path that `aws configure set` or an SDK does not expand.
    fn path(&self, name: &str) -> Option<Diagnostic> {
        let path = self.filled(name)?;
        let (code, message) = if path.contains('$') {
            ("variable-in-path", "contains a '$': the AWS CLI expands it only to read the file, SDKs never do")
        } else if path.strip_prefix('~').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '\\'])) {
            ("user-in-path", "starts with '~' and a user name, which the AWS CLI expands and SDKs do not")
        } else {
            return None;
        };
        let fix = format!("write the full path in {name}");
        Some(Diagnostic::warning(code, format!("{name} {message}"), fix))
    }

    fn other_tool(&self, variable: &str, tool: &str) -> Option<Diagnostic> {
        self.filled(variable)?;
        let credentials = [KEYS[0], "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
        let (message, fix) = if credentials.into_iter().any(|name| self.is_filled(name)) {
            let message = format!("{variable} is set: {tool} manages this shell's credentials");
            (message, format!("exit that shell, or unset {variable}"))
        } else {
            let message =
                format!("{variable} was left by {tool}, whose credentials are gone; prompts may still show it");
            (message, format!("unset {variable}"))
        };
        Some(Diagnostic::info("other-tool", message, fix))
    }
}

#[cfg(test)]
#[path = "variables_tests.rs"]
mod tests;
