//! Reads the variables that decide which profile and region a command runs under.

use std::collections::HashMap;
use std::env;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::protocol;
use crate::state::{Regions, State, Value};

pub const PROFILE: &str = "AWS_PROFILE";
/// AWS CLI v1 and boto3 prefer it to `AWS_PROFILE`.
pub const DEFAULT_PROFILE: &str = "AWS_DEFAULT_PROFILE";
/// In the order of [`Regions`].
pub const REGIONS: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/// The access key variables that override a profile, and what belongs to them.
pub const KEYS: [&str; 5] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
];
/// The pair that overrides a profile's static keys.
pub const WEB_IDENTITY: [&str; 2] = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"];

/// The records that direnv 2.37 and mise 2026 set whenever they change variables. Both restore what they found before.
const CHANGES_OF_TOOLS: [&str; 2] = ["DIRENV_DIFF", "__MISE_DIFF"];

/// While either of these variables is set, hardly a profile signs requests. Without its other half, the AWS CLI or the SDK for
/// Go even fails. The other halves alone override no profile: a secret is ignored, and a role only replaces the role of a
/// profile of the kind web identity.
pub const SIGNING: [&str; 2] = [KEYS[0], WEB_IDENTITY[0]];

/// Says what one of [`SIGNING`] does: where it is a web identity, the AWS CLI still uses a profile that assumes a role.
pub fn overrides(signing: &str) -> String {
    let [token, _] = WEB_IDENTITY;
    format!("{signing} overrides {} profile", if signing == token { "nearly every" } else { "every" })
}

/// The variables by which other tools mark a shell as theirs: a prompt would show their profile.
pub const MARKERS: [&str; 3] = ["AWS_VAULT", "AWSUME_PROFILE", "AWS_SSO_PROFILE"];

/// The variables that a switch to a profile unsets, as they override or hide it.
pub fn overriding() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().chain(WEB_IDENTITY).chain(MARKERS)
}

/// Before the name of a variable in the names that bash has for its saved value.
const SAVED: &str = "__aws_switch_saved_";

/// The overriding variables that a text names, with spaces between the names.
pub fn overriding_among(names: &str) -> Vec<&'static str> {
    overriding().filter(|name| names.split(' ').any(|other| other.trim_start_matches(SAVED) == *name)).collect()
}

/// The value of a variable; an empty one is unset.
pub fn filled(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The variables of the process by their names, as text. An empty one is not the same as one that is unset.
pub type ProcessVariables = HashMap<String, String>;

pub fn process_variables() -> ProcessVariables {
    let text = |text: OsString| text.to_string_lossy().into_owned();
    // The letter case of a name counts only on Unix.
    let name = |name| if cfg!(windows) { text(name).to_uppercase() } else { text(name) };
    env::vars_os().map(|(of, value)| (name(of), text(value))).collect()
}

/// When the shell ends a `--for`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// Before the next command line.
    #[default]
    BeforeCommand,
    /// Only at the next prompt.
    AtPrompt,
    /// Not by itself: in bash, zsh and fish, a shell that is not interactive runs nothing of ours between two commands.
    Never,
    /// With the subshell that it is made in, as every switch there.
    WithSubshell,
}

/// The variables that decide which profile and region a command runs under, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `AWS_PROFILE`; an empty one is unset.
    pub profile: Value,
    /// `AWS_DEFAULT_PROFILE`, likewise.
    pub default_profile: Value,
    /// An empty one stays empty, as a switch leaves them exactly as they were.
    pub regions: Regions,
    /// The variables among [`overriding`] that are set.
    pub overriding: Vec<&'static str>,
    /// The first of [`SIGNING`] that is there.
    pub keys: Option<&'static str>,
    /// The variables that the shell has saved.
    pub saved: Vec<&'static str>,
    pub state: Option<State>,
    /// A hash of [`CHANGES_OF_TOOLS`]; `None` if no such tool changes a variable now.
    pub tools: Option<u64>,
    pub ending: Ending,
    /// In seconds since 1970.
    pub now: u64,
}

impl Environment {
    pub fn read() -> Self {
        Self {
            profile: filled(PROFILE),
            default_profile: filled(DEFAULT_PROFILE),
            regions: REGIONS.map(env::var_os),
            overriding: overriding().filter(|name| env::var_os(name).is_some()).collect(),
            keys: SIGNING.into_iter().find(|name| filled(name).is_some()),
            saved: overriding_among(&env::var(protocol::SAVED).unwrap_or_default()),
            tools: hash(CHANGES_OF_TOOLS.map(filled)),
            state: env::var_os(protocol::STATE).and_then(|text| State::decode(&text)),
            ending: match env::var(protocol::ENDS).as_deref() {
                Ok("prompt") => Ending::AtPrompt,
                Ok("never") => Ending::Never,
                Ok("subshell") => Ending::WithSubshell,
                _ => Ending::BeforeCommand,
            },
            now: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs()),
        }
    }

    /// The variable that names the profile of AWS CLI v2, and that name.
    pub fn profile_variable(&self) -> Option<(&'static str, &OsString)> {
        let profile = self.profile.as_ref().map(|name| (PROFILE, name));
        profile.or_else(|| Some((DEFAULT_PROFILE, self.default_profile.as_ref()?)))
    }

    /// The variables that a switch sets.
    pub fn variables(&self) -> Variables {
        Variables {
            profile: self.profile.clone(),
            default_profile: self.default_profile.clone(),
            regions: self.regions.clone(),
        }
    }

    /// The region that AWS CLI v2 would take from the variables, which may be an empty one.
    pub fn region(&self) -> Option<(&'static str, &OsString)> {
        REGIONS.into_iter().zip(&self.regions).find_map(|(name, value)| Some((name, value.as_ref()?)))
    }
}

fn hash(values: [Value; 2]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    values.hash(&mut hasher);
    values.iter().any(Option::is_some).then(|| hasher.finish())
}

/// The variables that a switch sets or unsets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    pub profile: Value,
    pub default_profile: Value,
    pub regions: Regions,
}

impl Variables {
    pub fn named(self) -> [(&'static str, Value); 4] {
        let [region, default_region] = self.regions;
        [
            (PROFILE, self.profile),
            (DEFAULT_PROFILE, self.default_profile),
            (REGIONS[0], region),
            (REGIONS[1], default_region),
        ]
    }
}
