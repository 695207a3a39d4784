//! Rules for the settings of profiles and sessions: misspelt keys, and values that the AWS CLI or AWS rejects. Pure.

use super::known_settings::{KnownSetting, OF_PROFILES, OF_SESSIONS, ONLY_IN_V1, RejectedBy, Takes, find, is_of_s3};
use super::profile_rules::MOST_TO_COMPARE;
use super::value_forms::{is_in, is_label, is_rate, is_role, is_size};
use crate::aws::{
    Document, FileKind, Header, KNOWN_REGIONS, ProfileStore, Section, Setting, Value, is_account_id, shown,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::similar::{did_you_mean, most_alike, nearest};

/// A shorter key is too similar to others by chance.
const SHORTEST_KEY: usize = 5;

pub fn examine(store: &ProfileStore, file: FileKind, problems: &mut Diagnostics) {
    let document = store.document(file);
    problems.extend(document.sections.values().flat_map(|section| of_section(store, file, section)));
    let rules = SettingRules { store, document, known: OF_PROFILES, settings: &[] };
    problems.extend(document.defaults.values().filter_map(|setting| rules.setting(setting)));
}

pub fn of_section(store: &ProfileStore, file: FileKind, section: &Section) -> Vec<Diagnostic> {
    let document = store.document(file);
    let settings = document.settings_of(section);
    let keyword = match file {
        FileKind::Credentials => "profile",
        FileKind::Config => match Header::parse(section.name) {
            Header::Named { keyword, .. } => keyword,
            Header::Invalid { .. } | Header::Other => return Vec::new(),
        },
    };
    let known = match keyword {
        "profile" => OF_PROFILES,
        "services" => return settings.iter().filter_map(|setting| service(document, setting)).collect(),
        _ => OF_SESSIONS,
    };
    let rules = SettingRules { store, document, known, settings };
    settings.iter().filter_map(|setting| rules.setting(setting)).collect()
}

struct SettingRules<'s> {
    store: &'s ProfileStore<'s>,
    document: &'s Document<'s>,
    known: &'static [KnownSetting],
    settings: &'s [Setting<'s>],
}

impl SettingRules<'_> {
    fn setting(&self, found: &Setting) -> Option<Diagnostic> {
        let Some(known) = find(self.known, &found.key) else {
            return self.unknown(found);
        };
        match (known.takes, &found.value) {
            (Takes::Block(children), Value::Nested(nested)) => nested.iter().find_map(|child| {
                let known = find(children, child.key)?;
                value(known, child.value, || Span::of_line(child.line))
            }),
            (Takes::Block(_), Value::Text(text)) => Some(self.block(known, found, text)),
            (Takes::Any | Takes::Boolean, _) => {
                let text = found.value.text()?;
                if known.key == "services" {
                    self.services(found, text)
                } else {
                    value(known, text, || self.document.value_span(found))
                }
            }
            (_, Value::Nested(_)) => {
                let message = format!("{} takes a value, not indented settings", known.key);
                let fix = "write the value on the same line, or remove the spaces before the settings below";
                let (severity, _) = rejection(known.rejected_by);
                Some(Diagnostic::new(severity, "nested-value", message, fix).at(self.document.key_span(found)))
            }
            (_, Value::Text(text)) => value(known, text, || self.document.value_span(found)),
        }
    }

    /// A key that is nearly a known one. A block may be that of any service.
    fn unknown(&self, found: &Setting) -> Option<Diagnostic> {
        let key = found.key.as_ref();
        let text = found.value.text()?;
        if self.known.len() > OF_SESSIONS.len() && is_of_s3(key) && !text.is_empty() {
            let message = format!("{} is read only below 's3 ='", shown(key));
            let fix = "indent it, below a line 's3 ='";
            return Some(Diagnostic::warning("not-indented", message, fix).at(self.document.key_span(found)));
        }
        let similar =
            nearest(key, self.known.iter().map(|setting| setting.key).filter(|key| key.len() >= SHORTEST_KEY))?;
        let message = format!("unknown setting '{}', which the AWS CLI ignores", shown(key));
        Some(Diagnostic::warning("unknown-setting", message, did_you_mean(similar)).at(self.document.key_span(found)))
    }

    /// A setting such as `s3` that has a text, which may be empty, in place of the indented settings that it takes.
    fn block(&self, known: &KnownSetting, found: &Setting, text: &str) -> Diagnostic {
        let key = known.key;
        let (severity, who) = match known.rejected_by {
            RejectedBy::Both if text.is_empty() => (Severity::Error, "the AWS CLI"),
            RejectedBy::Both => (Severity::Error, "'aws s3'"),
            readers => rejection(readers),
        };
        let message = format!("{key} takes indented settings below it; {who} fails without them");
        let is_next = |next: &&Setting| next.line() > found.line() && is_of_s3(&next.key);
        let next = self.settings.iter().find(is_next);
        let fix = match next {
            Some(next) if key == "s3" => format!("put spaces before {}, and delete what follows '{key} ='", next.key),
            _ => format!("write the settings below '{key} =', with spaces before each, or delete the line"),
        };
        Diagnostic::new(severity, "block-expected", message, fix).at(self.document.key_span(found))
    }

    fn services(&self, found: &Setting, name: &str) -> Option<Diagnostic> {
        if self.store.services(name).is_some_and(|section| !section.settings().is_empty()) {
            return None;
        }
        let message =
            format!("there are no settings in [services {}], so AWS CLI commands fail under this profile", shown(name));
        let fix =
            most_alike(name, self.store.services_names().take(MOST_TO_COMPARE)).map(|other| did_you_mean(shown(other)));
        let fix =
            fix.unwrap_or_else(|| format!("add [services {}] to the config file, or delete the line", shown(name)));
        Some(Diagnostic::error("services-nowhere", message, fix).at(self.document.value_span(found)))
    }
}

/// The settings of a `[services]` section are blocks of services.
fn service(document: &Document, found: &Setting) -> Option<Diagnostic> {
    let service = shown(&found.key);
    found.value.text()?;
    let message = format!("{service} takes indented settings below it; 'aws {service}' fails without them");
    let fix = format!("write the settings below '{service} =', with spaces before each");
    Some(Diagnostic::error("block-expected", message, fix).at(document.key_span(found)))
}

/// A value that is not what a setting takes. A message never contains it: it may be a secret in the wrong line.
fn value(known: &KnownSetting, text: &str, span: impl FnOnce() -> Span) -> Option<Diagnostic> {
    // Quotes, comments and further lines, which are part of the value, are reported as what they are.
    let has_comment = text.contains([' ', '\t']) && text.contains(['#', ';']);
    if has_comment || text.starts_with(['"', '\'']) || text.contains('\n') {
        return None;
    }
    if let Takes::Region = known.takes {
        return region(known, text).map(|problem| problem.at(span()));
    }
    if (known.key, text) == ONLY_IN_V1 {
        let message = format!("AWS CLI v2 rejects this value of {}; AWS CLI v1 and boto3 accept it", known.key);
        return Some(Diagnostic::warning("invalid-value", message, "write standard, which all accept").at(span()));
    }
    let (severity, who) = rejection(known.rejected_by);
    let mut message = format!("{who} rejects this value of {}", known.key);
    let fix = match known.takes {
        Takes::OneOf(values) if !values.contains(&text) => one_of(text, values),
        Takes::OneOfAnyCase(values) if !values.iter().any(|value| value.eq_ignore_ascii_case(text)) => {
            one_of(text, values)
        }
        Takes::Integer(first, last) if !is_in(text, first, last) => integer(first, last),
        Takes::Size if !is_size(text) => "write a size such as 16MB".to_owned(),
        Takes::Rate if !is_rate(text) => "write a rate such as 10MB/s".to_owned(),
        Takes::Url if !text.is_empty() && !text.contains("://") => "begin it with https://".to_owned(),
        Takes::StartUrl if !text.starts_with("https://") => "begin it with https://".to_owned(),
        Takes::Account if !is_account_id(text) => "write the 12 digits of the account".to_owned(),
        Takes::Role if !is_role(text) => "write arn:aws:iam::ACCOUNT:role/NAME".to_owned(),
        Takes::Boolean if !["true", "false", ""].iter().any(|value| value.eq_ignore_ascii_case(text)) => {
            message = format!("{who} reads this value of {} as false", known.key);
            "write true or false".to_owned()
        }
        _ => return None,
    };
    Some(Diagnostic::new(severity, "invalid-value", message, fix).at(span()))
}

/// A region that the AWS CLI rejects, or that is nearly a known one.
fn region(known: &KnownSetting, text: &str) -> Option<Diagnostic> {
    let similar = nearest(text, KNOWN_REGIONS).map(did_you_mean);
    if text.is_empty() || KNOWN_REGIONS.contains(&text) {
        None
    } else if is_label(text) {
        let message = format!("the value of {} is not a known region", known.key);
        Some(Diagnostic::warning("unknown-region", message, similar?))
    } else {
        let fix = similar.unwrap_or_else(|| "write a region such as eu-west-1".to_owned());
        let (severity, who) = rejection(known.rejected_by);
        Some(Diagnostic::new(severity, "invalid-value", format!("{who} rejects this value of {}", known.key), fix))
    }
}

/// How bad it is that some reader rejects a value, and who that is.
const fn rejection(by: RejectedBy) -> (Severity, &'static str) {
    match by {
        RejectedBy::Both => (Severity::Error, "the AWS CLI"),
        RejectedBy::V2 => (Severity::Error, "AWS CLI v2"),
        RejectedBy::V1 => (Severity::Warning, "AWS CLI v1"),
        RejectedBy::Service(name) => (Severity::Warning, name),
        RejectedBy::Ignored => (Severity::Warning, "the AWS CLI"),
    }
}

fn one_of(text: &str, values: &[&'static str]) -> String {
    let known = || values.iter().copied().filter(|value| !value.is_empty());
    nearest(text, known())
        .map_or_else(|| format!("write one of {}", known().collect::<Vec<_>>().join(", ")), did_you_mean)
}

fn integer(first: i64, last: i64) -> String {
    match (first, last) {
        (i64::MIN, _) => "write a whole number".to_owned(),
        (first, i64::MAX) => format!("write a whole number, {first} or more"),
        (first, last) => format!("write a whole number from {first} to {last}"),
    }
}

#[cfg(test)]
#[path = "setting_rules_tests.rs"]
mod tests;
