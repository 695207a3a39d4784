//! The marked block in a start-up file: put in, found again, and taken out to the byte. Pure.

use crate::utf16::Utf16;

const BEGIN: &str = "# >>> aws-switch >>>";
const END: &str = "# <<< aws-switch <<<";
/// Stands on the first line where the text before it had no line end of its own.
const JOINED: &str = " (added a line end)";
/// Stands there where there was no file.
const CREATED: &str = " (made this file)";

/// A file's text, `None` for no file, with these lines in the block: at its end, or where it
/// stands already. The file's line ends and encoding are kept.
///
/// # Errors
/// If the file is UTF-16, but not all of it.
pub fn put_in(file: Option<&[u8]>, lines: &str) -> Result<Vec<u8>, String> {
    let encoding = Utf16::of(file.unwrap_or_default());
    let text = decode(file.unwrap_or_default(), encoding)?;
    Ok(encode(with_block(&text, lines, file.is_none()), encoding))
}

/// A file's text without the block, and whether that made the file; `None` where there is no block.
///
/// # Errors
/// If the file is UTF-16, but not all of it.
pub fn take_out(file: &[u8]) -> Result<Option<(Vec<u8>, bool)>, String> {
    let encoding = Utf16::of(file);
    let text = decode(file, encoding)?;
    Ok(find(&text).map(|block| (encode([block.before, block.after].concat(), encoding), block.created)))
}

/// A text around its block; `before` is without the line end that the block added.
struct Block<'a> {
    before: &'a [u8],
    after: &'a [u8],
    joined: bool,
    created: bool,
}

fn find(text: &[u8]) -> Option<Block<'_>> {
    let (mut begin, mut at) = (None, 0);
    let (begin, end) = text.split_inclusive(|&byte| byte == b'\n').find_map(|line| {
        // Of half a block what follows is the user's.
        begin = if line.starts_with(BEGIN.as_bytes()) { Some(at) } else { begin };
        at += line.len();
        Some((begin?, at)).filter(|_| line.starts_with(END.as_bytes()))
    })?;
    let (before, block, after) = (text.get(..begin)?, text.get(begin..end)?, text.get(end..)?);
    let first = block.split(|&byte| byte == b'\n').next()?;
    let first = first.strip_suffix(b"\r").unwrap_or(first);
    let joined = first.ends_with(JOINED.as_bytes());
    let bare = before.strip_suffix(b"\n").filter(|_| joined).map(|bare| bare.strip_suffix(b"\r").unwrap_or(bare));
    Some(Block { before: bare.unwrap_or(before), after, joined, created: first.ends_with(CREATED.as_bytes()) })
}

fn with_block(text: &[u8], lines: &str, created: bool) -> Vec<u8> {
    let (before, after, joined, created) = match find(text) {
        Some(block) => (block.before, block.after, block.joined, block.created),
        None => (text, &b""[..], !text.is_empty() && !text.ends_with(b"\n"), created),
    };
    let note = match (joined, created) {
        (true, _) => JOINED,
        (_, true) => CREATED,
        _ => "",
    };
    let mut block = format!("{}{BEGIN}{note}\n{lines}{END}\n", if joined { "\n" } else { "" });
    if position(text, b"\r\n").is_some() {
        block = block.replace('\n', "\r\n");
    }
    [before, block.as_bytes(), after].concat()
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// The text of a file, in UTF-16 or in anything whose line ends and ASCII are single bytes.
fn decode(file: &[u8], encoding: Option<Utf16>) -> Result<Vec<u8>, String> {
    let Some(encoding) = encoding else {
        return Ok(file.to_vec());
    };
    let text: Result<String, _> = encoding.decode(file).collect();
    match text {
        Ok(text) if file.len().is_multiple_of(2) => Ok(text.into_bytes()),
        _ => Err("it begins as UTF-16 text and goes on as something else: save it as UTF-8".to_owned()),
    }
}

fn encode(text: Vec<u8>, encoding: Option<Utf16>) -> Vec<u8> {
    match encoding {
        Some(encoding) => encoding.encode(&String::from_utf8_lossy(&text)),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn taking_the_block_out_leaves_every_byte_as_before() {
        let wide = [utf16("a\r\n"), utf16("\u{1f600}"), utf16("")];
        let plain = [&b""[..], b"a\n", b"a", b"a\r\nb", b"a\r\n", b"\n\n", b"\xff a", b"\xef\xbb\xbfa"];
        for text in plain.into_iter().chain(wide.iter().map(Vec::as_slice)) {
            let with = put_in(Some(text), "line\n").unwrap();
            assert_eq!(put_in(Some(&with), "line\n").unwrap(), with, "twice is once");
            assert_eq!(take_out(&with), Ok(Some((text.to_vec(), false))));
            assert_eq!(take_out(text), Ok(None));
        }
    }

    #[test]
    fn what_stands_below_the_block_stays_when_its_lines_change() {
        let below = [&put_in(Some(b"a"), "line\n").unwrap()[..], b"# mine\n"].concat();
        let changed = put_in(Some(&below), "other\n").unwrap();
        assert!(position(&changed, b"other\n").is_some() && position(&changed, b"line\n").is_none());
        assert_eq!(take_out(&changed), Ok(Some((b"a# mine\n".to_vec(), false))));
    }

    #[test]
    fn half_a_block_and_the_mention_of_one_cost_no_line_of_the_users() {
        for mine in
            ["# see # >>> aws-switch >>> below\n", "# >>> aws-switch >>>\nexport A=1\n", "# <<< aws-switch <<<\nx\n"]
        {
            let once = put_in(Some(mine.as_bytes()), "line\n").unwrap();
            let again = put_in(Some(&once), "other\n").unwrap();
            assert_eq!(again, [mine.as_bytes(), &put_in(Some(b""), "other\n").unwrap()].concat(), "{mine}");
            assert_eq!(take_out(&again), Ok(Some((mine.into(), false))), "{mine}");
        }
    }

    #[test]
    fn line_ends_and_encoding_are_kept() {
        let text = put_in(Some(b"a\r\n"), "line\n").unwrap();
        assert!(text.windows(2).filter(|pair| pair[1] == b'\n').all(|pair| pair[0] == b'\r'));
        let wide = put_in(Some(&utf16("a\r\n")), "line\n").unwrap();
        assert_eq!(wide, utf16(std::str::from_utf8(&text).unwrap()));
        assert!(put_in(Some(b"\xff\xfea"), "line\n").is_err());
    }

    #[test]
    fn a_file_that_setup_made_is_known_again() {
        let made = put_in(None, "line\n").unwrap();
        assert_eq!(take_out(&made), Ok(Some((Vec::new(), true))));
        assert_eq!(take_out(&put_in(Some(&made), "other\n").unwrap()), Ok(Some((Vec::new(), true))));
        assert_eq!(take_out(&put_in(Some(b""), "line\n").unwrap()), Ok(Some((Vec::new(), false))));
    }
}
