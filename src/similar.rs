//! Finds the name that may have been meant.

use std::fmt::Display;

pub fn did_you_mean(other: impl Display) -> String {
    format!("did you mean '{other}'?")
}

/// A name this similar is worth suggesting: one wrong letter in three or four.
const SIMILAR: f64 = 0.8;

/// Ignores the letter case.
pub fn most_alike<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let rated = names.into_iter().map(|other| {
        let other_lower = other.to_lowercase();
        let is_similar = begins(other, name) || has_swapped_letters(&lower, &other_lower);
        let least = if is_similar { SIMILAR } else { 0.0 };
        (least.max(strsim::jaro_winkler(&lower, &other_lower)), other)
    });
    let best = rated.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 >= SIMILAR).then_some(best.1)
}

/// Whether a short word is another one with two letters swapped: Jaro-Winkler notices that only in words of four letters
/// or more.
fn has_swapped_letters(word: &str, other: &str) -> bool {
    word.len() == other.len()
        && word.len() <= 3
        && word.chars().all(|letter| other.contains(letter))
        && strsim::osa_distance(word, other) == 1
}

/// Ignores the letter case.
fn begins(name: &str, start: &str) -> bool {
    !start.is_empty() && name.to_lowercase().starts_with(&start.to_lowercase())
}

/// Ignores the letter case.
fn contains(name: &str, part: &str) -> bool {
    !part.is_empty() && name.to_lowercase().contains(&part.to_lowercase())
}

/// The profile that may have been meant, or how many begin with the name or contain it: to suggest one of several would
/// be a guess.
pub fn similar_names<'n, N: Iterator<Item = &'n str>>(name: &str, names: impl Fn() -> N) -> Option<String> {
    let containing = || names().filter(|other| contains(other, name));
    match (names().filter(|other| begins(other, name)).count(), containing().count()) {
        (0, 1) => containing().next().map(did_you_mean),
        (0, many @ 2..) => Some(format!("{many} names contain it; type one in full, or see 'aws-switch list'")),
        (many @ 2.., _) => Some(format!("{many} names begin with it; type one in full, or press Tab")),
        _ => most_alike(name, names()).map(did_you_mean),
    }
}

/// How many letters a misspelt word may have wrong, missing, added or swapped.
const MOST_WRONG: usize = 2;

/// The word of a fixed set that is at most two letters away, if one is: such words are alike in much.
pub fn nearest<'n>(text: &str, words: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let is_near = |word: &&str| word.len().abs_diff(text.len()) <= MOST_WRONG;
    let rated = words.into_iter().filter(is_near).map(|word| (strsim::osa_distance(text, word), word));
    let (wrong, word) = rated.min_by_key(|(wrong, _)| *wrong)?;
    (wrong <= MOST_WRONG && wrong < word.len()).then_some(word)
}
