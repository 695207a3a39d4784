//! The two layers, and which one stands: the base, chosen by hand or inherited, and the
//! directory's, in force under its file unless a choice is made by hand there.
//!
//! Pure: what is asked of the file system comes in as functions, what is to change goes out.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::directory::DirectoryProfile;
use crate::environment::Environment;
use crate::switching::saved_keys::{Kept, Moves};
use crate::switching::state::{Choice, Regions, Standing, State};

/// Why the integration asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The shell starts: a profile that the state does not know is the new base.
    Load,
    /// A prompt, a change of folder, or a change of trust: such a profile was chosen by hand.
    Change,
    /// The directory's layer is asked for, over a choice by hand too.
    Reapply,
}

/// What is to change, and what to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The variables as they shall be.
    pub after: Variables,
    /// What to remember.
    pub state: State,
    /// What to tell.
    pub told: Told,
    /// The profile whose time of `--for` is up, if it was in force until now.
    pub ended: Option<OsString>,
    /// What becomes of the keys that the shell keeps.
    pub kept: Kept,
}

impl Outcome {
    /// When what is in force ends by itself, in seconds since 1970.
    pub fn until(&self) -> Option<u64> {
        self.state.base.until.filter(|_| self.state.standing != Standing::Directory)
    }
}

/// The four variables that an answer sets or removes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    /// `AWS_PROFILE`.
    pub profile: Option<OsString>,
    /// `AWS_DEFAULT_PROFILE`.
    pub default_profile: Option<OsString>,
    /// `AWS_REGION` and `AWS_DEFAULT_REGION`.
    pub regions: Regions,
}

/// What happened, for the one line that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing changed.
    Nothing,
    /// The file's layer is in force now.
    Entered(PathBuf),
    /// The base is in force again, because this file governs no more.
    Left(PathBuf),
    /// The file governs, but is refused, for this reason.
    Refused(PathBuf, String),
    /// The file would be in force, or would have been left, but this variable wins over profiles.
    Blocked(PathBuf, &'static str),
}

/// Decides which layer stands now.
///
/// `governing` is the nearest `.awsprofile`, `same` says whether two paths are one file, and
/// `judge` reads the file: its layer, or why it is refused. `judge` is asked only where the
/// answer counts.
pub fn follow(
    environment: &Environment,
    event: Event,
    governing: Option<&Path>,
    same: impl Fn(&Path, &Path) -> bool,
    judge: impl FnOnce(&Path) -> Result<DirectoryProfile, String>,
) -> Outcome {
    let Settled { mut state, replaced, ended } = settle(environment, event == Event::Load);
    let was = state.standing;
    let is_same = match (&state.file, governing) {
        (Some(old), Some(new)) => old == new || same(old, new),
        (old, new) => old.is_none() && new.is_none(),
    };
    let stays_by_hand = was.is_by_hand() && is_same && event != Event::Reapply;
    let verdict = governing.filter(|_| !stays_by_hand).map(|file| (file, judge(file)));
    let base = if stays_by_hand { was } else { Standing::Base };

    // Those that come back with the end of a time count as if they were there.
    let signing = if ended.is_some() { Moves::for_end(environment).signing(environment) } else { environment.keys };
    if let Some(key) = signing {
        if was != Standing::Directory {
            // Nothing of a file is in force; a choice that is made by hand here will stand here.
            (state.standing, state.file) = (base, governing.map(PathBuf::from));
        }
        return blocked(environment, Settled { state, replaced, ended }, key, is_same, verdict);
    }
    let left = std::mem::replace(&mut state.file, governing.map(PathBuf::from));
    let (after, told) = match verdict {
        Some((file, Ok(layer))) => {
            let stands = was == Standing::Directory && is_same && event != Event::Reapply;
            (enter(environment, &mut state, layer, stands), Told::Entered(file.into()))
        }
        verdict => {
            let told = match verdict {
                Some((file, Err(reason))) => Told::Refused(file.into(), reason),
                _ => left.map_or(Told::Nothing, Told::Left),
            };
            state.standing = base;
            let stands = was != Standing::Directory && !replaced && ended.is_none();
            (fall_back(environment, &mut state, stands), told)
        }
    };
    let told = match told {
        Told::Entered(_) | Told::Left(_) if after == Variables::of(environment) => Told::Nothing,
        Told::Left(_) if was != Standing::Directory => Told::Nothing,
        told => told,
    };
    let kept = kept(&state, replaced);
    Outcome { after, state, told, ended, kept }
}

/// Those of the choice before the last stay; without one they are of the base, once its time is up, and come back with it.
fn kept(state: &State, replaced: bool) -> Kept {
    match state.standing {
        _ if replaced => Kept::Forgotten,
        Standing::Directory => Kept::Still,
        _ if state.previous.is_none() => Kept::Returned,
        _ => Kept::Still,
    }
}

/// Puts a file's layer in force; `stands` says whether that file's was already.
fn enter(environment: &Environment, state: &mut State, layer: DirectoryProfile, stands: bool) -> Variables {
    let region = layer.region.map(OsString::from);
    let choice = Choice { profile: Some(layer.profile.into()), region, ..Choice::default() };
    state.standing = Standing::Directory;
    if stands && (&state.profile, &state.region) == (&choice.profile, &choice.region) {
        return Variables::of(environment);
    }
    put(environment, state, &choice, true)
}

/// Puts the base in force; `stands` says whether it was already.
fn fall_back(environment: &Environment, state: &mut State, stands: bool) -> Variables {
    if stands && state.region == state.base.region {
        return Variables::of(environment);
    }
    let base = state.base.clone();
    put(environment, state, &base, false)
}

/// Puts a choice by hand in force under the file that governs, if one does; `is_last` says that it is the choice before.
pub fn choose(environment: &Environment, governing: Option<PathBuf>, choice: Choice, is_last: bool) -> Outcome {
    let Settled { mut state, replaced, .. } = settle(environment, environment.state.is_none());
    let has_previous = state.previous.is_some();
    let takes_keys = choice.profile.is_some() && !environment.overriding.is_empty();
    // Another end for the same choice is no new one: what was before it comes back then.
    let moves_end = state.base.profile == choice.profile && choice.until.is_some();
    let is_same = Choice { until: choice.until, ..state.base.clone() } == choice;
    // The same without the keys that were there is another one.
    let is_new = is_last || if takes_keys { !(moves_end && has_previous) } else { !moves_end && !is_same };
    if is_new {
        state.previous = Some(state.base);
    }
    // What is kept is of the choice before, which an export since then has made another one.
    let is_forgotten = replaced || !is_last && is_new && has_previous;
    let kept = if is_forgotten { Kept::Forgotten } else { Kept::Still };
    state.standing = match state.standing {
        standing if !standing.is_by_hand() || state.file != governing => Standing::Hand,
        _ if is_new => Standing::HandOverHand,
        standing => standing,
    };
    state.base = choice.clone();
    state.by_hand = true;
    state.file = governing;
    let after = put(environment, &mut state, &choice, true);
    Outcome { after, state, told: Told::Nothing, ended: None, kept }
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
}

/// While keys would sign whatever the profile says, nothing is switched but a choice that has ended, and it is said.
fn blocked(
    environment: &Environment,
    Settled { mut state, replaced, ended }: Settled,
    key: &'static str,
    is_same: bool,
    verdict: Option<(&Path, Result<DirectoryProfile, String>)>,
) -> Outcome {
    let in_force = state.standing == Standing::Directory;
    let told = match verdict {
        Some((file, Err(reason))) => Told::Refused(file.into(), reason),
        Some(_) if in_force && is_same => Told::Nothing,
        Some((file, Ok(_))) => Told::Blocked(file.into(), key),
        None => match &state.file {
            Some(file) if in_force => Told::Blocked(file.clone(), key),
            _ => Told::Nothing,
        },
    };
    let after = match &ended {
        Some(_) => {
            let base = state.base.clone();
            put(environment, &mut state, &base, false)
        }
        None => Variables::of(environment),
    };
    let kept = kept(&state, replaced);
    Outcome { after, state, told, ended, kept }
}

/// The state as the environment bears it out.
pub struct Settled {
    /// The state, with what was changed by hand since, and without what has ended.
    pub state: State,
    /// Whether the profile was changed by hand.
    pub replaced: bool,
    /// The profile whose time is up, if it was in force.
    pub ended: Option<OsString>,
}

/// Takes in what was changed by hand since, and what has ended.
pub fn settle(environment: &Environment, loading: bool) -> Settled {
    let mut state = match &environment.state {
        Some(state) => state.clone(),
        None if loading => State { profile: environment.profile.clone(), ..State::default() },
        None => State::default(),
    };
    if let Some(left) = &state.region {
        let mut taken_over = false;
        for (ground, now) in state.ground.iter_mut().zip(&environment.regions) {
            if now.as_ref() != Some(left) {
                ground.clone_from(now);
                taken_over = true;
            }
        }
        if taken_over && state.standing != Standing::Directory {
            // Both are the user's own from here on, as they are.
            (state.region, state.ground, state.base.region) = (None, Regions::default(), None);
        }
    }
    let replaced = environment.profile != state.profile;
    if replaced {
        let old = std::mem::take(&mut state.base);
        (state.previous, state.by_hand, state.standing, state.file) =
            if loading { (None, false, Standing::Base, None) } else { (Some(old), true, Standing::Hand, state.file) };
        state.profile.clone_from(&environment.profile);
    }
    if state.standing != Standing::Directory {
        state.base.profile.clone_from(&environment.profile);
        state.base.default_profile.clone_from(&environment.default_profile);
    } else if environment.default_profile.is_some() {
        state.base.default_profile.clone_from(&environment.default_profile);
    }
    let ended = end(&mut state, environment.now);
    Settled { state, replaced, ended }
}

/// Puts the choice before in the place of one whose time is up, which is none to go back to.
fn end(state: &mut State, now: u64) -> Option<OsString> {
    let is_over = |choice: &Choice| choice.until.is_some_and(|end| end <= now);
    if !is_over(&state.base) {
        return None;
    }
    let earlier = state.previous.take().filter(|choice| !is_over(choice));
    state.standing = match state.standing {
        Standing::Directory => Standing::Directory,
        Standing::HandOverHand if earlier.is_some() => Standing::Hand,
        _ => Standing::Base,
    };
    let ended = std::mem::replace(&mut state.base, earlier.unwrap_or_default());
    ended.profile.filter(|_| state.standing != Standing::Directory)
}

/// The variables under a choice. `force` sets its region even where the user has taken it over.
fn put(environment: &Environment, state: &mut State, choice: &Choice, force: bool) -> Variables {
    let mut regions = environment.regions.clone();
    if state.region != choice.region || force {
        if state.region.is_none() {
            state.ground = environment.regions.clone();
        }
        regions = match &choice.region {
            Some(region) => [Some(region.clone()), Some(region.clone())],
            None => std::mem::take(&mut state.ground),
        };
        state.region.clone_from(&choice.region);
    }
    state.profile.clone_from(&choice.profile);
    Variables { profile: choice.profile.clone(), default_profile: choice.default_profile.clone(), regions }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "walk_tests.rs"]
mod walk_tests;
