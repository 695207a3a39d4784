//! Headers that the AWS CLI reads without a word, but not as their writer meant them. Pure.

use std::collections::HashMap;

use crate::aws::{FileKind, Header, Invalid, ProfileStore, Section, shown};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};

/// Sections of the config file that are neither profiles nor meant to be.
const KNOWN: [&str; 2] = ["plugins", "preview"];

/// Keys that only a profile has.
const OF_PROFILES: [&str; 12] = [
    "region",
    "output",
    "role_arn",
    "source_profile",
    "credential_source",
    "credential_process",
    "sso_session",
    "sso_start_url",
    "sso_account_id",
    "sso_role_name",
    "login_session",
    "aws_access_key_id",
];

/// Reports the headers of a file.
pub fn examine(store: &ProfileStore, file: FileKind, problems: &mut Diagnostics) {
    let sections = &store.document(file).sections;
    match file {
        FileKind::Config => config(sections, problems),
        FileKind::Credentials => sections.iter().for_each(|section| in_credentials(section, problems)),
    }
}

fn config(sections: &[Section], problems: &mut Diagnostics) {
    let mut lines: HashMap<(&str, String), usize> = HashMap::new();
    for section in sections {
        match Header::parse(section.name) {
            Header::Named { keyword, written, name } => {
                odd_keyword(section, keyword, &written, &name, problems);
                if let Some(earlier) = lines.insert((keyword, name.clone()), section.line()) {
                    two_spellings(section, &name, earlier, problems);
                }
            }
            Header::Invalid { keyword, why } => invalid(section, keyword, why, problems),
            Header::Other => not_a_profile(section, problems),
        }
    }
}

fn problem(section: &Section, code: &'static str, message: String, fix: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, section.header_span(), message, fix)
}

/// A section of the config file that botocore gives no meaning to.
fn not_a_profile(section: &Section, problems: &mut Diagnostics) {
    let name = section.name;
    if KNOWN.contains(&name) {
        return;
    }
    let is_like_profile = section.settings.keys().any(|key| OF_PROFILES.contains(&key.as_ref()));
    let trimmed = name.trim();
    let severity = if is_like_profile || trimmed == "default" { Severity::Warning } else { Severity::Info };
    problems.push(severity, || {
        let fix = if trimmed == "default" {
            "write [default], with no blanks inside the brackets".to_owned()
        } else if trimmed.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("profile ")) {
            "write [profile NAME]: a small 'profile', right after the bracket".to_owned()
        } else {
            format!("write [profile {}] if it is one", quoted(name))
        };
        let message = format!("[{}] is no profile: in the config file a profile is [profile NAME]", shown(name));
        problem(section, "not-a-profile", message, fix)
    });
}

/// A section of the config file whose header names something.
fn odd_keyword(section: &Section, keyword: &str, written: &str, name: &str, problems: &mut Diagnostics) {
    if written != keyword {
        problems.warn(|| {
            let message = format!("only the AWS CLI and boto3 read [{}] as a {keyword}", shown(section.name));
            problem(section, "odd-keyword", message, format!("write [{keyword} {}]", quoted(name)))
        });
    }
    if name.is_empty() {
        problems.warn(|| {
            let message = format!("[{}] has an empty name", shown(section.name));
            problem(section, "empty-name", message, "give it a name")
        });
    }
}

/// A section of the config file that botocore ignores for its header.
fn invalid(section: &Section, keyword: &str, why: Invalid, problems: &mut Diagnostics) {
    let name = section.name;
    problems.warn(|| match why {
        Invalid::Unclosed => {
            let message = format!("[{}] has a quote or a backslash that does not end, so it is ignored", shown(name));
            let fix = format!("put the name in double quotes: [{keyword} \"NAME\"]");
            problem(section, "header-cannot-be-unquoted", message, fix)
        }
        Invalid::Words(words) => {
            let many = if words == 1 { "word" } else { "words" };
            let message = format!("[{}] is ignored: it is {words} {many}, not '{keyword}' and a name", shown(name));
            let fix = match name.strip_prefix(keyword).map(str::trim) {
                Some(rest) if words > 2 => format!("quote the name: [{keyword} {}]", quoted(rest)),
                Some(rest) if !rest.is_empty() => format!("put a blank before the name: [{keyword} {}]", quoted(rest)),
                _ => format!("write [{keyword} NAME]"),
            };
            problem(section, "header-not-two-words", message, fix)
        }
    });
}

/// A second section of the config file for one name. Its header differs, or the two would be one section.
fn two_spellings(section: &Section, name: &str, earlier: usize, problems: &mut Diagnostics) {
    problems.warn(|| {
        let message = format!("'{}' stands at line {earlier} in another spelling: all of that is ignored", shown(name));
        let code = if name == "default" { "both-defaults" } else { "two-spellings" };
        problem(section, code, message, "merge the two sections into one")
    });
}

/// A section of the credentials file, where the whole header is the profile's name.
fn in_credentials(section: &Section, problems: &mut Diagnostics) {
    let name = section.name;
    let Some(keyword) = ["profile ", "sso-session ", "services "].into_iter().find(|keyword| name.starts_with(keyword))
    else {
        return;
    };
    problems.warn(|| {
        let message = format!("in the credentials file this is a profile named '{}'", shown(name));
        let (code, fix) = if keyword == "profile " {
            let name = name.get(keyword.len()..).unwrap_or_default();
            ("profile-keyword-in-credentials", format!("write [{}]", shown(name)))
        } else {
            ("section-in-wrong-file", "move the section to the config file".to_owned())
        };
        problem(section, code, message, fix)
    });
}

/// A name as it must stand in a header of the config file.
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
