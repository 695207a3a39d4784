//! The shells that the tests drive, and the same commands in the language of each.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Once, OnceLock};

use super::powershell::PowerShell;

/// A shell that the integration supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::enum_variant_names, reason = "that is PowerShell's name")]
pub enum Shell {
    /// The first bash on PATH, whatever its version.
    Bash,
    /// bash 3.2, macOS's own: `AWS_SWITCH_TEST_BASH32`, else `/bin/bash`.
    Bash32,
    /// The first zsh on PATH.
    Zsh,
    /// The first fish on PATH.
    Fish,
    /// PowerShell, see [`super::powershell`].
    PowerShell,
}

impl Shell {
    /// The shells that share most of their language.
    pub const UNIX: [Self; 4] = [Self::Bash, Self::Bash32, Self::Zsh, Self::Fish];

    /// The installed shells of [`Shell::UNIX`]. A missing one panics in CI and is a warning elsewhere; bash 3.2
    /// may be missing everywhere, since few systems ship it.
    pub fn available() -> Vec<Self> {
        Self::UNIX.into_iter().filter(|shell| shell.is_here()).collect()
    }

    /// Like [`Shell::available`], with PowerShell.
    pub fn all_available() -> Vec<Self> {
        Self::UNIX.into_iter().chain([Self::PowerShell]).filter(|shell| shell.is_here()).collect()
    }

    /// Whether this shell is wanted, and installed, with the same rule as [`Shell::available`].
    pub fn is_here(self) -> bool {
        static WARNED: [Once; 5] = [const { Once::new() }; 5];
        if !super::is_wanted(&format!("{self:?}"), "AWS_SWITCH_TEST_SHELL") {
            return false;
        }
        if self.executable().is_some() {
            return true;
        }
        if super::in_ci() && self != Self::Bash32 {
            panic!("{self:?} is not installed; tests/install installs it");
        }
        WARNED[self as usize].call_once(|| super::skip(&format!("{self:?} is not installed, nothing ran in it")));
        false
    }

    /// The path of the shell, searched once.
    pub fn executable(self) -> Option<&'static Path> {
        static FOUND: [OnceLock<Option<PathBuf>>; 5] = [const { OnceLock::new() }; 5];
        let found = FOUND[self as usize].get_or_init(|| match self {
            Self::Bash32 => find_bash_32(),
            Self::PowerShell => PowerShell::find().map(|found| found.program().to_owned()),
            _ => on_path(self.name()),
        });
        found.as_deref()
    }

    /// The name that `aws-switch init` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bash | Self::Bash32 => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
        }
    }

    /// PowerShell for Windows, under Wine.
    pub fn is_wine(self) -> bool {
        self == Self::PowerShell && PowerShell::find().is_some_and(PowerShell::is_wine)
    }

    /// bash of any version.
    pub fn is_bash(self) -> bool {
        matches!(self, Self::Bash | Self::Bash32)
    }

    /// A bash before 5.1, which runs no array of commands at a prompt.
    pub fn is_old_bash(self) -> bool {
        self.is_bash_before(501)
    }

    /// A bash before this version, such as 404 for 4.4.
    pub fn is_bash_before(self, version: u32) -> bool {
        let test = format!("((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < {version}))");
        self.is_bash() && Command::new(self.executable().unwrap()).args(["-c", &test]).status().unwrap().success()
    }

    /// The line that loads the integration, as a user has it in the rc file.
    pub fn init_line(self) -> &'static str {
        match self {
            Self::Bash | Self::Bash32 => r#"eval "$(aws-switch init bash)""#,
            Self::Zsh => r#"eval "$(aws-switch init zsh)""#,
            Self::Fish => "aws-switch init fish | source",
            Self::PowerShell => "Invoke-Expression (& { (aws-switch init powershell | Out-String) })",
        }
    }

    /// The script of this shell, as it was when the tests were built.
    pub fn script(self) -> &'static str {
        match self {
            Self::Bash | Self::Bash32 => include_str!("../../shell/aws-switch.bash"),
            Self::Zsh => include_str!("../../shell/aws-switch.zsh"),
            Self::Fish => include_str!("../../shell/aws-switch.fish"),
            Self::PowerShell => include_str!("../../shell/aws-switch.ps1"),
        }
    }

    /// The start of every rc file: a plain prompt with our marks (see [`super::terminal`]). A test
    /// that sets a prompt of its own must end it with [`Shell::prompt_mark`].
    pub(super) fn rc_prelude(self, home: &Path) -> String {
        let lines = match self {
            Self::PowerShell => return PowerShell::find().unwrap().rc_prelude(home),
            Self::Bash | Self::Bash32 => {
                r#"unset PROMPT_COMMAND; unset -f command_not_found_handle
__test_prompts=0
PS1='test$ \[\e]7777;P;$?;$((__test_prompts+=1))\a\]'"#
            }
            Self::Zsh => {
                r#"__test_new_prompt() { builtin printf '\e]7777;N\a' }
precmd_functions+=(__test_new_prompt)
PROMPT=$'test$ %{\e]7777;P;%?\a%}'"#
            }
            Self::Fish => {
                r#"set -g fish_greeting
set -g fish_autosuggestion_enabled 0
function __test_new_prompt --on-event fish_prompt; builtin printf '\e]7777;N\a'; end
function fish_prompt; builtin printf 'test$ \e]7777;P;%s\a' $status; end"#
            }
        };
        lines.to_owned()
    }

    /// The mark at the end of a prompt: text for PS1 in bash (single quotes), for PROMPT in zsh (`$'...'`), for printf's
    /// format with `$status` as its argument in fish, and an expression in PowerShell, where `$?` must not have changed.
    pub fn prompt_mark(self) -> &'static str {
        match self {
            Self::Bash | Self::Bash32 => r"\[\e]7777;P;$?;$((__test_prompts+=1))\a\]",
            Self::Zsh => r"%{\e]7777;P;%?\a%}",
            Self::Fish => r"\e]7777;P;%s\a",
            Self::PowerShell => "(__test_mark $?)",
        }
    }

    /// The line of an rc file that turns on the shell's Tab completion.
    pub fn completion_setup(self) -> &'static str {
        match self {
            // The dump is that of all tests: to make it takes half a second.
            Self::Zsh => concat!(
                "autoload -Uz compinit && compinit -C -d '",
                env!("CARGO_TARGET_TMPDIR"),
                "/zcompdump-'$ZSH_VERSION"
            ),
            _ => "",
        }
    }

    /// A path in the notation of this shell.
    pub fn path(self, path: impl AsRef<Path>) -> String {
        let path = path.as_ref().to_str().unwrap();
        match self {
            Self::PowerShell => PowerShell::find().unwrap().path(path),
            _ => path.to_owned(),
        }
    }

    /// A path below the home as messages show it.
    pub fn below_home(self, relative: &str) -> String {
        let path = format!("~/{relative}");
        match self {
            _ if self.is_wine() => path.replace('/', r"\"),
            _ => path,
        }
    }

    /// `text` as one literal word.
    pub fn quote(self, text: &str) -> String {
        match self {
            Self::PowerShell => format!("'{}'", text.replace('\'', "''")),
            Self::Fish => format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'")),
            _ => format!("'{}'", text.replace('\'', r"'\''")),
        }
    }

    /// Changes the directory.
    pub fn cd(self, dir: impl AsRef<Path>) -> String {
        let cd = if self == Self::PowerShell { "cd -LiteralPath" } else { "cd" };
        format!("{cd} {}", self.quote(&self.path(dir)))
    }

    /// Exports a variable.
    pub fn set_env(self, name: &str, value: &str) -> String {
        match self {
            Self::Fish => format!("set -gx {name} {}", self.quote(value)),
            Self::PowerShell => format!("$env:{name} = {}", self.quote(value)),
            _ => format!("export {name}={}", self.quote(value)),
        }
    }

    /// Sets a variable that children do not see.
    pub fn set_local(self, name: &str, value: &str) -> String {
        match self {
            Self::Fish => format!("set -g {name} {}", self.quote(value)),
            Self::PowerShell => format!("$global:{name} = {}", self.quote(value)),
            _ => format!("{name}={}", self.quote(value)),
        }
    }

    /// Removes a variable.
    pub fn unset_env(self, name: &str) -> String {
        match self {
            Self::Fish => format!("set -e {name}"),
            Self::PowerShell => format!("Remove-Item Env:{name} -ErrorAction Ignore"),
            _ => format!("unset {name}"),
        }
    }

    /// `first`, then `second` if `first` succeeded, in one line.
    pub fn and(self, first: &str, second: &str) -> String {
        format!("{first} && {second}")
    }

    /// `first`, then `second`, in one line.
    pub fn then(self, first: &str, second: &str) -> String {
        format!("{first}; {second}")
    }

    /// Prints `<value>` of a variable of the shell, exported or not; `<>` when there is none.
    pub fn print_var(self, name: &str) -> String {
        match self {
            Self::Fish => format!(r#"builtin printf '<%s>\n' "${name}""#),
            Self::PowerShell => {
                format!(r#""<$env:{name}$(Get-Variable {name} -Scope Global -ValueOnly -ErrorAction Ignore)>""#)
            }
            _ => format!(r#"builtin printf '<%s>\n' "${{{name}-}}""#),
        }
    }

    /// Prints the status of the command before it.
    pub fn print_status(self) -> &'static str {
        match self {
            Self::Fish => "builtin printf 'status %s\\n' $status",
            Self::PowerShell => r#""status $LASTEXITCODE""#,
            _ => "builtin printf 'status %s\\n' \"$?\"",
        }
    }

    /// Runs `body` in a subshell, or in a command substitution where the shell has none.
    pub fn subshell(self, body: &str) -> String {
        match self {
            Self::Fish => format!("echo (begin; {body}; end)"),
            Self::PowerShell => format!(r#""$({body})""#),
            _ => format!("echo \"$({body})\""),
        }
    }

    /// A command that fails with `status`.
    pub fn fail_with(self, status: u8) -> String {
        match self {
            Self::Fish => format!("fish --no-config -c 'exit {status}'"),
            _ if self.is_wine() => format!("cmd /c exit {status}"),
            Self::PowerShell => format!("sh -c 'exit {status}'"),
            _ => format!("(exit {status})"),
        }
    }
}

pub(super) fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

fn find_bash_32() -> Option<PathBuf> {
    let named = env::var_os("AWS_SWITCH_TEST_BASH32").map(PathBuf::from);
    if let Some(file) = named {
        assert!(is_bash_32(&file), "AWS_SWITCH_TEST_BASH32 is no bash 3.2: {}", file.display());
        return Some(file);
    }
    Some(PathBuf::from("/bin/bash")).filter(|file| is_bash_32(file))
}

fn is_bash_32(file: &Path) -> bool {
    let version = Command::new(file).args(["-c", r#"echo "$BASH_VERSION""#]).output();
    version.is_ok_and(|output| output.stdout.starts_with(b"3.2."))
}
