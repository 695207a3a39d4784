//! What the shell integration remembers between two decisions, and hands to child processes: one
//! exported variable of printable ASCII that only the helper reads.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The variable that carries the state.
pub const VARIABLE: &str = "__AWS_SWITCH_STATE";

/// The number of the format; a state of another one is dropped.
const FORMAT: &str = "3";
/// A longer state is dropped unread.
const MAX_BYTES: usize = 64 * 1024;

/// A profile and a region: a manual switch, or what the shell inherited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The value of `AWS_PROFILE`; `None` is "no profile".
    pub profile: Option<OsString>,
    /// The value of `AWS_DEFAULT_PROFILE` beside it.
    pub default_profile: Option<OsString>,
    /// The region of `--region`.
    pub region: Option<OsString>,
    /// When its `--for` expires, in seconds since 1970.
    pub expires_at: Option<u64>,
}

/// Which of the two layers is active, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Active {
    /// The base: no file applies, or it is ignored.
    #[default]
    Base,
    /// The base, because of a manual switch under the file that applies.
    Manual,
    /// Likewise, after an earlier manual switch there, which is active again when the `--for` of this one expires.
    ManualOverManual,
    /// The directory profile.
    Directory,
}

impl Active {
    /// Whether a manual switch keeps the directory profile from being active.
    pub fn is_manual(self) -> bool {
        matches!(self, Self::Manual | Self::ManualOverManual)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Manual => "manual",
            Self::ManualOverManual => "manual-over-manual",
            Self::Directory => "directory",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Base, Self::Manual, Self::ManualOverManual, Self::Directory].into_iter().find(|one| one.name() == name)
    }
}

/// Where the base comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The parent process.
    #[default]
    Inherited,
    /// A manual switch in this shell, or in the shell that it inherited the state from.
    Manual,
}

impl Origin {
    const fn name(self) -> &'static str {
        match self {
            Self::Inherited => "inherited",
            Self::Manual => "manual",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Inherited, Self::Manual].into_iter().find(|one| one.name() == name)
    }
}

/// A region variable pair: `AWS_REGION`, `AWS_DEFAULT_REGION`.
pub type Regions = [Option<OsString>; 2];

/// Everything remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The layer that is active.
    pub active: Active,
    /// The `.awsprofile` that applied when this was decided.
    pub file: Option<PathBuf>,
    /// `AWS_PROFILE` as the last decision left it; any other value is a manual switch since then.
    pub profile: Option<OsString>,
    /// The region that the last decision set in both region variables, if it set one.
    pub region: Option<OsString>,
    /// The user's own region variables, which `region` replaces.
    pub user_regions: Regions,
    /// The base layer.
    pub base: Layer,
    /// Where the base comes from.
    pub origin: Origin,
    /// The base before the last manual switch, for `aws-switch -`.
    pub previous: Option<Layer>,
    /// Which ignored file was reported last: a hash of its path and content.
    pub reported: Option<u64>,
}

impl State {
    /// The text of the exported variable: fields after the format number, each percent-encoded.
    pub fn encode(&self) -> String {
        let mut fields = vec![
            FORMAT.to_owned(),
            self.active.name().to_owned(),
            encode(self.file.as_deref().map(Path::as_os_str)),
            encode(self.profile.as_deref()),
            encode(self.region.as_deref()),
        ];
        fields.extend(self.user_regions.iter().map(|value| encode(value.as_deref())));
        fields.push(self.origin.name().to_owned());
        fields.push(self.reported.map(|hash| format!("{hash:x}")).unwrap_or_default());
        fields.extend([&self.base].into_iter().chain(&self.previous).flat_map(encode_layer));
        fields.join(":")
    }

    /// Reads what [`State::encode`] wrote. Anything else, of whatever length, is `None`.
    pub fn decode(text: &OsStr) -> Option<Self> {
        let text = text.to_str().filter(|text| text.len() <= MAX_BYTES)?;
        let fields: Vec<&str> = text.split(':').collect();
        let (&[FORMAT, active, file, profile, region, user_region, user_default_region, origin, reported], layers) =
            fields.split_first_chunk::<9>()?
        else {
            return None;
        };
        let (base, previous) = layers.split_first_chunk::<4>()?;
        Some(Self {
            active: Active::from_name(active)?,
            file: decode(file)?.map(PathBuf::from),
            profile: decode(profile)?,
            region: decode_line(region)?,
            user_regions: [decode_line(user_region)?, decode_line(user_default_region)?],
            base: decode_layer(base)?,
            origin: Origin::from_name(origin)?,
            reported: match reported {
                "" => None,
                hash => Some(u64::from_str_radix(hash, 16).ok()?),
            },
            previous: match previous {
                [] => None,
                _ => Some(decode_layer(previous.try_into().ok()?)?),
            },
        })
    }
}

fn encode_layer(layer: &Layer) -> [String; 4] {
    let [profile, default_profile, region] =
        [&layer.profile, &layer.default_profile, &layer.region].map(|value| encode(value.as_deref()));
    [profile, default_profile, region, layer.expires_at.map(|time| time.to_string()).unwrap_or_default()]
}

fn decode_layer([profile, default_profile, region, expires_at]: &[&str; 4]) -> Option<Layer> {
    Some(Layer {
        profile: decode_line(profile)?,
        default_profile: decode_line(default_profile)?,
        region: decode_line(region)?,
        expires_at: if expires_at.is_empty() { None } else { Some(expires_at.parse().ok()?) },
    })
}

/// Decodes a value that a reply may have to set: a line of it can carry no line break.
#[expect(clippy::option_option, reason = "malformed and unset are two things")]
fn decode_line(text: &str) -> Option<Option<OsString>> {
    decode(text).filter(|value| !value.iter().any(|value| value.as_encoded_bytes().iter().any(|b| b"\r\n".contains(b))))
}

/// `=` and the encoded value, or nothing for a variable that is not set.
fn encode(value: Option<&OsStr>) -> String {
    let Some(value) = value else {
        return String::new();
    };
    let mut text = String::from("=");
    for &byte in value.as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-+@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// The outer `None` is a malformed field, the inner one a variable that is not set.
#[expect(clippy::option_option, reason = "malformed and unset are two things")]
fn decode(text: &str) -> Option<Option<OsString>> {
    let Some(encoded) = text.strip_prefix('=') else {
        return text.is_empty().then_some(None);
    };
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [hex_digit(rest.next()?)?, hex_digit(rest.next()?)?];
            bytes.push(digits[0] * 16 + digits[1]);
        } else {
            bytes.push(byte);
        }
    }
    // No variable can hold a NUL: the operating system would refuse it later.
    (!bytes.contains(&0)).then(|| from_bytes(bytes)).flatten().map(Some)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    Some(std::os::unix::ffi::OsStringExt::from_vec(bytes))
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    String::from_utf8(bytes).ok().map(OsString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> State {
        State {
            active: Active::Directory,
            file: Some("/a b/\n:%\u{e9}/.awsprofile".into()),
            profile: Some("team:dev".into()),
            region: Some("eu-west-1".into()),
            user_regions: [Some("".into()), None],
            base: Layer { profile: Some("it's".into()), expires_at: Some(1_900_000_000), ..Layer::default() },
            origin: Origin::Manual,
            previous: Some(Layer::default()),
            reported: Some(0xfeed),
        }
    }

    #[test]
    fn what_is_encoded_decodes_to_the_same() {
        let over_manual = State { active: Active::ManualOverManual, previous: None, ..full() };
        for state in [full(), State::default(), over_manual] {
            assert_eq!(State::decode(OsStr::new(&state.encode())), Some(state));
        }
    }

    #[test]
    fn the_encoded_text_is_printable_ascii() {
        assert!(full().encode().bytes().all(|byte| (0x21..0x7f).contains(&byte)));
    }

    #[test]
    fn malformed_state_is_dropped() {
        let good = full().encode();
        for bad in [
            "",
            "1",
            ":",
            "1:base",
            &good.replace("1900000000", "19x"),
            "a[$(touch x)]",
            &good[1..],
            &good[..good.len() - 2],
            &format!("{good}:"),
            &good.replace("%0A", "%0"),
            &good.replace("%0A", "%00"),
            &good.replace("%0A", "%+A"),
            &good.replace("directory", "elsewhere"),
            &"3:".repeat(100_000),
        ] {
            assert_eq!(State::decode(OsStr::new(bad)), None, "{bad}");
        }
    }
}
