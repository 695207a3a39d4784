//! The examples for processes without the shell integration, each run as its reader would run it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::common::{World, in_ci, skip};

/// The code blocks of the page in one language.
fn examples(language: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/without-a-shell.md");
    let page = fs::read_to_string(page).unwrap();
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// A project whose directory profile is expected in an account, a stand-in for the AWS CLI that answers for it, and
/// programs that print the profile that they run under.
fn project() -> (World, PathBuf) {
    let world = World::new();
    let project = world.dir("project");
    world.config("[profile other]\n");
    let role = "role_arn = arn:aws:iam::111122223333:role/Deploy\ncredential_source = Environment\n";
    world.write("project/aws-config", format!("[profile acme-dev]\nregion = eu-west-1\n{role}"));
    world.write("project/.awsprofile", "acme-dev\nus-east-2\n111122223333\n");
    world.program("aws", "#!/bin/sh\necho '{\"Account\": \"111122223333\", \"Arn\": \"a\", \"UserId\": \"u\"}'\n");
    for name in ["terraform", "backup"] {
        let print = "echo \"$AWS_PROFILE $AWS_REGION ${AWS_ACCESS_KEY_ID-no keys}\"";
        world.program(name, &format!("#!/bin/sh\n{print}\n"));
    }
    (world, project)
}

/// The output of a program in the project, which must succeed.
fn printed(world: &World, project: &Path, program: &str, words: &[&str], variables: &[(String, String)]) -> String {
    let mut command = world.command(program);
    command.args(words).current_dir(project).env("AWS_CONFIG_FILE", project.join("aws-config"));
    let output = command.envs(variables.iter().cloned()).output().unwrap();
    assert!(output.status.success(), "{program} {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const RUN: &str = "acme-dev us-east-2 no keys\n";

fn stale_keys() -> Vec<(String, String)> {
    [("AWS_PROFILE", "other"), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

#[test]
fn a_coding_agent_has_the_directory_profile() {
    let (world, project) = project();
    let [hook, _] = &examples("json")[..] else { panic!("two examples") };
    let hook: Value = serde_json::from_str(hook).unwrap();
    let hook = hook["hooks"]["SessionStart"][0]["hooks"][0]["command"].as_str().unwrap();
    let mut variables = stale_keys();
    variables.push(("CLAUDE_ENV_FILE".to_owned(), world.path("env").to_str().unwrap().to_owned()));
    let session = format!("({hook}) && . \"$CLAUDE_ENV_FILE\" && terraform plan");
    assert_eq!(printed(&world, &project, "bash", &["-c", &session], &variables), RUN);
    let [instruction] = &examples("markdown")[..] else { panic!("one instruction") };
    let line = instruction.split('`').nth(1).unwrap().replace("COMMAND", "terraform plan");
    assert_eq!(printed(&world, &project, "sh", &["-c", &line], &stale_keys()), RUN);
    fs::write(project.join(".awsprofile"), "wrong\n").unwrap();
    let output = world.command("sh").args(["-c", &line]).current_dir(&project).output().unwrap();
    assert!(instruction.contains("status 4") && output.status.code() == Some(4));
}

#[test]
fn an_agent_that_reads_a_dotenv_file_has_the_directory_profile() {
    let (world, project) = project();
    let [script] = &examples("sh")[..] else { panic!("one script") };
    printed(&world, &project, "sh", &["-ec", script], &[]);
    let file = fs::read_to_string(project.join(".env.aws")).unwrap();
    assert_eq!(file, "AWS_PROFILE=acme-dev\nAWS_REGION=us-east-2\nAWS_DEFAULT_REGION=us-east-2\n");
}

#[test]
fn the_jobs_of_github_and_gitlab_have_the_directory_profile() {
    let (world, project) = project();
    let [github, gitlab] = &examples("yaml")[..] else { panic!("two examples") };
    let [config, _] = &examples("ini")[..] else { panic!("two examples") };
    let token = world.path("aws-token");
    let with_token = |text: &str| text.replace("/tmp/aws-token", token.to_str().unwrap());
    assert!(with_token(config) != *config, "the profile reads the token of the job");
    world.write("project/aws-config", with_token(config));
    for (program, script) in [("cargo", "exit"), ("curl", "exit"), ("jq", "echo the-token")] {
        world.program(program, &format!("#!/bin/sh\n{script}\n"));
    }
    let file = world.write("github-env", "");
    let mut variables = vec![("GITHUB_ENV".to_owned(), file.to_str().unwrap().to_owned())];
    let mut steps = Vec::new();
    for step in github.split("- run: ").skip(1) {
        let step = with_token(step.trim_start_matches('|'));
        steps.push(printed(&world, &project, "bash", &["-e", "-c", &step], &variables));
        let set = fs::read_to_string(&file).unwrap();
        variables.truncate(1);
        variables.extend(
            set.lines().map(|line| line.split_once('=').unwrap()).map(|(name, value)| (name.into(), value.into())),
        );
    }
    assert_eq!(steps, ["", "", RUN, "", RUN]);
    assert_eq!(fs::read_to_string(&token).unwrap(), "the-token\n");
    let script = gitlab.split("script:\n").nth(1).unwrap();
    let script: String = script.lines().map(|line| format!("{}\n", line.trim().strip_prefix("- ").unwrap())).collect();
    assert_eq!(printed(&world, &project, "sh", &["-e", "-c", &script], &[]), RUN.repeat(2));
    assert!([github, gitlab].iter().all(|yaml| yaml.contains("AWS_CONFIG_FILE: $") && yaml.contains("/aws-config\n")));
}

#[test]
fn a_makefile_a_task_and_a_service_have_the_directory_profile() {
    let (world, project) = project();
    let [makefile] = &examples("makefile")[..] else { panic!("one Makefile") };
    fs::write(project.join("Makefile"), makefile).unwrap();
    if Command::new("make").arg("--version").output().is_ok() {
        assert_eq!(printed(&world, &project, "make", &["-s", "plan"], &stale_keys()), RUN);
    } else {
        assert!(!in_ci(), "make is not installed");
        skip("make is not installed, the Makefile of the documents was not run");
    }
    let [_, tasks] = &examples("json")[..] else { panic!("two examples") };
    let tasks: Value = serde_json::from_str(tasks).unwrap();
    let task = &tasks["tasks"][0];
    let words: Vec<&str> = task["args"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(printed(&world, &project, task["command"].as_str().unwrap(), &words, &stale_keys()), RUN);
    let [_, unit] = &examples("ini")[..] else { panic!("two examples") };
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let bin = world.path("../bin");
    let start = start.replace("/usr/local/bin", bin.to_str().unwrap());
    assert_eq!(printed(&world, &project, "sh", &["-c", &start], &[]), RUN);
}
