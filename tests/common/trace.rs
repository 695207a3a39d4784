//! Counting the processes that a shell starts, with strace (Linux).

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use super::pty::{PATIENCE, Session};

/// A process that was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartedProcess {
    pub pid: u32,
    /// The program that it executed; `None` for a subshell.
    pub program: Option<String>,
}

impl StartedProcess {
    pub fn is_helper(&self) -> bool {
        self.program.as_deref().is_some_and(|program| program.ends_with("/aws-switch"))
    }
}

/// Whether processes can be counted. Without strace this panics on Linux in CI, and warns elsewhere.
pub fn is_here() -> bool {
    let found = std::process::Command::new("strace").arg("-V").output().is_ok();
    if !found && cfg!(target_os = "linux") {
        assert!(!super::in_ci(), "strace is not installed; tests/install installs it");
        super::skip("strace is not installed, started processes were not counted");
    }
    found
}

/// strace, without the command to trace.
pub(super) fn strace(log: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new("strace");
    // "?": not every processor has all of these calls.
    let calls = "trace=execve,?fork,?vfork,?clone,?clone3,openat";
    command.args(["-f", "-qq", "-e", "signal=none", "-e", calls, "-o"]);
    command.arg(log);
    command
}

impl Session {
    /// The processes, threads left out, that start while `body` drives this shell, its prompts included.
    /// The session must have been started with `traced()`.
    pub fn processes(&mut self, body: impl FnOnce(&mut Self)) -> Vec<StartedProcess> {
        started(self.calls(body).lines())
    }

    /// How often the helper opens a file whose path ends like this, likewise.
    pub fn helper_opens(&mut self, path: &str, body: impl FnOnce(&mut Self)) -> usize {
        let calls = self.calls(body);
        let helpers = started(calls.lines()).into_iter().filter(StartedProcess::is_helper);
        let helpers: Vec<String> = helpers.map(|process| format!("{} ", process.pid)).collect();
        let is_of_helper = |line: &&str| helpers.iter().any(|pid| line.starts_with(pid));
        let end = format!("{path}\",");
        calls.lines().filter(is_of_helper).filter(|line| line.contains("openat(") && line.contains(&end)).count()
    }

    /// strace's lines from the start of `body` to its end.
    fn calls(&mut self, body: impl FnOnce(&mut Self)) -> String {
        let log = self.trace.clone().expect("start the session with traced()");
        let from = self.mark(&log, "begin");
        body(self);
        let to = self.mark(&log, "end");
        let text = fs::read_to_string(&log).unwrap();
        text.lines().skip(from).take(to - from).collect::<Vec<_>>().join("\n")
    }

    /// Has the shell open a file, as a mark in the log; returns the line of the mark.
    fn mark(&mut self, log: &Path, name: &str) -> usize {
        let file = self.new_file(name);
        self.ok(&format!(": >{}", self.shell().quote(&file)));
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(line) = find_mark(log, &file) {
                return line;
            }
            assert!(Instant::now() < deadline, "strace never wrote {file}");
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn find_mark(log: &Path, file: &str) -> Option<usize> {
    let text = fs::read_to_string(log).unwrap_or_default();
    // The last line may be incomplete.
    let ended = &text[..text.rfind('\n')? + 1];
    ended.lines().position(|line| line.contains("openat(") && line.contains(file))
}

/// Parses strace's lines, `PID call(...) = RESULT`; an interrupted call takes two lines.
fn started<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<StartedProcess> {
    let mut unfinished: HashMap<&str, &str> = HashMap::new();
    let mut found: Vec<StartedProcess> = Vec::new();
    for line in lines {
        let Some((pid, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(half) = call.strip_suffix("<unfinished ...>") {
            unfinished.insert(pid, half);
            continue;
        }
        let half = if call.starts_with("<... ") { unfinished.remove(pid).unwrap_or("") } else { "" };
        let whole = format!("{half}{call}");
        if let Some(child) = new_process(&whole) {
            found.push(StartedProcess { pid: child, program: None });
        } else if let (Some(program), Ok(pid)) = (executed(&whole), pid.parse()) {
            let known = found.iter_mut().find(|process| process.pid == pid);
            match known {
                Some(process) => process.program = Some(program),
                // vfork returns in the parent only after the child has executed its program.
                None => found.push(StartedProcess { pid, program: Some(program) }),
            }
        }
    }
    found.sort_by_key(|process| (process.pid, process.program.is_none()));
    found.dedup_by_key(|process| process.pid);
    found
}

fn new_process(call: &str) -> Option<u32> {
    let starts = ["fork(", "vfork(", "clone(", "clone3("].iter().any(|name| call.starts_with(name));
    if !starts || call.contains("CLONE_THREAD") {
        return None;
    }
    call.rsplit_once(" = ")?.1.trim().parse().ok()
}

fn executed(call: &str) -> Option<String> {
    let program = call.strip_prefix("execve(\"")?.split('"').next()?;
    call.trim_end().ends_with("= 0").then(|| program.to_owned())
}
