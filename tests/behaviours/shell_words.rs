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
        // Command substitutions are split nowhere.
        Shell::Fish => "set -g IFS ''",
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
        Shell::Fish => format!("function fish_prompt; set -l s $status; builtin printf '{text}{mark}' $s; end"),
        Shell::PowerShell => format!("function prompt {{ $mark = {mark}; '{text}' + $mark }}"),
    }
}

/// Lines of an rc file, above and below the integration, under which it writes the name of a command to a file where it
/// does not insist on the shell's own.
pub fn replaced_builtins(shell: Shell, file: &str) -> (String, &'static str) {
    let (names, lines) = match shell {
        Shell::Bash | Shell::Bash32 | Shell::Zsh => (
            ": alias bindkey break command compgen complete compopt continue declare emulate exec export functions \
             integer local printf read return set setopt shift shopt sysread test trap type typeset unset zle zmodload [",
            "function __mine { \\builtin echo \"$1\" >>FILE; \\builtin return 1; }
             for name in NAMES; do \\alias \"$name=__mine $name\"; done",
        ),
        Shell::Fish => (
            "commandline complete contains echo functions math path printf",
            "for name in NAMES
                 eval \"function $name
                     set -l caller (status stack-trace | string match 'in function*')[2]
                     string match -rq '^in function .(__aws_switch|aws-switch|fish_prompt)' -- \\$caller
                     and builtin echo $name >>FILE
                     builtin $name \\$argv
                 end\"
             end",
        ),
        Shell::PowerShell => (
            "Export-ModuleMember ForEach-Object Get-Module Get-Variable Import-Module Register-ArgumentCompleter \
             Register-EngineEvent Remove-Variable Select-Object Where-Object Write-Error Write-Host Write-Warning",
            "foreach ($name in -split 'NAMES') { Set-Item Function:$name ([ScriptBlock]::Create(\"
                 if ((Get-PSCallStack)[1].FunctionName -like '*aws*switch*') { [IO.File]::AppendAllText('FILE', '$name') }
                 `$input | & (Get-Command $name -CommandType Cmdlet) @args\")) }",
        ),
    };
    // zsh's own completion functions evaluate text.
    let below = if shell == Shell::Zsh { "\\builtin unalias -a" } else { "" };
    (lines.replace("NAMES", names).replace("FILE", file), below)
}
