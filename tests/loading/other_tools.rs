//! Beside the tools that Debian packages, loaded above the integration and below it: both do their work.

use std::path::Path;

use crate::common::pty::MUCH_PATIENCE;
use crate::common::{Session, Shell, World, in_ci, skip};

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile infra]\n");
    world.write("p/infra/.awsprofile", "infra\n");
    world
}

/// Whether a file of the tool is here; where the tests install it, it has to be.
fn is_here(tool: &str, file: &str) -> bool {
    let is_here = Path::new(file).exists();
    assert!(is_here || !in_ci() || !cfg!(target_os = "linux"), "{tool} is not installed; tests/install installs it");
    if !is_here {
        skip(&format!("{tool} is not installed, nothing ran beside it"));
    }
    is_here
}

/// A shell with these lines above the integration, and one with them below it; both have Tab completion.
fn sessions(world: &World, shell: Shell, lines: &str) -> [Session; 2] {
    let start = || world.start(shell).env("FZF_CTRL_T_COMMAND", "echo picked").env("FZF_CTRL_T_OPTS", "--select-1");
    let first = shell.completion_setup();
    [start().before(&format!("{first}\n{lines}")).spawn(), start().before(first).after(lines).spawn()]
}

#[test]
fn zoxide_learns_directories_and_its_z_switches() {
    if !is_here("zoxide", "/usr/bin/zoxide") {
        return;
    }
    let world = world();
    let dir = world.path("p/infra");
    for shell in Shell::available() {
        let init = match shell {
            Shell::Fish => "zoxide init fish | source",
            Shell::Zsh => "eval \"$(zoxide init zsh)\"",
            _ => "eval \"$(zoxide init bash)\"",
        };
        for mut session in sessions(&world, shell, init) {
            session.ok("aws-switch work");
            session.ok(&shell.cd(&dir));
            session.ok(&shell.cd(world.home()));
            assert_eq!(session.ok("zoxide query infra"), dir.to_str().unwrap(), "{shell:?}");
            session.ok("z infra");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("infra"), "{shell:?}");
            assert_eq!(session.prompt(), "(aws:infra) test$", "{shell:?}");
            session.ok(&shell.cd(world.home()));
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
        }
    }
}

#[test]
fn the_keys_of_fzf_and_our_tab_both_work() {
    let examples = "/usr/share/doc/fzf/examples";
    if !is_here("fzf", "/usr/bin/fzf") {
        return;
    }
    if !Path::new(examples).exists() {
        skip("this system installs no documents of packages, so fzf's scripts are not here");
        return;
    }
    let world = world();
    for shell in Shell::available() {
        let lines = match shell {
            Shell::Fish => "fzf_key_bindings".to_owned(),
            Shell::Zsh => format!(". {examples}/key-bindings.zsh; . {examples}/completion.zsh"),
            _ => format!(". {examples}/key-bindings.bash; . /usr/share/bash-completion/completions/fzf"),
        };
        for mut session in sessions(&world, shell, &lines) {
            session.keys("echo \x14");
            session.wait_line("test$ echo picked");
            session.submit();
            session.keys("aws-switch wo\t");
            session.wait_for("aws-switch work", MUCH_PATIENCE);
            assert_eq!(session.submit().status, 0, "{shell:?}");
            assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        }
    }
}

#[test]
fn liquidprompt_shows_the_profile_or_leaves_it_to_the_segment() {
    let script = "/usr/share/liquidprompt/liquidprompt";
    if !is_here("liquidprompt", script) {
        return;
    }
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| *shell != Shell::Fish) {
        for enabled in [1, 0] {
            let lines =
                format!("LP_ENABLE_AWS_PROFILE={enabled} LP_PS1_POSTFIX=$'{}'\n. {script}", shell.prompt_mark());
            for mut session in sessions(&world, shell, &lines) {
                session.ok("aws-switch work");
                let prompt = session.prompt();
                if shell.is_bash() && enabled == 0 {
                    // It builds the prompt anew and has a trap of DEBUG: nothing of ours may run behind it.
                    assert!(session.run("aws-switch doctor").text.contains("warning[prompt-rebuilt]"), "{prompt}");
                    continue;
                }
                let is_ours = prompt.contains("(aws:work)");
                assert!(is_ours != (enabled == 1) && prompt.matches("work").count() == 1, "{shell:?}: {prompt}");
            }
        }
    }
}

#[test]
fn a_virtual_environment_of_python_and_the_segment_come_and_go_independently() {
    let world = world();
    let made = world.command("python3").args(["-m", "venv", "--without-pip", "venv"]).status();
    if !made.is_ok_and(|status| status.success()) {
        assert!(!in_ci(), "python3 makes no environment; tests/install installs python3-venv");
        skip("python3 makes no environment, nothing ran beside one");
        return;
    }
    for shell in Shell::available() {
        let activate = if shell == Shell::Fish { ". ~/venv/bin/activate.fish" } else { ". ~/venv/bin/activate" };
        let mut session = world.start(shell).spawn();
        for (line, environment, segment) in [
            (activate, true, ""),
            ("aws-switch work", true, "(aws:work) "),
            ("aws-switch infra", true, "(aws:infra) "),
            ("deactivate", false, "(aws:infra) "),
            (activate, true, "(aws:infra) "),
            ("aws-switch --unset", true, ""),
            ("deactivate", false, ""),
            ("aws-switch work", false, "(aws:work) "),
        ] {
            session.ok(line);
            let prompt = session.prompt();
            assert_eq!(prompt.matches("(venv)").count(), usize::from(environment), "{shell:?}: {line}: {prompt}");
            assert_eq!(prompt.replace("(venv) ", ""), format!("{segment}test$"), "{shell:?}: {line}");
        }
    }
}
