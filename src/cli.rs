//! Defines the command line: names, options and their help texts.

mod value_parsers;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::protocol::Event;
use crate::settings::AutoAction;
use crate::shell::{Shell, in_quotes, word};
use value_parsers::{command_name, region, seconds, time};

/// `list` by another name.
const LIST_ALIAS: &str = "ls";

/// Switch the AWS profile of this shell
#[derive(Debug, Parser)]
#[command(
    name = "aws-switch",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  aws-switch work              Switch to the profile 'work'
  aws-switch -                 Switch back
  aws-switch prod --for 30m    Switch for 30 minutes
  aws-switch                   Pick a profile from a list

A command takes precedence over a profile of the same name; 'aws-switch use NAME' switches to the profile."
)]
pub struct Cli {
    #[command(flatten)]
    pub switch: Switch,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The arguments of `aws-switch [OPTIONS] [PROFILE]`.
#[derive(Debug, Args)]
pub struct Switch {
    /// Profile to switch to; '-' for the previous one; without one, pick from a list
    #[arg(value_name = "PROFILE", conflicts_with = "unset")]
    pub profile: Option<OsString>,
    /// Switch to no profile: unset AWS_PROFILE
    #[arg(short, long, conflicts_with_all = ["region", "for", "login"])]
    pub unset: bool,
    /// Pick a profile from a list; start with this query
    #[arg(short = 'i', long, value_name = "QUERY", num_args = 0.., conflicts_with_all = ["profile", "unset"])]
    pub pick: Option<Vec<String>>,
    #[command(flatten)]
    pub options: SwitchOptions,
}

// The options of a switch; a doc comment would replace the help of `use`.
#[derive(Debug, Args)]
pub struct SwitchOptions {
    /// Use this region too, until the next switch
    #[arg(short, long, value_name = "REGION", value_parser = NonEmptyStringValueParser::new())]
    pub region: Option<String>,
    /// Switch back after this time, such as 30m, 1h30m or 2d (7d at most)
    #[arg(short = 'f', long = "for", id = "for", value_name = "TIME", value_parser = time)]
    pub time: Option<Duration>,
    /// Switch to a protected profile without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Log in first, if the profile needs it
    #[arg(short, long)]
    pub login: bool,
}

impl SwitchOptions {
    pub fn is_given(&self) -> bool {
        self.region.is_some() || self.time.is_some() || self.yes || self.login
    }
}

// Each switch and each Tab would spend a tenth of their instructions on the arguments of all the other commands.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Switch to a profile named like a command, or beginning with '-'
    #[command(after_help = "\
Examples:
  aws-switch use list
  aws-switch use -- -odd-name")]
    Use {
        /// Profile to switch to
        profile: OsString,
        #[command(flatten)]
        options: SwitchOptions,
    },
    /// List all profiles
    #[command(
        visible_alias = LIST_ALIAS,
        after_help = "\
In the table, '*' marks the active profile and '#' a protected one. A name or value that is too long for the terminal \
is cut in the middle. SESSION 'none' needs a login; '-' is a profile without a session."
    )]
    List {
        /// Print JSON
        #[arg(long, conflicts_with = "names")]
        json: bool,
        /// Print only the names, one per line
        #[arg(long)]
        names: bool,
    },
    /// Show one profile in full, secrets masked
    Show {
        /// Profile to show [default: the active one]
        profile: Option<OsString>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the active profile and where it comes from
    Current {
        /// Print JSON
        #[arg(long, conflicts_with = "name")]
        json: bool,
        /// Print only the name
        #[arg(long)]
        name: bool,
    },
    /// Show which .awsprofile applies to a directory, and whether it is active
    Resolve {
        /// Directory to check [default: the current one]
        #[arg(value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Ask AWS who you are: account, ARN and user id
    Whoami {
        /// Profile to ask with [default: the environment as it is]
        profile: Option<OsString>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Wait this long for an answer [default: 10, or 60 for a profile with mfa_serial]
        #[arg(long, value_name = "SECONDS", value_parser = seconds)]
        timeout: Option<u64>,
    },
    /// Run one command under a profile, without switching this shell
    #[command(after_help = "\
Examples:
  aws-switch exec work -- terraform plan
  aws-switch exec --here --check -- terraform apply")]
    Exec(Exec),
    /// Print the variables of a profile, for processes without the shell integration
    #[command(after_help = "\
It prints no secret. The variables that override the profile are unset, or null in JSON; a dotenv file cannot do that.

Examples:
  eval \"$(aws-switch env --here)\"
  aws-switch env work --format dotenv >.env.aws")]
    Env(Env),
    /// Log in with 'aws sso login' or 'aws login', if the profile needs it
    Login {
        /// Profile to log in for [default: the active one]
        // After `--`, a name that begins with '-' would be an argument for the AWS CLI.
        #[arg(allow_hyphen_values = true)]
        profile: Option<OsString>,
        /// Log in even if the session is still valid
        #[arg(long)]
        force: bool,
        /// Arguments for the AWS CLI, such as --no-browser
        #[arg(last = true, value_name = "ARGS")]
        arguments: Vec<OsString>,
    },
    /// Create or change a profile with 'aws configure', then check it
    #[command(after_help = "\
Examples:
  aws-switch configure work          Enter access keys
  aws-switch configure work --sso    Set up IAM Identity Center")]
    Configure {
        /// Profile to create or change
        profile: OsString,
        /// Run 'aws configure sso' [default: if the profile has SSO settings]
        #[arg(long)]
        sso: bool,
    },
    /// Activate the directory profile again, or pause directory profiles in this shell
    Auto {
        /// Activate or pause [default: on]
        #[arg(value_enum, default_value_t = AutoAction::On, hide_default_value = true)]
        action: AutoAction,
    },
    /// Write .awsprofile in this directory, and trust it
    #[command(after_help = "\
Examples:
  aws-switch pin work              Use 'work' in and below this directory
  aws-switch pin work --account    Ignore the file if the account differs
  aws-switch pin --remove")]
    Pin(Pin),
    /// Trust a .awsprofile with its present content
    Allow {
        /// The file or its directory [default: the one that applies here]
        #[arg(value_hint = ValueHint::AnyPath)]
        path: Option<PathBuf>,
    },
    /// Ignore a .awsprofile, whatever its content
    Deny {
        /// The file or its directory [default: the one that applies here]
        #[arg(value_hint = ValueHint::AnyPath)]
        path: Option<PathBuf>,
    },
    /// Report every problem, with file, line and fix
    Doctor {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the shell integration, for a line in a start-up file
    #[command(after_help = "\
Examples, one per shell:
  eval \"$(aws-switch init bash)\"
  eval \"$(aws-switch init zsh)\"
  aws-switch init fish | source
  Invoke-Expression (& { (aws-switch init powershell | Out-String) })

'aws-switch setup' writes such a line for you.")]
    Init {
        /// Shell to print it for
        shell: Shell,
        /// Define NAME as a second name for aws-switch, such as 'asw'
        #[arg(long, value_name = "NAME", value_parser = command_name)]
        cmd: Option<String>,
    },
    /// Load the shell integration in every new shell
    #[command(after_help = "\
It first prints which files it will change, then adds a marked block to the start-up files of each installed shell. \
The prompt then shows the profile, with '#' if it is protected, '!' if it does not exist or is overridden, and '?' if \
it was not checked; 'prompt = off' in settings.ini turns that off.")]
    Setup {
        /// Set up only this shell [default: every installed one]
        #[arg(long)]
        shell: Option<Shell>,
        /// Remove what setup added
        #[arg(long)]
        undo: bool,
        /// Only print which files would change
        #[arg(long)]
        dry_run: bool,
    },
    /// Print completions of commands and options, for packagers
    Completions {
        /// Shell to print them for
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = "\
Example:
  aws-switch man | man -l -")]
    Man,
    /// Show this help, or the help of a command
    Help {
        /// Command to explain
        #[arg(value_name = "COMMAND")]
        topic: Option<String>,
    },
    /// Answer the shell integration at a prompt or after a change of directory
    #[command(name = "__hook", hide = true)]
    Hook {
        /// Reason why it asks
        event: Event,
    },
    /// Answer the shell integration at a press of Tab
    #[command(name = "__complete", hide = true)]
    Complete(Tab),
}

// A doc comment on the struct would replace the help of its command.
#[derive(Debug, Args)]
pub struct Exec {
    /// Profile to run the command under (not with --here)
    #[arg(allow_hyphen_values = true, required_unless_present = "here")]
    pub profile: Option<OsString>,
    /// Use the profile of the .awsprofile that applies here
    #[arg(long, conflicts_with = "profile")]
    pub here: bool,
    /// Ask AWS first, and run the command only in the expected account
    #[arg(long)]
    pub check: bool,
    /// Run it under a protected profile without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Command and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND", value_hint = ValueHint::CommandName)]
    pub command: Vec<OsString>,
}

#[derive(Debug, Args)]
pub struct Env {
    /// Profile to print them for [default: the active one]
    pub profile: Option<OsString>,
    /// Use the profile of the .awsprofile that applies here
    #[arg(long, conflicts_with = "profile")]
    pub here: bool,
    /// Print them in this form
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = EnvFormat::Sh)]
    pub format: EnvFormat,
    /// Print those of a protected profile without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// The form in which `env` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EnvFormat {
    /// For eval in sh, bash and zsh
    Sh,
    /// For source in fish
    Fish,
    /// For Invoke-Expression
    #[value(name = "powershell")]
    PowerShell,
    /// An object of variables
    Json,
    /// NAME=VALUE lines, for a file
    Dotenv,
}

#[derive(Debug, Args)]
pub struct Pin {
    /// Profile to write [default: the active one]
    pub profile: Option<OsString>,
    /// Write this region too
    #[arg(short, long, value_name = "REGION", value_parser = region)]
    pub region: Option<String>,
    /// Write the account of the profile too, so that the file is ignored if the profile belongs to another
    #[arg(long)]
    pub account: bool,
    /// Remove .awsprofile instead
    #[arg(long, conflicts_with_all = ["profile", "region", "account"])]
    pub remove: bool,
}

/// The commands, without those that only the shell integration uses.
pub fn visible_commands(cli: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    cli.get_subcommands().filter(|command| !command.is_hide_set())
}

/// Whether a word is a command, which hides a profile of that name.
pub fn is_command(word: &str) -> bool {
    Command::has_subcommand(word) || word == LIST_ALIAS
}

/// The command line that switches to a profile, whatever its name is like.
pub fn switch_line(name: &str, options: &str) -> String {
    if is_command(name) || name.starts_with('-') {
        format!("aws-switch use{options} -- {}", word(name))
    } else {
        format!("aws-switch {}{options}", word(name))
    }
}

/// The command line to type, in quotes for a message unless it has quotes of its own.
pub fn to_type(command: &str, name: &str) -> String {
    // The AWS CLI gets the words after `login --`.
    let dashes = if name.starts_with('-') && command != "login" { "-- " } else { "" };
    in_quotes(format!("aws-switch {command} {dashes}{}", word(name)))
}

// A press of Tab.
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
    /// Whether `!` is plain text, as without history expansion
    #[arg(long)]
    pub no_history: bool,
    /// The width of the terminal
    #[arg(long, default_value_t, hide_default_value = true)]
    pub columns: String,
    /// bash's COMP_TYPE: what readline is about to do
    #[arg(long, default_value_t, hide_default_value = true)]
    pub readline: String,
    /// The line up to the cursor (bash, PowerShell), or its words after `aws-switch` (zsh, fish)
    #[arg(last = true)]
    pub words: Vec<OsString>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_script_passes_through_all_commands_but_those_that_change_the_shell() {
        let changes_shell =
            |command: &clap::Command| ["use", "auto", "pin", "allow", "deny"].contains(&command.get_name());
        // clap adds the aliases of commands, which are deferred, only when it builds them.
        let mut cli = Cli::command();
        cli.build();
        let mut expected: Vec<&str> = visible_commands(&cli)
            .filter(|command| !changes_shell(command))
            .flat_map(clap::Command::get_name_and_visible_aliases)
            .collect();
        expected.sort_unstable();
        for shell in Shell::value_variants().iter().copied() {
            let line = shell.script().lines().find(|line| line.contains("whoami")).unwrap();
            let list = &line[line.find("list").unwrap()..line.rfind("ls").unwrap() + "ls".len()];
            let mut passed: Vec<&str> = list.split([' ', '|']).filter(|word| !word.is_empty()).collect();
            passed.sort_unstable();
            assert_eq!(passed, expected, "{shell:?}");
        }
    }

    #[test]
    fn a_line_to_type_names_exactly_its_profile() {
        for (name, line) in
            [("one", "'aws-switch show one'"), ("a b", "aws-switch show 'a b'"), ("-x", "'aws-switch show -- -x'")]
        {
            assert_eq!(to_type("show", name), line);
        }
        assert_eq!(to_type("login", "-x"), "'aws-switch login -x'");
    }
}
