//! zsh and fish: functions that a tool replays in another shell, some or all of them, with or without their variables.

use std::process::Output;

use crate::common::{Shell, World};

const NOT_LOADED: &str = "aws-switch: error: cannot switch this shell: the shell integration is not loaded here; \
                          run 'aws-switch setup', then start a new shell; in a script, use 'aws-switch exec'";

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    world
}

fn shells() -> impl Iterator<Item = Shell> {
    [Shell::Zsh, Shell::Fish].into_iter().filter(|shell| shell.is_here())
}

/// Runs a script in a shell without rc files; `-i` makes it interactive.
fn run(world: &World, shell: Shell, options: &[&str], script: &str) -> Output {
    let mut command = world.command(shell.executable().unwrap());
    command.arg(if shell == Shell::Fish { "--no-config" } else { "-f" }).args(options);
    command.env("AWS_ACCESS_KEY_ID", "key").args(["-c", script]).output().unwrap()
}

/// The functions and the variables of a shell with the integration, as lines that define each one.
struct Parts {
    functions: Vec<String>,
    variables: Vec<String>,
}

impl Parts {
    fn read(world: &World, shell: Shell, options: &[&str]) -> Self {
        let separate = |script: &str| {
            let output = run(world, shell, options, &format!("{}\n{script}", shell.init_line()));
            let text = String::from_utf8(output.stdout).unwrap();
            let parts = text.split("\n//\n").map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        let [functions, variables] = match shell {
            Shell::Fish => [
                "for name in (functions -a | string match '*aws*switch*'); functions $name; printf '\\n//\\n'; end",
                "for name in (set -ng | string match '*aws_switch*'); \
                     echo set -g $name (string escape -- $$name); printf '\\n//\\n'; end",
            ],
            _ => [
                "for name in ${(k)functions[(I)*aws*switch*]}; do functions $name; printf '\\n//\\n'; done",
                "for name in ${(k)parameters[(I)*aws_switch*]}; do typeset -p $name; printf '\\n//\\n'; done",
            ],
        };
        let parts = Self { functions: separate(functions), variables: separate(variables) };
        assert!(parts.functions.len() > 8 && parts.variables.len() > 4, "{shell:?}: {:?}", parts.variables);
        parts
    }

    /// Every set of them that a tool could have replayed, with its name.
    fn subsets(&self) -> Vec<(String, String)> {
        let all: Vec<&String> = self.functions.iter().chain(&self.variables).collect();
        let join = |parts: Vec<&String>| parts.into_iter().map(|part| format!("{part}\n")).collect::<String>();
        let public =
            |part: &&String| !part.lines().any(|line| line.contains("function __aws") || line.starts_with("__aws"));
        let mut subsets = vec![
            ("all".to_owned(), join(all.clone())),
            ("all functions".to_owned(), join(self.functions.iter().collect())),
            ("public functions".to_owned(), join(self.functions.iter().filter(public).collect())),
        ];
        for missing in &all {
            let rest = all.iter().copied().filter(|part| part != missing).collect();
            let name = missing.lines().find(|line| line.contains("aws")).unwrap_or_default();
            subsets.push((format!("without {name}"), join(rest)));
        }
        subsets.retain(|(_, text)| text.contains("aws-switch"));
        subsets
    }
}

#[test]
fn functions_without_their_variables_switch_or_report_that_they_cannot() {
    let world = world();
    for shell in shells() {
        let state = match shell {
            Shell::Fish => "printf '<%s|%s|%s>\\n' $status \"$AWS_PROFILE\" \"$AWS_ACCESS_KEY_ID\"",
            _ => "printf '<%s|%s|%s>\\n' $? \"${AWS_PROFILE-}\" \"${AWS_ACCESS_KEY_ID-}\"",
        };
        let strict = if shell == Shell::Fish { "" } else { "set -eu\n" };
        let fails = if shell == Shell::Fish { state.to_owned() } else { format!("true && {state}") };
        for options in [&[][..], &["-i"]] {
            for (name, parts) in Parts::read(&world, shell, options).subsets() {
                let script = format!(
                    "{strict}{parts}\n\
                     aws-switch work && {state}; true; {fails}\n\
                     aws-switch list --names\ncd in\npwd\ncd nowhere || {state}\n",
                );
                let output = run(&world, shell, options, &script);
                let (stdout, stderr) =
                    (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
                let what = format!("{shell:?} {options:?} {name}:\n{stdout}{stderr}");
                let ours: Vec<&str> = stderr.lines().filter(|line| line.contains("aws")).collect();
                let moved = format!("work\ndev\n{}\n", world.path("in").display());
                assert!(stdout.contains(&moved), "{what}");
                assert!(
                    stdout.ends_with("|dev|>\n") || stdout.ends_with("|key>\n") || stdout.ends_with("|work|>\n"),
                    "{what}"
                );
                if stdout.starts_with("<0|work|>\n<0|work|>") {
                    assert!(ours[0].starts_with("aws-switch: switched to work"), "{what}");
                } else {
                    assert!(stdout.starts_with("<0||key>\nwork"), "{what}");
                    assert_eq!(ours, [NOT_LOADED], "{what}");
                }
            }
        }
    }
}

#[test]
fn hooks_that_miss_a_part_are_silent_and_leave_cd_alone() {
    let world = world();
    for shell in shells() {
        let hooks = if shell == Shell::Fish {
            ""
        } else {
            "precmd_functions+=(__aws_switch_hook __aws_switch_prompt)\n\
             chpwd_functions+=(__aws_switch_moved)\npreexec_functions+=(__aws_switch_before)\n\
             (( ! ${+functions[__aws_switch_complete]} )) || compdef __aws_switch_complete aws-switch\n\
             function return { \\builtin print replaced; }\n"
        };
        for (name, parts) in Parts::read(&world, shell, &["-i"]).subsets() {
            let start = world.start(shell).before(shell.completion_setup());
            let mut session = start.integration(&format!("{parts}{hooks}")).spawn();
            let what = format!("{shell:?}: {name}");
            assert_eq!(session.screen(), "test$", "{what}");
            let text = session.ok(&shell.cd(world.path("in")));
            assert!(text.is_empty() || text == "aws-switch: dev is active (~/in/.awsprofile)", "{what}: {text}");
            let is_active = session.var("AWS_PROFILE").is_some();
            assert_eq!(is_active, !text.is_empty(), "{what}: {text}");
            assert_eq!(session.ok("pwd"), world.path("in").display().to_string(), "{what}");
            assert_eq!(session.run(&shell.cd(world.path("nowhere"))).status, 1, "{what}");
            assert_eq!(session.ok("true"), "", "{what}");
            if shell == Shell::Zsh {
                // The functions of zsh's own completion use it.
                session.ok("unfunction return");
                session.keys("aws-switch exec work -- true\t");
                session.submit();
                assert!(!session.screen().contains("command not found"), "{what}: {}", session.screen());
            }
        }
    }
}
