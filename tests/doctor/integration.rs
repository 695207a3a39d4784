//! Problems of the integration, in real shells.

use serde_json::Value;

use super::{only, problems};
use crate::common::{Session, Shell, World};

fn found(session: &mut Session) -> Vec<Value> {
    let answer: Value = serde_json::from_str(&session.run("aws-switch doctor --json").text).unwrap();
    answer["problems"].as_array().unwrap().clone()
}

#[test]
fn with_the_integration_loaded_there_is_no_problem() {
    let world = World::new();
    world.config("[profile work]\n");
    world.write(".config/aws-switch/settings.ini", "notices = on\nprotect = *prod*\n");
    for shell in Shell::available() {
        let set = shell.set_local("AWS_SWITCH_NOTICES", "off");
        let before = format!("{set}\n{}", shell.completion_setup());
        let mut session = world.start(shell).before(&before).spawn();
        let output = session.run("aws-switch doctor");
        let name = shell.name();
        let expected = format!(
            "shell integration: loaded in {name}; a directory profile becomes active before the next command\n\
             settings:\n  \
               auto = on  (default)\n  \
               prompt = on  (default)\n  \
               notices = off  (AWS_SWITCH_NOTICES)\n  \
               protect = *prod*  (~/.config/aws-switch/settings.ini:2)\n  \
               confirm = off  (default)\n\
             no problems found"
        );
        assert_eq!(output.text, expected, "{shell:?}");
        assert_eq!(output.status, 0, "{shell:?}");
    }
}

#[test]
fn without_the_integration_doctor_reports_that_and_no_error() {
    let world = World::new();
    world.config("[profile work]\n");
    let (status, found) = problems(&mut world.helper());
    assert_eq!((status, found.len()), (0, 1), "{found:#?}");
    only(&found, "integration-not-loaded");
    let (status, found) = problems(world.helper().env("__AWS_SWITCH_LOADED", "2 bash prompt"));
    only(&found, "integration-older");
    assert_eq!(status, 1);
    let (_, found) = problems(world.helper().env("__AWS_SWITCH_LOADED", "99 bash prompt"));
    only(&found, "integration-newer");
    world.remove_program("aws-switch");
    only(&problems(&mut world.helper()).1, "helper-not-on-path");
}

#[test]
fn in_bash_doctor_reports_the_commands_that_the_user_redefined() {
    let world = World::new();
    world.config("[profile work]\n");
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let mut session = world.start(shell).before("pushd() { builtin pushd \"$@\"; }\nalias cd=cd").spawn();
        let message = only(&found(&mut session), "cd-not-covered")["message"].as_str().unwrap().to_owned();
        assert!(message.starts_with("this shell redefines cd, pushd, "), "{shell:?}: {message}");
        let text = session.run("aws-switch doctor").text;
        assert!(text.contains("after popd, and at the next prompt after cd, pushd"), "{shell:?}: {text}");
        // Like fnm below our line: its alias leads to ours by way of a function.
        let mut session =
            world.start(shell).after("other() { \\cd \"$@\" || return; }; alias cd=other; declare() { :; }").spawn();
        assert_eq!(found(&mut session), [] as [Value; 0], "{shell:?}");
        let mut session = world.start(shell).after("other() { builtin cd \"$@\"; }; alias cd=other").spawn();
        only(&found(&mut session), "cd-not-covered");
    }
}

#[test]
fn in_bash_a_prompt_that_is_rebuilt_after_ours_is_reported() {
    let world = World::new();
    world.config("[profile work]\n");
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let build = format!("build() {{ PS1='own$ {}'; }}", shell.prompt_mark());
        let add = if shell.is_old_bash() { "PROMPT_COMMAND+=$'\\n'build" } else { "PROMPT_COMMAND+=(build)" };
        let start = || world.start(shell).env("AWS_PROFILE", "work").after(&format!("{build}; {add}"));
        let mut session = start().spawn();
        assert_eq!(session.prompt(), "own$", "{shell:?}");
        let problem = found(&mut session);
        assert!(only(&problem, "prompt-rebuilt")["fix"].as_str().unwrap().contains("last"), "{shell:?}");
        assert_eq!(session.prompt(), "own$", "{shell:?}: doctor only looks");
        let mut session = start().env("AWS_SWITCH_PROMPT", "off").spawn();
        assert_eq!(found(&mut session), [] as [Value; 0], "{shell:?}: no segment is wanted");
    }
}

#[test]
fn in_bash_a_trap_of_debug_that_sees_the_hook_is_reported() {
    let world = World::new();
    world.config("[profile work]\n");
    let (command, trap) = ("PROMPT_COMMAND=:", "trap : DEBUG");
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let start = || world.start(shell);
        for start in [start().before(command).after(trap), start().before(&format!("{command}; {trap}"))] {
            only(&found(&mut start.spawn()), "debug-trap-sees-hook");
        }
        let mut session = start().before(command).spawn();
        assert_eq!(found(&mut session), [] as [Value; 0], "{shell:?}");
        // The trap of a --for is ours.
        session.ok("aws-switch work --for 1h");
        assert_eq!(found(&mut session), [] as [Value; 0], "{shell:?}");
        // Without prompt commands of the user, only a --for looks for a trap.
        let mut session = start().before(&format!("unset PROMPT_COMMAND; {trap}")).spawn();
        session.run("aws-switch work --for 1h");
        only(&found(&mut session), "debug-trap-sees-hook");
    }
}

#[test]
fn a_replaced_prompt_hook_is_reported() {
    let world = World::new();
    world.config("[profile work]\n");
    for (shell, replace) in [
        (Shell::Bash, "unset PROMPT_COMMAND"),
        (Shell::Zsh, "precmd_functions=(${precmd_functions:#__aws_switch_*})"),
        (Shell::Fish, "functions -e __aws_switch_hook"),
    ] {
        if shell.is_here() {
            let mut session = world.start(shell).spawn();
            session.ok(replace);
            only(&found(&mut session), "prompt-not-hooked");
        }
    }
}

#[test]
fn in_zsh_doctor_reports_what_the_prompt_and_tab_lack() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    world.config("[profile work]\n");
    let mut session = world.start(Shell::Zsh).spawn();
    let fix = only(&found(&mut session), "completion-not-loaded")["fix"].as_str().unwrap().to_owned();
    assert!(fix.contains(Shell::Zsh.completion_setup().split(' ').nth(2).unwrap()), "{fix}");
    // A widget that restores the prompt is not a hook that ours could run after.
    let own = format!("PROMPT=$'own$ {}'", Shell::Zsh.prompt_mark());
    let restore = format!(
        "{}\nrestore() {{ {own}; zle reset-prompt }}\nzle -N zle-line-init restore",
        Shell::Zsh.completion_setup()
    );
    let mut session = world.start(Shell::Zsh).after(&restore).spawn();
    only(&found(&mut session), "prompt-rebuilt");
}

#[test]
fn doctor_reports_that_the_prompt_is_left_to_another_tool() {
    let world = World::new();
    world.config("[profile work]\n");
    for (shell, tool) in [
        (Shell::Bash, "starship_precmd() { :; }"),
        (Shell::Zsh, "starship_precmd() { :; }"),
        (Shell::Fish, "functions -c fish_prompt starship_plain; function fish_prompt; starship_plain; end"),
    ] {
        if !shell.is_here() {
            continue;
        }
        for (setting, is_said) in [("on", true), ("off", false)] {
            let start = world.start(shell).env("AWS_SWITCH_PROMPT", setting);
            let text = start.before(tool).spawn().run("aws-switch doctor").text;
            assert_eq!(text.contains("the prompt is left to another tool"), is_said, "{shell:?}: {setting}: {text}");
        }
        let text = world.start(shell).spawn().run("aws-switch doctor").text;
        assert!(!text.contains("another tool"), "{shell:?}: {text}");
    }
}
