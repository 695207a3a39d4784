//! Decides where a profile's credentials come from: its kind, and for a role the chain of source profiles.
//!
//! The order of the kinds is that of botocore's providers (`botocore/credentials.py`, `create_credential_resolver`):
//! the first whose setting exists decides, even where something else that it needs is missing.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::profiles::{FileKind, Profile, ProfileSetting, ProfileStore};

/// The values of `credential_source`, letter for letter.
pub const CREDENTIAL_SOURCES: [&str; 3] = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];
pub const ACCESS_KEY: &str = "aws_access_key_id";
pub const SECRET_KEY: &str = "aws_secret_access_key";

/// Where a profile's credentials come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
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
    None,
}

impl Kind {
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

    pub fn of(profile: Profile) -> Self {
        if is_role(profile) { Self::AssumeRole } else { Self::as_source(profile) }
    }

    /// The kind of a profile for a role that names it as its source: a `role_arn` without a token is ignored then.
    pub fn as_source(profile: Profile) -> Self {
        // With an empty path there is no token, but the profile is no plain role either.
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

fn is_role(profile: Profile) -> bool {
    profile.has("role_arn") && !profile.has("web_identity_token_file")
}

/// Half a key pair ends a chain, too.
pub fn ends_source_chain(source: Profile) -> bool {
    source.has(ACCESS_KEY) || source.has(SECRET_KEY) || !is_role(source)
}

/// The file whose access key is used, for a profile of the kind [`Kind::Static`].
pub fn key_file(profile: Profile) -> FileKind {
    match profile.find_in(FileKind::Credentials, ACCESS_KEY) {
        Some(_) => FileKind::Credentials,
        None => FileKind::Config,
    }
}

/// Where a profile's credentials come from in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainEnd<P> {
    Profile(P),
    /// The role whose `credential_source` says that the machine gives the credentials.
    Machine(P),
    /// The profile at which the chain is broken.
    Broken(P),
}

/// The ends of all profiles' chains of source profiles; profiles are stored by their index.
#[derive(Debug, Default)]
pub struct Chains {
    kinds: Vec<Kind>,
    ends: Vec<Option<ChainEnd<usize>>>,
    /// The members of each profile's cycle.
    cycles: HashMap<usize, Rc<[usize]>>,
}

impl Chains {
    /// Follows each profile once, so that long chains that many share cost little.
    pub fn follow(store: &ProfileStore) -> Self {
        let kinds = store.iter().map(Kind::of).collect();
        let mut chains = Self { kinds, ends: vec![None; store.len()], cycles: HashMap::new() };
        let mut walks = vec![None; store.len()];
        for start in 0..store.len() {
            chains.follow_one(store, start, &mut walks);
        }
        chains
    }

    /// `walks` has for each profile the start of the latest walk that passed it.
    fn follow_one(&mut self, store: &ProfileStore, start: usize, walks: &mut [Option<usize>]) {
        let mut passed = Vec::new();
        let mut index = start;
        let end = loop {
            if let Some(&Some(end)) = self.ends.get(index) {
                break end;
            }
            if walks.get_mut(index).and_then(|walk| walk.replace(start)) == Some(start) {
                self.add_cycle(passed.iter().copied().skip_while(|&one| one != index).collect());
                break ChainEnd::Broken(index);
            }
            passed.push(index);
            match self.step(store, index) {
                ControlFlow::Continue(next) => index = next,
                ControlFlow::Break(end) => break end,
            }
        };
        for index in passed {
            let end = self.break_cycle(store, index, end).unwrap_or(end);
            if let Some(found) = self.ends.get_mut(index) {
                *found = Some(end);
            }
        }
    }

    /// A profile with keys may be its own source, but not by way of another one: botocore has visited it already.
    fn break_cycle(&mut self, store: &ProfileStore, start: usize, end: ChainEnd<usize>) -> Option<ChainEnd<usize>> {
        if end != ChainEnd::Profile(start) || self.kind_at(start) != Kind::AssumeRole {
            return None;
        }
        let mut members = Vec::new();
        let mut index = start;
        while let ControlFlow::Continue(next) = self.step(store, index) {
            members.push(index);
            index = next;
        }
        members.push(index);
        if members.len() < 2 {
            return None;
        }
        self.cycles.insert(start, members.into());
        Some(ChainEnd::Broken(start))
    }

    fn add_cycle(&mut self, mut members: Vec<usize>) {
        let first = members.iter().enumerate().min_by_key(|(_, index)| **index).map_or(0, |(first, _)| first);
        members.rotate_left(first);
        let members: Rc<[usize]> = members.into();
        self.cycles.extend(members.iter().map(|&index| (index, Rc::clone(&members))));
    }

    /// [`Kind::of`], which is worked out once for each profile.
    pub fn kind(&self, profile: Profile) -> Kind {
        self.kind_at(profile.index())
    }

    fn kind_at(&self, index: usize) -> Kind {
        self.kinds.get(index).copied().unwrap_or(Kind::None)
    }

    pub fn end<'s>(&self, store: &'s ProfileStore, profile: Profile) -> Option<ChainEnd<Profile<'s>>> {
        Some(match (*self.ends.get(profile.index())?)? {
            ChainEnd::Profile(index) => ChainEnd::Profile(store.at(index)?),
            ChainEnd::Machine(index) => ChainEnd::Machine(store.at(index)?),
            ChainEnd::Broken(index) => ChainEnd::Broken(store.at(index)?),
        })
    }

    /// The cycle that a profile is part of, from its first profile in the file's order on.
    pub fn cycle<'s>(&self, store: &'s ProfileStore, profile: Profile) -> Option<impl Iterator<Item = Profile<'s>>> {
        let members = self.cycles.get(&profile.index())?;
        Some(members.iter().filter_map(|&index| store.at(index)))
    }

    /// The next profile of a chain, or its end.
    fn step(&self, store: &ProfileStore, index: usize) -> ControlFlow<ChainEnd<usize>, usize> {
        let Some(profile) = store.at(index).filter(|_| self.kind_at(index) == Kind::AssumeRole) else {
            return ControlFlow::Break(ChainEnd::Profile(index));
        };
        ControlFlow::Break(match (profile.find("source_profile"), profile.find("credential_source")) {
            (None, Some(source)) if is_known_credential_source(source) => ChainEnd::Machine(index),
            (Some(source), None) => match source.value.text().and_then(|name| store.get(name)) {
                // A chain ends at a source, unless that is a role and nothing but a role.
                Some(source) if !ends_source_chain(source) => return ControlFlow::Continue(source.index()),
                Some(source) if Kind::as_source(source) != Kind::None => ChainEnd::Profile(source.index()),
                _ => ChainEnd::Broken(index),
            },
            _ => ChainEnd::Broken(index),
        })
    }
}

pub fn is_known_credential_source(setting: ProfileSetting) -> bool {
    setting.value.text().is_some_and(|text| CREDENTIAL_SOURCES.contains(&text))
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
