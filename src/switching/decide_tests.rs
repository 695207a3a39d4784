use super::*;

/// A shell without a shell: its variables and its state, and the files there are.
#[derive(Default)]
struct Shell {
    environment: Environment,
    told: Option<Told>,
    ended: Option<OsString>,
    kept: Option<Kept>,
    /// The end of the choices that are made.
    until: Option<u64>,
}

const INFRA: (&str, Result<(&str, Option<&str>), &str>) = ("/infra/f", Ok(("infra", None)));
const REGIONAL: (&str, Result<(&str, Option<&str>), &str>) = ("/reg/f", Ok(("reg", Some("eu-west-1"))));
const REFUSED: (&str, Result<(&str, Option<&str>), &str>) = ("/no/f", Err("because"));

type File<'a> = (&'a str, Result<(&'a str, Option<&'a str>), &'a str>);

impl Shell {
    fn with(profile: &str) -> Self {
        let mut shell = Self::default();
        shell.environment.profile = some(profile);
        shell.ask(Event::Load, None);
        shell
    }

    fn ask(&mut self, event: Event, governing: Option<File>) -> &mut Self {
        let path = governing.map(|(path, _)| Path::new(path));
        let judge = |_: &Path| match governing.unwrap().1 {
            Ok((profile, region)) => {
                Ok(DirectoryProfile { profile: profile.to_owned(), region: region.map(str::to_owned) })
            }
            Err(why) => Err(why.to_owned()),
        };
        let outcome = follow(&self.environment, event, path, |_, _| false, judge);
        self.take(outcome)
    }

    fn at(&mut self, governing: Option<File>) -> &mut Self {
        self.ask(Event::Change, governing)
    }

    fn choose(&mut self, governing: Option<File>, profile: &str, region: &str) -> &mut Self {
        let choice = Choice { profile: some(profile), region: some(region), until: self.until, ..Choice::default() };
        self.environment.keys = None;
        let outcome = choose(&self.environment, governing.map(|(path, _)| path.into()), choice, false);
        self.take(outcome)
    }

    fn take(&mut self, outcome: Outcome) -> &mut Self {
        self.environment.profile = outcome.after.profile;
        self.environment.default_profile = outcome.after.default_profile;
        self.environment.regions = outcome.after.regions;
        // As it travels through the environment.
        let text = outcome.state.encode();
        self.environment.state = State::decode(std::ffi::OsStr::new(&text));
        assert_eq!(self.environment.state.as_ref(), Some(&outcome.state));
        self.told = Some(outcome.told);
        self.ended = outcome.ended;
        self.kept = Some(outcome.kept);
        self
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
}

fn some(value: &str) -> Option<OsString> {
    (!value.is_empty()).then(|| value.into())
}

const NONE: [&str; 2] = ["", ""];

#[test]
fn a_folder_has_its_profile_and_leaving_brings_the_base_back() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!(shell.told, Some(Told::Entered("/infra/f".into())));
    shell.at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.at(None).is("base", NONE);
    assert_eq!(shell.told, Some(Told::Left("/infra/f".into())));
    shell.at(None).is("base", NONE);
    assert_eq!(shell.told, Some(Told::Nothing));
}

#[test]
fn both_region_variables_come_back_exactly() {
    let mut shell = Shell::with("base");
    for before in [[None, None], [Some("".into()), None], [Some("a".into()), Some("b".into())]] {
        shell.environment.regions = before.clone();
        shell.at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
        shell.at(None);
        assert_eq!(shell.environment.regions, before);
    }
}

#[test]
fn a_region_changed_by_hand_inside_is_the_users() {
    let mut shell = Shell::with("base");
    shell.environment.regions = [some("a"), some("b")];
    shell.at(Some(REGIONAL));
    shell.environment.regions[0] = some("mine");
    shell.at(Some(REGIONAL)).is("reg", ["mine", "eu-west-1"]);
    shell.at(None).is("base", ["mine", "b"]);
}

#[test]
fn a_choice_by_hand_stands_under_the_same_file_alone() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).choose(Some(REGIONAL), "mine", "").is("mine", NONE);
    shell.at(Some((REGIONAL.0, Ok(("edited", None))))).is("mine", NONE);
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.at(Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(None).is("mine", NONE);
    shell.at(Some(REGIONAL)).choose(Some(REGIONAL), "", "").is("", NONE);
    shell.ask(Event::Reapply, Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(None).is("", NONE);
}

#[test]
fn a_profile_typed_by_hand_is_a_choice_by_hand() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).export("typed").at(Some(REGIONAL)).is("typed", NONE);
    shell.at(None).is("typed", NONE);
    assert_eq!(shell.environment.state.as_ref().unwrap().previous.as_ref().unwrap().profile, some("base"));
    shell.export("").at(Some(INFRA)).is("infra", NONE).at(None).is("", NONE);
}

#[test]
fn the_first_profile_typed_in_a_bare_shell_is_by_hand_too() {
    let mut shell = Shell::default();
    shell.export("typed").at(None).is("typed", NONE);
    let state = shell.environment.state.as_ref().unwrap();
    assert!(state.by_hand);
    assert_eq!(state.previous, Some(Choice::default()));
}

#[test]
fn while_the_shell_starts_another_profile_is_a_new_base() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).export("rc");
    shell.ask(Event::Load, Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.at(None).is("rc", NONE);
}

#[test]
fn a_child_keeps_the_layers_and_settles_where_it_starts() {
    let mut shell = Shell::with("base");
    shell.at(Some(REGIONAL)).ask(Event::Load, Some(REGIONAL)).is("reg", ["eu-west-1"; 2]);
    shell.ask(Event::Load, None).is("base", NONE);
    shell.at(Some(INFRA)).choose(Some(INFRA), "mine", "").ask(Event::Load, Some(INFRA)).is("mine", NONE);
}

#[test]
fn a_refused_file_puts_the_base_in_force() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).at(Some(REFUSED)).is("base", NONE);
    assert_eq!(shell.told, Some(Told::Refused("/no/f".into(), "because".into())));
    shell.at(Some((REFUSED.0, Ok(("now", None))))).is("now", NONE);
}

#[test]
fn with_keys_nothing_is_switched_until_they_are_gone() {
    let mut shell = Shell::with("base");
    shell.environment.keys = Some("AWS_ACCESS_KEY_ID");
    shell.at(Some(INFRA)).is("base", NONE);
    assert_eq!(shell.told, Some(Told::Blocked("/infra/f".into(), "AWS_ACCESS_KEY_ID")));
    shell.environment.keys = None;
    shell.at(Some(INFRA)).is("infra", NONE);
    shell.environment.keys = Some("AWS_ACCESS_KEY_ID");
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!(shell.told, Some(Told::Nothing));
    shell.at(None).is("infra", NONE);
    assert_eq!(shell.told, Some(Told::Blocked("/infra/f".into(), "AWS_ACCESS_KEY_ID")));
    shell.environment.keys = None;
    shell.at(None).is("base", NONE);
}

#[test]
fn a_region_chosen_by_hand_ends_with_the_next_switch_and_not_with_a_folder() {
    let mut shell = Shell::with("base");
    shell.environment.regions = [some("a"), None];
    shell.choose(None, "mine", "r").is("mine", ["r"; 2]);
    shell.at(Some(INFRA)).is("infra", ["a", ""]);
    shell.at(None).is("mine", ["r"; 2]);
    shell.choose(None, "other", "").is("other", ["a", ""]);
}

#[test]
fn the_default_profile_is_set_aside_and_comes_back() {
    let mut shell = Shell::with("base");
    shell.environment.default_profile = some("two");
    shell.at(Some(INFRA));
    assert_eq!(shell.environment.default_profile, None);
    shell.at(None).is("base", NONE);
    assert_eq!(shell.environment.default_profile, some("two"));
}

#[test]
fn the_last_two_choices_swap_and_folders_do_not_count() {
    let mut shell = Shell::with("base");
    shell.choose(None, "one", "").at(Some(INFRA)).choose(Some(INFRA), "two", "");
    let previous = |shell: &Shell| settle(&shell.environment, false).state.previous.unwrap().profile;
    assert_eq!(previous(&shell), some("one"));
    shell.choose(Some(INFRA), "two", "");
    assert_eq!(previous(&shell), some("one"), "the same again is no new choice");
}

#[test]
fn the_keys_of_the_choice_before_stay_until_there_is_another() {
    let mut shell = Shell::with("");
    let kept = |shell: &mut Shell| shell.kept.unwrap();
    assert_eq!(kept(shell.choose(None, "one", "")), Kept::Still);
    assert_eq!(kept(shell.at(Some(INFRA))), Kept::Still);
    assert_eq!(kept(shell.at(None)), Kept::Still);
    assert_eq!(kept(shell.choose(None, "one", "")), Kept::Still, "the same again is no new choice");
    assert_eq!(kept(shell.choose(None, "two", "")), Kept::Forgotten);
    assert_eq!(kept(shell.export("three").at(None)), Kept::Forgotten);
}

#[test]
fn the_same_without_the_keys_that_were_there_is_another_choice() {
    let mut shell = Shell::with("one");
    shell.environment.overriding = vec!["AWS_ACCESS_KEY_ID"];
    shell.choose(None, "one", "");
    assert_eq!(shell.environment.state.unwrap().previous.unwrap().profile, some("one"));
}

#[test]
fn the_choice_before_may_differ_by_its_end_alone_and_swaps_all_the_same() {
    let mut shell = Shell::with("one");
    shell.environment.overriding = vec!["AWS_ACCESS_KEY_ID"];
    shell.choose(None, "one", "");
    shell.environment.overriding = Vec::new();
    shell.until = Some(100);
    shell.choose(None, "one", "");
    for until in [None, Some(100), None] {
        let last = shell.environment.state.clone().unwrap().previous.unwrap();
        assert_eq!((&last.profile, last.until), (&some("one"), until));
        let outcome = choose(&shell.environment, None, last, true);
        shell.take(outcome);
    }
}

#[test]
fn a_choice_with_a_time_ends_and_brings_back_the_one_before() {
    let mut shell = Shell::with("base");
    shell.until = Some(100);
    shell.choose(None, "prod", "eu-west-1").is("prod", ["eu-west-1"; 2]);
    shell.environment.now = 99;
    shell.at(None).is("prod", ["eu-west-1"; 2]);
    shell.environment.now = 100;
    shell.at(None).is("base", NONE);
    assert_eq!((shell.ended.clone(), &shell.told), (some("prod"), &Some(Told::Nothing)));
    assert!(shell.environment.state.as_ref().unwrap().previous.is_none(), "there is no way back to it");
    shell.at(None).is("base", NONE);
    assert_eq!(shell.ended, None, "it ends once");
}

#[test]
fn another_end_for_the_same_profile_moves_the_end_alone() {
    let mut shell = Shell::with("base");
    shell.choose(None, "prod", "").until = Some(100);
    shell.choose(None, "prod", "").until = Some(200);
    shell.choose(None, "prod", "").environment.now = 150;
    shell.at(None).is("prod", NONE).environment.now = 200;
    shell.at(None).is("base", NONE);
}

#[test]
fn under_a_file_a_time_that_is_up_puts_the_file_in_force() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).until = Some(100);
    shell.choose(Some(INFRA), "prod", "").at(Some(INFRA)).is("prod", NONE);
    shell.environment.now = 100;
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!(shell.ended, some("prod"));
    shell.at(None).is("base", NONE);
}

#[test]
fn a_time_that_is_up_puts_a_choice_by_hand_in_force_that_stood_there_before() {
    let mut shell = Shell::with("base");
    shell.at(Some(INFRA)).choose(Some(INFRA), "mine", "").at(Some(INFRA)).until = Some(100);
    shell.choose(Some(INFRA), "prod", "").until = Some(200);
    shell.choose(Some(INFRA), "prod", "").at(Some(INFRA)).environment.now = 200;
    shell.at(Some(INFRA)).is("mine", NONE).at(Some(INFRA)).is("mine", NONE);
    assert_eq!(shell.at(None).is("mine", NONE).at(Some(INFRA)).is("infra", NONE).ended, None);
    // It does not where it was left meanwhile, nor where its own time is up.
    shell.choose(Some(INFRA), "mine", "").until = Some(300);
    shell.choose(Some(INFRA), "prod", "").at(None).at(Some(INFRA)).is("infra", NONE).until = Some(400);
    shell.choose(Some(INFRA), "prod", "").environment.now = 400;
    shell.at(Some(INFRA)).is("infra", NONE).until = Some(500);
    shell.choose(Some(INFRA), "mine", "").until = Some(600);
    shell.choose(Some(INFRA), "prod", "").environment.now = 600;
    shell.at(Some(INFRA)).is("infra", NONE);
}

#[test]
fn a_time_that_is_up_elsewhere_ends_in_silence() {
    let mut shell = Shell::with("base");
    shell.until = Some(100);
    shell.choose(None, "prod", "").at(Some(INFRA)).is("infra", NONE);
    shell.environment.now = 100;
    shell.at(Some(INFRA)).is("infra", NONE);
    assert_eq!((&shell.ended, shell.kept), (&None, Some(Kept::Still)));
    shell.at(None).is("base", NONE);
    assert_eq!(shell.kept, Some(Kept::Returned));
}

#[test]
fn keys_do_not_keep_a_time_from_ending() {
    let mut shell = Shell::with("base");
    shell.until = Some(100);
    shell.choose(None, "prod", "").environment.keys = Some("AWS_ACCESS_KEY_ID");
    shell.environment.now = 100;
    shell.at(Some(INFRA)).is("base", NONE);
    assert_eq!(shell.ended, some("prod"));
}

#[test]
fn what_was_set_by_hand_meanwhile_does_not_end() {
    let mut shell = Shell::with("base");
    shell.until = Some(100);
    shell.choose(None, "prod", "").export("other").at(None).environment.now = 100;
    shell.at(None).is("other", NONE);
    assert_eq!(shell.ended, None);
}
