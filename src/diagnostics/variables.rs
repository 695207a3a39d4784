//! The variables: empty ones, those that win over a profile, and those that the AWS CLI and the
//! SDKs do not read alike. Pure.

use std::ffi::OsString;

use crate::aws::{ProfileStore, shown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::environment::{DEFAULT_PROFILE, PROFILE, REGIONS};

/// The variables that mean something else when they are empty than when they are not set.
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

/// By which other tools say that this shell is theirs.
const OTHER_TOOLS: [(&str, &str); 5] = [
    ("AWS_VAULT", "aws-vault"),
    ("AWSUME_PROFILE", "awsume"),
    ("AWS_SSO_PROFILE", "aws-sso-cli"),
    ("GRANTED_SSO", "granted"),
    ("AWSU_PROFILE", "awsu"),
];

/// What is worth telling of the variables. Their values are told only where they are names of
/// profiles or regions.
pub fn examine(get: impl Fn(&str) -> Option<OsString>, profiles: &ProfileStore) -> Vec<Diagnostic> {
    let look = Look { get: &get, profiles };
    let mut problems = Vec::new();
    look.empty(&mut problems);
    look.profile(&mut problems);
    look.keys(&mut problems);
    look.old_keys(&mut problems);
    look.web_identity(&mut problems);
    look.regions(&mut problems);
    look.paths(&mut problems);
    for (variable, tool) in OTHER_TOOLS {
        if look.filled(variable).is_some() {
            let message = format!("{variable} is set: {tool} chose this shell's credentials");
            let fix = format!("leave that shell, or unset {variable}");
            problems.push(Diagnostic::error("other-tool", None, message, fix).with(Severity::Info));
        }
    }
    problems
}

struct Look<'a, 't> {
    get: &'a dyn Fn(&str) -> Option<OsString>,
    profiles: &'a ProfileStore<'t>,
}

impl Look<'_, '_> {
    /// A variable's value as text, unless it is empty.
    fn filled(&self, name: &str) -> Option<String> {
        let value = (self.get)(name)?.to_string_lossy().into_owned();
        (!value.is_empty()).then_some(value)
    }

    fn empty(&self, problems: &mut Vec<Diagnostic>) {
        for (name, severity, effect) in EMPTY {
            if (self.get)(name).is_none_or(|value| !value.is_empty()) {
                continue;
            }
            // Of two, AWS CLI v2 takes the one that is filled.
            let is_covered = name == DEFAULT_PROFILE && self.filled(PROFILE).is_some();
            let severity = if is_covered { Severity::Warning } else { severity };
            let message = format!("{name} is set but empty, which is not the same as unset: {effect}");
            problems.push(Diagnostic::error("empty-variable", None, message, format!("unset {name}")).with(severity));
        }
    }

    fn profile(&self, problems: &mut Vec<Diagnostic>) {
        let (profile, default) = (self.filled(PROFILE), self.filled(DEFAULT_PROFILE));
        for (variable, name) in [(PROFILE, &profile), (DEFAULT_PROFILE, &default)] {
            if let Some(name) = name.as_ref().filter(|name| self.profiles.get(name).is_none()) {
                let message = format!("{variable} names the profile '{}', which does not exist", shown(name));
                let fix = "choose one that does: 'aws-switch list'";
                problems.push(Diagnostic::error("profile-unknown", None, message, fix));
            }
        }
        match (profile, default) {
            (Some(one), Some(two)) if one != two => {
                let message = format!(
                    "AWS CLI v1 and boto3 take '{}' ({DEFAULT_PROFILE}), AWS CLI v2 and the SDKs '{}' ({PROFILE})",
                    shown(&two),
                    shown(&one)
                );
                let fix = format!("unset {DEFAULT_PROFILE}, or choose with 'aws-switch PROFILE'");
                problems.push(Diagnostic::error("two-profiles", None, message, fix).with(Severity::Warning));
            }
            (None, Some(two)) => {
                let message = format!(
                    "the AWS CLI takes '{}' ({DEFAULT_PROFILE}); the SDKs for Rust and JavaScript take the default profile",
                    shown(&two)
                );
                let fix = "choose with 'aws-switch PROFILE', which sets AWS_PROFILE";
                problems.push(Diagnostic::error("default-profile-only", None, message, fix).with(Severity::Warning));
            }
            _ => {}
        }
    }

    fn keys(&self, problems: &mut Vec<Diagnostic>) {
        let (id, secret) = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
        match (self.filled(id).is_some(), self.filled(secret).is_some()) {
            (true, false) => {
                let message = format!("{id} is set without {secret}: the AWS CLI refuses to go on");
                problems.push(Diagnostic::error("half-keys", None, message, format!("unset {id}, or set both")));
            }
            (false, true) => {
                let message = format!("{secret} is set without {id}: it counts for nothing");
                let problem = Diagnostic::error("half-keys", None, message, format!("unset {secret}, or set both"));
                problems.push(problem.with(Severity::Warning));
            }
            (true, true) => {
                let with_profile = self.filled(PROFILE).is_some();
                let javascript = if with_profile { "; the SDK for JavaScript takes the profile's" } else { "" };
                let message = format!("the keys in {id} sign for the AWS CLI, whatever the profile{javascript}");
                let fix = "choose with 'aws-switch PROFILE', which takes them out";
                problems.push(Diagnostic::error("keys-override", None, message, fix).with(Severity::Warning));
            }
            (false, false) => {}
        }
    }

    /// The older names of the keys.
    fn old_keys(&self, problems: &mut Vec<Diagnostic>) {
        let filled = |names: [&'static str; 2]| names.into_iter().find(|name| self.filled(name).is_some());
        let id = filled(["AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY"]);
        let secret = filled(["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"]);
        if let (Some(id), Some(secret)) = (id, secret)
            && (id, secret) != ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        {
            let message = format!("the SDK for Go signs with {id} and {secret}, whatever the profile");
            let fix = "unset AWS_ACCESS_KEY and AWS_SECRET_KEY";
            problems.push(Diagnostic::error("old-keys", None, message, fix).with(Severity::Warning));
        }
    }

    fn web_identity(&self, problems: &mut Vec<Diagnostic>) {
        let (token, role) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN");
        if self.filled(token).is_none() {
            return;
        }
        let (code, message) = if self.filled(role).is_some() {
            let message = "before a profile's own keys; the SDKs for Rust and JavaScript take the profile's";
            ("web-identity-overrides", format!("the AWS CLI and the SDK for Go take {token} and {role} {message}"))
        } else {
            (
                "half-web-identity",
                format!("{token} is set without {role}: the AWS CLI refuses a profile without a role"),
            )
        };
        let fix = "choose with 'aws-switch PROFILE', which takes them out";
        problems.push(Diagnostic::error(code, None, message, fix).with(Severity::Warning));
    }

    fn regions(&self, problems: &mut Vec<Diagnostic>) {
        let [region, default] = REGIONS.map(|name| self.filled(name));
        if let (Some(one), Some(two)) = (&region, &default)
            && one != two
        {
            let [first, second] = REGIONS;
            let message = format!(
                "AWS CLI v1 and boto3 take '{}' ({second}), AWS CLI v2 and the SDKs '{}' ({first})",
                shown(two),
                shown(one)
            );
            let fix = "set both alike: 'aws-switch PROFILE --region REGION'";
            problems.push(Diagnostic::error("two-regions", None, message, fix).with(Severity::Warning));
            return;
        }
        let chosen = self.filled(PROFILE).or_else(|| self.filled(DEFAULT_PROFILE));
        let chosen = chosen.unwrap_or_else(|| "default".to_owned());
        let own = self.profiles.get(&chosen).and_then(|profile| profile.shown("region"));
        let set = REGIONS.into_iter().zip([region, default]).find_map(|(name, value)| Some((name, value?)));
        if let (Some((name, set)), Some(own)) = (set, own)
            && set != *own
        {
            let message = format!("{name} ('{}') wins over the profile's region ('{}')", shown(&set), shown(&own));
            let problem =
                Diagnostic::error("region-overridden", None, message, format!("unset {name} if that is not meant"));
            problems.push(problem.with(Severity::Info));
        }
    }

    /// A path that `aws configure set` or an SDK would take letter for letter.
    fn paths(&self, problems: &mut Vec<Diagnostic>) {
        for name in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
            let path = self.filled(name).unwrap_or_default();
            let is_users =
                path.strip_prefix('~').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '\\']));
            let (code, message) = if path.contains('$') {
                let message = "holds a '$', which the AWS CLI expands, but not where it writes; SDKs do not";
                ("variable-in-path", message)
            } else if is_users {
                ("user-in-path", "begins with '~' and a name, which the AWS CLI expands; SDKs do not")
            } else {
                continue;
            };
            let fix = format!("write the path in {name} in full");
            problems.push(Diagnostic::error(code, None, format!("{name} {message}"), fix).with(Severity::Warning));
        }
    }
}
