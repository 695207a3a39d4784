//! What is worth telling about a section's header: things that the AWS CLI reads without a word,
//! but not as their writer meant them.

use super::header::Refusal;
use super::scan::{Section, Setting};
use super::secret::shown;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};

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

/// A section of the config file that botocore gives no meaning to.
pub(super) fn on_other<'a>(section: &Section, settings: impl FnOnce() -> Vec<Setting<'a>>, problems: &mut Diagnostics) {
    let name = section.name.as_ref();
    if KNOWN.contains(&name) {
        return;
    }
    let like_profile = settings().iter().any(|setting| OF_PROFILES.contains(&setting.key.as_ref()));
    let trimmed = name.trim();
    let severity = if like_profile || trimmed == "default" { Severity::Warning } else { Severity::Info };
    problems.push(severity, || {
        let fix = if trimmed == "default" {
            "write [default], with no blanks inside the brackets".to_owned()
        } else if trimmed.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("profile ")) {
            "write [profile NAME]: a small 'profile', right after the bracket".to_owned()
        } else {
            format!("write [profile {}] if it is one", quoted(name))
        };
        let message = format!("[{}] is no profile: in the config file a profile is [profile NAME]", shown(name));
        Diagnostic::error("not-a-profile", Span::of_line(section.line), message, fix)
    });
}

/// A section of the config file whose header names something.
pub(super) fn on_header(section: &Section, keyword: &str, written: &str, name: &str, problems: &mut Diagnostics) {
    let line = section.line;
    if written != keyword {
        problems.warn(|| {
            let message = format!("only the AWS CLI and boto3 read [{}] as a {keyword}", shown(&section.name));
            Diagnostic::error(
                "odd-keyword",
                Span::of_line(line),
                message,
                format!("write [{keyword} {}]", quoted(name)),
            )
        });
    }
    if name.is_empty() {
        problems.warn(|| {
            let message = format!("[{}] has an empty name", shown(&section.name));
            Diagnostic::error("empty-name", Span::of_line(line), message, "give it a name")
        });
    }
}

/// A section of the config file that botocore passes over for its header.
pub(super) fn on_refused(section: &Section, keyword: &str, refusal: Refusal, problems: &mut Diagnostics) {
    let name = section.name.as_ref();
    problems.warn(|| match refusal {
        Refusal::Open => {
            let message = format!("[{}] has a quote or a backslash that does not end, so it is ignored", shown(name));
            let fix = format!("put the name in double quotes: [{keyword} \"NAME\"]");
            Diagnostic::error("header-cannot-be-unquoted", Span::of_line(section.line), message, fix)
        }
        Refusal::Words(words) => {
            let many = if words == 1 { "word" } else { "words" };
            let message = format!("[{}] is ignored: it is {words} {many}, not '{keyword}' and a name", shown(name));
            let fix = match name.strip_prefix(keyword).map(str::trim) {
                Some(rest) if words > 2 => format!("quote the name: [{keyword} {}]", quoted(rest)),
                Some(rest) if !rest.is_empty() => format!("put a blank before the name: [{keyword} {}]", quoted(rest)),
                _ => format!("write [{keyword} NAME]"),
            };
            Diagnostic::error("header-not-two-words", Span::of_line(section.line), message, fix)
        }
    });
}

/// A second section of the config file for one name. Its header differs, or the scanner would
/// have merged the two.
pub(super) fn on_replaced(name: &str, earlier: usize, line: usize, problems: &mut Diagnostics) {
    problems.warn(|| {
        let message = format!("'{}' stands at line {earlier} in another spelling: all of that is ignored", shown(name));
        let code = if name == "default" { "both-defaults" } else { "two-spellings" };
        Diagnostic::error(code, Span::of_line(line), message, "merge the two sections into one")
    });
}

/// A section of the credentials file, where the whole header is the profile's name.
pub(super) fn on_credentials(section: &Section, problems: &mut Diagnostics) {
    let name = section.name.as_ref();
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
        Diagnostic::error(code, Span::of_line(section.line), message, fix)
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
