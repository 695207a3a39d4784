//! settings.ini and its variables, and `init`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::common::pty::PATIENCE;
use crate::common::{Session, Shell, World};
use rustix::process::{Pid, Signal, kill_process};

const CONFIG: &str = "[profile work]\n[profile dev]\n[profile prod]\n[profile live]\n";
const FILE: &str = ".config/aws-switch/settings.ini";

fn world() -> World {
    let world = World::new();
    world.config(CONFIG);
    world.write("project/.awsprofile", "work\n");
    world
}

fn ok(command: &mut Command) -> (String, String) {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let pid = Pid::from_child(&child);
    let (sender, ended) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output().unwrap()));
    let output = ended.recv_timeout(PATIENCE);
    if output.is_err() {
        kill_process(pid, Signal::KILL).unwrap();
    }
    let output = output.expect("it hangs");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(0), "{command:?}: {stderr}");
    (stdout, stderr)
}

fn protected(command: &mut Command) -> Vec<String> {
    let list: serde_json::Value = serde_json::from_str(&ok(command.args(["list", "--json"])).0).unwrap();
    let profiles = list["profiles"].as_array().unwrap();
    let protected = profiles.iter().filter(|profile| profile["protected"] == true);
    protected.map(|profile| profile["name"].as_str().unwrap().to_owned()).collect()
}

/// The source of a setting.
#[derive(Clone, Copy, Debug)]
enum From {
    File,
    Exported,
    Unexported,
}

/// A shell that starts with a setting from this source; a variable overrides the file, which has `other`.
fn start(world: &World, shell: Shell, from: From, (name, value, other): (&str, &str, &str)) -> Session {
    let variable = format!("AWS_SWITCH_{}", name.to_uppercase());
    match from {
        From::File => {
            world.write(FILE, format!("{name} = {value}\n"));
            world.start(shell).spawn()
        }
        From::Exported => {
            world.write(FILE, format!("{name} = {other}\n"));
            world.start(shell).env(&variable, value).spawn()
        }
        From::Unexported => {
            world.write(FILE, format!("{name} = {other}\n"));
            world.start(shell).before(&shell.set_local(&variable, value)).spawn()
        }
    }
}

#[test]
fn auto_off_and_trusted_limit_which_directory_profiles_are_activated() {
    for shell in Shell::available() {
        for from in [From::File, From::Exported, From::Unexported] {
            let world = world();
            let mut session = start(&world, shell, from, ("auto", "off", "on"));
            assert_eq!(session.ok("cd project"), "", "{shell:?} {from:?}");
            assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?} {from:?}");
            let mut session = start(&world, shell, from, ("auto", "on", "off"));
            session.ok("cd project");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?} {from:?}");
            let mut session = start(&world, shell, from, ("auto", "trusted", "on"));
            let message = session.ok("cd project");
            assert!(
                message.contains("aws-switch allow") && message.lines().count() == 1,
                "{shell:?} {from:?}: {message}"
            );
            assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?} {from:?}");
            session.ok("aws-switch allow");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?} {from:?}");
        }
    }
}

#[test]
fn prompt_off_leaves_the_prompt_alone() {
    for shell in Shell::available() {
        for from in [From::File, From::Exported, From::Unexported] {
            let world = world();
            let mut session = start(&world, shell, from, ("prompt", "off", "on"));
            session.ok("aws-switch work");
            assert_eq!(session.prompt(), "test$", "{shell:?} {from:?}");
            assert_eq!(session.ok(&shell.print_var("AWS_SWITCH_SEGMENT")), "<(aws:work)>", "{shell:?} {from:?}");
            let mut session = start(&world, shell, from, ("prompt", "on", "off"));
            session.ok("aws-switch work");
            assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?} {from:?}");
        }
    }
}

#[test]
fn notices_limits_the_lines_about_directories() {
    for shell in Shell::available() {
        for from in [From::File, From::Exported, From::Unexported] {
            for (value, other, changes, ignored) in
                [("on", "off", 1, 1), ("refusals", "off", 0, 1), ("off", "on", 0, 0)]
            {
                let world = world();
                world.write("ignored/.awsprofile", "gone\n");
                let mut session = start(&world, shell, from, ("notices", value, other));
                assert_eq!(session.ok("cd project").lines().count(), changes, "{shell:?} {from:?} {value}");
                assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?} {from:?} {value}");
                assert_eq!(session.ok("cd ../ignored").lines().count(), ignored, "{shell:?} {from:?} {value}");
                assert_eq!(session.ok("aws-switch dev"), "aws-switch: switched to dev", "{shell:?} {from:?} {value}");
            }
        }
    }
}

#[test]
fn protect_takes_patterns_of_which_the_last_match_decides() {
    let world = World::new();
    world.config(
        "[profile work]\n[profile PROD]\n[profile nonprod]\n[profile pre-prod]\n[profile a-prd-b]\n[profile live]\n",
    );
    assert_eq!(protected(&mut world.helper()), ["PROD", "a-prd-b"]);
    for (globs, wanted) in [
        ("live", &["live"][..]),
        ("*, !work", &["PROD", "nonprod", "pre-prod", "a-prd-b", "live"]),
        ("!*", &[]),
        ("!LIVE,l?ve", &["live"]),
        ("*prod,!non*", &["PROD", "pre-prod"]),
    ] {
        world.write(FILE, format!("protect = {globs}\n"));
        assert_eq!(protected(&mut world.helper()), wanted, "{globs}");
        world.write(FILE, "protect = w*\n");
        assert_eq!(protected(world.helper().env("AWS_SWITCH_PROTECT", globs)), wanted, "{globs}");
        // An empty variable is an unset one.
        assert_eq!(protected(world.helper().env("AWS_SWITCH_PROTECT", "")), ["work"]);
    }
    for shell in Shell::available() {
        for from in [From::File, From::Exported, From::Unexported] {
            let world = self::world();
            world.write("project/.awsprofile", "live\n");
            let mut session = start(&world, shell, from, ("protect", "l*", "x*"));
            assert!(session.ok("cd project").contains("aws-switch allow"), "{shell:?} {from:?}");
            assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?} {from:?}");
        }
    }
}

#[test]
fn a_readonly_variable_is_read_too() {
    for shell in Shell::available().into_iter().filter(|shell| *shell != Shell::Fish) {
        let world = world();
        let readonly = "readonly AWS_SWITCH_CONFIRM=protected AWS_SWITCH_NOTICES=off";
        let mut session = world.start(shell).before(readonly).spawn();
        let output = session.run("aws-switch prod </dev/null");
        assert_eq!((output.status, output.text.lines().count()), (4, 1), "{shell:?}: {}", output.text);
        assert_eq!(session.ok("cd project"), "", "{shell:?}");
        assert_eq!(session.ok("aws-switch current --name"), "work", "{shell:?}");
    }
}

#[test]
fn an_invalid_line_is_reported_with_its_number_and_stops_nothing() {
    let world = world();
    let text = "# mine\nauto = perhaps\nstray\n\n[section\nprotct = red\nprotect = x\n[mine]\nprotect = live\n; end\n";
    world.write(FILE, text);
    let (stdout, stderr) = ok(world.helper().arg("list"));
    assert!(stdout.contains("work"), "{stdout}");
    let expected = [
        "2: invalid value 'perhaps' for auto; use on, off or trusted (default: on)",
        "3: expected 'setting = value'; the line is ignored",
        "5: expected 'setting = value'; the line is ignored",
        "6: unknown setting 'protct'; did you mean 'protect'?",
        "8: there are no sections in this file; the line is ignored",
        "9: 'protect' is set on line 7 too; this line counts",
    ];
    let expected = expected.map(|line| format!("aws-switch: warning: ~/{FILE}:{line}\n"));
    assert_eq!(stderr, expected.concat());
    let json: serde_json::Value = serde_json::from_str(&ok(world.helper().args(["list", "--json"])).0).unwrap();
    assert_eq!(json["problems"].as_array().unwrap().len(), expected.len(), "{json}");
    assert_eq!(protected(&mut world.helper()), ["live"], "valid lines are used");
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}: the prompt does not report it");
        session.ok("cd project");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}: auto is on by default");
        session.ok("aws-switch dev");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}");
        for _ in 0..2 {
            let text = session.ok("aws-switch list");
            assert!(text.contains("unknown setting 'protct'"), "{shell:?}: each list reports it: {text}");
        }
    }
    let (_, stderr) = ok(world.helper().arg("list").env("AWS_SWITCH_NOTICES", "loud"));
    let expected = "aws-switch: warning: invalid value 'loud' for AWS_SWITCH_NOTICES; \
                    use on, refusals or off (default: on)";
    assert!(stderr.lines().any(|line| line == expected), "{stderr}");
}

#[test]
fn the_defaults_apply_whatever_is_at_the_path_of_the_file() {
    let world = world();
    let file = world.dir(FILE);
    let listed = |world: &World, lines: usize| {
        let (stdout, stderr) = ok(world.helper().args(["list", "--names"]));
        assert_eq!((stdout.lines().count(), stderr.lines().count()), (4, lines), "{stderr}");
        if lines > 0 {
            assert!(stderr.starts_with(&format!("aws-switch: warning: ~/{FILE}:")), "{stderr}");
        }
        assert_eq!(protected(&mut world.helper()), ["prod"]);
    };
    listed(&world, 1);
    fs::remove_dir(&file).unwrap();
    listed(&world, 0);
    // Opening a FIFO for reading would hang.
    assert!(world.command("mkfifo").arg(&file).status().unwrap().success());
    listed(&world, 1);
    fs::remove_file(&file).unwrap();
    world.write(FILE, b"\xff\xfe\0\0");
    listed(&world, 1);
    for text in ["", "\u{feff}prompt = on\n", "prompt = on\r\nauto = on\r\n", "prompt=on", "  # c\n\n ; d\n"] {
        world.write(FILE, text);
        listed(&world, 0);
    }
    // As Windows PowerShell's `>` writes it.
    let utf16: Vec<u8> = "\u{feff}protect = dev\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    world.write(FILE, utf16);
    assert_eq!(protected(&mut world.helper()), ["dev"]);
}

#[test]
fn the_file_is_found_by_the_rules_of_xdg() {
    let world = world();
    world.write("other/aws-switch/settings.ini", "protect = live\n");
    world.write(FILE, "protect = dev\n");
    assert_eq!(protected(&mut world.helper()), ["dev"]);
    assert_eq!(protected(world.helper().env("XDG_CONFIG_HOME", world.path("other"))), ["live"]);
    for none in ["", "relative"] {
        assert_eq!(protected(world.helper().env("XDG_CONFIG_HOME", none)), ["dev"], "{none:?}");
    }
    let mut nowhere = world.helper();
    assert_eq!(ok(nowhere.args(["list", "--names"]).env("XDG_CONFIG_HOME", "/dev/null")).1, "");
    assert_eq!(protected(world.helper().env_remove("XDG_CONFIG_HOME")), ["dev"]);
}

/// The lines of `init` before the script, which lacks only its comments and its indentation.
fn assignments(world: &World, helper: &Path, shell: Shell) -> Vec<String> {
    let (text, stderr) = ok(world.command(helper).args(["init", shell.name()]));
    assert_eq!(stderr, "");
    let lines = shell.script().split_inclusive('\n').map(str::trim_start);
    let script: String = lines.filter(|line| !line.starts_with('#')).collect();
    let before = text.strip_suffix(&script).expect("the script without comments and indentation");
    before.lines().map(str::to_owned).collect()
}

#[test]
fn init_prints_assignments_of_private_variables_and_the_script() {
    let world = world();
    let on_path = world.home().join("../bin/aws-switch");
    let hostile = "a'b\"c$(touch canary)`touch canary`\\ *";
    for shell in Shell::available() {
        fs::write(world.write(FILE, ""), "").unwrap();
        assert_eq!(assignments(&world, &on_path, shell), [""; 0], "{shell:?}: no settings");
        world.write(FILE, format!("auto = off\nprompt = off\nprotect = {hostile}\nnotices = off\n"));
        let lines = assignments(&world, &on_path, shell);
        let start = if shell == Shell::Fish { "set -g __aws_switch_" } else { "__aws_switch_" };
        assert!(!lines.is_empty() && lines.iter().all(|line| line.starts_with(start)), "{shell:?}: {lines:?}");
        let mut session = world.start(shell).spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        assert!(!world.path("canary").exists(), "{shell:?}");
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "test$", "{shell:?}");
    }
}

#[test]
fn init_names_the_helper_when_it_is_not_on_path() {
    let world = world();
    let helper = world.path("it's \"my\" $(touch canary) `x` \\ tools/aws-switch");
    fs::create_dir_all(helper.parent().unwrap()).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_aws-switch"), &helper).unwrap();
    for other_on_path in [false, true] {
        world.remove_program("aws-switch");
        if other_on_path {
            world.program("aws-switch", "#!/bin/sh\necho the wrong helper\n");
        }
        for shell in Shell::available() {
            let lines = assignments(&world, &helper, shell);
            assert_eq!(lines.len(), 1, "{shell:?}: {lines:?}");
            assert!(lines[0].contains("__aws_switch_program"), "{lines:?}");
            let path = shell.quote(helper.to_str().unwrap());
            let load = match shell {
                Shell::Fish => format!("{path} init fish | source"),
                _ => format!("eval \"$({path} init {})\"", shell.name()),
            };
            let mut session = world.start(shell).integration(&load).before(shell.completion_setup()).spawn();
            assert_eq!(session.ok("aws-switch work"), "aws-switch: switched to work", "{shell:?}");
            assert_eq!(session.ok("aws-switch list --names").lines().count(), 4, "{shell:?}");
            session.keys("aws-switch liv\t");
            assert_eq!(session.submit().text, "aws-switch: switched to live", "{shell:?}");
            assert!(!world.path("canary").exists(), "{shell:?}");
        }
    }
}
