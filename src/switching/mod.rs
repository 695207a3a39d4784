//! Decides which profile is active, and what a switch changes: variables, saved keys, state and lines to print.

mod layers;
pub mod messages;
mod observation;
pub mod reply;
mod saved_keys;
mod segment;
pub mod state;

pub use layers::{Decision, Effect, Event, previous};

use crate::aws;
use crate::context::Context;
use crate::directory;
use crate::environment::REGIONS;
use crate::error::most_alike;
use crate::output::Message;
use crate::paths;
use crate::settings::{Auto, Notices};
use layers::DirectoryFile;
use state::Layer;

/// Switches manually; `goes_back` says that the layer is the previous one.
pub fn switch(context: &Context, layer: &Layer, goes_back: bool) -> Decision {
    let mut decision = layers::switch(&context.environment, directory_file(context).as_ref(), layer, goes_back);
    decision.answers.push(messages::switched(context, &decision));
    decision.answers.extend(other_region(context, &decision));
    decision.answers.extend(unknown_region(&decision));
    decision
}

/// Activates the directory profile or the base. The lines are those that the settings want; all for a user who asks to
/// activate the directory profile again.
pub fn follow(context: &Context, event: Event) -> Decision {
    let mut decision = layers::follow(&context.environment, directory_file(context).as_ref(), event);
    let is_asked = event == Event::Reapply;
    let notices = if is_asked { Notices::On } else { context.settings().notices() };
    let is_expired = decision.expired.is_some();
    decision.changes.extend(messages::expired(&decision));
    let line = messages::effect(&decision, context.settings().auto() == Auto::Off);
    let is_ignored = matches!(decision.effect, Effect::Ignored(..) | Effect::Blocked(..));
    let is_printed =
        if is_ignored { decision.is_news && notices != Notices::Off } else { notices == Notices::On && !is_expired };
    match line.filter(|_| is_printed) {
        Some(line) if is_ignored && is_asked => decision.answers.push(line),
        line => decision.changes.extend(line),
    }
    if !is_expired {
        decision.answers.extend(messages::keys_restored(&decision));
    }
    decision
}

/// A switch to `profile` in a child process. It may be a shell where directory profiles are on, so the file counts even
/// if they are off in this one.
pub fn switch_child(context: &Context, profile: &str) -> Decision {
    let layer = Layer { profile: Some(profile.into()), ..Layer::default() };
    layers::switch(&context.environment, applying_file(context).as_ref(), &layer, false)
}

fn directory_file(context: &Context) -> Option<DirectoryFile> {
    if context.settings().auto() == Auto::Off { None } else { applying_file(context) }
}

/// Reads and judges the file that applies to the working directory.
fn applying_file(context: &Context) -> Option<DirectoryFile> {
    let path = directory::find(&paths::working_directory()?)?;
    let remembered = context.environment.state.as_ref().and_then(|state| state.file.as_deref());
    Some(DirectoryFile {
        is_remembered: remembered.is_some_and(|other| other == path || paths::is_same_entry(other, &path)),
        content: directory::open(&path).map_or_else(|_| Vec::new(), |file| file.content),
        profile: directory::judge(context, &path).map_err(|ignored| ignored.to_string()),
        path,
    })
}

/// A region that the user set stays, so a warning says where it is not the profile's own.
fn other_region(context: &Context, decision: &Decision) -> Option<Message> {
    let Layer { profile, region: None, .. } = &decision.state.base else { return None };
    let profile = profile.as_ref()?.to_str()?;
    let own = context.profile_region(profile)?;
    let (name, region) = REGIONS.into_iter().zip(&decision.variables.regions).find_map(|(name, region)| {
        let region = region.as_deref()?.to_string_lossy();
        (region != own).then_some((name, region))
    })?;
    Some(messages::region_differs(name, &region, profile, &own))
}

/// A region may be newer than this program, so an unknown one is set, with a warning.
fn unknown_region(decision: &Decision) -> Option<Message> {
    let region = decision.state.base.region.as_ref()?.to_string_lossy();
    let is_known = aws::REGIONS.contains(&region.as_ref());
    (!is_known).then(|| messages::unknown_region(&region, most_alike(&region, aws::REGIONS)))
}
