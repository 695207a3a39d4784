//! The cost in processes: none for a prompt or a `cd` that changes nothing, one for a switch or a Tab.

use crate::common::trace;
use crate::common::{Session, Shell, World};

const DEEP: &str = "a/b/c/d/e/f/g/h/i/j";

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.dir(DEEP);
    world.write("in/.awsprofile", "dev\n");
    world.write("other/.awsprofile", "work\n");
    world.dir(format!("in/{DEEP}"));
    world
}

/// `body` starts the helper `count` times and no other process, not even a subshell that waits for it.
#[track_caller]
fn costs(session: &mut Session, count: usize, what: &str, body: impl FnOnce(&mut Session)) {
    let shell = session.shell();
    let started = session.processes(body);
    let helpers = started.iter().filter(|process| process.is_helper()).count();
    assert_eq!((helpers, started.len()), (count, count), "{shell:?}: {what}: {started:#?}");
}

#[test]
fn a_prompt_and_a_cd_that_change_nothing_start_no_process() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        for profile in [None, Some("work")] {
            let start = world.start(shell).traced();
            let mut session = match profile {
                Some(profile) => start.env("AWS_PROFILE", profile).spawn(),
                None => start.spawn(),
            };
            costs(&mut session, 0, "prompts", |session| {
                for line in ["", "true", "false", "X=1 true"] {
                    session.run(line);
                }
            });
            costs(&mut session, 0, "directories", |session| {
                for dir in
                    [world.path(DEEP), world.path("a/b"), world.home(), "/".into(), "/usr/bin".into(), world.home()]
                {
                    session.ok(&shell.cd(dir));
                }
                session.ok("cd .");
                session.ok(&format!("pushd {} >/dev/null", world.path(DEEP).display()));
                session.ok("popd >/dev/null");
                session.run("cd /nowhere");
            });
        }
    }
}

#[test]
fn a_start_asks_only_where_an_aws_variable_or_a_remembered_state_is_inherited() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available().into_iter().filter(|&shell| shell != Shell::PowerShell) {
        let options = match shell {
            Shell::Fish => "--no-config",
            Shell::Zsh => "-f",
            _ => "--norc",
        };
        let program = shell.quote(shell.executable().unwrap().to_str().unwrap());
        let mut session = world.start(shell).traced().spawn();
        for (set, questions) in [("", 0), ("AWS_DEFAULT_REGION=eu-west-1", 1), ("__AWS_SWITCH_STATE=old", 1)] {
            let line = format!("env -u NO_COLOR {set} {program} {options} -i -c {}", shell.quote(shell.init_line()));
            let started = session.processes(|session| drop(session.run(&line)));
            // `init` itself is one.
            let helpers = started.iter().filter(|process| process.is_helper()).count();
            assert_eq!(helpers, 1 + questions, "{shell:?}: {set}: {started:#?}");
        }
    }
}

#[test]
fn the_helper_opens_a_file_once_when_it_is_entered_whether_it_is_activated_or_ignored() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    world.write("ignored/.awsprofile", "nobody\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").traced().spawn();
        for dir in ["in", "ignored"] {
            let line = shell.cd(world.path(dir));
            let opens = session.helper_opens("/.awsprofile", |session| drop(session.ok(&line)));
            assert_eq!(opens, 1, "{shell:?}: {dir}");
        }
    }
}

#[test]
fn a_command_opens_a_file_once_and_a_manual_switch_never() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).traced().spawn();
        session.ok(&shell.cd(world.path("in")));
        for (line, wanted) in [("aws-switch env --here", 1), ("aws-switch env work", 1), ("aws-switch work", 0)] {
            let opens = session.helper_opens("/.awsprofile", |session| drop(session.ok(line)));
            assert_eq!(opens, wanted, "{shell:?}: {line}");
        }
    }
}

#[test]
fn entering_and_leaving_a_directory_with_a_file_start_one_each() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").traced().spawn();
        let to = |session: &mut Session, dir: &str| {
            session.ok(&shell.cd(world.path(dir)));
        };
        costs(&mut session, 1, "in", |session| to(session, "in"));
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}");
        costs(&mut session, 0, "around in it, ten directories deep", |session| {
            for dir in [&format!("in/{DEEP}"), "in/a/b", "in", "in/a", "in"] {
                to(session, dir);
                session.run("");
            }
        });
        costs(&mut session, 1, "from one to another", |session| to(session, "other"));
        costs(&mut session, 1, "out", |session| to(session, "."));
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
        costs(&mut session, 1, "in, ten directories deep", |session| to(session, &format!("in/{DEEP}")));
        costs(&mut session, 1, "out again", |session| to(session, DEEP));
        costs(&mut session, 1, "in, with a command in the same line", |session| {
            session.ok(&shell.and(&shell.cd(world.path("in")), "true"));
        });
    }
}

#[test]
fn a_change_of_the_file_starts_one() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        world.write("in/.awsprofile", "dev\n");
        let mut session = world.start(shell).dir(world.path("in")).traced().spawn();
        costs(&mut session, 1, "edited", |session| {
            world.write("in/.awsprofile", "work\n");
            session.run("");
        });
        // One check of the ignored file.
        costs(&mut session, 1, "refused", |session| {
            world.write("in/.awsprofile", "nobody\n");
            session.run("");
            session.run("");
        });
        costs(&mut session, 1, "deleted", |session| {
            std::fs::remove_file(world.path("in/.awsprofile")).unwrap();
            session.run("");
            session.run("");
        });
    }
    world.write("in/.awsprofile", "dev\n");
}

#[test]
fn a_change_of_profile_starts_one() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        let traps = if shell == Shell::Zsh { "TRAPUSR1() { :; }" } else { "trap : USR1" };
        let mut session = world.start(shell).before(traps).traced().spawn();
        for line in [
            "aws-switch work",
            "aws-switch use dev",
            "aws-switch -",
            "aws-switch wrok",
            "aws-switch work --region eu-west-1",
            "aws-switch --unset",
            "aws-switch auto off",
            "aws-switch auto on",
            "aws-switch list",
            "aws-switch --help",
            &shell.set_env("AWS_PROFILE", "dev"),
            &shell.set_env("AWS_REGION", "eu-west-1"),
            &shell.set_env("AWS_ACCESS_KEY_ID", "k"),
            &shell.unset_env("AWS_ACCESS_KEY_ID"),
            &shell.unset_env("AWS_PROFILE"),
        ] {
            costs(&mut session, 1, line, |session| {
                session.run(line);
                session.run("");
            });
        }
    }
}

#[test]
fn a_helper_that_does_not_answer_is_asked_again_only_after_a_change() {
    for shell in Shell::available() {
        let world = world();
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        let log = world.path("log");
        world.program("aws-switch", &format!("#!/bin/sh\necho started >>'{}'\nexit 1\n", log.display()));
        session.ok(&shell.set_env("AWS_PROFILE", "dev"));
        for _ in 0..20 {
            assert_eq!(session.run("").text, "", "{shell:?}: told again");
        }
        let count = || std::fs::read_to_string(&log).unwrap().lines().count();
        assert_eq!(count(), 1, "{shell:?}");
        session.ok(&shell.set_env("AWS_PROFILE", "work"));
        assert_eq!(count(), 2, "{shell:?}");
    }
}

#[test]
fn tab_starts_one() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        let setup = if shell == Shell::Zsh {
            // compinit caches its result, as it takes seconds under strace.
            world.batch(shell, "autoload -Uz compinit && compinit -d ~/.zcompdump");
            "autoload -Uz compinit && compinit -C -d ~/.zcompdump"
        } else {
            shell.completion_setup()
        };
        let mut session = world.start(shell).before(setup).traced().spawn();
        // The first completion of a shell loads files of its own.
        for key in ["aws-switch wo", "aws-switch --re", "aws-switch use w"] {
            let line = match key {
                "aws-switch --re" => "aws-switch --region",
                "aws-switch use w" => "aws-switch use work",
                _ => "aws-switch work",
            };
            let press = |session: &mut Session| {
                session.keys(format!("{key}\t"));
                session.wait_line(&format!("test$ {line}"));
                session.keys("\x15");
                session.submit();
            };
            press(&mut session);
            costs(&mut session, 1, key, press);
        }
        if shell == Shell::Zsh {
            session.ok("zstyle ':completion:*' matcher-list 'm:{a-z}={A-Z}' 'r:|=*' 'l:|=* r:|=*'");
            costs(&mut session, 1, "what matches nothing", |session| {
                session.keys("aws-switch zz\t#");
                session.wait_line("test$ aws-switch zz#");
                session.keys("\x15");
                session.submit();
            });
        }
    }
}

#[test]
fn loading_starts_one_and_none_when_the_file_is_sourced() {
    if !trace::is_here() {
        return;
    }
    let world = world();
    for shell in Shell::available() {
        let file = world.write(format!("aws-switch.{}", shell.name()), shell.script());
        let source = format!("source {}", file.display());
        for (line, count) in [(shell.init_line(), 1), (&source, 0)] {
            let mut session = world.start(shell).integration("").dir(world.path(DEEP)).traced().spawn();
            let mut started = session.processes(|session| {
                session.ok(line);
                session.ok("");
            });
            // Some versions of bash have a subshell wait for the program of a $(…) that is typed.
            started.retain(|process| count == 0 || process.program.is_some());
            let helpers = started.iter().filter(|process| process.is_helper()).count();
            assert_eq!((helpers, started.len()), (count, count), "{shell:?}: {line}: {started:#?}");
            costs(&mut session, 1, "the first switch", |session| {
                session.ok("aws-switch work");
            });
        }
        let mut session = world.start(shell).integration("").env("AWS_PROFILE", "work").traced().spawn();
        costs(&mut session, 1, "sourced under a profile", |session| {
            session.ok(&source);
            session.ok("");
        });
    }
}
