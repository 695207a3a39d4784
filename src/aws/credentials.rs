//! Where a profile's credentials come from: its kind, and for a role the chain of source profiles. Pure.
//!
//! The order of the kinds is that of botocore's providers (`botocore/credentials.py`, `create_credential_resolver`):
//! the first whose setting is there decides, whatever else the profile has, and problems in what it
//! needs besides do not pass it on to the next.

use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexSet;

use super::profile::{FileKind, Found, Profile};
use super::store::ProfileStore;

/// What `credential_source` may be, letter for letter.
pub const CREDENTIAL_SOURCES: [&str; 3] = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];
/// The access key's id.
pub const ACCESS_KEY: &str = "aws_access_key_id";
/// Its other half.
pub const SECRET_KEY: &str = "aws_secret_access_key";

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
    pub fn of(profile: Profile) -> Self {
        if is_role(profile) { Self::AssumeRole } else { Self::as_source(profile) }
    }

    /// What a profile gives to a role that names it as its source: its `role_arn` without a token
    /// is ignored then.
    pub fn as_source(profile: Profile) -> Self {
        // An empty path to the token is as good as none, but still keeps the profile from being a role.
        if profile.find("web_identity_token_file").is_some_and(|found| !found.value.is_empty()) {
            Self::WebIdentity
        } else if profile.has("sso_role_name") || profile.has("sso_account_id") {
            Self::Sso
        } else if profile.find_in(FileKind::Credentials, ACCESS_KEY).is_some() {
            Self::Static
        } else if profile.has("login_session") {
            Self::Login
        } else if profile.has("credential_process") {
            Self::Process
        } else if profile.find_in(FileKind::Config, ACCESS_KEY).is_some() {
            Self::Static
        } else {
            Self::None
        }
    }
}

/// Whether a profile is a role that another one, or the machine, gives access to.
fn is_role(profile: Profile) -> bool {
    profile.has("role_arn") && !profile.has("web_identity_token_file")
}

/// Whether a chain of roles goes no further than this source: at least half a key pair ends it.
pub fn ends_chain(source: Profile) -> bool {
    source.has(ACCESS_KEY) || source.has(SECRET_KEY) || !is_role(source)
}

/// The file whose access key counts, for a profile of the kind [`Kind::Static`].
pub fn key_file(profile: Profile) -> FileKind {
    match profile.find_in(FileKind::Credentials, ACCESS_KEY) {
        Some(_) => FileKind::Credentials,
        None => FileKind::Config,
    }
}

/// Where a profile's credentials come from in the end; profiles by their position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// This profile's own: itself, when it is no role.
    Profile(usize),
    /// The machine that it runs on: `credential_source`.
    Machine,
    /// Nowhere: the chain is broken at this profile.
    Broken(usize),
}

/// One step along a chain.
enum Step {
    To(usize),
    Ends(End),
}

/// The ends of all profiles' chains.
#[derive(Debug, Default)]
pub struct Chains {
    ends: Vec<Option<End>>,
    /// The cycle that a profile is part of.
    cycles: HashMap<usize, Rc<[usize]>>,
}

/// The end of a chain.
#[derive(Clone, Copy, Debug)]
pub enum ChainEnd<'s> {
    /// The profile whose own credentials are used.
    Profile(Profile<'s>),
    /// The machine.
    Machine,
    /// The profile that gives none.
    Broken(Profile<'s>),
}

impl Chains {
    /// Follows them all; each profile once, so that long chains that many share cost little.
    pub fn follow(store: &ProfileStore) -> Self {
        let mut chains = Self { ends: vec![None; store.len()], cycles: HashMap::new() };
        for start in 0..store.len() {
            chains.follow_one(store, start);
        }
        chains
    }

    fn follow_one(&mut self, store: &ProfileStore, start: usize) {
        let mut passed = IndexSet::new();
        let mut index = start;
        let end = loop {
            if let Some(&Some(end)) = self.ends.get(index) {
                break end;
            }
            if !passed.insert(index) {
                self.add_cycle(passed.iter().copied().skip_while(|&one| one != index).collect());
                break End::Broken(index);
            }
            match step(store, index) {
                Step::To(next) => index = next,
                Step::Ends(end) => break end,
            }
        };
        for index in passed {
            if let Some(found) = self.ends.get_mut(index) {
                *found = Some(end);
            }
        }
    }

    /// Stores a cycle, from its first profile in the file's order on.
    fn add_cycle(&mut self, mut members: Vec<usize>) {
        let first = members.iter().enumerate().min_by_key(|(_, index)| **index).map_or(0, |(first, _)| first);
        members.rotate_left(first);
        let members: Rc<[usize]> = members.into();
        self.cycles.extend(members.iter().map(|&index| (index, Rc::clone(&members))));
    }

    /// Where a profile's chain ends.
    pub fn end<'s>(&self, store: &'s ProfileStore, profile: Profile) -> Option<ChainEnd<'s>> {
        Some(match (*self.ends.get(profile.index())?)? {
            End::Profile(index) => ChainEnd::Profile(store.at(index)?),
            End::Machine => ChainEnd::Machine,
            End::Broken(index) => ChainEnd::Broken(store.at(index)?),
        })
    }

    /// The cycle that a profile is part of, from its first profile in the file's order on.
    pub fn cycle<'s>(&self, store: &'s ProfileStore, profile: Profile) -> Option<impl Iterator<Item = Profile<'s>>> {
        let members = self.cycles.get(&profile.index())?;
        Some(members.iter().filter_map(|&index| store.at(index)))
    }

    /// The profile that a role's credentials come from, and its kind as a source; `None` where they come
    /// from the machine or from nowhere.
    pub fn source<'s>(&self, store: &'s ProfileStore, profile: Profile) -> Option<(Profile<'s>, Kind)> {
        match self.end(store, profile)? {
            ChainEnd::Profile(source) => Some((source, Kind::as_source(source))),
            ChainEnd::Machine | ChainEnd::Broken(_) => None,
        }
    }
}

fn step(store: &ProfileStore, index: usize) -> Step {
    let Some(profile) = store.at(index).filter(|&profile| is_role(profile)) else {
        return Step::Ends(End::Profile(index));
    };
    let broken = Step::Ends(End::Broken(index));
    match (profile.find("source_profile"), profile.find("credential_source")) {
        (None, Some(source)) if is_known(source) => Step::Ends(End::Machine),
        (Some(source), None) => match source.value.text().and_then(|name| store.get(name)) {
            // A chain ends at a source, unless that is a role and nothing but a role.
            Some(source) if !ends_chain(source) => Step::To(source.index()),
            Some(source) if Kind::as_source(source) != Kind::None => Step::Ends(End::Profile(source.index())),
            _ => broken,
        },
        _ => broken,
    }
}

/// Whether botocore knows a `credential_source`.
pub fn is_known(credential_source: Found) -> bool {
    credential_source.value.text().is_some_and(|text| CREDENTIAL_SOURCES.contains(&text))
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
