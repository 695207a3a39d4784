//! Loading and using the integration changes no options, traps, aliases or names; in scripts it adds no hooks.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{Session, Shell, World};

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    world
}

/// A line that sources the script itself.
fn source(world: &World, shell: Shell) -> String {
    let file = world.write(format!("scripts/aws-switch.{}", shell.name()), shell.script());
    format!("source {}", shell.quote(file.to_str().unwrap()))
}

/// The output of a command, through a file.
fn lines(session: &mut Session, world: &World, command: &str) -> BTreeSet<String> {
    let file = world.path("lines");
    // Under noclobber the file must be new.
    let _ = fs::remove_file(&file);
    let group = if session.shell() == Shell::Fish { ("begin;", "end") } else { ("{", "}") };
    session.ok(&format!("{} {command}; {} >{}", group.0, group.1, file.display()));
    String::from_utf8_lossy(&fs::read(&file).unwrap()).lines().map(str::to_owned).collect()
}

/// Uses every feature, Tab too.
fn use_all(session: &mut Session, world: &World) {
    let shell = session.shell();
    session.ok("aws-switch dev");
    session.keys("aws-switch wo\t");
    session.wait_line("(aws:dev) test$ aws-switch work");
    session.submit();
    session.ok(&shell.cd(world.path("in")));
    session.ok(&shell.cd(world.home()));
    session.run("aws-switch wrok");
    session.ok("aws-switch list");
    session.ok("aws-switch --unset");
}

#[test]
fn options_traps_aliases_and_ifs_stay_as_they_were() {
    let world = world();
    for shell in Shell::available() {
        let (settings, commands): (_, &[&str]) = match shell {
            Shell::Bash | Shell::Bash32 => (
                "alias ll='ls -l'; trap 'echo bye' USR1; trap 'true' INT; IFS=$' \\t:'; set -o noclobber; shopt -u sourcepath",
                &["set +o", "shopt -p", "trap -p", "alias -p", "declare -p IFS", "bind -p", "umask", "ulimit -a"],
            ),
            Shell::Zsh => (
                "autoload -Uz compinit && compinit -D; alias ll='ls -l'; trap 'echo bye' USR1; IFS=$' \\t:'; setopt ksh_arrays",
                &["set -o", "trap", "alias -L", "typeset -p IFS", "bindkey -L", "umask", "zstyle -L", "limit"],
            ),
            Shell::Fish => (
                "trap 'echo bye' USR1; abbr --add g git; function ll; ls -l; end",
                &["trap", "abbr", "bind", "functions ll", "set -S IFS"],
            ),
            Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
        };
        let start = || world.start(shell).before(settings).after(shell.completion_setup());
        let mut without = start().integration("").spawn();
        let mut with = start().spawn();
        use_all(&mut with, &world);
        for command in commands {
            let command = if *command == "set +o" || *command == "set -o" {
                command.to_string()
            } else {
                format!("{command} 2>&1")
            };
            let [before, after] = [&mut without, &mut with].map(|session| lines(session, &world, &command));
            assert!(
                !before.is_empty() || command.starts_with("abbr") || command.starts_with("zstyle"),
                "{shell:?}: {command}"
            );
            assert_eq!(before, after, "{shell:?}: {command}");
        }
        assert_eq!(with.ok(if shell == Shell::Fish { "string length é" } else { "x=é; echo ${#x}" }), "1", "{shell:?}");
    }
}

#[test]
fn loading_adds_only_names_of_ours() {
    let world = world();
    for shell in Shell::available() {
        let (functions, variables, public): (_, _, &[&str]) = match shell {
            Shell::Bash | Shell::Bash32 => (
                "declare -F | sed 's/.* //'",
                "compgen -v",
                // cd, pushd and popd are ours where the user has none; COMPREPLY and PROMPT_COMMAND belong to bash.
                &["cd", "pushd", "popd", "COMPREPLY", "PROMPT_COMMAND", "OLDPWD", "PIPESTATUS", "BASH_REMATCH"],
            ),
            Shell::Zsh => (
                "print -l ${(k)functions}",
                "print -l ${(k)parameters}",
                // Names of zsh's completion, which the first Tab loads, and of its modules.
                &["OLDPWD", "chpwd_functions", "preexec_functions", "psvar", "PSVAR", "errnos", "sysparams"],
            ),
            Shell::Fish => ("functions -a | cat", "set -n", &["dirprev", "dirnext", "__fish_cd_direction"]),
            Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
        };
        let setup = shell.completion_setup();
        let mut without = world.start(shell).before(setup).integration("").spawn();
        let mut with = world.start(shell).before(setup).spawn();
        let commands = [functions, variables];
        // The first Tab loads completion functions of zsh.
        without.keys("ls /nowhere\t");
        without.keys("\x15");
        without.submit();
        without.ok(&shell.cd(world.path("in")));
        without.ok(&shell.cd(world.home()));
        use_all(&mut with, &world);
        for command in commands {
            let [before, after] = [&mut without, &mut with].map(|session| lines(session, &world, command));
            let leaked: Vec<_> = after
                .difference(&before)
                .filter(|name| {
                    let ours = name.starts_with("__aws_switch_") || *name == "aws-switch";
                    let told = ["AWS_SWITCH_SEGMENT", "__AWS_SWITCH_STATE"].contains(&name.as_str());
                    let zsh_completes = shell == Shell::Zsh && name.starts_with('_') && !name.starts_with("__");
                    !ours && !told && !zsh_completes && !public.contains(&name.as_str())
                })
                .collect();
            assert!(leaked.is_empty(), "{shell:?}: {leaked:?}");
        }
        let mut exported = with.environment();
        for name in without.environment().keys() {
            exported.remove(name);
        }
        exported.retain(|name, _| name != "__AWS_SWITCH_STATE" && name != "OLDPWD");
        assert!(exported.is_empty(), "{shell:?}: {exported:?}");
    }
}

#[test]
fn a_shell_that_is_not_interactive_gets_only_the_function() {
    let world = world();
    for shell in Shell::available() {
        let enter = shell.cd(world.path("in"));
        let probes = match shell {
            Shell::Bash | Shell::Bash32 => {
                "echo \"hook:${PROMPT_COMMAND-}\"; echo \"prompt:${PS1-}\"; echo \"completion:$(complete -p 2>/dev/null)\"; \
                 declare -F cd pushd popd; trap -p | grep -v \"^trap -- '' \""
            }
            Shell::Zsh => {
                "echo hook:$precmd_functions$chpwd_functions; echo prompt:$AWS_SWITCH_SEGMENT$psvar; \
                 echo completion:$_comps; whence -w cd"
            }
            Shell::Fish => {
                "echo hook:; functions --handlers | string match '*aws_switch*'; echo prompt:; \
                 functions fish_prompt | string match '*aws*'; echo completion:; complete -c aws-switch"
            }
            Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
        };
        let expected = if shell == Shell::Zsh {
            "hook:\nprompt:\ncompletion:\ncd: builtin\n"
        } else {
            "hook:\nprompt:\ncompletion:\n"
        };
        for load in [shell.init_line().to_owned(), source(&world, shell)] {
            let print = shell.print_var("AWS_PROFILE");
            let script = format!("{load}\n{enter}\n{print}\n{probes}\naws-switch work 2>/dev/null\n{print}");
            let finished = world.batch(shell, &script);
            let stdout = String::from_utf8_lossy(&finished.stdout);
            assert_eq!(stdout, format!("<>\n{expected}<work>\n"), "{shell:?}: {load}");
            assert_eq!(String::from_utf8_lossy(&finished.stderr), "", "{shell:?}: {load}");
        }
    }
}

#[test]
fn a_script_follows_no_file_even_with_allexport() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let mut session = world.start(shell).before("set -a").spawn();
        let script = r#"bash -c 'cd in; echo "<${AWS_PROFILE-}$(declare -F)>"'"#;
        assert_eq!(session.ok(script), "<>", "{shell:?}");
        assert_eq!(session.ok("echo $-"), session.ok("set -a; echo $-"), "{shell:?}");
    }
}

#[test]
fn the_file_alone_can_be_sourced() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).integration(&source(&world, shell)).spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        let text = session.ok(&shell.cd(world.path("in")));
        assert_eq!(text.lines().count(), 1, "{shell:?}: {text}");
        assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}");
    }
}

#[test]
fn a_helper_that_is_not_on_path_is_found() {
    let world = world();
    for shell in Shell::available() {
        let helper = shell.quote(env!("CARGO_BIN_EXE_aws-switch"));
        let line = shell.init_line().replace("aws-switch", &helper);
        let path = std::env::join_paths(["/usr/local/bin", "/usr/bin", "/bin"]).unwrap();
        let mut session = world.start(shell).env("PATH", path).integration(&line).spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
    }
}

#[test]
fn zsh_completes_when_compinit_runs_only_after_loading() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = world();
    let setup = Shell::Zsh.completion_setup();
    for (after, typed) in [(setup, "true"), ("", setup)] {
        let mut session = world.start(Shell::Zsh).after(after).spawn();
        session.ok(typed);
        session.keys("aws-switch wo\t");
        session.wait_line("test$ aws-switch work");
        session.submit();
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{after} {typed}");
    }
}
