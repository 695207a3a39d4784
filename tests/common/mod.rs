//! The harness of the integration tests: a temporary home, real shells on a pseudo-terminal, and a count of the
//! processes that they start.
//!
//! ```ignore
//! let world = World::new();
//! world.config("[profile work]\nregion = eu-west-1\n");
//! for shell in Shell::available() {
//!     let mut session = world.start(shell).spawn();
//!     let output = session.run("aws-switch work");
//!     assert_eq!((output.status, session.var("AWS_PROFILE").as_deref()), (0, Some("work")));
//! }
//! ```

pub mod endpoint;
pub mod hostile_names;
pub mod powershell;
pub mod pty;
pub mod random;
pub mod shells;
pub mod terminal;
pub mod trace;
pub mod walk;
pub mod world;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

pub use endpoint::Endpoint;
pub use pty::{Output, Session};
pub use random::Random;
pub use shells::Shell;
pub use walk::Walk;
pub use world::{Start, World};

/// The variables that override a profile, or that prompts show instead of it. A switch unsets them.
pub const OVERRIDING: [&str; 11] = [
    "AWS_DEFAULT_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_VAULT",
    "AWSUME_PROFILE",
    "AWS_SSO_PROFILE",
];

/// Whether this is a run where a missing shell or tool is a failure, not a reason to skip.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Whether a variable of the environment selects this name: it is unset, or contains a part of it.
pub fn is_wanted(name: &str, variable: &str) -> bool {
    std::env::var(variable).map_or(true, |part| name.to_lowercase().contains(&part.to_lowercase()))
}

/// Waits until a program of the test has created this file.
pub fn wait_file(file: &Path) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !file.exists() {
        assert!(Instant::now() < deadline, "{} never came", file.display());
        thread::sleep(Duration::from_millis(1));
    }
}

/// Version 2 of the AWS CLI: /usr/bin/aws or the first on PATH, searched once. Without it this panics in CI, and warns
/// elsewhere.
pub fn aws_cli() -> Option<&'static Path> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let dirs = [PathBuf::from("/usr/bin")].into_iter().chain(std::env::split_paths(&path));
        let found = dirs.map(|dir| dir.join("aws")).find(|file| {
            let version = Command::new(file).arg("--version").output();
            version.is_ok_and(|output| output.stdout.starts_with(b"aws-cli/2."))
        });
        if found.is_none() {
            assert!(!in_ci(), "AWS CLI v2 is not installed; tests/install installs it");
            skip("AWS CLI v2 is not installed, nothing was compared with it");
        }
        found
    });
    found.as_deref()
}

/// A Python with a botocore that knows every kind of profile; `tests/run` installs one.
pub fn python_with_botocore() -> Option<PathBuf> {
    python("import botocore.credentials as c; c.LoginProvider", "botocore, nothing was compared with it")
}

/// A Python that can run `check`: that of `tests/run` first. Without one this panics in CI, and warns elsewhere.
pub fn python(check: &str, without: &str) -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").filter(|path| Path::new(path).is_absolute()).map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let own = cache.map(|cache| cache.join("aws-switch-tests/venv/bin/python"));
    let found = own.into_iter().chain([PathBuf::from("python3")]).find(|python| {
        let output = Command::new(python).args(["-c", check]).output();
        output.is_ok_and(|output| output.status.success())
    });
    if found.is_none() {
        assert!(!in_ci(), "there is no Python with {without}; tests/run makes one");
        skip(&format!("there is no Python with {without}"));
    }
    found
}

/// The stdout of the helper, which must succeed.
pub fn text(world: &World, arguments: &[&str]) -> String {
    let output = world.helper().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that `--help` lists.
pub fn commands(world: &World) -> Vec<String> {
    let help = text(world, &["--help"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Further lines of a help text are indented more.
    let lines = lines.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let commands: Vec<String> = lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(commands.contains(&"list".to_owned()), "{help}");
    commands
}

/// The JSON of a command of the helper.
pub fn answer(world: &World, arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&text(world, arguments)).unwrap()
}

/// A profile in `list --json`.
pub fn listed(world: &World, name: &str) -> serde_json::Value {
    let list = answer(world, &["list", "--json"]);
    let found = list["profiles"].as_array().unwrap().iter().find(|profile| profile["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not in {list}")).clone()
}

/// Warns on the real stderr, which the test runner does not capture, that something is not tested here.
pub fn skip(what: &str) {
    report(&format!("SKIPPED: {what}"));
}

/// Prints a line on the real stderr.
pub fn report(what: &str) {
    use std::io::Write;
    let line = format!("\n==== {what} ====\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
