//! The profiles that the helper lists and shows, compared with botocore.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::common::{Shell, World, answer, listed, text};
use serde_json::json;

/// The number of pairs of files that are compared with botocore, unless `AWS_SWITCH_TEST_PAIRS` is set.
const PAIRS: &str = "1000";

#[test]
fn random_files_are_read_as_botocore_reads_them() {
    let pairs = std::env::var("AWS_SWITCH_TEST_PAIRS");
    compare("compare.py", pairs.as_deref().unwrap_or(PAIRS));
}

#[test]
fn random_variables_select_what_botocore_selects() {
    compare("variables.py", "300");
}

#[test]
fn doctor_reports_the_values_that_botocore_rejects() {
    compare("settings.py", "");
}

/// Runs a script that compares `count` answers with those of botocore.
fn compare(script: &str, count: &str) {
    let Some(python) = crate::common::python_with_botocore() else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential").join(script);
    let mut command = Command::new(python);
    command.arg(script).args([env!("CARGO_BIN_EXE_aws-switch"), count]);
    command.args(std::env::var_os("AWS_SWITCH_TEST_SEED"));
    // botocore reads files in the locale's encoding.
    let output = command.env("PYTHONUTF8", "1").env("PYTHONDONTWRITEBYTECODE", "1").output().unwrap();
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    crate::common::report(&format!("compared with botocore: {}", said.lines().next().unwrap_or_default()));
    assert!(output.status.success(), "{said}\n{errors}");
}

const SHOWN: &str = "[default]
region = eu-west-1
s3 =
  addressing_style = path
  max_queue_size = 10
services = local
sso_session = acme
[services local]
dynamodb =
  endpoint_url = http://localhost:8000
[sso-session acme]
sso_region = eu-west-1
[profile half]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
";

#[test]
fn show_prints_the_location_of_each_setting_and_masks_secrets() {
    let world = World::new();
    world.config(SHOWN);
    world.credentials(
        "[default]\naws_access_key_id = AKIA0000000000000DEV0\naws_secret_access_key = SECRETSECRET0123\nregion = b\n",
    );
    let shown = text(&world, &["show"]);
    let (config, credentials) = ("~/.aws/config", "~/.aws/credentials");
    let lines: Vec<String> = shown.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let wanted = [
        "profile default (active)".to_owned(),
        "kind static".to_owned(),
        "region b".to_owned(),
        String::new(),
        format!("region b {credentials}:4"),
        format!("s3 {config}:3"),
        format!("addressing_style path {config}:4"),
        format!("max_queue_size 10 {config}:5"),
        format!("services local {config}:6"),
        format!("sso_session acme {config}:7"),
        format!("aws_access_key_id ****************DEV0 {credentials}:2"),
        format!("aws_secret_access_key ****************0123 {credentials}:3"),
        String::new(),
        "[sso-session acme]".to_owned(),
        format!("sso_region eu-west-1 {config}:12"),
        String::new(),
        "[services local]".to_owned(),
        format!("dynamodb {config}:9"),
        format!("endpoint_url http://localhost:8000 {config}:10"),
    ];
    assert_eq!(lines, wanted);
    let json = answer(&world, &["show", "--json"]);
    assert_eq!(json["settings"]["s3"], json!({"addressing_style": "path", "max_queue_size": "10"}));
    assert_eq!(json["settings"]["aws_secret_access_key"], "****************0123");
    assert_eq!(json["setting_sources"]["region"], json!({"file": world.path(".aws/credentials"), "line": 4}));
    assert_eq!(json["sections"][1]["settings"]["dynamodb"]["endpoint_url"], "http://localhost:8000");
    assert!(!json.to_string().contains("SECRETSECRET"));
}

#[test]
fn no_command_shows_a_secret_that_is_indented_by_mistake() {
    let world = World::new();
    let secret = "\n  aws_secret_access_key = wJalrXUtnFEMIK7MDENG\n";
    let sections = [
        format!("[profile one]\nrole_arn = arn:aws:iam::123456789012:role/r{secret}source_profile = two{secret}"),
        format!("[profile two]\nregion = eu-west-1{secret}output = json{secret}"),
        format!("[profile three]\nsso_account_id = 1{secret}sso_role_name = r{secret}sso_session = s{secret}"),
    ];
    world.config(&sections.concat());
    let commands = "list,list --json,doctor,doctor --json,current,current --json,two,__complete fish -- ,show one,show two,\
        show three,show one --json,show two --json,show three --json";
    for line in commands.split(',') {
        let arguments: Vec<&str> = line.split(' ').collect();
        let mut command = world.helper();
        command.args(&arguments).env("AWS_PROFILE", "two").env("__AWS_SWITCH_WIRE", "3");
        for region in [None, Some("us-east-1")] {
            command.envs(region.map(|region| ("AWS_REGION", region)));
            let output = command.output().unwrap();
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(!said.is_empty() && !said.contains("FEMI"), "{line}: {said}");
        }
    }
}

#[test]
fn show_prints_problems_and_knows_only_existing_profiles() {
    let world = World::new();
    world.config(SHOWN);
    let output = world.helper().args(["show", "half"]).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    let expected = "aws-switch: error: ~/.aws/config:14: profile 'half' has aws_access_key_id but no \
                    aws_secret_access_key in the same file; add aws_secret_access_key, or remove aws_access_key_id\n";
    assert!(output.status.success());
    assert_eq!(errors, expected);
    let problems = answer(&world, &["show", "half", "--json"])["problems"].clone();
    assert_eq!((&problems[0]["code"], &problems[0]["line"]), (&json!("half-key-pair"), &json!(14)));
    let output = world.helper().args(["show", "hafl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let set = world.helper().args(["show", "--json"]).env("AWS_PROFILE", "half").output().unwrap();
    assert!(set.stdout.starts_with(b"{\"name\":\"half\""));
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        let output = session.ok("aws-switch show half");
        assert!(output.contains("****************MPLE") && !output.contains("AKIA"), "{shell:?}: {output}");
    }
}

#[test]
fn large_and_odd_files_are_answered_fast() {
    let world = World::new();
    let link = |number: usize| format!("[profile p{number}]\nrole_arn = r\nsource_profile = p{}\n", number + 1);
    let chain: String = (0..10_000).map(link).collect();
    let value = "v".repeat(1 << 20);
    world.config(&format!("{chain}[profile p10000]\nregion = {value}\nlogin_session = l\n"));
    let start = std::time::Instant::now();
    assert_eq!(listed(&world, "p0")["session"]["status"], "none");
    assert!(text(&world, &["list"]).len() < 20 << 20);
    text(&world, &["show", "p0"]);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}
