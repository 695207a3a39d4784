//! Finds out what happened since the last decision: which variables were changed without us, and what has expired.

use std::mem;

use crate::environment::Environment;
use crate::switching::state::{Active, Layer, Regions, Replaced, State};

/// The state, brought up to date with the variables and the clock.
pub struct Observation {
    pub state: State,
    /// Whether no `-` leads back to the layer whose keys are saved.
    pub are_saved_keys_stale: bool,
    /// The base that was active until its `--for` expired.
    pub expired: Option<Layer>,
}

impl Observation {
    /// `is_inherited` says that a profile that the state does not know is no manual switch.
    pub fn new(environment: &Environment, is_inherited: bool) -> Self {
        let state = match &environment.state {
            Some(state) => state.clone(),
            None if is_inherited => State { profile: environment.profile.clone(), ..State::default() },
            None => State::default(),
        };
        let mut observation = Self { state, are_saved_keys_stale: false, expired: None };
        observe_regions(environment, &mut observation.state);
        observation.observe_profile(environment, is_inherited);
        observation.expire(environment.now);
        // A child shell inherits the state without the saved keys.
        let are_usable = !observation.are_saved_keys_stale && !environment.saved.is_empty();
        observation.state.are_saved_keys_of_base &= are_usable;
        observation
    }

    fn observe_profile(&mut self, environment: &Environment, is_inherited: bool) {
        let state = &mut self.state;
        let is_by_tool = mem::replace(&mut state.tools, environment.tools) != environment.tools;
        if is_by_tool && put_back(environment, state) {
            return;
        }
        let is_changed = environment.profile != state.profile;
        let found = Replaced { profile: state.profile.clone(), base: state.base.clone() };
        if is_changed {
            let base = mem::take(&mut state.base);
            state.is_base_manual = !is_inherited;
            state.are_saved_keys_of_base = false;
            self.are_saved_keys_stale = true;
            if is_inherited {
                (state.active, state.file) = (Active::Base, None);
                state.earlier.clear();
            } else {
                state.active = Active::Manual;
                state.push_earlier(base);
            }
            state.profile.clone_from(&environment.profile);
        }
        if state.active != Active::Directory {
            state.base.profile.clone_from(&environment.profile);
        }
        // The directory profile leaves AWS_DEFAULT_PROFILE unset.
        if state.active != Active::Directory || environment.default_profile.is_some() {
            state.base.default_profile.clone_from(&environment.default_profile);
        }
        match &mut state.replaced {
            None if is_changed && is_by_tool => state.replaced = Some(found),
            // mise 2026.9 may set its own profile once more, over a directory profile.
            Some(replaced) if is_changed && !is_by_tool && found.base.profile != environment.profile => {
                replaced.base.clone_from(&state.base);
            }
            _ => {}
        }
        state.replaced.take_if(|_| environment.tools.is_none());
    }

    /// Drops the layers that have expired: a base is replaced by the one before, whose keys are saved.
    fn expire(&mut self, now: u64) {
        let state = &mut self.state;
        let mut expired = None;
        while state.base.is_expired(now) {
            let earlier = state.earlier.pop();
            state.active = match state.active {
                Active::Directory => Active::Directory,
                Active::ManualOverManual if earlier.is_some() => Active::Manual,
                _ => Active::Base,
            };
            self.are_saved_keys_stale |= mem::replace(&mut state.are_saved_keys_of_base, earlier.is_some());
            let base = mem::replace(&mut state.base, earlier.unwrap_or_default());
            expired = expired.or(Some(base));
        }
        while state.earlier.pop_if(|layer| layer.is_expired(now)).is_some() {
            self.are_saved_keys_stale |= !state.are_saved_keys_of_base;
        }
        self.expired = expired.filter(|_| state.active != Active::Directory);
    }
}

/// Returns to the base of before a tool changed `AWS_PROFILE`, once it puts back what it had found. Neither that profile,
/// which may be of a directory that was left, nor what it puts back under a directory profile is a manual switch.
fn put_back(environment: &Environment, state: &mut State) -> bool {
    let Some(replaced) = state.replaced.take_if(|replaced| replaced.profile == environment.profile) else {
        return false;
    };
    state.earlier.pop_if(|layer| *layer == replaced.base);
    state.base = replaced.base;
    state.profile = replaced.profile;
    if state.active.is_manual() {
        state.active = Active::Base;
    }
    true
}

/// A region variable that no longer holds the region that we set is the user's own.
fn observe_regions(environment: &Environment, state: &mut State) {
    let Some(region) = &state.region else { return };
    let mut is_changed = false;
    for (user_region, now) in state.user_regions.iter_mut().zip(&environment.regions) {
        if now.as_ref() != Some(region) {
            user_region.clone_from(now);
            is_changed = true;
        }
    }
    if is_changed && state.active != Active::Directory {
        // From here on both variables are the user's own, as they are.
        (state.region, state.user_regions, state.base.region) = (None, Regions::default(), None);
    }
}
