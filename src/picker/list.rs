//! What a list holds of its items while somebody types, the best first.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Item;
use crate::output::Cells;

/// Nobody types more; a paste may hold anything.
const LONGEST: usize = 200;

/// What a match in the name is worth beyond the same one elsewhere: that of a character.
const IN_NAME: u32 = 16;

/// The items, what was typed, and where the selection stands.
#[derive(Debug)]
pub struct List<'i> {
    items: &'i [Item],
    cells: Vec<Cells<'i>>,
    query: String,
    /// Places among the items.
    found: Vec<usize>,
    /// A place in `found`.
    at: usize,
    matcher: Matcher,
}

impl<'i> List<'i> {
    /// All of them, in their order, the first one selected.
    pub fn new(items: &'i [Item]) -> Self {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        Self {
            items,
            cells: items.iter().map(|item| item.row.escaped()).collect(),
            query: String::new(),
            found: (0..items.len()).collect(),
            at: 0,
            matcher: Matcher::new(config),
        }
    }

    /// What was typed.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Every item's cells, as a terminal may show them.
    pub fn cells(&self) -> &[Cells<'i>] {
        &self.cells
    }

    /// How many items match.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Where the selection stands among those.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Those from this one on, with their cells.
    pub fn from(&self, top: usize) -> impl Iterator<Item = (&'i Item, &Cells<'i>)> {
        let places = self.found.iter().skip(top);
        places.filter_map(|&place| Some((self.items.get(place)?, self.cells.get(place)?)))
    }

    /// The place of the selected item among all.
    pub fn selected(&self) -> Option<usize> {
        self.found.get(self.at).copied()
    }

    /// Moves the selection towards the first.
    pub fn up(&mut self, by: usize) {
        self.at = self.at.saturating_sub(by);
    }

    /// Moves the selection towards the last.
    pub fn down(&mut self, by: usize) {
        self.at = self.at.saturating_add(by).min(self.found.len().saturating_sub(1));
    }

    /// Changes what was typed, and selects the best that matches it.
    pub fn edit(&mut self, edit: impl FnOnce(&mut String)) {
        let before = self.query.clone();
        edit(&mut self.query);
        if let Some((end, _)) = self.query.char_indices().nth(LONGEST) {
            self.query.truncate(end);
        }
        if self.query != before {
            self.find();
        }
    }

    /// Each word is to be found in one of the cells; nothing that is typed means anything else, as
    /// it may stand in a name. Of equals the order stays.
    fn find(&mut self) {
        let words = Pattern::new(&self.query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy).atoms;
        let mut letters = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (place, cells) in self.cells.iter().enumerate() {
            let mut score = |cell: &str, word: &Atom| {
                let score = word.score(Utf32Str::new(cell, &mut letters), &mut self.matcher);
                score.map(u32::from)
            };
            let mut best = |word: &Atom| {
                let (name, others) = cells.split_first()?;
                let in_name = score(name, word).map(|score| score + IN_NAME);
                others.iter().filter_map(|cell| score(cell, word)).chain(in_name).max()
            };
            if let Some(sum) = words.iter().map(&mut best).sum::<Option<u32>>() {
                // The very name goes first, however many begin with it.
                let is_name = cells.first().is_some_and(|name| name.eq_ignore_ascii_case(self.query.trim()));
                scored.push((if is_name { u32::MAX } else { sum }, place));
            }
        }
        scored.sort_by_key(|&(score, _)| Reverse(score));
        self.found = scored.into_iter().map(|(_, place)| place).collect();
        self.at = 0;
    }
}
