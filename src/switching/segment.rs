//! Renders the segment: what the prompt shows of the active profile.

use crate::aws::Kind;
use crate::context::Context;
use crate::output::{DAY, HOUR, MINUTE, PROTECTED_MARK, duration, wants_colour};
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
    /// When it changes by itself, in seconds since 1970: it counts minutes, or hours where more than a day is left.
    pub recheck: Option<u64>,
}

impl Segment {
    pub fn new(context: &Context, decision: &Decision) -> Self {
        let left = decision.expires_at().map(|at| at.saturating_sub(context.environment.now));
        let recheck = left.map(|left| context.environment.now + seconds_to_change(left));
        let (text, colour) = render(context, decision, left);
        Self { text, colour, recheck }
    }
}

/// After how many of these seconds [`duration`] shows them as less.
const fn seconds_to_change(left: u64) -> u64 {
    let step = if left > DAY { HOUR } else { MINUTE };
    if left == 0 { 0 } else { (left - 1) % step + 1 }
}

fn render(context: &Context, decision: &Decision, left: Option<u64>) -> (String, &'static str) {
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
    let minutes = left.map(|left| duration(left.div_ceil(MINUTE) * MINUTE));
    let marks: String = [protected, problem, minutes].into_iter().flatten().map(|mark| format!(" {mark}")).collect();
    let colour = match (is_protected, has_problem) {
        _ if !wants_colour() => "",
        (true, _) => PROTECTED,
        (false, true) => PROBLEM,
        (false, false) => PLAIN,
    };
    (format!("(aws:{name}{region}{marks})"), colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_segment_is_asked_for_again_when_its_text_changes() {
        let text = |left: u64| duration(left.div_ceil(MINUTE) * MINUTE);
        for left in [1, 59, 60, 61, 90, HOUR, DAY - 1, DAY, DAY + 1, 2 * DAY, 2 * DAY + 1, 7 * DAY] {
            let until = seconds_to_change(left);
            assert_eq!(text(left - until + 1), text(left), "{left}");
            assert!(left == until || text(left - until) != text(left), "{left}");
        }
        assert_eq!([0, 1, 61, 2 * DAY].map(seconds_to_change), [0, 1, 1, HOUR]);
    }
}
