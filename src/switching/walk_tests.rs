//! Walks made up at random, against the rules of docs/folders.md told a second time, in other words.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::switching::saved_keys::Moves;

type Name = Option<&'static str>;
type Layers = Option<(&'static str, Name)>;

const KEY: &str = "AWS_ACCESS_KEY_ID";
/// What files say; the last one is refused.
const LAYERS: [Layers; 4] = [Some(("fa", None)), Some(("fb", Some("r1"))), Some(("a", Some("r2"))), None];

#[derive(Clone, Debug)]
enum Step {
    Go(usize),
    Write(usize, Layers),
    Choose(Name, Name, Option<u64>),
    Last,
    Export(Name),
    ExportRegion(usize, Name),
    ExportDefault(Name),
    Keys(bool),
    Wait,
    Auto,
    Child,
}

fn step() -> impl Strategy<Value = Step> {
    let name = || option::of(select(&["a", "b", "c"][..]));
    let region = || option::of(select(&["r1", "r2"][..]));
    prop_oneof![
        6 => (0_usize..5).prop_map(Step::Go),
        2 => (1_usize..5, select(&LAYERS[..])).prop_map(|(file, layer)| Step::Write(file, layer)),
        4 => (name(), region(), option::of(1_u64..4)).prop_map(|(name, region, time)| match name {
            None => Step::Choose(None, None, None),
            name => Step::Choose(name, region, time),
        }),
        2 => Just(Step::Last),
        2 => name().prop_map(Step::Export),
        1 => (0_usize..2, region()).prop_map(|(which, region)| Step::ExportRegion(which, region)),
        1 => name().prop_map(Step::ExportDefault),
        2 => any::<bool>().prop_map(Step::Keys),
        2 => Just(Step::Wait),
        1 => Just(Step::Auto),
        1 => Just(Step::Child),
    ]
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Base {
    profile: Name,
    default: Name,
    region: Name,
    until: Option<u64>,
}

/// The variables, whether there are keys, and whether the shell keeps some.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Seen {
    profile: Name,
    default: Name,
    regions: [Name; 2],
    keys: bool,
    kept: bool,
}

#[derive(Clone, Debug, Default)]
struct Model {
    seen: Seen,
    /// The profile as it was left.
    left: Name,
    base: Base,
    previous: Option<Base>,
    /// Where a choice by hand stands, and whether over another one.
    hand: Option<usize>,
    over: bool,
    /// The file that is in force.
    directory: Option<(usize, Layers)>,
    /// The file that governed when something was decided last.
    decided: usize,
    /// The region that was put into both variables, and the user's own beneath.
    region: Name,
    ground: [Name; 2],
    now: u64,
    place: usize,
    files: [Layers; 5],
}

impl Model {
    fn is_over(&self, base: &Base) -> bool {
        base.until.is_some_and(|end| end <= self.now)
    }

    fn take_in_exports(&mut self, loading: bool) -> bool {
        if let Some(region) = self.region {
            let is_changed = |(_, now): &(usize, Name)| *now != Some(region);
            let changed: Vec<_> = self.seen.regions.into_iter().enumerate().filter(is_changed).collect();
            for (which, now) in &changed {
                self.ground[*which] = *now;
            }
            if !changed.is_empty() && self.directory.is_none() {
                (self.region, self.ground, self.base.region) = (None, [None; 2], None);
            }
        }
        let replaced = self.seen.profile != self.left;
        if replaced {
            self.previous = Some(self.base).filter(|_| !loading);
            self.hand = Some(self.decided).filter(|_| !loading);
            (self.base, self.over, self.directory, self.seen.kept) = (Base::default(), false, None, false);
            self.left = self.seen.profile;
        }
        if self.directory.is_none() {
            (self.base.profile, self.base.default) = (self.seen.profile, self.seen.default);
        } else if self.seen.default.is_some() {
            self.base.default = self.seen.default;
        }
        replaced
    }

    fn end(&mut self) -> bool {
        if !self.is_over(&self.base) {
            return false;
        }
        let earlier = self.previous.take().filter(|base| !self.is_over(base));
        self.base = earlier.unwrap_or_default();
        if self.directory.is_some() {
            return false;
        }
        self.hand = self.hand.filter(|_| self.over && earlier.is_some());
        self.over = false;
        true
    }

    fn put(&mut self, base: Base, force: bool) {
        if self.region != base.region || force {
            if self.region.is_none() {
                self.ground = self.seen.regions;
            }
            self.seen.regions =
                base.region.map_or_else(|| std::mem::take(&mut self.ground), |region| [Some(region); 2]);
            self.region = base.region;
        }
        (self.seen.profile, self.seen.default, self.left) = (base.profile, base.default, base.profile);
    }

    fn ask(&mut self, event: Event) {
        let replaced = self.take_in_exports(event == Event::Load);
        let ended = self.end();
        self.hand = self.hand.filter(|place| *place == self.place && event != Event::Reapply);
        let signing = self.seen.keys || ended && self.seen.kept;
        if !signing || self.directory.is_none() {
            self.decided = self.place;
        }
        match self.files[self.place].filter(|_| self.hand.is_none()) {
            _ if signing && ended => self.put(self.base, false),
            _ if signing => {}
            Some((profile, region)) => {
                let entered = Some((self.place, Some((profile, region))));
                if self.directory != entered || event == Event::Reapply {
                    self.put(Base { profile: Some(profile), region, ..Base::default() }, true);
                }
                self.directory = entered;
            }
            None => {
                let was = self.directory.take();
                if was.is_some() || ended || replaced || self.region != self.base.region {
                    self.put(self.base, false);
                }
            }
        }
        if self.seen.kept && self.directory.is_none() && self.previous.is_none() {
            (self.seen.keys, self.seen.kept) = (true, false);
        }
    }

    /// Whether there was such a choice.
    fn choose(&mut self, choice: Option<Base>) -> bool {
        let is_last = choice.is_none();
        let replaced = self.take_in_exports(false);
        self.end();
        let Some(choice) = choice.or(self.previous).filter(|choice| !is_last || !self.is_over(choice)) else {
            return false;
        };
        let (has_previous, has_profile) = (self.previous.is_some(), choice.profile.is_some());
        let Seen { keys, kept, .. } = self.seen;
        let moves_end = self.base.profile == choice.profile && choice.until.is_some();
        let is_same = Base { until: choice.until, ..self.base } == choice;
        let is_new = match (is_last, keys && has_profile) {
            (true, _) => true,
            (_, true) => !(moves_end && has_previous),
            _ => !moves_end && !is_same,
        };
        let is_of_previous = if is_last { !replaced } else { !(is_new && has_previous) };
        (self.seen.keys, self.seen.kept) = match (is_last && is_of_previous, keys && has_profile) {
            (true, _) if kept => (true, keys),
            (_, true) => (false, true),
            _ => (keys, kept && is_of_previous),
        };
        self.over = self.hand == Some(self.place) && (is_new || self.over);
        if is_new {
            self.previous = Some(self.base);
        }
        self.put(choice, true);
        (self.base, self.directory, self.hand, self.decided) = (choice, None, Some(self.place), self.place);
        true
    }
}

/// The shell that is asked about, which has its state from question to question alone.
#[derive(Default)]
struct Shell {
    environment: Environment,
}

impl Shell {
    fn set(&mut self, seen: Seen, now: u64) {
        let name = |name: Name| name.map(OsString::from);
        let there = |is_there: bool| if is_there { vec![KEY] } else { Vec::new() };
        self.environment = Environment {
            profile: name(seen.profile),
            default_profile: name(seen.default),
            regions: seen.regions.map(name),
            keys: seen.keys.then_some(KEY),
            overriding: there(seen.keys),
            kept: there(seen.kept),
            now,
            state: self.environment.state.take(),
        };
    }

    fn take(&mut self, outcome: Outcome, moves: &Moves) {
        let environment = &mut self.environment;
        let Variables { profile, default_profile, regions } = outcome.after;
        (environment.profile, environment.default_profile, environment.regions) = (profile, default_profile, regions);
        environment.state = State::decode(outcome.state.encode().as_ref());
        assert_eq!(environment.state.as_ref(), Some(&outcome.state));
        if moves.forget {
            environment.kept.clear();
        }
        if moves.swap.contains(&KEY) {
            std::mem::swap(&mut environment.kept, &mut environment.overriding);
        }
    }

    fn ask(&mut self, model: &Model, event: Event) {
        let layer = model.files[model.place];
        let judge = |_: &Path| match layer {
            Some((profile, region)) => {
                Ok(DirectoryProfile { profile: profile.to_owned(), region: region.map(str::to_owned) })
            }
            None => Err("refused".to_owned()),
        };
        let outcome = follow(&self.environment, event, governing(model.place).as_deref(), |_, _| false, judge);
        let moves = match outcome.kept {
            Kept::Still => Moves::default(),
            Kept::Forgotten => Moves::forgetting(&self.environment),
            Kept::Returned => Moves::for_end(&self.environment),
        };
        self.take(outcome, &moves);
    }

    fn choose(&mut self, model: &Model, choice: Option<Base>) {
        let is_last = choice.is_none();
        let name = |name: Name| name.map(OsString::from);
        let choice = choice.map(|base| Choice {
            profile: name(base.profile),
            region: name(base.region),
            until: base.until,
            ..Choice::default()
        });
        let choice = choice.or_else(|| settle(&self.environment, false).state.previous).unwrap();
        let has_profile = choice.profile.is_some();
        let outcome = choose(&self.environment, governing(model.place), choice, is_last);
        let moves = match outcome.kept {
            Kept::Still if is_last => Moves::for_last_choice(&self.environment, has_profile),
            kept => Moves::for_choice(&self.environment, has_profile, kept),
        };
        self.take(outcome, &moves);
    }

    fn is(&self, seen: Seen) {
        let mut wanted = Self::default();
        wanted.set(seen, 0);
        let all = |shell: &Self| {
            (Variables::of(&shell.environment), shell.environment.overriding.clone(), shell.environment.kept.clone())
        };
        assert_eq!(all(self), all(&wanted));
    }
}

fn governing(place: usize) -> Option<PathBuf> {
    (place > 0).then(|| format!("/{place}/.awsprofile").into())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_stands_after_each_step_of_a_walk(steps in vec((step(), any::<bool>()), 1..40)) {
        let mut model = Model { files: [None, LAYERS[0], LAYERS[1], LAYERS[2], LAYERS[3]], ..Model::default() };
        let mut shell = Shell::default();
        let ask = |model: &mut Model, shell: &mut Shell, event| {
            shell.set(model.seen, model.now);
            shell.ask(model, event);
            model.ask(event);
            shell.is(model.seen);
        };
        ask(&mut model, &mut shell, Event::Load);
        for (step, asks) in steps {
            let mut event = Some(Event::Change).filter(|_| asks);
            let mut choice = None;
            match step {
                Step::Go(place) => (model.place, event) = (place, Some(Event::Change)),
                Step::Write(file, layer) => model.files[file] = layer,
                Step::Choose(profile, region, time) => {
                    let until = time.map(|time| model.now + time);
                    choice = Some(Some(Base { profile, region, until, default: None }));
                }
                Step::Last => choice = Some(None),
                Step::Export(name) => model.seen.profile = name,
                Step::ExportRegion(which, region) => model.seen.regions[which] = region,
                Step::ExportDefault(name) => model.seen.default = name,
                Step::Keys(there) => model.seen.keys = there,
                Step::Wait => model.now += 1,
                Step::Auto => event = Some(Event::Reapply),
                Step::Child => (model.seen.kept, event) = (false, Some(Event::Load)),
            }
            if let Some(choice) = choice {
                shell.set(model.seen, model.now);
                let before = model.clone();
                if model.choose(choice) {
                    shell.choose(&model, choice);
                    shell.is(model.seen);
                } else {
                    model = before;
                }
            }
            if let Some(event) = event {
                ask(&mut model, &mut shell, event);
            }
        }
    }
}
