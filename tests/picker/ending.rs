//! The end of the list, and calls that open none.

use super::{leave, open, type_in, world};
use crate::common::trace;
use crate::common::{Shell, World};

#[test]
fn the_terminal_is_restored_after_a_pick_and_after_leaving() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let modes = session.ok("stty -a");
        open(&session, "aws-switch", "6/6");
        leave(&mut session);
        assert_eq!(session.ok("stty -a"), modes, "{shell:?}");
        open(&session, "aws-switch", "6/6");
        type_in(&session, "work", "1/6");
        session.keys("\r");
        assert_eq!(session.wait_prompt(), 0, "{shell:?}");
        assert_eq!(session.ok("stty -a"), modes, "{shell:?}");
    }
}

#[test]
fn a_pick_costs_one_process() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).traced().spawn();
        let started = session.processes(|session| {
            open(session, "aws-switch", "6/6");
            type_in(session, "work", "1/6");
            session.keys("\r");
            assert_eq!(session.wait_prompt(), 0, "{shell:?}");
        });
        assert_eq!(started.len(), 1, "{shell:?}: {started:#?}");
    }
}

#[test]
fn without_profiles_there_is_one_line_and_a_dumb_terminal_gets_the_names() {
    let world = World::new();
    for shell in Shell::available() {
        world.config("");
        let output = world.start(shell).spawn().run("aws-switch");
        assert_eq!(output.status, 1, "{shell:?}: {}", output.text);
        assert_eq!(output.text.lines().count(), 1, "{shell:?}: {}", output.text);
        assert!(
            output.text.starts_with("aws-switch: error: no profiles in ~/.aws/config "),
            "{shell:?}: {}",
            output.text
        );
        world.config("[profile work]\n[profile dev]\n");
        let mut session = world.start(shell).env("TERM", "dumb").spawn();
        assert_eq!(session.ok("aws-switch"), "work\ndev", "{shell:?}");
        let output = session.run("aws-switch --region eu-west-1");
        assert_eq!(output.status, 2, "{shell:?}: {}", output.text);
        assert!(output.text.starts_with("aws-switch: error: missing PROFILE, "), "{shell:?}: {}", output.text);
    }
}

#[test]
fn options_without_a_profile_are_a_usage_error_without_a_terminal() {
    let world = world();
    for (wire, answer) in [("", ""), ("3", "aws-switch 3 failed\n")] {
        let output = world.helper().args(["--region", "eu-west-1"]).env("__AWS_SWITCH_WIRE", wire).output().unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), answer.as_bytes()));
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.starts_with("aws-switch: error: missing PROFILE, and no terminal ") && stderr.lines().count() == 1,
            "{stderr}"
        );
    }
}

#[test]
fn a_problem_of_the_files_is_printed_once_after_the_pick() {
    let world = World::new();
    world.config("stray\n[profile work]\n[profile work]\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        open(&session, "aws-switch", "1/1");
        session.keys("\r");
        assert_eq!(session.wait_prompt(), 0, "{shell:?}");
        let screen = session.screen();
        assert_eq!(screen.matches("aws-switch doctor").count(), 1, "{shell:?}: {screen}");
        assert!(screen.contains("aws-switch: warning: switched to work, but "), "{shell:?}: {screen}");
    }
}
