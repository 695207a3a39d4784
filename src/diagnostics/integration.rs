//! The integration of the shell that asks, and the helper that it finds.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::paths;
use crate::switching::reply;

/// By which a script says what is in place in its shell: its protocol, the
/// shell, and which of `prompt`, `cd`, `pushd`, `popd` ask the helper.
const VARIABLE: &str = "__AWS_SWITCH_LOADED";

/// The commands that change the folder.
const MOVES: [&str; 3] = ["cd", "pushd", "popd"];

/// What the integration said of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integration {
    /// Nothing: it is not loaded, or was passed by.
    Absent,
    /// It is of another protocol than the helper; whether of a later one.
    Differs(bool),
    /// It is loaded in a shell, and these of its parts are in place.
    Loaded(String, Vec<String>),
}

impl Integration {
    /// What the environment says.
    pub fn read(get: impl Fn(&str) -> Option<OsString>) -> Self {
        let filled = |name: &str| get(name).and_then(|value| value.into_string().ok()).filter(|text| !text.is_empty());
        let Some(text) = filled(VARIABLE) else {
            // A script from before this variable passes at least its protocol, or that it wants none.
            return if get(reply::VARIABLE).is_some() { Self::Differs(false) } else { Self::Absent };
        };
        let mut words = text.split(' ').map(str::to_owned);
        match words.next() {
            Some(protocol) if protocol == reply::PROTOCOL => {
                Self::Loaded(words.next().unwrap_or_default(), words.collect())
            }
            protocol => {
                let number = |text: &str| text.parse::<u32>().unwrap_or_default();
                Self::Differs(number(&protocol.unwrap_or_default()) > number(reply::PROTOCOL))
            }
        }
    }

    /// When a folder's profile takes effect, in words.
    pub fn following(&self) -> String {
        let Self::Loaded(shell, parts) = self else {
            return "not seen in this shell: a folder's profile is not followed here".to_owned();
        };
        let has = |part: &str| parts.iter().any(|other| other == part);
        let (now, later): (Vec<&str>, Vec<&str>) = MOVES.into_iter().partition(|part| has(part));
        match (now.as_slice(), has("prompt")) {
            ([], false) => format!("loaded in {shell}, but a folder's profile is not followed there"),
            ([], true) => format!("loaded in {shell}: a folder's profile is in force at the next prompt"),
            (_, _) if later.is_empty() => {
                format!("loaded in {shell}: a folder's profile is in force before the next command")
            }
            (now, _) => format!(
                "loaded in {shell}: a folder's profile is in force before the next command after {}, at the next prompt after {}",
                now.join(", "),
                later.join(", ")
            ),
        }
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

/// What is wrong with the integration and the helper.
pub fn examine(integration: &Integration, helper: &Helper) -> Vec<Diagnostic> {
    let mut problems = match integration {
        Integration::Absent => vec![tell(
            Severity::Warning,
            "integration-not-loaded",
            "the integration is not loaded in this shell, or was passed by: nothing can be switched",
            "run 'aws-switch setup' and start a new shell",
        )],
        Integration::Differs(later) => {
            let (code, age) = if *later { ("integration-newer", "newer") } else { ("integration-older", "older") };
            let message = format!("this shell's integration is {age} than the helper: nothing can be switched");
            vec![tell(Severity::Error, code, message, "start a new shell")]
        }
        Integration::Loaded(shell, parts) => of_parts(shell, parts),
    };
    problems.extend(of_helper(helper));
    problems
}

fn tell(severity: Severity, code: &'static str, message: impl Into<String>, fix: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, None, message, fix).with(severity)
}

/// What is not in place in a shell in which the integration is loaded.
fn of_parts(shell: &str, parts: &[String]) -> Vec<Diagnostic> {
    let lacks = |part: &&str| !parts.iter().any(|other| other == part);
    let mut problems = Vec::new();
    let is_hooked = !lacks(&"prompt");
    if !is_hooked {
        let message = "the integration no longer runs at the prompt, or this shell is not interactive";
        let fix = "load it last in the start-up file, after what replaces the prompt's hook";
        problems.push(tell(Severity::Warning, "prompt-not-hooked", message, fix));
    }
    let later: Vec<&str> = MOVES.into_iter().filter(lacks).collect();
    // Windows PowerShell has nothing that tells of a change of folder: nobody can mend that.
    if is_hooked && !later.is_empty() && shell != "powershell" {
        let names = later.join(", ");
        let message = format!("{names} in this shell: not the integration's: a folder's profile waits for the prompt");
        let fix = "take your own functions or aliases of these names out, or leave it so";
        problems.push(tell(Severity::Info, "cd-not-covered", message, fix));
    }
    problems
}

fn of_helper(helper: &Helper) -> Option<Diagnostic> {
    let folder = helper.own.as_deref().and_then(Path::parent).map(paths::shown);
    let folder = folder.as_deref().unwrap_or("its folder");
    match (&helper.on_path, &helper.own) {
        (None, _) => {
            let fix = format!("add {folder} to PATH");
            // What `setup` wrote finds it.
            let message = "aws-switch is not on PATH: scripts cannot find it";
            Some(tell(Severity::Warning, "helper-not-on-path", message, fix))
        }
        (Some(found), Some(own)) if !paths::is_same(found, own) => {
            let message = format!("PATH leads to another aws-switch: {}", paths::shown(found));
            let fix = format!("remove one of the two, or put {folder} first in PATH");
            Some(tell(Severity::Info, "other-helper-on-path", message, fix))
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
            let told = examine(&integration(loaded, wire), &here);
            let told: Vec<&str> = told.iter().map(|problem| problem.code).collect();
            assert_eq!(told, codes, "{loaded:?}");
        }
    }

    #[test]
    fn it_is_told_when_a_folder_takes_effect() {
        for (loaded, words) in [
            ("2 zsh prompt cd pushd popd", "before the next command"),
            ("2 bash prompt pushd popd", "after pushd, popd, at the next prompt after cd"),
            ("2 powershell prompt", "at the next prompt"),
            ("2 fish", "not followed"),
            ("", "not seen"),
        ] {
            let told = integration(Some(loaded), None).following();
            assert!(told.contains(words), "{told}");
        }
    }

    #[test]
    fn a_helper_that_path_does_not_lead_to_is_told() {
        let loaded = integration(Some("2 zsh prompt cd pushd popd"), None);
        let told = |helper: &Helper| examine(&loaded, helper).pop().map(|problem| (problem.code, problem.fix));
        assert_eq!(told(&Helper::default()), Some(("helper-not-on-path", "add its folder to PATH".to_owned())));
        let other = Helper { on_path: Some("/one/aws-switch".into()), own: Some("/other/aws-switch".into()) };
        let fix = "remove one of the two, or put /other first in PATH";
        assert_eq!(told(&other), Some(("other-helper-on-path", fix.to_owned())));
    }
}
