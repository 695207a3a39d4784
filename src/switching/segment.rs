//! What the prompt shows of the active profile.

use crate::context::Context;
use crate::switching::layers::Transition;

/// How the prompt shows the segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As any other profile.
    Plain,
    /// A protected profile.
    Protected,
    /// Commands would not run under the profile.
    Problem,
}

impl Style {
    /// The word for it in a reply.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Protected => "protected",
            Self::Problem => "problem",
        }
    }
}

/// The text between the prompt's own parts, and its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The text; empty without a profile.
    pub text: String,
    /// The style.
    pub style: Style,
}

impl Segment {
    /// Of the active profile: its name, its region where another one overrides it, `!` where commands would not run
    /// under it, and the minutes that are left of `--for`.
    pub fn new(context: &Context, transition: &Transition) -> Self {
        let Some(profile) = &transition.variables.profile else {
            return Self { text: String::new(), style: Style::Plain };
        };
        let name = profile.to_string_lossy();
        let default_profile = transition.variables.default_profile.as_ref();
        let is_overridden = transition.signing.is_some() || default_profile.is_some_and(|other| other != profile);
        let has_problem = is_overridden || !profile.to_str().is_some_and(|name| context.has_profile(name));
        let region = transition.variables.regions.iter().flatten().find(|region| !region.is_empty());
        let own_region = context.profile_region(&name);
        let region = region.filter(|region| own_region.as_deref().is_none_or(|own| own != region.as_os_str()));
        let region = region.map(|region| format!("@{}", region.to_string_lossy())).unwrap_or_default();
        let mark = if has_problem { " !" } else { "" };
        let minutes = minutes_left(context, transition).map(|left| format!(" {left}m")).unwrap_or_default();
        let style = match (context.settings().protects(&name), has_problem) {
            (true, _) => Style::Protected,
            (false, true) => Style::Problem,
            (false, false) => Style::Plain,
        };
        Self { text: format!("(aws:{name}{region}{mark}{minutes})"), style }
    }
}

/// When the segment changes by itself, in seconds since 1970: it counts minutes.
pub fn recheck(context: &Context, transition: &Transition) -> Option<u64> {
    let left = minutes_left(context, transition)?;
    Some(transition.expires_at()? - left.saturating_sub(1) * 60)
}

fn minutes_left(context: &Context, transition: &Transition) -> Option<u64> {
    Some(transition.expires_at()?.saturating_sub(context.environment.now).div_ceil(60))
}
