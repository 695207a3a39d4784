//! The variables that a decision sets or unsets.

use std::ffi::OsString;

use crate::environment::{DEFAULT_PROFILE, Environment, PROFILE, REGIONS};
use crate::switching::state::Regions;

/// The values that the variables are to have; `None` is unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    /// `AWS_PROFILE`.
    pub profile: Option<OsString>,
    /// `AWS_DEFAULT_PROFILE`.
    pub default_profile: Option<OsString>,
    /// `AWS_REGION` and `AWS_DEFAULT_REGION`.
    pub regions: Regions,
}

impl Variables {
    /// The variables as they are.
    pub fn of(environment: &Environment) -> Self {
        Self {
            profile: environment.profile.clone(),
            default_profile: environment.default_profile.clone(),
            regions: environment.regions.clone(),
        }
    }

    /// Those that change, with their new values.
    pub fn changes(&self, environment: &Environment) -> Vec<(&'static str, Option<OsString>)> {
        let before = Self::of(environment).named();
        let changed = self.clone().named().into_iter().zip(before).filter(|(after, before)| after != before);
        changed.map(|(after, _)| after).collect()
    }

    fn named(self) -> [(&'static str, Option<OsString>); 4] {
        let [region, default_region] = self.regions;
        let [region_name, default_region_name] = REGIONS;
        [
            (PROFILE, self.profile),
            (DEFAULT_PROFILE, self.default_profile),
            (region_name, region),
            (default_region_name, default_region),
        ]
    }
}
