//! A cell of the table: a home, and a shell in it.

use std::path::PathBuf;

use crate::common::{Output, Session, Shell, Start, World};

/// The file of `outer`.
pub const OUTER: &str = "outer/.awsprofile";
/// The file of `outer/inner`.
pub const INNER: &str = "outer/inner/.awsprofile";

const CONFIG: &str = "[profile base]
[profile outer]
[profile inner]
[profile other]
[profile work]
region = eu-west-1
[profile dev]
region = us-east-1
[profile acme-prod]
";

/// A home with profiles, `outer` and `outer/inner`, each with its file, and directories without one.
pub struct Cell {
    pub world: World,
    /// The shell of this cell.
    pub shell: Shell,
}

impl Cell {
    pub fn new(shell: Shell) -> Self {
        let world = World::new();
        world.config(CONFIG);
        world.write(OUTER, "outer\n");
        world.write(INNER, "inner\n");
        for dir in ["outer/deep/er", "outer/inner/deep", "plain"] {
            world.dir(dir);
        }
        Self { world, shell }
    }

    /// A shell without a profile.
    pub fn start(&self) -> Start<'_> {
        self.world.start(self.shell).before(self.shell.completion_setup())
    }

    /// Starts a shell that inherits the profile `base`.
    pub fn walk(&self) -> Walk {
        self.walk_in(self.start().env("AWS_PROFILE", "base"))
    }

    pub fn walk_in(&self, start: Start<'_>) -> Walk {
        Walk { session: start.spawn(), shell: self.shell, home: self.world.home() }
    }

    /// The line that changes to a directory below the home; "" is the home.
    pub fn cd(&self, dir: &str) -> String {
        self.shell.cd(self.world.path(dir))
    }
}

/// A shell in which each step checks the output, some further prompts, and then the profile.
pub struct Walk {
    pub session: Session,
    pub shell: Shell,
    home: PathBuf,
}

impl Walk {
    /// Runs a line that must succeed; returns what it printed.
    #[track_caller]
    pub fn ok(&mut self, line: &str) -> String {
        let output = self.session.run(line);
        assert_eq!(output.status, 0, "{line}\n{}", output.text);
        output.text
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

    /// The line that changes to a directory below the home.
    pub fn cd(&self, dir: &str) -> String {
        self.shell.cd(self.home.join(dir))
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
        let text = self.ok(line);
        self.names(&text, file, profile);
        self.stays_active(line, profile);
    }

    /// `line` prints nothing.
    #[track_caller]
    pub fn silent(&mut self, line: &str, profile: &str) {
        assert_eq!(self.ok(line), "", "{line}");
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
        for _ in 0..2 {
            assert_eq!(self.run("").text, "", "at a later prompt after {after}");
        }
        assert_eq!(self.profile(), profile, "after {after}");
    }

    /// `text` is one line of aws-switch that names this file and this profile.
    #[track_caller]
    pub fn names(&self, text: &str, file: &str, profile: &str) {
        one_line(text);
        let file = self.shell.path(self.home.join(file));
        assert_eq!(text.matches(&file).count(), 1, "{file} in {text}");
        let rest = text.replace(&file, "");
        let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '-');
        let wanted = if profile.is_empty() { "no" } else { profile };
        assert!(words.any(|word| word == wanted), "{wanted} in {text}");
    }
}

/// Fails unless this is one line of aws-switch.
#[track_caller]
pub fn one_line(text: &str) {
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    assert!(text.starts_with("aws-switch: "), "{text}");
}
