//! Rules for headers that the AWS CLI accepts, but not as their writer meant them. Pure.

use super::known_settings::{OF_PROFILES, find};
use crate::aws::{Document, FileKind, Header, Invalid, KEYWORDS, ProfileStore, Section, shown};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};

/// Sections of the config file that are neither profiles nor meant to be.
const OTHER_SECTIONS: [&str; 2] = ["plugins", "preview"];

pub fn examine(store: &ProfileStore, file: FileKind, problems: &mut Diagnostics) {
    let document = store.document(file);
    match file {
        FileKind::Config => {
            config(document, problems);
            problems.extend(store.respelled().map(|(name, [earlier, later])| two_spellings(name, earlier, later)));
        }
        FileKind::Credentials => problems.extend(document.sections.values().filter_map(in_credentials)),
    }
}

fn config(document: &Document, problems: &mut Diagnostics) {
    for section in document.sections.values() {
        match Header::parse(section.name) {
            Header::Named { keyword, written, name } => {
                if written != keyword {
                    let meant = format!("[{keyword} {}]", quoted(&name));
                    let message = format!("only the AWS CLI and boto3 read [{}] as {meant}", shown(section.name));
                    problems.push(warning("odd-keyword", section, message, format!("write {meant}")));
                }
                if name.is_empty() {
                    let message = format!("[{}] has an empty name", shown(section.name));
                    problems.push(warning("empty-name", section, message, "give it a name"));
                }
            }
            Header::Invalid { keyword, why } => problems.push(invalid(section, keyword, why)),
            Header::Other => problems.extend(not_a_profile(document, section)),
        }
    }
}

fn warning(code: &'static str, section: &Section, message: String, fix: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(code, message, fix).at(section.header_span())
}

/// A section of the config file that botocore gives no meaning to.
fn not_a_profile(document: &Document, section: &Section) -> Option<Diagnostic> {
    let (name, trimmed) = (section.name, section.name.trim());
    if OTHER_SECTIONS.contains(&name) {
        return None;
    }
    let is_like_profile = document.settings_of(section).iter().any(|setting| find(OF_PROFILES, &setting.key).is_some());
    let severity = if is_like_profile || trimmed == "default" { Severity::Warning } else { Severity::Info };
    let fix = if trimmed == "default" {
        "write [default], without spaces inside the brackets".to_owned()
    } else if trimmed.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("profile ")) {
        "write [profile NAME], with 'profile' in lower case right after the bracket".to_owned()
    } else {
        format!("if it is meant as one, write [profile {}]", quoted(name))
    };
    let message = format!("[{}] is not read as a profile", shown(name));
    Some(Diagnostic::new(severity, "not-a-profile", message, fix).at(section.header_span()))
}

/// A section of the config file that botocore ignores for its header.
fn invalid(section: &Section, keyword: &str, why: Invalid) -> Diagnostic {
    let name = shown(section.name);
    let words = match why {
        Invalid::Unclosed => {
            let message = format!("[{name}] is ignored: it has an unclosed quote or a trailing backslash");
            let fix = format!("write the name in double quotes: [{keyword} \"NAME\"]");
            return warning("header-cannot-be-unquoted", section, message, fix);
        }
        Invalid::Words(words) => words,
    };
    let plural = if words == 1 { "" } else { "s" };
    let message = format!("[{name}] is ignored: expected '{keyword}' and one name, found {words} word{plural}");
    let fix = match section.name.strip_prefix(keyword).map(str::trim) {
        Some(rest) if words > 2 => format!("quote the name: [{keyword} {}]", quoted(rest)),
        Some(rest) if !rest.is_empty() => format!("add a space before the name: [{keyword} {}]", quoted(rest)),
        _ => format!("write [{keyword} NAME]"),
    };
    warning("header-not-two-words", section, message, fix)
}

fn two_spellings(name: &str, earlier: &Section, section: &Section) -> Diagnostic {
    let (line, name_shown) = (earlier.line(), shown(name));
    let message =
        format!("the section on line {line} also defines '{name_shown}', in another spelling, and is ignored");
    let code = if name == "default" { "both-defaults" } else { "two-spellings" };
    warning(code, section, message, "merge the two sections into one")
}

/// In the credentials file the whole header is the profile's name.
fn in_credentials(section: &Section) -> Option<Diagnostic> {
    let name = section.name;
    let (keyword, after) = after_keyword(name)?;
    let (code, fix) = if keyword == "profile" {
        ("profile-keyword-in-credentials", format!("write [{}]", shown(after)))
    } else {
        ("section-in-wrong-file", "move the section to the config file".to_owned())
    };
    let message = format!("in the credentials file this defines a profile named '{}'", shown(name));
    Some(warning(code, section, message, fix))
}

/// The keyword that a header of the credentials file begins with as those of the config file do, and what follows it.
pub fn after_keyword(name: &str) -> Option<(&'static str, &str)> {
    KEYWORDS.into_iter().find_map(|keyword| {
        let after = name.strip_prefix(keyword)?.strip_prefix([' ', '\t'])?;
        Some((keyword, after.trim_start()))
    })
}

/// A name as it must be written in a header of the config file.
fn quoted(name: &str) -> String {
    let name = shown(name);
    if !name.is_empty() && !name.contains([' ', '\t', '\'', '"', '\\']) {
        return name.into_owned();
    }
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
#[path = "header_rules_tests.rs"]
mod tests;
