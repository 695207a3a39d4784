//! Finds out what happened since the last decision: which variables were changed without us, and what has expired.

use std::mem;

use crate::environment::Environment;
use crate::switching::state::{Active, Layer, Regions, State, Value};

/// The state, brought up to date with the variables and the clock; whether `AWS_PROFILE` was changed without us; the
/// profile whose `--for` has expired, if it was active. `is_inherited` says that a profile that the state does not know
/// is no manual switch.
pub fn observe(environment: &Environment, is_inherited: bool) -> (State, bool, Value) {
    let mut state = match &environment.state {
        Some(state) => state.clone(),
        None if is_inherited => State { profile: environment.profile.clone(), ..State::default() },
        None => State::default(),
    };
    observe_regions(environment, &mut state);
    let is_replaced = environment.profile != state.profile;
    if is_replaced {
        let base = mem::take(&mut state.base);
        state.is_base_manual = !is_inherited;
        if is_inherited {
            (state.previous, state.active, state.file) = (None, Active::Base, None);
        } else {
            (state.previous, state.active) = (Some(base), Active::Manual);
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
    let expired = expire(&mut state, environment.now);
    (state, is_replaced, expired)
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

/// Replaces a base that has expired by the layer before; `-` cannot go back to that one.
fn expire(state: &mut State, now: u64) -> Value {
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
