//! Which profile, region and credentials the readers of the AWS variables choose, as they do not agree. Pure.
//!
//! Each of them was run for this: the AWS CLI 1.45 and 2.36, and the SDKs for Rust, JavaScript and Go of 2026.

use std::borrow::Cow;
use std::iter;

use serde::Serialize;

use crate::aws::{KNOWN_REGIONS, Kind, ProfileStore};
use crate::cli::switch_line;
use crate::environment::{DEFAULT_PROFILE, KEYS, PROFILE, ProcessVariables, REGIONS, WEB_IDENTITY};
use crate::shell::word;

/// The choice of one reader of the AWS variables.
#[derive(Debug, Serialize)]
pub struct Reader {
    pub reader: &'static str,
    /// Empty if the reader takes an empty variable for the name of a profile.
    pub profile: String,
    /// Empty if the reader takes an empty variable for the name of a region; `None` if it finds no region.
    pub region: Option<String>,
    /// Where the credentials come from: `profile`, the name of the variable that overrides the profile, or `none`.
    pub credentials: &'static str,
    /// The variable that makes the reader fail, as it is set without its other half.
    pub refuses: Option<&'static str>,
}

/// The variable that AWS CLI v2 takes its credentials from instead of the active profile, or fails at.
pub fn overrides_aws_cli(variables: &ProcessVariables, profiles: &ProfileStore) -> Option<&'static str> {
    let aws_cli = readers(variables, profiles).into_iter().next()?;
    aws_cli.refuses.or(Some(aws_cli.credentials)).filter(|from| !["profile", "none"].contains(from))
}

/// How far a web identity in the variables overrides a profile; access keys override it. Without a role, only the last
/// reader ignores it.
#[derive(Clone, Copy)]
enum WebIdentity {
    /// Every profile.
    First,
    /// Every profile but one that assumes a role.
    BelowRoles,
    /// Only profiles without credentials.
    Last,
}

/// How one reader, an AWS CLI or an SDK, reads the variables.
struct ReaderRules {
    name: &'static str,
    /// The variables that name a profile: the first that is set counts.
    profiles: &'static [&'static str],
    takes_empty: bool,
    regions: &'static [&'static str],
    takes_empty_region: bool,
    /// Whether a profile without a region has that of its `source_profile`.
    follows_source: bool,
    /// Whether a profile that a variable names overrides access keys.
    prefers_profile: bool,
    /// Whether an access key id without its secret is refused, not ignored.
    refuses_half_keys: bool,
    web_identity: WebIdentity,
}

const AWS_CLI: ReaderRules = ReaderRules {
    name: "AWS CLI v2",
    profiles: &[PROFILE, DEFAULT_PROFILE],
    takes_empty: true,
    regions: &REGIONS,
    takes_empty_region: true,
    follows_source: false,
    prefers_profile: false,
    refuses_half_keys: true,
    web_identity: WebIdentity::BelowRoles,
};

const READERS: [ReaderRules; 5] = [
    AWS_CLI,
    ReaderRules {
        name: "AWS CLI v1, boto3",
        profiles: &[DEFAULT_PROFILE, PROFILE],
        regions: &["AWS_DEFAULT_REGION"],
        ..AWS_CLI
    },
    ReaderRules {
        name: "SDK for Rust",
        profiles: &[PROFILE],
        follows_source: true,
        refuses_half_keys: false,
        web_identity: WebIdentity::Last,
        ..AWS_CLI
    },
    ReaderRules {
        name: "SDK for JavaScript",
        profiles: &[PROFILE],
        takes_empty: false,
        regions: &["AWS_REGION"],
        prefers_profile: true,
        refuses_half_keys: false,
        web_identity: WebIdentity::Last,
        ..AWS_CLI
    },
    ReaderRules {
        name: "SDK for Go",
        takes_empty: false,
        takes_empty_region: false,
        refuses_half_keys: false,
        web_identity: WebIdentity::First,
        ..AWS_CLI
    },
];

/// Each reader's choice, AWS CLI v2 first.
pub fn readers(variables: &ProcessVariables, profiles: &ProfileStore) -> Vec<Reader> {
    let has_value = |name: &str| variables.get(name).map(|value| !value.is_empty());
    let [id, secret, ..] = KEYS;
    let set = SigningVariables { keys: [id, secret].map(has_value), web_identity: WEB_IDENTITY.map(has_value) };
    let choose = |rules: &ReaderRules| {
        let first = |names: &[&str], takes_empty: bool| {
            let mut set = names.iter().filter_map(|name| variables.get(*name));
            set.find(|value| takes_empty || !value.is_empty()).cloned()
        };
        let named = first(rules.profiles, rules.takes_empty);
        let is_named = named.is_some();
        let profile = named.unwrap_or_else(|| "default".to_owned());
        let kind = profiles.get(&profile).map_or(Kind::None, Kind::of);
        let credentials = set.credentials(rules, kind, is_named);
        let (credentials, refuses) = credentials.map_or_else(|name| ("none", Some(name)), |from| (from, None));
        let sources = if rules.follows_source { profiles.len() } else { 1 };
        let own_region = || region_of_sources(profiles, &profile, sources).map(Cow::into_owned);
        let region = first(rules.regions, rules.takes_empty_region).or_else(own_region);
        Reader { reader: rules.name, profile, region, credentials, refuses }
    };
    READERS.iter().map(choose).collect()
}

/// The variables that sign: whether each has a value, `None` where it is not set.
struct SigningVariables {
    keys: [Option<bool>; 2],
    web_identity: [Option<bool>; 2],
}

impl SigningVariables {
    /// Where a reader's credentials come from; an error is the variable that it refuses.
    fn credentials(&self, rules: &ReaderRules, kind: Kind, is_named: bool) -> Result<&'static str, &'static str> {
        let [has_id, has_secret] = self.keys.map(|set| set == Some(true));
        let [has_token, has_role] = self.web_identity.map(|set| set == Some(true));
        let ([id, ..], [token, role]) = (KEYS, WEB_IDENTITY);
        if has_id && has_secret && !(rules.prefers_profile && is_named) {
            return Ok(id);
        }
        if has_id && !has_secret && rules.refuses_half_keys {
            return Err(id);
        }
        let by_token = has_role.then_some(token).ok_or(token);
        match rules.web_identity {
            WebIdentity::First if has_token => by_token,
            // Each of the two replaces the profile's own, even an empty one.
            WebIdentity::BelowRoles if kind == Kind::WebIdentity => match self.web_identity {
                [Some(false), _] => Ok("profile"),
                [_, Some(false)] => Err(role),
                [Some(true), _] => Ok(token),
                [None, Some(true)] => Ok(role),
                [None, None] => Ok("profile"),
            },
            WebIdentity::BelowRoles if kind != Kind::AssumeRole && has_token => by_token,
            WebIdentity::Last if kind == Kind::None && has_token && has_role => Ok(token),
            _ => Ok("profile"),
        }
    }
}

/// The first region among so many profiles: this one, its source profile, and so on. A cycle has no end.
fn region_of_sources<'p>(profiles: &'p ProfileStore, name: &str, most: usize) -> Option<Cow<'p, str>> {
    let sources = iter::successors(profiles.get(name), |profile| profiles.get(profile.get("source_profile")?));
    sources.take(most).find_map(|profile| profile.masked("region"))
}

pub fn agree(readers: &[Reader]) -> bool {
    let mut choices = readers.iter().map(|reader| (&reader.profile, &reader.region, reader.credentials));
    let first = choices.next();
    choices.all(|choice| Some(choice) == first)
}

/// The one command after which they agree on the profile that AWS CLI v2 chooses, and on a region; `None` if they do now,
/// or no command can do it.
pub fn command_to_agree(variables: &ProcessVariables, profiles: &ProfileStore) -> Option<String> {
    let now = readers(variables, profiles);
    let first = now.first().filter(|_| !agree(&now))?;
    let mut after = variables.clone();
    let Some(profile) = profiles.get(&first.profile) else {
        // It leaves the keys in place.
        after.retain(|name, _| ![PROFILE, DEFAULT_PROFILE].contains(&&**name));
        return agree(&readers(&after, profiles)).then(|| "aws-switch --unset".to_owned());
    };
    // A switch leaves one variable for the profile, no keys, and the user's own regions.
    after.retain(|name, _| REGIONS.contains(&&**name));
    after.insert(PROFILE.to_owned(), first.profile.clone());
    let chosen = first.region.as_deref().filter(|region| !region.is_empty()).map(Cow::Borrowed);
    // An unknown region may be a mistake, so the profile's own is the better advice.
    let known = chosen.clone().filter(|region| KNOWN_REGIONS.contains(&&**region));
    let region = match known.or_else(|| profile.masked("region")).or(chosen) {
        _ if agree(&readers(&after, profiles)) => String::new(),
        Some(region) => format!(" --region {}", word(&region)),
        None => return None,
    };
    Some(switch_line(&first.profile, &region))
}

#[cfg(test)]
#[path = "readers_tests.rs"]
mod tests;
