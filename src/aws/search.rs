//! Diagnostic bytes in text, eight at a time, and text among many.
//!
//! A library would ask the processor what it can, which costs a virtual machine more than
//! the search of most files.

use std::hash::{BuildHasher, RandomState};

/// A one, and the highest bit, in each byte of a word.
const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHEST: u64 = ONES << 7;

/// Where the first of these bytes stands.
#[inline]
pub(super) fn find<const N: usize>(bytes: &[u8], any: [u8; N]) -> Option<usize> {
    let hits = |word| any.iter().fold(0, |hits, &byte| hits | below(word ^ (ONES * u64::from(byte)), 1));
    search(bytes, hits, |byte| any.contains(&byte))
}

/// Where the first control character of ASCII stands.
#[inline]
pub(super) fn find_control(bytes: &[u8]) -> Option<usize> {
    search(bytes, |word| below(word, b' '), |byte| byte < b' ')
}

/// Where the first byte stands that is below a limit, which is 128 at most, or is this one.
#[inline]
pub(super) fn find_below_or(bytes: &[u8], limit: u8, or: u8) -> Option<usize> {
    let hits = |word| below(word, limit) | below(word ^ (ONES * u64::from(or)), 1);
    search(bytes, hits, |byte| byte < limit || byte == or)
}

/// [`find_control`] for text that is all ASCII.
#[inline]
pub(super) fn find_control_in_ascii(bytes: &[u8]) -> Option<usize> {
    search(bytes, |word| below_in_ascii(word, b' '), |byte| byte < b' ')
}

/// Where the first control character, or `=` or `:` or what ASCII has next to them, stands in text that is all ASCII:
/// one of `89:;<=>?`, which differ in their lowest bits alone.
#[inline]
pub(super) fn find_sign_in_ascii(bytes: &[u8]) -> Option<usize> {
    let hits = |word| below_in_ascii(word, b' ') | below_in_ascii(word ^ (ONES * u64::from(b'8')), 8);
    search(bytes, hits, |byte| byte < b' ' || byte ^ b'8' < 8)
}

/// Where the first byte stands that is one; `hits` has the highest bit of the first in a word, and of none before it.
#[inline]
fn search(bytes: &[u8], hits: impl Fn(u64) -> u64, is_one: impl Fn(u8) -> bool) -> Option<usize> {
    let Some(last) = bytes.last_chunk() else {
        return bytes.iter().position(|&byte| is_one(byte));
    };
    let within = |word: &[u8; 8]| match hits(u64::from_le_bytes(*word)) {
        0 => None,
        hits => Some(hits.trailing_zeros() as usize / 8),
    };
    let (words, _) = bytes.as_chunks();
    for (number, word) in words.iter().enumerate() {
        if let Some(place) = within(word) {
            return Some(number * 8 + place);
        }
    }
    Some(bytes.len() - 8 + within(last)?)
}

/// The highest bit of the first byte that is below a limit, which is 128 at most, and of no byte before it.
const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * limit as u64) & !word & HIGHEST
}

/// The highest bit of each byte that is below a limit, where all are below 128.
const fn below_in_ascii(word: u64, limit: u8) -> u64 {
    !(word.wrapping_add(ONES * (128 - limit) as u64)) & HIGHEST
}

/// Finds names among many, which it does not hold: it knows them by their places in a list, in whose order they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Drawn anew for each, so that no file can be written to make all its names collide.
    keys: [u64; 2],
    /// A place and one in the low bits, and a part of the name's hash, which spares most looks at other names, in
    /// the rest; or nothing. At most three in four are taken, and their number is a power of two.
    slots: Vec<u32>,
    taken: usize,
}

/// What stands where a name belongs.
enum Slot {
    /// The name itself, which has this place.
    Taken(usize),
    /// Nothing, and that part of its hash.
    Free(usize, u32),
}

impl Index {
    /// Room for so many names without growing.
    pub(super) fn with_room(names: usize) -> Self {
        let mut index = Self::default();
        index.resize((names * 4 / 3 + 1).next_power_of_two());
        index
    }

    /// The place of a name; `at` tells the name of a place.
    pub(super) fn get<'n>(&self, name: &str, at: impl Fn(usize) -> Option<&'n str>) -> Option<usize> {
        match self.seek(name, at)? {
            Slot::Taken(place) => Some(place),
            Slot::Free(..) => None,
        }
    }

    /// The place that a name has already; where it has none, `new` is its place from now on.
    pub(super) fn take<'n>(&mut self, name: &str, new: usize, at: impl Fn(usize) -> Option<&'n str>) -> Option<usize> {
        if (self.taken + 1) * 4 > self.slots.len() * 3 {
            self.grow(&at);
        }
        match self.seek(name, at)? {
            Slot::Taken(place) => return Some(place),
            Slot::Free(slot, tag) => self.put(slot, tag, new),
        }
        None
    }

    fn put(&mut self, slot: usize, tag: u32, place: usize) {
        let place = u32::try_from(place + 1).ok().filter(|&place| place <= self.mask());
        if let (Some(free), Some(place)) = (self.slots.get_mut(slot), place) {
            *free = tag | place;
            self.taken += 1;
        }
    }

    fn grow<'n>(&mut self, at: impl Fn(usize) -> Option<&'n str>) {
        let (mask, old) = (self.mask(), std::mem::take(&mut self.slots));
        self.resize((old.len() * 2).max(16));
        self.taken = 0;
        for taken in old.into_iter().filter(|&taken| taken != 0) {
            let place = place(taken, mask);
            if let Some(name) = at(place)
                && let Some(Slot::Free(slot, tag)) = self.seek(name, &at)
            {
                self.put(slot, tag, place);
            }
        }
    }

    fn resize(&mut self, slots: usize) {
        if self.keys == [0; 2] {
            let random = RandomState::new();
            self.keys = [random.hash_one(0), random.hash_one(1) | 1];
        }
        self.slots = vec![0; slots];
    }

    /// The bits of a place.
    fn mask(&self) -> u32 {
        u32::try_from(self.slots.len()).unwrap_or_default().wrapping_sub(1)
    }

    fn seek<'n>(&self, name: &str, at: impl Fn(usize) -> Option<&'n str>) -> Option<Slot> {
        let mask = self.mask();
        let hash = self.hash(name);
        let tag = (hash >> 32) as u32 & !mask;
        let mut slot = hash as usize & mask as usize;
        loop {
            let taken = *self.slots.get(slot)?;
            if taken == 0 {
                return Some(Slot::Free(slot, tag));
            }
            let place = place(taken, mask);
            if taken & !mask == tag && at(place) == Some(name) {
                return Some(Slot::Taken(place));
            }
            slot = (slot + 1) & mask as usize;
        }
    }

    fn hash(&self, name: &str) -> u64 {
        let [start, factor] = self.keys;
        let mix = |hash: u64, word: u64| {
            let product = u128::from(hash ^ word) * u128::from(factor);
            (product as u64) ^ ((product >> 64) as u64)
        };
        let (words, rest) = name.as_bytes().as_chunks();
        let hash = words.iter().fold(mix(start, name.len() as u64), |hash, word| mix(hash, u64::from_le_bytes(*word)));
        let last = name.as_bytes().last_chunk().map_or_else(
            || rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)),
            |last| u64::from_le_bytes(*last),
        );
        mix(hash, last)
    }
}

const fn place(taken: u32, mask: u32) -> usize {
    ((taken & mask) as usize).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_bytes_is_found_wherever_it_stands() {
        for length in 0..40 {
            for place in 0..length {
                let mut bytes = vec![b'a'; length];
                bytes[place] = b'=';
                // What follows must not matter, nor what is one bit off.
                bytes[place + 1..].fill(b'<');
                assert_eq!(find(&bytes, [b'=']), Some(place));
                assert_eq!(find(&bytes, [b':', b'=']), Some(place));
                assert_eq!(find(&bytes, [b'<', b'=']), Some(place));
                assert_eq!(find(&bytes, [b'\n']), None);
                assert_eq!(find_control(&bytes), None);
                bytes[place] = 31;
                assert_eq!(find_control(&bytes), Some(place));
            }
        }
        for byte in 0..=255 {
            assert_eq!(find(&[byte; 9], [byte]), Some(0));
            assert_eq!(find_control(&[byte; 9]), (byte < 32).then_some(0));
            assert_eq!(find(&[byte; 9], [byte ^ 1, byte ^ 128]), None);
        }
    }

    #[test]
    fn in_ascii_the_first_of_a_class_is_found_wherever_it_stands() {
        for byte in 0..128 {
            for place in 0..20 {
                let mut bytes = [b'a'; 20];
                bytes[place] = byte;
                // What follows must not matter.
                bytes[place + 1..].fill(b'\n');
                let next = Some(place + 1).filter(|&next| next < bytes.len());
                let expected = |is_one| if is_one { Some(place) } else { next };
                assert_eq!(find_control_in_ascii(&bytes), expected(byte < 32), "{byte} at {place}");
                let is_sign = byte < 32 || b"89:;<=>?".contains(&byte);
                assert_eq!(find_sign_in_ascii(&bytes), expected(is_sign), "{byte} at {place}");
            }
        }
        for byte in 0..=255 {
            let found = find_below_or(&[byte; 9], b'(', b'\\');
            assert_eq!(found, (byte < b'(' || byte == b'\\').then_some(0), "{byte}");
        }
    }

    #[test]
    fn every_name_is_found_at_its_place_and_no_other() {
        let names: Vec<String> = (0..5000).map(|number| "x".repeat(number % 23) + &number.to_string()).collect();
        for mut index in [Index::default(), Index::with_room(100), Index::with_room(names.len())] {
            let at = |place: usize| names.get(place).map(String::as_str);
            for (place, name) in names.iter().enumerate() {
                assert_eq!(index.get(name, at), None);
                assert_eq!(index.take(name, place, at), None);
                assert_eq!(index.take(name, 7, at), Some(place));
            }
            assert!(names.iter().enumerate().all(|(place, name)| index.get(name, at) == Some(place)));
        }
    }
}
