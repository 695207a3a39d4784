//! A real interactive PowerShell: `pwsh` from PATH, or the Windows build under wine.
//!
//! Wine's console draws the output of PowerShell and passes on lines and colours, but no OSC sequence. So its prompts
//! end with a visible mark, `<~STATUS;SERIAL~>`, which [`super::terminal`] reads as OSC 7777 elsewhere, and hides. Typed
//! characters beyond the basic multilingual plane are lost.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use portable_pty::CommandBuilder;

use super::pty::find;

/// The PowerShell of this machine.
#[derive(Debug)]
pub enum PowerShell {
    /// A program of this system.
    Native(PathBuf),
    /// The Windows build.
    Wine {
        /// Starts it: tests/windows/pwsh-wine.
        starter: PathBuf,
        /// The helper as a Windows program.
        helper: PathBuf,
    },
}

impl PowerShell {
    /// Searched once: the path in `AWS_SWITCH_TEST_PWSH` (from tests/windows/setup-pwsh; for Windows together with
    /// `AWS_SWITCH_TEST_HELPER`, from tests/windows/build-helper), else `pwsh` on PATH.
    pub fn find() -> Option<&'static Self> {
        static FOUND: OnceLock<Option<PowerShell>> = OnceLock::new();
        FOUND.get_or_init(Self::look).as_ref()
    }

    fn look() -> Option<Self> {
        let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let Some(program) = named("AWS_SWITCH_TEST_PWSH") else {
            return super::shells::on_path("pwsh").map(Self::Native);
        };
        if !program.ends_with("pwsh-wine") {
            return Some(Self::Native(program));
        }
        let helper = named("AWS_SWITCH_TEST_HELPER").expect("tests/windows/pwsh-wine needs AWS_SWITCH_TEST_HELPER");
        assert!(helper.is_file(), "AWS_SWITCH_TEST_HELPER: there is no {}", helper.display());
        Some(Self::Wine { starter: program, helper })
    }

    /// The program itself.
    pub fn program(&self) -> &Path {
        match self {
            Self::Native(program) | Self::Wine { starter: program, .. } => program,
        }
    }

    /// A path in the notation of PowerShell.
    pub fn path(&self, path: &str) -> String {
        match self {
            Self::Native(_) => path.to_owned(),
            Self::Wine { .. } => format!("Z:{}", path.replace('/', r"\")),
        }
    }

    /// Copies the helper into its own directory; returns the directory for PowerShell's PATH.
    pub(super) fn install_helper(&self, dir: &Path) {
        if let Self::Wine { helper, .. } = self {
            fs::create_dir_all(dir).unwrap();
            std::os::unix::fs::symlink(helper, dir.join("aws-switch.exe")).unwrap();
        }
    }

    /// Lets PowerShell for Windows find a program of this system, whose path has no spaces. Wine passes on its
    /// environment and no output, so that goes by way of a file.
    pub fn install_program(&self, dir: &Path, name: &str, program: &Path) {
        let (program, answer) = (program.to_str().unwrap(), format!("{}.answer", program.display()));
        let script = PathBuf::from(format!("{program}.sh"));
        let text = format!("#!/bin/sh\n'{program}' \"$@\" >'{answer}.new' 2>&1\nmv '{answer}.new' '{answer}'\n");
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        let shown = self.path(&answer);
        let batch = format!(
            "@echo off\r\ndel {shown} 2>nul\r\nstart /b /unix {} %*\r\n\
             :wait\r\nif not exist {shown} goto wait\r\ntype {shown}\r\n",
            script.display()
        );
        fs::write(dir.join(format!("{name}.cmd")), batch).unwrap();
    }

    /// The command that starts it on a terminal, with what it needs of an environment.
    pub(super) fn command(&self, helper_dir: &Path) -> CommandBuilder {
        let mut command = match self {
            Self::Native(program) => CommandBuilder::new(program),
            Self::Wine { starter, .. } => {
                // Wine's console echoes itself, and turns the terminal's echo off too late. Without isig, that of
                // Wine 8 takes Ctrl-C for the end of input.
                let mut command = CommandBuilder::new("/bin/sh");
                command.args(["-c", "stty raw isig -echo && XDG_CACHE_HOME=$0 exec \"$@\""]);
                command.args([&cache(), starter]);
                command
            }
        };
        command.env_clear();
        if self.is_wine() {
            command.env("WINEPATH", self.path(helper_dir.to_str().unwrap()));
        }
        command.env("POWERSHELL_TELEMETRY_OPTOUT", "1");
        command.env("POWERSHELL_UPDATECHECK", "Off");
        command.args(["-NoLogo", "-NoProfile", "-NoExit", "-File"]);
        command
    }

    /// The start of every rc file: a plain prompt with our marks, and no line editor, whose drawing Wine's console
    /// garbles; Tab completes without it, too. Wine reads the directories of a user from its registry.
    pub(super) fn rc_prelude(&self, home: &Path) -> String {
        let home = self.path(home.to_str().unwrap());
        let directories = match self {
            Self::Native(_) => String::new(),
            Self::Wine { .. } => format!(
                r"$env:USERPROFILE = '{home}'
$env:APPDATA = '{home}\AppData\Roaming'
$env:LOCALAPPDATA = '{home}\AppData\Local'
"
            ),
        };
        format!("{directories}{PRELUDE}")
    }

    /// Whether it is the Windows build.
    pub fn is_wine(&self) -> bool {
        matches!(self, Self::Wine { .. })
    }
}

/// The output without messages of Wine itself, which no setting turns off: about the disks of this machine, and about
/// threads that still run when a program ends. A partial message stays in `arrived`.
pub fn take_without_noise(arrived: &mut Vec<u8>) -> Vec<u8> {
    // The second is written in two parts, and others may come between them.
    const NOISE: [(&[u8], &[u8]); 4] = [
        (b"wine: Read access denied", b"\n"),
        (b"wine client error:", b": "),
        (b"sendmsg: Bad file descriptor", b"\n"),
        (b"write: Bad file descriptor", b"\n"),
    ];
    let mut clean = Vec::new();
    let first =
        |text: &[u8]| NOISE.iter().filter_map(|(start, end)| Some((find(text, start)?, start.len(), *end))).min();
    while let Some((at, length, end)) = first(arrived) {
        clean.extend(arrived.drain(..at));
        let Some(rest) = find(&arrived[length..], end) else { return clean };
        arrived.drain(..length + rest + end.len());
    }
    clean.append(arrived);
    clean
}

/// Where tests/windows keeps PowerShell for Windows: in the user's cache, not in a test's.
fn cache() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache"))).unwrap()
}

// A property of LASTEXITCODE marks a value that was there before. It is set on a copy, as PowerShell shares one object
// for equal literals.
const PRELUDE: &str = r#"Microsoft.PowerShell.Core\Remove-Module PSReadLine -ErrorAction Ignore
$global:__test_prompts = 0
function global:__test_mark([bool] $succeeded) {
    $code = $global:LASTEXITCODE
    $status = 0
    if (-not $succeeded) { $status = 1 }
    if ($null -ne $code -and -not $code.PSObject.Properties['Seen']) {
        if ($status -and $code) { $status = [int] $code }
        $global:LASTEXITCODE = [int]::Parse("$code") | Microsoft.PowerShell.Utility\Add-Member -NotePropertyName Seen -NotePropertyValue 1 -PassThru
    }
    $global:__test_prompts++
    "<~$status;$($global:__test_prompts)~>"
}
function global:__test_environment([string] $file) {
    $all = [Environment]::GetEnvironmentVariables()
    [IO.File]::WriteAllText($file, -join @(foreach ($name in $all.Keys) { "$name=$($all[$name])`0" }))
}
function global:prompt { 'test$ ' + (__test_mark $?) }"#;
