//! bash: the user's PROMPT_COMMAND of any form keeps running beside ours.

use crate::common::{Shell, World};

const COUNT: &str = "count=$((count + 1))";

fn bashes() -> impl Iterator<Item = Shell> {
    Shell::available().into_iter().filter(|shell| shell.is_bash())
}

/// Lines for the rc file; arrays are for bash 5.1 and later.
fn shapes(shell: Shell, world: &World) -> Vec<String> {
    let mut shapes = vec![
        String::new(),
        "PROMPT_COMMAND=''".to_owned(),
        format!("PROMPT_COMMAND='{COUNT}'"),
        format!("PROMPT_COMMAND='{COUNT};'"),
        format!("PROMPT_COMMAND='{COUNT} ; '"),
        format!("PROMPT_COMMAND='{COUNT} # as always'"),
        format!("PROMPT_COMMAND=$'\\n{COUNT}\\n'"),
        format!("PROMPT_COMMAND='{COUNT} &&'$'\\n'true"),
        format!("export PROMPT_COMMAND='{COUNT}'"),
    ];
    let finished = world.batch(shell, "echo $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501))");
    if finished.stdout == b"1\n" {
        shapes.push(format!("PROMPT_COMMAND=('{COUNT}')"));
        shapes.push(format!("PROMPT_COMMAND=('' '{COUNT};' ': # last')"));
        shapes.push(format!("PROMPT_COMMAND=(); PROMPT_COMMAND[7]='{COUNT}'"));
        shapes.push("PROMPT_COMMAND=()".to_owned());
    }
    shapes
}

#[test]
fn an_inherited_trap_is_not_believed() {
    let world = World::new();
    world.config("[profile work]\n");
    for shell in bashes() {
        let build = format!("build() {{ PS1='own$ {}'; }}; PROMPT_COMMAND=build", shell.prompt_mark());
        let start = world.start(shell).before(&build).env("AWS_PROFILE", "work").env("__aws_switch_trap", "x");
        assert_eq!(start.spawn().prompt(), "(aws:work) own$", "{shell:?}");
    }
}

#[test]
fn every_form_of_prompt_command_runs_beside_ours() {
    let world = World::new();
    world.config("[profile work]\n");
    for shell in bashes() {
        for shape in shapes(shell, &world) {
            for strict in ["", "set -eu"] {
                let mut session = world.start(shell).before(&format!("count=0\n{shape}\n{strict}")).spawn();
                assert_eq!(session.screen(), "test$", "{shell:?}: {shape}");
                session.ok("export AWS_PROFILE=work");
                assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}: {shape}");
                // Two prompts so far.
                let expected = if shape.contains("count") { "<2>" } else { "<0>" };
                assert_eq!(session.ok(&shell.print_var("count")), expected, "{shell:?}: {shape}");
                assert_eq!(session.ok("unset PWD"), "", "{shell:?}: {shape}");
                assert_eq!(session.ok("true"), "", "{shell:?}: {shape}: {strict}");
            }
        }
    }
}

#[test]
fn commands_that_are_added_below_our_line_run_too() {
    let world = World::new();
    world.config("[profile work]\n");
    for shell in bashes() {
        for shape in shapes(shell, &world) {
            for added in [
                "PROMPT_COMMAND=\"${PROMPT_COMMAND:+$PROMPT_COMMAND; }added=$((added + 1))\"".replace("$((", "\\$(("),
                "PROMPT_COMMAND=\"added=\\$((added + 1));${PROMPT_COMMAND-}\"".to_owned(),
                "PROMPT_COMMAND+=$'\\n''added=$((added + 1))'".to_owned(),
            ] {
                let before = format!("count=0 added=0\n{shape}");
                let mut session = world.start(shell).before(&before).after(&added).spawn();
                session.ok("export AWS_PROFILE=work");
                assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}: {shape}: {added}");
                assert_eq!(session.ok(&shell.print_var("added")), "<2>", "{shell:?}: {shape}: {added}");
            }
        }
    }
}

/// Like the integration of VS Code: it saves the first element of PROMPT_COMMAND and runs it itself, and takes the first
/// command after it for the user's.
const WATCHED: &str = r#"
kept=$PROMPT_COMMAND drawn='' commands=''
__vsc_prompt_cmd() { eval "$kept"; drawn=yes; }
PROMPT_COMMAND=__vsc_prompt_cmd
trap '[[ -z $drawn ]] || { drawn=""; commands="$commands<$BASH_COMMAND>"; }' DEBUG
"#;

#[test]
fn in_vs_code_we_run_nothing_between_the_prompt_and_the_command() {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    for shell in bashes() {
        for own in ["", "PROMPT_COMMAND='export AWS_PROFILE=work'"] {
            let start = world.start(shell).env("TERM_PROGRAM", "vscode").env("AWS_PROFILE", "work");
            let mut session = start.before(own).after(WATCHED).spawn();
            assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}: {own}");
            session.ok("unset AWS_PROFILE");
            let prompt = if own.is_empty() { "test$" } else { "(aws:work) test$" };
            assert_eq!(session.prompt(), prompt, "{shell:?}: {own}");
            session.ok("true");
            let expected = "<unset AWS_PROFILE><true>";
            let commands = session.ok(&shell.print_var("commands"));
            assert!(commands.starts_with(&format!("<{expected}")), "{shell:?}: {own}: {commands}");
            let text = session.ok("aws-switch dev --for 1h");
            assert!(text.ends_with("(in this shell it ends only at the next prompt)"), "{shell:?}: {text}");
            assert!(session.ok("trap -p DEBUG").contains("drawn"), "{shell:?}: {own}");
        }
    }
}

#[test]
fn a_readonly_prompt_command_and_a_readonly_prompt_stay() {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    for shell in bashes() {
        for shape in shapes(shell, &world) {
            for strict in ["", "set -eu"] {
                let readonly = format!("count=0\n{shape}\nreadonly PROMPT_COMMAND PS1\n{strict}");
                let mut session = world.start(shell).before(&readonly).spawn();
                assert_eq!(session.screen(), "test$", "{shell:?}: {shape}");
                session.ok("aws-switch work");
                let text = session.ok(&shell.cd(world.path("in")));
                assert!(text == "aws-switch: dev is active (~/in/.awsprofile)", "{shell:?}: {shape}: {text}");
                assert_eq!(session.prompt(), "test$", "{shell:?}: {shape}");
            }
        }
        let mut session = world.start(shell).before("readonly PS1").spawn();
        session.ok("aws-switch work");
        assert_eq!(session.ok(&shell.print_var("AWS_SWITCH_SEGMENT")), "<(aws:work)>", "{shell:?}");
    }
}

#[test]
fn a_string_that_replaces_the_first_of_several_below_our_line_keeps_the_last() {
    let world = World::new();
    world.config("[profile work]\n");
    for shell in bashes().filter(|shell| !shell.is_old_bash()) {
        let (before, after) = (format!("count=0\nPROMPT_COMMAND=(true '{COUNT}; (exit 3)')"), "PROMPT_COMMAND=':'");
        let mut session = world.start(shell).before(&before).after(after).spawn();
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        assert_eq!(session.run("(exit 3)").status, 3, "{shell:?}");
        assert_eq!(session.ok(&shell.print_var("count")), "<3>", "{shell:?}");
        assert!(session.run("aws-switch doctor").text.contains("before the next command"), "{shell:?}");
        assert_eq!(session.ok("printf '%s\\n' \"${PROMPT_COMMAND[@]}\" | grep -c __aws_switch"), "1", "{shell:?}");
    }
}

#[test]
fn loading_it_again_leaves_prompt_command_as_it_is() {
    let world = World::new();
    for shell in bashes() {
        for shape in shapes(shell, &world) {
            let start = world.start(shell).before(&format!("count=0\n{shape}"));
            let show = "declare -p PROMPT_COMMAND";
            let mut session = start.spawn();
            let once = session.ok(show);
            assert!(once.contains("__aws_switch_hook"), "{shell:?}: {shape}: {once}");
            session.ok(shell.init_line());
            assert_eq!(session.ok(show), once, "{shell:?}: {shape}");
        }
    }
}
