//! Commands in each shell's language that only some rows need.

use crate::common::Shell;

/// Changes to a directory and remembers this one, printing nothing.
pub fn push(shell: Shell, dir: &str) -> String {
    let dir = shell.quote(dir);
    if shell == Shell::PowerShell {
        format!("Push-Location -LiteralPath {dir}")
    } else {
        format!("pushd {dir} >/dev/null")
    }
}

/// Goes back, printing nothing.
pub fn pop(shell: Shell) -> &'static str {
    if shell == Shell::PowerShell { "Pop-Location" } else { "popd >/dev/null" }
}

/// Succeeds and prints nothing.
pub fn nothing(shell: Shell) -> &'static str {
    if shell == Shell::PowerShell { "$null" } else { "true" }
}

/// Runs a command without its messages.
pub fn quietly(shell: Shell, command: &str) -> String {
    let null = if shell == Shell::PowerShell { "$null" } else { "/dev/null" };
    format!("{command} 2>{null}")
}

/// Prints this line.
pub fn print(shell: Shell, text: &str) -> String {
    format!("echo {}", shell.quote(text))
}

/// Turns on the shell's strict modes.
pub fn strict(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash | Shell::Bash32 => "set -euo pipefail",
        Shell::Zsh => "setopt err_exit no_unset pipe_fail",
        Shell::Fish => "",
        Shell::PowerShell => {
            "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; \
             $PSNativeCommandUseErrorActionPreference = $true"
        }
    }
}

/// A prompt of the user's own, as an rc file sets it.
pub fn own_prompt(shell: Shell, text: &str) -> String {
    let mark = shell.prompt_mark();
    match shell {
        Shell::Bash | Shell::Bash32 => format!("PS1='{text}{mark}'"),
        Shell::Zsh => format!("PROMPT=$'{text}{mark}'"),
        Shell::Fish => format!("function fish_prompt; set -l s $status; printf '{text}{mark}' $s; end"),
        Shell::PowerShell => format!("function prompt {{ $mark = {mark}; '{text}' + $mark }}"),
    }
}
