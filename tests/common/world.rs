//! A temporary home for one test, and the shells and the helper in it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output as Finished, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::powershell::PowerShell;
use super::pty::Session;
use super::shells::Shell;
use super::terminal::SIZE;

pub const WINDOWS_BIN: &str = "windows bin";
const SYSTEM_PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/// A temporary home, with the helper on its PATH and nothing of the user's; removed when dropped.
pub struct World {
    root: PathBuf,
    starts: AtomicUsize,
    _temporary: TempDir,
}

impl World {
    /// An empty home.
    pub fn new() -> Self {
        let temporary = tempfile::Builder::new().prefix("aws-switch-test-").tempdir().unwrap();
        // The shells' $PWD and the helper's paths must not differ by a symlink (macOS: /tmp).
        let root = temporary.path().canonicalize().unwrap();
        let world = Self { root, starts: AtomicUsize::new(0), _temporary: temporary };
        for dir in ["home/.aws", "home/.config", "bin", "rc"] {
            make_dir(&world.root.join(dir));
        }
        // Without this directory fish parses all manual pages at its first start.
        make_dir(&world.path(".local/share/fish/generated_completions"));
        make_dir(&world.path(".cache/fish/generated_completions"));
        make_dir(&world.path(".run"));
        set_mode(&world.path(".run"), 0o700);
        // Without ~/.inputrc readline reads /etc/inputrc.
        world.write(".inputrc", "set bell-style none\n");
        world.install_helper();
        world
    }

    /// Puts the helper on the PATH.
    pub fn install_helper(&self) {
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_aws-switch"), self.root.join("bin/aws-switch")).unwrap();
        if let Some(powershell) = PowerShell::find() {
            powershell.install_helper(&self.root.join(WINDOWS_BIN));
        }
    }

    pub fn home(&self) -> PathBuf {
        self.root.join("home")
    }

    /// A path under the home directory.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.home().join(relative)
    }

    /// Makes a directory under the home directory, parents included.
    pub fn dir(&self, relative: impl AsRef<Path>) -> PathBuf {
        let dir = self.path(relative);
        make_dir(&dir);
        dir
    }

    /// Writes a file under the home directory, mode 0644, parents included.
    pub fn write(&self, relative: impl AsRef<Path>, text: impl AsRef<[u8]>) -> PathBuf {
        let file = self.path(relative);
        make_dir(file.parent().unwrap());
        fs::write(&file, text).unwrap();
        set_mode(&file, 0o644);
        file
    }

    /// Writes `~/.aws/config`.
    pub fn config(&self, text: &str) -> PathBuf {
        self.write(".aws/config", text)
    }

    /// Writes `~/.aws/credentials`.
    pub fn credentials(&self, text: &str) -> PathBuf {
        self.write(".aws/credentials", text)
    }

    /// Caches a session of IAM Identity Center named `corp` that does not expire.
    pub fn log_in_to_corp(&self) {
        let token = r#"{"accessToken": "t", "expiresAt": "2999-01-01T00:00:00Z"}"#;
        self.write(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", token);
    }

    /// Puts a program on the PATH, before the system's; `aws-switch` replaces the helper.
    pub fn program(&self, name: &str, script: &str) -> PathBuf {
        self.remove_program(name);
        let file = self.root.join("bin").join(name);
        fs::write(&file, script).unwrap();
        set_mode(&file, 0o755);
        file
    }

    /// Removes a program of this world from the PATH; also the helper.
    pub fn remove_program(&self, name: &str) {
        // The helper's entry is a link to the build, which must not be overwritten.
        let _ = fs::remove_file(self.root.join("bin").join(name));
        let _ = fs::remove_file(self.root.join(WINDOWS_BIN).join(name).with_extension("exe"));
    }

    /// The whole environment of every program.
    pub fn environment(&self) -> Vec<(OsString, OsString)> {
        let home = self.home();
        let path = format!("{}:{SYSTEM_PATH}", self.root.join("bin").display());
        let mut all: Vec<(OsString, OsString)> = vec![
            ("HOME".into(), home.clone().into()),
            ("PATH".into(), path.into()),
            ("LANG".into(), "C.UTF-8".into()),
            ("TERM".into(), "xterm".into()),
        ];
        for (name, dir) in [
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_STATE_HOME", ".local/state"),
            ("XDG_DATA_HOME", ".local/share"),
            ("XDG_CACHE_HOME", ".cache"),
            // Else fish uses /tmp/fish.USER, which may belong to the tests of another user.
            ("XDG_RUNTIME_DIR", ".run"),
        ] {
            all.push((name.into(), home.join(dir).into()));
        }
        all
    }

    /// A program in the home directory of this world, without a terminal or input.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().envs(self.environment()).current_dir(self.home()).stdin(Stdio::null());
        command
    }

    /// The helper itself.
    pub fn helper(&self) -> Command {
        self.command(env!("CARGO_BIN_EXE_aws-switch"))
    }

    /// Runs a script in a shell that is not interactive and reads no rc file. (Not for PowerShell under wine.)
    pub fn batch(&self, shell: Shell, script: &str) -> Finished {
        let mut command = self.command(shell.executable().unwrap());
        match shell {
            Shell::Bash | Shell::Bash32 => command.args(["--noprofile", "--norc"]),
            Shell::Zsh => command.arg("-f"),
            Shell::Fish => command.arg("--no-config"),
            Shell::PowerShell => command.args(["-NoLogo", "-NoProfile"]),
        };
        command.args(["-c", script]).output().unwrap()
    }

    /// An interactive shell in this world.
    pub fn start(&self, shell: Shell) -> Start<'_> {
        Start {
            world: self,
            shell,
            before: String::new(),
            integration: shell.init_line().to_owned(),
            after: String::new(),
            environment: self.environment(),
            dir: self.home(),
            arguments: Vec::new(),
            traced: false,
            size: SIZE,
        }
    }
}

/// Builds an interactive shell.
pub struct Start<'w> {
    world: &'w World,
    shell: Shell,
    before: String,
    integration: String,
    after: String,
    environment: Vec<(OsString, OsString)>,
    dir: PathBuf,
    arguments: Vec<String>,
    traced: bool,
    size: (u16, u16),
}

impl Start<'_> {
    /// Lines of the rc file above the integration's.
    pub fn before(mut self, lines: &str) -> Self {
        self.before = lines.to_owned();
        self
    }

    /// Lines of the rc file below the integration's.
    pub fn after(mut self, lines: &str) -> Self {
        self.after = lines.to_owned();
        self
    }

    /// Lines instead of those that load the integration; "" for none.
    pub fn integration(mut self, lines: &str) -> Self {
        self.integration = lines.to_owned();
        self
    }

    /// A further variable of the environment.
    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// The directory of the shell at its start.
    pub fn dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.dir = dir.into();
        self
    }

    /// A further argument of the shell, such as `-u`.
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// A terminal of so many rows and columns.
    pub fn size(mut self, rows: u16, columns: u16) -> Self {
        self.size = (rows, columns);
        self
    }

    /// Under strace, for [`Session::processes`].
    pub fn traced(mut self) -> Self {
        self.traced = true;
        self
    }

    /// Starts the shell and waits for the first prompt.
    pub fn spawn(self) -> Session {
        let number = self.world.starts.fetch_add(1, Ordering::Relaxed);
        let rc = self.world.root.join(format!("rc/{number}"));
        make_dir(&rc);
        let log = rc.join("trace");
        let mut command = self.command_line(&log);
        self.write_rc(&rc, &mut command);
        let mut session = Session::spawn(self.shell, command, self.size, rc);
        session.trace = self.traced.then_some(log);
        session
    }

    fn command_line(&self, log: &Path) -> CommandBuilder {
        let shell = self.shell.executable().unwrap();
        let mut command = match PowerShell::find() {
            Some(powershell) if self.shell == Shell::PowerShell => {
                assert!(!self.traced, "strace does not trace Windows processes");
                powershell.command(&self.world.root.join(WINDOWS_BIN))
            }
            _ if self.traced => {
                let mut command = super::trace::strace(log);
                command.arg(shell);
                command.env_clear();
                command
            }
            _ => {
                let mut command = CommandBuilder::new(shell);
                command.env_clear();
                command
            }
        };
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        command.env("SHELL", shell);
        command.cwd(&self.dir);
        command
    }

    fn write_rc(&self, rc: &Path, command: &mut CommandBuilder) {
        let prelude = self.shell.rc_prelude(&self.world.home());
        let text = [&prelude, &self.before, &self.integration, &self.after, ""].join("\n");
        let file = match self.shell {
            Shell::Bash | Shell::Bash32 => {
                command.args(["--noprofile".as_ref(), "--rcfile".as_ref(), rc.join("bashrc").as_os_str()]);
                rc.join("bashrc")
            }
            Shell::Zsh => {
                command.env("ZDOTDIR", rc);
                // Debian's /etc/zsh changes key bindings.
                command.arg("-d");
                rc.join(".zshrc")
            }
            Shell::Fish => self.world.path(".config/fish/config.fish"),
            Shell::PowerShell => rc.join("rc.ps1"),
        };
        make_dir(file.parent().unwrap());
        fs::write(&file, text).unwrap();
        if self.shell == Shell::PowerShell {
            command.arg(file);
            return;
        }
        command.args(&self.arguments);
        command.arg("-i");
    }
}

fn make_dir(dir: &Path) {
    fs::create_dir_all(dir).unwrap();
}

fn set_mode(file: &Path, mode: u32) {
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
}
