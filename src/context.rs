//! What a command works on: variables, settings and AWS files, each read once, when first needed.

use std::cell::OnceCell;
use std::fmt;
use std::path::Path;

use crate::aws::Accounts;
use crate::directory::{self, DirectoryProfile, Verdict};
use crate::environment::Environment;
use crate::settings::{Auto, Settings};

/// Everything that a question needs; files are read when first asked for.
#[derive(Debug)]
pub struct Context {
    /// The variables.
    pub environment: Environment,
    settings: OnceCell<Settings>,
    /// The profiles.
    pub accounts: Accounts,
}

impl Context {
    /// Takes in this process's environment.
    pub fn new() -> Self {
        Self { environment: Environment::read(), settings: OnceCell::new(), accounts: Accounts::default() }
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        self.settings.get_or_init(Settings::read)
    }

    /// The same, in a shell that `aws-switch auto` was told about now.
    pub fn with_auto(self, following: bool) -> Self {
        let mut settings = Settings::read();
        settings.set_session_auto(following);
        Self { settings: settings.into(), ..self }
    }

    /// Reads and judges a `.awsprofile`.
    pub fn judge(&self, file: &Path) -> Verdict {
        directory::judge(file, |profile| self.accounts.has(profile), |profile| self.needs_allow(profile))
    }

    /// Why a profile may be put in force only by a file that was allowed; `None` if by any.
    pub fn needs_allow(&self, profile: &str) -> Option<&'static str> {
        if self.settings().protects(profile) {
            Some("its profile is protected")
        } else if self.settings().auto() == Auto::Trusted {
            Some("only allowed files are followed (auto = trusted)")
        } else {
            None
        }
    }
}

/// Why a `.awsprofile` is not in force, and what to do about it, where there is more to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub why: String,
    /// What to do about it, or nothing.
    pub fix: String,
}

impl Refusal {
    /// Of both.
    pub fn new(why: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { why: why.into(), fix: fix.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { why, fix } = self;
        if fix.is_empty() { formatter.write_str(why) } else { write!(formatter, "{why}: {fix}") }
    }
}

/// A verdict as the layers take it: the layer, or why not.
pub fn refusal(verdict: Verdict) -> Result<DirectoryProfile, Refusal> {
    Err(match verdict {
        Verdict::Accepted(layer) => return Ok(layer),
        Verdict::Unreadable(why) => Refusal::new(why, ""),
        Verdict::Invalid(flaw) => Refusal::new(flaw.to_string(), "mend it"),
        Verdict::UnknownProfile(layer, _) => {
            Refusal::new(format!("there is no profile '{}'", layer.profile), "mend it, or see 'aws-switch list'")
        }
        Verdict::Untrusted(layer, why) => {
            let wants = layer.map(|layer| format!("it wants {}, ", layer.profile)).unwrap_or_default();
            Refusal::new(why, format!("{wants}'aws-switch allow' trusts it"))
        }
    })
}
