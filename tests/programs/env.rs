//! `env`: the variables of a profile, read back by shells and by the parsers of the other forms.

use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::run;
use crate::common::{OVERRIDING, Shell, World, hostile_names, in_ci, python, skip};

const CONFIG: &str = "[profile work]\nregion = eu-west-1\n[profile other]\n[profile prod]\n";

fn world() -> World {
    let world = World::new();
    world.config(CONFIG);
    world.write("here/.awsprofile", "work\nus-east-2\n");
    world
}

/// The helper in the directory `here`.
fn env(world: &World, words: &[&str]) -> Command {
    let mut command = world.helper();
    command.arg("env").args(words).current_dir(world.path("here"));
    command
}

fn printed(world: &World, words: &[&str]) -> String {
    let ran = run(&mut env(world, words));
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{words:?}");
    ran.stdout
}

#[test]
fn each_form_sets_the_profile_and_unsets_what_overrides_it() {
    let world = world();
    let names = OVERRIDING.join(" ");
    let set = "export AWS_PROFILE='work'\nexport AWS_REGION='us-east-2'\nexport AWS_DEFAULT_REGION='us-east-2'\n";
    let sh = format!("{set}unset -v {names}\n");
    assert_eq!(printed(&world, &["--here"]), sh);
    assert_eq!(printed(&world, &["--here", "--format", "sh"]), sh);
    let fish = sh.replace("export ", "set -gx ").replace('=', " ").replace("unset -v", "set -eg");
    assert_eq!(printed(&world, &["--here", "--format=fish"]), fish.replace("SSO_PROFILE\n", "SSO_PROFILE; or true\n"));
    let powershell = set.replace("export ", "$env:").replace('=', " = ");
    let removed = format!("Remove-Item -LiteralPath Env:{} -ErrorAction Ignore\n", OVERRIDING.join(", Env:"));
    assert_eq!(printed(&world, &["--here", "--format=powershell"]), powershell + &removed);
    let dotenv = "AWS_PROFILE=work\nAWS_REGION=us-east-2\nAWS_DEFAULT_REGION=us-east-2\n";
    assert_eq!(printed(&world, &["--here", "--format=dotenv"]), dotenv);
    let mut wanted = json!({"AWS_PROFILE": "work", "AWS_REGION": "us-east-2", "AWS_DEFAULT_REGION": "us-east-2"});
    OVERRIDING.iter().for_each(|name| wanted[name] = Value::Null);
    let found: Value = serde_json::from_str(&printed(&world, &["--here", "--format=json"])).unwrap();
    assert_eq!(found, wanted);
}

#[test]
fn a_profile_is_named_or_the_active_one_and_the_users_region_stays() {
    let world = world();
    let dotenv = |command: &mut Command| run(command.args(["--format", "dotenv"]));
    assert_eq!(dotenv(&mut env(&world, &["other"])).stdout, "AWS_PROFILE=other\n");
    let ran = dotenv(env(&world, &[]).env("AWS_PROFILE", "other").env("AWS_REGION", "eu-north-1"));
    assert_eq!(ran.stdout, "AWS_PROFILE=other\nAWS_REGION=eu-north-1\n");
    assert!(
        dotenv(&mut env(&world, &[])).refusal(2).contains("no profile is active; name one: 'aws-switch env PROFILE'")
    );
    assert!(dotenv(&mut env(&world, &["wrok"])).refusal(3).contains("did you mean 'work'?"));
    dotenv(&mut env(&world, &["work", "--here"])).refusal(2);
    let region = std::ffi::OsStr::from_bytes(b"eu\xff");
    for format in ["json", "dotenv"] {
        let ran = run(env(&world, &["work", "--format", format]).env("AWS_REGION", region));
        assert_eq!(ran.refusal(1), "aws-switch: error: AWS_REGION is not UTF-8; unset it");
    }
    // No secret, even where one is set.
    for format in ["sh", "fish", "powershell", "json", "dotenv"] {
        let mut command = env(&world, &["work", "--format", format]);
        let ran = run(command.env("AWS_ACCESS_KEY_ID", "k1").env("AWS_SECRET_ACCESS_KEY", "k2").env("AWS_VAULT", "k3"));
        assert!(ran.status == Some(0) && !["k1", "k2", "k3"].iter().any(|key| ran.stdout.contains(key)), "{format}");
    }
}

#[test]
fn what_is_evaluated_after_an_error_fails_as_env_does() {
    let world = world();
    world.write("here/.awsprofile", "prod\n");
    for shell in Shell::available() {
        let (format, script) = match shell {
            Shell::Fish => ("fish", "aws-switch env --here --format fish | source; echo $status"),
            _ => (
                "sh",
                "eval \"$(aws-switch env --here)\" || echo $?; set -e; eval \"$(aws-switch env --here)\"; echo on",
            ),
        };
        let ran = world.batch(shell, &format!("cd here; {script}"));
        assert_eq!(String::from_utf8_lossy(&ran.stdout), "4\n", "{shell:?}");
        assert_eq!(printed_after_error(&world, format).lines().count(), 1, "{shell:?}");
    }
    for format in ["json", "dotenv"] {
        assert_eq!(printed_after_error(&world, format), "");
    }
}

fn printed_after_error(world: &World, format: &str) -> String {
    let ran = run(&mut env(world, &["--here", "--format", format]));
    assert_eq!(ran.status, Some(4), "{format}");
    ran.stdout
}

/// A script for each shell that evaluates the output for every name on stdin and prints the profile, and what remains of
/// the variables that override it.
fn evaluating(shell: &str) -> &'static str {
    match shell {
        "fish" => {
            "while read -l name; aws-switch env --format fish -- $name | source; and echo \"<$AWS_PROFILE>\"; end
             set -q AWS_ACCESS_KEY_ID; or set -q AWS_VAULT; or echo unset"
        }
        _ => {
            "set -eu; while IFS= read -r name; do eval \"$(aws-switch env -- \"$name\")\"; printf '<%s>\\n' \
             \"$(printenv AWS_PROFILE)\"; done; echo \"${AWS_ACCESS_KEY_ID-un}${AWS_VAULT-set}\""
        }
    }
}

fn with_input(mut command: Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn every_hostile_name_survives_eval() {
    let world = World::new();
    let names: Vec<&str> = hostile_names::all().collect();
    hostile_names::write_profiles(&world, &names);
    let lines = names.iter().map(|name| format!("{name}\n")).collect::<String>();
    let wanted: String = names.iter().map(|name| format!("<{name}>\n")).collect();
    let shells = ["sh", "bash", "zsh", "fish"].into_iter().filter(|name| {
        let shell = Shell::available().into_iter().find(|shell| shell.name() == *name);
        *name == "sh" || shell.is_some()
    });
    for name in shells {
        let mut command = world.command(name);
        command.args(["-c", evaluating(name)]).env("AWS_ACCESS_KEY_ID", "x").env("AWS_VAULT", "x");
        let output = with_input(command, &lines);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{wanted}unset\n"), "{name}");
        assert!(!world.path("canary").exists(), "{name}");
    }
}

/// docker's reading of a line of `--env-file`: all after the first `=`, as it stands.
fn docker(text: &str) -> Option<&str> {
    let mut values = text.lines().filter_map(|line| line.trim_start().strip_prefix("AWS_PROFILE="));
    values.next()
}

/// The values that python-dotenv and a shell read from the file at this path.
const OTHER_READERS: &str = "import dotenv, json, os, subprocess, sys
values = []
for line in open(sys.argv[1], newline='\\n'):
    path = sys.argv[2]
    open(path, 'w').write(json.loads(line))
    sourced = subprocess.run(['sh', '-c', '. \"$0\"; printf %s \"$AWS_PROFILE\"', path], capture_output=True, text=True)
    values.append([dotenv.dotenv_values(path)['AWS_PROFILE'], sourced.stdout + sourced.stderr])
print(json.dumps(values))
";

#[test]
fn every_reader_takes_the_same_name_from_a_dotenv_file_or_there_is_none() {
    let world = World::new();
    let names: Vec<&str> = hostile_names::all().collect();
    hostile_names::write_profiles(&world, &names);
    let mut written = Vec::new();
    for name in names {
        let ran = run(world.helper().args(["env", "--format", "dotenv", "--", name]));
        if ran.status == Some(0) {
            assert_eq!(docker(&ran.stdout), Some(name));
            written.push((name, ran.stdout));
            continue;
        }
        let line = ran.refusal(1);
        assert!(line.starts_with("aws-switch: error: a dotenv file cannot contain AWS_PROFILE="), "{line}");
        assert!(
            line.ends_with(": its readers disagree about spaces, quotes and '$'; use --format sh or json"),
            "{line}"
        );
    }
    let taken: Vec<_> = written.iter().map(|(name, _)| *name).collect();
    for name in ["work", "team:dev", "123456789012:Role", "me@corp:dev", "key=value", "a,b", "öscar", "../up", "+plus"]
    {
        assert!(taken.contains(&name), "{name}");
    }
    for name in ["my profile", "trailing ", "it's", "$HOME", "${HOME}", "#hash", "back\\slash", "a;touch canary"] {
        assert!(!taken.contains(&name), "{name}");
    }
    let Some(python) = python("import dotenv", "python-dotenv, no dotenv file was read back") else { return };
    let input: String = written.iter().map(|(_, text)| format!("{}\n", json!(text))).collect();
    let file = world.write("input", input);
    let output = world.command(python).args(["-c", OTHER_READERS]).args([file, world.path(".env")]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let values: Value = serde_json::from_slice(&output.stdout).unwrap();
    let wanted: Vec<[&str; 2]> = taken.iter().map(|name| [*name, *name]).collect();
    assert_eq!(values, json!(wanted));
}

#[test]
fn json_is_read_back_whatever_the_name() {
    let world = World::new();
    let names: Vec<&str> = hostile_names::all().chain(hostile_names::STEERING.map(|(name, _)| name)).collect();
    hostile_names::write_profiles(&world, &names);
    let mut all = String::new();
    for name in &names {
        let ran = run(world.helper().args(["env", "--format=json", "--", name]));
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(found["AWS_PROFILE"], *name);
        assert!(found["AWS_ACCESS_KEY_ID"].is_null() && found.get("AWS_REGION").is_none(), "{found}");
        all += &ran.stdout;
    }
    // A program of others reads the same.
    let Ok(output) =
        world.command("jq").args(["-j", ".AWS_PROFILE, \"\\u0000\""]).arg(world.write("all", all)).output()
    else {
        assert!(!in_ci(), "jq is not installed; tests/install installs it");
        return skip("jq is not installed, it read nothing");
    };
    assert_eq!(String::from_utf8(output.stdout).unwrap(), names.join("\0") + "\0");
}

#[test]
fn on_a_terminal_steering_characters_are_escaped() {
    let world = World::new();
    let [(name, escaped), ..] = hostile_names::STEERING;
    hostile_names::write_profiles(&world, &[name]);
    let mut session = world.start(Shell::Bash).env("AWS_PROFILE", name).spawn();
    let text = session.ok("aws-switch env | cat -v");
    assert!(text.contains("^["), "raw in a pipe: {text}");
    let text = session.ok("aws-switch env");
    assert!(text.starts_with(&format!("export AWS_PROFILE='{escaped}'\n")), "{text}");
}
