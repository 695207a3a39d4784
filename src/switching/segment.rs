//! Renders the segment: what the prompt shows of the active profile.

use crate::aws::Kind;
use crate::context::Context;
use crate::output::{MINUTE, PROTECTED_MARK, duration, wants_colour};
use crate::switching::Decision;

// The numbers between `ESC[` and `m`.
const PROTECTED: &str = "1;31";
const PROBLEM: &str = "33";
const PLAIN: &str = "36";

#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// The profile's name, its region where another one overrides it, `#` if it is protected, `!` where commands would
    /// not run under it, and the time left of `--for`, in whole minutes.
    pub text: String,
    pub colour: &'static str,
    /// When it changes by itself, in seconds since 1970: it counts minutes.
    pub recheck: Option<u64>,
}

impl Segment {
    pub fn new(context: &Context, decision: &Decision) -> Self {
        let minutes = minutes_left(context, decision);
        let recheck = minutes.zip(decision.expires_at()).map(|(left, at)| at - left.saturating_sub(1) * MINUTE);
        let (text, colour) = render(context, decision, minutes);
        Self { text, colour, recheck }
    }
}

fn render(context: &Context, decision: &Decision, minutes: Option<u64>) -> (String, &'static str) {
    let Some(profile) = &decision.variables.profile else {
        return (String::new(), "");
    };
    let name = profile.to_string_lossy();
    let default_profile = decision.variables.default_profile.as_ref();
    let known = profile.to_str().and_then(|name| context.profiles().get(name));
    let replaces_role = || decision.saved_keys.leaves_role(&context.environment);
    let has_other_role = known.is_some_and(|profile| Kind::of(profile) == Kind::WebIdentity) && replaces_role();
    let is_overridden = decision.signing.is_some() || default_profile.is_some_and(|other| other != profile);
    let has_problem = is_overridden || has_other_role || known.is_none();
    let own_region = context.profile_region(&name);
    let region = decision.variables.regions.iter().flatten().find(|region| !region.is_empty());
    let region = region.filter(|region| own_region.as_deref().is_none_or(|own| own != region.as_os_str()));
    let region = region.map(|region| format!("@{}", region.to_string_lossy())).unwrap_or_default();
    let is_protected = context.is_protected(&name);
    let protected = is_protected.then(|| PROTECTED_MARK.to_owned());
    let problem = has_problem.then(|| "!".to_owned());
    let minutes = minutes.map(|left| duration(left * MINUTE));
    let marks: String = [protected, problem, minutes].into_iter().flatten().map(|mark| format!(" {mark}")).collect();
    let colour = match (is_protected, has_problem) {
        _ if !wants_colour() => "",
        (true, _) => PROTECTED,
        (false, true) => PROBLEM,
        (false, false) => PLAIN,
    };
    (format!("(aws:{name}{region}{marks})"), colour)
}

fn minutes_left(context: &Context, decision: &Decision) -> Option<u64> {
    Some(decision.expires_at()?.saturating_sub(context.environment.now).div_ceil(MINUTE))
}
