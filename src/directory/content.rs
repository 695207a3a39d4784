//! What a `.awsprofile` says. Pure: bytes in, a layer or a fault out.

use crate::layers::Layer;

/// More than this is not read, of any file.
pub const MOST_BYTES: usize = 4096;

/// The bytes of a `.awsprofile`, at most [`MOST_BYTES`] and one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content(pub Vec<u8>);

impl Content {
    /// The profile on the first line that is neither blank nor a `#` comment, and the region on
    /// the second, if there is one.
    ///
    /// # Errors
    /// What is wrong with it, for people to read.
    pub fn parse(&self) -> Result<Layer, String> {
        if self.0.len() > MOST_BYTES {
            return Err(format!("it is longer than {MOST_BYTES} bytes"));
        }
        let text = std::str::from_utf8(&self.0).map_err(|_| "it is not UTF-8 text".to_owned())?;
        if text.contains('\0') {
            return Err("it holds a NUL byte".to_owned());
        }
        let mut lines = text
            .split('\n')
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim_matches([' ', '\t', '\r'])))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let Some((_, profile)) = lines.next() else {
            return Err("it names no profile".to_owned());
        };
        let region = lines.next();
        if let Some((number, _)) = lines.next() {
            return Err(format!("line {number} is one too many: it takes a profile and a region"));
        }
        match region {
            Some((number, region)) if region.contains(|c: char| !c.is_ascii_alphanumeric() && c != '-') => {
                Err(format!("line {number} is no region: '{region}'"))
            }
            _ if profile.contains('\r') => Err("it holds a lone carriage return".to_owned()),
            region => Ok(Layer { profile: profile.to_owned(), region: region.map(|(_, region)| region.to_owned()) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Result<(String, Option<String>), String> {
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
            (&b""[..], "no profile"),
            (b" \n# only\n", "no profile"),
            (b"a\nb\n\nc\n", "line 4"),
            (b"a\n$(x)\n", "line 2 is no region"),
            (b"a\0b", "NUL"),
            (b"\xff\xfe", "UTF-8"),
            (b"a\rb", "carriage return"),
            (&[b'a'; MOST_BYTES + 1], "longer"),
        ] {
            let told = parse(text).unwrap_err();
            assert!(told.contains(fault), "{told}");
        }
        assert!(parse(&[b'a'; MOST_BYTES]).is_ok());
    }
}
