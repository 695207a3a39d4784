//! Owns what one run of the helper reads: the environment, the settings, the profiles; each is read once, when needed.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ffi::OsStr;

use jiff::Timestamp;

use crate::aws::{
    Account, AwsFile, AwsFiles, ChainEnd, Chains, FileKind, Kind, Profile, ProfileStore, Session, SessionCaches,
    SessionFile,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::environment::{Environment, ProcessVariables, process_variables};
use crate::error::{self, Error};
use crate::settings::{AutoAction, Settings};
use crate::similar::similar_names;

#[derive(Debug)]
pub struct Context<'f> {
    pub environment: Environment,
    variables: OnceCell<ProcessVariables>,
    settings: OnceCell<Settings>,
    files: &'f AwsFiles,
    profiles: OnceCell<ProfileStore<'f>>,
    chains: OnceCell<Chains>,
    sessions: OnceCell<SessionCaches>,
}

impl<'f> Context<'f> {
    /// `files` owns the texts that the profiles borrow from.
    pub fn new(files: &'f AwsFiles) -> Self {
        Self {
            environment: Environment::read(),
            variables: OnceCell::new(),
            settings: OnceCell::new(),
            files,
            profiles: OnceCell::new(),
            chains: OnceCell::new(),
            sessions: OnceCell::new(),
        }
    }

    /// All variables, for `doctor` and `current`; a switch and a Tab need few of them.
    pub fn variables(&self) -> &ProcessVariables {
        self.variables.get_or_init(process_variables)
    }

    pub fn aws_file(&self, file: FileKind) -> &'f AwsFile {
        self.files.get(file)
    }

    pub fn profiles(&self) -> &ProfileStore<'f> {
        self.profiles.get_or_init(|| {
            let [config, credentials] = FileKind::BOTH.map(|file| self.aws_file(file).text.as_deref());
            ProfileStore::new(config.unwrap_or_default(), credentials.unwrap_or_default())
        })
    }

    /// The error names the most similar profile, or the unread file that the profile may be in.
    pub fn profile(&self, name: &OsStr) -> Result<Profile<'_>, Error> {
        if name.is_empty() {
            return Err(error::empty_name());
        }
        if let Some(profile) = name.to_str().and_then(|name| self.profiles().get(name)) {
            return Ok(profile);
        }
        let name = name.to_string_lossy();
        let error = |hint| Error::NoSuchProfile { name: name.clone().into_owned(), source: None, hint };
        if let Some(unread) = self.first_unread() {
            return Err(error(Some(unread.to_string())));
        }
        Err(error(similar_names(&name, || self.profiles().iter().map(Profile::name))))
    }

    /// The profile that a variable names, if one does.
    pub fn profile_of_variable(&self) -> Result<Option<Profile<'_>>, Error> {
        let Some((variable, name)) = self.environment.profile_variable() else { return Ok(None) };
        self.profile(name).map(Some).map_err(|error| error.about_name_from(variable))
    }

    pub fn has_profile(&self, name: &str) -> bool {
        self.profiles().get(name).is_some()
    }

    /// An unknown profile is protected by its name alone.
    pub fn is_protected(&self, name: &str) -> bool {
        self.settings().protection().protects(name, &self.account(name))
    }

    /// The account and role of a profile, as far as the AWS files say.
    pub fn account(&self, name: &str) -> Account<'_> {
        self.profiles().get(name).map(|profile| Account::of(profile, Kind::of(profile))).unwrap_or_default()
    }

    pub fn profile_region(&self, name: &str) -> Option<Cow<'_, str>> {
        self.profiles().get(name)?.masked("region")
    }

    /// The reason why a file was not read, or may be incomplete.
    pub fn unread(&self, file: FileKind) -> Option<Diagnostic> {
        let file = self.aws_file(file);
        Some(file.unread.clone()?.in_file(file.path.as_deref()))
    }

    pub fn first_unread(&self) -> Option<Diagnostic> {
        FileKind::BOTH.into_iter().find_map(|file| self.unread(file))
    }

    pub fn parse_problems(&self, file: FileKind) -> Diagnostics {
        let mut problems = self.profiles().document(file).problems.clone();
        problems.extend(self.aws_file(file).undecoded.iter().cloned());
        problems
    }

    pub fn chains(&self) -> &Chains {
        self.chains.get_or_init(|| Chains::follow(self.profiles()))
    }

    pub fn kind(&self, profile: Profile) -> Kind {
        self.chains().kind(profile)
    }

    /// The profile that a profile's credentials come from, and its kind as a source; `None` where they come from the
    /// machine or from nowhere.
    pub fn credentials_source<'c>(&'c self, profile: Profile<'c>) -> Option<(Profile<'c>, Kind)> {
        match self.kind(profile) {
            Kind::AssumeRole => match self.chains().end(self.profiles(), profile)? {
                ChainEnd::Profile(source) => Some((source, Kind::as_source(source))),
                ChainEnd::Machine(_) | ChainEnd::Broken(_) => None,
            },
            kind => Some((profile, kind)),
        }
    }

    /// Whether a role is assumed with keys from variables. Where these are set they override the role; so the AWS CLI
    /// assumes it for `--profile` alone.
    pub fn takes_keys_from_variables(&self, profile: Profile) -> bool {
        let end = self.chains().end(self.profiles(), profile);
        matches!(end, Some(ChainEnd::Machine(role)) if role.get("credential_source") == Some("Environment"))
    }

    /// The session that a profile needs, itself or at the end of its chain; `None` where it needs none, or is unknown.
    pub fn session(&self, profile: Profile) -> Option<Session> {
        let (source, kind) = self.credentials_source(profile)?;
        self.sessions().read(SessionFile::of(source, kind, self.profiles())?)
    }

    /// How many seconds a session is still valid for.
    pub fn seconds_left(&self, session: Session) -> u64 {
        session.expires_at.map_or(0, |end| self.seconds_until(end))
    }

    pub fn seconds_until(&self, end: Timestamp) -> u64 {
        u64::try_from(end.as_second()).unwrap_or_default().saturating_sub(self.environment.now)
    }

    fn sessions(&self) -> &SessionCaches {
        self.sessions.get_or_init(|| SessionCaches::locate(self.environment.now))
    }

    pub fn settings(&self) -> &Settings {
        self.settings.get_or_init(Settings::read)
    }

    /// This context in a shell where `aws-switch auto` turns directory profiles on or off now.
    pub fn with_auto(self, action: AutoAction) -> Self {
        Self { settings: Settings::read().with_auto(action).into(), ..self }
    }
}
