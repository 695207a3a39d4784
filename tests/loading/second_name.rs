//! `init SHELL --cmd NAME`: a second name for the command.

use crate::common::{Shell, World};

const NAME: &str = "p_1.x-y";

#[test]
fn the_second_name_switches_and_completes() {
    let world = World::new();
    world.config("[profile work]\n[profile \"my profile\"]\n[profile other]\n");
    for shell in Shell::all_available() {
        let init = format!("init {}", shell.name());
        let line = shell.init_line().replace(&init, &format!("{init} --cmd {NAME}"));
        assert!(line.contains(NAME), "{shell:?}: {line}");
        // Loaded twice, as when the start-up file is read again.
        let lines = format!("{line}\n{line}");
        let mut session = world.start(shell).before(shell.completion_setup()).integration(&lines).spawn();
        session.ok(&format!("{NAME} work"));
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
        session.ok(&format!("{NAME} 'my profile'"));
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("my profile"), "{shell:?}");
        session.ok(&format!("{NAME} -"));
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
        assert_eq!(session.run(&format!("{NAME} nope")).status, 3, "{shell:?}");
        assert_eq!(session.ok(&format!("{NAME} current --name")), "work", "{shell:?}");
        session.keys(format!("{NAME} oth\t"));
        session.wait("the name", |display| display.cursor_line().contains("other").then_some(()));
        assert_eq!(session.submit().status, 0, "{shell:?}: {}", session.screen());
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("other"), "{shell:?}");
        session.keys(format!("{NAME} use --regi\t"));
        session.wait("the option", |display| display.cursor_line().contains("--region").then_some(()));
        session.keys(" eu-west-1 work");
        assert_eq!(session.submit().status, 0, "{shell:?}: {}", session.screen());
        assert_eq!(session.var("AWS_REGION").as_deref(), Some("eu-west-1"), "{shell:?}");
    }
}

#[test]
fn the_first_name_is_no_second_one() {
    let world = World::new();
    for shell in Shell::available() {
        let init = |words: &[&str]| world.helper().args(["init", shell.name()]).args(words).output().unwrap();
        assert_eq!(init(&["--cmd", "aws-switch"]), init(&[]), "{shell:?}");
    }
}

#[test]
fn a_name_that_a_shell_could_read_as_something_else_is_rejected() {
    let world = World::new();
    for name in ["", "-x", ".", ".x", "a b", "$(touch x)", "a;b", "a'b", "a/b", "a=b", "\u{e9}", "a\nb", "*"] {
        for shell in Shell::available() {
            let argument = format!("--cmd={name}");
            let output = world.helper().args(["init", shell.name(), &argument]).output().unwrap();
            assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{shell:?}: {name:?}");
            assert_eq!(output.stderr.iter().filter(|byte| **byte == b'\n').count(), 1, "{shell:?}: {name:?}");
        }
    }
}
