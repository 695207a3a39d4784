//! One question of the integration: what was found, what stands, and the answer.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::aws::{
    AwsFile, AwsFiles, Chains, FileKind, Kind, Profile, ProfileStore, Session, SessionCaches, SessionFile,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::directory;
use crate::environment::{DEFAULT_PROFILE, Environment};
use crate::error::{Error, begins, did_you_mean, most_alike};
use crate::paths;
use crate::settings::{Auto, Notices, Settings};
use crate::switching::decide::{self, Event, Outcome, Told};
use crate::switching::reply::Answer;
use crate::switching::saved_keys::{Kept, Moves};

/// Everything that a question needs; each thing is read once, when first asked for.
#[derive(Debug)]
pub struct Context<'f> {
    /// The variables.
    pub environment: Environment,
    settings: OnceCell<Settings>,
    files: &'f AwsFiles,
    profiles: OnceCell<ProfileStore<'f>>,
    chains: OnceCell<Chains>,
    sessions: OnceCell<SessionCaches>,
}

/// What the AWS files say.
impl<'f> Context<'f> {
    /// Takes in this process's environment; what is read of the AWS files is stored in `files`.
    pub fn new(files: &'f AwsFiles) -> Self {
        Self {
            environment: Environment::read(),
            settings: OnceCell::new(),
            files,
            profiles: OnceCell::new(),
            chains: OnceCell::new(),
            sessions: OnceCell::new(),
        }
    }

    /// One of the AWS files.
    pub fn aws_file(&self, file: FileKind) -> &'f AwsFile {
        self.files.get(file)
    }

    /// Every profile, in the AWS CLI's order.
    pub fn profiles(&self) -> &ProfileStore<'f> {
        self.profiles.get_or_init(|| {
            let [config, credentials] = FileKind::BOTH.map(|file| self.aws_file(file).text.as_deref());
            ProfileStore::new(config.unwrap_or_default(), credentials.unwrap_or_default())
        })
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// If there is none, with the most similar name, or the file that it may be in; or if no variable can hold its name.
    pub fn profile(&self, name: &OsStr) -> Result<Profile<'_>, Error> {
        if name.is_empty() {
            return Err(Error::failed("an empty name", "no variable can choose it: give the profile a name"));
        }
        if let Some(profile) = name.to_str().and_then(|name| self.profiles().get(name)) {
            return Ok(profile);
        }
        let name = name.to_string_lossy();
        if let Some(unread) = self.first_unread() {
            return Err(Error::NoSuchProfile(name.into_owned(), Some(unread.to_string())));
        }
        let names = || self.profiles().iter().map(Profile::name);
        let hint = match names().filter(|other| begins(other, &name)).count() {
            0 | 1 => most_alike(&name, names()).map(did_you_mean),
            // To name one of them would be a guess.
            many => Some(format!("{many} begin with it: name one in full, or press Tab")),
        };
        Err(Error::NoSuchProfile(name.into_owned(), hint))
    }

    /// Whether there is a profile of this name, letter for letter.
    pub fn has_profile(&self, name: &str) -> bool {
        self.profiles().get(name).is_some()
    }

    /// A profile's own region.
    pub fn profile_region(&self, name: &str) -> Option<Cow<'_, str>> {
        self.profiles().get(name)?.shown("region")
    }

    /// Why one of the files was not read, or may be half of what it will be.
    pub fn unread(&self, file: FileKind) -> Option<Diagnostic> {
        let file = self.aws_file(file);
        Some(file.unread.clone()?.in_file(file.path.as_deref()))
    }

    /// The same of the first file of which that is so.
    pub fn first_unread(&self) -> Option<Diagnostic> {
        FileKind::BOTH.into_iter().find_map(|file| self.unread(file))
    }

    /// What the AWS CLI cannot decode or parse in one of the files.
    pub fn parse_problems(&self, file: FileKind) -> Diagnostics {
        let mut problems = self.profiles().document(file).problems.clone();
        for problem in &self.aws_file(file).undecoded {
            problems.push(problem.severity, || problem.clone());
        }
        problems
    }

    /// The chains of source profiles.
    pub fn chains(&self) -> &Chains {
        self.chains.get_or_init(|| Chains::follow(self.profiles()))
    }

    /// The profile that a profile's credentials come from, itself when it is no role, and the kind
    /// that counts there; `None` where they come from the machine or from nowhere.
    pub fn credentials_source<'c>(&'c self, profile: Profile<'c>) -> Option<(Profile<'c>, Kind)> {
        match Kind::of(profile) {
            Kind::AssumeRole => self.chains().source(self.profiles(), profile),
            kind => Some((profile, kind)),
        }
    }

    /// The session that a profile needs, its own or that at the end of its chain of sources; `None` where
    /// it needs none, or nothing can be said of it.
    pub fn session(&self, profile: Profile) -> Option<Session> {
        let (source, kind) = self.credentials_source(profile)?;
        self.sessions().read(SessionFile::of(source, kind, self.profiles())?)
    }

    /// The moment at which sessions are judged.
    pub fn now(&self) -> Timestamp {
        self.sessions().now()
    }

    fn sessions(&self) -> &SessionCaches {
        self.sessions.get_or_init(SessionCaches::locate)
    }
}

/// The settings, and which layer stands.
impl Context<'_> {
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
        directory::find(&paths::working_directory()?)
    }

    /// Decides which layer stands now, and answers it.
    ///
    /// # Errors
    /// If a value cannot be handed over.
    pub fn follow(&self, event: Event) -> Result<(Answer, Outcome), Error> {
        let governing = self.governing();
        let judge = |file: &Path| directory::judge(self, file).map_err(|ignored| ignored.to_string());
        let outcome = decide::follow(&self.environment, event, governing.as_deref(), paths::is_same_entry, judge);
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
        self.tell(&mut answer, &outcome, event == Event::Reapply);
        if outcome.ended.is_none() && !moves.back.is_empty() {
            answer.say(&format!("now {}{}", standing(&outcome), brought_back(&moves)));
        }
        Ok((answer, outcome))
    }

    /// Adds what becomes of the keys, when the choice ends, and what the prompt shows: the profile,
    /// its region where another one overrides it, and a mark where commands would not run under it.
    pub fn draw(&self, answer: &mut Answer, outcome: &Outcome, moves: &Moves) {
        answer.moves(moves);
        // A shell whose state is lost may still know of an end.
        let known = self.environment.state.as_ref().map(|state| state.base.until);
        if known != Some(None) || outcome.until().is_some() {
            answer.until(outcome.until(), self.environment.now);
        }
        let after = &outcome.after;
        let Some(profile) = &after.profile else {
            answer.segment("", "plain");
            return;
        };
        let name = profile.to_string_lossy();
        let exists = profile.to_str().is_some_and(|name| self.has_profile(name));
        let overridden = moves.signing(&self.environment).is_some()
            || after.default_profile.as_ref().is_some_and(|other| other != profile);
        let region = after.regions.iter().flatten().find(|region| !region.is_empty());
        let region = region.filter(|region| self.profile_region(&name).is_none_or(|own| *own != *region.as_os_str()));
        let region = region.map(|region| format!("@{}", region.to_string_lossy())).unwrap_or_default();
        let problem = !exists || overridden;
        let mark = if problem { " !" } else { "" };
        let look = match (self.settings().protects(&name), problem) {
            (true, _) => "protected",
            (_, true) => "problem",
            _ => "plain",
        };
        answer.segment(&format!("(aws:{name}{region}{mark})"), look);
    }

    /// Says what happened, as the settings want it; in full to whoever asked for it.
    fn tell(&self, answer: &mut Answer, outcome: &Outcome, asked: bool) {
        let notices = if asked { Notices::On } else { self.settings().notices() };
        let mut refuse = |text: &str| {
            if asked { answer.say(text) } else { answer.notice(text) }
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
