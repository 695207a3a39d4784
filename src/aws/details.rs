//! What is told of a profile beyond its settings, where somebody asks for it: it takes following
//! every chain of sources, and reading the AWS CLI's caches.

use jiff::Timestamp;

use super::accounts::{Accounts, Finding};
use super::cache::Caches;
use super::chain::{Chains, End};
use super::fault::Faults;
use super::kind::Kind;
use super::profile::Profile;
use super::profiles::Profiles;
use super::sign_in::{Entry, SignIn};

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
    pub fn sign_in(&self, profile: &Profile) -> Option<SignIn> {
        let (source, kind) = match Kind::of(profile) {
            Kind::AssumeRole => {
                let table = &self.profiles.profiles;
                let End::Profile(place) = self.chains.end(table.place(profile.name())?)? else {
                    return None;
                };
                let source = table.at(place)?;
                (source, Kind::as_source(source))
            }
            kind => (profile, kind),
        };
        self.caches.get(Entry::of(source, kind, self.profiles)?)
    }

    /// What keeps a profile from giving credentials.
    #[must_use]
    pub fn faults(&self, profile: &'a Profile<'static>) -> Vec<Finding> {
        let faults = Faults { profiles: self.profiles, chains: &self.chains }.of(profile);
        let finding = |source, problem| self.accounts.finding(source, problem);
        faults.iter().map(|fault| finding(fault.source.file, fault.problem(profile.name()))).collect()
    }
}
