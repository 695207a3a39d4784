//! Commands of the helper: stdout, stderr and exit status.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::common::{Shell, World};
use serde_json::{Value, json};

const CONFIG: &str =
    "[default]\nregion = us-east-1\n[profile work]\nregion = eu-west-1\noutput = json\n[profile prod]\n";

/// As much as a pipe takes.
static FULL: [u8; 64 << 10] = [b'.'; 64 << 10];

/// Status, stdout and stderr.
fn finish(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn run(world: &World, arguments: &[&str]) -> (i32, String, String) {
    finish(world.helper().args(arguments))
}

fn answer(command: &mut Command) -> Value {
    let (status, stdout, stderr) = finish(command);
    assert_eq!((status, stderr.as_str()), (0, ""), "{command:?}");
    assert!(stdout.ends_with("}\n"), "{stdout}");
    serde_json::from_str(&stdout).unwrap()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_failing_command_prints_one_line_on_stderr() {
    let world = World::new();
    world.config(CONFIG);
    let rows: [(&[&str], i32); 22] = [
        (&["--bogus"], 2),
        (&["work", "prod"], 2),
        (&["use"], 2),
        (&["--region", "eu-west-1"], 2),
        (&["work", "--region", ""], 2),
        (&["use", "work", "--region="], 2),
        (&["work", "--unset"], 2),
        (&["list", "--json", "--names"], 2),
        (&["list", "x"], 2),
        (&["current", "--json", "--name"], 2),
        (&["auto", "perhaps"], 2),
        (&["init"], 2),
        (&["init", "tcsh"], 2),
        (&["setup", "--shell", "tcsh"], 2),
        (&["completions", "\u{1b}[31m"], 2),
        (&["pin", "wokr"], 3),
        (&["pin"], 1),
        (&["resolve", "no-such-dir"], 1),
        (&["resolve", "\u{1b}[31m\u{202e}"], 1),
        (&["allow", "no-such-file"], 1),
        (&["work"], 1),
        (&["--unset"], 1),
    ];
    for (arguments, wanted) in rows {
        let (status, stdout, stderr) = run(&world, arguments);
        assert_eq!((status, stdout.as_str()), (wanted, ""), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("aws-switch: ") && stderr.ends_with('\n'), "{arguments:?}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
        assert!(!stderr.trim_end().contains(char::is_control) && !stderr.contains('\u{202e}'), "{stderr:?}");
    }
    assert!(run(&world, &["pin", "wokr"]).2.contains("'work'"), "did you mean");
    assert!(run(&world, &["work"]).2.contains("aws-switch setup"), "the fix");
}

#[test]
fn a_word_from_other_tools_is_answered_with_the_command_to_type() {
    let world = World::new();
    let names = ["unset-me", "lx", "currant", "\"my own profile\"", "acme/a", "Acme/b", "x-prod", "y-PROD", "proc"];
    world.config(&names.map(|name| format!("[profile {name}]\n")).concat());
    let rows: [(&[&str], i32, &str); 22] = [
        (&["Version"], 3, "no profile named 'Version'; did you mean 'aws-switch --version'?"),
        (&["unset"], 3, "no profile named 'unset'; did you mean 'aws-switch --unset'?"),
        (&["clear"], 3, "no profile named 'clear'; did you mean 'aws-switch --unset'?"),
        (&["l"], 3, "no profile named 'l'; did you mean 'lx'?"),
        (&["profile"], 3, "no profile named 'profile'; did you mean 'my own profile'?"),
        (&["RAN"], 3, "no profile named 'RAN'; did you mean 'currant'?"),
        (&["show", "prod"], 3, "no profile named 'prod'; 2 names contain it; type one in full, or see 'aws-switch "),
        (&["-v"], 2, "unknown option '-v'; did you mean 'aws-switch --version'?"),
        (&["curren"], 3, "no profile named 'curren'; did you mean 'currant'?"),
        (&["doctr"], 3, "no profile named 'doctr'; did you mean 'aws-switch doctor'?"),
        (&["acme"], 3, "no profile named 'acme'; 2 names begin with it; type one in full, or press Tab"),
        (&["show", "acme/b"], 3, "no profile named 'acme/b'; did you mean 'Acme/b'?"),
        (&["hooks"], 3, "no profile named 'hooks'; see 'aws-switch list'"),
        (&["lx"], 1, "cannot switch this shell: the shell integration is not loaded here; "),
        (&["resolve", ".aws/config"], 1, "not a directory: '.aws/config'\n"),
        (&["use", "helm"], 3, "no profile named 'helm'; see 'aws-switch list'"),
        (&["show", "doctr"], 3, "no profile named 'doctr'; see 'aws-switch list'"),
        (&["--list"], 2, "unknown option '--list'; did you mean 'aws-switch list'?"),
        (&["--profile=lx"], 2, "unknown option '--profile'; did you mean 'aws-switch PROFILE'?"),
        (&["my", "own", "profile"], 2, "the name 'my own profile' needs quotes; run aws-switch 'my own profile'\n"),
        (&["my", "own profile", "--yes"], 2, "the name 'my own profile' needs quotes; run aws-switch 'my own "),
        (&["exec", "my", "own", "profile", "--", "true"], 2, "the name 'my own profile' needs quotes; run aws-switch "),
    ];
    for (arguments, wanted, line) in rows {
        let (status, stdout, stderr) = run(&world, arguments);
        assert_eq!((status, stdout.as_str()), (wanted, ""), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with(&format!("aws-switch: error: {line}")), "{arguments:?}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_wrong_command_line_is_answered_with_the_right_one() {
    let world = World::new();
    world.config(CONFIG);
    let rows: [(&[&str], &str); 34] = [
        (&["init", "tcsh"], "unknown shell 'tcsh'; use bash, zsh, fish or powershell"),
        (&["setup", "--shell", "tcsh"], "unknown shell 'tcsh'; use bash, zsh, fish or powershell"),
        (&["init"], "missing SHELL; use bash, zsh, fish or powershell\n"),
        (&["auto", "maybe"], "unknown action 'maybe'; use on or off"),
        (&["whoami", "--timeout", "0"], "invalid value '0' for '--timeout'; use a number of seconds from 1 to 86400"),
        (
            &["work", "--for", "3x"],
            "invalid value '3x' for '--for'; use a time such as 30m, 1h30m or 2d, from 1s to 7d\n",
        ),
        (&["work", "prod"], "'prod' is a second profile; name only one"),
        (&["switch", "work"], "no profile or command named 'switch'; did you mean 'aws-switch work'?"),
        (&["add", "gone"], "'gone' is a second profile; name only one"),
        (&["--yes", "work", "other"], "'other' is a second profile; name only one"),
        (&["work", "list"], "'list' cannot be used with 'PROFILE'; see 'aws-switch --help'"),
        (&["work", "--unset"], "'PROFILE' cannot be used with '--unset'; see 'aws-switch --help'"),
        (&["work", "--regoin", "x"], "unknown option '--regoin'; did you mean '--region'?"),
        (&["work", "--region"], "missing value for '--region'; see 'aws-switch --help'"),
        (&["--bogus"], "unknown option '--bogus'; see 'aws-switch --help'"),
        (&["ls", "--bogus"], "unknown option '--bogus'; see 'aws-switch list --help'"),
        (&["list", "--list"], "unknown option '--list'; see 'aws-switch list --help'"),
        (&["list", "my", "own"], "unexpected argument 'my'; see 'aws-switch list --help'"),
        (&["list", "--json", "--names"], "'--json' cannot be used with '--names'; see 'aws-switch list --help'"),
        (&["exec", "work", "true"], "missing '--' before the command; run 'aws-switch exec work -- COMMAND'\n"),
        (&["exec", "work", "ls", "-l"], "missing '--' before the command; run 'aws-switch exec work -- COMMAND'\n"),
        (
            &["exec", "work", "ls", "--", "-l"],
            "missing '--' before the command; run 'aws-switch exec work -- COMMAND'\n",
        ),
        (
            &["exec", "work", "-y", "ls", "-la"],
            "missing '--' before the command; run 'aws-switch exec work -- COMMAND'\n",
        ),
        (&["exec", "--here", "ls", "-l"], "missing '--' before the command; run 'aws-switch exec --here -- COMMAND'\n"),
        (&["exec", "work", "--bogus", "--", "ls"], "unknown option '--bogus'; see 'aws-switch exec --help'"),
        (&["exec", "true", "x"], "missing '--' before the command; run 'aws-switch exec PROFILE -- COMMAND'\n"),
        (&["exec", "work"], "missing command; run 'aws-switch exec work -- COMMAND'\n"),
        (&["exec", "work", "--"], "missing command; run 'aws-switch exec work -- COMMAND'\n"),
        (&["exec", "ls"], "missing command; run 'aws-switch exec PROFILE -- COMMAND'\n"),
        (&["exec", "--here"], "missing command; run 'aws-switch exec --here -- COMMAND'\n"),
        (&["exec", "--check", "--here"], "missing command; run 'aws-switch exec --here -- COMMAND'\n"),
        (&["exec", "--", "ls"], "missing profile; run 'aws-switch exec PROFILE -- COMMAND'\n"),
        (&["exec"], "missing profile and command; run 'aws-switch exec PROFILE -- COMMAND'\n"),
        (&["use"], "missing PROFILE; run 'aws-switch use PROFILE'\n"),
    ];
    for (arguments, line) in rows {
        let (status, stdout, stderr) = run(&world, arguments);
        assert_eq!((status, stdout.as_str()), (2, ""), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with(&format!("aws-switch: error: {line}")), "{arguments:?}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_misspelt_command_is_answered_with_the_command_and_its_words() {
    let world = World::new();
    world.config(&format!("{CONFIG}[profile deny-prod]\n[profile \"my own\"]\n"));
    let rows: [(&[&str], &str); 15] = [
        (&["lgoin", "work"], "did you mean 'aws-switch login work'?"),
        (&["lgoin", "work", "--force"], "did you mean 'aws-switch login work --force'?"),
        (&["lgoin", "--force", "work"], "did you mean 'aws-switch login --force work'?"),
        (&["exce", "work", "--", "ls", "-l"], "did you mean 'aws-switch exec work -- ls -l'?"),
        (&["shwo", "work"], "did you mean 'aws-switch show work'?"),
        (&["shwo", "my own"], "did you mean aws-switch show 'my own'?"),
        (&["whomai", "work"], "did you mean 'aws-switch whoami work'?"),
        (&["pni", "work"], "did you mean 'aws-switch pin work'?"),
        (&["evn", "work"], "did you mean 'aws-switch env work'?"),
        (&["alow", "p/work"], "did you mean 'aws-switch allow p/work'?"),
        (&["setpu", "--undo"], "did you mean 'aws-switch setup --undo'?"),
        (&["setpu", "--regoin", "x"], "unknown option '--regoin'; did you mean '--region'?"),
        (&["deny-prdo", "work"], "no profile or command named 'deny-prdo'; did you mean 'aws-switch work'?"),
        (&["add", "x"], "'x' is a second profile; name only one"),
        (&["work", "lgoin"], "'lgoin' is a second profile; name only one"),
    ];
    for (arguments, end) in rows {
        let (status, stdout, stderr) = run(&world, arguments);
        assert_eq!((status, stdout.as_str()), (2, ""), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("aws-switch: error: ") && stderr.ends_with(&format!("{end}\n")), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    let world = World::new();
    for arguments in [&["--help"][..], &["-h"], &["--version"], &["-V"], &["list", "--help"], &["setup", "-h"]] {
        let (status, stdout, stderr) = run(&world, arguments);
        assert_eq!((status, stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!stdout.is_empty() && !stdout.contains("__"), "{stdout}");
    }
    assert_eq!(run(&world, &["--version"]).1, format!("aws-switch {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_a_command_the_names_are_printed_one_a_line() {
    let world = World::new();
    world.config("[profile work]\n[profile \"my profile\"]\n[default]\n");
    world.credentials("[work]\n[only-here]\n");
    let wanted = (0, "work\nmy profile\ndefault\nonly-here\n".to_owned(), String::new());
    assert_eq!(run(&world, &[]), wanted);
    assert_eq!(run(&world, &["list", "--names"]), wanted);
}

#[test]
fn without_aws_files_one_line_explains_how_to_make_a_profile() {
    let world = World::new();
    fs::remove_dir(world.path(".aws")).unwrap();
    for arguments in [&[][..], &["list"], &["list", "--names"]] {
        let (status, stdout, stderr) = run(&world, arguments);
        assert_eq!((status, stdout.as_str()), (0, ""), "{arguments:?}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        let line = "aws-switch: warning: no profiles in ~/.aws/config or ~/.aws/credentials; \
                    create one with 'aws-switch configure NAME', or with --sso for IAM Identity Center\n";
        assert_eq!(stderr, line);
    }
    for command in ["show", "login"] {
        let (status, stdout, stderr) = run(&world, &[command]);
        assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
        assert!(
            stderr.starts_with("aws-switch: error: no profiles in ~/.aws/config or ~/.aws/credentials; create one ")
        );
    }
    assert_eq!(run(&world, &["list", "--json"]).1, "{\"profiles\":[],\"problems\":[]}\n");
    let mut nowhere = world.helper();
    nowhere.arg("list").env("AWS_CONFIG_FILE", "").env("AWS_SHARED_CREDENTIALS_FILE", "");
    let message =
        "aws-switch: warning: no profiles: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE are empty; unset them\n";
    assert_eq!(finish(&mut nowhere), (0, String::new(), message.to_owned()));
    assert!(!world.path(".aws").exists());
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        // Without a pick the status is 1, so that `&&` stops.
        let output = session.run("aws-switch");
        assert_eq!(output.status, 1, "{shell:?}");
        assert!(output.text.contains("aws-switch configure NAME"), "{shell:?}: {}", output.text);
    }
}

#[test]
fn show_and_login_ask_for_a_profile_where_none_is_active() {
    let world = World::new();
    world.config("[profile work]\n");
    for command in ["show", "login"] {
        let line = format!("aws-switch: error: no profile is active; name one: 'aws-switch {command} PROFILE'\n");
        assert_eq!(run(&world, &[command]), (2, String::new(), line));
    }
}

#[test]
fn an_unknown_profile_that_was_not_typed_is_reported_with_the_variable_that_names_it() {
    let world = World::new();
    world.config("[profile work]\n");
    world.program("aws", "#!/bin/sh\necho \"The config profile ($AWS_PROFILE) could not be found\" >&2; exit 255\n");
    for command in ["show", "login", "env", "pin", "whoami"] {
        for variable in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] {
            let unknown = finish(world.helper().arg(command).env(variable, "wrok"));
            let line = format!("aws-switch: error: no profile named 'wrok' (from {variable}); did you mean 'work'?\n");
            // To evaluate it fails.
            let stdout = if command == "env" { "(exit 3)\n" } else { "" };
            assert_eq!(unknown, (3, stdout.to_owned(), line), "{command}");
        }
    }
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "gone").spawn();
        session.ok("aws-switch work");
        let output = session.run("aws-switch -");
        let line = "aws-switch: error: no profile named 'gone' (from the previous switch); see 'aws-switch list'";
        assert_eq!((output.status, output.text.as_str()), (3, line), "{shell:?}");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}");
    }
}

#[test]
fn the_table_is_aligned_and_marks_the_current_profile() {
    let world = World::new();
    world.config("[profile work]\nregion = eu-west-1\n[profile \u{65e5}\u{672c} x]\n[profile \"\u{65e5}\u{672c} x\"]\n[profile prod]\n");
    let (status, stdout, stderr) = finish(world.helper().arg("list").env("AWS_PROFILE", "work"));
    assert_eq!((status, stderr.as_str()), (0, ""));
    let wanted = "  NAME    ACCOUNT  ROLE  REGION     SESSION  KIND  DEFINED IN\n\
         * work    -        -     eu-west-1  -        none  ~/.aws/config:1\n\
         \u{20} \u{65e5}\u{672c} x  -        -     -          -        none  ~/.aws/config:4\n\
         \u{20} prod #  -        -     -          -        none  ~/.aws/config:5\n";
    assert_eq!(stdout, wanted);
}

#[test]
fn list_json_has_every_key_of_the_contract() {
    let world = World::new();
    let config = world.config(CONFIG);
    let credentials = world.credentials("[work]\naws_access_key_id = x\n[other]\n");
    let list = answer(world.helper().args(["list", "--json"]).env("AWS_PROFILE", "work"));
    assert_eq!(keys(&list), BTreeSet::from(["problems", "profiles"]));
    assert_eq!(list["problems"], json!([]));
    let profiles = list["profiles"].as_array().unwrap();
    let names: Vec<&Value> = profiles.iter().map(|profile| &profile["name"]).collect();
    assert_eq!(names, ["default", "work", "prod", "other"]);
    let wanted = "name kind region output account_id role source_profile sso_session session current protected sources";
    for profile in profiles {
        assert_eq!(keys(profile), wanted.split(' ').collect(), "{profile}");
    }
    let work = &profiles[1];
    assert_eq!((&work["region"], &work["output"]), (&json!("eu-west-1"), &json!("json")));
    assert_eq!((&work["current"], &work["protected"]), (&json!(true), &json!(false)));
    assert_eq!(work["sources"], json!([{ "file": config, "line": 3 }, { "file": credentials, "line": 1 }]));
    assert_eq!((&profiles[2]["protected"], &profiles[2]["region"]), (&json!(true), &Value::Null));
    assert_eq!(profiles[0]["current"], json!(false));
}

#[test]
fn problems_are_in_the_json_and_in_one_line_of_text() {
    let world = World::new();
    let config = world.config("[profile work]\nstray\n[profile work]\nregion = x\nregion = y\n");
    let list = answer(world.helper().args(["list", "--json"]));
    let problems = list["problems"].as_array().unwrap();
    let lines: Vec<&Value> = problems.iter().map(|problem| &problem["line"]).collect();
    assert_eq!(lines, [&json!(2), &json!(3), &json!(5)]);
    for problem in problems {
        assert_eq!(keys(problem), "severity code message file line fix".split(' ').collect(), "{problem}");
        assert_eq!((&problem["severity"], &problem["file"]), (&json!("error"), &json!(config)));
    }
    for arguments in [&["list"][..], &["list", "--names"], &[]] {
        let (status, stdout, stderr) = run(&world, arguments);
        assert_eq!((status, stderr.lines().count()), (0, 1), "{stderr}");
        assert!(stderr.starts_with("aws-switch: error: ~/.aws/config:2: "), "{stderr}");
        assert!(stdout.contains("work"), "{stdout}");
    }
    let (status, _, stderr) = run(&world, &["show", "work"]);
    assert_eq!((status, stderr.lines().count()), (0, 1), "{stderr}");
    let show = answer(world.helper().args(["show", "work", "--json"]));
    assert_eq!(show["problems"], list["problems"]);
}

#[test]
fn current_prints_the_profile_and_where_it_comes_from() {
    let world = World::new();
    world.config(
        "[profile work]\nregion = eu-west-1\n[profile bare]\n\
         [profile web]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/R\nweb_identity_token_file = t\n",
    );
    let none = json!({"profile": null, "from": "none", "variable": null, "file": null, "exists": false, "region": null,
        "region_from": null, "overridden_by": [], "until": null, "protected": false, "account_id": null, "role": null,
        "kind": null, "session": null, "directory": null});
    let changed = |changes: Value| {
        let mut wanted = none.clone();
        wanted.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        wanted
    };
    let work = json!({"profile": "work", "from": "environment", "variable": "AWS_PROFILE", "exists": true,
        "kind": "none", "region": "eu-west-1", "region_from": "profile"});
    let with_work = |changes: Value| {
        let mut wanted = changed(work.clone());
        wanted.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        wanted
    };
    let rows: [(&[(&str, &str)], Value); 15] = [
        (&[], none.clone()),
        (&[("AWS_PROFILE", "")], none.clone()),
        (&[("AWS_PROFILE", "work")], with_work(json!({}))),
        (&[("AWS_DEFAULT_PROFILE", "work")], with_work(json!({"variable": "AWS_DEFAULT_PROFILE"}))),
        (
            &[("AWS_PROFILE", ""), ("AWS_DEFAULT_PROFILE", "work")],
            with_work(json!({"variable": "AWS_DEFAULT_PROFILE"})),
        ),
        (
            &[("AWS_PROFILE", "gone")],
            changed(json!({"profile": "gone", "from": "environment", "variable": "AWS_PROFILE"})),
        ),
        (
            &[("AWS_PROFILE", "work"), ("AWS_DEFAULT_PROFILE", "bare")],
            with_work(json!({"overridden_by": ["AWS_DEFAULT_PROFILE"]})),
        ),
        (
            &[("AWS_PROFILE", "work"), ("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "s")],
            with_work(json!({"overridden_by": ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]})),
        ),
        (
            &[("AWS_PROFILE", "work"), ("AWS_ACCESS_KEY_ID", "k"), ("AWS_ROLE_ARN", "r")],
            with_work(json!({"overridden_by": ["AWS_ACCESS_KEY_ID"]})),
        ),
        (&[("AWS_PROFILE", "work"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ROLE_ARN", "r")], with_work(json!({}))),
        (
            &[("AWS_PROFILE", "work"), ("AWS_WEB_IDENTITY_TOKEN_FILE", "t"), ("AWS_SESSION_TOKEN", "s")],
            with_work(json!({"overridden_by": ["AWS_WEB_IDENTITY_TOKEN_FILE"]})),
        ),
        (
            &[("AWS_PROFILE", "web"), ("AWS_ROLE_ARN", "r")],
            with_work(json!({"profile": "web", "overridden_by": ["AWS_ROLE_ARN"], "kind": "web-identity",
                "account_id": "123456789012", "role": "R"})),
        ),
        (
            &[("AWS_PROFILE", "work"), ("AWS_REGION", "r1"), ("AWS_DEFAULT_REGION", "r2")],
            with_work(json!({"region": "r1", "region_from": "AWS_REGION"})),
        ),
        (
            &[("AWS_PROFILE", "work"), ("AWS_REGION", ""), ("AWS_DEFAULT_REGION", "r2")],
            with_work(json!({"region": "", "region_from": "AWS_REGION"})),
        ),
        (
            &[("AWS_PROFILE", "bare"), ("AWS_DEFAULT_REGION", "r2")],
            with_work(json!({"profile": "bare", "region": "r2", "region_from": "AWS_DEFAULT_REGION"})),
        ),
    ];
    for (variables, wanted) in rows {
        let variables = variables.to_vec();
        assert_eq!(current(world.helper().envs(variables.clone())), wanted, "{variables:?}");
        let name = wanted["profile"].as_str().map(|name| format!("{name}\n")).unwrap_or_default();
        let printed = finish(world.helper().args(["current", "--name"]).envs(variables.clone()));
        assert_eq!(printed, (0, name.clone(), String::new()));
        let (status, table, stderr) = finish(world.helper().arg("current").envs(variables));
        assert_eq!((status, stderr.as_str()), (0, ""));
        assert!(table.contains(name.trim_end()), "{table}");
    }
    world.config("[default]\nregion = us-east-1\n");
    let wanted = changed(
        json!({"profile": "default", "from": "default", "exists": true, "kind": "none", "region": "us-east-1", "region_from": "profile"}),
    );
    assert_eq!(current(&mut world.helper()), wanted);
}

#[test]
fn current_has_the_account_and_role_of_a_profile_and_the_session_that_its_chain_rests_on() {
    let world = World::new();
    world.config(
        "[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
         [profile prod]\nrole_arn = arn:aws:iam::777788889999:role/ops/Deploy\nsource_profile = between\n\
         [profile between]\nrole_arn = arn:aws:iam::444455556666:role/x\nsource_profile = sso\n\
         [sso-session corp]\nsso_start_url = https://corp/start\nsso_region = eu-west-1\n",
    );
    world.log_in_to_corp();
    for (name, account, role, kind, protected) in
        [("sso", "111122223333", "Admin", "sso", false), ("prod", "777788889999", "ops/Deploy", "assume-role", true)]
    {
        let found = answer(world.helper().args(["current", "--json"]).env("AWS_PROFILE", name));
        let facts = ["account_id", "role", "kind", "protected"].map(|key| &found[key]);
        assert_eq!(facts, [&json!(account), &json!(role), &json!(kind), &json!(protected)]);
        assert_eq!(found["session"], json!({"status": "valid", "expires_at": "2999-01-01T00:00:00Z"}), "{name}");
        let (_, text, _) = finish(world.helper().arg("current").env("AWS_PROFILE", name));
        for fact in [format!("\nkind     {kind}\n"), format!("\naccount  {account}\n"), format!("\nrole     {role}\n")]
        {
            assert!(text.contains(&fact), "{text}");
        }
        assert!(text.contains("\nsession  35") && text.contains(" left\n"), "{text}");
        assert_eq!(text.contains("(protected)"), protected, "{text}");
    }
}

/// The answer without the choice of each program.
fn current(helper: &mut Command) -> Value {
    let mut answer = answer(helper.args(["current", "--json"]));
    for key in ["readers", "fix"] {
        assert!(answer.as_object_mut().unwrap().remove(key).is_some(), "{key}");
    }
    answer
}

#[test]
fn current_distinguishes_a_manual_switch_from_a_directory_profile() {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    let file = world.write("project/.awsprofile", "dev\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        session.ok("aws-switch work");
        let current: Value = serde_json::from_str(&session.ok("aws-switch current --json")).unwrap();
        assert_eq!((&current["from"], &current["profile"]), (&json!("manual"), &json!("work")), "{shell:?}");
        session.ok("cd project");
        let current: Value = serde_json::from_str(&session.ok("aws-switch current --json")).unwrap();
        assert_eq!((&current["from"], &current["profile"]), (&json!("directory"), &json!("dev")), "{shell:?}");
        assert_eq!(current["file"], json!(file), "{shell:?}");
    }
}

#[test]
fn resolve_prints_which_file_applies_and_whether_it_is_active() {
    let world = World::new();
    world.config("[profile work]\n[profile prod]\n");
    let rows = [
        ("none", None, None, "none"),
        ("active", Some("work\neu-west-1\n"), Some("work"), "active"),
        ("unknown", Some("gone\n"), Some("gone"), "unknown-profile"),
        ("protected", Some("prod\n"), Some("prod"), "untrusted"),
        ("empty", Some(""), None, "invalid"),
        ("long", Some("work\neu-west-1\nmore\n"), None, "invalid"),
    ];
    for (dir, content, profile, status) in rows {
        world.dir(dir);
        let file = content.map(|content| world.write(format!("{dir}/.awsprofile"), content));
        let below = world.dir(format!("{dir}/deep/er"));
        for at in [dir, below.to_str().unwrap(), &format!("{dir}/./deep/../deep")] {
            let found = answer(world.helper().args(["resolve", "--json", at]));
            assert_eq!(keys(&found), "file profile region account_id status reason".split(' ').collect(), "{found}");
            assert_eq!(found["file"], json!(file), "{dir}");
            assert_eq!((&found["profile"], &found["status"]), (&json!(profile), &json!(status)), "{dir}: {found}");
            assert_eq!(found["reason"].is_null(), status == "active", "{dir}: {found}");
        }
        assert_eq!(answer(world.helper().args(["resolve", "--json"]).current_dir(below))["status"], json!(status));
        let (code, table, stderr) = run(&world, &["resolve", dir]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert!(table.contains(status), "{table}");
    }
    let found = answer(world.helper().args(["resolve", "active", "--json"]));
    assert_eq!(found["region"], json!("eu-west-1"));
    let found = answer(world.helper().args(["resolve", "active", "--json"]).env("AWS_SWITCH_AUTO", "off"));
    assert_eq!((&found["status"], &found["profile"]), (&json!("off"), &json!("work")));
    let found = answer(world.helper().args(["resolve", "active", "--json"]).env("AWS_ACCESS_KEY_ID", "k"));
    assert_eq!(found["status"], json!("overridden"));
    world.dir("dir/.awsprofile");
    assert_eq!(answer(world.helper().args(["resolve", "dir", "--json"]))["status"], json!("unreadable"));
}

#[test]
fn a_tab_and_a_hook_that_hang_end_after_two_seconds() {
    let world = World::new();
    world.config(CONFIG);
    for arguments in [&["__complete", "fish", "--", ""][..], &["__hook", "change"]] {
        // A full pipe that nobody reads: the helper hangs when it writes.
        let (mut reader, mut writer) = io::pipe().unwrap();
        writer.write_all(&FULL).unwrap();
        let begin = Instant::now();
        let mut command = world.helper();
        command.args(arguments).env("AWS_PROFILE", "work").env("__AWS_SWITCH_WIRE", "3").stdout(writer);
        let output = command.output().unwrap();
        let took = begin.elapsed();
        drop(command);
        let mut stdout = Vec::new();
        reader.read_to_end(&mut stdout).unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), stdout.as_slice(), &*stderr), (Some(1), &FULL[..], ""), "{arguments:?}");
        assert!(took >= Duration::from_secs(1) && took < Duration::from_secs(6), "{took:?}");
    }
}
