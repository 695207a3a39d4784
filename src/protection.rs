//! Decides which profiles are protected: those that match the globs of the `protect` setting.

use wildmatch::WildMatch;

use crate::aws::{Account, lower};

/// The globs of a setting; the last one that matches a profile decides, and letter case is ignored.
#[derive(Debug)]
pub struct Protection(Vec<Glob>);

#[derive(Debug)]
struct Glob {
    subject: Subject,
    pattern: WildMatch,
    /// Whether a profile that matches is protected, or excepted by a `!`.
    protects: bool,
}

/// The property of a profile that a glob is compared with.
#[derive(Clone, Copy, Debug)]
enum Subject {
    Name,
    Account,
    Role,
}

impl Protection {
    pub fn parse(setting: &str) -> Self {
        Self(globs(setting).map(Glob::parse).collect())
    }

    /// Whether the last glob that matches a profile protects or excepts it; `None` if none matches.
    pub fn decide(&self, profile: &str, account: &Account) -> Option<bool> {
        let profile = lower(profile);
        self.0.iter().rev().find(|glob| glob.matches(&profile, account)).map(|glob| glob.protects)
    }

    pub fn protects(&self, profile: &str, account: &Account) -> bool {
        let name = lower(profile);
        // Most profiles match no glob that protects, and need no look at the exceptions.
        self.0.iter().any(|glob| glob.protects && glob.matches(&name, account))
            && self.decide(profile, account) == Some(true)
    }
}

fn globs(setting: &str) -> impl Iterator<Item = &str> {
    setting.split(',').map(str::trim).filter(|glob| !glob.is_empty())
}

/// The globs of a setting that match no profile whatever the AWS files contain, and what to write.
pub fn impossible_globs(setting: &str) -> impl Iterator<Item = (&str, &'static str)> {
    globs(setting).filter_map(|text| {
        let glob = Glob::parse(text);
        let pattern = glob.pattern.pattern();
        match glob.subject {
            Subject::Account if !is_like_account(&pattern) => Some((text, "12 digits after 'account:', or '*'")),
            Subject::Role if pattern.is_empty() => Some((text, "the name of a role after 'role:', or '*'")),
            _ => None,
        }
    })
}

/// Whether 12 digits can match.
fn is_like_account(pattern: &str) -> bool {
    let letters = pattern.bytes().filter(|byte| *byte != b'*').count();
    let is_long_enough = letters == 12 || letters < 12 && pattern.contains('*');
    is_long_enough && pattern.bytes().all(|byte| byte.is_ascii_digit() || b"*?".contains(&byte))
}

impl Glob {
    fn parse(glob: &str) -> Self {
        let (glob, protects) = glob.strip_prefix('!').map_or((glob, true), |glob| (glob, false));
        let glob = lower(glob);
        let (subject, pattern) = match glob.split_once(':') {
            Some(("account", pattern)) => (Subject::Account, pattern),
            Some(("role", pattern)) => (Subject::Role, pattern),
            _ => (Subject::Name, &*glob),
        };
        Self { subject, pattern: WildMatch::new(pattern), protects }
    }

    /// Both in lower case but for the account. What is unknown matches nothing, not even `*`.
    fn matches(&self, profile: &str, account: &Account) -> bool {
        match self.subject {
            Subject::Name => self.pattern.matches(profile),
            Subject::Account => account.id.as_deref().is_some_and(|id| self.pattern.matches(id)),
            Subject::Role => account.role.as_deref().is_some_and(|role| self.pattern.matches(&lower(role))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_protected(setting: &str, profile: &str) -> bool {
        Protection::parse(setting).protects(profile, &Account::default())
    }

    #[test]
    fn the_last_matching_glob_protects_or_excepts_whatever_the_letter_case() {
        let default = "*prod*,*prd*,!*non*prod*,!*pre*prod*";
        for (profile, protected) in [
            ("prod", true),
            ("ACME-Prod-eu", true),
            ("prd", true),
            ("nonprod", false),
            ("non-prod", false),
            ("pre-PROD", false),
            ("dev", false),
            ("", false),
        ] {
            assert_eq!(is_protected(default, profile), protected, "{profile}");
        }
        assert!(is_protected("!*, live", "LIVE"));
        assert!(!is_protected("", "prod"));
    }

    #[test]
    fn a_glob_may_be_about_the_account_or_the_role() {
        let account = |id: Option<&'static str>, role: Option<&'static str>| Account {
            id: id.map(Into::into),
            role: role.map(Into::into),
        };
        let (known, unknown) = (account(Some("111122223333"), Some("team/AdminAccess")), account(None, None));
        for (setting, of_known, of_unknown) in [
            ("account:111122223333", true, false),
            ("account:1111*", true, false),
            ("account:*", true, false),
            ("account:222222222222", false, false),
            ("Role:*ADMIN*", true, false),
            ("role:admin*", false, false),
            ("*,!account:111122223333", false, true),
            ("!account:111122223333,*", true, true),
            ("role:*,!x", false, false),
            ("accounts:*", false, false),
        ] {
            let protection = Protection::parse(setting);
            let protected = [&known, &unknown].map(|account| protection.protects("x", account));
            assert_eq!(protected, [of_known, of_unknown], "{setting}");
        }
        let decide = |setting| Protection::parse(setting).decide("x", &known);
        assert_eq!(["account:1*", "!role:*", "!y"].map(decide), [Some(true), Some(false), None]);
    }

    #[test]
    fn a_glob_that_no_account_or_role_can_match_is_found() {
        let found = |setting| impossible_globs(setting).map(|(glob, _)| glob).collect::<Vec<_>>();
        let possible =
            "account:111122223333,!account:1111*, account:*,account:1111?222*3333,role:*,role:x/*,accounts:1,*";
        assert_eq!(found(possible), [""; 0]);
        let impossible = [
            "account:12",
            "account:",
            "!Account:*prod*",
            "account:1111222233334",
            "account:1111-2222-3333",
            "account:1234567890123*",
            "account:???????????",
            "role:",
            "!ROLE:",
        ];
        assert_eq!(found(&impossible.join(" , ")), impossible);
    }
}
