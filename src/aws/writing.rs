//! How `aws configure` writes the header of a profile, and whether that is read back as the profile.
//! Pure; nothing is written here.
//!
//! The rules are those of `awscli/customizations/configure` (`profile_to_section`, `ConfigFileWriter`):
//! the name is quoted if it has a blank and for nothing else, and a header is found again by its text.

use super::profile::{FileKind, Profile};
use super::profiles::Profiles;
use super::scan::scan;
use super::text::source_lines;

/// The header that `aws configure` writes for a profile.
fn header(file: FileKind, name: &str) -> String {
    match file {
        FileKind::Credentials => format!("[{name}]"),
        FileKind::Config if name == "default" => "[default]".to_owned(),
        FileKind::Config if name.contains([' ', '\t']) => format!("[profile '{}']", name.replace('\'', r#"'"'"'"#)),
        FileKind::Config => format!("[profile {name}]"),
    }
}

/// Why a new profile of this name would come out wrong; `None` if it would not.
#[must_use]
pub fn miswritten(name: &str) -> Option<&'static str> {
    if name.contains(']') {
        return Some("'aws configure' does not find a name with ']' again, and would add it a second time");
    }
    let written = |file| format!("{}\nregion = x\n", header(file, name)).into_bytes();
    let (config, credentials) = (written(FileKind::Config), written(FileKind::Credentials));
    let read = Profiles::merge(Some(scan(&config)), Some(scan(&credentials)));
    let in_both = read.profiles.get(name).is_some_and(|profile| profile.sources().count() == 2);
    let is_well = in_both && read.profiles.len() == 1;
    (!is_well).then_some("'aws configure' would write this name so that it is read as another one, or as none")
}

/// The line of a file where a profile stands under a header that `aws configure` would not find: it
/// would add a second one, and nothing of the first would count any more.
#[must_use]
pub fn unfindable(profile: &Profile, file: FileKind, text: &[u8]) -> Option<usize> {
    let name = profile.name();
    let at = profile.sources().find(|source| source.file == file)?.line;
    let quoted = format!("[profile \"{name}\"]");
    let may_be_quoted = file == FileKind::Config && !name.contains([' ', '\t']);
    let mut is_found = false;
    source_lines(text, |number, line| {
        let finds = || line.starts_with(&header(file, name)) || may_be_quoted && line.starts_with(&quoted);
        is_found |= number == at && finds();
    });
    (!is_found).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_back_are_told_from_those_that_do_not() {
        // Seen with versions 1.45 and 2.9.
        for good in
            ["work", "a b", " lead", "o'brien x", "a\tb", "in", "plug", "#h", "$(id)", "default", "\u{e9}", "a\\b c"]
        {
            assert_eq!(miswritten(good), None, "{good:?}");
        }
        for bad in ["o'brien", "a\\b", "\"q\"", "a\"b", "x]y", "DEFAULT", "", "a\nb"] {
            assert!(miswritten(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn a_header_is_found_by_its_text() {
        let at = |name: &str, config: &str| {
            let read = Profiles::merge(Some(scan(config.as_bytes())), None);
            unfindable(read.profiles.get(name).unwrap(), FileKind::Config, config.as_bytes())
        };
        for (name, header) in [
            ("x", "[profile x]"),
            ("x", "[profile x] # mine"),
            ("x", "[profile \"x\"]"),
            ("a b", "[profile 'a b']"),
            ("default", "[default]"),
        ] {
            assert_eq!(at(name, &format!("{header}\n")), None, "{header}");
        }
        for (name, header) in [
            ("x", "[profile  x]"),
            ("x", " [profile x]"),
            ("x", "[profile 'x']"),
            ("a b", "[profile \"a b\"]"),
            ("default", "[profile default]"),
        ] {
            assert_eq!(at(name, &format!("\n{header}\n")), Some(2), "{header}");
        }
    }
}
