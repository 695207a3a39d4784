//! Finds the items that match what the user has typed, the best first.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Item;
use super::query::Query;

/// The extra score of a match in the name: as much as one more character that matches.
const NAME_BONUS: u32 = 16;

/// The items that match a query, and which of them is selected.
#[derive(Debug)]
pub struct Matches<'i> {
    pub items: &'i [Item],
    pub query: Query,
    /// Indices into `items`.
    pub found: Vec<usize>,
    /// An index into `found`.
    pub selected: usize,
    /// The words of the query.
    words: Vec<Atom>,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl<'i> Matches<'i> {
    pub fn new(items: &'i [Item], query: Query) -> Self {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let (matcher, buffer) = (Matcher::new(config), Vec::new());
        let mut matches = Self { items, query, found: Vec::new(), selected: 0, words: Vec::new(), matcher, buffer };
        matches.find();
        matches
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

    pub fn edit(&mut self, edit: impl FnOnce(&mut Query)) {
        let before = self.query.text();
        edit(&mut self.query);
        if self.query.text() != before {
            self.find();
        }
    }

    /// Finds the items of which each word of the query matches one cell; of equals the order stays. No character has a
    /// meaning of its own, as any may be part of a name, but for `\` before a space, which makes two words one.
    fn find(&mut self) {
        let text = self.query.text();
        self.words = Pattern::new(&text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy).atoms;
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            if let Some(score) = self.score(item) {
                // A whole name is the best match, however many others begin with it.
                let is_name = item.name.eq_ignore_ascii_case(text.trim());
                scored.push((if is_name { u32::MAX } else { score }, index));
            }
        }
        scored.sort_by_key(|&(score, _)| Reverse(score));
        self.found = scored.into_iter().map(|(_, index)| index).collect();
        self.selected = 0;
    }

    /// `None` if a word matches no cell.
    fn score(&mut self, item: &Item) -> Option<u32> {
        let Self { words, matcher, buffer, .. } = self;
        words.iter().map(|word| Some(best_cell(word, item, matcher, buffer)?.0)).sum()
    }

    /// Which characters of each cell of an item match the query.
    pub fn highlights(&mut self, item: &Item) -> Vec<Vec<u32>> {
        let Self { words, matcher, buffer, .. } = self;
        let mut highlights = vec![Vec::new(); item.row.cells.len()];
        for word in &*words {
            let best = best_cell(word, item, matcher, buffer).map(|(_, cell)| cell);
            if let Some((cell, indices)) = best.and_then(|cell| item.row.cells.get(cell).zip(highlights.get_mut(cell)))
            {
                word.indices(Utf32Str::new(cell, buffer), matcher, indices);
            }
        }
        highlights
    }
}

/// The cell that a word matches best, after its score.
fn best_cell(word: &Atom, item: &Item, matcher: &mut Matcher, buffer: &mut Vec<char>) -> Option<(u32, usize)> {
    let mut score = |(index, cell): (usize, &String)| {
        let score = u32::from(word.score(Utf32Str::new(cell, buffer), matcher)?);
        Some((score + if index == 0 { NAME_BONUS } else { 0 }, index))
    };
    item.row.cells.iter().enumerate().filter_map(&mut score).max_by_key(|&(score, index)| (score, Reverse(index)))
}
