//! The commands that start another program: `exec`, `whoami`, `login`, `--login` and `configure`.

mod configure;
mod env;
mod exec;
mod here;
mod identities;
mod login;
mod whoami;

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// The result of a command.
struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
    /// What `env` prints for a shell to evaluate after an error.
    failure: String,
}

fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let words: Vec<_> = command.get_args().collect();
    let is_evaluated =
        words.first().is_some_and(|word| *word == "env") && !words.iter().any(|word| *word == "--format");
    let failure = if is_evaluated { format!("(exit {})\n", output.status.code().unwrap()) } else { String::new() };
    Ran { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr), failure }
}

fn wait_until(what: &str, is_done: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < Duration::from_secs(10), "waiting until {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

impl Ran {
    /// The one line on stderr, and nothing on stdout but what fails when it is evaluated.
    #[track_caller]
    fn refusal(&self, status: i32) -> &str {
        assert_eq!((self.status, &self.stdout), (Some(status), &self.failure), "{}", self.stderr);
        let line = self.stderr.strip_suffix('\n').unwrap();
        assert!(line.starts_with("aws-switch: ") && !line.contains('\n'), "{line}");
        line
    }
}
