//! Parses a `.awsprofile`: bytes in, a profile and a region out, or the error and its span.

use std::ops::Range;

use crate::diagnostic::Span;

/// A longer file is an error and not read further.
pub const MOST_BYTES: usize = 4096;

/// No region's name is longer, and a longer word may be a secret that got there by mistake.
const LONGEST_REGION: usize = 24;

/// Stripped from both ends of a line; the carriage return ends a line on Windows.
const SPACES: [char; 3] = [' ', '\t', '\r'];

/// What a `.awsprofile` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryProfile {
    pub profile: String,
    pub region: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct ParseError {
    /// `None` for the whole file.
    pub span: Option<Span>,
    pub message: String,
}

/// Takes the profile from the first line that is neither empty nor a `#` comment, and the region from the second.
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
    let region = lines.next();
    if let Some(more) = lines.next() {
        return Err(more.error(all(&more), "is unexpected: only a profile and a region are allowed"));
    }
    if let Some(region) = region.as_ref().filter(|region| !is_like_region(region.text)) {
        let shown = if region.text.len() > LONGEST_REGION { String::new() } else { format!(": '{}'", region.text) };
        return Err(region.error(all(region), &format!("is not a region{shown}")));
    }
    if let Some(at) = profile.text.find('\r') {
        return Err(profile.error(at..at + 1, "contains a carriage return"));
    }
    Ok(DirectoryProfile { profile: profile.text.to_owned(), region: region.map(|region| region.text.to_owned()) })
}

fn is_like_region(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Where the profile's name is, in a file that can be parsed.
pub fn profile_span(bytes: &[u8]) -> Option<Span> {
    lines(std::str::from_utf8(bytes).ok()?).next().map(|line| line.span(0..line.text.len()))
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

    fn parsed(text: &[u8]) -> Result<(String, Option<String>), ParseError> {
        let DirectoryProfile { profile, region } = parse(text)?;
        Ok((profile, region))
    }

    #[test]
    fn the_first_line_is_the_profile_and_the_second_the_region() {
        let profile = |name: &str| Ok((name.to_owned(), None));
        assert_eq!(parsed(b"work"), profile("work"));
        assert_eq!(parsed(b"\n # why\n\t my profile # x \r\n\r\n"), profile("my profile # x"));
        assert_eq!(parsed(b"$(touch x)\n"), profile("$(touch x)"));
        let with_region = Ok(("work".to_owned(), Some("eu-west-1".to_owned())));
        assert_eq!(parsed(b"work\r\n# here\r\n eu-west-1 "), with_region);
    }

    #[test]
    fn anything_else_is_an_error() {
        for (text, error) in [
            (&b""[..], "it contains no profile"),
            (b" \n# only\n", "it contains no profile"),
            (b"a\nb\n\nc\n", "line 4 is unexpected: only a profile and a region are allowed"),
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
    }
}
