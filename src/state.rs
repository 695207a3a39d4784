//! Holds what the shell integration remembers between two decisions, and hands to child processes: one
//! exported variable of printable ASCII that only the helper reads.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// A state of another format is dropped.
const FORMAT: &str = "8";

/// The value of a variable; `None` is unset.
pub type Value = Option<OsString>;
/// `AWS_REGION`, `AWS_DEFAULT_REGION`.
pub type Regions = [Value; 2];

/// A profile and a region: a manual switch, or what the shell inherited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    pub profile: Value,
    /// The value of `AWS_DEFAULT_PROFILE` beside it.
    pub default_profile: Value,
    /// From `--region`; without it, the user's own region variables stay.
    pub region: Value,
    pub deadline: Option<Deadline>,
    /// Whether the keys that the shell has saved are those of this layer.
    pub has_saved_keys: bool,
    /// Whether a tool such as direnv set the profile: nothing goes back to it once the tool has put back what it found.
    pub is_of_tool: bool,
}

impl Layer {
    pub fn is_expired(&self, now: u64) -> bool {
        // More than the whole time is left where the clock was set back.
        self.deadline.is_some_and(|Deadline { at, length }| at <= now || at - now > length)
    }
}

/// The end of a manual switch with `--for`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// In seconds since 1970.
    pub at: u64,
    /// The time of `--for`, in seconds.
    pub length: u64,
}

/// Which of the two layers is active, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Active {
    /// The base: no file applies, or it is ignored.
    #[default]
    Base,
    /// The base, because of a manual switch under the file that applies. So many of the earlier layers, the latest, are
    /// manual switches there too: each is active again when the `--for` of the next one expires.
    Manual(usize),
    Directory,
}

impl Active {
    /// Whether a manual switch overrides the directory profile.
    pub fn is_manual(self) -> bool {
        matches!(self, Self::Manual(_))
    }

    fn encode(self) -> String {
        match self {
            Self::Base => "base".to_owned(),
            Self::Manual(earlier) => format!("manual-{earlier}"),
            Self::Directory => "directory".to_owned(),
        }
    }

    fn decode(text: &str) -> Option<Self> {
        match text {
            "base" => Some(Self::Base),
            "directory" => Some(Self::Directory),
            _ => text.strip_prefix("manual-")?.parse().ok().map(Self::Manual),
        }
    }
}

/// The state that a tool such as direnv found before it set `AWS_PROFILE`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileBeforeTool {
    /// `AWS_PROFILE`: that of the base or a directory profile.
    pub profile: Value,
    /// The base to return to when the tool puts the profile back; a manual switch in the meantime changes it.
    pub base: Layer,
}

/// The region that a tool such as direnv found in a variable before it set its own, and will put back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionBeforeTool {
    /// Ours, or the user's own.
    pub found: Value,
    /// The user's own at that time.
    pub user: Value,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub active: Active,
    /// The `.awsprofile` that applied when this was decided.
    pub file: Option<PathBuf>,
    /// `AWS_PROFILE` as the last decision left it; any other value is a manual switch since then.
    pub profile: Value,
    /// The region that the last decision set in both region variables, if it set one.
    pub region: Value,
    /// The user's own region variables. They are remembered while `region` replaces them, and while a tool such as direnv
    /// is active.
    pub user_regions: Regions,
    pub base: Layer,
    /// Whether the base is a manual switch of this shell, or of the shell that it inherited the state from.
    pub is_base_manual: bool,
    /// The bases before, latest last: `aws-switch -` goes back to the last, and so does the end of a `--for`.
    pub earlier: Vec<Layer>,
    /// `Environment::tools` at that decision.
    pub tools: Option<u64>,
    /// The profile that a tool such as direnv replaced in this shell, and will put back.
    pub replaced: Option<ProfileBeforeTool>,
    pub replaced_regions: [Option<RegionBeforeTool>; 2],
    /// Which ignored file was reported last: a hash of its path and content.
    pub reported: Option<u64>,
}

/// The most layers that are remembered, however many switches with `--for` follow one another.
const MOST_EARLIER: usize = 8;

impl State {
    /// Remembers a base before the present one. Once every `--for` has expired, the last two layers without one are left,
    /// so that those before them are dropped.
    pub fn push_earlier(&mut self, layer: Layer) {
        self.earlier.push(layer);
        let lasting = self.earlier.iter().enumerate().rev().filter(|(_, layer)| layer.deadline.is_none());
        let first_needed = lasting.map(|(index, _)| index).nth(1).unwrap_or_default();
        self.earlier.drain(..first_needed.max(self.earlier.len().saturating_sub(MOST_EARLIER)));
    }

    /// Whether `-`, the end of a `--for`, or a tool that puts back a profile can restore the saved keys.
    pub fn can_restore_keys(&self) -> bool {
        let layers = || [&self.base].into_iter().chain(self.earlier.iter().rev());
        let Some(count) = layers().position(|layer| layer.has_saved_keys) else {
            return self.replaced.as_ref().is_some_and(|replaced| replaced.base.has_saved_keys);
        };
        // Layers with a deadline go away by themselves, and `-` passes over one of the others.
        let lasting = layers().take(count).filter(|layer| layer.deadline.is_none()).count();
        lasting <= 1 || self.replaced.is_some()
    }

    pub fn forget_saved_keys(&mut self) {
        let replaced = self.replaced.as_mut().map(|replaced| &mut replaced.base);
        for layer in self.earlier.iter_mut().chain([&mut self.base]).chain(replaced) {
            layer.has_saved_keys = false;
        }
    }

    /// The base that the end of its `--for` leads to.
    pub fn base_after_deadline(&self) -> Option<&Layer> {
        let now = self.base.deadline?.at;
        self.earlier.iter().rev().find(|layer| !layer.is_expired(now))
    }

    /// Whether the profile of this file is active.
    pub fn is_active_file(&self, path: &Path) -> bool {
        self.active == Active::Directory && self.file.as_deref() == Some(path)
    }

    /// The text of the exported variable; `None` if a value holds a line break, which no later reply could set.
    pub fn encode(&self) -> Option<String> {
        let [user_region, user_default_region] = &self.user_regions;
        let file = encode(self.file.as_deref().map(Path::as_os_str));
        let mut fields = vec![FORMAT.to_owned(), self.active.encode(), file];
        let values = [&self.profile, &self.region, user_region, user_default_region];
        fields.extend(values.map(|value| encode(value.as_deref())));
        fields.push(if self.is_base_manual { "manual" } else { "inherited" }.to_owned());
        fields.extend([self.reported, self.tools].map(|hash| hash.map(|hash| format!("{hash:x}")).unwrap_or_default()));
        fields.push(self.replaced.as_ref().map_or("none".to_owned(), |replaced| encode(replaced.profile.as_deref())));
        fields.extend(self.replaced_regions.iter().flat_map(|replaced| match replaced {
            None => ["none".to_owned(), String::new()],
            Some(RegionBeforeTool { found, user }) => [found, user].map(|value| encode(value.as_deref())),
        }));
        let replaced = self.replaced.as_ref().map(|replaced| &replaced.base);
        for layer in replaced.into_iter().chain(&self.earlier).chain([&self.base]) {
            let values = [&layer.profile, &layer.default_profile, &layer.region];
            fields.extend(values.map(|value| encode(value.as_deref())));
            fields.push(layer.deadline.map(|Deadline { at, length }| format!("{at}+{length}")).unwrap_or_default());
            let mark = match (layer.has_saved_keys, layer.is_of_tool) {
                (false, false) => "",
                (true, false) => "keys",
                (false, true) => "tool",
                (true, true) => "keys+tool",
            };
            fields.push(mark.to_owned());
        }
        let text = fields.join(":");
        Self::decode(OsStr::new(&text)).map(|_| text)
    }

    /// Reads what [`State::encode`] wrote. Anything else, of whatever length, is `None`.
    pub fn decode(text: &OsStr) -> Option<Self> {
        let mut fields = text.to_str()?.split(':');
        let mut next = || fields.next();
        if next()? != FORMAT {
            return None;
        }
        let mut state = Self {
            active: Active::decode(next()?)?,
            file: decode(next()?)?.map(PathBuf::from),
            profile: decode_line(next()?)?,
            region: decode_line(next()?)?,
            user_regions: [decode_line(next()?)?, decode_line(next()?)?],
            is_base_manual: decode_either(next()?, "manual", "inherited")?,
            reported: decode_hash(next()?)?,
            tools: decode_hash(next()?)?,
            replaced: match next()? {
                "none" => None,
                profile => Some(ProfileBeforeTool { profile: decode_line(profile)?, base: Layer::default() }),
            },
            replaced_regions: [decode_replaced(next()?, next()?)?, decode_replaced(next()?, next()?)?],
            ..Self::default()
        };
        let rest: Vec<&str> = fields.collect();
        let mut layers = rest.chunks(5).map(decode_layer);
        if let Some(replaced) = &mut state.replaced {
            replaced.base = layers.next()??;
        }
        state.earlier = layers.collect::<Option<_>>()?;
        state.base = state.earlier.pop()?;
        Some(state)
    }
}

fn decode_either(text: &str, yes: &str, no: &str) -> Option<bool> {
    (text == yes || text == no).then_some(text == yes)
}

fn decode_layer(fields: &[&str]) -> Option<Layer> {
    let &[profile, default_profile, region, deadline, mark] = fields else { return None };
    let (has_saved_keys, is_of_tool) = match mark {
        "" => (false, false),
        "keys" => (true, false),
        "tool" => (false, true),
        "keys+tool" => (true, true),
        _ => return None,
    };
    Some(Layer {
        profile: decode_line(profile)?,
        default_profile: decode_line(default_profile)?,
        region: decode_line(region)?,
        deadline: if deadline.is_empty() { None } else { Some(decode_deadline(deadline)?) },
        has_saved_keys,
        is_of_tool,
    })
}

fn decode_replaced(found: &str, user: &str) -> Option<Option<RegionBeforeTool>> {
    let user = decode_line(user)?;
    if found == "none" { Some(None) } else { Some(Some(RegionBeforeTool { found: decode_line(found)?, user })) }
}

fn decode_hash(text: &str) -> Option<Option<u64>> {
    if text.is_empty() { Some(None) } else { u64::from_str_radix(text, 16).ok().map(Some) }
}

fn decode_deadline(text: &str) -> Option<Deadline> {
    let (at, length) = text.split_once('+')?;
    Some(Deadline { at: at.parse().ok()?, length: length.parse().ok()? })
}

/// Decodes a value that a reply may have to set.
fn decode_line(text: &str) -> Option<Value> {
    decode(text).filter(|value| !value.as_deref().is_some_and(has_line_break))
}

pub fn has_line_break(value: &OsStr) -> bool {
    value.as_encoded_bytes().iter().any(|byte| b"\r\n".contains(byte))
}

/// `=` and the percent-encoded value, or nothing for a variable that is unset.
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

fn decode(text: &str) -> Option<Value> {
    let Some(encoded) = text.strip_prefix('=') else {
        return text.is_empty().then_some(None);
    };
    let mut parts = encoded.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).filter(|(digits, _)| !digits.starts_with('+'))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    // No variable can hold a NUL: the operating system would refuse it later.
    (!bytes.contains(&0)).then(|| from_bytes(bytes)).flatten().map(Some)
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> Value {
    Some(std::os::unix::ffi::OsStringExt::from_vec(bytes))
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> Value {
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
            base: Layer {
                profile: Some("it's".into()),
                deadline: Some(Deadline { at: 1_900_000_000, length: 60 }),
                has_saved_keys: true,
                ..Layer::default()
            },
            is_base_manual: true,
            earlier: vec![
                Layer { is_of_tool: true, ..Layer::default() },
                Layer { profile: Some("b".into()), has_saved_keys: true, is_of_tool: true, ..Layer::default() },
            ],
            reported: Some(0xfeed),
            tools: Some(0xbee),
            replaced: Some(ProfileBeforeTool { profile: Some("infra".into()), base: Layer::default() }),
            replaced_regions: [Some(RegionBeforeTool { found: Some("eu-west-1".into()), user: None }), None],
        }
    }

    #[test]
    fn what_is_encoded_decodes_to_the_same() {
        let manual = State { active: Active::Manual(2), earlier: Vec::new(), replaced: None, ..full() };
        for state in [full(), State::default(), manual] {
            assert_eq!(State::decode(OsStr::new(&state.encode().unwrap())), Some(state));
        }
    }

    #[test]
    fn the_encoded_text_is_printable_ascii() {
        assert!(full().encode().unwrap().bytes().all(|byte| (0x21..0x7f).contains(&byte)));
    }

    #[test]
    fn malformed_state_is_dropped() {
        let good = full().encode().unwrap();
        for bad in [
            "",
            "1",
            ":",
            "1:base",
            &good.replace("1900000000", "19x"),
            &good.replace("+60", ""),
            "a[$(touch x)]",
            &good[1..],
            &good[..good.len() - 2],
            &format!("{good}:"),
            &good.replace("%0A", "%0"),
            &good.replace("%0A", "%00"),
            &good.replace("%0A", "%+A"),
            &good.replace("directory", "elsewhere"),
            &"8:".repeat(100_000),
        ] {
            assert_eq!(State::decode(OsStr::new(bad)), None, "{bad}");
        }
    }
}
