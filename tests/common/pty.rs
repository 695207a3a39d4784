//! An interactive shell on a pseudo-terminal.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

// Of the crates that open a terminal, this one has a safe interface and supports Windows.
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Color;

use super::powershell::take_without_noise;
use super::shells::Shell;
use super::terminal::{Display, Terminal, render};

/// A shell that is silent for longer fails the test.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// The limit under Wine.
pub const MUCH_PATIENCE: Duration = Duration::from_secs(40);
const LEFT_EDITOR: &[u8] = b"\x1b[?2004l";

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// The result of a command line.
#[derive(Clone, Debug)]
pub struct Output {
    /// Stdout and stderr as the screen shows them, lines without trailing spaces.
    pub text: String,
    /// The status at the next prompt.
    pub status: i32,
    /// The bytes of the output and of the prompt after it, colours included.
    pub raw: Vec<u8>,
}

/// A running interactive shell; ended when dropped.
pub struct Session {
    shell: Shell,
    terminal: Terminal,
    writer: Writer,
    child: Box<dyn Child + Send + Sync>,
    // Closing it would hang up the terminal.
    master: Box<dyn MasterPty + Send>,
    answered: u64,
    scratch: PathBuf,
    /// The time after which a wait fails the test.
    pub patience: Duration,
    pub(super) trace: Option<PathBuf>,
}

impl Session {
    /// Starts `command` on a new terminal of so many rows and columns, and waits for its first prompt; `scratch` is
    /// a directory for its own use.
    pub(super) fn spawn(shell: Shell, command: CommandBuilder, size: (u16, u16), scratch: PathBuf) -> Self {
        let pty_size = PtySize { rows: size.0, cols: size.1, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(pty_size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let writer: Writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let terminal = Terminal::new(size);
        let reader = pair.master.try_clone_reader().unwrap();
        let (screen, answers) = (terminal.clone(), Arc::clone(&writer));
        thread::spawn(move || read_all(reader, &screen, &answers));
        let (master, patience) = (pair.master, if shell == Shell::PowerShell { MUCH_PATIENCE } else { PATIENCE });
        let mut session = Self { shell, terminal, writer, child, master, answered: 0, scratch, patience, trace: None };
        session.wait_prompt();
        session
    }

    pub fn shell(&self) -> Shell {
        self.shell
    }

    /// Types `line`, presses Enter, and waits for the next prompt. The line's output must end with a newline.
    pub fn run(&mut self, line: &str) -> Output {
        assert!(!line.contains(char::is_control), "keys() is for control characters: {line:?}");
        self.keys(line);
        self.submit()
    }

    /// Like [`Session::run`], but fails the test unless the status is 0; returns the text.
    pub fn ok(&mut self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(output.status, 0, "{:?}: {line}\n{}", self.shell, output.text);
        output.text
    }

    /// Presses Enter on what was typed and waits for the next prompt.
    pub fn submit(&mut self) -> Output {
        self.converse(&[])
    }

    /// Like [`Session::submit`], but answers the questions before the next prompt.
    pub fn converse(&mut self, answers: &[(&str, String)]) -> Output {
        let start = self.look(|display| display.log().len());
        self.keys("\r");
        for (question, answer) in answers {
            self.wait_line(question);
            self.keys(format!("{answer}\r"));
        }
        let status = self.wait_prompt();
        self.look(|display| {
            let log = &display.log()[start..display.prompt().end];
            let raw = after_echo(log).to_vec();
            Output { text: render(&raw), status, raw }
        })
    }

    /// Sends these bytes as typed.
    pub fn keys(&self, keys: impl AsRef<[u8]>) {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(keys.as_ref()).unwrap();
        writer.flush().unwrap();
    }

    /// Presses Ctrl-C and waits until a prompt is drawn. (fish draws none when nothing was typed or running, and
    /// from version 4 on it clears the line in its place.)
    pub fn interrupt(&mut self) {
        // Line editors miss a signal while they draw, so press again, and then wait for the prompts of all presses.
        // PowerShell is run without one, and a second press could end its prompt function.
        let pause = Duration::from_millis(if self.shell == Shell::PowerShell { 5000 } else { 300 });
        let (before, shown) = (self.drawn(), self.look(|display| display.log().len()));
        let (mut tries, deadline) = (0, Instant::now() + self.patience);
        loop {
            assert!(
                Instant::now() < deadline,
                "{:?}: no prompt after Ctrl-C; the screen:\n{}",
                self.shell,
                self.screen()
            );
            self.keys(b"\x03");
            tries += 1;
            let is_done = |display: &Display| {
                let is_cleared = self.shell == Shell::Fish && display.log().len() > shown && display.at_empty_line();
                more_than(before)(display).or_else(|| is_cleared.then_some(()))
            };
            if self.terminal.wait(pause, is_done).is_ok() {
                break;
            }
        }
        if tries > 1 {
            self.wait_quiet(pause);
        }
        if self.shell.is_wine() {
            self.reach_wine_shell();
        }
        self.answered = self.look(|display| display.prompt().serial);
    }

    /// Presses Enter until the shell answers. In Wine 8 and 10, a program that Ctrl-C ended while it read the console
    /// still takes the next line, and then the console reads for the shell only after another Ctrl-C.
    fn reach_wine_shell(&self) {
        let (pause, deadline) = (Duration::from_secs(2), Instant::now() + self.patience);
        let before = self.drawn();
        self.keys("\r");
        if self.terminal.wait(pause, more_than(before)).is_ok() {
            return;
        }
        loop {
            assert!(Instant::now() < deadline, "no prompt after Ctrl-C and Enter; the screen:\n{}", self.screen());
            self.keys(b"\x03\r");
            if self.terminal.wait(pause, more_than(before)).is_ok() {
                return self.wait_quiet(pause);
            }
        }
    }

    /// How many prompts were drawn.
    fn drawn(&self) -> u64 {
        self.look(|display| display.prompt().drawn)
    }

    /// Waits until no prompt is drawn for so long.
    fn wait_quiet(&self, pause: Duration) {
        while self.terminal.wait(pause, more_than(self.drawn())).is_ok() {}
    }

    /// Waits for a new prompt; returns `$?` there.
    pub fn wait_prompt(&mut self) -> i32 {
        let answered = self.answered;
        let prompt =
            self.wait("the next prompt", |display| Some(display.prompt()).filter(|prompt| prompt.serial > answered));
        self.answered = prompt.serial;
        prompt.status
    }

    /// Waits until the screen shows `text`.
    pub fn wait_for(&self, text: &str, timeout: Duration) {
        let shown = self.terminal.wait(timeout, |display| display.text().contains(text).then_some(()));
        if let Err(why) = shown {
            panic!("{:?}: waiting for {text:?}: {why}", self.shell);
        }
    }

    /// Waits until the cursor's line, prompt included, starts with `text`.
    pub fn wait_line(&self, text: &str) {
        self.wait(&format!("the line {text:?}"), |display| display.cursor_line().starts_with(text).then_some(()));
    }

    /// Waits until the screen satisfies `wanted`; returns what `wanted` found.
    pub fn wait<T>(&self, what: &str, wanted: impl Fn(&Display) -> Option<T>) -> T {
        match self.terminal.wait(self.patience, wanted) {
            Ok(found) => found,
            Err(why) => panic!("{:?}: waiting for {what}: {why}", self.shell),
        }
    }

    /// Every byte that the terminal was sent since the shell started.
    pub fn log(&self) -> Vec<u8> {
        self.look(|display| display.log().to_vec())
    }

    /// The screen's text.
    pub fn screen(&self) -> String {
        self.look(Display::text)
    }

    /// The line of the cursor: the prompt and the typed text. After run() it is complete; after keys() use
    /// [`Session::wait_line`].
    pub fn prompt(&self) -> String {
        self.look(Display::cursor_line)
    }

    /// The colour of the last occurrence of `text` on the screen.
    pub fn colour_of(&self, text: &str) -> Option<Color> {
        self.look(|display| display.colour_of(text))
    }

    /// Reports a new size to the programs on the terminal; the display keeps its old size.
    pub fn resize(&self, rows: u16, columns: u16) {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// The environment as a child process of this shell sees it.
    pub fn environment(&mut self) -> BTreeMap<String, String> {
        let file = self.new_file("environment");
        let print = match self.shell {
            Shell::PowerShell => format!("__test_environment {}", self.shell.quote(&self.shell.path(&file))),
            _ => format!("/usr/bin/env -0 >{}", self.shell.quote(&file)),
        };
        self.ok(&print);
        let bytes = fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let pairs = text.split('\0').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// An exported variable as a child process sees it.
    pub fn var(&mut self, name: &str) -> Option<String> {
        self.environment().remove(name)
    }

    /// Fails the test unless the shell ends by itself; returns its exit status.
    pub fn wait_end(&mut self) -> u32 {
        self.wait("the shell's end", |display| display.closed().then_some(()));
        self.child.wait().unwrap().exit_code()
    }

    /// A file for the session's own use; never the same twice, for a shell with noclobber.
    pub(super) fn new_file(&self, name: &str) -> String {
        let file = self.scratch.join(format!("{name}-{}", self.answered));
        file.to_str().unwrap().to_owned()
    }

    /// Reads the current display.
    pub fn look<T>(&self, read: impl FnOnce(&Display) -> T) -> T {
        self.terminal.look(read)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // portable-pty's own kill() first hangs up and then sleeps.
        let pid = self.child.process_id().and_then(|id| rustix::process::Pid::from_raw(id.try_into().ok()?));
        if let (Some(pid), Ok(None)) = (pid, self.child.try_wait()) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
            // With a limit, as the system may keep a killed process.
            let deadline = Instant::now() + PATIENCE;
            while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(1));
            }
        }
    }
}

fn more_than(drawn: u64) -> impl Fn(&Display) -> Option<()> {
    move |display| (display.prompt().drawn > drawn).then_some(())
}

fn read_all(mut reader: Box<dyn Read + Send>, terminal: &Terminal, answers: &Writer) {
    let mut buffer = [0; 8192];
    let mut pending = Vec::new();
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        pending.extend(&buffer[..count]);
        let answer = terminal.feed(&take_without_noise(&mut pending));
        if !answer.is_empty() && answers.lock().unwrap().write_all(&answer).is_err() {
            break;
        }
    }
    terminal.close();
}

/// Drops the echo of the typed line, which ends with a newline and with the sequence that leaves the line editor, in
/// either order; old shells print only the newline.
fn after_echo(log: &[u8]) -> &[u8] {
    let line = find(log, b"\n").map_or(0, |at| at + 1);
    let left = find(log, LEFT_EDITOR).map_or(0, |at| at + LEFT_EDITOR.len());
    &log[line.max(left)..]
}

pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
