use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// The parts of which files of every kind here are made.
const PARTS: [&str; 64] = [
    "[",
    "]",
    "[profile a]",
    "[profile b]",
    "[profile \"a b\"]",
    "[profile 'c]",
    "[default]",
    "[DEFAULT]",
    "[sso-session s]",
    "[services s]",
    "[profile]",
    "[a]",
    "[ profile a ]",
    "profile ",
    "region",
    "Region",
    "s3",
    "role_arn",
    "source_profile",
    "sso_session",
    "a",
    "b",
    "ß",
    "İ",
    "Σ",
    "=",
    ":",
    " = ",
    "==",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{3000}",
    "\x0b",
    "\x0c",
    "\x1c",
    "\u{85}",
    "\u{2028}",
    "\n",
    "\n",
    "\n",
    "\n ",
    "\n  ",
    "\r",
    "\r\n",
    "#",
    ";",
    " # ",
    "'",
    "\"",
    "\\",
    "\0",
    "\u{1b}[31m",
    "é",
    "😀",
    "\u{feff}",
    "auto",
    "protect",
    "on",
    "off",
    "eu-west-1",
    "$(x)",
    "1",
];

const SESSIONS: [&str; 22] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "1",
    "{}",
    "\"accessToken\":",
    "\"expiresAt\":",
    "\"refreshToken\":",
    "\"clientId\":",
    "\"clientSecret\":",
    "\"registrationExpiresAt\":",
    "\"dpopKey\":",
    "\"2026-01-01T00:00:00Z\"",
    "\"2026-01-01T00:00:00UTC\"",
    "\"x\"",
    "\"-009999-01-01T00:00:00+25:00\"",
];

/// Files of such parts, and now and then of any bytes.
fn files(parts: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let made = vec(select(parts), 0..60).prop_map(|parts| parts.concat().into_bytes());
    let spoiled = (vec(select(parts), 0..60), vec(any::<u8>(), 0..8)).prop_map(|(parts, bytes)| {
        let text = parts.concat().into_bytes();
        let (start, end) = text.split_at(text.len() / 2);
        [start, &bytes, end].concat()
    });
    prop_oneof![4 => made, 2 => spoiled, 1 => vec(any::<u8>(), 0..200)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_aws_file_is_read_to_its_last_line(bytes in files(&PARTS)) {
        aws_file(&bytes);
    }

    #[test]
    fn a_directory_file_is_a_layer_or_a_fault(bytes in files(&PARTS)) {
        directory_file(&bytes);
    }

    #[test]
    fn a_settings_file_sets_nothing_but_what_there_is(bytes in files(&PARTS)) {
        settings_file(&bytes);
    }

    #[test]
    fn a_cached_session_is_one_or_is_none(bytes in files(&SESSIONS)) {
        session(&bytes);
    }

    #[test]
    fn inherited_state_is_state_or_is_dropped(bytes in files(&["2", "1", ":", "=", "base", "manual", "directory", "none", "%0A", "%", "a", ""])) {
        inherited_state(&bytes);
    }
}

/// Times of a thread, which only Linux tells.
#[cfg(target_os = "linux")]
mod times {
    use std::time::Duration;

    use rustix::time::{ClockId, clock_gettime};

    use super::*;
    use crate::aws::Chains;

    /// `size` bytes of what might take a reader longer than their number: much of one thing, and many that meet each other.
    fn worst(size: usize) -> Vec<(&'static str, String)> {
        let much = |part: &str| part.repeat(size / part.len());
        let many = |part: &dyn Fn(usize) -> String| {
            let mut text = String::with_capacity(size + 100);
            for number in 0.. {
                if text.len() >= size {
                    break;
                }
                text += &part(number);
            }
            text
        };
        let half = |text: String| text[..text.len() / 2].to_owned();
        let sections = many(&|number| format!("[profile p{number}]\n"));
        let keys = many(&|number| format!("k{number}=\n x\n"));
        vec![
            ("one byte", much("x")),
            ("empty lines", much("\n")),
            ("carriage returns", much("\r")),
            ("line ends", much("\r\n")),
            ("controls", much("\x01")),
            ("spaces", much(" ") + "x"),
            ("wide spaces", much("\u{3000}")),
            ("comments", much("#\n")),
            ("open brackets", much("[")),
            ("closed brackets", format!("[{}", much("]"))),
            ("open headers", much("[\n")),
            ("quotes", format!("[profile {}]", much("\""))),
            ("backslashes", format!("[profile {}]", much("\\"))),
            ("words", format!("[profile {}]", much("a "))),
            ("sections", sections.clone()),
            ("one section", much("[profile a]\n")),
            ("one section, one key", much("[profile a]\nk=\n")),
            ("keys", format!("[profile a]\n{keys}")),
            ("one key", format!("[profile a]\n{}", much("k=\n"))),
            ("nested keys", format!("[profile a]\ns3=\n{}", many(&|number| format!(" k{number}=\n")))),
            ("one nested key", format!("[profile a]\ns3=\n{}", much(" k=\n"))),
            ("separators", format!("[profile a]\ns3=\n {}", much("\x1ck=\x0b"))),
            ("a long value", format!("[profile a]\nk=v\n{}", much(" x\n"))),
            ("empty lines in a value", format!("[profile a]\nk=v\n{} x\n", much("\n"))),
            ("defaults and sections", format!("[DEFAULT]\n{}\n{}", half(keys), half(sections))),
            ("sources", many(&|number| format!("[profile p{number}]\nrole_arn=\nsource_profile=p{}\n", number + 1))),
            ("stray lines", format!("[profile a]\n{}", much("x\n"))),
            ("settings", much("auto = on\n")),
            ("wrong settings", much("auto\n")),
            ("nested JSON", much("[")),
            ("JSON", format!("{{{}", much("\"accessToken\":null,"))),
        ]
    }

    /// How long this thread works on it: the least of several times.
    fn cost(read: impl Fn()) -> Duration {
        let now = || {
            let now = clock_gettime(ClockId::ThreadCPUTime);
            Duration::new(now.tv_sec.try_into().unwrap(), now.tv_nsec.try_into().unwrap())
        };
        let once = |_| {
            let start = now();
            read();
            now() - start
        };
        (0..3).map(once).min().unwrap()
    }

    type Reader = fn(&str);

    /// Reads such a file as the properties do, and asserts nothing.
    const READERS: [(&str, Reader); 5] = [
        ("an AWS file", |text| {
            let store = ProfileStore::new(text, "");
            let _ = problems(&store);
            store.iter().for_each(|profile| {
                let _ = Kind::of(profile);
            });
            let _ = Chains::follow(&store);
            setting_rules::examine(&store, FileKind::Config, &mut Diagnostics::default());
        }),
        ("what SDKs read", |text| sdk_rules::examine(text, FileKind::Config, &mut Diagnostics::default())),
        ("a .awsprofile", |text| drop(directory::parse(text.as_bytes()))),
        ("settings", |text| drop(Settings::parse(text.get(..64 << 10).unwrap_or(text), Path::new("s")))),
        ("a session", |text| {
            let _ = Session::parse(Cache::Sso, text.as_bytes(), 0);
        }),
    ];

    #[test]
    fn eight_times_the_worst_input_takes_about_eight_times_as_long() {
        const SIZE: usize = 1 << 12;
        for ((what, short), (_, long)) in worst(SIZE).into_iter().zip(worst(8 * SIZE)) {
            let all = |text: &str| READERS.iter().for_each(|(_, read)| read(text));
            let (one, eight) = (cost(|| all(&short)), cost(|| all(&long)));
            // The square would be 64 times as long. Under a millisecond a clock tells little.
            let grain = Duration::from_millis(2);
            assert!(eight < one * 24 + grain, "{what}: {one:?}, eight times as much {eight:?}");
        }
    }

    #[cfg_attr(debug_assertions, ignore = "of a release: cargo test --release megabyte")]
    #[test]
    fn a_megabyte_of_the_worst_input_takes_less_than_two_of_profiles() {
        const SIZE: usize = 1 << 20;
        let profile = |number| {
            format!(
                "[profile p{number}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::{number:012}:role/r\nsource_profile = p0\n"
            )
        };
        let profiles: String = (0..SIZE / profile(0).len()).map(profile).collect();
        let (_, read_profiles) = READERS[0];
        let ordinary = cost(|| read_profiles(&profiles));
        for (what, text) in worst(SIZE) {
            for (reader, read) in READERS {
                let taken = cost(|| read(&text));
                assert!(taken < ordinary * 2, "{reader}: {what}: {taken:?}, a megabyte of profiles: {ordinary:?}");
            }
        }
    }
}
