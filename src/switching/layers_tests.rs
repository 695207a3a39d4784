use super::*;
use crate::state::{Deadline, Value};

/// A shell without a shell: its variables, its state and what the last decision was.
#[derive(Default)]
struct Shell {
    environment: Environment,
    last: Option<Decision>,
    /// When the manual switches that are made expire.
    expires_at: Option<u64>,
}

type File<'a> = (&'a str, Result<(&'a str, Option<&'a str>), &'a str>);

const INFRA: File = ("/infra/f", Ok(("infra", None)));
const REGIONAL: File = ("/reg/f", Ok(("reg", Some("eu-west-1"))));
const IGNORED: File = ("/no/f", Err("because"));

impl Shell {
    fn with(profile: &str) -> Self {
        let mut shell = Self::default();
        shell.environment.profile = some(profile);
        shell.ask(Event::Load, None);
        shell
    }

    fn ask(&mut self, event: Event, file: Option<File>) -> &mut Self {
        let decision = activate_layer(&self.environment, self.file(file).as_ref(), event);
        self.take(decision)
    }

    fn file(&self, file: Option<File>) -> Option<JudgedFile> {
        let remembered = self.environment.state.as_ref().and_then(|state| state.file.clone());
        file.map(|(path, profile)| JudgedFile {
            file: DirectoryFile { path: path.into(), is_remembered: remembered == Some(path.into()) },
            content: Vec::new(),
            profile: profile.map_err(str::to_owned).map(|(profile, region)| DirectoryProfile {
                profile: profile.to_owned(),
                region: region.map(str::to_owned),
                ..DirectoryProfile::default()
            }),
        })
    }

    fn at(&mut self, file: Option<File>) -> &mut Self {
        self.ask(Event::Change, file)
    }

    fn switch(&mut self, file: Option<File>, profile: &str, region: &str) -> &mut Self {
        let deadline = self.expires_at.map(|at| Deadline { at, length: at });
        let layer = Layer { profile: some(profile), region: some(region), deadline, ..Layer::default() };
        self.environment.keys = None;
        self.switch_to(&layer, file, Direction::Forward)
    }

    fn switch_to(&mut self, layer: &Layer, file: Option<File>, direction: Direction) -> &mut Self {
        let file = self.file(file).map(|judged| judged.file);
        let decision = switch(&self.environment, file.as_ref(), layer, direction);
        self.take(decision)
    }

    fn take(&mut self, decision: Decision) -> &mut Self {
        self.environment.profile.clone_from(&decision.variables.profile);
        self.environment.default_profile.clone_from(&decision.variables.default_profile);
        self.environment.regions.clone_from(&decision.variables.regions);
        // As it travels through the environment.
        let text = decision.state.encode().unwrap();
        self.environment.state = State::decode(std::ffi::OsStr::new(&text));
        assert_eq!(self.environment.state.as_ref(), Some(&decision.state));
        self.last = Some(decision);
        self
    }

    fn effect(&self) -> Effect {
        self.last.as_ref().unwrap().effect.clone()
    }

    fn expired(&self) -> Value {
        self.last.as_ref().unwrap().expired.clone()?.profile
    }

    fn saved_keys(&self) -> SavedKeys {
        self.last.as_ref().unwrap().saved_keys.clone()
    }

    /// The keys of the layer before are saved.
    fn saves(&mut self, key: &'static str) -> &mut Self {
        self.environment.saved = vec![key];
        self.environment.state.as_mut().unwrap().earlier.last_mut().unwrap().has_saved_keys = true;
        self
    }

    fn previous(&self) -> Value {
        previous(&self.environment).unwrap().profile
    }

    fn back(&mut self) -> &mut Self {
        let layer = previous(&self.environment).unwrap();
        self.switch_to(&layer, None, Direction::Back)
    }

    fn is(&mut self, profile: &str, regions: [&str; 2]) -> &mut Self {
        let environment = &self.environment;
        assert_eq!((&environment.profile, &environment.regions), (&some(profile), &regions.map(some)));
        self
    }

    fn export(&mut self, profile: &str) -> &mut Self {
        self.environment.profile = some(profile);
        self
    }

    /// A tool such as direnv exports `profile`; `changes` is its record of that.
    fn by_tool(&mut self, changes: Option<u64>, profile: &str) -> &mut Self {
        self.environment.tools = changes;
        self.export(profile)
    }

    /// It exports a region.
    fn region_by_tool(&mut self, changes: Option<u64>, region: &str) -> &mut Self {
        (self.environment.tools, self.environment.regions[0]) = (changes, some(region));
        self
    }
}

fn some(value: &str) -> Value {
    (!value.is_empty()).then(|| value.into())
}

const NONE: [&str; 2] = ["", ""];

#[test]
fn a_directory_has_its_profile_and_leaving_restores_the_base() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!(shell.effect(), Effect::Entered("/infra/f".into()));
    shell.at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.at(None).is("base", NONE);
    assert_eq!(shell.effect(), Effect::Left("/infra/f".into()));
    shell.at(None).is("base", NONE);
    assert_eq!(shell.effect(), Effect::None);
}

#[test]
fn leaving_restores_both_region_variables_exactly() {
    let mut shell = Shell::with("base");
    for before in [[None, None], [Some("".into()), None], [Some("a".into()), Some("b".into())]] {
        shell.environment.regions = before.clone();
        shell.at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
        shell.at(None);
        assert_eq!(shell.environment.regions, before);
    }
}

#[test]
fn a_region_that_the_user_changes_inside_stays() {
    let mut shell = Shell::with("base");
    shell.environment.regions = [some("a"), some("b")];
    shell.at(Some(REGIONAL));
    shell.environment.regions[0] = some("mine");
    shell.at(Some(REGIONAL)).is("reg", ["mine", "eu-west-1"]);
    shell.at(None).is("base", ["mine", "b"]);
}

#[test]
fn a_region_that_a_tool_puts_back_is_not_taken_for_the_users_own() {
    for own in ["", "own"] {
        let mut shell = Shell::with("base");
        shell.environment.regions[0] = some(own);
        // The tool changes the region under the file, and on leaving both.
        shell.at(Some(REGIONAL)).region_by_tool(Some(1), "tools").at(Some(REGIONAL)).is("reg", ["tools", "eu-west-1"]);
        shell.region_by_tool(None, "eu-west-1").at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
        shell.region_by_tool(Some(2), "tools").at(Some(REGIONAL)).at(None);
        shell.region_by_tool(None, "eu-west-1").at(None).is("base", [own, ""]);
        // It puts back the user's own once the file's region is set.
        shell.region_by_tool(Some(3), "tools").at(None).at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
        shell.region_by_tool(None, own).at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
        shell.at(None).is("base", [own, ""]);
        // A manual region lasts until the next switch.
        shell.switch(None, "base", "manual").region_by_tool(Some(4), "tools").at(None).at(None);
        shell.is("base", ["tools", "manual"]).region_by_tool(None, "manual").at(None).is("base", ["manual"; 2]);
        shell.switch(None, "other", "").is("other", [own, ""]);
    }
}

#[test]
fn a_tool_that_always_has_a_record_puts_back_a_region_too() {
    for own in ["", "own"] {
        let mut shell = Shell::with("base");
        shell.region_by_tool(Some(1), own).at(None);
        shell.region_by_tool(Some(2), "tools").at(None).is("base", ["tools", ""]);
        shell.at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
        // It leaves its directory after the file's region was set, as mise does in zsh.
        shell.region_by_tool(Some(3), own).at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
        shell.at(None).is("base", [own, ""]);
        // A region of the user's own is none of the tool's.
        shell.environment.regions[0] = some("mine");
        shell.at(None).at(Some(REGIONAL)).at(None).is("base", ["mine", ""]);
    }
}

#[test]
fn a_manual_switch_stays_under_the_same_file_alone() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).switch(Some(REGIONAL), "mine", "").is("mine", NONE);
    shell.at(Some((REGIONAL.0, Ok(("edited", None))))).is("mine", NONE);
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(None).is("mine", NONE);
    shell.at(Some(REGIONAL)).switch(Some(REGIONAL), "", "").is("", NONE);
    shell.ask(Event::Reapply, Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(None).is("", NONE);
}

#[test]
fn an_exported_profile_is_a_manual_switch() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).export("typed").at(Some(REGIONAL)).is("typed", NONE);
    shell.at(None).is("typed", NONE);
    assert_eq!(shell.environment.state.as_ref().unwrap().earlier[0].profile, some("base"));
    shell.export("").at(Some(INFRA)).is("infra", NONE).at(None).is("", NONE);
}

#[test]
fn the_first_profile_exported_in_a_bare_shell_is_a_manual_switch_too() {
    let mut shell = Shell::default();
    shell.export("typed").at(None).is("typed", NONE);
    let state = shell.environment.state.as_ref().unwrap();
    assert!(state.is_base_manual);
    assert_eq!(state.earlier, [Layer::default()]);
}

#[test]
fn while_the_shell_starts_another_profile_is_a_new_base() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).export("rc");
    shell.ask(Event::Load, Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(None).is("rc", NONE);
}

#[test]
fn a_child_inherits_both_layers_and_activates_the_one_where_it_starts() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).ask(Event::Load, Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.ask(Event::Load, None).is("base", NONE);
    shell.at(Some(INFRA)).switch(Some(INFRA), "mine", "").ask(Event::Load, Some(INFRA)).is("mine", NONE);
}

#[test]
fn under_an_ignored_file_the_base_is_active() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).at(Some(IGNORED)).is("base", NONE);
    assert_eq!(shell.effect(), Effect::Ignored("/no/f".into(), "because".into()));
    shell.at(Some((IGNORED.0, Ok(("now", None))))).is("now", NONE);
}

#[test]
fn with_access_keys_nothing_is_switched_until_they_are_unset() {
    let mut shell = Shell::with("base");
    shell.environment.keys = Some("AWS_ACCESS_KEY_ID");
    shell.at(Some(INFRA)).is("base", NONE);
    assert_eq!(shell.effect(), Effect::Blocked("/infra/f".into(), "AWS_ACCESS_KEY_ID"));
    shell.environment.keys = None;
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.environment.keys = Some("AWS_ACCESS_KEY_ID");
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!(shell.effect(), Effect::None);
    let blocked = Effect::Blocked("/infra/f".into(), "AWS_ACCESS_KEY_ID");
    assert_eq!(shell.at(Some((INFRA.0, Ok(("other", None))))).is("infra", NONE).effect(), blocked, "it was edited");
    assert_eq!(shell.ask(Event::Reapply, Some(INFRA)).is("infra", NONE).effect(), blocked, "it was asked for");
    shell.at(None).is("infra", NONE);
    assert_eq!(shell.effect(), Effect::Kept("/infra/f".into(), "AWS_ACCESS_KEY_ID"));
    shell.environment.keys = None;
    shell.at(None).is("base", NONE);
    assert_eq!(shell.effect(), Effect::Left("/infra/f".into()));
}

#[test]
fn while_keys_keep_its_profile_active_a_file_that_is_ignored_and_then_left_is_reported_once() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).environment.keys = Some("AWS_ACCESS_KEY_ID");
    let is_news = |shell: &Shell| shell.last.as_ref().unwrap().is_news;
    assert!(is_news(shell.at(Some((INFRA.0, Err("because")))).is("infra", NONE)));
    assert!(!is_news(shell.at(None).is("infra", NONE)));
    assert!(is_news(shell.at(Some(IGNORED)).is("infra", NONE)), "it is another file");
    shell.environment.keys = None;
    assert!(is_news(shell.at(Some((INFRA.0, Err("because")))).is("base", NONE)), "its profile is active no more");
}

#[test]
fn the_region_option_ends_with_the_next_manual_switch_and_not_with_a_directory() {
    let mut shell = Shell::with("base");
    shell.environment.regions = [some("a"), None];
    shell.switch(None, "mine", "r").is("mine", ["r"; 2]);
    shell.at(Some(INFRA)).is("infra", ["a", ""]);
    shell.at(None).is("mine", ["r"; 2]);
    shell.switch(None, "other", "").is("other", ["a", ""]);
}

#[test]
fn the_default_profile_is_unset_inside_and_restored_outside() {
    let mut shell = Shell::with("base");
    shell.environment.default_profile = some("two");
    shell.at(Some(INFRA));
    assert_eq!(shell.environment.default_profile, None);
    shell.at(None).is("base", NONE);
    assert_eq!(shell.environment.default_profile, some("two"));
}

#[test]
fn the_last_two_manual_switches_swap_and_directories_do_not_count() {
    let mut shell = Shell::with("base");
    shell.switch(None, "one", "").at(Some(INFRA)).switch(Some(INFRA), "two", "");
    assert_eq!(shell.previous(), some("one"));
    shell.switch(Some(INFRA), "two", "");
    assert_eq!(shell.previous(), some("one"), "the same again is no new switch");
}

#[test]
fn saved_keys_stay_until_there_is_another_layer_to_go_back_to() {
    let mut shell = Shell::with("");
    shell.switch(None, "one", "").saves("AWS_SESSION_TOKEN");
    let [untouched, discarded] = [SavedKeys::default(), SavedKeys::discard(&shell.environment)];
    assert!(discarded.discards);
    assert_eq!(shell.at(Some(INFRA)).saved_keys(), untouched);
    assert_eq!(shell.at(None).saved_keys(), untouched);
    assert_eq!(shell.switch(None, "one", "").saved_keys(), untouched, "the same again is no new switch");
    assert_eq!(shell.switch(None, "two", "").saved_keys(), discarded);
    assert_eq!(shell.export("three").at(None).saved_keys(), discarded);
}

#[test]
fn unsetting_access_keys_makes_the_same_profile_a_new_switch() {
    let mut shell = Shell::with("one");
    shell.environment.overriding = vec!["AWS_ACCESS_KEY_ID"];
    shell.switch(None, "one", "");
    assert_eq!(shell.environment.state.unwrap().earlier[0].profile, some("one"));
}

#[test]
fn the_layer_before_may_differ_by_its_deadline_alone_and_swaps_all_the_same() {
    let mut shell = Shell::with("one");
    shell.environment.overriding = vec!["AWS_ACCESS_KEY_ID"];
    shell.switch(None, "one", "");
    shell.environment.overriding = Vec::new();
    shell.expires_at = Some(100);
    shell.switch(None, "one", "");
    for expires_at in [None, Some(100), None] {
        let last = previous(&shell.environment).unwrap();
        assert_eq!((&last.profile, last.deadline.map(|deadline| deadline.at)), (&some("one"), expires_at));
        shell.switch_to(&last, None, Direction::Back);
    }
}

#[test]
fn a_switch_with_a_deadline_expires_and_restores_the_layer_before() {
    let mut shell = Shell::with("base");
    shell.expires_at = Some(100);
    shell.switch(None, "prod", "eu-west-1").is("prod", ["eu-west-1"; 2]);
    shell.environment.now = 99;
    shell.at(None).is("prod", ["eu-west-1"; 2]);
    shell.environment.now = 100;
    shell.at(None).is("base", NONE);
    assert_eq!((shell.expired(), shell.effect()), (some("prod"), Effect::None));
    assert_eq!(previous(&shell.environment), None, "there is no way back to it");
    shell.at(None).is("base", NONE);
    assert_eq!(shell.expired(), None, "it expires once");
}

#[test]
fn after_an_expired_switch_the_way_back_leads_to_the_layer_before_the_active_one() {
    let mut shell = Shell::with("base");
    shell.switch(None, "one", "").switch(None, "two", "").expires_at = Some(100);
    shell.switch(None, "prod", "").expires_at = Some(50);
    shell.switch(None, "short", "").environment.now = 50;
    shell.at(None).is("prod", NONE).environment.now = 100;
    shell.at(None).is("two", NONE).back().is("one", NONE).back().is("two", NONE);
}

#[test]
fn the_way_back_passes_over_a_switch_that_has_expired() {
    let mut shell = Shell::with("base");
    shell.switch(None, "one", "").expires_at = Some(100);
    shell.switch(None, "prod", "").back().is("one", NONE).saves("AWS_SESSION_TOKEN");
    shell.environment.now = 100;
    assert!(shell.at(None).saved_keys().discards, "they are those of the expired one");
    shell.environment.saved = Vec::new();
    shell.back().is("base", NONE);
}

#[test]
fn keys_that_two_expired_switches_leave_are_restored_with_their_own_layer_alone() {
    for (at, are_restored) in [(100, true), (200, false)] {
        let mut shell = Shell::with("base");
        shell.expires_at = Some(200);
        shell.switch(None, "prod", "").expires_at = Some(100);
        shell.switch(None, "short", "").saves("AWS_ACCESS_KEY_ID");
        shell.environment.now = at;
        let keys = shell.at(None).saved_keys();
        assert_eq!((!keys.restores.is_empty(), keys.discards), (are_restored, !are_restored));
    }
}

#[test]
fn keys_outlast_switches_that_expire_and_profiles_that_a_tool_puts_back() {
    let mut shell = Shell::with("base");
    shell.expires_at = Some(200);
    shell.switch(None, "long", "").saves("AWS_ACCESS_KEY_ID").expires_at = Some(100);
    assert_eq!(shell.switch(None, "short", "").saved_keys(), SavedKeys::default());
    shell.environment.now = 200;
    assert_eq!(shell.at(None).is("base", NONE).saved_keys().restores, ["AWS_ACCESS_KEY_ID"]);
    let mut shell = Shell::with("base");
    shell.switch(None, "one", "").saves("AWS_ACCESS_KEY_ID");
    assert_eq!(shell.by_tool(Some(1), "tools").at(None).saved_keys(), SavedKeys::default());
    assert_eq!(shell.by_tool(None, "one").at(None).saved_keys(), SavedKeys::default());
    assert_eq!(shell.back().is("base", NONE).saved_keys().restores, ["AWS_ACCESS_KEY_ID"]);
    // Not once the user has switched beside the tool.
    let mut shell = Shell::with("base");
    shell.switch(None, "one", "").saves("AWS_ACCESS_KEY_ID").by_tool(Some(1), "tools").at(None);
    assert_eq!(shell.back().is("one", NONE).saved_keys(), SavedKeys::default());
    assert!(shell.switch(None, "two", "").saved_keys().discards);
}

#[test]
fn keys_that_are_unset_come_back_with_the_layer_that_had_them() {
    let mut shell = Shell::with("base");
    shell.switch(None, "prod", "").expires_at = Some(200);
    shell.switch(None, "prod", "").environment.overriding = vec!["AWS_ACCESS_KEY_ID"];
    shell.expires_at = Some(100);
    assert_eq!(shell.switch(None, "prod", "").saved_keys().saves, ["AWS_ACCESS_KEY_ID"]);
    (shell.environment.saved, shell.environment.overriding) = (vec!["AWS_ACCESS_KEY_ID"], Vec::new());
    shell.environment.now = 100;
    assert_eq!(shell.at(None).is("prod", NONE).saved_keys().restores, ["AWS_ACCESS_KEY_ID"]);
}

#[test]
fn no_more_layers_are_remembered_than_may_come_back() {
    let mut shell = Shell::with("base");
    let earlier = |shell: &Shell| shell.environment.state.as_ref().unwrap().earlier.len();
    for profile in ["one", "two", "three", "four"] {
        shell.switch(None, profile, "");
    }
    assert_eq!(earlier(&shell), 2);
    for profile in (0..20).map(|number| number.to_string()) {
        shell.expires_at = Some(100);
        shell.switch(None, &profile, "");
    }
    assert_eq!(earlier(&shell), 8);
}

#[test]
fn a_new_deadline_for_the_same_profile_moves_the_deadline_alone() {
    let mut shell = Shell::with("base");
    shell.switch(None, "prod", "").expires_at = Some(100);
    shell.switch(None, "prod", "").expires_at = Some(200);
    shell.switch(None, "prod", "").environment.now = 150;
    shell.at(None).is("prod", NONE).environment.now = 200;
    shell.at(None).is("base", NONE);
}

#[test]
fn with_another_region_the_same_profile_comes_back_without_it() {
    let mut shell = Shell::with("base");
    shell.switch(None, "one", "").expires_at = Some(100);
    shell.switch(None, "one", "us-east-1").is("one", ["us-east-1"; 2]).environment.now = 100;
    shell.at(None).is("one", NONE);
}

#[test]
fn a_clock_that_was_set_back_ends_a_switch() {
    let mut shell = Shell::with("base");
    shell.environment.now = 1000;
    let deadline = Some(Deadline { at: 1100, length: 100 });
    let layer = Layer { profile: some("prod"), deadline, ..Layer::default() };
    shell.switch_to(&layer, None, Direction::Forward).environment.now = 999;
    shell.at(None).is("base", NONE);
    assert_eq!(shell.expired(), some("prod"));
}

#[test]
fn under_a_file_an_expired_switch_activates_the_directory_profile() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).expires_at = Some(100);
    shell.switch(Some(INFRA), "prod", "").at(Some(INFRA)).is("prod", NONE);
    shell.environment.now = 100;
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!(shell.expired(), some("prod"));
    shell.at(None).is("base", NONE);
}

#[test]
fn an_expired_switch_restores_an_earlier_manual_switch_under_the_same_file() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).switch(Some(INFRA), "mine", "").at(Some(INFRA)).expires_at = Some(100);
    shell.switch(Some(INFRA), "prod", "").expires_at = Some(200);
    shell.switch(Some(INFRA), "prod", "").at(Some(INFRA)).environment.now = 200;
    shell.at(Some(INFRA)).is("mine", NONE).at(Some(INFRA)).is("mine", NONE);
    assert_eq!(shell.at(None).is("mine", NONE).at(Some(INFRA)).is("infra", NONE).expired(), None);
    // Not where the directory was left meanwhile, nor where the earlier one has expired too.
    shell.switch(Some(INFRA), "mine", "").expires_at = Some(300);
    shell.switch(Some(INFRA), "prod", "").at(None).at(Some(INFRA)).is("infra", NONE).expires_at = Some(400);
    shell.switch(Some(INFRA), "prod", "").environment.now = 400;
    shell.at(Some(INFRA)).is("infra", NONE).expires_at = Some(500);
    shell.switch(Some(INFRA), "mine", "").expires_at = Some(600);
    shell.switch(Some(INFRA), "prod", "").environment.now = 600;
    shell.at(Some(INFRA)).is("infra", NONE);
}

#[test]
fn each_of_several_expired_switches_under_one_file_restores_the_one_before() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).switch(Some(INFRA), "a", "").expires_at = Some(200);
    shell.switch(Some(INFRA), "b", "").expires_at = Some(100);
    shell.switch(Some(INFRA), "c", "").environment.now = 100;
    shell.at(Some(INFRA)).is("b", NONE).environment.now = 200;
    shell.at(Some(INFRA)).is("a", NONE).at(None).at(Some(INFRA)).is("infra", NONE);
}

#[test]
fn a_switch_that_expires_while_a_directory_profile_is_active_expires_silently() {
    let mut shell = Shell::with("base");
    shell.expires_at = Some(100);
    shell.switch(None, "prod", "").at(Some(INFRA)).is("infra", NONE).saves("AWS_SESSION_TOKEN");
    shell.environment.now = 100;
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!((shell.expired(), shell.saved_keys()), (None, SavedKeys::default()));
    shell.at(None).is("base", NONE);
    assert_eq!(shell.saved_keys().restores, ["AWS_SESSION_TOKEN"]);
}

#[test]
fn access_keys_do_not_keep_a_switch_from_expiring() {
    let mut shell = Shell::with("base");
    shell.expires_at = Some(100);
    shell.switch(None, "prod", "").environment.keys = Some("AWS_ACCESS_KEY_ID");
    shell.environment.now = 100;
    shell.at(Some(INFRA)).is("base", NONE);
    assert_eq!(shell.expired(), some("prod"));
}

#[test]
fn a_profile_exported_meanwhile_does_not_expire() {
    let mut shell = Shell::with("base");
    shell.expires_at = Some(100);
    shell.switch(None, "prod", "").export("other").at(None).environment.now = 100;
    shell.at(None).is("other", NONE);
    assert_eq!(shell.expired(), None);
}

#[test]
fn what_a_tool_puts_back_is_the_base_of_before_and_never_a_directory_profile() {
    // A tool that found a directory profile puts it back after the directory was left.
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.by_tool(Some(1), "tool").at(Some(INFRA)).is("tool", NONE);
    shell.at(None).is("tool", NONE);
    shell.by_tool(None, "infra").at(None).is("base", NONE);
    assert_eq!(shell.effect(), Effect::None);
    // A profile that the tool puts back under another file does not override that file.
    shell.by_tool(Some(2), "tool").at(None).is("tool", NONE);
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.by_tool(None, "base").at(Some(INFRA)).is("infra", NONE);
    shell.at(None).is("base", NONE);
    // A manual switch in between stays.
    shell.at(Some(INFRA)).by_tool(Some(3), "tool").at(Some(INFRA));
    shell.switch(Some(INFRA), "manual", "").at(None);
    shell.by_tool(None, "infra").at(None).is("manual", NONE);
    // Anybody else who exports the same value has switched manually.
    shell.at(Some(INFRA)).by_tool(Some(4), "tool").at(Some(INFRA));
    shell.by_tool(None, "other").at(None).is("other", NONE);
    shell.export("infra").at(None).is("infra", NONE);
    // `-` goes back past what the tool did.
    let mut shell = Shell::with("base");
    shell.switch(None, "work", "").by_tool(Some(1), "tool").at(None).by_tool(None, "work").at(None).is("work", NONE);
    assert_eq!(shell.environment.state.as_ref().unwrap().earlier.last().unwrap().profile, some("base"));
}

#[test]
fn no_end_of_a_for_and_no_way_back_leads_to_what_a_tool_has_set_and_put_back() {
    for expires in [true, false] {
        let mut shell = Shell::with("base");
        shell.switch(None, "work", "").by_tool(Some(1), "tools").at(None).is("tools", NONE);
        shell.expires_at = Some(100).filter(|_| expires);
        shell.switch(None, "dev", "").is("dev", NONE);
        // The tool puts back what it had found, over the switch.
        shell.by_tool(None, "work").at(None).is("dev", NONE);
        if expires {
            shell.environment.now = 100;
            shell.at(None).is("work", NONE);
        } else {
            shell.back().is("work", NONE);
        }
    }
}

#[test]
fn the_way_back_leads_to_what_a_tool_has_left_behind() {
    let mut shell = Shell::with("base");
    shell.by_tool(Some(1), "tools").at(None).by_tool(None, "tools").at(None).is("tools", NONE);
    shell.switch(None, "dev", "").at(None).back().is("tools", NONE);
}

#[test]
fn a_tool_may_export_its_profile_once_more() {
    // Over a directory profile, as mise does: it still puts back the base from before.
    let mut shell = Shell::with("base");
    shell.by_tool(Some(1), "tool").at(None).at(Some(INFRA)).is("infra", NONE);
    shell.export("tool").at(Some(INFRA)).by_tool(Some(2), "base").at(None).is("base", NONE);
    assert_eq!(shell.environment.state.as_ref().unwrap().base.profile, some("base"));
    // A manual switch in between is the base to go back to.
    shell.by_tool(Some(3), "tool").at(None).export("typed").at(None);
    shell.by_tool(Some(4), "base").at(None).is("typed", NONE);
    // A second profile of the tool's own changes nothing of what it found.
    shell.by_tool(Some(5), "tool").at(None).by_tool(Some(6), "second").at(None).is("second", NONE);
    shell.by_tool(Some(7), "typed").at(None).is("typed", NONE);
    shell.switch(None, "other", "").at(None).is("other", NONE);
    assert_eq!(shell.environment.state.as_ref().unwrap().earlier.last().unwrap().profile, some("typed"));
}

#[test]
fn a_tool_may_change_a_region_twice_and_the_user_in_between() {
    let mut shell = Shell::with("base");
    shell.environment.tools = Some(1);
    shell.environment.regions[0] = some("own");
    shell.at(None).at(Some(REGIONAL)).region_by_tool(Some(2), "tools").at(Some(REGIONAL));
    shell.region_by_tool(Some(3), "more").at(Some(REGIONAL)).is("reg", ["more", "eu-west-1"]);
    shell.region_by_tool(Some(4), "eu-west-1").at(Some(REGIONAL)).at(None).is("base", ["own", ""]);
    // A region that the user sets is not put back.
    shell.at(Some(REGIONAL)).environment.regions[0] = some("mine");
    shell.at(Some(REGIONAL)).is("reg", ["mine", "eu-west-1"]);
    shell.region_by_tool(Some(5), "eu-west-1").at(Some(REGIONAL)).at(None).is("base", ["mine", ""]);
    // Both variables are the user's own once one of a manual region is changed.
    shell.switch(None, "base", "manual").environment.regions[0] = some("typed");
    shell.at(None).is("base", ["typed", "manual"]).switch(None, "base", "").is("base", ["typed", "manual"]);
}

#[test]
fn a_variable_is_set_or_unset_where_it_changes_and_another_process_gets_all() {
    let environment = Environment { default_profile: some("a"), regions: [some("r1"), None], ..Environment::default() };
    let decide = |profile: &str| {
        let layer = Layer { profile: some(profile), ..Layer::default() };
        let decision = switch(&environment, None, &layer, Direction::Forward);
        let changes = decision.changes(&environment).filter(|(.., is_changed)| *is_changed);
        (changes.map(|(name, value, _)| (name, value)).collect(), decision.child_variables(&environment).collect())
    };
    let (changes, of_child): (Vec<_>, Vec<_>) = decide("b");
    assert_eq!(changes, [("AWS_PROFILE", some("b")), ("AWS_DEFAULT_PROFILE", None)]);
    assert_eq!(of_child[..3], [changes[0].clone(), changes[1].clone(), ("AWS_REGION", some("r1"))]);
    assert_eq!(of_child[3..], overriding().map(|name| (name, None)).collect::<Vec<_>>());
    // It may be set and empty.
    assert_eq!(decide("").0, [("AWS_PROFILE", None), ("AWS_DEFAULT_PROFILE", None)]);
}
