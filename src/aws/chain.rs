//! Chains of `source_profile`, followed to their end as botocore follows them. Pure.

use std::collections::{HashMap, HashSet};

use super::kind::{Kind, has_keys, is_role};
use super::profile::Profile;
use super::profiles::{Profiles, Table};

/// What `credential_source` may be, letter for letter.
pub(super) const CREDENTIAL_SOURCES: [&str; 3] = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];

/// Where a profile's credentials come from in the end; profiles by their place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// This profile's own: itself, when it is no role.
    Profile(usize),
    /// The machine that it runs on: `credential_source`.
    Machine,
    /// Nowhere: the chain is broken at this profile.
    Broken(usize),
}

/// The ends of all profiles' chains.
#[derive(Clone, Debug, Default)]
pub struct Chains {
    ends: Vec<End>,
    /// The loops, each from its first profile on.
    loops: Vec<Vec<usize>>,
    /// Which of the loops a profile is part of.
    looping: HashMap<usize, usize>,
}

/// How far a profile has been followed.
#[derive(Clone, Copy, Debug)]
enum Mark {
    New,
    OnTheWay,
    Done(End),
}

/// One step along a chain.
enum Step {
    To(usize),
    Ends(End),
}

impl Chains {
    /// Follows them all; each profile once, so that long chains that many share cost little.
    #[must_use]
    pub fn follow(profiles: &Profiles) -> Self {
        let table = &profiles.profiles;
        let mut marks = vec![Mark::New; table.len()];
        let mut loops = Vec::new();
        for start in 0..table.len() {
            let mut way = Vec::new();
            let mut place = start;
            let end = loop {
                match marks.get(place).copied() {
                    Some(Mark::New) => (),
                    Some(Mark::Done(end)) => break end,
                    Some(Mark::OnTheWay) | None => {
                        loops.push(round(&way, place));
                        break End::Broken(place);
                    }
                }
                set(&mut marks, place, Mark::OnTheWay);
                way.push(place);
                match step(table, place) {
                    Step::To(next) => place = next,
                    Step::Ends(end) => break end,
                }
            };
            for &passed in &way {
                set(&mut marks, passed, Mark::Done(end));
            }
        }
        let ends = marks.iter().enumerate().map(|(place, mark)| match mark {
            Mark::Done(end) => *end,
            _ => End::Broken(place),
        });
        let looping = loops.iter().enumerate().flat_map(|(at, members)| members.iter().map(move |&place| (place, at)));
        Self { ends: ends.collect(), looping: looping.collect(), loops }
    }

    /// Where the profile at this place gets its credentials from.
    #[must_use]
    pub fn end(&self, place: usize) -> Option<End> {
        self.ends.get(place).copied()
    }

    /// The loop that the profile at this place is part of.
    pub fn loop_of(&self, place: usize) -> Option<&[usize]> {
        self.loops.get(*self.looping.get(&place)?).map(Vec::as_slice)
    }
}

/// Where the profile at this place gets its credentials from, where nobody asks for another's.
pub(super) fn end_of(table: &Table, start: usize) -> End {
    let (mut place, mut way) = (start, HashSet::new());
    while way.insert(place) {
        match step(table, place) {
            Step::To(next) => place = next,
            Step::Ends(end) => return end,
        }
    }
    End::Broken(place)
}

fn set(marks: &mut [Mark], place: usize, mark: Mark) {
    if let Some(at) = marks.get_mut(place) {
        *at = mark;
    }
}

/// The part of the way that goes round, from its first profile in the file's order.
fn round(way: &[usize], back_at: usize) -> Vec<usize> {
    let mut members: Vec<usize> = way.iter().copied().skip_while(|&place| place != back_at).collect();
    let first = members.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(first, _)| first);
    members.rotate_left(first);
    members
}

fn step(table: &Table, place: usize) -> Step {
    let Some(profile) = table.at(place).filter(|profile| is_role(profile)) else {
        return Step::Ends(End::Profile(place));
    };
    let broken = Step::Ends(End::Broken(place));
    match (profile.find("source_profile"), profile.find("credential_source")) {
        (None, Some(source)) if source.value.text().is_some_and(|text| CREDENTIAL_SOURCES.contains(&text)) => {
            Step::Ends(End::Machine)
        }
        (Some(source), None) => match source.value.text().and_then(|name| table.place(name)) {
            Some(next) => to(table, place, next),
            None => broken,
        },
        _ => broken,
    }
}

/// A step to a source: it ends there, unless that is a role and nothing but a role.
fn to(table: &Table, from: usize, next: usize) -> Step {
    match table.at(next) {
        Some(source) if ends_at(source) => match Kind::as_source(source) {
            Kind::None => Step::Ends(End::Broken(from)),
            _ => Step::Ends(End::Profile(next)),
        },
        _ => Step::To(next),
    }
}

/// Whether a chain goes no further than this source.
pub(super) fn ends_at(source: &Profile) -> bool {
    has_keys(source) || !is_role(source)
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
