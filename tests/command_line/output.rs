//! The output of the helper on a terminal, into a pipe, and into a closed pipe.

use std::fmt::Write;

use crate::common::hostile_names::STEERING;
use crate::common::{Output, Session, Shell, World};

fn hostile_profiles(world: &World) {
    let section = |mut text: String, (name, _): &(&str, &str)| {
        writeln!(text, "[profile \"{name}\"]\nregion = {name}").unwrap();
        text
    };
    world.config(&STEERING.iter().fold(String::new(), section));
}

fn assert_escaped(output: &Output, what: &str) {
    let raw = String::from_utf8_lossy(&output.raw);
    let own = |text: &str| {
        // Sequences of the prompt's mark, of line editors and of colours.
        text.replace("\u{1b}]7777;", "").replace("\u{1b}[?", "").replace(['\r', '\n'], "")
    };
    let raw = own(&raw);
    for part in ["\u{1b}[31mred", "\u{1b}]0;title", "\u{8}\u{8}\u{8}", "\u{7f}", "\u{9b}", "\u{202e}", "\u{2066}"] {
        assert!(!raw.contains(part), "{what}: {part:?} in {raw:?}");
    }
    for part in ["\u{200f}", "\u{200b}", "\u{feff}", "\u{61c}", "\u{2028}", "\u{2029}", "tab\tx"] {
        assert!(!raw.contains(part), "{what}: {part:?} in {raw:?}");
    }
}

fn start(world: &World, shell: Shell) -> Session {
    world.start(shell).integration("").spawn()
}

#[test]
fn names_regions_and_paths_reach_a_terminal_escaped() {
    let world = World::new();
    hostile_profiles(&world);
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for line in ["aws-switch list", "aws-switch list --names", "aws-switch"] {
            let output = session.run(line);
            assert_eq!(output.status, 0, "{shell:?}: {line}");
            assert_escaped(&output, line);
            for (_, shown) in STEERING {
                assert!(output.text.contains(shown), "{shell:?}: {line}: {shown} in\n{}", output.text);
            }
        }
        for (name, shown) in STEERING {
            let mut session =
                world.start(shell).integration("").env("AWS_PROFILE", name).env("AWS_REGION", name).spawn();
            for line in ["aws-switch current", "aws-switch current --name", "aws-switch current --json"] {
                let output = session.run(line);
                if line.ends_with("json") {
                    // JSON escapes the C0 controls in its own way.
                    continue;
                }
                assert_escaped(&output, line);
                assert!(output.text.contains(shown), "{shell:?}: {line}: {}", output.text);
            }
        }
        world.write("odd\u{1b}[31mred\u{202e}/.awsprofile", "gone\u{9b}\n");
        for line in ["aws-switch resolve odd*", "aws-switch resolve /no/such/odd*"] {
            assert_escaped(&session.run(line), line);
        }
    }
}

#[test]
fn a_switch_prints_the_name_escaped_and_sets_it_raw() {
    let world = World::new();
    hostile_profiles(&world);
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for (number, (name, shown)) in STEERING.into_iter().enumerate() {
            world.write("name", name);
            let read = if shell == Shell::Fish { "(cat name | string collect)" } else { "\"$(cat name)\"" };
            let output = session.run(&format!("aws-switch {read}"));
            assert_eq!(output.status, 0, "{shell:?}: {}", output.text);
            assert_escaped(&output, name);
            // The region of each has these characters too.
            let line = format!("aws-switch: warning: switched to {shown}, but it has a wrong setting: ~/.aws/config:");
            assert!(output.text.starts_with(&line), "{number}: {}", output.text);
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(name), "{shell:?}");
            assert!(session.prompt().contains(shown), "{shell:?}: {}", session.prompt());
        }
    }
}

#[test]
fn names_go_raw_through_a_pipe() {
    let world = World::new();
    hostile_profiles(&world);
    let wanted = STEERING.iter().fold(String::new(), |text, (name, _)| text + name + "\n");
    for arguments in [&["list", "--names"][..], &[]] {
        let output = world.helper().args(arguments).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), wanted);
    }
    for (name, _) in STEERING {
        let output = world.helper().args(["current", "--name"]).env("AWS_PROFILE", name).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{name}\n"));
        let json = world.helper().args(["current", "--json"]).env("AWS_PROFILE", name).output().unwrap().stdout;
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&json).unwrap()["profile"], name);
    }
}

#[test]
fn colour_is_for_a_terminal_without_no_color() {
    let world = World::new();
    world.config("[profile work]\n[profile prod]\n");
    let coloured = |output: &Output| {
        let raw = String::from_utf8_lossy(&output.raw);
        ["  NAME", "* work", "  prod"].map(|row| {
            let (before, _) = raw.split_once(row).unwrap();
            before.ends_with('m')
        })
    };
    for shell in Shell::available() {
        let line = "aws-switch list";
        let mut session = world.start(shell).integration("").env("AWS_PROFILE", "work").spawn();
        assert_eq!(coloured(&session.run(line)), [true; 3], "{shell:?}");
        assert_eq!(coloured(&session.run("aws-switch list | cat")), [false; 3], "{shell:?}");
        session.ok(&shell.set_env("NO_COLOR", ""));
        assert_eq!(coloured(&session.run(line)), [true; 3], "{shell:?}");
        session.ok(&shell.set_env("NO_COLOR", "1"));
        assert_eq!(coloured(&session.run(line)), [false; 3], "{shell:?}");
    }
}

#[test]
fn the_severity_of_a_message_has_a_colour_on_a_terminal_without_no_color() {
    let world = World::new();
    world.config("[profile work]\nregion = eu-west-1\n[profile broken]\nsource_profile = gone\nrole_arn = arn\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        // The helper prints the one, the script the other.
        for (line, severity, colour) in [("wrok", "error", "\u{1b}[31m"), ("broken", "warning", "\u{1b}[33m")] {
            let line = format!("aws-switch {line}");
            let has_colour = |output: Output| {
                assert!(output.text.contains(&format!("aws-switch: {severity}: ")), "{shell:?}: {}", output.text);
                String::from_utf8_lossy(&output.raw).contains(&format!("{colour}{severity}:"))
            };
            session.run(&shell.set_env("NO_COLOR", ""));
            assert!(has_colour(session.run(&line)), "{shell:?}: {line}");
            session.run(&shell.set_env("NO_COLOR", "1"));
            assert!(!has_colour(session.run(&line)), "{shell:?}: {line}, with NO_COLOR");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let world = World::new();
    let many: String = (0..20_000).map(|number| format!("[profile number-{number}]\n")).collect();
    world.config(&many);
    if !Shell::Bash.is_here() {
        return;
    }
    for arguments in ["", "list", "list --json", "list --names", "--help", "init bash", "completions zsh", "current"] {
        let script = format!("aws-switch {arguments} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}");
        let output = world.batch(Shell::Bash, &script);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "0\n", "{arguments}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments}");
    }
    let output = world.batch(Shell::Bash, "aws-switch list --names >&-; echo $?; aws-switch list 2>&- | wc -l");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.ends_with("20001\n"), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_of_one_line() {
    let world = World::new();
    world.config("[profile work]\n");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for words in ["list", "list --json", "list --names", "show work", "current", "doctor", "--help", "init bash", "man"]
    {
        let output = world.helper().args(words.split(' ')).stdout(full.try_clone().unwrap()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert_eq!(stderr, "aws-switch: error: cannot write the output: No space left on device\n", "{words}");
    }
}

#[test]
fn a_protected_profile_is_red_wherever_it_is_printed() {
    let world = World::new();
    world.config("[profile acme-prod]\n[profile dev]\n");
    world.write("guarded/.awsprofile", "acme-prod\n");
    world.write("free/.awsprofile", "dev\n");
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for line in ["aws-switch list", "aws-switch show acme-prod", "aws-switch resolve guarded"] {
            let raw = String::from_utf8_lossy(&session.run(line).raw).into_owned();
            assert_eq!(raw.matches("\u{1b}[31m").count(), 1, "{shell:?}: {line}: {raw:?}");
        }
        for (profile, red) in [("acme-prod", 1), ("dev", 0)] {
            session.ok(&shell.set_env("AWS_PROFILE", profile));
            let raw = String::from_utf8_lossy(&session.run("aws-switch current").raw).into_owned();
            assert_eq!(raw.matches("\u{1b}[31m").count(), red, "{shell:?}: {profile}: {raw:?}");
        }
        let raw = String::from_utf8_lossy(&session.run("aws-switch resolve free").raw).into_owned();
        assert!(!raw.contains("\u{1b}[31m"), "{shell:?}: {raw:?}");
    }
}
