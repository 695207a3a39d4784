//! What a switch takes out of the environment, and what `-` brings back. Names alone: the values
//! never leave the shell's own memory. Pure.

use crate::environment::{Environment, KEYS, WEB_IDENTITY};

/// What becomes of the keys that the shell keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They are still those of the choice before.
    Still,
    /// No choice that can be gone back to had them.
    Forgotten,
    /// They come back.
    Returned,
}

/// What is to happen to the variables that win over a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Whether what was kept before is dropped first.
    pub forget: bool,
    /// Each changes places with what is kept of it; either may be nothing.
    pub swap: Vec<&'static str>,
    /// Those that come back.
    pub back: Vec<&'static str>,
}

impl Moves {
    /// A choice: those that win over its profile are kept for the choice before, instead of what was
    /// kept; no profile leaves them where they are.
    pub fn for_choice(environment: &Environment, has_profile: bool, kept: Kept) -> Self {
        let swap = if has_profile { environment.overriding.clone() } else { Vec::new() };
        if swap.is_empty() && kept == Kept::Still {
            return Self::default();
        }
        Self { swap, ..Self::forgetting(environment) }
    }

    /// The last choice again: its own come back, those of the present one are kept.
    pub fn for_last_choice(environment: &Environment, has_profile: bool) -> Self {
        let kept = &environment.kept;
        let takes = has_profile || !kept.is_empty();
        let is_moved = |name: &&'static str| kept.contains(name) || takes && environment.overriding.contains(name);
        let swap = KEYS.into_iter().chain(WEB_IDENTITY).filter(is_moved).collect();
        Self { forget: false, swap, back: kept.clone() }
    }

    /// A time that is up: what was taken out for it comes back, unless there is something in its place.
    pub fn for_end(environment: &Environment) -> Self {
        if environment.overriding.is_empty() {
            Self { forget: false, swap: environment.kept.clone(), back: environment.kept.clone() }
        } else {
            Self::forgetting(environment)
        }
    }

    /// A choice that was made without us: nothing that was kept belongs to the one before it.
    pub fn forgetting(environment: &Environment) -> Self {
        Self { forget: !environment.kept.is_empty(), ..Self::default() }
    }

    /// Those that are taken out.
    pub fn taken_out<'e>(&self, environment: &'e Environment) -> impl Iterator<Item = &'static str> + use<'e, '_> {
        environment.overriding.iter().copied().filter(|name| self.swap.contains(name))
    }

    /// The variable that signs afterwards whatever the profile says, if one does.
    pub fn signing(&self, environment: &Environment) -> Option<&'static str> {
        let [id, secret, ..] = KEYS;
        let [token, role] = WEB_IDENTITY;
        let back = |name| self.back.contains(&name);
        if let Some(key) = [id, secret].into_iter().find(|name| back(name)) {
            return Some(key);
        }
        if back(token) && back(role) {
            return Some(token);
        }
        environment.keys.filter(|key| !self.swap.contains(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(set: &[&str], kept: &str) -> Environment {
        Environment::from(|name| match name {
            "__AWS_SWITCH_KEPT" => Some(kept.into()),
            _ => set.contains(&name).then(|| "x".into()),
        })
    }

    #[test]
    fn a_choice_keeps_what_it_takes_out_and_drops_what_was_kept() {
        let environment = environment(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], "AWS_SESSION_TOKEN");
        let moves = Moves::for_choice(&environment, true, Kept::Still);
        assert!(moves.forget);
        assert_eq!(moves.swap, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
        assert_eq!(moves.signing(&environment), None);
        let none = Moves::for_choice(&environment, false, Kept::Forgotten);
        assert_eq!((none.swap.len(), none.signing(&environment)), (0, Some("AWS_ACCESS_KEY_ID")));
    }

    #[test]
    fn the_last_choice_changes_its_keys_for_those_of_the_present_one() {
        let environment = environment(&["AWS_SESSION_TOKEN"], "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY PATH");
        for has_profile in [true, false] {
            let moves = Moves::for_last_choice(&environment, has_profile);
            assert!(!moves.forget);
            assert_eq!(moves.swap, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]);
            assert_eq!(moves.back, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
            assert_eq!(moves.taken_out(&environment).collect::<Vec<_>>(), ["AWS_SESSION_TOKEN"]);
            assert_eq!(moves.signing(&environment), Some("AWS_ACCESS_KEY_ID"));
        }
    }

    #[test]
    fn no_profile_without_keys_of_its_own_takes_nothing_out() {
        let environment = environment(&["AWS_ACCESS_KEY_ID"], "");
        assert_eq!(Moves::for_last_choice(&environment, false), Moves::default());
    }

    #[test]
    fn a_time_that_is_up_overwrites_no_keys() {
        let kept = "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY";
        assert_eq!(Moves::for_end(&environment(&[], kept)).back.len(), 2);
        let set = environment(&["AWS_ACCESS_KEY_ID"], kept);
        assert_eq!(Moves::for_end(&set), Moves::forgetting(&set));
    }
}
