//! Holds what differs from shell to shell: the script, quoting, and start-up files. Nothing else in the helper knows a
//! shell's syntax.

mod command_line;
mod quoting;
pub mod startup_block;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

pub use command_line::CommandLine;
pub use quoting::{History, dotenv, powershell_argument, quoted_word, readline_word, word};

use crate::environment::filled;
use crate::{fs, paths};

/// In bytes: a larger file is none.
pub const LARGEST_STARTUP_FILE: u64 = 64 << 20;

/// The shells that the integration is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "that is PowerShell's name")]
pub enum Shell {
    /// bash 3.2 and later
    Bash,
    /// zsh 5.8 and later
    Zsh,
    /// fish 3.6 and later
    Fish,
    /// Windows PowerShell 5.1 and PowerShell 7
    #[value(name = "powershell", alias = "pwsh")]
    PowerShell,
}

impl Shell {
    pub fn script(self) -> &'static str {
        match self {
            Self::Bash => include_str!("../../shell/aws-switch.bash"),
            Self::Zsh => include_str!("../../shell/aws-switch.zsh"),
            Self::Fish => include_str!("../../shell/aws-switch.fish"),
            Self::PowerShell => include_str!("../../shell/aws-switch.ps1"),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
        }
    }

    /// The usual one first.
    pub fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Bash => &["bash"],
            Self::Zsh => &["zsh"],
            Self::Fish => &["fish"],
            Self::PowerShell => &["pwsh", "powershell"],
        }
    }

    /// A statement that sets a variable without exporting it.
    pub fn assignment(self, name: &str, value: &str) -> String {
        let value = self.quoted(value);
        match self {
            Self::Bash | Self::Zsh => format!("{name}={value}\n"),
            Self::Fish => format!("set -g {name} {value}\n"),
            Self::PowerShell => format!("${name} = {value}\n"),
        }
    }

    /// A statement that sets and exports a variable.
    pub fn export(self, name: &str, value: &str) -> String {
        let value = self.quoted(value);
        match self {
            Self::Bash | Self::Zsh => format!("export {name}={value}"),
            Self::Fish => format!("set -gx {name} {value}"),
            Self::PowerShell => format!("$env:{name} = {value}"),
        }
    }

    /// A statement that unsets variables, whether or not they are set. In fish a universal one stays: it is every shell's.
    pub fn unset(self, names: &[&str]) -> String {
        match self {
            Self::Bash | Self::Zsh => format!("unset -v {}", names.join(" ")),
            Self::Fish => format!("set -eg {}; or true", names.join(" ")),
            Self::PowerShell => {
                format!("Remove-Item -LiteralPath Env:{} -ErrorAction Ignore", names.join(", Env:"))
            }
        }
    }

    /// A statement that fails with this status, and stops a script that stops at errors.
    pub fn failure(self, status: u8) -> String {
        match self {
            Self::Bash | Self::Zsh => format!("(exit {status})"),
            Self::Fish => format!("return {status}"),
            Self::PowerShell => format!("throw 'aws-switch env failed with status {status}'"),
        }
    }

    /// Makes a plain word a second name for `aws-switch`, which Tab completes too.
    pub fn second_name(self, name: &str) -> String {
        match self {
            Self::Bash => format!(
                "\\builtin alias {name}=aws-switch\n\
                 [[ $- != *i* ]] || \\builtin complete -o noquote -F __aws_switch_complete {name} 2>/dev/null || \
                 \\builtin complete -F __aws_switch_complete {name} 2>/dev/null || \\builtin :\n"
            ),
            Self::Zsh => format!(
                "\\builtin alias {name}=aws-switch\n\
                 (( ! ${{+functions[compdef]}} )) || compdef __aws_switch_complete {name}\n"
            ),
            Self::Fish => format!("function {name} --wraps aws-switch; aws-switch $argv; end\n"),
            Self::PowerShell => format!(
                "Microsoft.PowerShell.Utility\\Set-Alias -Name {name} -Value aws-switch -Scope Global\n\
                 Microsoft.PowerShell.Core\\Register-ArgumentCompleter -Native -CommandName {name} -ScriptBlock {{\n\
                 & (Microsoft.PowerShell.Core\\Get-Module -Name aws-switch) {{ __aws_switch_complete @args }} @args\n}}\n"
            ),
        }
    }

    /// Loads the integration from `PATH` or else from where the helper is now, and does nothing on a machine without it.
    pub fn loading_lines(self, helper: &Path, file: &Path) -> String {
        let path = self.quoted(&helper.to_string_lossy());
        let name = self.name();
        match self {
            Self::Bash if !file.ends_with(BASHRC) => {
                // Other shells than bash read ~/.profile too, and ~/.bashrc may have loaded it already.
                format!(
                    "case ${{BASH_VERSION:+$-}} in *i*)\n\
                     if declare -F aws-switch >/dev/null; then :\n\
                     elif type -P aws-switch >/dev/null; then eval \"$(command aws-switch init bash)\"\n\
                     elif [ -x {path} ]; then eval \"$({path} init bash)\"; fi ;;\n\
                     esac\n"
                )
            }
            Self::Bash | Self::Zsh => {
                // Not `command -v`: it finds the function when the file is read a second time.
                let (look_up, first) = match self {
                    Self::Bash => ("type -P", ""),
                    // A zsh that nothing has turned completion on in completes no command's arguments.
                    _ => ("whence -p", "(( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit -i }\n"),
                };
                format!(
                    "{first}if {look_up} aws-switch >/dev/null; then eval \"$(command aws-switch init {name})\"\n\
                     elif [ -x {path} ]; then eval \"$({path} init {name})\"; fi\n"
                )
            }
            Self::Fish => format!(
                "if command -q aws-switch; command aws-switch init fish | source\n\
                 else if test -x {path}; {path} init fish | source; end\n"
            ),
            Self::PowerShell => {
                let find = "Get-Command -Name aws-switch -CommandType Application -ErrorAction Ignore";
                format!(
                    "if ({find}) {{ Invoke-Expression (& {{ (& @({find})[0] init powershell | Out-String) }}) }}\n\
                     elseif (Test-Path -LiteralPath {path}) {{ Invoke-Expression (& {{ (& {path} init powershell | Out-String) }}) }}\n"
                )
            }
        }
    }

    /// The files that a new interactive shell reads last, which `setup` edits; to undo that, all that it may have edited.
    pub fn startup_files(self, home: &Path, undo: bool) -> Vec<PathBuf> {
        let config = paths::absolute("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config"));
        match self {
            Self::Bash => {
                let login = BASH_LOGIN_FILES.map(|name| home.join(name));
                let login = if undo { login.to_vec() } else { bash_login_file(login).into_iter().collect() };
                [vec![home.join(BASHRC)], login].concat()
            }
            Self::Zsh => {
                let directory = filled("ZDOTDIR");
                vec![directory.map_or(home.to_path_buf(), PathBuf::from).join(".zshrc")]
            }
            Self::Fish => vec![config.join("fish").join("config.fish")],
            Self::PowerShell if cfg!(windows) => {
                let documents = dirs::document_dir().unwrap_or_else(|| home.join("Documents"));
                ["PowerShell", "WindowsPowerShell"]
                    .map(|directory| documents.join(directory).join("Microsoft.PowerShell_profile.ps1"))
                    .to_vec()
            }
            Self::PowerShell => vec![config.join("powershell").join("Microsoft.PowerShell_profile.ps1")],
        }
    }
}

const BASHRC: &str = ".bashrc";
/// A login bash reads the first of these that exists, and no other.
const BASH_LOGIN_FILES: [&str; 3] = [".bash_profile", ".bash_login", ".profile"];

/// The file of a login bash, as tmux and ssh start it, unless it reads `~/.bashrc`. A new one is the last that bash looks
/// for, so that it hides no other.
fn bash_login_file(files: [PathBuf; 3]) -> Option<PathBuf> {
    // Git Bash for Windows makes a ~/.bash_profile that reads ~/.bashrc.
    if cfg!(windows) {
        return None;
    }
    let file = files.iter().find(|file| file.exists()).or(files.last())?;
    let text = fs::read_regular(file, LARGEST_STARTUP_FILE).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let reads_bashrc = text.lines().any(|line| !line.trim_start().starts_with('#') && line.contains(BASHRC));
    (!reads_bashrc).then(|| file.clone())
}

/// A command line for a message: in quotes unless it has quotes of its own.
pub fn in_quotes(line: String) -> String {
    if line.contains('\'') { line } else { format!("'{line}'") }
}
