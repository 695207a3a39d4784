//! The items that match what the user has typed, the best first.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Item;

/// In characters: nobody types more, but a paste may be of any length.
const LONGEST_QUERY: usize = 200;

/// The extra score of a match in the name: as much as one more character that matches.
const NAME_BONUS: u32 = 16;

/// The items that match a query, and which of them is selected.
#[derive(Debug)]
pub struct Matches<'i> {
    pub items: &'i [Item],
    pub query: String,
    /// Indices into `items`.
    pub found: Vec<usize>,
    /// An index into `found`.
    pub selected: usize,
    matcher: Matcher,
}

impl<'i> Matches<'i> {
    pub fn new(items: &'i [Item]) -> Self {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let found = (0..items.len()).collect();
        Self { items, query: String::new(), found, selected: 0, matcher: Matcher::new(config) }
    }

    /// The index of the selected item in `items`.
    pub fn choice(&self) -> Option<usize> {
        self.found.get(self.selected).copied()
    }

    pub fn up(&mut self, by: usize) {
        self.selected = self.selected.saturating_sub(by);
    }

    pub fn down(&mut self, by: usize) {
        self.selected = self.selected.saturating_add(by).min(self.found.len().saturating_sub(1));
    }

    pub fn edit(&mut self, edit: impl FnOnce(&mut String)) {
        let before = self.query.clone();
        edit(&mut self.query);
        if let Some((end, _)) = self.query.char_indices().nth(LONGEST_QUERY) {
            self.query.truncate(end);
        }
        if self.query != before {
            self.find();
        }
    }

    /// Finds the items of which each word of the query matches one cell; of equals the order stays. No character of the
    /// query has a meaning of its own, as any may be part of a name.
    fn find(&mut self) {
        let words = Pattern::new(&self.query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy).atoms;
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let mut score = |cell: &str, word: &Atom| {
                word.score(Utf32Str::new(cell, &mut buffer), &mut self.matcher).map(u32::from)
            };
            let mut best = |word: &Atom| {
                let (name, others) = item.row.cells.split_first()?;
                let in_name = score(name, word).map(|score| score + NAME_BONUS);
                others.iter().filter_map(|cell| score(cell, word)).chain(in_name).max()
            };
            if let Some(sum) = words.iter().map(&mut best).sum::<Option<u32>>() {
                // A whole name is the best match, however many others begin with it.
                let name = item.row.cells.first();
                let is_name = name.is_some_and(|name| name.eq_ignore_ascii_case(self.query.trim()));
                scored.push((if is_name { u32::MAX } else { sum }, index));
            }
        }
        scored.sort_by_key(|&(score, _)| Reverse(score));
        self.found = scored.into_iter().map(|(_, index)| index).collect();
        self.selected = 0;
    }
}
