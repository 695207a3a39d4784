//! The status of the last command, `$?` and the statuses of a pipe: our prompt hook hides neither.

use crate::common::{Shell, World};

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    world
}

/// Prints `status|statuses of the pipe`.
fn print_both(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash | Shell::Bash32 => r#"builtin printf '%s|%s\n' "$?" "${PIPESTATUS[*]}""#,
        Shell::Zsh => r#"builtin printf '%s|%s\n' "$?" "${pipestatus[*]}""#,
        Shell::Fish => r#"builtin printf '%s|%s\n' $status "$pipestatus""#,
        Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
    }
}

#[test]
fn the_status_of_a_command_outlives_the_prompt() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let fail = shell.fail_with(7);
        for line in [
            fail.clone(),
            // The prompt after each of these asks the helper.
            shell.then(&shell.set_env("AWS_PROFILE", "work"), &fail),
            shell.then("aws-switch dev", &fail),
            shell.then(&shell.cd(world.path("in")), &fail),
            shell.then(&shell.cd(world.home()), &fail),
            shell.then(&shell.set_env("AWS_PROFILE", "gone"), &fail),
        ] {
            assert_eq!(session.run(&line).status, 7, "{shell:?}: {line}");
            assert_eq!(session.ok(shell.print_status()), "status 7", "{shell:?}: {line}");
        }
        assert_eq!(session.run("aws-switch nobody").status, 3, "{shell:?}");
        assert_eq!(session.ok(shell.print_status()), "status 3", "{shell:?}");
    }
}

#[test]
fn the_statuses_of_a_pipe_outlive_the_prompt() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for line in [
            "true | false | sh -c 'exit 3'".to_owned(),
            shell.then(&shell.set_env("AWS_PROFILE", "work"), "true | false | sh -c 'exit 3'"),
        ] {
            session.run(&line);
            assert_eq!(session.ok(print_both(shell)), "3|0 1 3", "{shell:?}: {line}");
        }
    }
}

#[test]
fn other_prompt_hooks_see_the_statuses_too() {
    let world = world();
    for shell in Shell::available() {
        let see = match shell {
            Shell::Bash | Shell::Bash32 => "__seen() { seen=\"$?|${PIPESTATUS[*]}\"; }; PROMPT_COMMAND=__seen",
            Shell::Zsh => "__seen() { seen=\"$?|${pipestatus[*]}\"; }; precmd_functions+=(__seen)",
            Shell::Fish => "function __seen --on-event fish_prompt; set -g seen \"$status|$pipestatus\"; end",
            Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
        };
        for after in [false, true] {
            // Below our line an assignment would replace our hook: the user appends there.
            let append = see.replace("PROMPT_COMMAND=__seen", "PROMPT_COMMAND+=(__seen)");
            let old = shell.is_old_bash();
            let append =
                if old { see.replace("PROMPT_COMMAND=__seen", "PROMPT_COMMAND+=$'\\n'__seen") } else { append };
            let start = world.start(shell);
            let mut session = if after { start.after(&append).spawn() } else { start.before(see).spawn() };
            for line in [
                "true | false | sh -c 'exit 3'".to_owned(),
                shell.then(&shell.set_env("AWS_PROFILE", "work"), "true | false | sh -c 'exit 3'"),
            ] {
                session.run(&line);
                let seen = session.ok(&shell.print_var("seen"));
                // Before bash 5.1 the commands of one entry set the PIPESTATUS of the next.
                let expected = if old { "<3|" } else { "<3|0 1 3>" };
                assert!(seen.starts_with(expected), "{shell:?}: after: {after}: {line}: {seen}");
            }
        }
    }
}

#[test]
fn in_bash_a_hook_after_ours_in_one_string_sees_the_status_too() {
    let world = world();
    let see = "__seen() { seen=$?; }";
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let below = format!("{see}; PROMPT_COMMAND=\"$PROMPT_COMMAND; __seen\"");
        let above = format!("{see}; TERM_PROGRAM=vscode; PROMPT_COMMAND=(__seen true)");
        for (before, after) in [("", below.as_str()), (above.as_str(), "")] {
            let mut session = world.start(shell).before(before).after(after).spawn();
            session.run("sh -c 'exit 3'");
            assert_eq!(session.ok("echo $seen"), "3", "{shell:?}: {before}{after}");
        }
    }
}

#[test]
fn the_first_prompt_has_status_0() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).dir(world.path("in")).spawn();
        assert_eq!(session.ok(print_both(shell)), "0|0", "{shell:?}");
    }
}

#[test]
fn in_bash_a_trap_of_err_runs_once() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash() && !shell.is_old_bash()) {
        for trap in ["trap 'echo trapped' ERR", "set -E; trap 'echo trapped' ERR"] {
            let mut session = world.start(shell).before(trap).spawn();
            for line in ["false", "aws-switch wrok 2>/dev/null", "aws-switch work", "false"] {
                let text = session.run(line).text;
                let trapped = text.lines().filter(|line| *line == "trapped").count();
                assert_eq!(trapped, usize::from(line != "aws-switch work"), "{shell:?}: {trap}: {line}: {text}");
            }
        }
    }
}
