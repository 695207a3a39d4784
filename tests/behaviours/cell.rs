//! A place to be in, and somebody in a shell there.

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

/// One cell's home: profiles, `outer`, `outer/inner` within it, each with its file, and folders without one.
pub struct Place {
    /// The home.
    pub world: World,
    /// The shell of this cell.
    pub shell: Shell,
}

impl Place {
    /// A new one.
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

    /// A shell that has no profile.
    pub fn start(&self) -> Start<'_> {
        self.world.start(self.shell).before(self.shell.completion_setup())
    }

    /// Somebody in a shell that inherits the profile `base`.
    pub fn walk(&self) -> Walk {
        self.walk_in(self.start().env("AWS_PROFILE", "base"))
    }

    /// Somebody in this shell.
    pub fn walk_in(&self, start: Start<'_>) -> Walk {
        Walk { session: start.spawn(), shell: self.shell, home: self.world.home() }
    }

    /// The line that goes to a folder below the home; "" is the home.
    pub fn cd(&self, dir: &str) -> String {
        self.shell.cd(self.world.path(dir))
    }
}

/// Somebody who looks at each line of output, presses Enter a few times, and then at the profile.
pub struct Walk {
    /// The shell.
    pub session: Session,
    /// Which one it is.
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

    /// Runs a line.
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

    /// Every exported variable of AWS's, as `NAME=value`, sorted.
    pub fn aws(&mut self) -> Vec<String> {
        let all = self.session.environment().into_iter();
        all.filter(|(name, _)| name.starts_with("AWS_")).map(|(name, value)| format!("{name}={value}")).collect()
    }

    /// Goes to a folder below the home; prints one line that names this file and the profile in force.
    #[track_caller]
    pub fn goes(&mut self, dir: &str, file: &str, profile: &str) {
        self.told(&self.cd(dir), file, profile);
    }

    /// Goes to a folder below the home, and nothing is printed.
    #[track_caller]
    pub fn goes_silently(&mut self, dir: &str, profile: &str) {
        self.silent(&self.cd(dir), profile);
    }

    /// The line that goes to a folder below the home.
    pub fn cd(&self, dir: &str) -> String {
        self.shell.cd(self.home.join(dir))
    }

    /// What stood on the screen before the first prompt.
    pub fn before_the_first_prompt(&self) -> String {
        let screen = self.session.screen();
        let before: Vec<_> = screen.lines().take_while(|line| !line.contains("test$")).map(str::trim_end).collect();
        before.join("\n")
    }

    /// `line` prints one line that names this file and the profile in force, "" for none.
    #[track_caller]
    pub fn told(&mut self, line: &str, file: &str, profile: &str) {
        let text = self.ok(line);
        self.names(&text, file, profile);
        self.stands(line, profile);
    }

    /// `line` prints nothing.
    #[track_caller]
    pub fn silent(&mut self, line: &str, profile: &str) {
        assert_eq!(self.ok(line), "", "{line}");
        self.stands(line, profile);
    }

    /// `line` prints one line of ours, whatever it says; returns it.
    #[track_caller]
    pub fn one_line(&mut self, line: &str) -> String {
        let text = self.ok(line);
        one_line(&text);
        text
    }

    /// This profile is in force, and nothing more is printed about it.
    #[track_caller]
    pub fn stands(&mut self, after: &str, profile: &str) {
        for _ in 0..2 {
            assert_eq!(self.run("").text, "", "at a later prompt after {after}");
        }
        assert_eq!(self.profile(), profile, "after {after}");
    }

    /// `text` is one line of ours that names this file and this profile.
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

/// Fails unless this is one line, and one of ours.
#[track_caller]
pub fn one_line(text: &str) {
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    assert!(text.starts_with("aws-switch: "), "{text}");
}
