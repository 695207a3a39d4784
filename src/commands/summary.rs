//! What `list` and `show` say of a profile.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

use serde::Serialize;

use crate::aws::{self, Details, Identity, Kind, Profile, SignIn, Status};
use crate::context::Context;
use crate::paths;

/// A profile, as programs read it.
#[derive(Serialize)]
pub struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    pub(super) region: Option<Cow<'a, str>>,
    pub(super) output: Option<Cow<'a, str>>,
    pub(super) account_id: Option<Cow<'a, str>>,
    pub(super) role: Option<Cow<'a, str>>,
    pub(super) source_profile: Option<Cow<'a, str>>,
    pub(super) sso_session: Option<Cow<'a, str>>,
    pub(super) session: Option<SignIn>,
    pub(super) current: bool,
    pub(super) protected: bool,
    pub(super) sources: Vec<Place>,
}

/// The colour of a protected profile.
pub(super) const PROTECTED: &str = "31";

/// A place in a file.
#[derive(Serialize)]
pub struct Place {
    file: String,
    line: usize,
}

impl Place {
    /// Where the file is, and the line.
    pub(super) fn new(source: aws::Source, context: &Context) -> Option<Self> {
        let file = paths::shown(context.accounts.path(source.file)?).into_owned();
        Some(Self { file, line: source.line })
    }

    /// As people read it.
    pub(super) fn shown(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

impl<'a> Entry<'a> {
    /// What is known of a profile.
    pub(super) fn new(profile: &'a Profile<'static>, details: &Details, context: &'a Context) -> Self {
        let Identity { account, role } = Identity::of(profile);
        Self {
            name: profile.name(),
            kind: Kind::of(profile).name(),
            region: profile.shown("region"),
            output: profile.shown("output"),
            account_id: account,
            role,
            source_profile: profile.shown("source_profile"),
            sso_session: profile.shown("sso_session"),
            session: details.sign_in(profile),
            current: chosen(context) == profile.name(),
            protected: context.settings().protects(profile.name()),
            sources: profile.sources().filter_map(|source| Place::new(source, context)).collect(),
        }
    }

    /// What a list shows of it first: name, kind, account, role and region.
    pub(super) fn cells(&self) -> [String; 5] {
        let or_dash = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or("-").to_owned();
        [
            self.name.to_owned(),
            self.kind.to_owned(),
            or_dash(self.account_id.as_deref()),
            or_dash(self.role.as_deref()),
            or_dash(self.region.as_deref()),
        ]
    }

    /// The colour that its name is shown in.
    pub(super) fn colour(&self) -> &'static str {
        match (self.protected, self.current) {
            (true, _) => PROTECTED,
            (_, true) => "36",
            _ => "",
        }
    }

    /// Its session in words; a dash where it has none, or nothing can be told of it.
    pub(super) fn session_in_words(&self, details: &Details) -> String {
        let Some(session) = self.session else {
            return "-".to_owned();
        };
        match (session.status, session.expires_at) {
            (Status::Valid, Some(end)) => {
                format!("{} left", span(end.as_second().saturating_sub(details.now().as_second())))
            }
            (Status::Valid, None) => "valid".to_owned(),
            (Status::Refreshable, _) => "refreshable".to_owned(),
            (Status::Expired, _) => "expired".to_owned(),
            (Status::None, _) => "none".to_owned(),
        }
    }
}

/// The profile that commands run under when nothing else is said.
pub(super) fn chosen(context: &Context) -> &OsStr {
    let environment = &context.environment;
    let set = environment.profile.as_ref().or(environment.default_profile.as_ref());
    set.map_or("default".as_ref(), OsString::as_os_str)
}

/// `account · role · region`, as far as the files say; sessions are not looked at, for speed.
pub(super) fn summary(profile: &Profile<'_>) -> String {
    let Identity { account, role } = Identity::of(profile);
    let parts = [account, role, profile.shown("region")];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" \u{b7} ")
}

/// How long a choice still stands, of so many seconds: from a minute on in whole ones, rounded up as
/// the prompt has it.
pub(super) fn time_left(seconds: u64) -> String {
    let whole = if seconds < 60 { seconds } else { seconds.div_ceil(60) * 60 };
    span(i64::try_from(whole).unwrap_or(i64::MAX))
}

/// A time to come, in seconds, in two units at most.
pub fn span(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, ..) => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn a_time_to_come_is_told_in_two_units_at_most() {
        for (seconds, words) in [
            (1, "1 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3599, "59 min"),
            (3600, "1 h 0 min"),
            (3 * 3600 + 12 * 60 + 59, "3 h 12 min"),
            (86_399, "23 h 59 min"),
            (86_400 * 89 + 3600, "89 d 1 h"),
        ] {
            assert_eq!(span(seconds), words);
        }
    }
}
