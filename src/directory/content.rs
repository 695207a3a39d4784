//! What a `.awsprofile` says. Pure: bytes in, a layer or a fault out.

use std::fmt;

/// What a `.awsprofile` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryProfile {
    /// The profile.
    pub profile: String,
    /// The region, if it names one.
    pub region: Option<String>,
}

/// More than this is not read, of any file.
pub const MOST_BYTES: usize = 4096;

/// No region's name is longer, and what is may be a secret that got there by mistake.
const LONGEST_REGION: usize = 24;

/// The bytes of a `.awsprofile`, at most [`MOST_BYTES`] and one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content(pub Vec<u8>);

/// A line of a `.awsprofile`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, counted from 1.
    pub number: usize,
    /// What it says, without the blanks around it.
    pub text: String,
}

impl From<(usize, &str)> for Line {
    fn from((number, text): (usize, &str)) -> Self {
        Self { number, text: text.to_owned() }
    }
}

/// Why a `.awsprofile` makes no sense, for people to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line at fault, where one can be named.
    pub line: Option<Line>,
    /// What is wrong there.
    pub why: String,
}

impl Flaw {
    fn of_file(why: impl Into<String>) -> Self {
        Self { line: None, why: why.into() }
    }

    fn of_line(line: (usize, &str), why: impl Into<String>) -> Self {
        Self { line: Some(line.into()), why: why.into() }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.line {
            Some(line) => write!(formatter, "line {} {}", line.number, self.why),
            None => write!(formatter, "it {}", self.why),
        }
    }
}

impl Content {
    /// The profile on the first line that is neither blank nor a `#` comment, and the region on
    /// the second, if there is one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self) -> Result<DirectoryProfile, Flaw> {
        if self.0.len() > MOST_BYTES {
            return Err(Flaw::of_file(format!("is longer than {MOST_BYTES} bytes")));
        }
        let text = std::str::from_utf8(&self.0).map_err(|_| Flaw::of_file("is not UTF-8 text"))?;
        if text.contains('\0') {
            return Err(Flaw::of_file("holds a NUL byte"));
        }
        let mut lines = lines(text);
        let Some(profile) = lines.next() else {
            return Err(Flaw::of_file("names no profile"));
        };
        if profile.1.starts_with('\u{feff}') {
            // Nobody would see it in a message about an unknown name.
            return Err(Flaw::of_line(profile, "begins with a byte order mark"));
        }
        let region = lines.next();
        if let Some(more) = lines.next() {
            return Err(Flaw::of_line(more, "is one too many: it takes a profile and a region"));
        }
        match region {
            Some(line) if line.1.contains(|c: char| !c.is_ascii_alphanumeric() && c != '-') => {
                let shown = if line.1.len() > LONGEST_REGION { String::new() } else { format!(": '{}'", line.1) };
                Err(Flaw::of_line(line, format!("is no region{shown}")))
            }
            _ if profile.1.contains('\r') => Err(Flaw::of_line(profile, "holds a lone carriage return")),
            region => Ok(DirectoryProfile {
                profile: profile.1.to_owned(),
                region: region.map(|(_, region)| region.to_owned()),
            }),
        }
    }

    /// The line of the profile's name, if it has one.
    #[must_use]
    pub fn profile_line(&self) -> Option<Line> {
        lines(std::str::from_utf8(&self.0).ok()?).next().map(Line::from)
    }
}

/// The lines that say something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let all = text.split('\n').enumerate().map(|(index, line)| (index + 1, line.trim_matches([' ', '\t', '\r'])));
    all.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Result<(String, Option<String>), Flaw> {
        let layer = Content(text.to_vec()).parse()?;
        Ok((layer.profile, layer.region))
    }

    #[test]
    fn the_first_line_is_the_profile_and_the_second_the_region() {
        let profile = |name: &str| Ok((name.to_owned(), None));
        assert_eq!(parse(b"work"), profile("work"));
        assert_eq!(parse(b"\n # why\n\t my profile # x \r\n\r\n"), profile("my profile # x"));
        assert_eq!(parse(b"$(touch x)\n"), profile("$(touch x)"));
        let with_region = Ok(("work".to_owned(), Some("eu-west-1".to_owned())));
        assert_eq!(parse(b"work\r\n# here\r\n eu-west-1 "), with_region);
    }

    #[test]
    fn anything_else_is_a_fault() {
        for (text, fault) in [
            (&b""[..], "it names no profile"),
            (b" \n# only\n", "it names no profile"),
            (b"a\nb\n\nc\n", "line 4 is one too many: it takes a profile and a region"),
            (b"a\n$(x)\n", "line 2 is no region: '$(x)'"),
            (b"a\naws_secret_access_key = wJalrXUt", "line 2 is no region"),
            (b"\xef\xbb\xbfa\n", "line 1 begins with a byte order mark"),
            (b"\xef\xbb\xbf# why\na\nb\n", "line 1 begins with a byte order mark"),
            (b"a\0b", "it holds a NUL byte"),
            (b"\xff\xfe", "it is not UTF-8 text"),
            (b"\na\rb", "line 2 holds a lone carriage return"),
            (&[b'a'; MOST_BYTES + 1], "it is longer than 4096 bytes"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), fault);
        }
        assert!(parse(&[b'a'; MOST_BYTES]).is_ok());
    }
}
