//! Parses a `.awsprofile`: bytes in, a profile, a region and an account out, or the error and its span.

use std::ops::Range;

use crate::aws::is_account_id;
use crate::diagnostic::Span;

/// A longer file is an error and not read further.
pub const MOST_BYTES: usize = 4096;

/// No region's name is longer, and a longer word may be a secret that got there by mistake.
const LONGEST_REGION: usize = 24;

/// Stripped from both ends of a line; the carriage return ends a line on Windows.
const SPACES: [char; 3] = [' ', '\t', '\r'];

/// The content of a `.awsprofile`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirectoryProfile {
    pub profile: String,
    pub region: Option<String>,
    /// The id of the account that the profile is expected to belong to.
    pub account_id: Option<String>,
}

impl DirectoryProfile {
    /// The text of a file that asks for this.
    pub fn content(&self) -> String {
        let lines = [Some(&self.profile), self.region.as_ref(), self.account_id.as_ref()];
        lines.into_iter().flatten().map(|line| format!("{line}\n")).collect()
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct ParseError {
    /// `None` for the whole file.
    pub span: Option<Span>,
    pub message: String,
}

/// Takes the profile from the first line that is neither empty nor a `#` comment, and a region and an account id, in any
/// order, from those after it.
pub fn parse(bytes: &[u8]) -> Result<DirectoryProfile, ParseError> {
    let of_file = |why: &str| ParseError { span: None, message: format!("it {why}") };
    if bytes.len() > MOST_BYTES {
        return Err(of_file(&format!("is larger than {MOST_BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| of_file("is not UTF-8 text"))?;
    if text.contains('\0') {
        return Err(of_file("contains a NUL byte"));
    }
    let mut lines = lines(text);
    let profile = lines.next().ok_or_else(|| of_file("contains no profile"))?;
    let all = |line: &Line| 0..line.text.len();
    if profile.text.starts_with('\u{feff}') {
        // Nobody would see it in a message about an unknown name.
        return Err(profile.error(all(&profile), "begins with a byte order mark"));
    }
    let (mut region, mut account_id) = (None, None);
    for line in lines {
        let (value, what, is_valid) = if line.text.starts_with(|first: char| first.is_ascii_digit()) {
            (&mut account_id, "an account id of 12 digits", is_account_id(line.text))
        } else {
            (&mut region, "a region", is_like_region(line.text))
        };
        if value.is_some() {
            return Err(line.error(all(&line), "is unexpected: only a profile, a region and an account id are allowed"));
        }
        if !is_valid {
            let shown = if line.text.len() > LONGEST_REGION { String::new() } else { format!(": '{}'", line.text) };
            return Err(line.error(all(&line), &format!("is not {what}{shown}")));
        }
        *value = Some(line.text.to_owned());
    }
    if let Some(at) = profile.text.find('\r') {
        return Err(profile.error(at..at + 1, "contains a carriage return"));
    }
    Ok(DirectoryProfile { profile: profile.text.to_owned(), region, account_id })
}

pub fn is_like_region(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Where the profile's name is, in a file that can be parsed.
pub fn profile_span(bytes: &[u8]) -> Option<Span> {
    lines(std::str::from_utf8(bytes).ok()?).next().map(|line| line.span(0..line.text.len()))
}

/// Where the account id is, likewise.
pub fn account_span(bytes: &[u8]) -> Option<Span> {
    let mut lines = lines(std::str::from_utf8(bytes).ok()?).skip(1);
    lines.find(|line| is_account_id(line.text)).map(|line| line.span(0..line.text.len()))
}

/// A line that is neither empty nor a comment, without the spaces around it.
pub struct Line<'a> {
    pub number: usize,
    /// How many bytes of the line are before `text`.
    pub start: usize,
    pub text: &'a str,
}

impl Line<'_> {
    fn span(&self, part: Range<usize>) -> Span {
        Span { line: self.number, columns: Some(self.start + part.start..self.start + part.end) }
    }

    fn error(&self, part: Range<usize>, why: &str) -> ParseError {
        ParseError { span: Some(self.span(part)), message: format!("line {} {why}", self.number) }
    }
}

pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let lines = (1..).zip(text.split('\n')).map(|(number, line)| {
        let rest = line.trim_start_matches(SPACES);
        Line { number, start: line.len() - rest.len(), text: rest.trim_end_matches(SPACES) }
    });
    lines.filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_profile_and_region_and_account_follow_in_any_order() {
        for (text, profile, region, account_id) in [
            ("work", "work", None, None),
            ("\n # why\n\t my profile # x \r\n\r\n", "my profile # x", None, None),
            ("$(touch x)\n", "$(touch x)", None, None),
            ("work\r\n# here\r\n eu-west-1 ", "work", Some("eu-west-1"), None),
            ("work\n111122223333", "work", None, Some("111122223333")),
            ("work\neu-west-1\n\t000000000000 \r\n", "work", Some("eu-west-1"), Some("000000000000")),
            ("111122223333\n111122223333\n# x\neu-west-1\n", "111122223333", Some("eu-west-1"), Some("111122223333")),
        ] {
            let (region, account_id) = (region.map(str::to_owned), account_id.map(str::to_owned));
            let wanted = DirectoryProfile { profile: profile.to_owned(), region, account_id };
            assert_eq!(parse(text.as_bytes()), Ok(wanted.clone()), "{text:?}");
            assert_eq!(parse(wanted.content().as_bytes()), Ok(wanted), "{text:?}");
        }
    }

    #[test]
    fn anything_else_is_an_error() {
        for (text, error) in [
            (&b""[..], "it contains no profile"),
            (b" \n# only\n", "it contains no profile"),
            (b"a\nb\n\nc\n", "line 4 is unexpected: only a profile, a region and an account id are allowed"),
            (
                b"a\n111122223333\n111122223333",
                "line 3 is unexpected: only a profile, a region and an account id are allowed",
            ),
            (b"a\n11112222333", "line 2 is not an account id of 12 digits: '11112222333'"),
            (b"a\n1111222233334", "line 2 is not an account id of 12 digits: '1111222233334'"),
            (b"a\n1111-2222-3333", "line 2 is not an account id of 12 digits: '1111-2222-3333'"),
            (b"a\n$(x)\n", "line 2 is not a region: '$(x)'"),
            (b"a\naws_secret_access_key = wJalrXUt", "line 2 is not a region"),
            (b"\xef\xbb\xbfa\n", "line 1 begins with a byte order mark"),
            (b"\xef\xbb\xbf# why\na\nb\n", "line 1 begins with a byte order mark"),
            (b"a\0b", "it contains a NUL byte"),
            (b"\xff\xfe", "it is not UTF-8 text"),
            (b"\na\rb", "line 2 contains a carriage return"),
            (&[b'a'; MOST_BYTES + 1], "it is larger than 4096 bytes"),
        ] {
            assert_eq!(parse(text).unwrap_err().message, error);
        }
        assert!(parse(&[b'a'; MOST_BYTES]).is_ok());
    }

    #[test]
    fn spans_leave_out_the_spaces_around_the_text() {
        let columns = |text: &[u8]| parse(text).unwrap_err().span.and_then(|span| span.columns);
        assert_eq!(columns(b"a\n\t no region \r\n"), Some(2..11));
        assert_eq!(columns(b" ab\rc"), Some(3..4));
        assert_eq!(profile_span(b"# why\n  work \r\n"), Some(Span { line: 2, columns: Some(2..6) }));
        let file = b"111122223333\neu-west-1\n\n 111122223333";
        assert_eq!(account_span(file), Some(Span { line: 4, columns: Some(1..13) }));
    }
}
