//! Finds out what happened since the last decision: which variables were changed without us, and what has expired. Pure.

use std::ffi::OsString;
use std::mem;

use crate::environment::Environment;
use crate::switching::layers::Event;
use crate::switching::state::{Active, Layer, Origin, Regions, State};

/// What happened since the last decision.
#[derive(Debug)]
pub struct Observation {
    /// The state, brought up to date with the variables and the clock.
    pub state: State,
    /// Whether `AWS_PROFILE` was changed without us.
    pub is_replaced: bool,
    /// The profile whose `--for` has expired, if it was active.
    pub expired: Option<OsString>,
}

impl Observation {
    /// Compares what is remembered with the variables and the clock.
    pub fn new(environment: &Environment, event: &Event) -> Self {
        let unknown = match event {
            Event::Load => Origin::Inherited,
            Event::Change | Event::Reapply => Origin::Manual,
            Event::Switch(_) | Event::SwitchBack(_) => return Self::before_switch(environment),
        };
        Self::with(environment, unknown)
    }

    /// Without a state the shell has not asked before: what is set was inherited.
    pub fn before_switch(environment: &Environment) -> Self {
        Self::with(environment, if environment.state.is_some() { Origin::Manual } else { Origin::Inherited })
    }

    /// `unknown` is where a profile that the state does not know comes from.
    fn with(environment: &Environment, unknown: Origin) -> Self {
        let mut state = match (&environment.state, unknown) {
            (Some(state), _) => state.clone(),
            (None, Origin::Inherited) => State { profile: environment.profile.clone(), ..State::default() },
            (None, Origin::Manual) => State::default(),
        };
        observe_regions(environment, &mut state);
        let is_replaced = environment.profile != state.profile;
        if is_replaced {
            replace_base(&mut state, unknown);
            state.profile.clone_from(&environment.profile);
        }
        if state.active != Active::Directory {
            state.base.profile.clone_from(&environment.profile);
        }
        // The directory profile leaves AWS_DEFAULT_PROFILE unset.
        if state.active != Active::Directory || environment.default_profile.is_some() {
            state.base.default_profile.clone_from(&environment.default_profile);
        }
        let expired = expire(&mut state, environment.now);
        Self { state, is_replaced, expired }
    }
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

fn replace_base(state: &mut State, origin: Origin) {
    let base = mem::take(&mut state.base);
    state.origin = origin;
    match origin {
        Origin::Inherited => (state.previous, state.active, state.file) = (None, Active::Base, None),
        Origin::Manual => (state.previous, state.active) = (Some(base), Active::Manual),
    }
}

/// Puts the layer before in the place of a base that has expired; `-` cannot go back to that one.
fn expire(state: &mut State, now: u64) -> Option<OsString> {
    let is_expired = |layer: &Layer| layer.expires_at.is_some_and(|time| time <= now);
    if !is_expired(&state.base) {
        return None;
    }
    let earlier = state.previous.take().filter(|layer| !is_expired(layer));
    state.active = match state.active {
        Active::Directory => Active::Directory,
        Active::ManualOverManual if earlier.is_some() => Active::Manual,
        _ => Active::Base,
    };
    let expired = mem::replace(&mut state.base, earlier.unwrap_or_default());
    expired.profile.filter(|_| state.active != Active::Directory)
}
