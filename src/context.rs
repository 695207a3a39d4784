//! One question of the integration: what was found, what stands, and the answer.

use std::cell::OnceCell;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::aws::Accounts;
use crate::directory::{self, Verdict};
use crate::environment::{DEFAULT_PROFILE, Environment};
use crate::error::Error;
use crate::fs;
use crate::paths;
use crate::settings::{Auto, Notices, Settings};
use crate::switching::decide::{self, Event, Layer, Outcome, Told};
use crate::switching::reply::Answer;
use crate::switching::saved_keys::{Kept, Moves};

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

    /// The `.awsprofile` that governs the working folder, unless folders are not followed.
    pub fn governing(&self) -> Option<PathBuf> {
        if self.settings().auto() == Auto::Off {
            return None;
        }
        directory::governing(&paths::working_directory()?)
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

    /// Decides which layer stands now, and answers it.
    ///
    /// # Errors
    /// If a value cannot be handed over.
    pub fn follow(&self, event: Event) -> Result<(Answer, Outcome), Error> {
        let governing = self.governing();
        let judge = |file: &Path| refusal(self.judge(file)).map_err(|refusal| refusal.to_string());
        let mut outcome = decide::follow(&self.environment, event, governing.as_deref(), paths::is_same_entry, judge);
        let is_news = remember_ignored(&mut outcome, event);
        let mut answer = Answer::new(&self.environment, &outcome)?;
        let moves = match outcome.kept {
            Kept::Still => Moves::default(),
            Kept::Forgotten => Moves::forgetting(&self.environment),
            Kept::Returned => Moves::for_end(&self.environment),
        };
        self.draw(&mut answer, &outcome, &moves);
        if let Some(ended) = &outcome.ended {
            let back = brought_back(&moves);
            answer.say_change(&format!(
                "now {}: the time of {} is up{back}",
                standing(&outcome),
                ended.to_string_lossy()
            ));
        }
        self.tell(&mut answer, &outcome, event == Event::Reapply, is_news);
        if outcome.ended.is_none() && !moves.back.is_empty() {
            answer.say(&format!("now {}{}", standing(&outcome), brought_back(&moves)));
        }
        Ok((answer, outcome))
    }

    /// Adds what becomes of the keys, when the choice ends, and what the prompt shows: the profile,
    /// its region where another one overrides it, and a mark where commands would not run under it.
    pub fn draw(&self, answer: &mut Answer, outcome: &Outcome, moves: &Moves) {
        answer.moves(moves);
        let minutes = outcome.until().map(|end| end.saturating_sub(self.environment.now).div_ceil(60));
        // The segment counts minutes, so it changes with each.
        answer.recheck(outcome.until().zip(minutes).map(|(end, left)| end - left.saturating_sub(1) * 60));
        let after = &outcome.after;
        let Some(profile) = &after.profile else {
            answer.segment("", "plain");
            return;
        };
        let name = profile.to_string_lossy();
        let exists = profile.to_str().is_some_and(|name| self.accounts.has(name));
        let overridden = moves.signing(&self.environment).is_some()
            || after.default_profile.as_ref().is_some_and(|other| other != profile);
        let region = after.regions.iter().flatten().find(|region| !region.is_empty());
        let region = region.filter(|region| self.accounts.region(&name).is_none_or(|own| *own != *region.as_os_str()));
        let region = region.map(|region| format!("@{}", region.to_string_lossy())).unwrap_or_default();
        let problem = !exists || overridden;
        let mark = if problem { " !" } else { "" };
        let look = match (self.settings().protects(&name), problem) {
            (true, _) => "protected",
            (_, true) => "problem",
            _ => "plain",
        };
        let minutes = minutes.map(|left| format!(" {left}m")).unwrap_or_default();
        answer.segment(&format!("(aws:{name}{region}{mark}{minutes})"), look);
    }

    /// Says what happened, as the settings want it; in full to whoever asked for it.
    fn tell(&self, answer: &mut Answer, outcome: &Outcome, asked: bool, is_news: bool) {
        let notices = if asked { Notices::On } else { self.settings().notices() };
        let mut refuse = |text: &str| {
            if asked {
                answer.say(text);
            } else if is_news {
                answer.say_change(text);
            }
        };
        let stands = standing(outcome);
        match &outcome.told {
            // The line of a time that is up has said it.
            Told::Entered(_) | Told::Left(_) if outcome.ended.is_some() => {}
            Told::Entered(file) if notices == Notices::On => {
                answer.say_change(&format!("now {stands}: from {}", paths::shown(file)));
            }
            Told::Left(file) if notices == Notices::On => {
                let why = if self.settings().auto() == Auto::Off { "is not followed" } else { "governs no more" };
                answer.say_change(&format!("now {stands}: {} {why}", paths::shown(file)));
            }
            Told::Refused(file, why) if notices != Notices::Off => {
                refuse(&format!("{}: not followed: {why}; in force: {stands}", paths::shown(file)));
            }
            Told::Blocked(file, key) if notices != Notices::Off => {
                let file = paths::shown(file);
                refuse(&format!("{file}: not followed while {key} is set: unset it first; in force: {stands}"));
            }
            _ => {}
        }
    }
}

/// Stores which ignored file is reported now; says whether that file, with its content, was not the last one reported.
fn remember_ignored(outcome: &mut Outcome, event: Event) -> bool {
    let ignored = match &outcome.told {
        Told::Refused(file, _) | Told::Blocked(file, _) => Some(fingerprint(file)),
        _ => None,
    };
    let known = outcome.state.reported.filter(|_| event != Event::Load);
    // A manual switch keeps the file from being judged, so it may be the same as before.
    outcome.state.reported = ignored.or(known.filter(|_| outcome.state.standing.is_by_hand()));
    ignored != known
}

fn fingerprint(file: &Path) -> u64 {
    let content = fs::read_regular(file, 4096).unwrap_or_default();
    let mut hasher = DefaultHasher::new();
    (file, content).hash(&mut hasher);
    hasher.finish()
}

/// Which profile is in force, in words.
pub fn standing(outcome: &Outcome) -> String {
    let after = &outcome.after;
    match (&after.profile, &after.default_profile) {
        (Some(profile), _) => {
            let region = outcome.state.region.as_ref().map(|region| format!(" in {}", region.to_string_lossy()));
            format!("{}{}", profile.to_string_lossy(), region.unwrap_or_default())
        }
        (None, Some(profile)) => format!("{} ({DEFAULT_PROFILE})", profile.to_string_lossy()),
        (None, None) => "no profile".to_owned(),
    }
}

/// Which variables came back, in words.
pub fn brought_back(moves: &Moves) -> String {
    if moves.back.is_empty() { String::new() } else { format!("; brought back: {}", moves.back.join(", ")) }
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
pub fn refusal(verdict: Verdict) -> Result<Layer, Refusal> {
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
