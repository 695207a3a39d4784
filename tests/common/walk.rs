//! A walk through the directories of a world, with the checks after each step.

use std::path::PathBuf;

use super::{Output, Session, Shell, Start, World};

/// A shell in which each step checks the output, some further prompts, and then the profile.
pub struct Walk {
    pub session: Session,
    home: PathBuf,
}

impl Walk {
    /// Starts a shell that inherits the profile `base`.
    pub fn from_base(world: &World, shell: Shell) -> Self {
        Self::new(world, world.start(shell).env("AWS_PROFILE", "base"))
    }

    pub fn new(world: &World, start: Start<'_>) -> Self {
        Self { session: start.spawn(), home: world.home() }
    }

    pub fn shell(&self) -> Shell {
        self.session.shell()
    }

    /// Runs a line that must succeed; returns its output.
    #[track_caller]
    pub fn ok(&mut self, line: &str) -> String {
        self.session.ok(line)
    }

    pub fn run(&mut self, line: &str) -> Output {
        self.session.run(line)
    }

    /// An exported variable.
    pub fn var(&mut self, name: &str) -> Option<String> {
        self.session.var(name)
    }

    /// `AWS_PROFILE`; "" when there is none.
    pub fn profile(&mut self) -> String {
        self.var("AWS_PROFILE").unwrap_or_default()
    }

    /// The exported variables `AWS_*`, as `NAME=value`, sorted.
    pub fn aws(&mut self) -> Vec<String> {
        let all = self.session.environment().into_iter();
        all.filter(|(name, _)| name.starts_with("AWS_")).map(|(name, value)| format!("{name}={value}")).collect()
    }

    /// The line that changes to a directory below the home; "" is the home.
    pub fn cd(&self, dir: &str) -> String {
        self.shell().cd(self.home.join(dir))
    }

    /// The screen's text before the first prompt.
    pub fn before_the_first_prompt(&self) -> String {
        let screen = self.session.screen();
        let before: Vec<_> = screen.lines().take_while(|line| !line.contains("test$")).map(str::trim_end).collect();
        before.join("\n")
    }

    /// Changes to a directory below the home, which prints one line that names this file and the active profile.
    #[track_caller]
    pub fn goes(&mut self, dir: &str, file: &str, profile: &str) {
        self.reports(&self.cd(dir), file, profile);
    }

    /// Changes to a directory below the home, which prints nothing.
    #[track_caller]
    pub fn goes_silently(&mut self, dir: &str, profile: &str) {
        self.silent(&self.cd(dir), profile);
    }

    /// `line` prints one line that names this file and the active profile, "" for none.
    #[track_caller]
    pub fn reports(&mut self, line: &str, file: &str, profile: &str) {
        let text = self.ok(line);
        self.names(&text, file, profile);
        self.stays_active(line, profile);
    }

    /// `line` prints nothing.
    #[track_caller]
    pub fn silent(&mut self, line: &str, profile: &str) {
        self.prints(line, "", profile);
    }

    /// `line` prints exactly this text.
    #[track_caller]
    pub fn prints(&mut self, line: &str, text: &str, profile: &str) {
        assert_eq!(self.ok(line), text, "{:?}: {line}", self.shell());
        self.stays_active(line, profile);
    }

    /// `line` prints one line of aws-switch; returns it.
    #[track_caller]
    pub fn one_line(&mut self, line: &str) -> String {
        let text = self.ok(line);
        one_line(&text);
        text
    }

    /// This profile is active, and the next prompts print nothing.
    #[track_caller]
    pub fn stays_active(&mut self, after: &str, profile: &str) {
        // Under Wine each prompt takes long; that of the profile's question is one more.
        let prompts = if self.shell() == Shell::PowerShell { 1 } else { 3 };
        for _ in 0..prompts {
            assert_eq!(self.run("").text, "", "{:?}: at a later prompt after {after}", self.shell());
        }
        assert_eq!(self.profile(), profile, "{:?}: after {after}", self.shell());
    }

    /// `text` is one line of aws-switch that names this file and this profile.
    #[track_caller]
    pub fn names(&self, text: &str, file: &str, profile: &str) {
        names(self.shell(), text, &self.shell().below_home(file), profile);
    }
}

/// Fails unless this is one line of aws-switch.
#[track_caller]
pub fn one_line(text: &str) {
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    assert!(text.starts_with("aws-switch: "), "{text}");
}

/// `text` is one line of aws-switch that names this file, or says that its directory was left, escaped as on a terminal,
/// and this profile.
#[track_caller]
pub fn names(shell: Shell, text: &str, file: &str, profile: &str) {
    one_line(text);
    let directory = file.trim_end_matches(".awsprofile").trim_end_matches(['/', '\\']);
    let named = [file.to_owned(), format!("(left {directory})"), format!("left {directory}, ")];
    let count: usize = named.iter().map(|named| text.matches(named).count()).sum();
    assert_eq!(count, 1, "{shell:?}: {file} in {text}");
    let rest = named.iter().fold(text.to_owned(), |rest, named| rest.replace(named, ""));
    let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '-');
    let wanted = if profile.is_empty() { "no" } else { profile };
    assert!(words.any(|word| word == wanted), "{shell:?}: {wanted} in {text}");
}
