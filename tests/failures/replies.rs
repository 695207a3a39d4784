//! Replies of the helper: invalid ones, truncated at any byte, as by a killed helper, or garbage; and hostile values.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{Random, Shell, World};

/// The variables before each switch.
const BEFORE: [(&str, &str); 6] = [
    ("AWS_PROFILE", "work"),
    ("AWS_DEFAULT_PROFILE", "other"),
    ("AWS_REGION", "eu-west-1"),
    ("AWS_ACCESS_KEY_ID", "id"),
    ("AWS_SECRET_ACCESS_KEY", "secret"),
    ("AWS_CONFIG_FILE", "/kept"),
];

type Environment = BTreeMap<String, String>;

/// The exported variables before, and after each of these answers to a switch in one shell.
fn after_each(world: &World, shell: Shell, answers: &[Vec<u8>]) -> Vec<Environment> {
    for (number, answer) in answers.iter().enumerate() {
        world.write(format!("answers/{number}"), answer);
    }
    let fake = world.write("fake/aws-switch", "#!/bin/sh\nread -r number <~/number\nexec cat ~/answers/$number\n");
    fs::set_permissions(&fake, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let last = answers.len() - 1;
    let set: String = BEFORE.iter().map(|(name, value)| shell.set_env(name, value) + "; ").collect();
    let show = |to: &str| format!("/usr/bin/env -0 >~/after/{to}");
    let turn = format!("{set} aws-switch dev >/dev/null 2>&1");
    let (path, start) = match shell {
        Shell::Fish => ("set -gx PATH ~/fake $PATH", format!("for n in (seq 0 {last})")),
        _ => ("PATH=~/fake:$PATH", format!("for n in {{0..{last}}}; do")),
    };
    let end = if shell == Shell::Fish { "end" } else { "done" };
    world.dir("after");
    let script = format!(
        "{}\n{path}\n{set}\n{}\n{start}\necho $n >~/number\n{turn}\n{}\n{end}\necho alive",
        shell.init_line(),
        show("start"),
        show("$n"),
    );
    let ran = world.batch(shell, &script);
    let (out, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(out.ends_with("alive\n"), "{shell:?}: {out}{errors}");
    let read = |name: String| -> Environment {
        let bytes = fs::read(world.path(format!("after/{name}"))).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let pairs = text.split('\0').filter_map(|pair| pair.split_once('='));
        // zsh and bash set these for each command.
        let pairs = pairs.filter(|(name, _)| !["_", "SHLVL"].contains(name));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    std::iter::once("start".to_owned()).chain((0..=last).map(|number| number.to_string())).map(read).collect()
}

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world
}

#[test]
fn an_answer_that_is_truncated_at_any_byte_switches_nothing() {
    let world = world();
    let mut helper = world.helper();
    helper.envs(BEFORE).env("__AWS_SWITCH_WIRE", "3").env("AWS_CONFIG_FILE", world.path(".aws/config"));
    let whole = helper.args(["dev", "--region", "eu-north-1", "--for", "30m"]).output().unwrap().stdout;
    assert!(whole.ends_with(b"\nend\n") && whole.len() > 200, "{}", String::from_utf8_lossy(&whole));
    for shell in Shell::available() {
        // Without its last newline the answer is still complete.
        let cut: Vec<Vec<u8>> = (0..whole.len() - 1).chain([whole.len()]).map(|at| whole[..at].to_vec()).collect();
        let mut seen = after_each(&world, shell, &cut).into_iter();
        let start = seen.next().unwrap();
        let full = seen.next_back().unwrap();
        for (at, after) in seen.enumerate() {
            assert_eq!(after, start, "{shell:?}: cut at byte {at}");
        }
        let gone = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_PROFILE"];
        assert!(gone.iter().all(|name| !full.contains_key(*name)), "{shell:?}: {full:?}");
        assert_eq!((&*full["AWS_PROFILE"], &*full["AWS_REGION"]), ("dev", "eu-north-1"), "{shell:?}");
    }
}

/// A complete answer with random lines.
fn garbage(random: &mut Random) -> Vec<u8> {
    const VERBS: [&str; 13] = [
        "set", "unset", "swap", "discard", "state", "auto", "segment", "style", "recheck", "print", "eval", "-", "end",
    ];
    const NAMES: [&str; 20] = [
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_CONFIG_FILE",
        "AWS_SWITCH_AUTO",
        "AWS_X",
        "PATH",
        "HOME",
        "IFS",
        "BASH_ENV",
        "LD_PRELOAD",
        "PROMPT_COMMAND",
        "fish_function_path",
        "__aws_switch_program",
        "AWS_PROFILE AWS_REGION",
        "AWS_",
        "AWS_[$(touch canary)]",
        "a[$(touch canary)]",
        "-f aws-switch",
        "AWS_PROFILE;touch canary",
    ];
    const VALUES: [&str; 17] = [
        "x",
        "",
        "$(touch canary)",
        "`touch canary`",
        "a[$(touch canary)]",
        "';touch canary;'",
        "\";touch canary;\"",
        "*",
        "1 1",
        "9999999999999999999999 1",
        "1 a[$(touch canary)]",
        "08 09",
        "%n%F{red}",
        "\u{1b}[31m",
        "\\e]0;x\\a",
        "-e x",
        "\r",
    ];
    let mut answer = b"aws-switch 3\n".to_vec();
    for _ in 0..random.below(7) {
        let parts = [random.pick(&VERBS), random.pick(&NAMES), random.pick(&VALUES)];
        let line = parts[..1 + random.below(3)].join(" ");
        answer.extend(line.bytes());
        if random.below(6) == 0 {
            answer.extend((0..random.below(20)).map(|_| u8::try_from(random.below(256)).unwrap()));
        }
        // Verbs without a name.
        if random.below(3) == 0 {
            answer.extend(format!("\n{} {}", random.pick(&VERBS), random.pick(&VALUES)).bytes());
        }
        answer.push(b'\n');
    }
    answer.extend(b"end\n");
    answer
}

#[test]
fn garbage_changes_only_variables_of_aws() {
    let mut random = Random::new("garbage for answers");
    let answers: Vec<Vec<u8>> = (0..300).map(|_| garbage(&mut random)).collect();
    let world = world();
    for shell in Shell::available() {
        let seen = after_each(&world, shell, &answers);
        let others = |environment: &Environment| -> Environment {
            let all = environment.clone().into_iter();
            all.filter(|(name, _)| !name.starts_with("AWS") && name != "__AWS_SWITCH_STATE").collect()
        };
        for (answer, after) in answers.iter().zip(&seen[1..]) {
            assert_eq!(others(after), others(&seen[0]), "{shell:?}: {}", String::from_utf8_lossy(answer));
        }
        assert!(!world.path("canary").exists(), "{shell:?}: a part of an answer was run");
    }
}

/// The answer of the helper to a script.
fn answer(world: &World, directory: &str, variables: &[(&str, &str)], words: &[&str]) -> String {
    let mut helper = world.helper();
    helper.current_dir(world.path(directory)).env("PWD", world.path(directory)).env("__AWS_SWITCH_WIRE", "3");
    let output = helper.envs(variables.iter().copied()).args(words).output().unwrap();
    assert!(output.stdout == b"aws-switch 3 failed\n" || output.stdout.ends_with(b"\nend\n"), "{words:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_line_break_in_a_value_adds_no_line_to_an_answer() {
    const PLANTED: &str = "set AWS_CONFIG_FILE /evil";
    let is_planted = |answer: &str| answer.split(['\n', '\r']).any(|line| line == PLANTED);
    let world = world();
    world.write("in/.awsprofile", "work\nus-east-1\n");
    let set = [
        ("AWS_PROFILE", "dev"),
        ("AWS_DEFAULT_PROFILE", "work"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-2"),
    ];
    let commands = [
        &["__hook", "load"][..],
        &["__hook", "change"],
        &["work"],
        &["work", "--region", "x\nset AWS_CONFIG_FILE /evil"],
        &["--unset"],
        &["-"],
        &["auto", "off"],
    ];
    for line_break in ["\n", "\r"] {
        // Each variable, on entering a directory and elsewhere.
        for (at, directory) in (0..set.len()).flat_map(|at| [(at, ""), (at, "in")]) {
            let mut hostile = set;
            let value = format!("{}{line_break}{PLANTED}{line_break}x", set[at].1);
            hostile[at].1 = &value;
            for words in commands {
                let answer = answer(&world, directory, &hostile, words);
                assert!(!is_planted(&answer), "{}: {words:?}: {answer}", set[at].0);
            }
        }
        // Each value of an inherited state, on leaving the directory and going back.
        let entered = answer(&world, "in", &set, &["__hook", "load"]);
        let state = entered.lines().find_map(|line| line.strip_prefix("set __AWS_SWITCH_STATE ")).unwrap();
        let fields: Vec<&str> = state.split(':').collect();
        let values: Vec<usize> = (0..fields.len()).filter(|&at| fields[at].starts_with('=')).collect();
        assert_eq!(values.len(), 7, "{state}");
        for at in values {
            let mut fields = fields.clone();
            let encoded = PLANTED.replace(' ', "%20");
            let line_break = if line_break == "\n" { "%0A" } else { "%0D" };
            let field = format!("{}{line_break}{encoded}{line_break}x", fields[at]);
            fields[at] = &field;
            let state = fields.join(":");
            let inherited = [("AWS_PROFILE", "work"), ("AWS_REGION", "us-east-1"), ("AWS_DEFAULT_REGION", "us-east-1")];
            for words in commands {
                let variables = [&inherited[..], &[("__AWS_SWITCH_STATE", &state)]].concat();
                let answer = answer(&world, "", &variables, words);
                assert!(!is_planted(&answer), "{state}: {words:?}: {answer}");
            }
        }
    }
}

#[test]
fn a_helper_that_ends_without_a_word_is_reported_and_one_that_reported_is_not_again() {
    const LINE: &str = "aws-switch: error: the helper does not answer; nothing changed; start a new shell\n";
    for shell in Shell::available() {
        for (words, status, line) in [
            ("kill -9 $$", "137", LINE),
            ("exit 1", "1", LINE),
            ("exit 0", "1", LINE),
            ("echo 'aws-switch: error: no' >&2; echo 'aws-switch 3 failed'; exit 4", "4", "aws-switch: error: no\n"),
        ] {
            let world = world();
            let fake = world.write("fake/aws-switch", format!("#!/bin/sh\n{words}\n"));
            fs::set_permissions(&fake, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
            let path = if shell == Shell::Fish { "set -gx PATH ~/fake $PATH" } else { "PATH=~/fake:$PATH" };
            let show = if shell == Shell::Fish { "echo $status" } else { "echo $?" };
            let script = format!("{}\n{path}\naws-switch dev\n{show}", shell.init_line());
            let ran = world.batch(shell, &script);
            let errors = String::from_utf8_lossy(&ran.stderr);
            // bash itself reports that a command was killed.
            let errors: String = errors.split_inclusive('\n').filter(|line| !line.contains("Killed")).collect();
            assert_eq!(
                (&*String::from_utf8_lossy(&ran.stdout), &*errors),
                (&*format!("{status}\n"), line),
                "{shell:?}: {words}"
            );
        }
    }
}

#[test]
fn a_value_with_a_line_break_changes_nothing_and_is_one_line() {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    let line = "aws-switch: error: AWS_PROFILE, AWS_DEFAULT_PROFILE or a region variable contains a line break, \
                so this shell stays as it is; unset that variable";
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        let export = if shell == Shell::Fish { r"set -gx AWS_PROFILE a\nb" } else { r"export AWS_PROFILE=$'a\nb'" };
        assert_eq!(session.ok(export), line, "{shell:?}");
        assert_eq!(session.ok("true"), "", "{shell:?}: it is reported once");
        let output = session.run("aws-switch dev");
        assert_eq!((output.text.as_str(), output.status), (line, 1), "{shell:?}");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("a\nb"), "{shell:?}");
    }
}
