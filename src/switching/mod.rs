//! Decides which profile is active, and what a switch changes: variables, saved keys, state and lines to print.

mod layers;
pub mod messages;
mod observation;
pub mod reply;
mod saved_keys;
mod segment;

pub use layers::{Decision, Direction, Effect, has_expired, previous};

use crate::context::Context;
use crate::directory;
use crate::environment::REGIONS;
use crate::output::Message;
use crate::paths;
use crate::protocol::Event;
use crate::settings::{Auto, Notices};
use crate::state::Layer;
use layers::{DirectoryFile, JudgedFile};
use segment::Segment;

/// Switches manually; `problem`: why commands under the layer fail.
pub fn switch(context: &Context, layer: &Layer, direction: Direction, problem: Option<String>) -> Decision {
    let mut decision = layers::switch(&context.environment, directory_file(context).as_ref(), layer, direction);
    let region = decision.state.base.region.as_ref().map(|region| region.to_string_lossy());
    let region =
        region.and_then(|region| messages::unknown_region(&region)).or_else(|| other_region(context, &decision));
    decision.message = Some(messages::join(messages::switched(context, &decision, problem), region));
    decision.segment = Segment::new(context, &decision);
    decision
}

/// Activates the directory profile or the base for a hook, with the line that the settings want.
pub fn activate_layer(context: &Context, event: Event) -> Decision {
    let mut decision = decide(context, event);
    let notices = context.settings().notices();
    let is_printed = match decision.effect {
        Effect::Ignored(..) | Effect::Blocked(..) | Effect::Kept(..) => decision.is_news && notices != Notices::Off,
        _ => notices == Notices::On && decision.expired.is_none(),
    };
    let effect = messages::effect(context, &decision).filter(|_| is_printed);
    decision.message = messages::with_changes_of_base(effect, &decision);
    decision
}

/// Activates the directory profile or the base for a command, which prints one line about both.
pub fn activate_layer_for_command(
    context: &Context,
    event: Event,
    line: impl FnOnce(&Decision) -> Message,
) -> Decision {
    let mut decision = decide(context, event);
    decision.message = messages::with_changes_of_base(Some(line(&decision)), &decision);
    decision
}

fn decide(context: &Context, event: Event) -> Decision {
    let judged = directory_file(context).map(|file| judge(context, file));
    let decision = layers::activate_layer(&context.environment, judged.as_ref(), event);
    Decision { segment: Segment::new(context, &decision), ..decision }
}

/// A switch to a layer in a child process. It may be a shell where directory profiles are on, so the file counts even
/// if they are off in this one.
pub fn switch_child(context: &Context, layer: &Layer) -> Decision {
    layers::switch(&context.environment, applying_file(context).as_ref(), layer, Direction::Forward)
}

fn directory_file(context: &Context) -> Option<DirectoryFile> {
    if context.settings().auto() == Auto::Off { None } else { applying_file(context) }
}

fn applying_file(context: &Context) -> Option<DirectoryFile> {
    let path = directory::find(&paths::working_directory()?)?;
    let remembered = context.environment.state.as_ref().and_then(|state| state.file.as_deref());
    let is_remembered = remembered.is_some_and(|other| other == path || paths::is_same_entry(other, &path));
    Some(DirectoryFile { path, is_remembered })
}

fn judge(context: &Context, file: DirectoryFile) -> JudgedFile {
    let (content, profile) = match directory::open(&file.path) {
        Ok(opened) => {
            let profile = directory::judge(context, &opened);
            (opened.content, profile)
        }
        Err(ignored) => (Vec::new(), Err(ignored)),
    };
    JudgedFile { file, content, profile: profile.map_err(|ignored| ignored.problem.to_string()) }
}

/// A region that the user set stays; a warning reports one that is not the profile's own.
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
