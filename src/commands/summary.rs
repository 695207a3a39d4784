//! A profile as `list`, `show` and the picker present it.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use anstyle::Style;
use serde::{Serialize, Serializer};

use crate::aws::{Account, Kind, Profile, Session, SessionStatus, Source};
use crate::context::Context;
use crate::error::Error;
use crate::output::{self, duration};
use crate::paths;
use crate::switching::messages;

#[derive(Serialize)]
pub struct ProfileSummary<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    pub(super) region: Option<Cow<'a, str>>,
    pub(super) output: Option<Cow<'a, str>>,
    pub(super) account_id: Option<Cow<'a, str>>,
    pub(super) role: Option<Cow<'a, str>>,
    pub(super) source_profile: Option<Cow<'a, str>>,
    pub(super) sso_session: Option<Cow<'a, str>>,
    pub(super) session: Option<Session>,
    pub(super) current: bool,
    pub(super) protected: bool,
    pub(super) sources: Vec<Location<'a>>,
}

#[derive(Serialize)]
pub struct Location<'a> {
    #[serde(serialize_with = "serialize_path")]
    file: &'a Path,
    line: usize,
}

impl<'a> Location<'a> {
    pub(super) fn new(source: Source, context: &'a Context) -> Option<Self> {
        Some(Self { file: context.aws_file(source.file).path.as_deref()?, line: source.line })
    }

    pub(super) fn shorten(&self) -> String {
        format!("{}:{}", paths::shorten(self.file), self.line)
    }
}

fn serialize_path<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    // For valid UTF-8 a check alone is enough, which saves a fiftieth of `list --json`.
    match path.to_str() {
        Some(text) => serializer.serialize_str(text),
        None => serializer.serialize_str(&path.to_string_lossy()),
    }
}

impl<'a> ProfileSummary<'a> {
    pub(super) fn new(profile: Profile<'a>, context: &'a Context) -> Self {
        let kind = context.kind(profile);
        let account = Account::of(profile, kind);
        Self {
            name: profile.name(),
            kind: kind.name(),
            region: profile.masked("region"),
            output: profile.masked("output"),
            protected: context.settings().protection().protects(profile.name(), &account),
            account_id: account.id,
            role: account.role,
            source_profile: profile.masked("source_profile"),
            sso_session: profile.masked("sso_session"),
            session: context.session(profile),
            current: active(context) == profile.name(),
            sources: profile.sources().filter_map(|source| Location::new(source, context)).collect(),
        }
    }

    /// The name, marked if the profile is protected.
    pub(super) fn marked_name(&self) -> Cow<'a, str> {
        if self.protected { format!("{} {}", self.name, output::PROTECTED_MARK).into() } else { self.name.into() }
    }

    /// Kind, account, role and region.
    pub(super) fn cells(&self) -> [&str; 4] {
        fn or_dash<'t>(text: &'t Option<Cow<str>>) -> &'t str {
            text.as_deref().filter(|text| !text.is_empty()).unwrap_or("-")
        }
        [self.kind, or_dash(&self.account_id), or_dash(&self.role), or_dash(&self.region)]
    }

    pub(super) fn style(&self) -> Style {
        match (self.protected, self.current) {
            (true, _) => output::PROTECTED,
            (_, true) => output::ACTIVE,
            _ => output::PLAIN,
        }
    }
}

/// A dash where none is needed, or it is unknown.
pub(super) fn session_in_words(session: Option<Session>, context: &Context) -> String {
    let Some(session) = session else { return "-".to_owned() };
    match session.status {
        SessionStatus::Valid => format!("{} left", duration(context.seconds_left(session))),
        SessionStatus::Refreshable => "refreshable".to_owned(),
        SessionStatus::Expired => "expired".to_owned(),
        SessionStatus::None => "none".to_owned(),
    }
}

/// The profile for a command: the one on its command line, else the active one.
pub(super) fn named_or_active<'c>(
    context: &'c Context,
    name: Option<&OsStr>,
    command: &str,
) -> Result<Profile<'c>, Error> {
    if let Some(name) = name {
        return context.profile(name);
    }
    if let Some(profile) = context.profile_of_variable()?.or_else(|| context.profiles().get("default")) {
        return Ok(profile);
    }
    Err(Error::Usage(match context.profiles().is_empty() {
        true => messages::no_profiles(context),
        false => format!("no profile is active; name one: 'aws-switch {command} PROFILE'"),
    }))
}

/// A profile's name, in words whether it is protected, a remark, and the style.
pub(super) fn with_remarks(context: &Context, profile: &str, remark: Option<&str>) -> (String, Style) {
    let is_protected = context.is_protected(profile);
    let style = if is_protected { output::PROTECTED } else { output::PLAIN };
    let remarks: Vec<&str> = is_protected.then_some("protected").into_iter().chain(remark).collect();
    let remarks = if remarks.is_empty() { String::new() } else { format!("  ({})", remarks.join(", ")) };
    (format!("{profile}{remarks}"), style)
}

/// The name of the active profile.
pub(super) fn active<'c>(context: &'c Context) -> &'c OsStr {
    context.environment.profile_variable().map_or("default".as_ref(), |(_, name)| name)
}

/// `account · role · region`, as far as the files say; Tab has no time to read sessions.
pub(super) fn summary(profile: Profile) -> String {
    let Account { id, role } = Account::of(profile, Kind::of(profile));
    let parts = [id, role, profile.masked("region")].into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" \u{b7} ")
}
