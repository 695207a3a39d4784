//! `aws-switch init`: prints the shell integration.

use std::env;

use super::print;
use crate::context::Context;
use crate::error::Error;
use crate::paths;
use crate::shell::Shell;

/// Prints the script, after assignments of the settings file's values and, if `PATH` does not lead to the helper, of
/// its path; a second name for the command follows.
pub fn run(context: &Context, shell: Shell, second_name: Option<&str>) -> Result<(), Error> {
    let mut text = String::new();
    if let Some(helper) = helper_off_path() {
        text += &shell.assignment("__aws_switch_program", &helper);
    }
    for (name, value) in context.settings().in_file() {
        text += &shell.assignment(&format!("__aws_switch_setting_{name}"), value);
    }
    // Comments and indentation are a sixth of the work that bash has with the script, at each start.
    let lines = shell.script().split_inclusive('\n').map(str::trim_start);
    text.extend(lines.filter(|line| !line.starts_with('#')));
    let second_name = second_name.filter(|name| *name != "aws-switch");
    text += &second_name.map(|name| shell.second_name(name)).unwrap_or_default();
    print(&text)
}

fn helper_off_path() -> Option<String> {
    let this = env::current_exe().ok()?;
    let is_on_path = paths::on_path("aws-switch").is_some_and(|found| paths::is_same(&found, &this));
    if is_on_path { None } else { this.into_os_string().into_string().ok() }
}
