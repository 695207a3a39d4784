//! Decides which of the two layers is active: the base, which is a manual switch or was inherited, or the directory
//! profile, which is active under its `.awsprofile` unless a manual switch is made there.
//!
//! Pure: variables, file and event come in, everything that changes goes out.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::directory::DirectoryProfile;
use crate::environment::{Environment, PROFILE, REGIONS, Variables, overriding};
use crate::output::Message;
use crate::protocol::Event;
use crate::settings::AutoAction;
use crate::state::{Active, Layer, State, Value};
use crate::switching::observation::Observation;
use crate::switching::saved_keys::SavedKeys;
use crate::switching::segment::Segment;

/// Where a manual switch leads: to a new layer, or back to the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Back,
}

/// The `.awsprofile` that applies to the working directory.
pub struct DirectoryFile {
    pub path: PathBuf,
    /// Whether it is the file that the state remembers, by another path perhaps.
    pub is_remembered: bool,
}

/// The `.awsprofile`, read and judged. A manual switch needs only its path.
pub struct JudgedFile {
    pub file: DirectoryFile,
    pub content: Vec<u8>,
    /// Its profile, or why it is ignored.
    pub profile: Result<DirectoryProfile, String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Nothing that the user does not see.
    #[default]
    None,
    /// A manual switch was made.
    Switched,
    /// The profile of this file is active now.
    Entered(PathBuf),
    /// The base is active again: this file no longer applies.
    Left(PathBuf),
    /// This file applies, but is ignored, for this reason.
    Ignored(PathBuf, String),
    /// This file would be entered, but this variable overrides profiles.
    Blocked(PathBuf, &'static str),
    /// This file no longer applies, but its profile stays active, as this variable overrides profiles.
    Kept(PathBuf, &'static str),
}

/// All that changes, and what to print about it.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// The variables as they are to be.
    pub variables: Variables,
    pub saved_keys: SavedKeys,
    /// The variable that signs afterwards whatever the profile is, if one does.
    pub signing: Option<&'static str>,
    pub state: State,
    pub effect: Effect,
    /// Whether the ignored or blocked file was not the last one reported.
    pub is_news: bool,
    /// The manual switch whose `--for` has expired, if it was active until now.
    pub expired: Option<Layer>,
    /// Whether directory profiles are turned on or off in this shell.
    pub auto: Option<AutoAction>,
    pub segment: Segment,
    pub message: Option<Message>,
}

impl Decision {
    /// The exit status of a command that asked for the directory profile.
    pub fn status(&self) -> ExitCode {
        match self.effect {
            Effect::Ignored(..) => ExitCode::from(4),
            Effect::Blocked(..) | Effect::Kept(..) => ExitCode::FAILURE,
            _ => ExitCode::SUCCESS,
        }
    }

    /// Each variable of a profile or a region: its value, where `None` is unset, and whether that is a change.
    pub fn changes(&self, environment: &Environment) -> impl Iterator<Item = (&'static str, Value, bool)> {
        // A manual switch to no profile unsets an empty variable too: the AWS CLI takes it for a name.
        let unsets_profile = self.effect == Effect::Switched && self.variables.profile.is_none();
        let named = self.variables.clone().named().into_iter().zip(environment.variables().named());
        named.map(move |((name, value), (_, before))| {
            let is_changed = value != before || unsets_profile && name == PROFILE;
            (name, value, is_changed)
        })
    }

    /// The variables of another process, which `env` cannot know: those that do not change are set there too, and keys are
    /// unset without being saved. A region variable that is unset in both is left out.
    pub fn child_variables(&self, environment: &Environment) -> impl Iterator<Item = (&'static str, Value)> {
        let is_needed =
            |(name, value, is_changed): &(_, Value, _)| *is_changed || value.is_some() || !REGIONS.contains(name);
        let named = self.changes(environment).filter(is_needed).map(|(name, value, _)| (name, value));
        named.chain(overriding().map(|name| (name, None)))
    }

    /// When the active layer expires by itself, in seconds since 1970.
    pub fn expires_at(&self) -> Option<u64> {
        self.state.base.deadline.filter(|_| self.state.active != Active::Directory).map(|deadline| deadline.at)
    }
}

/// Activates the directory profile or the base.
pub fn activate_layer(environment: &Environment, judged: Option<&JudgedFile>, event: Event) -> Decision {
    let Observation { mut state, regions, expired } = Observation::new(environment, event == Event::Load);
    let environment = &Environment { regions, ..environment.clone() };
    let path = judged.map(|judged| judged.file.path.clone());
    let is_same = is_same_file(&state, judged.map(|judged| &judged.file));
    let is_decided = is_same && event != Event::Reapply;
    if state.active.is_manual() && !is_decided {
        state.active = Active::Base;
    }
    // While a manual switch stays, edits of the file change nothing.
    let judged = judged.filter(|_| !state.active.is_manual());
    // Keys that an expired `--for` restores already block automatic switches.
    let signing = match expired {
        Some(_) if state.base.has_saved_keys => SavedKeys::restore(environment).signing(environment),
        _ => environment.keys,
    };
    let (variables, effect) = if let Some(key) = signing {
        let effect = blocked(&state, judged, is_decided, key);
        if state.active != Active::Directory {
            state.file = path;
        }
        let is_expired = expired.is_some();
        let variables = if is_expired { activate_base(environment, &mut state) } else { environment.variables() };
        (variables, effect)
    } else {
        let left = mem::replace(&mut state.file, path).filter(|_| state.active == Active::Directory);
        activate(environment, &mut state, judged, is_decided, left)
    };
    let saved_keys = if state.active != Active::Directory && mem::take(&mut state.base.has_saved_keys) {
        SavedKeys::restore(environment)
    } else {
        keep_or_discard(environment, &mut state)
    };
    let is_news = remember_report(&mut state, judged, &effect, event);
    let signing = saved_keys.signing(environment);
    Decision { variables, saved_keys, signing, state, effect, is_news, expired, ..Decision::default() }
}

/// While a variable overrides profiles, nothing is switched automatically.
fn blocked(state: &State, judged: Option<&JudgedFile>, is_decided: bool, key: &'static str) -> Effect {
    match (judged.map(|judged| (judged.file.path.clone(), &judged.profile)), &state.file) {
        (Some((file, Err(why))), _) => Effect::Ignored(file, why.clone()),
        (Some((_, Ok(profile))), _) if is_decided && is_active(state, profile) => Effect::None,
        (Some((file, Ok(_))), _) => Effect::Blocked(file, key),
        (None, Some(left)) if state.active == Active::Directory => Effect::Kept(left.clone(), key),
        (None, _) => Effect::None,
    }
}

/// Whether it is the directory profile that is active.
fn is_active(state: &State, DirectoryProfile { profile, region, .. }: &DirectoryProfile) -> bool {
    let wanted = (Some(profile.as_ref()), region.as_deref().map(OsStr::new));
    state.active == Active::Directory && (state.profile.as_deref(), state.region.as_deref()) == wanted
}

/// `left` is the file whose profile was active, `is_decided` says that the last decision was about the same file.
fn activate(
    environment: &Environment,
    state: &mut State,
    judged: Option<&JudgedFile>,
    is_decided: bool,
    left: Option<PathBuf>,
) -> (Variables, Effect) {
    let (variables, effect) = match judged.map(|judged| (judged.file.path.clone(), &judged.profile)) {
        Some((path, Ok(profile))) => {
            (activate_directory(environment, state, profile, is_decided), Effect::Entered(path))
        }
        Some((path, Err(why))) => return (activate_base(environment, state), Effect::Ignored(path, why.clone())),
        None => (activate_base(environment, state), left.map_or(Effect::None, Effect::Left)),
    };
    let is_changed = variables != environment.variables();
    (variables, if is_changed { effect } else { Effect::None })
}

fn activate_directory(
    environment: &Environment,
    state: &mut State,
    wanted: &DirectoryProfile,
    is_decided: bool,
) -> Variables {
    if is_decided && is_active(state, wanted) {
        // A variable that the user has changed meanwhile stays.
        return environment.variables();
    }
    state.active = Active::Directory;
    let (profile, region) = (Some((&wanted.profile).into()), wanted.region.as_ref().map(Into::into));
    set_layer(environment, state, &Layer { profile, region, ..Layer::default() })
}

fn activate_base(environment: &Environment, state: &mut State) -> Variables {
    if state.active == Active::Directory {
        state.active = Active::Base;
    }
    let base = state.base.clone();
    if state.region == base.region {
        // A variable that the user has changed meanwhile stays.
        state.profile.clone_from(&base.profile);
        let regions = environment.regions.clone();
        return Variables { profile: base.profile, default_profile: base.default_profile, regions };
    }
    set_layer(environment, state, &base)
}

/// Switches manually under the file that applies, if one does.
pub fn switch(
    environment: &Environment,
    file: Option<&DirectoryFile>,
    layer: &Layer,
    direction: Direction,
) -> Decision {
    let Observation { mut state, regions, .. } = observe_before_switch(environment);
    let environment = &Environment { regions, ..environment.clone() };
    let unsets_keys = layer.profile.is_some() && !environment.overriding.is_empty();
    let is_new = direction == Direction::Back || unsets_keys || is_new(&state.base, layer);
    if direction == Direction::Back {
        state.earlier.pop();
    }
    let exchanged = match layer.has_saved_keys {
        true => Some(SavedKeys::exchange(environment)),
        false => unsets_keys.then(|| SavedKeys::save(environment)),
    };
    if let Some(keys) = &exchanged {
        state.forget_saved_keys();
        state.base.has_saved_keys = !keys.saves.is_empty();
    }
    let layer = &Layer { has_saved_keys: false, is_of_tool: false, ..layer.clone() };
    let base = mem::replace(&mut state.base, layer.clone());
    if let Some(replaced) = &mut state.replaced {
        replaced.base.clone_from(layer);
    }
    if is_new {
        state.push_earlier(base);
    }
    let saved_keys = exchanged.unwrap_or_else(|| keep_or_discard(environment, &mut state));
    let earlier_here = match (state.active, direction) {
        (Active::Manual(_), _) if !is_same_file(&state, file) => 0,
        (Active::Manual(earlier), Direction::Forward) => earlier.saturating_add(is_new.into()),
        (Active::Manual(earlier), Direction::Back) => earlier.max(1),
        _ => 0,
    };
    state.active = Active::Manual(earlier_here.min(state.earlier.len()));
    let variables = set_layer(environment, &mut state, layer);
    (state.is_base_manual, state.file) = (true, file.map(|file| file.path.clone()));
    let signing = saved_keys.signing(environment);
    Decision { variables, saved_keys, signing, state, effect: Effect::Switched, ..Decision::default() }
}

/// Whether `-`, and the end of a `--for`, will go back to the base and not to the one before it.
fn is_new(base: &Layer, layer: &Layer) -> bool {
    // A new `--for` of the same profile only moves the deadline.
    let is_same = Layer { deadline: layer.deadline, ..base.clone() } == *layer;
    let are_limited = base.deadline.is_some() && layer.deadline.is_some() && !base.has_saved_keys;
    !(is_same || are_limited && base.profile == layer.profile)
}

/// Discards the saved keys once nothing can restore them.
fn keep_or_discard(environment: &Environment, state: &mut State) -> SavedKeys {
    if state.can_restore_keys() {
        return SavedKeys::default();
    }
    state.forget_saved_keys();
    SavedKeys::discard(environment)
}

/// The layer that `aws-switch -` goes back to.
pub fn previous(environment: &Environment) -> Option<Layer> {
    observe_before_switch(environment).state.earlier.pop()
}

/// Whether the `--for` of the active switch is over, and no hook has run since.
pub fn has_expired(environment: &Environment) -> bool {
    observe_before_switch(environment).expired.is_some()
}

/// Without a state the shell has not asked before: what is set was inherited.
fn observe_before_switch(environment: &Environment) -> Observation {
    Observation::new(environment, environment.state.is_none())
}

/// The variables under a layer; its region replaces the user's own, which the state remembers.
fn set_layer(environment: &Environment, state: &mut State, layer: &Layer) -> Variables {
    if state.region.is_none() {
        state.user_regions.clone_from(&environment.regions);
    }
    let regions = match &layer.region {
        Some(region) => [Some(region.clone()), Some(region.clone())],
        None if state.tools.is_none() => mem::take(&mut state.user_regions),
        None => state.user_regions.clone(),
    };
    state.profile.clone_from(&layer.profile);
    state.region.clone_from(&layer.region);
    Variables { profile: layer.profile.clone(), default_profile: layer.default_profile.clone(), regions }
}

/// Whether the last decision was about the same file.
fn is_same_file(state: &State, file: Option<&DirectoryFile>) -> bool {
    file.map_or(state.file.is_none(), |file| state.file.is_some() && file.is_remembered)
}

/// Remembers which ignored file is reported now; returns whether it was not the last one reported.
fn remember_report(state: &mut State, judged: Option<&JudgedFile>, effect: &Effect, event: Event) -> bool {
    let reported = match effect {
        Effect::Ignored(path, _) | Effect::Blocked(path, _) | Effect::Kept(path, _) => {
            // While keys prevent leaving it, a file is reported once: when it is ignored, or else when it is left.
            let is_active = state.is_active_file(path);
            let mut hasher = DefaultHasher::new();
            (path, judged.filter(|_| !is_active).map(|judged| &judged.content)).hash(&mut hasher);
            Some(hasher.finish())
        }
        _ => None,
    };
    let known = state.reported.filter(|_| event != Event::Load);
    // Under a manual switch the file is not judged, and may be the same as before.
    state.reported = reported.or(known.filter(|_| state.active.is_manual()));
    reported != known || event == Event::Reapply
}

#[cfg(test)]
#[path = "layers_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "walk_tests.rs"]
mod walk_tests;
