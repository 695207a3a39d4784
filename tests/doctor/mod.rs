//! `aws-switch doctor`: problems with their file and line, as JSON and as text, and the exit status.

mod bad_input;
mod integration;
mod locations;
mod screens;

use std::process::Command;

use serde_json::Value;

/// The exit status of `doctor --json`, and its problems.
fn problems(command: &mut Command) -> (i32, Vec<Value>) {
    let output = command.args(["doctor", "--json"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["problems", "settings"]);
    (output.status.code().unwrap(), answer["problems"].as_array().unwrap().clone())
}

/// The one problem with this code.
fn only<'p>(problems: &'p [Value], code: &str) -> &'p Value {
    let found: Vec<&Value> = problems.iter().filter(|problem| problem["code"] == code).collect();
    assert_eq!(found.len(), 1, "{code}: {problems:#?}");
    found[0]
}
