//! What is told of a profile beyond its settings, where somebody asks for it: it takes following
//! every chain of sources, and reading the AWS CLI's caches.

use jiff::Timestamp;

use super::accounts::Accounts;
use super::cache::Caches;
use super::chain::{Chains, End, end_of};
use super::fault::{Faults, What};
use super::kind::Kind;
use super::profile::{FileKind, Profile};
use super::profiles::{Profiles, Table};
use super::sign_in::{Entry, SignIn};
use crate::diagnostic::Diagnostic;

/// All profiles, looked at closely.
#[derive(Debug)]
pub struct Details<'a> {
    accounts: &'a Accounts,
    profiles: &'a Profiles<'static>,
    chains: Chains,
    caches: Caches,
}

impl<'a> Details<'a> {
    pub(super) fn new(accounts: &'a Accounts, profiles: &'a Profiles<'static>) -> Self {
        Self { accounts, profiles, chains: Chains::follow(profiles), caches: Caches::find() }
    }

    /// The moment at which sessions are judged.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.caches.now()
    }

    /// The session that a profile needs, its own or that of the profile that its chain of sources
    /// ends at; `None` where it needs none, or that cannot be told.
    #[must_use]
    pub fn sign_in(&self, profile: &Profile<'static>) -> Option<SignIn> {
        let (source, kind) = self.source(profile)?;
        self.caches.get(Entry::of(source, kind, self.profiles)?)
    }

    /// The profile that a profile's credentials come from, itself when it is no role, and the kind
    /// that counts there; `None` where they come from the machine or from nowhere.
    #[must_use]
    pub fn source<'p>(&self, profile: &'p Profile<'static>) -> Option<(&'p Profile<'static>, Kind)>
    where
        'a: 'p,
    {
        source(&self.profiles.profiles, profile, |place| self.chains.end(place))
    }

    /// What keeps a profile from giving credentials.
    #[must_use]
    pub fn faults(&self, profile: &'a Profile<'static>) -> Vec<Diagnostic> {
        let faults = Faults { profiles: self.profiles, chains: &self.chains }.of(profile);
        let finding = |source, problem| self.accounts.finding(source, problem);
        faults.iter().map(|fault| finding(fault.source.file, fault.problem(profile.name()))).collect()
    }

    /// What keeps any profile from giving credentials: first where a chain breaks, then who hangs
    /// on it. A loop is told once, of its first profile.
    #[must_use]
    pub fn all_faults(&self) -> Vec<(FileKind, Diagnostic)> {
        let faults = Faults { profiles: self.profiles, chains: &self.chains };
        let (mut first, mut then) = (Vec::new(), Vec::new());
        for (place, profile) in self.profiles.profiles.iter().enumerate() {
            let is_told = self.chains.loop_of(place).is_some_and(|members| members.first() != Some(&place));
            if is_told {
                continue;
            }
            for fault in faults.of(profile) {
                let told = (fault.source.file, fault.problem(profile.name()));
                if matches!(fault.what, What::BrokenChain(_)) { then.push(told) } else { first.push(told) }
            }
        }
        first.extend(then);
        first
    }
}

/// As [`Details::sign_in`], for one profile: no other chain is followed.
pub(super) fn sign_in(profile: &Profile<'static>, profiles: &Profiles<'static>) -> Option<SignIn> {
    let table = &profiles.profiles;
    let (source, kind) = source(table, profile, |place| Some(end_of(table, place)))?;
    Caches::find().get(Entry::of(source, kind, profiles)?)
}

/// As [`Details::source`]; `end` says where the chain from a place ends.
fn source<'p>(
    table: &'p Table<'static>,
    profile: &'p Profile<'static>,
    end: impl FnOnce(usize) -> Option<End>,
) -> Option<(&'p Profile<'static>, Kind)> {
    let kind = Kind::of(profile);
    if kind != Kind::AssumeRole {
        return Some((profile, kind));
    }
    let End::Profile(place) = end(table.place(profile.name())?)? else {
        return None;
    };
    let source = table.at(place)?;
    Some((source, Kind::as_source(source)))
}
