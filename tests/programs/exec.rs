//! `exec`: one command under a profile.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use super::{run, wait_until};
use crate::common::{OVERRIDING, Shell, World, answer};

const CONFIG: &str = "[profile work]\n[profile other]\n[profile inner]\n[profile outer]\n";

fn world() -> World {
    let world = World::new();
    world.config(CONFIG);
    world
}

fn exec(world: &World, words: &[&str]) -> Command {
    let mut command = world.helper();
    command.arg("exec").args(words);
    command
}

#[test]
fn exec_becomes_the_command() {
    let world = world();
    let mut command = exec(&world, &["work", "--", "sh", "-c", "echo $$; exec sh -c 'kill -TERM $$'"]);
    let child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let id = child.id();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{id}\n"));
    assert_eq!(output.status.signal(), Some(15));
    for status in [0, 1, 3, 42, 255] {
        let ran = run(&mut exec(&world, &["work", "--", "sh", "-c", &format!("exit {status}")]));
        assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (Some(status), "", ""));
    }
    // The command has the default SIGPIPE again, which Rust ignores.
    let ran = run(&mut exec(&world, &["work", "--", "sh", "-c", "yes | head -n 1"]));
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "y\n", ""));
}

#[test]
fn words_reach_the_command_as_they_are() {
    let world = world();
    let words = ["a b", "", "$(touch canary)", "*", "--", "--help", "-x", "it's"];
    let mut command = exec(&world, &["work", "--", "printf", "<%s>"]);
    assert_eq!(run(command.args(words)).stdout, words.map(|word| format!("<{word}>")).concat());
}

#[test]
fn exec_unsets_variables_that_override_the_profile_and_leaves_the_rest() {
    let world = world();
    let mut command = exec(&world, &["work", "--", "env"]);
    let own = ["__AWS_SWITCH_WIRE", "__AWS_SWITCH_LOADED", "__AWS_SWITCH_AUTO", "__AWS_SWITCH_SAVED"];
    command.envs(OVERRIDING.into_iter().chain(own).map(|name| (name, "x")));
    command.env("AWS_SWITCH_PROMPT", "").env("AWS_SWITCH_NOTICES", "off").env("AWS_PROFILE", "other");
    command.env("AWS_REGION", "eu-west-1").env("AWS_CA_BUNDLE", "/ca").env("__AWS_SWITCH_WIRE", "");
    let ran = run(&mut command);
    let mut lines: Vec<&str> = ran.stdout.lines().filter(|line| line.contains("AWS")).collect();
    lines.retain(|line| !line.starts_with("__AWS_SWITCH_STATE="));
    lines.sort_unstable();
    let wanted = ["AWS_CA_BUNDLE=/ca", "AWS_PROFILE=work", "AWS_REGION=eu-west-1", "AWS_SWITCH_NOTICES=off"];
    assert_eq!(lines, wanted, "{}", ran.stderr);
}

#[test]
fn a_command_that_cannot_start_is_one_line_with_the_status_of_a_shell() {
    let world = world();
    world.write("plain", "");
    world.program("text", "echo no\n");
    for (name, status) in [("no-such-command", 127), ("./no-such", 127), ("./plain", 126), ("/", 126), ("", 127)] {
        let ran = run(&mut exec(&world, &["work", "--", name]));
        let what = if status == 127 {
            format!("error: command not found: '{name}'")
        } else {
            format!("error: cannot run '{name}': ")
        };
        assert!(ran.refusal(status).contains(&what), "{}", ran.stderr);
    }
    world.write("script", "#!/no/such\n");
    fs::set_permissions(world.path("script"), fs::Permissions::from_mode(0o755)).unwrap();
    let ran = run(&mut exec(&world, &["work", "--", "./script"]));
    assert!(ran.refusal(127).contains("cannot run './script': "), "{}", ran.stderr);
    for words in [&["work"][..], &["work", "--"], &["work", "true"], &["--", "true"], &[]] {
        run(&mut exec(&world, words)).refusal(2);
    }
}

#[test]
fn a_profile_that_does_not_exist_starts_nothing() {
    let world = world();
    for name in ["wrok", "-work", ""] {
        let ran = run(&mut exec(&world, &[name, "--", "touch", "canary"]));
        let line = ran.refusal(if name.is_empty() { 1 } else { 3 });
        assert!(name != "wrok" || line.ends_with("did you mean 'work'?"), "{line}");
    }
    assert!(!world.path("canary").exists());
}

#[test]
fn a_child_shell_takes_it_for_a_manual_switch() {
    let world = world();
    world.write("outer/.awsprofile", "outer\n");
    world.write("outer/inner/.awsprofile", "inner\n");
    let outer = world.path("outer");
    let helper = env!("CARGO_BIN_EXE_aws-switch");
    let mut command = exec(&world, &["other", "--", helper, "current", "--json"]);
    let current: serde_json::Value =
        serde_json::from_str(&run(command.current_dir(&outer).env("PWD", &outer)).stdout).unwrap();
    assert_eq!((&current["profile"], &current["from"]), (&"other".into(), &"manual".into()));
    let mut command = exec(&world, &["other", "--", "env"]);
    let ran = run(command.current_dir(&outer).env("PWD", &outer).env("AWS_PROFILE", "work"));
    for shell in Shell::available() {
        let mut start = world.start(shell).dir(&outer);
        for line in ran.stdout.lines().filter(|line| line.contains("AWS")) {
            let (name, value) = line.split_once('=').unwrap();
            start = start.env(name, value);
        }
        let mut session = start.spawn();
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("other"), "{shell:?}");
        session.ok(&shell.cd(outer.join("inner")));
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("inner"), "{shell:?}");
        session.ok(&shell.cd(world.home()));
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("other"), "{shell:?}");
        session.ok("aws-switch -");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
    }
    assert!(answer(&world, &["current", "--json"])["profile"].is_null());
}

#[test]
fn in_each_shell_exec_leaves_the_shell_unchanged() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        let before = session.environment();
        let output = session.run(r#"aws-switch exec other -- sh -c 'cat; echo "$AWS_PROFILE"; exit 7' </dev/null"#);
        assert_eq!((output.status, output.text.trim()), (7, "other"), "{shell:?}");
        assert_eq!(session.ok("echo hello | aws-switch exec other -- cat").trim(), "hello", "{shell:?}");
        // The command has the terminal.
        session.ok("aws-switch exec other -- test -t 0 -a -t 1 -a -t 2");
        let _ = std::fs::remove_file(world.path("runs"));
        session.keys("aws-switch exec other -- sh -c '>runs; exec sleep 60'\r");
        wait_until("it runs", || world.path("runs").exists());
        session.interrupt();
        assert_eq!(session.environment(), before, "{shell:?}");
    }
}
