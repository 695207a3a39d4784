//! The two layers: the base, which is a manual switch or was inherited, and the directory profile, which is active
//! under its `.awsprofile` unless a manual switch is made there.
//!
//! Pure: variables, file and event come in, everything that changes goes out.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;
use std::path::PathBuf;

use crate::directory::DirectoryProfile;
use crate::environment::Environment;
use crate::switching::observation::Observation;
use crate::switching::saved_keys::SavedKeys;
use crate::switching::state::{Active, Layer, Origin, State};
use crate::switching::variables::Variables;

/// Why a decision is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The shell starts: a profile that the state does not know is inherited.
    Load,
    /// A prompt, a change of directory, or a change of trust: such a profile is a manual switch.
    Change,
    /// The directory profile is to be activated, over a manual switch too.
    Reapply,
    /// A manual switch.
    Switch(Layer),
    /// A manual switch to the layer before the last one.
    SwitchBack(Layer),
}

impl Event {
    /// The layer of a manual switch.
    pub fn layer(&self) -> Option<&Layer> {
        match self {
            Self::Load | Self::Change | Self::Reapply => None,
            Self::Switch(layer) | Self::SwitchBack(layer) => Some(layer),
        }
    }
}

/// The `.awsprofile` that applies to the working directory, as it is now.
#[derive(Clone, Debug)]
pub struct DirectoryFile {
    /// Its path.
    pub path: PathBuf,
    /// Whether it is the file that the state remembers, by another path perhaps.
    pub is_remembered: bool,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Its profile, or why it is ignored.
    pub profile: Result<DirectoryProfile, String>,
}

/// What becomes of the directory profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing that the user does not see or ask for.
    None,
    /// The profile of this file is active now.
    Entered(PathBuf),
    /// The base is active again: this file applies no more.
    Left(PathBuf),
    /// This file applies, but is ignored, for this reason.
    Ignored(PathBuf, String),
    /// This file would be entered or left, but this variable overrides profiles.
    Blocked(PathBuf, &'static str),
}

/// What changes, and what is to be remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The variables as they are to be.
    pub variables: Variables,
    /// What is to happen to the variables that override a profile.
    pub saved_keys: SavedKeys,
    /// The variable that signs afterwards whatever the profile is, if one does.
    pub signing: Option<&'static str>,
    /// What is to be remembered.
    pub state: State,
    /// What becomes of the directory profile.
    pub effect: Effect,
    /// Whether the ignored or blocked file was not the last one reported.
    pub is_news: bool,
    /// The profile whose `--for` has expired, if it was active until now.
    pub expired: Option<OsString>,
}

impl Transition {
    /// Decides which layer is active now.
    pub fn new(environment: &Environment, file: Option<&DirectoryFile>, event: &Event) -> Self {
        match event.layer() {
            Some(layer) => switch(environment, file, event, layer),
            None => follow(environment, file, event),
        }
    }

    /// When the active layer expires by itself, in seconds since 1970.
    pub fn expires_at(&self) -> Option<u64> {
        self.state.base.expires_at.filter(|_| self.state.active != Active::Directory)
    }
}

/// The layer that `aws-switch -` goes back to.
pub fn previous(environment: &Environment) -> Option<Layer> {
    Observation::before_switch(environment).state.previous
}

/// Activates the directory profile or the base.
fn follow(environment: &Environment, file: Option<&DirectoryFile>, event: &Event) -> Transition {
    let Observation { mut state, is_replaced, expired } = Observation::new(environment, event);
    let is_same = is_same_file(state.file.as_ref(), file);
    let is_decided = is_same && *event != Event::Reapply;
    // While a manual switch stays, edits of the file change nothing.
    let judged = file.filter(|_| !(state.active.is_manual() && is_decided));
    if state.active.is_manual() && !is_decided {
        state.active = Active::Base;
    }
    // Keys that an expired `--for` restores already block automatic switches.
    let signing = match expired {
        Some(_) => SavedKeys::restore(environment).signing(environment),
        None => environment.keys,
    };
    let (variables, effect) = if let Some(key) = signing {
        let effect = blocked(&state, judged, is_same, key);
        if state.active != Active::Directory {
            state.file = file.map(|file| file.path.clone());
        }
        let variables = match expired {
            Some(_) => activate_base(environment, &mut state),
            None => Variables::of(environment),
        };
        (variables, effect)
    } else {
        let left = mem::replace(&mut state.file, file.map(|file| file.path.clone()));
        activate(environment, &mut state, judged, is_decided, left)
    };
    let saved_keys = match state.active {
        _ if is_replaced => SavedKeys::discard(environment),
        // Without a layer before the base they are the base's own.
        active if active != Active::Directory && state.previous.is_none() => SavedKeys::restore(environment),
        _ => SavedKeys::default(),
    };
    let is_news = remember_report(&mut state, judged, &effect, event);
    let signing = saved_keys.signing(environment);
    Transition { variables, saved_keys, signing, state, effect, is_news, expired }
}

/// While a variable overrides profiles, nothing is switched automatically.
fn blocked(state: &State, judged: Option<&DirectoryFile>, is_same: bool, key: &'static str) -> Effect {
    let is_directory = state.active == Active::Directory;
    match (judged, &state.file) {
        (Some(DirectoryFile { path, profile: Err(why), .. }), _) => Effect::Ignored(path.clone(), why.clone()),
        (Some(_), _) if is_directory && is_same => Effect::None,
        (Some(file), _) => Effect::Blocked(file.path.clone(), key),
        (None, Some(left)) if is_directory => Effect::Blocked(left.clone(), key),
        (None, _) => Effect::None,
    }
}

/// Activates the profile of the file, or the base where there is none; `left` is the file that applied before.
fn activate(
    environment: &Environment,
    state: &mut State,
    judged: Option<&DirectoryFile>,
    is_decided: bool,
    left: Option<PathBuf>,
) -> (Variables, Effect) {
    let left = left.filter(|_| state.active == Active::Directory);
    let (variables, effect) = match judged.map(|file| (&file.path, &file.profile)) {
        Some((path, Ok(profile))) => {
            (activate_directory(environment, state, profile, is_decided), Effect::Entered(path.clone()))
        }
        Some((path, Err(why))) => (activate_base(environment, state), Effect::Ignored(path.clone(), why.clone())),
        None => (activate_base(environment, state), left.map_or(Effect::None, Effect::Left)),
    };
    match effect {
        Effect::Entered(_) | Effect::Left(_) if variables == Variables::of(environment) => (variables, Effect::None),
        effect => (variables, effect),
    }
}

/// Activates a directory profile; `is_decided` says that the last decision was about the same file.
fn activate_directory(
    environment: &Environment,
    state: &mut State,
    wanted: &DirectoryProfile,
    is_decided: bool,
) -> Variables {
    let (profile, region) = (Some(OsString::from(&wanted.profile)), wanted.region.as_ref().map(OsString::from));
    let was_directory = mem::replace(&mut state.active, Active::Directory) == Active::Directory;
    if was_directory && is_decided && (&state.profile, &state.region) == (&profile, &region) {
        // What the user has changed meanwhile stays.
        return Variables::of(environment);
    }
    set_layer(environment, state, &Layer { profile, region, ..Layer::default() })
}

fn activate_base(environment: &Environment, state: &mut State) -> Variables {
    if state.active == Active::Directory {
        state.active = Active::Base;
    }
    let base = state.base.clone();
    if state.region == base.region {
        // What the user has changed meanwhile stays.
        state.profile.clone_from(&base.profile);
        let regions = environment.regions.clone();
        return Variables { profile: base.profile, default_profile: base.default_profile, regions };
    }
    set_layer(environment, state, &base)
}

/// Switches manually under the file that applies, if one does.
fn switch(environment: &Environment, file: Option<&DirectoryFile>, event: &Event, layer: &Layer) -> Transition {
    let Observation { mut state, is_replaced, .. } = Observation::new(environment, event);
    let goes_back = matches!(event, Event::SwitchBack(_));
    let had_previous = state.previous.is_some();
    let unsets_keys = layer.profile.is_some() && !environment.overriding.is_empty();
    // Same profile, new `--for`: only the deadline moves, and what was before comes back then.
    let moves_deadline = state.base.profile == layer.profile && layer.expires_at.is_some();
    let is_same = Layer { expires_at: layer.expires_at, ..state.base.clone() } == *layer;
    let is_new = match (goes_back, unsets_keys) {
        (true, _) => true,
        // Unsetting keys makes it a new switch, so that `-` can undo it.
        (false, true) => !(moves_deadline && had_previous),
        (false, false) => !moves_deadline && !is_same,
    };
    if is_new {
        state.previous = Some(state.base);
    }
    let saved_keys = if goes_back && !is_replaced {
        SavedKeys::exchange(environment, layer)
    } else if unsets_keys {
        SavedKeys::save(environment)
    } else if is_replaced || is_new && had_previous {
        // What is saved is of the layer before, and that is another one now.
        SavedKeys::discard(environment)
    } else {
        SavedKeys::default()
    };
    state.active = match state.active {
        active if !active.is_manual() || !is_same_file(state.file.as_ref(), file) => Active::Manual,
        _ if is_new => Active::ManualOverManual,
        active => active,
    };
    (state.base, state.origin, state.file) = (layer.clone(), Origin::Manual, file.map(|file| file.path.clone()));
    let variables = set_layer(environment, &mut state, layer);
    let signing = saved_keys.signing(environment);
    Transition { variables, saved_keys, signing, state, effect: Effect::None, is_news: false, expired: None }
}

/// The variables under a layer; its region replaces the user's own, which the state remembers.
fn set_layer(environment: &Environment, state: &mut State, layer: &Layer) -> Variables {
    if state.region.is_none() {
        state.user_regions.clone_from(&environment.regions);
    }
    let regions = match &layer.region {
        Some(region) => [Some(region.clone()), Some(region.clone())],
        None => mem::take(&mut state.user_regions),
    };
    state.profile.clone_from(&layer.profile);
    state.region.clone_from(&layer.region);
    Variables { profile: layer.profile.clone(), default_profile: layer.default_profile.clone(), regions }
}

fn is_same_file(remembered: Option<&PathBuf>, file: Option<&DirectoryFile>) -> bool {
    match (remembered, file) {
        (Some(_), Some(file)) => file.is_remembered,
        (remembered, file) => remembered.is_none() && file.is_none(),
    }
}

/// Remembers which ignored file is reported now; says whether it was not the last one reported.
fn remember_report(state: &mut State, judged: Option<&DirectoryFile>, effect: &Effect, event: &Event) -> bool {
    let ignored = match effect {
        Effect::Ignored(path, _) | Effect::Blocked(path, _) => {
            let mut hasher = DefaultHasher::new();
            (path, judged.map(|file| &file.content)).hash(&mut hasher);
            Some(hasher.finish())
        }
        Effect::None | Effect::Entered(_) | Effect::Left(_) => None,
    };
    let known = state.reported.filter(|_| *event != Event::Load);
    // Under a manual switch the file is not judged, and may be the same as before.
    state.reported = ignored.or(known.filter(|_| state.active.is_manual()));
    ignored != known
}

#[cfg(test)]
#[path = "layers_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "walk_tests.rs"]
mod walk_tests;
