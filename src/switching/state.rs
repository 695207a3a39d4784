//! What the integration remembers between two questions, and hands to child processes: one
//! exported variable of printable ASCII that only the helper reads.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The variable that carries the state.
pub const VARIABLE: &str = "__AWS_SWITCH_STATE";

/// A longer state is dropped unread.
const MOST_BYTES: usize = 64 * 1024;

/// A choice of profile and region, made by hand or inherited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The value of `AWS_PROFILE`; `None` is "no profile".
    pub profile: Option<OsString>,
    /// The value of `AWS_DEFAULT_PROFILE` beside it.
    pub default_profile: Option<OsString>,
    /// The region of `--region`.
    pub region: Option<OsString>,
    /// When a choice of `--for` ends, in seconds since 1970.
    pub until: Option<u64>,
}

/// Which of the two layers stands, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// The base: no file governs, or the one that does is refused.
    #[default]
    Base,
    /// The base, because it was chosen by hand under the governing file.
    Hand,
    /// Likewise, over another choice by hand there, which stands again once the time of this one is up.
    HandOverHand,
    /// The governing file's layer.
    Directory,
}

impl Standing {
    /// Whether it is a choice by hand that stands.
    pub fn is_by_hand(self) -> bool {
        matches!(self, Self::Hand | Self::HandOverHand)
    }
}

/// A region variable pair: `AWS_REGION`, `AWS_DEFAULT_REGION`.
pub type Regions = [Option<OsString>; 2];

/// Everything remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Which layer stands.
    pub standing: Standing,
    /// The file that governed when this was decided.
    pub file: Option<PathBuf>,
    /// `AWS_PROFILE` as it was left; another value since then is a choice by hand.
    pub profile: Option<OsString>,
    /// The region that was put into both region variables, if one was.
    pub region: Option<OsString>,
    /// The user's own region variables beneath `region`.
    pub ground: Regions,
    /// The base layer.
    pub base: Choice,
    /// Whether the base was chosen in a shell, rather than inherited.
    pub by_hand: bool,
    /// The choice before the last one, for `aws-switch -`.
    pub previous: Option<Choice>,
    /// Which ignored file was reported last: a hash of its path and content.
    pub reported: Option<u64>,
}

impl State {
    /// Whether there is anything in it that a later question would miss.
    pub fn is_worth_keeping(&self) -> bool {
        *self != Self::default()
    }

    /// The text of the exported variable: fields after a format number, each percent-encoded.
    pub fn encode(&self) -> String {
        let standing = match self.standing {
            Standing::Base => "base",
            Standing::Hand => "hand",
            Standing::HandOverHand => "hand-over-hand",
            Standing::Directory => "directory",
        };
        let mut fields = vec![
            "3".to_owned(),
            standing.to_owned(),
            field(self.file.as_deref().map(Path::as_os_str)),
            field(self.profile.as_deref()),
            field(self.region.as_deref()),
        ];
        fields.extend(self.ground.iter().map(|value| field(value.as_deref())));
        fields.push(if self.by_hand { "hand" } else { "inherited" }.to_owned());
        fields.push(self.reported.map(|hash| format!("{hash:x}")).unwrap_or_default());
        fields.extend(choice_fields(&self.base));
        if let Some(previous) = &self.previous {
            fields.extend(choice_fields(previous));
        }
        fields.join(":")
    }

    /// Reads what [`State::encode`] wrote. Anything else, of whatever length, is `None`.
    pub fn decode(text: &OsStr) -> Option<Self> {
        let text = text.to_str().filter(|text| text.len() <= MOST_BYTES)?;
        let fields: Vec<&str> = text.split(':').collect();
        let (&[version, standing, file, profile, region, ground, ground_default, by_hand, reported], rest) =
            fields.split_first_chunk::<9>()?;
        if version != "3" {
            return None;
        }
        let (base, previous) = rest.split_first_chunk::<4>()?;
        Some(Self {
            standing: match standing {
                "base" => Standing::Base,
                "hand" => Standing::Hand,
                "hand-over-hand" => Standing::HandOverHand,
                "directory" => Standing::Directory,
                _ => return None,
            },
            file: value(file)?.map(PathBuf::from),
            profile: value(profile)?,
            region: restorable(region)?,
            ground: [restorable(ground)?, restorable(ground_default)?],
            base: choice(base)?,
            by_hand: match by_hand {
                "hand" => true,
                "inherited" => false,
                _ => return None,
            },
            reported: match reported {
                "" => None,
                hash => Some(u64::from_str_radix(hash, 16).ok()?),
            },
            previous: match previous {
                [] => None,
                _ => Some(choice(previous.first_chunk().filter(|_| previous.len() == 4)?)?),
            },
        })
    }
}

fn choice_fields(choice: &Choice) -> [String; 4] {
    let [profile, default_profile, region] =
        [&choice.profile, &choice.default_profile, &choice.region].map(|value| field(value.as_deref()));
    [profile, default_profile, region, choice.until.map(|end| end.to_string()).unwrap_or_default()]
}

fn choice([profile, default_profile, region, until]: &[&str; 4]) -> Option<Choice> {
    Some(Choice {
        profile: restorable(profile)?,
        default_profile: restorable(default_profile)?,
        region: restorable(region)?,
        until: if until.is_empty() { None } else { Some(until.parse().ok()?) },
    })
}

/// A value that an answer may have to set: none can carry a line break.
#[expect(clippy::option_option, reason = "malformed and unset are two things")]
fn restorable(text: &str) -> Option<Option<OsString>> {
    value(text).filter(|value| !value.iter().any(|value| value.as_encoded_bytes().iter().any(|b| b"\r\n".contains(b))))
}

/// `=` and the encoded value, or nothing for a variable that is not set.
fn field(value: Option<&OsStr>) -> String {
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
fn value(text: &str) -> Option<Option<OsString>> {
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
    // A NUL can stand in no variable: the operating system would refuse it later.
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
            standing: Standing::Directory,
            file: Some("/a b/\n:%\u{e9}/.awsprofile".into()),
            profile: Some("team:dev".into()),
            region: Some("eu-west-1".into()),
            ground: [Some("".into()), None],
            base: Choice { profile: Some("it's".into()), until: Some(1_900_000_000), ..Choice::default() },
            by_hand: true,
            previous: Some(Choice::default()),
            reported: Some(0xfeed),
        }
    }

    #[test]
    fn what_is_encoded_decodes_to_the_same() {
        let over_hand = State { standing: Standing::HandOverHand, previous: None, ..full() };
        for state in [full(), State::default(), over_hand] {
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
