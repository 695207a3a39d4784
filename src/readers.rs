//! Which profile, region and credentials the readers of the AWS variables choose, as they do not
//! agree. Pure.
//!
//! The AWS CLI was run for this, versions 1 and 2, and for profiles and keys so were the SDKs for
//! Rust and JavaScript. What is said of their regions, and of the SDK for Go, nobody ran.

use std::ffi::OsString;

use serde::Serialize;

use crate::aws::{Kind, Table};
use crate::environment::{DEFAULT_PROFILE, PROFILE, REGIONS};

/// What one of them chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reader {
    /// Who.
    pub reader: &'static str,
    /// The profile; empty where it looks for one without a name.
    pub profile: String,
    /// The region, if there is one.
    pub region: Option<String>,
    /// Where the credentials come from: `profile`, or the variables by which they come past it.
    pub credentials: &'static str,
}

/// How one of them reads the variables.
struct Rules {
    name: &'static str,
    /// The variables that name a profile, the first that is set wins.
    profiles: &'static [&'static str],
    /// Whether an empty one counts.
    takes_empty: bool,
    /// The same of the region, where an empty one never counts.
    regions: &'static [&'static str],
    /// Whether a profile that a variable names wins over access keys.
    prefers_profile: bool,
}

const READERS: [Rules; 5] = [
    Rules {
        name: "AWS CLI v2",
        profiles: &[PROFILE, DEFAULT_PROFILE],
        takes_empty: true,
        regions: &REGIONS,
        prefers_profile: false,
    },
    Rules {
        name: "AWS CLI v1, boto3",
        profiles: &[DEFAULT_PROFILE, PROFILE],
        takes_empty: true,
        regions: &["AWS_DEFAULT_REGION"],
        prefers_profile: false,
    },
    Rules { name: "SDK for Rust", profiles: &[PROFILE], takes_empty: true, regions: &REGIONS, prefers_profile: false },
    Rules {
        name: "SDK for JavaScript",
        profiles: &[PROFILE],
        takes_empty: false,
        regions: &["AWS_REGION"],
        prefers_profile: true,
    },
    Rules {
        name: "SDK for Go",
        profiles: &[PROFILE, DEFAULT_PROFILE],
        takes_empty: false,
        regions: &REGIONS,
        prefers_profile: false,
    },
];

/// What each of them chooses, AWS CLI v2 first.
pub fn readers(get: impl Fn(&str) -> Option<OsString>, profiles: &Table) -> Vec<Reader> {
    let value = |name: &str| get(name).map(|value| value.to_string_lossy().into_owned());
    let filled = |name: &str| value(name).filter(|value| !value.is_empty());
    let are_filled = |names: [&str; 2]| names.into_iter().all(|name| filled(name).is_some());
    let has_keys = are_filled(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
    let has_web_identity = are_filled(["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"]);
    let choose = |rules: &Rules| {
        let named = rules.profiles.iter().find_map(|name| value(name).filter(|v| rules.takes_empty || !v.is_empty()));
        let is_named = named.is_some();
        let profile = named.unwrap_or_else(|| "default".to_owned());
        let found = profiles.get(&profile);
        let own_region = || found.and_then(|profile| profile.get("region")).map(str::to_owned);
        // Only of the AWS CLI is it known which kinds of profile stand above a web identity.
        let is_role = found.is_some_and(|profile| Kind::of(profile) == Kind::AssumeRole);
        let credentials = if has_keys && !(rules.prefers_profile && is_named) {
            "AWS_ACCESS_KEY_ID"
        } else if has_web_identity && !is_role && !rules.prefers_profile {
            "AWS_WEB_IDENTITY_TOKEN_FILE"
        } else {
            "profile"
        };
        let region = rules.regions.iter().find_map(|name| filled(name)).or_else(own_region);
        Reader { reader: rules.name, profile, region, credentials }
    };
    READERS.iter().map(choose).collect()
}

/// Whether they all choose the same.
pub fn agree(readers: &[Reader]) -> bool {
    readers.windows(2).all(|pair| match pair {
        [one, other] => {
            (&one.profile, &one.region, one.credentials) == (&other.profile, &other.region, other.credentials)
        }
        _ => true,
    })
}

/// The one command after which they agree on what AWS CLI v2 chooses; `None` if they do now, or
/// no command can do it. `is_command` says whether a name would be taken for a command.
pub fn mend(
    get: impl Fn(&str) -> Option<OsString>,
    profiles: &Table,
    is_command: impl Fn(&str) -> bool,
) -> Option<String> {
    let now = readers(&get, profiles);
    let first = now.first().filter(|_| !agree(&now))?;
    if profiles.get(&first.profile).is_none() {
        let differ = |other: &Reader| (&first.profile, first.credentials) != (&other.profile, other.credentials);
        return now.iter().any(differ).then(|| "aws-switch --unset".to_owned());
    }
    // What a switch leaves: one variable for the profile, no keys, and the user's own regions.
    let after = |name: &str| match name {
        PROFILE => Some(OsString::from(&first.profile)),
        name if REGIONS.contains(&name) => get(name),
        _ => None,
    };
    let region = match &first.region {
        Some(region) if !agree(&readers(after, profiles)) => format!(" --region {}", quoted(region)),
        _ => String::new(),
    };
    Some(switch_line(&first.profile, &region, is_command(&first.profile)))
}

/// The command line that switches to a profile, with these options.
pub fn switch_line(name: &str, options: &str, is_command: bool) -> String {
    let is_hidden = is_command || name.starts_with('-');
    if is_hidden {
        format!("aws-switch use{options} -- {}", quoted(name))
    } else {
        format!("aws-switch {}{options}", quoted(name))
    }
}

/// A name as the shells take it for one word; PowerShell wants a quote in it doubled instead.
fn quoted(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/.:@+".contains(&byte);
    if name.bytes().all(is_plain) { name.to_owned() } else { format!("'{}'", name.replace('\'', r"'\''")) }
}

#[cfg(test)]
#[path = "readers_tests.rs"]
mod tests;
