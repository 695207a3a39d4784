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
}

fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn wait_until(what: &str, is_done: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < Duration::from_secs(10), "waiting until {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

impl Ran {
    /// The one line on stderr, and nothing on stdout.
    #[track_caller]
    fn refusal(&self, status: i32) -> &str {
        assert_eq!((self.status, self.stdout.as_str()), (Some(status), ""), "{}", self.stderr);
        let line = self.stderr.strip_suffix('\n').unwrap();
        assert!(line.starts_with("aws-switch: ") && !line.contains('\n'), "{line}");
        line
    }
}
