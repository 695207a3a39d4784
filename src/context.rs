//! One question of the integration: what was found, what stands, and the answer.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ffi::OsStr;

use jiff::Timestamp;

use crate::aws::{
    AwsFile, AwsFiles, Chains, FileKind, Kind, Profile, ProfileStore, Session, SessionCaches, SessionFile,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::environment::Environment;
use crate::error::{Error, begins, did_you_mean, most_alike};
use crate::settings::Settings;

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
        problems.extend(self.aws_file(file).undecoded.iter().cloned());
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

impl Context<'_> {
    /// The settings.
    pub fn settings(&self) -> &Settings {
        self.settings.get_or_init(Settings::read)
    }

    /// The same, in a shell where `aws-switch auto` turns directory profiles on or off now.
    pub fn with_auto(self, following: bool) -> Self {
        let mut settings = Settings::read();
        settings.set_session_auto(following);
        Self { settings: settings.into(), ..self }
    }
}
