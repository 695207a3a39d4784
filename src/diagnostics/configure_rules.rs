//! How `aws configure` writes the header of a profile, and whether that is read back as the profile.
//! Pure; nothing is written here.
//!
//! The rules are those of `awscli/customizations/configure` (`profile_to_section`, `ConfigFileWriter`):
//! the name is quoted if it has a space and for nothing else, and a header is found again by its text.

use crate::aws::{FileKind, Profile, ProfileStore};

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
pub fn miswritten(name: &str) -> Option<&'static str> {
    if name.contains(']') {
        return Some("'aws configure' does not find a name with ']' again, and would add it a second time");
    }
    let written = |file| format!("{}\nregion = x\n", header(file, name));
    let (config, credentials) = (written(FileKind::Config), written(FileKind::Credentials));
    let store = ProfileStore::new(&config, &credentials);
    let is_in_both = store.get(name).is_some_and(|profile| profile.sources().count() == 2);
    let is_right = is_in_both && store.len() == 1;
    (!is_right).then_some("'aws configure' would write this name so that it is read as another one, or as none")
}

/// Where a profile has a header that `aws configure` would not find: the file and the line. It
/// would add a second one, and nothing of the first would be read any more.
pub fn unfindable(profile: Profile) -> Option<(FileKind, usize)> {
    let name = profile.name();
    let mut sections = profile.sections();
    let (file, section) = sections.find(|(file, section)| {
        let may_be_quoted = *file == FileKind::Config && !name.contains([' ', '\t']);
        let is_found = section.header.starts_with(&header(*file, name))
            || may_be_quoted && section.header.starts_with(&format!("[profile \"{name}\"]"));
        !is_found
    })?;
    Some((file, section.line()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_back_differ_from_those_that_do_not() {
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
        let at = |name: &str, config: &str| unfindable(ProfileStore::new(config, "").get(name).unwrap());
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
            assert_eq!(at(name, &format!("\n{header}\n")), Some((FileKind::Config, 2)), "{header}");
        }
    }
}
