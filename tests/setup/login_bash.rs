//! A login bash, as tmux and ssh start it: it reads one file of three, and `~/.bashrc` only if that file does.

use std::fs;

use super::{BEGIN, setup};
use crate::common::{Shell, World};

const BASHRC: &str = "# mine\n";
/// Names and contents.
type Files = &'static [(&'static str, &'static str)];

/// The start-up files that Debian gives a new user.
const DEBIAN: &str =
    "if [ -n \"$BASH_VERSION\" ]; then\n    if [ -f \"$HOME/.bashrc\" ]; then\n\t. \"$HOME/.bashrc\"\n    fi\nfi\n";

/// Stdout and stderr of a line in an interactive login bash.
fn login(world: &World, line: &str) -> (String, String) {
    let mut command = world.command(Shell::Bash.executable().unwrap());
    let output = command.args(["-l", "-i", "-c", line]).env("TERM", "dumb").output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    // bash warns that it has no terminal.
    let stderr = stderr.lines().filter(|line| !line.contains("job control") && !line.contains("terminal process"));
    (stdout, stderr.map(|line| line.to_owned() + "\n").collect())
}

/// Has the start-up files start a program that logs what the helper is asked; a login bash may reset PATH.
fn log_the_runs(world: &World) {
    let helper = env!("CARGO_BIN_EXE_aws-switch");
    let logger = world.program("logger", &format!("#!/bin/sh\necho \"$1\" >>~/runs\nexec '{helper}' \"$@\"\n"));
    let found = logger.with_file_name("aws-switch");
    world.remove_program("aws-switch");
    for name in [".bashrc", ".bash_profile", ".bash_login", ".profile"] {
        if let Ok(text) = fs::read_to_string(world.path(name)) {
            fs::write(world.path(name), text.replace(found.to_str().unwrap(), logger.to_str().unwrap())).unwrap();
        }
    }
}

#[test]
fn a_login_bash_has_aws_switch_once_whatever_its_files_are() {
    if !Shell::Bash.is_here() {
        return;
    }
    // The files, and the one that setup adds a block to, beside ~/.bashrc.
    let rows: [(Files, Option<&str>); 9] = [
        (&[], Some(".profile")),
        (&[(".profile", "A=1\n")], Some(".profile")),
        (&[(".profile", "# . ~/.bashrc\n")], Some(".profile")),
        (&[(".bash_profile", "A=1"), (".profile", "A=2\n")], Some(".bash_profile")),
        (&[(".bash_login", "A=1\n"), (".profile", DEBIAN)], Some(".bash_login")),
        (&[(".profile", DEBIAN)], None),
        (&[(".bash_profile", "[ -f ~/.bashrc ] && . ~/.bashrc\n")], None),
        (&[(".bash_profile", ". ~/.profile\n"), (".profile", DEBIAN)], Some(".bash_profile")),
        (&[(".bash_profile", "rc=bashrc; . ~/.$rc\n")], Some(".bash_profile")),
    ];
    for (files, edited) in rows {
        let world = World::new();
        world.config("[profile work]\n");
        world.write(".bashrc", BASHRC);
        for (name, text) in files {
            world.write(name, text);
        }
        let before = |name: &str| files.iter().find(|(file, _)| *file == name).map(|(_, text)| (*text).to_owned());
        setup(&world, &["--shell", "bash"]);
        setup(&world, &["--shell", "bash"]);
        log_the_runs(&world);
        let (stdout, stderr) = login(&world, "type -t aws-switch; aws-switch work; echo \"$AWS_PROFILE\"");
        assert_eq!(stdout, "function\nwork\n", "{files:?}: {stderr}");
        let runs = fs::read_to_string(world.path("runs")).unwrap();
        assert_eq!(runs.lines().filter(|run| *run == "init").count(), 1, "{files:?}: {runs}");
        for name in [".bash_profile", ".bash_login", ".profile"] {
            let text = fs::read_to_string(world.path(name)).ok();
            match edited == Some(name) {
                true => assert_eq!(text.unwrap().matches(BEGIN).count(), 1, "{files:?}: {name}"),
                false => assert_eq!(text, before(name), "{files:?}: {name}"),
            }
        }
        world.install_helper();
        setup(&world, &["--undo"]);
        for name in [".bash_profile", ".bash_login", ".profile"] {
            assert_eq!(fs::read_to_string(world.path(name)).ok(), before(name), "{files:?}: {name}: undone");
        }
        assert_eq!(fs::read_to_string(world.path(".bashrc")).unwrap(), BASHRC, "{files:?}");
    }
}

#[test]
fn another_shell_that_reads_the_profile_takes_no_notice() {
    let world = World::new();
    setup(&world, &["--shell", "bash"]);
    for script in [". ~/.profile && echo good", "set -eu; . ~/.profile; echo good"] {
        let output = world.command("/bin/sh").args(["-c", script]).output().unwrap();
        assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"good\n"[..], &b""[..]), "{script}");
    }
    world.remove_program("aws-switch");
    if Shell::Bash.is_here() {
        assert_eq!(login(&world, "echo alive"), ("alive\n".to_owned(), String::new()));
    }
}
