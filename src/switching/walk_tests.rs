//! Random walks, against the rules of directory profiles written a second time, in another way.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::environment::Ending;
use crate::state::Deadline;

type Name = Option<&'static str>;
type Layers = Option<(&'static str, Name)>;

const KEY: &str = "AWS_ACCESS_KEY_ID";
/// The profiles of the files; the last one is ignored.
const LAYERS: [Layers; 4] = [Some(("fa", None)), Some(("fb", Some("r1"))), Some(("a", Some("r2"))), None];

#[derive(Clone, Debug)]
enum Step {
    Go(usize),
    Write(usize, Layers),
    Switch(Name, Name, Option<u64>),
    Back,
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
            None => Step::Switch(None, None, None),
            name => Step::Switch(name, region, time),
        }),
        2 => Just(Step::Back),
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
    expires_at: Option<u64>,
    /// Whether the saved keys are those of this base.
    keys: bool,
}

/// The variables, whether there are keys, and whether the shell has saved some.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Seen {
    profile: Name,
    default: Name,
    regions: [Name; 2],
    keys: bool,
    saved: bool,
}

#[derive(Clone, Debug, Default)]
struct Model {
    seen: Seen,
    /// The profile as it was left.
    left: Name,
    base: Base,
    /// The bases before, latest last.
    earlier: Vec<Base>,
    /// Where a manual switch stays, and how many of the bases before were switched to there too.
    manual: Option<usize>,
    earlier_here: usize,
    /// The file whose profile is active.
    directory: Option<(usize, Layers)>,
    /// The file that applied when something was decided last.
    decided: usize,
    /// The region that was set in both variables, and the user's own that it replaces.
    region: Name,
    user_regions: [Name; 2],
    now: u64,
    here: usize,
    files: [Layers; 5],
}

impl Model {
    fn is_expired(&self, base: &Base) -> bool {
        base.expires_at.is_some_and(|end| end <= self.now)
    }

    fn observe_exports(&mut self, loading: bool) -> bool {
        if let Some(region) = self.region {
            let is_changed = |(_, now): &(usize, Name)| *now != Some(region);
            let changed: Vec<_> = self.seen.regions.into_iter().enumerate().filter(is_changed).collect();
            for (which, now) in &changed {
                self.user_regions[*which] = *now;
            }
            if !changed.is_empty() && self.directory.is_none() {
                (self.region, self.user_regions, self.base.region) = (None, [None; 2], None);
            }
        }
        let replaced = self.seen.profile != self.left;
        if replaced {
            if loading {
                self.earlier.clear();
            } else {
                self.remember(self.base);
            }
            self.manual = Some(self.decided).filter(|_| !loading);
            (self.base, self.earlier_here, self.directory) = (Base::default(), 0, None);
            self.left = self.seen.profile;
        }
        if self.directory.is_none() {
            (self.base.profile, self.base.default) = (self.seen.profile, self.seen.default);
        } else if self.seen.default.is_some() {
            self.base.default = self.seen.default;
        }
        replaced
    }

    fn remember(&mut self, base: Base) {
        self.earlier.push(base);
        loop {
            let lasting = self.earlier.iter().filter(|base| base.expires_at.is_none()).count();
            // A deadline before two bases without one is of no use.
            let is_first_useless = lasting > 2 || lasting == 2 && self.earlier[0].expires_at.is_some();
            if !is_first_useless && self.earlier.len() <= 8 {
                return;
            }
            self.earlier.remove(0);
        }
    }

    /// Forgets the saved keys unless some steps lead to the base that had them.
    fn forget_lost_keys(&mut self) {
        let mut bases = self.earlier.clone();
        bases.push(self.base);
        self.seen.saved &= can_reach_keys(&mut bases, true);
        self.forget_keys(!self.seen.saved);
    }

    fn forget_keys(&mut self, all: bool) {
        self.earlier.iter_mut().chain([&mut self.base]).for_each(|base| base.keys &= !all);
    }

    fn expire(&mut self) -> bool {
        let mut was_active = false;
        while self.is_expired(&self.base) {
            let earlier = self.earlier.pop();
            self.base = earlier.unwrap_or_default();
            if self.directory.is_none() {
                was_active = true;
                self.manual = self.manual.filter(|_| self.earlier_here > 0 && earlier.is_some());
                self.earlier_here = self.earlier_here.saturating_sub(1);
            }
        }
        while self.earlier.last().is_some_and(|base| self.is_expired(base)) {
            self.earlier.pop();
            self.earlier_here = self.earlier_here.saturating_sub(1);
        }
        was_active
    }

    fn set(&mut self, base: Base, force: bool) {
        if self.region != base.region || force {
            if self.region.is_none() {
                self.user_regions = self.seen.regions;
            }
            self.seen.regions =
                base.region.map_or_else(|| std::mem::take(&mut self.user_regions), |region| [Some(region); 2]);
            self.region = base.region;
        }
        (self.seen.profile, self.seen.default, self.left) = (base.profile, base.default, base.profile);
    }

    fn ask(&mut self, event: Event) {
        self.forget_keys(!self.seen.saved);
        let replaced = self.observe_exports(event == Event::Load);
        let expired = self.expire();
        self.manual = self.manual.filter(|here| *here == self.here && event != Event::Reapply);
        let signing = self.seen.keys || expired && self.base.keys;
        if !signing || self.directory.is_none() {
            self.decided = self.here;
        }
        match self.files[self.here].filter(|_| self.manual.is_none()) {
            _ if signing && expired => self.set(self.base, false),
            _ if signing => {}
            Some((profile, region)) => {
                let entered = Some((self.here, Some((profile, region))));
                if self.directory != entered || event == Event::Reapply {
                    self.set(Base { profile: Some(profile), region, ..Base::default() }, true);
                }
                self.directory = entered;
            }
            None => {
                let was = self.directory.take();
                if was.is_some() || expired || replaced || self.region != self.base.region {
                    self.set(self.base, false);
                }
            }
        }
        if self.base.keys && self.directory.is_none() {
            (self.seen.keys, self.seen.saved, self.base.keys) = (true, false, false);
        }
        self.forget_lost_keys();
    }

    /// Whether there was such a layer.
    fn switch(&mut self, layer: Option<Base>) -> bool {
        let goes_back = layer.is_none();
        self.forget_keys(!self.seen.saved);
        self.observe_exports(false);
        self.expire();
        let previous = if goes_back { self.earlier.pop() } else { None };
        let Some(mut layer) = layer.or(previous) else {
            return false;
        };
        let Base { profile, region, default, expires_at, keys } = self.base;
        let is_other = (profile, region, default) != (layer.profile, layer.region, layer.default);
        let is_longer = profile == layer.profile && expires_at.is_some() && layer.expires_at.is_some();
        let unsets = self.seen.keys && layer.profile.is_some();
        let is_new = goes_back || unsets || keys || is_other && !is_longer;
        if std::mem::take(&mut layer.keys) {
            (self.seen.saved, self.seen.keys) = (self.seen.keys, true);
            self.forget_keys(true);
            self.base.keys = self.seen.saved;
        } else if unsets {
            (self.seen.saved, self.seen.keys) = (true, false);
            self.forget_keys(true);
            self.base.keys = true;
        }
        self.earlier_here = match self.manual == Some(self.here) {
            true if goes_back => self.earlier_here.max(1),
            true => self.earlier_here + usize::from(is_new),
            false => 0,
        };
        if is_new {
            self.remember(self.base);
        }
        self.earlier_here = self.earlier_here.min(self.earlier.len());
        self.set(layer, true);
        (self.base, self.directory, self.manual, self.decided) = (layer, None, Some(self.here), self.here);
        self.forget_lost_keys();
        true
    }
}

/// Whether the last of these bases has saved keys, or one that is the last after deadlines and, where `swaps`, `-`.
fn can_reach_keys(bases: &mut Vec<Base>, swaps: bool) -> bool {
    let Some(last) = bases.pop() else { return false };
    let mut can = last.keys || last.expires_at.is_some() && can_reach_keys(&mut bases.clone(), true);
    if let Some(before) = bases.pop().filter(|_| swaps && !can) {
        bases.extend([last, before]);
        can = can_reach_keys(bases, false);
    }
    can
}

/// The shell that is asked about, which has its state from question to question alone.
#[derive(Default)]
struct Shell {
    environment: Environment,
}

impl Shell {
    fn set(&mut self, seen: Seen, now: u64) {
        let name = |name: Name| name.map(Into::into);
        let there = |is_there: bool| if is_there { vec![KEY] } else { Vec::new() };
        self.environment = Environment {
            profile: name(seen.profile),
            default_profile: name(seen.default),
            regions: seen.regions.map(name),
            keys: seen.keys.then_some(KEY),
            overriding: there(seen.keys),
            saved: there(seen.saved),
            now,
            state: self.environment.state.take(),
            tools: None,
            ending: Ending::BeforeCommand,
        };
    }

    fn file(&self, model: &Model) -> Option<JudgedFile> {
        let remembered = self.environment.state.as_ref().and_then(|state| state.file.clone());
        path(model.here).map(|path| JudgedFile {
            file: DirectoryFile { is_remembered: remembered.as_ref() == Some(&path), path },
            content: Vec::new(),
            profile: match model.files[model.here] {
                Some((profile, region)) => {
                    let (profile, region) = (profile.to_owned(), region.map(str::to_owned));
                    Ok(DirectoryProfile { profile, region, ..DirectoryProfile::default() })
                }
                None => Err("ignored".to_owned()),
            },
        })
    }

    fn ask(&mut self, model: &Model, event: Event) {
        self.take(activate_layer(&self.environment, self.file(model).as_ref(), event));
    }

    fn take(&mut self, decision: Decision) {
        let environment = &mut self.environment;
        let Variables { profile, default_profile, regions } = decision.variables;
        (environment.profile, environment.default_profile, environment.regions) = (profile, default_profile, regions);
        environment.state = State::decode(decision.state.encode().unwrap().as_ref());
        assert_eq!(environment.state.as_ref(), Some(&decision.state));
        if decision.saved_keys.discards {
            environment.saved.clear();
        }
        if decision.saved_keys.swapped().any(|name| name == KEY) {
            mem::swap(&mut environment.saved, &mut environment.overriding);
        }
        assert_eq!(decision.signing, environment.overriding.first().copied());
    }

    fn switch(&mut self, model: &Model, base: Option<Base>) {
        let name = |name: Name| name.map(Into::into);
        let layer = match base {
            Some(base) => Layer {
                profile: name(base.profile),
                region: name(base.region),
                deadline: base.expires_at.map(|at| Deadline { at, length: at }),
                ..Layer::default()
            },
            None => previous(&self.environment).unwrap(),
        };
        let direction = if base.is_none() { Direction::Back } else { Direction::Forward };
        let file = self.file(model).map(|judged| judged.file);
        self.take(switch(&self.environment, file.as_ref(), &layer, direction));
    }

    fn is(&self, seen: Seen) {
        let mut wanted = Self::default();
        wanted.set(seen, 0);
        let all = |shell: &Self| {
            (shell.environment.variables(), shell.environment.overriding.clone(), shell.environment.saved.clone())
        };
        assert_eq!(all(self), all(&wanted));
    }
}

fn path(here: usize) -> Option<PathBuf> {
    (here > 0).then(|| format!("/{here}/.awsprofile").into())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn which_layer_is_active_after_each_step_of_a_walk(steps in vec((step(), any::<bool>()), 1..40)) {
        let mut model = Model { files: [None, LAYERS[0], LAYERS[1], LAYERS[2], LAYERS[3]], ..Model::default() };
        let mut shell = Shell::default();
        let ask = |model: &mut Model, shell: &mut Shell, event: Event| {
            shell.set(model.seen, model.now);
            shell.ask(model, event);
            model.ask(event);
            shell.is(model.seen);
        };
        ask(&mut model, &mut shell, Event::Load);
        for (step, asks) in steps {
            let mut event = Some(Event::Change).filter(|_| asks);
            let mut switched = None;
            match step {
                Step::Go(here) => (model.here, event) = (here, Some(Event::Change)),
                Step::Write(file, layer) => model.files[file] = layer,
                Step::Switch(profile, region, time) => {
                    let expires_at = time.map(|time| model.now + time);
                    switched = Some(Some(Base { profile, region, expires_at, ..Base::default() }));
                }
                Step::Back => switched = Some(None),
                Step::Export(name) => model.seen.profile = name,
                Step::ExportRegion(which, region) => model.seen.regions[which] = region,
                Step::ExportDefault(name) => model.seen.default = name,
                Step::Keys(there) => model.seen.keys = there,
                Step::Wait => model.now += 1,
                Step::Auto => event = Some(Event::Reapply),
                Step::Child => {
                    (model.seen.saved, event) = (false, Some(Event::Load));
                }
            }
            if let Some(base) = switched {
                shell.set(model.seen, model.now);
                let before = model.clone();
                if model.switch(base) {
                    shell.switch(&model, base);
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
