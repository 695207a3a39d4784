//! Sections that hold nothing but plain settings, as nearly all do, passed over without taking them apart.

use super::search::{find_control_in_ascii, find_sign_in_ascii};

/// A section of more keys is looked at in full, where there is an index for them.
const MOST_KEYS: usize = 16;

/// What was passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Passed {
    pub(super) bytes: usize,
    pub(super) lines: usize,
    /// How long the line is that follows, without its end: it is `[NAME]` and no more. Or the text ends.
    pub(super) header: Option<usize>,
}

/// How much of an ASCII text, which follows a header's line, goes before the next header or the text's end:
/// `None` if any of it could be more than different keys with a value each, blank lines and comments.
pub(super) fn body(text: &[u8]) -> Option<Passed> {
    let mut keys = [0; MOST_KEYS];
    let mut count = 0;
    let mut passed = Passed::default();
    loop {
        let rest = text.get(passed.bytes..)?;
        let value = match rest.first() {
            None => return Some(passed),
            Some(b'[') => return Some(Passed { header: Some(header(rest)?), ..passed }),
            Some(b'\n' | b'#' | b';') => 0,
            Some(b'a'..=b'z') => {
                let sign = find_sign_in_ascii(rest)?;
                // Or a character next to it, such as a digit, which hardly any key has.
                if !matches!(rest.get(sign), Some(b'=' | b':')) {
                    return None;
                }
                let key = mark(rest, sign)?;
                if keys.get(..count)?.contains(&key) {
                    return None;
                }
                *keys.get_mut(count)? = key;
                count += 1;
                sign
            }
            Some(_) => return None,
        };
        let end = value + find_control_in_ascii(rest.get(value..)?)?;
        if rest.get(end) != Some(&b'\n') {
            return None;
        }
        passed.bytes += end + 1;
        passed.lines += 1;
    }
}

/// The length of a line that can be nothing but a header.
fn header(text: &[u8]) -> Option<usize> {
    let end = find_control_in_ascii(text)?;
    matches!(text.get(..=end)?, [b'[', _, .., b']', b'\n']).then_some(end)
}

/// A number that is the same for keys that are, whatever their case; others may share it, too.
fn mark(line: &[u8], sign: usize) -> Option<u64> {
    let mut length = sign;
    while line.get(length.checked_sub(1)?) == Some(&b' ') {
        length -= 1;
    }
    let first = lower_word(line.first_chunk()?);
    match length.checked_sub(8) {
        // What follows a short key is shifted out.
        None => Some(first << (64 - 8 * length)),
        Some(last) => Some(first.rotate_left(7) ^ lower_word(line.get(last..)?.first_chunk()?) ^ length as u64),
    }
}

/// Eight bytes with all letters made small; some other characters change, too.
const fn lower_word(bytes: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*bytes) | u64::from_le_bytes([b' '; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(text: &str) -> Option<(usize, usize, Option<usize>)> {
        body(text.as_bytes()).map(|passed| (passed.bytes, passed.lines, passed.header))
    }

    #[test]
    fn plain_settings_are_passed_over_up_to_the_next_header() {
        assert_eq!(passed(""), Some((0, 0, None)));
        assert_eq!(passed("[next]\n"), Some((0, 0, Some(6))));
        assert_eq!(passed("region = eu-west-1\n\n# x\n; y\noutput:json\n[next]\n"), Some((40, 5, Some(6))));
        assert_eq!(passed("region =\nregions = =\n"), Some((21, 2, None)));
    }

    #[test]
    fn what_is_more_than_plain_is_left_to_a_closer_look() {
        for text in [
            "region",
            "region = x",
            "region = x     \n[\n",
            "region = x     \n[]\n",
            "region = x     \n[a]",
            "region = x     \n[a] b\n",
            "region = x     \n[a\tb]\n",
            "region\n        ",
            "region = x\nREGION = y\n",
            "region = x\nregion= y\n",
            "role_session_name = x\nRole_Session_Name : y\n",
            "s3 =\n  a = b\n",
            " region = x\n",
            "Region = x\n",
            "region = x\r\n",
            "region = x\ty\n",
            "region\t= x\n",
            "# x\ry\n",
            "= x\n",
            "key8 = x\n",
            "key? = x\n",
        ] {
            assert_eq!(passed(text), None, "{text:?}");
        }
        let many = |keys: usize| (0..keys).map(|key| format!("key{key:010b} = x\n")).collect::<String>();
        assert!(passed(&many(MOST_KEYS)).is_some());
        assert!(passed(&many(MOST_KEYS + 1)).is_none());
    }

    #[test]
    fn keys_that_are_alike_in_part_are_told_apart() {
        let keys = ["a", "b", "ab", "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "role_arn"];
        for one in keys {
            for other in keys.into_iter().filter(|other| *other != one) {
                assert!(passed(&format!("{one} = x     \n{other} = x     \n")).is_some(), "{one} {other}");
            }
        }
    }
}
