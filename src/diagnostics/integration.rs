//! Rules for the integration of the shell that asks, and for the helper that the shell finds.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::paths;
use crate::switching::reply;

/// Where a script says what is in place in its shell: its protocol, the shell, and which of `prompt`, `cd`, `pushd` and
/// `popd` ask the helper.
const VARIABLE: &str = "__AWS_SWITCH_LOADED";

/// The commands that change the directory.
const MOVES: [&str; 3] = ["cd", "pushd", "popd"];

/// What the integration says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integration {
    /// It is not loaded, or the helper was called without it.
    Absent,
    /// Its protocol is an older one than the helper's.
    Older,
    /// Its protocol is a newer one than the helper's.
    Newer,
    /// It is loaded in a shell, with these of its parts.
    Loaded {
        /// The shell's name.
        shell: String,
        /// Those of `prompt`, `cd`, `pushd` and `popd` that are in place.
        parts: Vec<String>,
    },
}

impl Integration {
    /// Reads it from the variables that `get` looks up.
    pub fn read(get: impl Fn(&str) -> Option<OsString>) -> Self {
        let filled = |name: &str| get(name).and_then(|value| value.into_string().ok()).filter(|text| !text.is_empty());
        let Some(text) = filled(VARIABLE) else {
            // A script without this variable sets the other one.
            return if get(reply::VARIABLE).is_some() { Self::Older } else { Self::Absent };
        };
        let mut words = text.split(' ').map(str::to_owned);
        let protocol = words.next().unwrap_or_default();
        let number = |text: &str| text.parse::<u32>().unwrap_or_default();
        if protocol == reply::PROTOCOL {
            Self::Loaded { shell: words.next().unwrap_or_default(), parts: words.collect() }
        } else if number(&protocol) > number(reply::PROTOCOL) {
            Self::Newer
        } else {
            Self::Older
        }
    }

    /// When a directory profile becomes active, in words.
    pub fn activation(&self) -> String {
        let Self::Loaded { shell, parts } = self else {
            return "not seen in this shell: a folder's profile is not followed here".to_owned();
        };
        let has = |part: &str| parts.iter().any(|other| other == part);
        let (at_once, at_prompt): (Vec<&str>, Vec<&str>) = MOVES.into_iter().partition(|part| has(part));
        if at_once.is_empty() {
            return if has("prompt") {
                format!("loaded in {shell}: a folder's profile is in force at the next prompt")
            } else {
                format!("loaded in {shell}, but a folder's profile is not followed there")
            };
        }
        let text = format!("loaded in {shell}: a folder's profile is in force before the next command");
        if at_prompt.is_empty() {
            return text;
        }
        format!("{text} after {}, at the next prompt after {}", at_once.join(", "), at_prompt.join(", "))
    }
}

/// The helper, and the one that a shell would find.
#[derive(Clone, Debug, Default)]
pub struct Helper {
    /// The `aws-switch` that `PATH` leads to.
    pub on_path: Option<PathBuf>,
    /// The one that runs now.
    pub own: Option<PathBuf>,
}

/// Applies every rule.
pub fn examine(integration: &Integration, helper: &Helper) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = match integration {
        Integration::Absent => vec![not_loaded()],
        Integration::Older => vec![other_protocol("integration-older", "older")],
        Integration::Newer => vec![other_protocol("integration-newer", "newer")],
        Integration::Loaded { shell, parts } => missing_parts(shell, parts).into_iter().collect(),
    };
    diagnostics.extend(helper_on_path(helper));
    diagnostics
}

fn not_loaded() -> Diagnostic {
    let message = "the integration is not loaded in this shell, or was passed by: nothing can be switched";
    Diagnostic::warning("integration-not-loaded", None, message, "run 'aws-switch setup' and start a new shell")
}

fn other_protocol(code: &'static str, age: &str) -> Diagnostic {
    let message = format!("this shell's integration is {age} than the helper: nothing can be switched");
    Diagnostic::error(code, None, message, "start a new shell")
}

fn missing_parts(shell: &str, parts: &[String]) -> Option<Diagnostic> {
    let is_missing = |part: &&str| !parts.iter().any(|other| other == part);
    if is_missing(&"prompt") {
        let message = "the integration no longer runs at the prompt, or this shell is not interactive";
        let fix = "load it last in the start-up file, after what replaces the prompt's hook";
        return Some(Diagnostic::warning("prompt-not-hooked", None, message, fix));
    }
    let missing: Vec<&str> = MOVES.into_iter().filter(is_missing).collect();
    // Windows PowerShell has no event for a change of directory, so that there is nothing to fix.
    if missing.is_empty() || shell == "powershell" {
        return None;
    }
    let names = missing.join(", ");
    let message = format!("{names} in this shell: not the integration's: a folder's profile waits for the prompt");
    let fix = "take your own functions or aliases of these names out, or leave it so";
    Some(Diagnostic::info("cd-not-covered", None, message, fix))
}

fn helper_on_path(helper: &Helper) -> Option<Diagnostic> {
    let directory = helper.own.as_deref().and_then(Path::parent).map(paths::shown);
    let directory = directory.as_deref().unwrap_or("its folder");
    match (&helper.on_path, &helper.own) {
        (None, _) => {
            // Only scripts: the lines that `setup` wrote find the helper by its path.
            let message = "aws-switch is not on PATH: scripts cannot find it";
            Some(Diagnostic::warning("helper-not-on-path", None, message, format!("add {directory} to PATH")))
        }
        (Some(found), Some(own)) if !paths::is_same(found, own) => {
            let message = format!("PATH leads to another aws-switch: {}", paths::shown(found));
            let fix = format!("remove one of the two, or put {directory} first in PATH");
            Some(Diagnostic::info("other-helper-on-path", None, message, fix))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integration(loaded: Option<&str>, wire: Option<&str>) -> Integration {
        Integration::read(|name| match name {
            VARIABLE => loaded.map(OsString::from),
            reply::VARIABLE => wire.map(OsString::from),
            _ => None,
        })
    }

    #[test]
    fn each_state_of_the_integration_has_its_code() {
        let here = Helper { on_path: Some("/x".into()), own: None };
        for (loaded, wire, codes) in [
            (None, None, &["integration-not-loaded"][..]),
            (None, Some(""), &["integration-older"]),
            (Some("0 bash prompt cd pushd popd"), Some(""), &["integration-older"]),
            (Some("99 bash"), Some(""), &["integration-newer"]),
            (Some("2 bash prompt cd pushd popd"), Some(""), &[]),
            (Some("2 bash prompt pushd popd"), Some(""), &["cd-not-covered"]),
            (Some("2 zsh cd pushd popd"), None, &["prompt-not-hooked"]),
            (Some("2 bash"), None, &["prompt-not-hooked"]),
            (Some("2 powershell prompt"), None, &[]),
        ] {
            let found = examine(&integration(loaded, wire), &here);
            let found: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
            assert_eq!(found, codes, "{loaded:?}");
        }
    }

    #[test]
    fn the_report_says_when_a_directory_profile_becomes_active() {
        for (loaded, words) in [
            ("2 zsh prompt cd pushd popd", "before the next command"),
            ("2 bash prompt pushd popd", "after pushd, popd, at the next prompt after cd"),
            ("2 powershell prompt", "at the next prompt"),
            ("2 fish", "not followed"),
            ("", "not seen"),
        ] {
            let text = integration(Some(loaded), None).activation();
            assert!(text.contains(words), "{text}");
        }
    }

    #[test]
    fn a_helper_that_path_does_not_lead_to_is_reported() {
        let loaded = integration(Some("2 zsh prompt cd pushd popd"), None);
        let found = |helper: &Helper| examine(&loaded, helper).pop().map(|problem| (problem.code, problem.fix));
        assert_eq!(found(&Helper::default()), Some(("helper-not-on-path", "add its folder to PATH".to_owned())));
        let other = Helper { on_path: Some("/one/aws-switch".into()), own: Some("/other/aws-switch".into()) };
        let fix = "remove one of the two, or put /other first in PATH";
        assert_eq!(found(&other), Some(("other-helper-on-path", fix.to_owned())));
    }
}
