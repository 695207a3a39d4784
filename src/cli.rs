//! The command line: names, options and their help texts.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use jiff::{Span, SpanRelativeTo};

use crate::settings::AutoAction;
use crate::switching::Event;

/// Choose an AWS profile in this shell.
#[derive(Debug, Parser)]
#[command(
    name = "aws-switch",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "A command's name wins over a profile of the same name: `aws-switch use NAME` reaches the profile."
)]
pub struct Cli {
    #[command(flatten)]
    pub switch: Switch,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What `aws-switch [OPTIONS] [PROFILE]` takes.
#[derive(Debug, Args)]
pub struct Switch {
    /// The profile to switch this shell to; '-' is the choice before; leave it out to pick from a list
    #[arg(value_name = "PROFILE", conflicts_with = "unset")]
    pub profile: Option<OsString>,
    /// No profile: remove AWS_PROFILE
    #[arg(long, conflicts_with_all = ["region", "for", "login"])]
    pub unset: bool,
    #[command(flatten)]
    pub how: How,
}

/// The options of a switch.
#[derive(Debug, Args)]
pub struct How {
    /// Set AWS_REGION and AWS_DEFAULT_REGION too, until the next switch
    #[arg(long, value_name = "REGION", value_parser = NonEmptyStringValueParser::new())]
    pub region: Option<String>,
    /// Switch back after this time, such as 30m, 1h30m or 2d (7d at most)
    #[arg(long = "for", id = "for", value_name = "TIME", value_parser = time)]
    pub time: Option<Duration>,
    /// Do not ask before a switch to a protected profile
    #[arg(long)]
    pub yes: bool,
    /// Log in first, where the profile needs that
    #[arg(long)]
    pub login: bool,
}

impl How {
    pub fn is_given(&self) -> bool {
        self.region.is_some() || self.time.is_some() || self.yes || self.login
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Switch to a profile that is named like a command, or begins with '-' (after --)
    Use {
        /// The profile
        profile: OsString,
        #[command(flatten)]
        how: How,
    },
    /// List every profile
    List {
        /// Print JSON
        #[arg(long, conflicts_with = "names")]
        json: bool,
        /// Print the names alone, one a line
        #[arg(long)]
        names: bool,
    },
    /// Show one profile in full, secrets masked
    Show {
        /// The profile [default: the one in force]
        profile: Option<OsString>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say which profile commands run under now, and why
    Current {
        /// Print JSON
        #[arg(long, conflicts_with = "name")]
        json: bool,
        /// Print the name alone
        #[arg(long)]
        name: bool,
    },
    /// Say which .awsprofile governs a folder, and whether it is in force
    Resolve {
        /// The folder [default: this one]
        #[arg(value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Ask AWS who commands run as: account, ARN and user id
    Whoami {
        /// Under this profile [default: in this environment as it is]
        profile: Option<OsString>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// How long to wait for an answer [default: 10, or 60 for a role with an mfa_serial]
        #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86400))]
        timeout: Option<u64>,
    },
    /// Run one command under a profile; this shell stays as it is
    Exec {
        /// The profile
        #[arg(allow_hyphen_values = true)]
        profile: OsString,
        /// The command and its arguments, after --
        #[arg(last = true, required = true, value_name = "CMD", value_hint = ValueHint::CommandName)]
        command: Vec<OsString>,
    },
    /// Log in to IAM Identity Center, or with `aws login`, where the profile needs that
    Login {
        /// The profile [default: the one in force]
        profile: Option<OsString>,
        /// Log in even if the session is still good
        #[arg(long)]
        force: bool,
    },
    /// Make or change a profile with `aws configure`, then tell what is wrong with it
    Configure {
        /// The profile
        profile: OsString,
    },
    /// Put the folder's profile in force again (on), or pause following folders in this shell (off)
    Auto {
        /// On when left out
        #[arg(value_enum, default_value_t = AutoAction::On, hide_default_value = true)]
        action: AutoAction,
    },
    /// Write .awsprofile in this folder, and trust it
    Pin {
        /// The profile [default: the one in force]
        profile: Option<OsString>,
        /// Remove .awsprofile instead
        #[arg(long, conflicts_with = "profile")]
        remove: bool,
    },
    /// Trust a .awsprofile, with the content that it has now
    Allow {
        /// The file or its folder [default: the one that governs this folder]
        #[arg(value_hint = ValueHint::AnyPath)]
        path: Option<PathBuf>,
    },
    /// Never follow a .awsprofile, whatever its content
    Deny {
        /// The file or its folder [default: the one that governs this folder]
        #[arg(value_hint = ValueHint::AnyPath)]
        path: Option<PathBuf>,
    },
    /// Tell every fault that it finds, with file, line and what to do about it
    Doctor {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the shell integration
    Init {
        /// The shell
        shell: Shell,
    },
    /// Load the integration in every new shell: adds a marked block to the shells' start-up files
    Setup {
        /// This shell only [default: every one that is installed]
        #[arg(long)]
        shell: Option<Shell>,
        /// Take the block out again
        #[arg(long)]
        undo: bool,
    },
    /// Print completions of commands and options, for packagers
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, for `man -l -` and for packagers
    Man,
    /// What the integration asks at a prompt or after a change of folder
    #[command(name = "__hook", hide = true)]
    Hook {
        /// Why it asks
        event: Event,
    },
    /// What the integration asks at a press of Tab
    #[command(name = "__complete", hide = true)]
    Complete(Tab),
}

/// The commands, without those that only the shell integration uses.
pub fn visible_commands(cli: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    cli.get_subcommands().filter(|command| !command.is_hide_set())
}

/// Whether a word is a command, which hides a profile of that name.
pub fn is_command(word: &str) -> bool {
    Command::has_subcommand(word)
}

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

/// A press of Tab.
#[derive(Args, Clone, Debug)]
pub struct Tab {
    /// The shell that asks
    pub shell: Shell,
    /// The characters after which readline completes anew
    #[arg(long, value_name = "CHARS", default_value_t, hide_default_value = true, allow_hyphen_values = true)]
    pub word_breaks: String,
    /// The quote that is open, where the words come without it
    #[arg(long, default_value_t, hide_default_value = true)]
    pub quote: String,
    /// The line up to the cursor (bash, PowerShell), or its words after `aws-switch` (zsh, fish)
    #[arg(last = true)]
    pub words: Vec<OsString>,
}

/// The longest time of `--for`, in seconds: a week.
const LONGEST: u64 = 7 * 24 * 3600;

/// A time such as `30m`, `90s`, `1h30m` or `2d`.
fn time(text: &str) -> Result<Duration, String> {
    let time = text.parse::<Span>().ok().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    let time = time.and_then(|time| Duration::try_from(time).ok());
    let time = time.filter(|time| (1..=LONGEST).contains(&time.as_secs()));
    time.ok_or_else(|| "expected a time such as 30m, 1h30m or 2d, from 1s to 7d".to_owned())
}
