//! A shell that has only some of our functions and variables, as when a tool replays a snapshot of them: it switches, or
//! one line reports that the integration is not loaded and nothing changes.

use crate::common::{Shell, World};

fn world() -> World {
    let world = World::new();
    world.config("[profile base]\n[profile work]\n");
    world.dir("in");
    world
}

fn shells() -> Vec<Shell> {
    Shell::available().into_iter().filter(|shell| shell.is_bash()).collect()
}

/// Output of a script in an interactive shell that has loaded the integration, without a terminal.
fn loaded(world: &World, shell: Shell, script: &str) -> String {
    let script = format!("{}\n{script}", shell.init_line());
    let mut command = world.command(shell.executable().unwrap());
    let output = command.args(["--norc", "-i", "-c", &script]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The functions of an interactive shell, as text.
fn snapshot(world: &World, shell: Shell) -> String {
    loaded(world, shell, "declare -f")
}

/// The command line that removes all our functions, or all our variables, or one of them.
fn removals(world: &World, shell: Shell) -> Vec<String> {
    let ours = |list: &str| -> Vec<String> {
        let names = loaded(world, shell, list);
        names.lines().filter(|name| name.starts_with("__aws_switch_")).map(str::to_owned).collect()
    };
    let functions = ours("compgen -A function");
    // SECONDS and the like cannot be ours; what `init` assigns from settings may be missing anyway.
    let variables = ours("compgen -v");
    assert!(functions.len() > 15 && variables.len() > 8, "{functions:?} {variables:?}");
    let all = [format!("unset -f {}", functions.join(" ")), format!("unset -v {}", variables.join(" "))];
    let each_function = functions.iter().map(|name| format!("unset -f {name}"));
    let each_variable = variables.iter().map(|name| format!("unset -v {name}"));
    all.into_iter().chain(each_function).chain(each_variable).collect()
}

/// Runs a line that may fail under `set -e`, and prints its status.
fn guarded(line: &str) -> String {
    format!("if {{ {line}; }} 2>&1; then echo status 0; else echo status $?; fi")
}

/// The lines that `script` prints between `== LINE` and the next such line.
fn sections(text: &str) -> Vec<(&str, Vec<&str>)> {
    let sections = text.split("== ").skip(1);
    sections
        .map(|section| section.split_once('\n').unwrap())
        .map(|(line, text)| (line, text.lines().collect()))
        .collect()
}

/// Uses the command and `cd` in a script that begins with `prefix`, and checks what they claim.
#[track_caller]
fn claims_only_what_happened(world: &World, shell: Shell, prefix: &str) {
    let lines = [
        "aws-switch work",
        "aws-switch --unset",
        "aws-switch list --names",
        "cd in",
        "cd /nowhere",
        "cd .. && echo went",
    ];
    let mut script = format!("{prefix}\n");
    for line in lines {
        script += "export AWS_PROFILE=base AWS_ACCESS_KEY_ID=key\n";
        script += &format!("echo '== {line}'\n{}\n", guarded(line));
        script += "echo \"<${AWS_PROFILE-}><${AWS_ACCESS_KEY_ID-}>${PWD##*/}\"\n";
    }
    let output = world.batch(shell, &script);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(stderr, "", "{shell:?}: {prefix}");
    let sections = sections(&stdout);
    assert_eq!(sections.len(), lines.len(), "{shell:?}: {prefix}: {stdout}");
    for (line, printed) in sections {
        let what = format!("{shell:?}: {prefix}: {line}: {printed:#?}");
        match line {
            "aws-switch list --names" => assert_eq!(printed[..3], ["base", "work", "status 0"], "{what}"),
            "cd in" => assert_eq!(printed, ["status 0", "<base><key>in"], "{what}"),
            "cd .. && echo went" => assert_eq!(printed, ["went", "status 0", "<base><key>home"], "{what}"),
            "cd /nowhere" => assert_eq!((printed.len(), printed[1]), (3, "status 1"), "{what}"),
            _ => {
                assert_eq!(printed.len(), 3, "{what}");
                // `--unset` leaves the key, and warns.
                let expected = if line.ends_with("work") { "<work><>home" } else { "<><key>home" };
                let switched = printed[1..] == ["status 0", expected];
                let refused = printed[0].contains("integration is not loaded") && printed[1] != "status 0";
                assert!(switched || (refused && printed[2] == "<base><key>home"), "{what}");
            }
        }
    }
}

#[test]
fn functions_without_variables_claim_nothing() {
    let world = world();
    for shell in shells() {
        let all = snapshot(&world, shell);
        assert!(all.contains("__aws_switch_apply"), "{all}");
        let names = loaded(&world, shell, "compgen -A function");
        let private = names.lines().filter(|name| name.starts_with("__")).collect::<Vec<_>>().join(" ");
        for strict in ["", "set -u", "set -eu", "set -o posix"] {
            claims_only_what_happened(&world, shell, &format!("{all}\n{strict}"));
            claims_only_what_happened(&world, shell, &format!("{all}\nunset -f {private}\n{strict}"));
        }
    }
}

#[test]
fn each_part_may_be_missing_alone() {
    let world = world();
    for shell in shells() {
        for removal in removals(&world, shell) {
            for strict in ["", "set -eu"] {
                let prefix = format!("{}\n{strict}\n{removal}", shell.init_line());
                claims_only_what_happened(&world, shell, &prefix);
            }
        }
    }
}

#[test]
fn a_prompt_without_one_part_prints_nothing_and_keeps_the_status() {
    let world = world();
    for shell in shells() {
        for removal in removals(&world, shell) {
            let start = world.start(shell).env("AWS_PROFILE", "base").env("AWS_ACCESS_KEY_ID", "key");
            let replaced = "function return { echo replaced; builtin return 1; }";
            let mut session = start.after(&format!("{removal}\n{replaced}")).spawn();
            for text in ["not found", "replaced"] {
                assert!(!session.screen().contains(text), "{shell:?}: {removal}: {}", session.screen());
            }
            assert_eq!(session.run("sh -c 'exit 3'").text, "", "{shell:?}: {removal}");
            assert_eq!(session.ok("echo $?"), "3", "{shell:?}: {removal}");
            assert_eq!(session.ok("cd in && echo \"${PWD##*/}\""), "in", "{shell:?}: {removal}");
            let output = session.run("aws-switch work");
            assert_eq!(output.text.lines().count(), 1, "{shell:?}: {removal}: {}", output.text);
            let active = session.ok("echo \"$AWS_PROFILE ${AWS_ACCESS_KEY_ID-}\"");
            let expected = if output.status == 0 { "work" } else { "base key" };
            assert_eq!(active, expected, "{shell:?}: {removal}: {}", output.text);
            for line in ["aws-switch deny i\t", "aws-switch exec work -- true\t"] {
                session.keys(line);
                session.submit();
            }
            assert!(!session.screen().contains(": command not found"), "{shell:?}: {removal}: {}", session.screen());
            assert_eq!(session.ok("true"), "", "{shell:?}: {removal}");
        }
    }
}

#[test]
fn a_part_that_is_removed_during_a_for_is_not_missed_before_a_command() {
    let world = world();
    for shell in shells() {
        let mut session = world.start(shell).after("function return { echo replaced; builtin return 1; }").spawn();
        session.ok("aws-switch work --for 1h");
        assert_eq!(session.ok("unset -f __aws_switch_apply"), "", "{shell:?}");
        for line in ["true", "cd in", "true"] {
            assert_eq!(session.ok(line), "", "{shell:?}: {line}");
        }
    }
}

#[test]
fn without_the_program_one_line_reports_that_nothing_changed() {
    let world = world();
    let elsewhere = world.path("a helper");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_aws-switch"), &elsewhere).unwrap();
    for shell in Shell::available() {
        let remove = match shell {
            Shell::Zsh => "unfunction __aws_switch_apply",
            Shell::Fish => "functions -e __aws_switch_apply",
            _ => "unset -f __aws_switch_apply",
        };
        let replaced = match shell {
            Shell::PowerShell => "",
            Shell::Fish => "function printf; end; function functions; end",
            _ => {
                "function printf { :; }; function type { echo /bin/sh; }; function whence { :; }; function declare { :; }"
            }
        };
        let above = if matches!(shell, Shell::Bash | Shell::Bash32 | Shell::Zsh) {
            "alias return=:; ! command -v shopt >/dev/null || shopt -s expand_aliases"
        } else {
            ""
        };
        let lines = [
            above,
            shell.init_line(),
            remove,
            &shell.set_env("AWS_PROFILE", "base"),
            replaced,
            &shell.set_env("PATH", "/nowhere"),
        ];
        let report = shell.then(shell.print_status(), &shell.print_var("AWS_PROFILE"));
        let find = shell.set_local("__aws_switch_program", elsewhere.to_str().unwrap());
        let script = format!("{}\naws-switch work\n{report}\n{find}\naws-switch current --name", lines.join("\n"));
        let output = world.batch(shell, &script);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "status 127\n<base>\nbase\n", "{shell:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let message = "aws-switch: error: cannot find aws-switch; nothing changed; check PATH, or install it again\n";
        assert_eq!(stderr, message, "{shell:?}");
    }
}
