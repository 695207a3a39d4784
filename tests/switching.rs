//! The limits of a switch: readonly, universal and empty variables, other terminals, subshells, scripts, and commands
//! that only print.

use crate::common::{Shell, World};

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\nregion = eu-west-1\n[profile dev]\n");
    world
}

#[test]
fn a_readonly_profile_variable_stays_and_nothing_else_changes() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| *shell != Shell::Fish) {
        for (line, make) in [
            ("aws-switch work", "export AWS_PROFILE=dev; readonly AWS_PROFILE"),
            ("aws-switch --unset", "export AWS_PROFILE=dev; readonly AWS_PROFILE"),
            ("aws-switch work --region eu-west-1", "export AWS_PROFILE; readonly AWS_PROFILE"),
        ] {
            let mut session =
                world.start(shell).env("AWS_ACCESS_KEY_ID", "k").env("AWS_DEFAULT_PROFILE", "dev").spawn();
            session.ok(make);
            let before = session.environment();
            let output = session.run(line);
            assert_eq!(output.status, 1, "{shell:?}: {line}: {}", output.text);
            assert_eq!(output.text.lines().count(), 1, "{shell:?}: {line}: {}", output.text);
            let message = output.text.strip_prefix("aws-switch: ").expect(&output.text);
            assert!(message.contains("AWS_PROFILE") && message.contains("readonly"), "{shell:?}: {message}");
            let mut after = session.environment();
            after.insert("_".to_owned(), before.get("_").cloned().unwrap_or_default());
            let mut before = before;
            before.entry("_".to_owned()).or_default();
            assert_eq!(after, before, "{shell:?}: {line}");
        }
    }
}

#[test]
fn under_a_local_variable_of_a_function_nothing_changes_and_no_key_is_lost() {
    let world = world();
    for (shell, function) in [
        (Shell::Zsh, "f() { local AWS_PROFILE; aws-switch work }"),
        (Shell::Zsh, "f() { local -x AWS_PROFILE=dev; aws-switch work }"),
        (Shell::Fish, "function f; set -lx AWS_PROFILE dev; aws-switch work; end"),
    ] {
        if !shell.is_here() {
            continue;
        }
        let start = world.start(shell).env("AWS_PROFILE", "dev").env("AWS_ACCESS_KEY_ID", "k");
        let mut session = start.spawn();
        session.ok(function);
        let output = session.run("f");
        let line = "aws-switch: error: AWS_PROFILE is a local variable here; nothing changed";
        assert_eq!((output.status, output.text.as_str()), (1, line), "{shell:?}: {function}");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}: {function}");
        assert_eq!(session.var("AWS_ACCESS_KEY_ID").as_deref(), Some("k"), "{shell:?}: {function}");
    }
}

#[test]
fn the_way_back_from_a_for_that_is_over_is_its_end() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "dev").spawn();
        session.ok("aws-switch work");
        let text = session.ok("aws-switch dev --for 1s; sleep 2; aws-switch -");
        assert_eq!(text.lines().last(), Some("aws-switch: the time for dev (1s) is over: back to work"), "{shell:?}");
        assert_eq!(session.ok("aws-switch -"), "aws-switch: switched to dev", "{shell:?}");
    }
}

#[test]
fn unset_prints_the_default_profile_that_it_unsets() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_DEFAULT_PROFILE", "dev").spawn();
        let text = session.ok("aws-switch --unset");
        assert!(text.starts_with("aws-switch: switched to no profile; AWS_DEFAULT_PROFILE was unset "), "{text}");
    }
}

#[test]
fn whatever_ifs_is_saved_keys_come_back() {
    let world = world();
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_ACCESS_KEY_ID", "id").env("AWS_SECRET_ACCESS_KEY", "secret");
        let mut session = start.spawn();
        for ifs in ["", ":", "_"] {
            session.ok(&shell.set_local("IFS", ifs));
            session.ok("aws-switch work");
            assert_eq!(session.var("AWS_ACCESS_KEY_ID"), None, "{shell:?}: {ifs:?}");
            session.ok("aws-switch -");
            let found =
                ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| session.var(name).unwrap_or_default());
            assert_eq!(found, ["id", "secret"], "{shell:?}: {ifs:?}");
        }
    }
}

#[test]
fn in_bash_no_global_variable_appears_behind_a_local_one_that_a_switch_unsets() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let start = world.start(shell).env("AWS_PROFILE", "outside").env("AWS_ACCESS_KEY_ID", "global");
        let mut session = start.spawn();
        let show = "printenv AWS_PROFILE AWS_ACCESS_KEY_ID";
        session.ok(&format!("f() {{ local -x AWS_PROFILE=dev; aws-switch --unset; {show}; }}"));
        session.ok(&format!("g() {{ local -x AWS_ACCESS_KEY_ID=inside; aws-switch work; {show}; }}"));
        let text = session.run("f").text;
        assert_eq!(text.lines().nth(1), Some("global"), "{shell:?}: {text}");
        let text = session.run("g").text;
        assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), ["work"], "{shell:?}: {text}");
    }
}

#[test]
fn under_nocasematch_a_profile_named_like_a_command_in_other_letters_is_one() {
    let world = World::new();
    world.config("[profile Env]\n");
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let mut session = world.start(shell).spawn();
        session.ok("shopt -s nocasematch");
        assert_eq!(session.ok("aws-switch Env"), "aws-switch: switched to Env", "{shell:?}");
    }
}

#[test]
fn help_among_other_short_options_is_printed_and_changes_nothing() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for line in ["aws-switch -yh", "aws-switch use -hy", "aws-switch work -yV"] {
            let text = session.ok(line);
            assert!(text.contains("aws-switch") && !text.contains("error"), "{shell:?}: {line}: {text}");
            assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?}: {line}");
        }
    }
}

#[test]
fn a_region_variable_that_you_change_after_region_stays_and_so_does_the_other() {
    let world = world();
    for shell in Shell::available() {
        for (changed, other) in [("AWS_REGION", "AWS_DEFAULT_REGION"), ("AWS_DEFAULT_REGION", "AWS_REGION")] {
            let mut session = world.start(shell).env("AWS_REGION", "eu-north-1").env(other, "eu-north-1").spawn();
            session.ok("aws-switch dev --region us-west-2");
            session.ok(&shell.set_env(changed, "ap-south-1"));
            session.ok("aws-switch work");
            assert_eq!(session.var(changed).as_deref(), Some("ap-south-1"), "{shell:?}: {changed}");
            assert_eq!(session.var(other).as_deref(), Some("us-west-2"), "{shell:?}: {changed}");
        }
    }
}

#[test]
fn a_readonly_key_is_reported_and_nothing_is_switched() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| *shell != Shell::Fish) {
        let mut session = world.start(shell).env("AWS_ACCESS_KEY_ID", "k").env("AWS_PROFILE", "dev").spawn();
        session.ok("readonly AWS_ACCESS_KEY_ID");
        let output = session.run("aws-switch work");
        assert_eq!(output.status, 1, "{shell:?}: {}", output.text);
        let message = "aws-switch: error: AWS_ACCESS_KEY_ID is readonly in this shell; nothing changed";
        assert_eq!(output.text, message, "{shell:?}");
        let profile = session.var("AWS_PROFILE");
        assert_eq!(profile.as_deref(), Some("dev"), "{shell:?}: {}", output.text);
        assert_eq!(session.run("").text, "", "{shell:?}: said again");
    }
}

#[test]
fn in_bash_a_readonly_ifs_is_reported_and_nothing_changes() {
    let world = world();
    world.config("[profile work]\n[profile \"my profile\"]\n");
    world.write("in/.awsprofile", "work\n");
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let mut session = world.start(shell).spawn();
        session.ok("readonly IFS");
        let message = "aws-switch: error: IFS is readonly in this shell; nothing changed";
        assert_eq!(session.run("aws-switch work").text, message, "{shell:?}");
        assert_eq!(session.ok("cd in"), message, "{shell:?}");
        assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?}");
        session.keys("aws-switch m\tx");
        session.wait_line("test$ aws-switch mx");
    }
}

#[test]
fn in_fish_a_universal_profile_is_reported_with_the_fix() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    let mut session = world.start(Shell::Fish).spawn();
    session.ok("set -Ux AWS_PROFILE dev");
    session.ok("aws-switch work");
    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"));
    let output = session.run("aws-switch --unset");
    assert_eq!(output.status, 1, "{}", output.text);
    assert_eq!(output.text.lines().count(), 1, "{}", output.text);
    assert!(
        output.text.starts_with("aws-switch: error: ") && output.text.contains("set -eU AWS_PROFILE"),
        "{}",
        output.text
    );
    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"));
    assert_eq!(session.run("").text, "", "printed again");
    session.ok("set -eU AWS_PROFILE");
    session.ok("aws-switch --unset");
    assert_eq!(session.var("AWS_PROFILE"), None);
}

#[test]
fn in_fish_a_hidden_variable_is_reported_and_nothing_changes() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    world.write("in/.awsprofile", "work\n");
    let mut session = world.start(Shell::Fish).env("AWS_PROFILE", "dev").spawn();
    let shown = "env | string match -r '^(?:AWS_|__AWS_SWITCH_STATE).*' | sort";
    for (before, line, after, message) in [
        ("set -Ux AWS_ACCESS_KEY_ID k", "aws-switch work", "set -eU AWS_ACCESS_KEY_ID", "set -eU AWS_ACCESS_KEY_ID"),
        (
            "set -Ux AWS_DEFAULT_PROFILE dev",
            "aws-switch work",
            "set -eU AWS_DEFAULT_PROFILE",
            "set -eU AWS_DEFAULT_PROFILE",
        ),
        ("set -gx AWS_SECRET_ACCESS_KEY s", "AWS_SECRET_ACCESS_KEY=x aws-switch work", "true", "local variable"),
        ("true", "AWS_PROFILE=other aws-switch work", "true", "local variable"),
    ] {
        session.ok(before);
        let environment = session.ok(shown);
        let output = session.run(line);
        assert_eq!(output.status, 1, "{line}: {}", output.text);
        assert_eq!(output.text.lines().count(), 1, "{line}: {}", output.text);
        assert!(
            output.text.starts_with("aws-switch: error: AWS_") && output.text.contains(message),
            "{line}: {}",
            output.text
        );
        assert_eq!(session.ok(shown), environment, "{line}");
        session.ok(after);
    }
    session.ok("set -e AWS_SECRET_ACCESS_KEY");
    // The file applies once the function that hid the variable returns.
    session.ok("function deploy; set -lx AWS_PROFILE other; cd in; env | string match 'AWS_PROFILE=*'; end");
    let text = session.ok("deploy");
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        matches!(lines[..], [hidden, "AWS_PROFILE=other", now]
        if hidden.contains("local variable") && now.ends_with("work is active (~/in/.awsprofile)")),
        "{text}"
    );
    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"));
    // Also where it had the same value.
    session.ok("cd ..");
    let text = session.ok("function deploy; set -lx AWS_PROFILE $AWS_PROFILE; cd in; end; deploy");
    assert!(text.ends_with("work is active (~/in/.awsprofile)"), "{text}");
}

#[test]
fn a_switch_makes_no_universal_variable() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    let mut first = world.start(Shell::Fish).spawn();
    first.ok("aws-switch work --region eu-north-1");
    assert_eq!(first.ok("set -Ux | string match -r '(?i)aws.*'; true"), "");
    let mut second = world.start(Shell::Fish).spawn();
    assert_eq!(second.var("AWS_PROFILE"), None);
}

#[test]
fn an_empty_profile_is_an_unset_one() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "").spawn();
        assert_eq!(session.prompt(), "test$", "{shell:?}");
        let current = session.ok("aws-switch current --json");
        assert!(current.contains(r#""from":"none""#), "{shell:?}: {current}");
        session.ok("aws-switch work");
        session.ok(&shell.set_env("AWS_PROFILE", ""));
        assert_eq!(session.prompt(), "test$", "{shell:?}");
        // The last switch was to no profile: its variable is unset, not empty.
        session.ok("aws-switch dev");
        session.ok("aws-switch -");
        assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?}");
    }
}

#[test]
fn nothing_of_a_switch_is_shared_between_terminals() {
    let world = world();
    for shell in Shell::available() {
        let mut first = world.start(shell).spawn();
        let mut second = world.start(shell).spawn();
        first.ok("aws-switch work");
        first.ok("aws-switch dev");
        assert_eq!(second.run("aws-switch -").status, 1, "{shell:?}");
        assert_eq!(second.run("").text, "", "{shell:?}");
        assert_eq!(second.var("AWS_PROFILE"), None, "{shell:?}");
        let mut third = world.start(shell).spawn();
        assert_eq!(third.var("AWS_PROFILE"), None, "{shell:?}");
        assert_eq!(first.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}");
    }
}

#[test]
fn a_command_that_only_prints_has_the_terminal_on_stdout() {
    for shell in Shell::available() {
        let world = World::new();
        let mut session = world.start(shell).spawn();
        // From here on the helper prints its arguments, and whether its stdout is a terminal or the script.
        world.program(
            "aws-switch",
            "#!/bin/sh\nif [ -t 1 ]; then to=terminal; else to=script; echo 'aws-switch 3 failed'; fi\n\
             printf '%s %s [%s]\\n' \"$to\" \"$__AWS_SWITCH_WIRE\" \"$*\" >&2\nexit 7\n",
        );
        for arguments in [
            "list",
            "list --json",
            "current --name",
            "resolve .",
            "init zsh",
            "setup --undo",
            "completions fish",
            "--help",
            "-h",
            "--version",
            "-V",
            "work --help",
            "use --help",
            "auto -h",
            "pin --help",
        ] {
            let output = session.run(&format!("aws-switch {arguments}"));
            assert_eq!(output.text, format!("terminal  [{arguments}]"), "{shell:?}");
            assert_eq!(output.status, 7, "{shell:?}: {arguments}");
        }
        for arguments in
            ["", "work", "-", "--unset", "use list", "use -- --help", "auto", "auto off", "pin x", "allow", "deny ."]
        {
            let output = session.run(&format!("aws-switch {arguments}"));
            assert_eq!(output.text, format!("script 3 [{arguments}]"), "{shell:?}");
            assert_eq!(output.status, 7, "{shell:?}: {arguments}");
        }
    }
}

#[test]
fn help_names_the_commands() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let text = session.ok("aws-switch --help");
        for word in ["aws-switch", "--unset", "--region", "use", "list", "current", "resolve", "auto", "pin", "setup"] {
            assert!(text.contains(word), "{shell:?}: {word}: {text}");
        }
    }
}

#[test]
fn a_switch_that_ends_with_a_subshell_warns() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let there = if shell == Shell::Fish { "echo (aws-switch work)" } else { "(aws-switch work)" };
        // bash before 5.1 may not count a pipe as a subshell without a group of commands before it.
        let piped = if shell.is_old_bash() { "{ aws-switch work; } | cat" } else { "aws-switch work | cat" };
        for line in [there, piped, "aws-switch work"] {
            let text = session.ok(line);
            let is_active = session.var("AWS_PROFILE").as_deref() == Some("work");
            assert_eq!(is_active, shell == Shell::Fish || line == "aws-switch work", "{shell:?}: {line}");
            let printed =
                if is_active { "switched to work" } else { "warning: switched to work, in this subshell only" };
            assert_eq!(text, format!("aws-switch: {printed}"), "{shell:?}: {line}");
            session.ok("aws-switch --unset");
        }
        let text = session.run("aws-switch wrok | cat").text;
        assert_eq!(text.lines().count(), 1, "{shell:?}: {text}");
    }
}

#[test]
fn a_script_switches_too() {
    let world = world();
    for shell in Shell::available() {
        let print = shell.print_var("AWS_PROFILE");
        let load = shell.init_line();
        let script = format!(
            "{load}\naws-switch work\n/usr/bin/env | grep ^AWS_PROFILE\naws-switch wrok\n{}\n{print}\naws-switch --unset\n{print}",
            shell.print_status(),
        );
        let finished = world.batch(shell, &script);
        let stdout = String::from_utf8_lossy(&finished.stdout);
        assert_eq!(stdout, "AWS_PROFILE=work\nstatus 3\n<work>\n<>\n", "{shell:?}");
        let stderr = String::from_utf8_lossy(&finished.stderr);
        assert_eq!(stderr.lines().count(), 3, "{shell:?}: {stderr}");
        assert!(stderr.lines().all(|line| line.starts_with("aws-switch: ")), "{shell:?}: {stderr}");
    }
}

#[test]
fn the_helper_alone_reports_that_it_cannot_switch() {
    let world = world();
    for arguments in [&["work"][..], &["-"], &["--unset"], &["use", "work"], &["auto"]] {
        let finished = world.helper().args(arguments).output().unwrap();
        let stderr = String::from_utf8_lossy(&finished.stderr);
        assert_eq!((finished.status.code(), finished.stdout.as_slice()), (Some(1), &b""[..]), "{arguments:?}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("aws-switch: ") && stderr.contains("setup"), "{arguments:?}: {stderr}");
    }
}

#[test]
fn another_version_of_the_script_is_answered_with_start_a_new_shell() {
    let world = world();
    let file = world.write(".awsprofile", "base\n");
    for arguments in [
        &["work"][..],
        &["-"],
        &["--unset"],
        &["auto"],
        &["__hook", "change"],
        &["pin", "work"],
        &["pin", "--remove"],
        &["allow"],
        &["deny"],
    ] {
        let finished = world.helper().env("__AWS_SWITCH_WIRE", "0").args(arguments).output().unwrap();
        let stderr = String::from_utf8_lossy(&finished.stderr);
        assert_eq!((finished.status.code(), finished.stdout.as_slice()), (Some(1), &b""[..]), "{arguments:?}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("aws-switch: ") && stderr.contains("start a new shell"), "{arguments:?}: {stderr}");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "base\n");
    assert!(!world.path(".local/state/aws-switch/trust").exists(), "nothing is trusted or denied");
}
