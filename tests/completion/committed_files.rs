//! The committed completion files: they are up to date, and each shell loads them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Shell, World, commands};

const FILES: [(&str, &str); 4] = [
    ("bash", "aws-switch.bash"),
    ("zsh", "_aws-switch"),
    ("fish", "aws-switch.fish"),
    ("powershell", "_aws-switch.ps1"),
];

fn committed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(name)
}

#[test]
fn the_committed_files_are_what_the_helper_prints() {
    let world = World::new();
    for (shell, file) in FILES {
        let output = world.helper().args(["completions", shell]).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{shell}");
        let printed = String::from_utf8(output.stdout).unwrap();
        let fix = format!("stale: run 'aws-switch completions {shell} >completions/{file}'");
        assert!(fs::read_to_string(committed(file)).unwrap() == printed, "{fix}");
    }
    let found = fs::read_dir(committed("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<BTreeSet<_>>(), FILES.map(|(_, file)| file.to_owned()).into());
}

#[test]
fn the_committed_files_name_every_command_and_no_hidden_one() {
    let world = World::new();
    for (_, file) in FILES {
        let text = fs::read_to_string(committed(file)).unwrap();
        for command in commands(&world) {
            assert!(text.contains(&command), "{file}: {command}");
        }
        for hidden in ["__hook", "__complete"] {
            assert!(!text.contains(hidden), "{file}: {hidden}");
        }
    }
}

#[test]
fn the_committed_files_load_silently_and_complete_commands_and_options() {
    let world = World::new();
    for shell in Shell::available() {
        let file = FILES.iter().find(|(name, _)| *name == shell.name()).unwrap().1;
        let text = fs::read_to_string(committed(file)).unwrap();
        let load = match shell {
            // zsh finds it by its name in a directory of fpath, where packages install it.
            Shell::Zsh => {
                world.write("site/_aws-switch", text);
                "fpath=(~/site $fpath); autoload -Uz compinit && compinit -D".to_owned()
            }
            _ => format!("source {}", shell.quote(world.write(file, text).to_str().unwrap())),
        };
        let session = world.start(shell).before(&load).integration("").spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        for (typed, wanted) in [("comple", "completions"), ("list --js", "list --json"), ("--uns", "--unset")] {
            session.keys(format!("aws-switch {typed}\t#"));
            let line = format!("test$ aws-switch {wanted} #");
            session.wait(&line, |display| (display.cursor_line() == line).then_some(()));
            session.keys("\x15");
        }
    }
}

/// A user may have both the file of a package and the line in the rc file.
#[test]
fn the_integration_completes_profiles_despite_the_files_of_a_package() {
    let world = World::new();
    world.config("[profile \"my profile\"]\n");
    for shell in Shell::available() {
        let (_, file) = FILES.iter().find(|(name, _)| *name == shell.name()).unwrap();
        let text = fs::read_to_string(committed(file)).unwrap();
        let load = match shell {
            Shell::Zsh => {
                world.write("site/_aws-switch", text);
                "fpath=(~/site $fpath); autoload -Uz compinit && compinit -D".to_owned()
            }
            Shell::Fish => {
                world.write(".config/fish/completions/aws-switch.fish", text);
                String::new()
            }
            _ => format!("source {}", shell.quote(world.write(file, text).to_str().unwrap())),
        };
        let mut session = world.start(shell).before(&load).spawn();
        session.keys("aws-switch my\t");
        assert_eq!(session.submit().status, 0, "{shell:?}: {}", session.screen());
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("my profile"), "{shell:?}");
    }
}

#[test]
fn the_scripts_know_the_commands_of_the_helper() {
    let world = World::new();
    // The script captures the answer of these commands; the others get the terminal.
    let changing = ["use", "auto", "pin", "allow", "deny"];
    let passed = commands(&world).into_iter().filter(|name| !changing.contains(&name.as_str()));
    let passed: Vec<String> = passed.chain(["ls".to_owned()]).collect();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = world.helper().args(["init", shell]).output().unwrap().stdout;
        let script = String::from_utf8(script).unwrap();
        let line = script.lines().find(|line| line.contains("list") && line.contains("completions")).unwrap();
        let named: BTreeSet<&str> = line.split(|c: char| !c.is_alphanumeric()).collect();
        assert!(passed.iter().all(|name| named.contains(name.as_str())), "{shell}: {line}");
        assert!(changing.iter().all(|name| !named.contains(name)), "{shell}: {line}");
    }
}
