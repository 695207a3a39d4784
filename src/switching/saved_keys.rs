//! Which variables that override a profile a switch saves, restores or discards, for `-` and `--for`.
//!
//! Names alone: the values never leave the shell's own memory.

use crate::environment::{Environment, MARKERS, SIGNING, WEB_IDENTITY};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedKeys {
    /// Whether all that was saved before is discarded first.
    pub discards: bool,
    /// The variables that are unset and saved.
    pub saves: Vec<&'static str>,
    /// The variables that are set from what was saved.
    pub restores: Vec<&'static str>,
}

impl SavedKeys {
    /// Saves what is set, in place of what was saved.
    pub fn save(environment: &Environment) -> Self {
        Self { saves: environment.overriding.clone(), ..Self::discard(environment) }
    }

    /// Discards what was saved, as nothing can restore it any more.
    pub fn discard(environment: &Environment) -> Self {
        Self { discards: !environment.saved.is_empty(), ..Self::default() }
    }

    /// Goes back to the layer whose keys are saved: restores them, and saves those of the present layer.
    pub fn exchange(environment: &Environment) -> Self {
        Self { discards: false, saves: environment.overriding.clone(), restores: environment.saved.clone() }
    }

    /// Restores what was saved when a `--for` has expired, unless other keys have been set since then.
    pub fn restore(environment: &Environment) -> Self {
        if environment.overriding.iter().all(|name| MARKERS.contains(name)) {
            Self { restores: environment.saved.clone(), ..Self::default() }
        } else {
            Self::discard(environment)
        }
    }

    /// The variables that the shell exchanges with what it has saved of them.
    pub fn swapped(&self) -> impl Iterator<Item = &'static str> {
        let only_restored = self.restores.iter().filter(|name| !self.saves.contains(name));
        self.saves.iter().chain(only_restored).copied()
    }

    /// The variable that signs afterwards whatever the profile is, if one does.
    pub fn signing(&self, environment: &Environment) -> Option<&'static str> {
        let restores = |name: &&str| self.restores.contains(name);
        let remaining = environment.keys.filter(|key| !self.saves.contains(key));
        SIGNING.into_iter().find(restores).or(remaining)
    }

    /// Whether `AWS_ROLE_ARN` is set after the switch.
    pub fn leaves_role(&self, environment: &Environment) -> bool {
        let [_, role] = WEB_IDENTITY;
        self.restores.contains(&role) || environment.overriding.contains(&role) && !self.saves.contains(&role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::overriding_among;

    fn environment(set: &[&str], saved: &str) -> Environment {
        Environment {
            overriding: overriding_among(&set.join(" ")),
            keys: SIGNING.into_iter().find(|name| set.contains(name)),
            saved: overriding_among(saved),
            ..Environment::default()
        }
    }

    #[test]
    fn a_switch_saves_what_it_unsets_and_discards_what_was_saved() {
        let environment = environment(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], "AWS_SESSION_TOKEN");
        let keys = SavedKeys::save(&environment);
        assert!(keys.discards);
        assert_eq!(keys.swapped().collect::<Vec<_>>(), ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
        assert_eq!(keys.signing(&environment), None);
        let none = SavedKeys::discard(&environment);
        assert_eq!((none.swapped().count(), none.signing(&environment)), (0, Some("AWS_ACCESS_KEY_ID")));
    }

    #[test]
    fn going_back_exchanges_the_keys_of_both_layers() {
        let environment = environment(&["AWS_SESSION_TOKEN"], "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY PATH");
        let keys = SavedKeys::exchange(&environment);
        assert!(!keys.discards);
        let swapped: Vec<_> = keys.swapped().collect();
        assert_eq!(swapped, ["AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
        assert_eq!(keys.restores, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
        assert_eq!(keys.saves, ["AWS_SESSION_TOKEN"]);
        assert_eq!(keys.signing(&environment), Some("AWS_ACCESS_KEY_ID"));
    }

    #[test]
    fn an_expired_switch_overwrites_no_keys() {
        let saved = "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY";
        assert_eq!(SavedKeys::restore(&environment(&[], saved)).restores.len(), 2);
        let set = environment(&["AWS_ACCESS_KEY_ID"], saved);
        assert_eq!(SavedKeys::restore(&set), SavedKeys::discard(&set));
    }
}
