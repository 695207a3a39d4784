//! A helper that breaks after loading, and hostile inherited state: the shell lives, and nothing is switched.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use crate::common::{Session, Shell, World, wait_file};

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    world
}

/// Fails unless this is one line of aws-switch.
#[track_caller]
fn one_line(shell: Shell, what: &str, text: &str) {
    assert_eq!(text.lines().count(), 1, "{shell:?}: {what}: {text}");
    assert!(text.starts_with("aws-switch: "), "{shell:?}: {what}: {text}");
}

/// No kind of answer switches anything.
#[track_caller]
fn nothing_is_switched(session: &mut Session, world: &World, what: &str) {
    let shell = session.shell();
    let typed = session.run(&shell.set_env("AWS_PROFILE", "dev"));
    assert_eq!(typed.status, 0, "{shell:?}: {what}: {}", typed.text);
    one_line(shell, what, &typed.text);
    assert!(session.prompt().starts_with("(aws:dev "), "{shell:?}: {what}: {}", session.prompt());
    assert_eq!(session.run("").text, "", "{shell:?}: {what}: said again");
    let entered = session.run(&shell.cd(world.path("in")));
    assert_eq!(entered.status, 0, "{shell:?}: {what}: {}", entered.text);
    one_line(shell, what, &entered.text);
    session.ok(&shell.cd(world.home()));
    for line in ["aws-switch work", "aws-switch --unset", "aws-switch -"] {
        let switched = session.run(line);
        assert!((1..=127).contains(&switched.status), "{shell:?}: {what}: {line}: {}", switched.status);
        assert!(!switched.text.is_empty(), "{shell:?}: {what}: {line}: in silence");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}: {what}: {line}");
    }
    assert_eq!(session.var("HOME").as_deref(), world.home().to_str(), "{shell:?}: {what}");
    assert!(!world.path("x").exists(), "{shell:?}: {what}");
}

#[test]
fn a_helper_that_does_not_answer_in_full_switches_nothing() {
    // The text for printf, and the exit status.
    let answers = [
        ("nothing", "", 0),
        ("failure", "", 9),
        ("noise", "\\001\\377\\200 noise \\000\\nset AWS_PROFILE evil\\n$(touch x)\\n", 0),
        ("half", "aws-switch 3\\nset AWS_PROFILE evil\\nprint now evil\\n", 0),
        ("half a line", "aws-switch 3\\nset AWS_PROFILE evil\\nprint now evil\\nen", 0),
        ("a line too many", "aws-switch 3\\nset AWS_PROFILE evil\\nend\\nmore\\n", 0),
        ("another protocol", "aws-switch 1\\nset AWS_PROFILE evil\\nend\\n", 0),
        ("a longer protocol", "aws-switch 10\\nset AWS_PROFILE evil\\nend\\n", 0),
        ("a line before", "warning\\naws-switch 3\\nset AWS_PROFILE evil\\nend\\n", 0),
    ];
    for shell in Shell::available() {
        let world = world();
        for (what, answer, status) in answers {
            world.remove_program("aws-switch");
            world.install_helper();
            let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
            // A failing helper prints its own message.
            let says = if status == 0 { "" } else { "echo broken >&2\n" };
            world.program("aws-switch", &format!("#!/bin/sh\nprintf '{answer}'\n{says}exit {status}\n"));
            nothing_is_switched(&mut session, &world, what);
            if what.contains("protocol") {
                assert!(session.run("aws-switch work").text.contains("start a new shell"), "{shell:?}");
            }
            if status != 0 {
                assert_eq!(session.run("aws-switch work").status, status, "{shell:?}");
            }
        }
    }
}

#[test]
fn a_missing_helper_is_reported_once_by_the_hook_and_each_time_by_the_command() {
    for shell in Shell::available() {
        let world = world();
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        world.remove_program("aws-switch");
        nothing_is_switched(&mut session, &world, "gone");
        assert_ne!(session.run("aws-switch list").status, 0, "{shell:?}");
        tab_does_nothing(&mut session);
        // The helper is there again.
        world.install_helper();
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
    }
}

#[test]
fn an_answer_can_set_no_other_variable() {
    let answer = |line: &str| format!("#!/bin/sh\nprintf 'aws-switch 3\\nset AWS_PROFILE dev\\n{line}\\nend\\n'\n");
    for shell in Shell::available() {
        let world = world();
        let mut session = world.start(shell).spawn();
        let before = session.environment();
        for line in [
            "set PATH /evil",
            "unset HOME",
            "set HOME",
            "swap PATH",
            "set AWS_PROFILE;touch x y",
            "unset AWS_$(touch x)",
            "swap a[$(touch x)]",
            "set path[$(touch x)1] y",
        ] {
            world.program("aws-switch", &answer(line));
            assert_eq!(session.run("aws-switch work").status, 1, "{shell:?}: {line}");
            let after = session.environment();
            for name in ["PATH", "HOME", "AWS_PROFILE"] {
                assert_eq!(after.get(name), before.get(name), "{shell:?}: {line}");
            }
            assert!(!after.keys().any(|name| name.starts_with("AWS_")), "{shell:?}: {line}");
        }
        world.program("aws-switch", &answer("set AWS_PROFILE $(touch x)`touch x`"));
        session.ok("aws-switch work");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("$(touch x)`touch x`"), "{shell:?}");
        assert!(!world.path("x").exists(), "{shell:?}");
    }
}

#[test]
fn a_file_that_changes_after_the_helper_read_it_is_read_again() {
    for shell in Shell::available() {
        let world = world();
        let mut session = world.start(shell).spawn();
        let helper = env!("CARGO_BIN_EXE_aws-switch");
        let change = "[ -e changed ] || { echo work >.awsprofile; : >changed; }";
        world.program("aws-switch", &format!("#!/bin/sh\n'{helper}' \"$@\" && {change}\n"));
        session.run(&shell.cd(world.path("in")));
        session.run("");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
    }
}

/// Tab adds nothing to the line and prints nothing.
#[track_caller]
fn tab_does_nothing(session: &mut Session) {
    let before = session.screen();
    session.keys("aws-switch wo\t");
    session.keys("X");
    session.wait("the X", |display| display.cursor_line().ends_with("$ aws-switch woX").then_some(()));
    assert_eq!(session.screen(), format!("{before} aws-switch woX"), "{:?}", session.shell());
    session.keys("\x15");
    assert_eq!(session.submit().text, "", "{:?}", session.shell());
}

#[test]
fn tab_with_a_failing_helper_ends_no_strict_shell() {
    for shell in Shell::available() {
        let world = world();
        let strict = match shell {
            Shell::Zsh => "setopt err_exit no_unset pipe_fail",
            Shell::Fish => "",
            _ => "set -euo pipefail",
        };
        let mut session = world.start(shell).before(shell.completion_setup()).after(strict).spawn();
        for script in [Some("#!/bin/sh\necho broken >&2; exit 9\n"), Some("#!/bin/sh\necho noise\n"), None] {
            match script {
                Some(script) => drop(world.program("aws-switch", script)),
                None => world.remove_program("aws-switch"),
            }
            tab_does_nothing(&mut session);
            session.ok("aws-switch work || true");
            session.ok(&shell.cd(world.path("in")));
            session.ok(&shell.cd(world.home()));
        }
        assert_eq!(session.ok("echo alive"), "alive", "{shell:?}");
    }
}

#[test]
fn ctrl_c_ends_a_helper_that_hangs() {
    for shell in Shell::available() {
        let world = world();
        let lines = [
            shell.set_env("AWS_PROFILE", "dev"),
            shell.cd(world.path("in")),
            "aws-switch work".to_owned(),
            "aws-switch list".to_owned(),
        ];
        for (number, line) in lines.iter().enumerate() {
            world.remove_program("aws-switch");
            world.install_helper();
            let mut session = world.start(shell).env("AWS_PROFILE", if number == 0 { "work" } else { "dev" }).spawn();
            let started = world.path(format!("started-{number}"));
            world.program("aws-switch", &format!("#!/bin/sh\n: >'{}'\nexec sleep 600\n", started.display()));
            session.keys(format!("{line}\r"));
            wait_file(&started);
            session.interrupt();
            // The prompt shows the active profile.
            assert!(session.prompt().starts_with("(aws:dev"), "{shell:?}: {line}: {}", session.screen());
            std::fs::remove_file(&started).unwrap();
            // The line of the prompt hook is before or after it, depending on the shell.
            assert!(session.ok("echo alive").lines().any(|line| line == "alive"), "{shell:?}: {line}");
            session.run("");
            let told = session.screen().matches("aws-switch: ").count();
            // An interrupted command prints nothing more.
            let expected = if line.starts_with("aws-switch") { 0 } else { 1 };
            assert_eq!(told, expected, "{shell:?}: {line}: {}", session.screen());
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}: {line}");
            assert!(!started.exists(), "{shell:?}: {line}: asked again at the next prompt");
        }
    }
}

#[test]
fn ctrl_c_ends_a_helper_that_hangs_at_a_tab() {
    for shell in Shell::available() {
        let world = world();
        let mut session = world.start(shell).before(shell.completion_setup()).spawn();
        let started = world.path("started");
        world.program("aws-switch", &format!("#!/bin/sh\n: >'{}'\nexec sleep 600\n", started.display()));
        session.keys("aws-switch w");
        session.wait_line("test$ aws-switch w");
        session.keys("\t");
        wait_file(&started);
        session.interrupt();
        session.keys("\x15");
        assert_eq!(session.ok("echo alive"), "alive", "{shell:?}");
        assert_eq!(session.screen().matches("aws-switch: ").count(), 0, "{shell:?}: {}", session.screen());
    }
}

#[test]
fn a_fifo_at_the_path_of_the_config_file_hangs_nothing() {
    for shell in Shell::available() {
        let world = world();
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        // Reading a FIFO without a writer never ends.
        std::fs::remove_file(world.path(".aws/config")).unwrap();
        let made = world.command("mkfifo").arg(world.path(".aws/config")).status().unwrap();
        assert!(made.success());
        let output = session.run(&shell.set_env("AWS_PROFILE", "dev"));
        assert_eq!(output.status, 0, "{shell:?}");
        assert!(output.text.lines().count() <= 1, "{shell:?}: {}", output.text);
        assert!(session.prompt().starts_with("(aws:dev"), "{shell:?}: {}", session.prompt());
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}");
    }
}

#[test]
fn hostile_inherited_state_is_discarded_silently() {
    let world = world();
    let values: [OsString; 9] = [
        "a[$(touch x)]".into(),
        "`touch x`".into(),
        "1".into(),
        "".into(),
        "8:directory:=/x:=work".into(),
        format!("8:manual-0:{}", "=".repeat(120_000)).into(),
        "x".repeat(100_000).into(),
        OsString::from_vec(b"1:base:\xff\xfe\x01\x1b[31m".to_vec()),
        "1:base:\n:end\nset AWS_PROFILE evil\nend".into(),
    ];
    for shell in Shell::available() {
        for value in &values {
            for name in ["__AWS_SWITCH_STATE", "__AWS_SWITCH_AUTO", "__AWS_SWITCH_WIRE"] {
                if name != "__AWS_SWITCH_STATE" && value.len() > 1000 {
                    continue;
                }
                let mut session = world.start(shell).env(name, value).env("AWS_PROFILE", "work").spawn();
                assert_eq!(session.screen(), "(aws:work) test$", "{shell:?}: {name}: {value:?}");
                assert_eq!(session.run("aws-switch -").status, 1, "{shell:?}: {name}: {value:?}");
                session.ok("aws-switch dev");
                assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}: {name}: {value:?}");
                session.ok("aws-switch -");
                assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}: {name}: {value:?}");
            }
        }
        let mut session = world.start(shell).spawn();
        session.ok(&shell.set_env("__AWS_SWITCH_STATE", "a[$(touch x)]"));
        session.ok(&shell.cd(world.path("in")));
        assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}");
        assert!(!world.path("x").exists() && !world.path("in/x").exists(), "{shell:?}");
    }
}

#[test]
fn hostile_values_of_our_own_variables_are_discarded() {
    let world = world();
    for shell in Shell::available() {
        for name in [
            "__aws_switch_auto",
            "__aws_switch_pending",
            "__aws_switch_recheck",
            "__aws_switch_seen",
            "__aws_switch_event",
            "__aws_switch_style",
            "__aws_switch_file",
            "__aws_switch_variables",
            "__aws_switch_saved",
            "__aws_switch_saved_AWS_ACCESS_KEY_ID",
            "AWS_SWITCH_SEGMENT",
            "AWS_SWITCH_PROMPT",
            "AWS_SWITCH_AUTO",
        ] {
            let mut session = world.start(shell).env(name, "a[$(touch x)]%n`touch x`").spawn();
            assert_eq!(session.screen(), "test$", "{shell:?}: {name}");
            session.ok("aws-switch work");
            assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}: {name}");
            session.ok(&shell.cd(world.path("in")));
            assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}: {name}");
            if name == "AWS_SWITCH_SEGMENT" {
                assert_eq!(session.var(name), None, "{shell:?}: it is exported");
            }
        }
        assert!(!world.path("x").exists() && !world.path("in/x").exists(), "{shell:?}");
    }
}
