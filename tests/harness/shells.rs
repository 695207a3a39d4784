//! The harness with a small function in the place of the integration.

use std::time::{Duration, Instant};

use crate::common::terminal::{SIZE, Terminal};
use crate::common::{Shell, World, trace};

const SOON: Duration = Duration::from_secs(10);

fn stub(shell: Shell) -> &'static str {
    match shell {
        Shell::Fish => "function stub; echo stubbed $argv; return 3; end",
        _ => "stub() { echo stubbed \"$@\"; return 3; }",
    }
}

#[test]
fn a_command_gives_its_text_and_status() {
    let world = World::new();
    for shell in Shell::available() {
        let mut session = world.start(shell).integration(stub(shell)).spawn();
        let output = session.run("stub one 'two  three'");
        assert_eq!((output.text.as_str(), output.status), ("stubbed one two  three", 3), "{shell:?}");
        let output = session.run("true");
        assert_eq!((output.text.as_str(), output.status), ("", 0), "{shell:?}");
        assert_eq!(session.ok("printf '\\n%s\\n\\n' last"), "\nlast", "{shell:?}");
        assert_eq!(session.ok("echo err >&2"), "err");
        let long = "x".repeat(450);
        assert_eq!(session.ok(&format!("echo {long}")), long, "{shell:?}");
        assert_eq!(session.run(&shell.fail_with(7)).status, 7, "{shell:?}");
        let many = session.ok("seq 1 300");
        assert_eq!((many.lines().count(), many.lines().last()), (300, Some("300")), "{shell:?}");
    }
}

#[test]
fn the_init_line_of_the_rc_file_is_loaded_between_the_other_lines() {
    let world = World::new();
    for shell in Shell::available() {
        let lines = [shell.set_local("BEFORE", "b"), shell.set_local("AFTER", "a")];
        let mut session = world.start(shell).before(&lines[0]).after(&lines[1]).spawn();
        assert_eq!(session.run("aws-switch nobody").status, 3, "{shell:?}: not the integration's own answer");
        assert_eq!(session.ok(&shell.print_var("BEFORE")), "<b>");
        assert_eq!(session.ok(&shell.print_var("AFTER")), "<a>");
        assert_eq!(session.ok(&shell.print_var("NEITHER")), "<>");
    }
}

#[test]
fn a_command_does_the_same_in_every_shell() {
    let world = World::new();
    let odd = world.dir("a 'b' \\ $(c) ü");
    for shell in Shell::available() {
        let mut session = world.start(shell).integration("").env("GIVEN", "g").spawn();
        assert_eq!(session.var("GIVEN").as_deref(), Some("g"), "{shell:?}");
        let value = r#"it's "$HOME" `x` \\ \' * ! é"#;
        session.ok(&shell.set_env("EXPORTED", value));
        session.ok(&shell.set_local("KEPT", value));
        assert_eq!(session.var("EXPORTED").as_deref(), Some(value), "{shell:?}");
        assert_eq!(session.var("KEPT"), None, "{shell:?}");
        session.ok(&shell.unset_env("EXPORTED"));
        assert_eq!(session.var("EXPORTED"), None, "{shell:?}");
        let line = shell.and(&shell.cd(&odd), "pwd");
        assert_eq!(session.ok(&line), odd.to_str().unwrap(), "{shell:?}");
        assert_eq!(session.var("PWD").as_deref(), odd.to_str(), "{shell:?}");
        assert_eq!(session.ok(&shell.subshell("printf in")), "in", "{shell:?}");
        let line = shell.then(&shell.fail_with(9), shell.print_status());
        assert_eq!(session.ok(&line), "status 9", "{shell:?}");
    }
}

#[test]
fn no_file_of_the_user_is_read() {
    let world = World::new();
    for shell in Shell::available() {
        let mut session = world.start(shell).integration("").spawn();
        let environment = session.environment();
        let home = world.home();
        assert_eq!(environment["HOME"], home.to_str().unwrap());
        assert!(!environment.keys().any(|name| name.starts_with("AWS") || name.starts_with("CARGO")));
        assert!(session.ok("aws-switch --version").starts_with("aws-switch "), "{shell:?}");
        assert_eq!(session.ok("pwd"), home.to_str().unwrap());
    }
}

#[test]
fn ctrl_c_ends_what_runs_and_drops_what_is_typed() {
    let world = World::new();
    for shell in Shell::available() {
        let mut session = world.start(shell).integration("").spawn();
        // Not "echo; sleep": between the two, a bash that is about to start sleep can lose the signal.
        session.keys("sh -c 'echo started; exec sleep 60'\r");
        session.wait_for("\nstarted", SOON);
        session.interrupt();
        assert_ne!(session.run("").status, 0, "{shell:?}");
        session.keys("echo unwanted");
        session.wait_for("$ echo unwanted", SOON);
        session.interrupt();
        assert_eq!(session.ok("echo wanted"), "wanted", "{shell:?}");
    }
}

#[test]
fn tab_completes_and_a_redrawn_prompt_is_no_new_one() {
    let world = World::new();
    world.write("only-one/file", "");
    for name in ["pair-a", "pair-b"] {
        world.write(name, "");
    }
    for shell in Shell::available() {
        let setup = shell.completion_setup();
        let mut session = world.start(shell).before(setup).integration("").spawn();
        session.keys("ls onl\t");
        session.wait_for("$ ls only-one/", SOON);
        assert_eq!(session.submit().text, "file", "{shell:?}");
        session.keys(if shell.is_bash() { "ls pair-\t\t" } else { "ls pair-\t" });
        session.wait_for("pair-b", SOON);
        session.wait_line("test$ ls pair-");
        session.keys("a");
        assert!(session.submit().text.ends_with("pair-a"), "{shell:?}");
        assert_eq!(session.ok("echo next"), "next", "{shell:?}");
    }
}

#[test]
fn the_prompt_and_its_colour_can_be_read() {
    let world = World::new();
    for shell in Shell::available() {
        let mark = shell.prompt_mark();
        let prompt = match shell {
            Shell::Zsh => format!("PROMPT=$'%F{{red}}(aws:prod)%f > {mark}'"),
            Shell::Fish => format!(
                "function fish_prompt; set -l s $status; set_color red; printf '(aws:prod)'; set_color normal; printf ' > {mark}' $s; end"
            ),
            _ => format!("PS1='\\[\\e[31m\\](aws:prod)\\[\\e[m\\] > {mark}'"),
        };
        let mut session = world.start(shell).integration("").after(&prompt).spawn();
        session.wait_for("(aws:prod) >", SOON);
        assert_eq!(session.prompt(), "(aws:prod) >", "{shell:?}");
        assert_eq!(session.colour_of("aws:"), Some(vt100::Color::Idx(1)), "{shell:?}");
        let output = session.run("false");
        assert_eq!((output.text.as_str(), output.status), ("", 1), "{shell:?}");
        assert_eq!(session.colour_of("nowhere"), None);
    }
}

#[test]
fn a_shell_that_ends_is_noticed() {
    let world = World::new();
    for shell in Shell::available() {
        let mut session = world.start(shell).integration("").spawn();
        session.keys("exit 5\r");
        assert_eq!(session.wait_end(), 5, "{shell:?}");
        let text = world.batch(shell, "echo out; exit 4");
        assert_eq!((text.stdout.as_slice(), text.status.code()), (&b"out\n"[..], Some(4)));
    }
}

#[test]
fn a_program_of_the_world_hides_that_of_the_system() {
    let world = World::new();
    world.program("ls", "#!/bin/sh\necho our ls\n");
    world.program("aws-switch", "#!/bin/sh\necho other helper\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).integration("").spawn();
        assert_eq!(session.ok("ls; aws-switch"), "our ls\nother helper", "{shell:?}");
    }
    let output = world.helper().arg("--version").output().unwrap();
    assert!(output.stdout.starts_with(b"aws-switch "), "{output:?}");
}

#[test]
fn started_processes_are_counted() {
    if !trace::is_here() {
        return;
    }
    let world = World::new();
    for shell in Shell::available() {
        let mut session = world.start(shell).integration(stub(shell)).traced().spawn();
        let nothing = session.processes(|session| {
            session.run("stub");
            session.run("cd .");
            session.run("");
        });
        assert_eq!(nothing, [], "{shell:?}");
        let two = session.processes(|session| {
            session.ok("/bin/true; /bin/true");
            session.ok("cd /");
        });
        let programs: Vec<_> = two.iter().map(|started| started.program.as_deref()).collect();
        assert_eq!(programs, [Some("/bin/true"); 2], "{shell:?}");
        let piped = session.processes(|session| {
            session.ok("echo x | cat");
        });
        assert!(!piped.is_empty(), "{shell:?}");
    }
}

#[test]
fn an_old_bash_and_odd_options_do_not_confuse_the_harness() {
    let world = World::new();
    for before in
        ["bind 'set enable-bracketed-paste off'", "shopt -u promptvars", "set -u -o noclobber", "set -o posix"]
    {
        let mut session = world.start(Shell::Bash).before(before).integration("").spawn();
        for word in ["one", "two"] {
            assert_eq!(session.run(&format!("echo; echo {word}")).text, format!("\n{word}"), "{before}");
        }
        session.run(&Shell::Bash.set_env("X", "x"));
        assert_eq!(session.run("echo $X").text, "x", "{before}");
    }
    let mut session = world.start(Shell::Bash).before("set -o noclobber").integration("").spawn();
    assert_eq!((session.var("HOME").is_some(), session.var("NONE")), (true, None));
}

#[test]
fn the_aws_cli_is_version_2() {
    if let Some(file) = crate::common::aws_cli() {
        let output = World::new().command(file).args(["configure", "list-profiles"]).output().unwrap();
        assert!(output.status.success());
    }
}

#[test]
fn the_terminal_answers_what_shells_ask() {
    let terminal = Terminal::new(SIZE);
    assert_eq!(terminal.feed(b"plain \x1b]11;?\x07"), b"");
    assert_eq!(terminal.feed(b"\x1b[c"), b"\x1b[?62;22c");
    assert_eq!(terminal.feed(b"\x1b[0c"), b"\x1b[?62;22c");
    assert_eq!(terminal.feed(b"\x1b[6n"), b"\x1b[1;7R");
}

#[test]
fn a_session_is_fast() {
    let world = World::new();
    for shell in Shell::available() {
        let begin = Instant::now();
        let mut session = world.start(shell).integration("").spawn();
        let start = begin.elapsed();
        let begin = Instant::now();
        for _ in 0..20 {
            session.ok("true");
        }
        let run = begin.elapsed() / 20;
        let begin = Instant::now();
        drop(session);
        println!("{shell:?}: start {start:?}, run {run:?}, end {:?}", begin.elapsed());
        // Far above the usual time, so that a busy machine passes, too.
        assert!(start < Duration::from_secs(5) && run < Duration::from_secs(1));
    }
}
