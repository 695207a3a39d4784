//! Asserts what holds of everything that is read, whatever it says: in `cargo test` of what proptest makes up, in
//! `cargo fuzz` of what libFuzzer finds.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a property that cannot be checked is false")]

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::Path;

use jiff::Timestamp;

use crate::aws::{Cache, FileKind, Kind, Profile, ProfileStore, Session, SessionStatus, Value, decode};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::diagnostics::{header_rules, sdk_rules, setting_rules};
use crate::directory;
use crate::settings::{DEFINITIONS, Settings};
use crate::state::State;

/// A property, for proptest and libFuzzer: bytes in, and a panic where something does not hold.
pub type Property = fn(&[u8]);

/// Checks bytes as a config file and as a credentials file: each line number is right, and each profile is found by its
/// name.
///
/// # Panics
/// If anything does not hold.
pub fn aws_file(bytes: &[u8]) {
    let text = text_of(bytes);
    let lines = lines_of(&text);
    let (decoded, _) = decode(bytes.to_vec());
    assert_eq!(decoded, text);
    let store = ProfileStore::new(&text, &text);
    settings_stand_where_they_are_said_to(&store, &lines);
    each_is_found_by_its_name(&store, &lines);
    for (_, problem) in problems(&store) {
        let end = problem.message.contains(['\n', '\r']);
        assert!(!end || text.contains('\r'), "{problem:?}");
        is_in_its_line(&problem, &lines);
    }
    for file in FileKind::BOTH {
        let mut problems = Diagnostics::default();
        sdk_rules::examine(&text, file, &mut problems);
        setting_rules::examine(&store, file, &mut problems);
        problems.into_vec().iter().for_each(|problem| is_in_its_line(problem, &lines));
    }
    names_are_the_same_however_lines_end(&text, &store);
}

fn problems(store: &ProfileStore) -> Vec<(FileKind, Diagnostic)> {
    let of = |file| {
        let mut problems = store.document(file).problems.clone();
        header_rules::examine(store, file, &mut problems);
        problems.into_vec().into_iter().map(move |problem| (file, problem))
    };
    FileKind::BOTH.into_iter().flat_map(of).collect()
}

/// A span is of a line that is there, and of whole characters in it.
fn is_in_its_line(problem: &Diagnostic, lines: &[&str]) {
    let Some(span) = &problem.span else { return };
    let part = |line: &&str| span.columns.clone().is_none_or(|columns| line.get(columns).is_some());
    assert!(lines.get(span.line.wrapping_sub(1)).is_some_and(part), "{problem:?}");
}

fn settings_stand_where_they_are_said_to(store: &ProfileStore, lines: &[&str]) {
    let document = store.document(FileKind::Config);
    for section in document.sections.values() {
        let line = lines[section.line() - 1].trim_start_matches(is_blank);
        assert!(line.starts_with(&format!("[{}]", section.name)), "{section:?} in {line:?}");
        let header = section.header_span().columns.unwrap();
        assert_eq!(lines[section.line() - 1][header], format!("[{}]", section.name));
    }
    let of_sections = document.sections.values().flat_map(|section| document.settings_of(section));
    for setting in of_sections.chain(document.defaults.values()) {
        let line = lines[setting.line() - 1];
        let key = line.split(['=', ':']).next().unwrap_or_default();
        assert_eq!(key.trim_matches(is_blank).to_lowercase(), setting.key, "line {}", setting.line());
        assert_eq!(line[document.key_span(setting).columns.unwrap()], *key.trim_matches(is_blank));
        match &setting.value {
            Value::Text(text) => {
                let first = text.split('\n').next().unwrap_or_default();
                assert_eq!(document.value_span(setting).columns.map_or("", |columns| &line[columns]), first);
            }
            Value::Nested(children) => children.iter().for_each(|child| {
                let line = lines[child.line - 1];
                assert!(line.contains(child.key) && line.contains(child.value), "{child:?}");
            }),
        }
    }
}

fn each_is_found_by_its_name(store: &ProfileStore, lines: &[&str]) {
    let names: HashSet<&str> = store.iter().map(|profile| profile.name()).collect();
    assert_eq!(names.len(), store.len(), "a name is listed twice");
    for profile in store.iter() {
        let sources = |profile: Profile| profile.sources().collect::<Vec<_>>();
        assert_eq!(store.get(profile.name()).map(sources), Some(sources(profile)), "{}", profile.name());
        assert!(profile.sources().count() > 0, "{} is from nowhere", profile.name());
        assert!(profile.sources().all(|source| lines[source.line - 1].contains('[')), "{}", profile.name());
        let settings = profile.settings();
        assert_eq!(settings.iter().map(|found| found.key).collect::<HashSet<_>>().len(), settings.len());
        assert!(
            settings.iter().all(|found| profile.find(found.key).is_some_and(|one| one.source == found.source)),
            "{}",
            profile.name()
        );
        let _ = Kind::of(profile);
    }
}

/// `\r\n` is one end of a line, and UTF-16, which the AWS CLI refuses, is read all the same.
fn names_are_the_same_however_lines_end(text: &str, store: &ProfileStore) {
    let names = |bytes: &[u8]| -> Vec<String> {
        let (text, _) = decode(bytes.to_vec());
        ProfileStore::new(&text, "").iter().map(|profile| profile.name().to_owned()).collect()
    };
    // Of two byte order marks each reading takes one.
    if text.starts_with('\u{feff}') {
        return;
    }
    let expected = names(text.as_bytes());
    let first: Vec<&str> = store.iter().map(|profile| profile.name()).take(expected.len()).collect();
    assert_eq!(first, expected);
    if !text.contains('\r') {
        let codes = |text: &str| {
            let problems = problems(&ProfileStore::new(text, text)).into_iter();
            problems.map(|(file, problem)| (file, problem.code, problem.span)).collect::<Vec<_>>()
        };
        assert_eq!(codes(&text.replace('\n', "\r\n")), codes(text));
        assert_eq!(names(text.replace('\n', "\r\n").as_bytes()), expected);
        assert_eq!(names(text.replace('\n', "\r").as_bytes()), expected);
    }
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(names(&utf16), expected);
}

/// Checks bytes as a `.awsprofile`: a file of only the profile and the region that were read is read in the same way.
///
/// # Panics
/// If anything does not hold.
pub fn directory_file(bytes: &[u8]) {
    let lines: Vec<_> = bytes.split(|&byte| byte == b'\n').collect();
    let is_there = |span: &Span| {
        let columns = span.columns.clone().unwrap_or_default();
        lines[span.line - 1].get(columns).is_some_and(|text| !text.is_empty())
    };
    match directory::parse(bytes) {
        Ok(wanted) => {
            assert!(!wanted.profile.is_empty() && !wanted.profile.contains(['\0', '\n', '\r']), "{wanted:?}");
            let region = wanted.region.clone().unwrap_or_default();
            assert!(region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{wanted:?}");
            let again = format!("{}\n{region}\n", wanted.profile);
            assert_eq!(directory::parse(again.as_bytes()), Ok(wanted));
        }
        Err(error) => assert!(error.span.iter().all(is_there), "{error:?}"),
    }
    let span = directory::parse::profile_span(bytes);
    assert!(span.iter().all(is_there), "{span:?}");
}

/// Checks bytes as `settings.ini`: each value is one that its setting accepts, and each line number exists.
///
/// # Panics
/// If anything does not hold.
pub fn settings_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().collect();
    let settings = Settings::parse(&text, Path::new("settings.ini"));
    for problem in &settings.diagnostics {
        let line = problem.line().and_then(|line| lines.get(line.wrapping_sub(1)));
        assert!(line.is_some_and(|line| !line.is_empty()), "{problem:?}");
        let columns = problem.span.as_ref().and_then(|span| span.columns.clone());
        assert!(columns.is_none_or(|columns| line.is_some_and(|line| columns.end <= line.len())), "{problem:?}");
    }
    for setting in &DEFINITIONS {
        let Some((value, line)) = settings.values.get(setting.name) else { continue };
        assert!(setting.accepts(value), "{} is {value}", setting.name);
        // Quotes may end within a value.
        let bare = |text: &str| text.replace(['\'', '"'], "");
        let text = bare(lines[line - 1]);
        assert!(
            text.contains(setting.name) && text.contains(&bare(value)),
            "{line}: {text:?}: {}: {value:?}",
            setting.name
        );
    }
}

/// Checks bytes as a file of each cache of the AWS CLI: a session is valid until it expires, and no longer.
///
/// # Panics
/// If anything does not hold.
pub fn session(bytes: &[u8]) {
    for cache in [Cache::LegacySso, Cache::Sso, Cache::Login] {
        let Some(found) = Session::parse(cache, bytes, 0) else { continue };
        assert_eq!(found.status == SessionStatus::None, found.expires_at.is_none(), "{found:?}");
        assert_eq!(
            found.status == SessionStatus::Valid,
            found.expires_at.is_some_and(|end| end > Timestamp::UNIX_EPOCH),
            "{found:?}"
        );
        assert!(found.status != SessionStatus::Refreshable || cache != Cache::LegacySso, "{found:?}");
    }
}

/// Checks bytes as a state that a shell inherits: it is dropped, or reading what it is written as gives the same state.
///
/// # Panics
/// If anything does not hold.
pub fn inherited_state(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(state) = State::decode(OsStr::new(text)) {
        assert_eq!(State::decode(OsStr::new(&state.encode().unwrap())), Some(state));
    }
}

/// Decodes a file by other means than `decode`, for comparison.
fn text_of(bytes: &[u8]) -> String {
    let utf16 = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Splits a text into lines by other means than the parser. After a line end at the end of the text, there is one more
/// line, which is empty.
fn lines_of(text: &str) -> Vec<&str> {
    let mut ends: Vec<(usize, usize)> = text.match_indices("\r\n").map(|(at, _)| (at, at + 2)).collect();
    let bytes = text.as_bytes();
    ends.extend((0..bytes.len()).filter_map(|at| match bytes[at] {
        b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some((at, at + 1)),
        b'\n' if at == 0 || bytes[at - 1] != b'\r' => Some((at, at + 1)),
        _ => None,
    }));
    ends.sort_unstable();
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end.1));
    let stops = ends.iter().map(|end| end.0).chain([text.len()]);
    starts.zip(stops).map(|(start, stop)| &text[start..stop]).collect()
}

/// Python's `str.isspace`, spelled out.
fn is_blank(character: char) -> bool {
    matches!(character, '\t'..='\r' | '\x1c'..=' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}')
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

#[cfg(test)]
#[path = "properties_tests.rs"]
mod tests;
