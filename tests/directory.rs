//! The two layers, the base and the directory's, as a person meets them at a prompt.

#![cfg(unix)]

#[path = "directory/by_hand.rs"]
mod by_hand;
mod common;
#[path = "directory/enter.rs"]
mod enter;
#[path = "directory/folders.rs"]
mod folders;
#[path = "directory/inherited.rs"]
mod inherited;
#[path = "directory/keys.rs"]
mod keys;
#[path = "directory/notices.rs"]
mod notices;
#[path = "directory/regions.rs"]
mod regions;
#[path = "directory/start.rs"]
mod start;
#[path = "directory/subshells.rs"]
mod subshells;
#[path = "directory/while_there.rs"]
mod while_there;

use std::path::PathBuf;

use common::{Session, Shell, Start, World};

const OUTER: &str = "outer/.awsprofile";
const INNER: &str = "outer/inner/.awsprofile";

/// A home with `outer`, `outer/inner` within it, each with its file, and folders without one.
fn tree() -> World {
    let world = World::new();
    world.config("[profile base]\n[profile outer]\n[profile inner]\n[profile other]\n");
    world.write(OUTER, "outer\n");
    world.write(INNER, "inner\n");
    for dir in ["outer/deep/er", "outer/inner/deep", "plain"] {
        world.dir(dir);
    }
    world
}

/// A person in a shell who looks at each line of output, presses Enter a few times, and then at the profile.
struct Walk {
    session: Session,
    home: PathBuf,
}

impl Walk {
    /// Starts a shell that inherits the profile `base`.
    fn from_base(world: &World, shell: Shell) -> Self {
        Self::new(world, world.start(shell).env("AWS_PROFILE", "base"))
    }

    fn new(world: &World, start: Start<'_>) -> Self {
        Self { session: start.spawn(), home: world.home() }
    }

    fn shell(&self) -> Shell {
        self.session.shell()
    }

    /// The line that goes to a folder below the home; "" is the home.
    fn cd(&self, dir: &str) -> String {
        self.shell().cd(self.home.join(dir))
    }

    fn profile(&mut self) -> String {
        self.session.var("AWS_PROFILE").unwrap_or_default()
    }

    /// What stood on the screen before the first prompt.
    fn before_the_first_prompt(&self) -> String {
        let screen = self.session.screen();
        let before: Vec<_> = screen.lines().take_while(|line| !line.contains("test$")).map(str::trim_end).collect();
        before.join("\n")
    }

    /// `line` prints one line that names this file and the profile in force, "" for none.
    #[track_caller]
    fn told(&mut self, line: &str, file: &str, profile: &str) {
        let text = self.session.ok(line);
        assert_eq!(text.lines().count(), 1, "{:?}: one line of {line}: {text}", self.shell());
        self.names(&text, file, profile);
        self.stands(line, profile);
    }

    /// `line` prints nothing.
    #[track_caller]
    fn silent(&mut self, line: &str, profile: &str) {
        self.prints(line, "", profile);
    }

    /// `line` prints exactly this text.
    #[track_caller]
    fn prints(&mut self, line: &str, text: &str, profile: &str) {
        assert_eq!(self.session.ok(line), text, "{:?}: {line}", self.shell());
        self.stands(line, profile);
    }

    /// This profile is in force, and nothing more is printed about it.
    #[track_caller]
    fn stands(&mut self, after: &str, profile: &str) {
        for _ in 0..3 {
            assert_eq!(self.session.run("").text, "", "{:?}: at a later prompt after {after}", self.shell());
        }
        assert_eq!(self.profile(), profile, "{:?}: after {after}", self.shell());
    }

    /// `text` is one line of ours that names this file and this profile.
    #[track_caller]
    fn names(&self, text: &str, file: &str, profile: &str) {
        let file = self.home.join(file).to_str().unwrap().to_owned();
        names(self.shell(), text, &file, profile);
    }
}

#[track_caller]
fn names(shell: Shell, text: &str, file: &str, profile: &str) {
    assert_eq!(text.lines().count(), 1, "{shell:?}: one line: {text}");
    assert!(text.starts_with("aws-switch: "), "{shell:?}: {text}");
    assert_eq!(text.matches(file).count(), 1, "{shell:?}: {file} in {text}");
    let rest = text.replace(file, "");
    let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '-');
    let wanted = if profile.is_empty() { "no" } else { profile };
    assert!(words.any(|word| word == wanted), "{shell:?}: {wanted} in {text}");
}
