//! Keys that stand more than once.

use std::borrow::Cow;
use std::collections::HashMap;

use super::secret::shown;
use super::text::lower;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};

/// Among up to this many settings a repeated key is sought one by one, among more by hash.
const FEW: usize = 16;

/// A key as it is written, and its line.
#[derive(Clone, Debug)]
pub(super) struct Key<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

/// Tells the keys that stand again. In a file that is all ASCII, the few of most sections need no copies.
pub(super) fn tell(keys: &[Key], is_ascii: bool, problems: &mut Diagnostics) {
    if is_ascii && keys.len() <= FEW {
        for (place, later) in keys.iter().enumerate().skip(1) {
            let mut before = keys.iter().take(place).rev();
            if let Some(earlier) = before.find(|key| key.text.eq_ignore_ascii_case(later.text)) {
                problems.error(|| duplicate_key(&lower(later.text), earlier.line, later.line));
            }
        }
        return;
    }
    let mut keys: Vec<(Cow<str>, usize)> = keys.iter().map(|key| (lower(key.text), key.line)).collect();
    keep_last(
        &mut keys,
        |(key, _)| key,
        |(_, before), (key, line)| problems.error(|| duplicate_key(key, *before, *line)),
    );
}

/// A key that is set again.
pub(super) fn duplicate_key(key: &str, before: usize, line: usize) -> Diagnostic {
    let message = format!("{} is set at line {before} already, so the AWS CLI refuses the whole file", shown(key));
    Diagnostic::error("duplicate-key", Span::of_line(line), message, "delete one of the two lines")
}

/// Drops all but the last of each key, which takes the first one's place, as in a Python dictionary.
/// `repeated` is shown each pair that met.
pub(super) fn keep_last<T>(all: &mut Vec<T>, key: impl Fn(&T) -> &str, mut repeated: impl FnMut(&T, &T)) {
    let repeats = repeats(all, key);
    if repeats.is_empty() {
        return;
    }
    for &(first, later) in &repeats {
        if let (Some(one), Some(other)) = (all.get(first), all.get(later)) {
            repeated(one, other);
        }
        all.swap(first, later);
    }
    let mut gone = repeats.iter().map(|&(_, later)| later).peekable();
    let mut place = 0;
    all.retain(|_| {
        place += 1;
        gone.next_if_eq(&(place - 1)).is_none()
    });
}

/// Where a key stands again, with the place where it stood first.
fn repeats<T>(all: &[T], key: impl Fn(&T) -> &str) -> Vec<(usize, usize)> {
    let mut repeats = Vec::new();
    if all.len() <= FEW {
        for (later, item) in all.iter().enumerate().skip(1) {
            let first = all.iter().take(later).position(|earlier| key(earlier) == key(item));
            repeats.extend(first.map(|first| (first, later)));
        }
        return repeats;
    }
    let mut places = HashMap::with_capacity(all.len());
    for (later, item) in all.iter().enumerate() {
        let first = *places.entry(key(item)).or_insert(later);
        if first != later {
            repeats.push((first, later));
        }
    }
    repeats
}
