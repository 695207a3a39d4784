//! `aws-switch completions`: completion of commands and options, for packagers.

use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell as Generator;

use super::print;
use crate::cli::{Cli, visible_commands};
use crate::error::Error;
use crate::shell::Shell;

pub fn run(shell: Shell) -> Result<(), Error> {
    let generator = match shell {
        Shell::Bash => Generator::Bash,
        Shell::Zsh => Generator::Zsh,
        Shell::Fish => Generator::Fish,
        Shell::PowerShell => Generator::PowerShell,
    };
    let mut text = Vec::new();
    clap_complete::generate(generator, &mut public(), "aws-switch", &mut text);
    // clap_complete 4.6 has two different names for a program with a dash in its name in its bash script.
    print(&String::from_utf8_lossy(&text).replace("aws__subcmd__switch", "aws__switch"))
}

/// The command line without hidden commands, which clap_complete would offer all the same, and without the profile,
/// whose values its zsh script would take for commands.
fn public() -> Command {
    let cli = Cli::command();
    let commands = visible_commands(&cli).cloned();
    let options = cli.get_arguments().filter(|argument| !argument.is_positional()).map(|option| {
        let names = option.get_value_names().unwrap_or_default().to_vec();
        let help = option.get_help().cloned().unwrap_or_default();
        let (id, action) = (option.get_id().clone(), option.get_action().clone());
        Arg::new(id.clone()).short(option.get_short()).long(id).help(help).action(action).value_names(names)
    });
    Command::new("aws-switch")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .args(options)
        .subcommands(commands)
}
