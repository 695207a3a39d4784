//! bash: a `--for` ends before a command line, and leaves the user's traps, `$?` and `$_` alone.

use std::thread;
use std::time::Duration;

use crate::common::{Session, Shell, World};

const WARNING: &str = "a DEBUG trap is set, so --for ends only at the next prompt";

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world
}

fn bashes() -> impl Iterator<Item = Shell> {
    Shell::available().into_iter().filter(|shell| shell.is_bash() && !shell.is_bash_before(404))
}

/// Has the `--for` of `dev` end, and returns the profile of the next command.
fn next_profile(session: &mut Session) -> String {
    session.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    let text = session.ok("printenv AWS_PROFILE");
    text.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_trap_of_debug_is_set_only_while_a_for_runs() {
    let world = world();
    for shell in bashes() {
        for option in ["", "set -T", "shopt -s extdebug", "set -eu", "PROMPT_COMMAND='true x'", "set -E"] {
            let mut session = world.start(shell).env("AWS_PROFILE", "work").before(option).spawn();
            assert_eq!(session.ok("trap -p DEBUG"), "", "{shell:?}: {option}");
            assert_eq!(next_profile(&mut session), "work", "{shell:?}: {option}");
            assert_eq!(session.ok("trap -p DEBUG"), "", "{shell:?}: {option}");
            session.ok("aws-switch dev --for 1h");
            assert!(session.ok("trap -p DEBUG").contains("__aws_switch_before"), "{shell:?}: {option}");
            session.ok("aws-switch work");
            assert_eq!(session.ok("trap -p DEBUG"), "", "{shell:?}: {option}");
        }
    }
}

#[test]
fn a_line_that_has_begun_keeps_its_profile() {
    let world = world();
    for shell in bashes() {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        session.ok("aws-switch dev --for 4s");
        let text = session.ok("sleep 5; printenv AWS_PROFILE");
        assert_eq!(text.lines().next(), Some("dev"), "{shell:?}");
        assert_eq!(session.ok("printenv AWS_PROFILE"), "work", "{shell:?}");
    }
}

#[test]
fn while_a_for_runs_the_statuses_and_the_last_argument_stay() {
    let world = world();
    for shell in bashes() {
        for option in ["", "set -T", "shopt -s extdebug"] {
            let mut session = world.start(shell).env("AWS_PROFILE", "work").after(option).spawn();
            for _ in 0..2 {
                session.run("true a last");
                assert_eq!(session.ok("echo $_"), "last", "{shell:?}: {option}");
                assert_eq!(session.ok("true b 'la st'; echo $_"), "la st", "{shell:?}: {option}");
                session.run("true | false | (exit 3)");
                assert_eq!(session.ok("echo $? ${PIPESTATUS[*]}"), "3 0 1 3", "{shell:?}: {option}");
                assert_eq!(session.ok("false; echo $?"), "1", "{shell:?}: {option}");
                session.ok("aws-switch dev --for 2s");
            }
            // These also hold in the line that ends it, and removes the trap.
            session.run("true a last");
            thread::sleep(Duration::from_secs(3));
            let text = session.ok("echo $_; true b 'la st'");
            assert_eq!(text.lines().last(), Some("last"), "{shell:?}: {option}: {text}");
            assert_eq!(session.ok("echo $_"), "la st", "{shell:?}: {option}");
        }
    }
}

#[test]
fn a_trap_of_the_user_stays_and_the_switch_warns() {
    let world = world();
    for shell in bashes() {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        session.ok("trap 'seen=$BASH_COMMAND' DEBUG");
        let text = session.ok("aws-switch dev --for 2s");
        assert_eq!(text.matches(WARNING).count(), 1, "{shell:?}: {text}");
        assert_eq!(session.ok("true"), "", "{shell:?}: the warning comes once");
        assert_eq!(session.ok("trap -p DEBUG"), "trap -- 'seen=$BASH_COMMAND' DEBUG", "{shell:?}");
        thread::sleep(Duration::from_secs(2));
        assert!(session.ok("").contains("work"), "{shell:?}: it ends at the prompt");
        assert_eq!(session.ok("trap -p DEBUG"), "trap -- 'seen=$BASH_COMMAND' DEBUG", "{shell:?}");
        session.ok("trap - DEBUG");
        assert_eq!(next_profile(&mut session), "work", "{shell:?}");
    }
}

#[test]
fn bash_that_is_too_old_warns_in_the_line_of_the_switch() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        let text = session.ok("aws-switch dev --for 1h");
        let says = text.ends_with("(in this shell it ends only at the next prompt)");
        assert_eq!((text.lines().count(), says), (1, shell.is_bash_before(404)), "{shell:?}: {text}");
    }
}

/// Like bash-preexec: its trap of DEBUG calls each of an array of functions before a command line. It hooks in at the
/// first prompt, behind all others.
const PREEXEC: &str = r#"
preexec_functions=()
__bp_interactive=''
__bp_preexec_invoke_exec() {
    [[ -n $__bp_interactive && $BASH_COMMAND != __bp_* ]] || return 0
    __bp_interactive=''
    local name
    for name in "${preexec_functions[@]}"; do "$name" "$BASH_COMMAND"; done
}
__bp_interactive_mode() { __bp_interactive=on; }
PROMPT_COMMAND+=('[[ ${PROMPT_COMMAND[-1]} == __bp_interactive_mode ]] || PROMPT_COMMAND+=(__bp_interactive_mode)')
trap '__bp_preexec_invoke_exec "$_"' DEBUG
"#;

#[test]
fn bash_preexec_runs_ours_once_beside_its_other_functions() {
    let world = world();
    for shell in bashes().filter(|shell| !shell.is_old_bash()) {
        let own = format!("{PREEXEC}\nmine() {{ seen=\"$1\"; }}; preexec_functions+=(mine)");
        for (before, after) in [("", own.as_str()), (own.as_str(), "")] {
            let mut session = world.start(shell).env("AWS_PROFILE", "work").before(before).after(after).spawn();
            assert_eq!(next_profile(&mut session), "work", "{shell:?}");
            assert_eq!(next_profile(&mut session), "work", "{shell:?}");
            assert_eq!(session.ok("echo ${preexec_functions[*]}"), "mine __aws_switch_before", "{shell:?}");
            assert!(session.ok("trap -p DEBUG").contains("__bp_preexec_invoke_exec"), "{shell:?}");
            assert!(!session.screen().contains(WARNING), "{shell:?}: {}", session.screen());
        }
    }
}
