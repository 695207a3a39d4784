//! The marked block in a start-up file: inserted, and removed without a trace. Pure.

use crate::utf16::Utf16;

const BEGIN: &str = "# >>> aws-switch >>>";
const END: &str = "# <<< aws-switch <<<";
/// Ends the first line of a block if the text before it had no line end of its own.
const JOINED: &str = " (added a line end)";
/// Ends the first line of a block if there was no file.
const CREATED: &str = " (made this file)";
/// The first line, before the number of directories that `setup` made for the file.
const CREATED_IN: &str = " (made this file) (made directories) ";

/// The content of a file, `None` for no file, with a block of these lines: in place of the block that it has, else at
/// its end. Line ends and encoding stay those of the file. For a new file `setup` makes so many directories.
pub fn insert(file: Option<&[u8]>, lines: &str, new_directories: usize) -> Result<Vec<u8>, String> {
    let (text, encoding) = decode(file.unwrap_or_default())?;
    let note = match text.as_slice() {
        _ if file.is_none() && new_directories > 0 => format!("{CREATED_IN}{new_directories}"),
        _ if file.is_none() => CREATED.to_owned(),
        [] | [.., b'\n'] => String::new(),
        _ => JOINED.to_owned(),
    };
    Ok(encode(&with_block(&text, lines, note), encoding))
}

/// The content of a file without its block, and how many directories `setup` made for it if it made the file.
type Remainder = (Vec<u8>, Option<usize>);

/// `None` if there is no block.
pub fn remove(file: &[u8]) -> Result<Option<Remainder>, String> {
    let (text, encoding) = decode(file)?;
    Ok(find(&text).map(|block| {
        let directories = block.note.strip_prefix(CREATED_IN).and_then(|count| count.parse().ok());
        let directories = directories.or((block.note == CREATED).then_some(0));
        // What was added below stays on a line of its own.
        let line_end = if block.after.is_empty() { b"" } else { block.joint };
        (encode(&[block.before, line_end, block.after].concat(), encoding), directories)
    }))
}

/// A text around its block.
struct Block<'a> {
    before: &'a [u8],
    /// The line end that the block added.
    joint: &'a [u8],
    after: &'a [u8],
    note: String,
}

fn find(text: &[u8]) -> Option<Block<'_>> {
    let (mut begin, mut position) = (None, 0);
    let (begin, end) = text.split_inclusive(|&byte| byte == b'\n').find_map(|line| {
        // Without an end, what follows an earlier begin is the user's.
        begin = if line.starts_with(BEGIN.as_bytes()) { Some(position) } else { begin };
        position += line.len();
        Some((begin?, position)).filter(|_| line.starts_with(END.as_bytes()))
    })?;
    let (before, block, after) = (text.get(..begin)?, text.get(begin..end)?, text.get(end..)?);
    let first = block.split(|&byte| byte == b'\n').next()?;
    let line_end: &[u8] = if first.ends_with(b"\r") { b"\r\n" } else { b"\n" };
    let note = first.strip_suffix(b"\r").unwrap_or(first).strip_prefix(BEGIN.as_bytes())?;
    let bare = before.strip_suffix(line_end).filter(|_| note == JOINED.as_bytes());
    let (before, joint) = bare.map_or((before, &b""[..]), |bare| (bare, line_end));
    Some(Block { before, joint, after, note: String::from_utf8_lossy(note).into_owned() })
}

/// The note is that of a new block.
fn with_block(text: &[u8], lines: &str, note: String) -> Vec<u8> {
    let Block { before, after, note, .. } = find(text).unwrap_or(Block { before: text, joint: b"", after: b"", note });
    let mut block = format!("{}{BEGIN}{note}\n{lines}{END}\n", if note == JOINED { "\n" } else { "" });
    if [before, after].iter().any(|text| text.windows(2).any(|pair| pair == b"\r\n")) {
        block = block.replace('\n', "\r\n");
    }
    [before, block.as_bytes(), after].concat()
}

/// The encoding is `None` if it is not UTF-16; in any other one, line ends and ASCII are single bytes.
fn decode(file: &[u8]) -> Result<(Vec<u8>, Option<Utf16>), String> {
    let Some(encoding) = Utf16::of(file) else {
        return Ok((file.to_vec(), None));
    };
    match encoding.decode(file).collect::<Result<String, _>>() {
        Ok(text) if file.len().is_multiple_of(2) => Ok((text.into_bytes(), Some(encoding))),
        _ => Err("it begins as UTF-16 text but is not; save it as UTF-8".to_owned()),
    }
}

fn encode(text: &[u8], encoding: Option<Utf16>) -> Vec<u8> {
    encoding.map_or_else(|| text.to_vec(), |encoding| encoding.encode(&String::from_utf8_lossy(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn removing_the_block_leaves_every_byte_as_before() {
        let wide = [utf16("a\r\n"), utf16("\u{1f600}"), utf16("")];
        let plain =
            [&b""[..], b"a\n", b"a", b"a\r\nb", b"a\r\n", b"a\r", b"a\r\nb\r", b"\n\n", b"\xff a", b"\xef\xbb\xbfa"];
        for text in plain.into_iter().chain(wide.iter().map(Vec::as_slice)) {
            let with = insert(Some(text), "line\n", 0).unwrap();
            assert_eq!(insert(Some(&with), "line\n", 0).unwrap(), with, "twice is once");
            assert_eq!(remove(&with), Ok(Some((text.to_vec(), None))));
            assert_eq!(remove(text), Ok(None));
        }
    }

    #[test]
    fn text_below_the_block_stays_when_the_lines_change() {
        let below = [&insert(Some(b"a"), "line\n", 0).unwrap()[..], b"# mine\n"].concat();
        let changed = insert(Some(&below), "other\n", 0).unwrap();
        let changed_text = String::from_utf8(changed.clone()).unwrap();
        assert!(changed_text.contains("other\n") && !changed_text.contains("line\n"));
        assert_eq!(remove(&changed), Ok(Some((b"a\n# mine\n".to_vec(), None))));
    }

    #[test]
    fn half_a_block_or_the_mention_of_one_costs_no_line_of_the_user() {
        for mine in
            ["# see # >>> aws-switch >>> below\n", "# >>> aws-switch >>>\nexport A=1\n", "# <<< aws-switch <<<\nx\n"]
        {
            let once = insert(Some(mine.as_bytes()), "line\n", 0).unwrap();
            let again = insert(Some(&once), "other\n", 0).unwrap();
            assert_eq!(again, [mine.as_bytes(), &insert(Some(b""), "other\n", 0).unwrap()].concat(), "{mine}");
            assert_eq!(remove(&again), Ok(Some((mine.into(), None))), "{mine}");
        }
    }

    #[test]
    fn line_ends_and_encoding_stay() {
        let text = insert(Some(b"a\r\n"), "line\n", 0).unwrap();
        assert!(text.windows(2).filter(|pair| pair[1] == b'\n').all(|pair| pair[0] == b'\r'));
        let wide = insert(Some(&utf16("a\r\n")), "line\n", 0).unwrap();
        assert_eq!(wide, utf16(std::str::from_utf8(&text).unwrap()));
        assert!(insert(Some(b"\xff\xfea"), "line\n", 0).is_err());
    }

    #[test]
    fn a_file_that_setup_made_is_recognized() {
        for (directories, note) in [(0, " (made this file)\n"), (2, " (made this file) (made directories) 2\n")] {
            let made = insert(None, "line\n", directories).unwrap();
            assert!(String::from_utf8_lossy(&made).starts_with(&format!("{BEGIN}{note}")));
            assert_eq!(remove(&made), Ok(Some((Vec::new(), Some(directories)))));
            let again = insert(Some(&made), "other\n", 0).unwrap();
            assert_eq!(remove(&again), Ok(Some((Vec::new(), Some(directories)))));
        }
        assert_eq!(remove(&insert(Some(b""), "line\n", 0).unwrap()), Ok(Some((Vec::new(), None))));
    }
}
