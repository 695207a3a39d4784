//! What a `.awsprofile` says. Pure: bytes in, a layer or a fault out.

use std::fmt;

use crate::layers::Layer;

/// More than this is not read, of any file.
pub const MOST_BYTES: usize = 4096;

/// The bytes of a `.awsprofile`, at most [`MOST_BYTES`] and one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content(pub Vec<u8>);

/// Why a `.awsprofile` makes no sense, for people to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong there.
    pub why: String,
}

impl Flaw {
    fn new(line: impl Into<Option<usize>>, why: impl Into<String>) -> Self {
        Self { line: line.into(), why: why.into() }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "line {line} {}", self.why),
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
    pub fn parse(&self) -> Result<Layer, Flaw> {
        if self.0.len() > MOST_BYTES {
            return Err(Flaw::new(None, format!("is longer than {MOST_BYTES} bytes")));
        }
        let text = std::str::from_utf8(&self.0).map_err(|_| Flaw::new(None, "is not UTF-8 text"))?;
        if text.contains('\0') {
            return Err(Flaw::new(None, "holds a NUL byte"));
        }
        let mut lines = lines(text);
        let Some((number, profile)) = lines.next() else {
            return Err(Flaw::new(None, "names no profile"));
        };
        let region = lines.next();
        if let Some((number, _)) = lines.next() {
            return Err(Flaw::new(number, "is one too many: it takes a profile and a region"));
        }
        match region {
            Some((number, region)) if region.contains(|c: char| !c.is_ascii_alphanumeric() && c != '-') => {
                Err(Flaw::new(number, format!("is no region: '{region}'")))
            }
            _ if profile.contains('\r') => Err(Flaw::new(number, "holds a lone carriage return")),
            region => Ok(Layer { profile: profile.to_owned(), region: region.map(|(_, region)| region.to_owned()) }),
        }
    }

    /// The line of the profile's name, if it has one.
    #[must_use]
    pub fn profile_line(&self) -> Option<usize> {
        lines(std::str::from_utf8(&self.0).ok()?).next().map(|(number, _)| number)
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
