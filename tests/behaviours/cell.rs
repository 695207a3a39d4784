//! A cell of the table: a home, and a shell in it.

use crate::common::{Shell, Start, Walk, World};

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
        Walk::new(&self.world, start)
    }

    /// The line that changes to a directory below the home; "" is the home.
    pub fn cd(&self, dir: &str) -> String {
        self.shell.cd(self.world.path(dir))
    }
}
