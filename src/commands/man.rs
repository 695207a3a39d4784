//! `aws-switch man`: the manual page, made of the command line's help texts and of `man.roff`.

use std::io::{self, Write};

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::cli::{Cli, visible_commands};
use crate::error::{Error, ignore_closed_pipe};

/// The day of the last change that readers of the page notice.
const DATE: &str = "2026-11-29";

/// The sections after the commands.
const REST: &str = include_str!("man.roff");

/// An empty line ends a paragraph.
const DESCRIPTION: &str = "\
aws-switch switches the AWS profile of the shell you type it in: it sets AWS_PROFILE. A directory with a .awsprofile has \
a profile of its own, which is active in and below that directory.
Switches, auto, directory profiles and the prompt need the shell integration, which `aws-switch setup` loads. The other \
commands also work without it.

The AWS files are read as the AWS CLI reads them, and never written. Only the programs that whoami, login, --login, configure \
and exec start use the network.";

pub fn run() -> Result<(), Error> {
    ignore_closed_pipe(render(&mut io::stdout().lock()))
}

fn render(page: &mut impl Write) -> io::Result<()> {
    let mut cli = Cli::command();
    cli.build();
    let commands = commands_section(&cli);
    let cli = cli.override_usage("aws-switch [OPTIONS] [PROFILE]\naws-switch COMMAND [ARGUMENT ...]");
    let man = Man::new(cli.long_about(DESCRIPTION)).title("AWS-SWITCH").date(DATE).manual("User Commands");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    commands.to_writer(page)?;
    page.write_all(REST.as_bytes())
}

fn commands_section(cli: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in visible_commands(cli) {
        // The options' section has --help, which every command takes.
        let arguments =
            command.get_arguments().filter(|argument| !argument.is_hide_set() && argument.get_id() != "help");
        let arguments: Vec<&Arg> = arguments.collect();
        roff.control("TP", []);
        roff.text([bold(command.get_name()), roman(arguments.iter().copied().map(usage).collect::<String>())]);
        roff.text([roman(sentence(command.get_about()))]);
        if arguments.is_empty() {
            continue;
        }
        roff.control("RS", []);
        for argument in arguments {
            roff.control("TP", []);
            roff.text(heading(argument));
            roff.text([roman(sentence(argument.get_help()))]);
        }
        roff.control("RE", []);
    }
    roff
}

/// An argument in the command's usage, in brackets if it is optional.
fn usage(argument: &Arg) -> String {
    let dashes = if argument.is_last_set() { "-- " } else { "" };
    let word = format!("{dashes}{argument}");
    if argument.is_required_set() || word.starts_with('[') { format!(" {word}") } else { format!(" [{word}]") }
}

/// An argument and its possible values.
fn heading(argument: &Arg) -> Vec<Inline> {
    let short = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let word = format!("{short}{argument}");
    let mut heading = vec![if argument.is_positional() { italic(word) } else { bold(word) }];
    let values = argument.get_possible_values();
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    if argument.get_action().takes_values() && !names.is_empty() {
        heading.push(roman(format!(": {}", names.join(", "))));
    }
    heading
}

fn sentence(help: Option<&StyledStr>) -> String {
    help.map(|text| format!("{text}.")).unwrap_or_default()
}
