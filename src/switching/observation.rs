//! Finds out what happened since the last decision: which variables were changed without us, and what has expired.

use std::mem;

use crate::environment::Environment;
use crate::state::{Active, Layer, ProfileBeforeTool, RegionBeforeTool, Regions, State};

/// The state, brought up to date with the variables and the clock.
pub struct Observation {
    pub state: State,
    /// The values that the region variables should have. They differ from the present ones where a tool such as direnv, on
    /// leaving, has put back a region that is outdated by now.
    pub regions: Regions,
    /// The base that was active until its `--for` expired.
    pub expired: Option<Layer>,
}

impl Observation {
    /// `is_inherited` says that a profile that the state does not know is no manual switch.
    pub fn new(environment: &Environment, is_inherited: bool) -> Self {
        let mut state = match &environment.state {
            Some(state) => state.clone(),
            None if is_inherited => State { profile: environment.profile.clone(), ..State::default() },
            None => State::default(),
        };
        // A child shell inherits the state without the saved keys.
        if environment.saved.is_empty() {
            state.forget_saved_keys();
        }
        let regions = environment.regions.clone();
        let mut observation = Self { state, regions, expired: None };
        let tools = mem::replace(&mut observation.state.tools, environment.tools);
        let is_by_tool = tools != environment.tools;
        observation.observe_regions(environment, is_by_tool, tools.is_some());
        observation.observe_profile(environment, is_inherited, is_by_tool);
        observation.expire(environment.now);
        observation
    }

    fn observe_profile(&mut self, environment: &Environment, is_inherited: bool, is_by_tool: bool) {
        let state = &mut self.state;
        if environment.tools.is_none() {
            state.earlier.retain(|layer| !layer.is_of_tool);
        }
        if is_by_tool && put_back(environment, state) {
            return;
        }
        let is_changed = environment.profile != state.profile;
        let found = ProfileBeforeTool { profile: state.profile.clone(), base: state.base.clone() };
        if is_changed {
            let base = mem::take(&mut state.base);
            state.is_base_manual = !is_inherited;
            state.base.is_of_tool = is_by_tool;
            if is_inherited {
                (state.active, state.file) = (Active::Base, None);
                state.earlier.clear();
            } else {
                state.active = Active::Manual(0);
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
        // What a tool leaves behind is the user's.
        state.base.is_of_tool &= environment.tools.is_some();
    }

    /// Finds out who changed a region variable that no longer has the region that we set: the user, or a tool such as
    /// direnv, which puts back on leaving what it had found. `is_beside_tool` says that such a tool was active at the last
    /// decision already: then `user_regions` is filled even without a region of ours.
    fn observe_regions(&mut self, environment: &Environment, is_by_tool: bool, is_beside_tool: bool) {
        let (State { region, user_regions, replaced_regions, .. }, mut is_changed) = (&mut self.state, false);
        for ((now, own), replaced) in self.regions.iter_mut().zip(user_regions).zip(replaced_regions) {
            if let Some(replaced) = replaced.take_if(|replaced| is_by_tool && replaced.found == *now) {
                // The region of a directory, which may have been left since then.
                *own = replaced.user;
                *now = region.clone().or_else(|| own.clone());
                continue;
            }
            let found = region.clone().or_else(|| own.clone());
            if *now == found {
                continue;
            }
            let user = mem::replace(own, now.clone());
            is_changed |= !is_by_tool && replaced.is_none();
            if is_by_tool && environment.tools.is_none() {
                // The user's own, which the tool had found before we set ours.
                *now = region.clone().or_else(|| own.clone());
            } else if is_by_tool && (is_beside_tool || region.is_some()) && replaced.is_none() {
                *replaced = Some(RegionBeforeTool { found, user });
            }
        }
        let state = &mut self.state;
        if is_changed && state.active != Active::Directory {
            // From here on both variables are the user's own, as they are.
            (state.region, state.base.region) = (None, None);
            state.user_regions.clone_from(&self.regions);
        }
        if environment.tools.is_none() {
            state.replaced_regions = [None, None];
            if state.region.is_none() {
                state.user_regions = Regions::default();
            }
        }
    }

    /// Drops the layers that have expired: a base is replaced by the one before.
    fn expire(&mut self, now: u64) {
        let state = &mut self.state;
        let mut expired = None;
        while state.base.is_expired(now) {
            let earlier = state.earlier.pop();
            state.active = match state.active {
                Active::Directory => Active::Directory,
                Active::Manual(earlier_here @ 1..) if earlier.is_some() => Active::Manual(earlier_here - 1),
                _ => Active::Base,
            };
            let base = mem::replace(&mut state.base, earlier.unwrap_or_default());
            expired = expired.or(Some(base));
        }
        while state.earlier.pop_if(|layer| layer.is_expired(now)).is_some() {
            if let Active::Manual(earlier_here) = &mut state.active {
                *earlier_here = earlier_here.saturating_sub(1);
            }
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
    state.earlier.retain(|layer| !layer.is_of_tool);
    state.earlier.pop_if(|layer| *layer == replaced.base);
    state.base = replaced.base;
    state.profile = replaced.profile;
    if state.active.is_manual() {
        state.active = Active::Base;
    }
    true
}
