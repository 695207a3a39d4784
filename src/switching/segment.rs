//! What the prompt shows of the active profile.

use crate::context::Context;
use crate::output::duration;
use crate::switching::Decision;

const MINUTE: u64 = 60;

/// The text between the prompt's own parts and its style: the profile's name, its region where another one overrides
/// it, `!` where commands would not run under it, and the time that is left of `--for`, in whole minutes.
pub fn segment(context: &Context, decision: &Decision) -> (String, &'static str) {
    let Some(profile) = &decision.variables.profile else {
        return (String::new(), "plain");
    };
    let name = profile.to_string_lossy();
    let default_profile = decision.variables.default_profile.as_ref();
    let is_overridden = decision.signing.is_some() || default_profile.is_some_and(|other| other != profile);
    let has_problem = is_overridden || !profile.to_str().is_some_and(|name| context.has_profile(name));
    let own_region = context.profile_region(&name);
    let region = decision.variables.regions.iter().flatten().find(|region| !region.is_empty());
    let region = region.filter(|region| own_region.as_deref().is_none_or(|own| own != region.as_os_str()));
    let region = region.map(|region| format!("@{}", region.to_string_lossy())).unwrap_or_default();
    let mark = if has_problem { " !" } else { "" };
    let left = minutes_left(context, decision).map(|left| format!(" {}", duration(left * MINUTE))).unwrap_or_default();
    let style = match (context.settings().protects(&name), has_problem) {
        (true, _) => "protected",
        (false, true) => "problem",
        (false, false) => "plain",
    };
    (format!("(aws:{name}{region}{mark}{left})"), style)
}

/// When the segment changes by itself, in seconds since 1970: it counts minutes.
pub fn recheck(context: &Context, decision: &Decision) -> Option<u64> {
    let left = minutes_left(context, decision)?;
    Some(decision.expires_at()? - left.saturating_sub(1) * MINUTE)
}

fn minutes_left(context: &Context, decision: &Decision) -> Option<u64> {
    Some(decision.expires_at()?.saturating_sub(context.environment.now).div_ceil(MINUTE))
}
