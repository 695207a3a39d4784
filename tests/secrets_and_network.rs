//! Two promises of the README: no command opens a network connection, and nothing copies a secret.

use std::fs;
use std::path::Path;

use crate::common::{Session, Shell, World, trace};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn world() -> World {
    let world = World::new();
    world.config(
        "[profile work]\nregion = eu-west-1\n[profile sso]\nsso_session = corp\nsso_account_id = 111122223333
sso_role_name = R\n[sso-session corp]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n",
    );
    world.credentials(&format!("[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"));
    world.write("in/.awsprofile", "keys\n");
    world
}

/// Commands that print something and start no other program.
const QUERIES: [&[&str]; 12] = [
    &["list"],
    &["list", "--names"],
    &["list", "--json"],
    &["show", "keys", "--json"],
    &["show", "sso"],
    &["current", "--json"],
    &["resolve", "in", "--json"],
    &["doctor"],
    &["init", "bash"],
    &["completions", "bash"],
    &["man"],
    &["__complete", "fish", "--", ""],
];

#[test]
fn no_command_without_the_aws_cli_opens_a_connection() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for words in QUERIES {
        let log = world.path("connections");
        let mut strace = world.command("strace");
        strace.args(["-f", "-qq", "-e", "signal=none", "-e", "trace=socket,connect", "-o"]).arg(&log);
        strace.arg(env!("CARGO_BIN_EXE_aws-switch")).args(words).env("AWS_PROFILE", "keys");
        assert!(!strace.output().unwrap().stdout.is_empty(), "{words:?}");
        let calls = fs::read_to_string(&log).unwrap();
        assert!(!calls.contains("AF_INET"), "{words:?}: {calls}");
    }
}

/// Uses every feature once.
fn use_all(session: &mut Session, world: &World) {
    let shell = session.shell();
    session.ok(&shell.set_env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"));
    session.ok(&shell.set_env("AWS_SECRET_ACCESS_KEY", SECRET));
    for line in ["aws-switch work", "aws-switch -", "aws-switch keys --for 1h", "aws-switch pin", "aws-switch list"] {
        session.ok(line);
    }
    session.ok(&shell.cd(world.path("in")));
    session.keys("aws-switch ke\t");
    session.submit();
    session.run("aws-switch doctor");
}

fn files_with_the_secret(dir: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        // Links are not followed, and FIFOs not opened.
        if kind.is_dir() {
            files_with_the_secret(&path, found);
        } else if kind.is_file() && fs::read(&path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(SECRET))
        {
            found.push(path.strip_prefix(dir).unwrap().display().to_string());
        }
    }
}

#[test]
fn no_trace_of_a_script_shows_a_secret() {
    let world = world();
    for shell in Shell::available() {
        let set = shell.set_env("AWS_SECRET_ACCESS_KEY", SECRET);
        let trace = if shell == Shell::Fish { "set -g fish_trace 1" } else { "set -x" };
        let finished = world.batch(shell, &format!("{}\n{set}\n{trace}\naws-switch work", shell.init_line()));
        let trace = String::from_utf8_lossy(&finished.stderr);
        assert!(trace.contains("AWS_SECRET_ACCESS_KEY was unset (it overrides the profile)"), "{shell:?}: {trace}");
        assert!(!trace.contains(SECRET), "{shell:?}: {trace}");
    }
}

#[test]
fn no_trace_of_a_command_that_leaves_the_keys_shows_them() {
    let world = world();
    for shell in Shell::available() {
        let set = shell.set_env("AWS_ACCESS_KEY_ID", SECRET);
        let trace = if shell == Shell::Fish { "set -g fish_trace 1" } else { "set -x" };
        let finished = world.batch(shell, &format!("{}\n{set}\n{trace}\naws-switch auto off", shell.init_line()));
        let trace = String::from_utf8_lossy(&finished.stderr);
        assert!(trace.contains("directory profiles are off"), "{shell:?}: {trace}");
        assert!(!trace.contains(SECRET), "{shell:?}: {trace}");
    }
}

#[test]
fn no_secret_is_written_anywhere() {
    for shell in Shell::available() {
        let world = world();
        // The shell's history would contain the typed lines.
        let no_history = match shell {
            Shell::Fish => "set -g fish_history ''",
            _ => "unset HISTFILE",
        };
        let mut session = world.start(shell).before(shell.completion_setup()).after(no_history).spawn();
        use_all(&mut session, &world);
        drop(session);
        let mut found = Vec::new();
        files_with_the_secret(&world.home(), &mut found);
        assert_eq!(found, ["credentials"], "{shell:?}");
    }
}
