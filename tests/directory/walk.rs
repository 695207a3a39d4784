//! A walk through directories, with the checks after each step.

use std::path::PathBuf;

use crate::common::{Session, Shell, Start, World};

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

    /// The line that changes to a directory below the home; "" is the home.
    pub fn cd(&self, dir: &str) -> String {
        self.shell().cd(self.home.join(dir))
    }

    pub fn profile(&mut self) -> String {
        self.session.var("AWS_PROFILE").unwrap_or_default()
    }

    /// The screen's text before the first prompt.
    pub fn before_the_first_prompt(&self) -> String {
        let screen = self.session.screen();
        let before: Vec<_> = screen.lines().take_while(|line| !line.contains("test$")).map(str::trim_end).collect();
        before.join("\n")
    }

    /// `line` prints one line that names this file and the active profile, "" for none.
    #[track_caller]
    pub fn reports(&mut self, line: &str, file: &str, profile: &str) {
        let text = self.session.ok(line);
        assert_eq!(text.lines().count(), 1, "{:?}: one line of {line}: {text}", self.shell());
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
        assert_eq!(self.session.ok(line), text, "{:?}: {line}", self.shell());
        self.stays_active(line, profile);
    }

    /// This profile is active, and the next prompts print nothing.
    #[track_caller]
    pub fn stays_active(&mut self, after: &str, profile: &str) {
        for _ in 0..3 {
            assert_eq!(self.session.run("").text, "", "{:?}: at a later prompt after {after}", self.shell());
        }
        assert_eq!(self.profile(), profile, "{:?}: after {after}", self.shell());
    }

    /// `text` is one line of aws-switch that names this file and this profile.
    #[track_caller]
    pub fn names(&self, text: &str, file: &str, profile: &str) {
        let file = self.home.join(file).to_str().unwrap().to_owned();
        names(self.shell(), text, &file, profile);
    }
}

/// `text` is one line of aws-switch that names this file, escaped as on a terminal, and this profile.
#[track_caller]
pub fn names(shell: Shell, text: &str, file: &str, profile: &str) {
    assert_eq!(text.lines().count(), 1, "{shell:?}: one line: {text}");
    assert!(text.starts_with("aws-switch: "), "{shell:?}: {text}");
    assert_eq!(text.matches(file).count(), 1, "{shell:?}: {file} in {text}");
    let rest = text.replace(file, "");
    let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '-');
    let wanted = if profile.is_empty() { "no" } else { profile };
    assert!(words.any(|word| word == wanted), "{shell:?}: {wanted} in {text}");
}
