//! Decides all that an event changes: variables, saved keys, state, notices and segment.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::aws;
use crate::context::Context;
use crate::directory;
use crate::environment::{PROFILE, REGIONS};
use crate::error::most_alike;
use crate::paths;
use crate::settings::{Auto, Notices};
use crate::switching::layers::{DirectoryFile, Effect, Event, Transition};
use crate::switching::messages;
use crate::switching::saved_keys::SavedKeys;
use crate::switching::segment::{self, Segment};
use crate::switching::state::{Layer, State};

/// A line for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Answers what the user asked for: printed without the shell integration too.
    Answer(String),
    /// Reports a change that only the shell integration makes.
    Change(String),
}

/// All that an event changes.
#[derive(Debug)]
pub struct Decision {
    /// The variables that change, and their new values; `None` is unset.
    pub variables: Vec<(&'static str, Option<OsString>)>,
    /// What is to happen to the variables that override a profile.
    pub saved_keys: SavedKeys,
    /// What is to be remembered.
    pub state: State,
    /// `on` or `off`, where directory profiles are turned on or off in this shell.
    pub auto: Option<&'static str>,
    /// The lines to print.
    pub notices: Vec<Notice>,
    /// What the prompt shows.
    pub segment: Segment,
    /// When to ask again although nothing has changed, in seconds since 1970.
    pub recheck: Option<u64>,
    /// What becomes of the directory profile.
    pub effect: Effect,
}

impl Decision {
    /// The exit status: 4 where the directory profile is ignored.
    pub fn status(&self) -> ExitCode {
        match self.effect {
            Effect::None | Effect::Entered(_) | Effect::Left(_) => ExitCode::SUCCESS,
            Effect::Ignored(..) => ExitCode::from(4),
            Effect::Blocked(..) => ExitCode::FAILURE,
        }
    }

    /// Adds a line that answers what the user asked for.
    pub fn answer(&mut self, text: impl Into<String>) {
        self.notices.push(Notice::Answer(text.into()));
    }
}

/// Decides what an event changes in this shell.
pub fn decide(context: &Context, event: &Event) -> Decision {
    let is_off = context.settings().auto() == Auto::Off;
    let file = if is_off { None } else { directory_file(context) };
    let transition = Transition::new(&context.environment, file.as_ref(), event);
    let mut variables = transition.variables.changes(&context.environment);
    if event.layer().is_some_and(|layer| layer.profile.is_none()) && context.environment.profile.is_none() {
        // It may be set and empty all the same, which the AWS CLI takes for a name.
        variables.push((PROFILE, None));
    }
    let notices = match event.layer() {
        Some(layer) => switch_notices(context, &transition, layer),
        None => follow_notices(context, &transition, *event == Event::Reapply),
    };
    Decision {
        variables,
        notices,
        auto: None,
        segment: Segment::new(context, &transition),
        recheck: segment::recheck(context, &transition),
        saved_keys: transition.saved_keys,
        state: transition.state,
        effect: transition.effect,
    }
}

/// Decides what a child process inherits that is to run under `profile`. It may be a shell where directory profiles are
/// on, so the file counts even if they are off in this one.
pub fn decide_for_child(context: &Context, profile: &str) -> Transition {
    let layer = Layer { profile: Some(profile.into()), ..Layer::default() };
    Transition::new(&context.environment, directory_file(context).as_ref(), &Event::Switch(layer))
}

/// Reads and judges the file that applies to the working directory.
fn directory_file(context: &Context) -> Option<DirectoryFile> {
    let path: PathBuf = directory::find(&paths::working_directory()?)?;
    let remembered = context.environment.state.as_ref().and_then(|state| state.file.as_deref());
    Some(DirectoryFile {
        is_remembered: remembered.is_some_and(|other| other == path || paths::is_same_entry(other, &path)),
        content: directory::open(&path).map_or_else(|_| Vec::new(), |file| file.content),
        profile: directory::judge(context, &path).map_err(|ignored| ignored.to_string()),
        path,
    })
}

/// The lines about an automatic switch, as the settings want them; in full for a user who asked for it.
fn follow_notices(context: &Context, transition: &Transition, is_asked: bool) -> Vec<Notice> {
    let setting = if is_asked { Notices::On } else { context.settings().notices() };
    let mut notices = Vec::new();
    if let Some(profile) = &transition.expired {
        notices.push(Notice::Change(messages::expired(transition, profile)));
    }
    let ignored = |text| if is_asked { Some(Notice::Answer(text)) } else { Some(Notice::Change(text)) };
    notices.extend(match &transition.effect {
        Effect::Entered(file) if setting == Notices::On && transition.expired.is_none() => {
            Some(Notice::Change(messages::entered(transition, file)))
        }
        Effect::Left(file) if setting == Notices::On && transition.expired.is_none() => {
            let is_off = context.settings().auto() == Auto::Off;
            let text = if is_off { messages::turned_off(transition, file) } else { messages::left(transition, file) };
            Some(Notice::Change(text))
        }
        Effect::Ignored(file, why) if setting != Notices::Off && (is_asked || transition.is_news) => {
            ignored(messages::ignored(transition, file, why))
        }
        Effect::Blocked(file, key) if setting != Notices::Off && (is_asked || transition.is_news) => {
            ignored(messages::blocked(transition, file, key))
        }
        _ => None,
    });
    if transition.expired.is_none() && !transition.saved_keys.restores.is_empty() {
        notices.push(Notice::Answer(messages::keys_restored(transition)));
    }
    notices
}

/// The lines about a manual switch.
fn switch_notices(context: &Context, transition: &Transition, layer: &Layer) -> Vec<Notice> {
    let switched = messages::switched(&context.environment, layer, transition);
    let warnings = [other_region(context, transition, layer), unknown_region(layer)];
    [Some(switched)].into_iter().chain(warnings).flatten().map(Notice::Answer).collect()
}

/// A region that the user set stays, so a warning says where it is not the profile's own.
fn other_region(context: &Context, transition: &Transition, layer: &Layer) -> Option<String> {
    let profile = layer.profile.as_ref()?.to_str().filter(|_| layer.region.is_none())?;
    let own = context.profile_region(profile)?;
    let set = |(name, region): (_, &Option<OsString>)| Some((name, region.as_deref()?.to_string_lossy().into_owned()));
    let mut regions = REGIONS.into_iter().zip(&transition.variables.regions).filter_map(set);
    let (name, region) = regions.find(|(_, region)| *region != own)?;
    Some(messages::region_differs(name, &region, profile, &own))
}

/// A region may be newer than this program, so an unknown one is set, with a warning.
fn unknown_region(layer: &Layer) -> Option<String> {
    let region = layer.region.as_deref().map(OsStr::to_string_lossy)?;
    let is_known = aws::REGIONS.contains(&region.as_ref());
    (!is_known).then(|| messages::unknown_region(&region, most_alike(&region, aws::REGIONS)))
}
