//! Rules for the integration of the current shell, and for the helper that the shell finds.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::paths;
use crate::protocol;

/// The commands that change the directory.
const MOVES: [&str; 3] = ["cd", "pushd", "popd"];

/// The integration of a shell, with the parts that are loaded.
#[derive(Debug)]
pub struct Integration<'v> {
    shell: &'v str,
    parts: Vec<&'v str>,
}

impl<'v> Integration<'v> {
    /// Parses the value of [`protocol::LOADED`], or reports why nothing can be switched.
    pub fn parse(loaded: Option<&'v str>) -> Result<Self, Box<Diagnostic>> {
        let Some(text) = loaded.filter(|text| !text.is_empty()) else {
            let message = "the shell integration is not loaded in this shell (or aws-switch was started without it, such \
                           as by its path), so nothing can be switched";
            let fix = "run 'aws-switch setup', then start a new shell";
            return Err(Diagnostic::warning("integration-not-loaded", message, fix).into());
        };
        let mut words = text.split(' ');
        let protocol = words.next().unwrap_or_default();
        if protocol == protocol::NUMBER {
            return Ok(Self { shell: words.next().unwrap_or_default(), parts: words.collect() });
        }
        let number = |text: &str| text.parse::<u32>().unwrap_or_default();
        let is_newer = number(protocol) > number(protocol::NUMBER);
        let (code, age) = if is_newer { ("integration-newer", "newer") } else { ("integration-older", "older") };
        let message = format!("this shell's integration is {age} than the helper, so nothing can be switched");
        Err(Diagnostic::error(code, message, "start a new shell").into())
    }

    fn has(&self, part: &str) -> bool {
        self.parts.contains(&part)
    }
}

/// When a directory profile becomes active, and who shows it if the integration does not, in words.
pub fn describe(integration: &Result<Integration, Box<Diagnostic>>, is_prompt_on: bool) -> String {
    let is_left = is_prompt_on && integration.as_ref().is_ok_and(|integration| integration.has("left"));
    activation(integration) + if is_left { "; the prompt is left to another tool" } else { "" }
}

fn activation(integration: &Result<Integration, Box<Diagnostic>>) -> String {
    let Ok(integration) = integration else {
        return "not loaded in this shell (or aws-switch was started without it); directory profiles are not activated"
            .to_owned();
    };
    let shell = integration.shell;
    let (at_once, at_prompt): (Vec<&str>, Vec<&str>) = MOVES.into_iter().partition(|part| integration.has(part));
    if at_once.is_empty() {
        return if integration.has("prompt") {
            format!("loaded in {shell}; a directory profile becomes active at the next prompt")
        } else {
            format!("loaded in {shell}; directory profiles are not activated")
        };
    }
    let text = format!("loaded in {shell}; a directory profile becomes active before the next command");
    if at_prompt.is_empty() {
        return text;
    }
    format!("{text} after {}, and at the next prompt after {}", at_once.join(", "), at_prompt.join(", "))
}

/// `on_path` is the helper that `PATH` leads to, `own` the one that runs now.
pub fn examine(
    integration: &Result<Integration, Box<Diagnostic>>,
    on_path: Option<&Path>,
    own: Option<&Path>,
) -> Vec<Diagnostic> {
    let of_integration = match integration {
        Ok(integration) => missing_parts(integration),
        Err(problem) => Some((**problem).clone()),
    };
    of_integration.into_iter().chain(helper_on_path(on_path, own)).collect()
}

fn missing_parts(integration: &Integration) -> Option<Diagnostic> {
    if !integration.has("prompt") {
        let message =
            "the hook of aws-switch is not in the prompt: something removed it, or this shell is not interactive";
        let fix = "load aws-switch last in the start-up file, after what removes its hook";
        return Some(Diagnostic::warning("prompt-not-hooked", message, fix));
    }
    if integration.has("rebuilt") {
        return Some(rebuilt(integration));
    }
    if integration.has("traced") {
        let message = "a DEBUG trap is set, which sees the hook of aws-switch at each prompt as if you had typed it";
        let fix = "have the trap skip commands with __aws_switch in them, unless it does so already";
        return Some(Diagnostic::info("debug-trap-sees-hook", message, fix));
    }
    if integration.has("no-tab") {
        let message = "Tab does not complete aws-switch: zsh's completion is not turned on";
        let fix = "add 'autoload -Uz compinit && compinit' to ~/.zshrc";
        return Some(Diagnostic::warning("completion-not-loaded", message, fix));
    }
    let missing: Vec<&str> = MOVES.into_iter().filter(|part| !integration.has(part)).collect();
    // Windows PowerShell has no event for a change of directory, so that there is nothing to fix.
    if missing.is_empty() || integration.shell == "powershell" {
        return None;
    }
    let names = missing.join(", ");
    let message =
        format!("this shell redefines {names}, after which a directory profile becomes active only at the next prompt");
    let fix = "remove your functions or aliases of that name, unless you want them";
    Some(Diagnostic::info("cd-not-covered", message, fix))
}

fn rebuilt(integration: &Integration) -> Diagnostic {
    let (message, fix) = if integration.has("traced") {
        (
            "PROMPT_COMMAND rebuilds the prompt and a DEBUG trap is set, so the prompt does not show the profile",
            "write ${AWS_SWITCH_SEGMENT} into the prompt that PROMPT_COMMAND builds, or remove the trap",
        )
    } else {
        (
            "something rebuilds the prompt after aws-switch, so the prompt does not show the profile",
            "load aws-switch last in the start-up file, or put AWS_SWITCH_SEGMENT into that prompt",
        )
    };
    Diagnostic::warning("prompt-rebuilt", message, fix)
}

fn helper_on_path(on_path: Option<&Path>, own: Option<&Path>) -> Option<Diagnostic> {
    let directory = own.and_then(Path::parent).map_or("its directory".into(), paths::shorten);
    let Some(found) = on_path else {
        // Only scripts: the lines that `setup` wrote find the helper by its path.
        let message = "aws-switch is not on PATH, so scripts cannot find it";
        return Some(Diagnostic::warning("helper-not-on-path", message, format!("add {directory} to PATH")));
    };
    own.filter(|own| !paths::is_same(found, own))?;
    let message = format!("PATH leads to another aws-switch, {}", paths::shorten(found));
    let fix = format!("remove one of the two, or put {directory} first in PATH");
    Some(Diagnostic::info("other-helper-on-path", message, fix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_of_the_integration_has_its_code() {
        let here = Path::new("/x");
        for (loaded, codes) in [
            (None, &["integration-not-loaded"][..]),
            (Some(""), &["integration-not-loaded"]),
            (Some("0 bash prompt cd pushd popd"), &["integration-older"]),
            (Some("99 bash"), &["integration-newer"]),
            (Some("3 bash prompt cd pushd popd"), &[]),
            (Some("3 bash prompt pushd popd"), &["cd-not-covered"]),
            (Some("3 zsh cd pushd popd"), &["prompt-not-hooked"]),
            (Some("3 bash"), &["prompt-not-hooked"]),
            (Some("3 bash prompt rebuilt cd pushd popd"), &["prompt-rebuilt"]),
            (Some("3 zsh prompt left cd pushd popd"), &[]),
            (Some("3 zsh prompt cd pushd popd no-tab"), &["completion-not-loaded"]),
            (Some("3 bash prompt rebuilt traced cd pushd popd"), &["prompt-rebuilt"]),
            (Some("3 bash prompt traced cd pushd popd"), &["debug-trap-sees-hook"]),
            (Some("3 powershell prompt"), &[]),
        ] {
            let found = examine(&Integration::parse(loaded), Some(here), None);
            let found: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
            assert_eq!(found, codes, "{loaded:?}");
        }
    }

    #[test]
    fn the_report_shows_when_a_directory_profile_becomes_active() {
        for (loaded, words) in [
            ("3 zsh prompt cd pushd popd", "before the next command"),
            ("3 bash prompt pushd popd", "after pushd, popd, and at the next prompt after cd"),
            ("3 powershell prompt", "at the next prompt"),
            ("3 zsh prompt left cd pushd popd", "command; the prompt is left to another tool"),
            ("3 fish", "not activated"),
        ] {
            let text = describe(&Integration::parse(Some(loaded)), true);
            assert!(text.contains(words), "{text}");
        }
        assert!(describe(&Integration::parse(None), true).contains("not loaded"));
    }

    #[test]
    fn a_helper_that_path_does_not_lead_to_is_reported() {
        let loaded = Integration::parse(Some("3 zsh prompt cd pushd popd"));
        let found = |on_path: Option<&str>, own: Option<&str>| {
            let found = examine(&loaded, on_path.map(Path::new), own.map(Path::new)).pop();
            found.map(|problem| (problem.code, problem.fix))
        };
        assert_eq!(found(None, None), Some(("helper-not-on-path", "add its directory to PATH".to_owned())));
        let fix = "remove one of the two, or put /other first in PATH";
        let other = found(Some("/one/aws-switch"), Some("/other/aws-switch"));
        assert_eq!(other, Some(("other-helper-on-path", fix.to_owned())));
    }
}
