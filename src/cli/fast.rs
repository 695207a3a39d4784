//! The command lines of every switch, Tab and prompt, read without building what reads all others.

use std::ffi::OsString;

use clap::ValueEnum;

use super::{Cli, Command, HookEvent, How, Matching, Shell, Switch, Tab, is_command};

/// What clap would make of these words, or `None` where that is for clap to say.
pub fn parse(words: &[OsString]) -> Option<Cli> {
    let words: Vec<&str> = words.iter().map(|word| word.to_str()).collect::<Option<_>>()?;
    let command = match words.as_slice() {
        [profile] if is_plain(profile) && !is_command(profile) => {
            let switch = Switch { profile: Some(profile.into()), ..Switch::default() };
            return Some(Cli { switch, command: None });
        }
        ["use", profile] if is_plain(profile) => Command::Use { profile: profile.into(), how: How::default() },
        ["list", "--names"] => Command::List { json: false, names: true },
        ["init", shell] => Command::Init { shell: Shell::from_str(shell, false).ok()? },
        ["__hook", event] => Command::Hook { event: HookEvent::from_str(event, false).ok()? },
        ["__complete", "--", words @ ..] => complete(Tab::default(), words),
        ["__complete", "--names", "--", words @ ..] => complete(Tab { names: true, ..Tab::default() }, words),
        ["__complete", "--match", matching, "--", words @ ..] => complete(tab(matching)?, words),
        ["__complete", "--match", matching, "--aligned", "--", words @ ..] => {
            complete(Tab { aligned: true, ..tab(matching)? }, words)
        }
        _ => return None,
    };
    Some(Cli { switch: Switch::default(), command: Some(command) })
}

/// Whether a word can only be an argument.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && !word.starts_with('-')
}

fn tab(matching: &str) -> Option<Tab> {
    Some(Tab { matching: Matching::from_str(matching, false).ok()?, ..Tab::default() })
}

fn complete(tab: Tab, words: &[&str]) -> Command {
    Command::Complete(Tab { words: words.iter().map(OsString::from).collect(), ..tab })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    /// Words that mean something somewhere on a command line, and some that do not.
    fn words() -> Vec<String> {
        let commands = Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
        let others = [
            "",
            "-",
            "--",
            "---",
            "-x",
            "-h",
            "-V",
            "--help",
            "--version",
            "--names",
            "--json",
            "--name",
            "--match",
            "--match=any",
            "--aligned",
            "--region",
            "--unset",
            "--yes",
            "any",
            "start",
            "within",
            "load",
            "change",
            "help",
            "bash",
            "pwsh",
            "work",
            "a b",
            "lis",
            "List",
            "caf\u{e9}",
            "\n",
            "=",
            "--=",
        ];
        [commands, others.map(str::to_owned).to_vec()].concat()
    }

    fn is_alike(line: &[&str]) -> bool {
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        let Some(fast) = parse(&line) else { return false };
        let clap = Cli::try_parse_from([OsString::from("aws-switch")].into_iter().chain(line.clone()));
        assert_eq!(format!("{fast:?}"), format!("{:?}", clap.expect("clap reads it too")), "{line:?}");
        true
    }

    #[test]
    fn what_is_read_at_all_is_read_as_clap_reads_it() {
        let words = words();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut read = 0;
        for &one in &words {
            read += usize::from(is_alike(&[one]));
            for &two in &words {
                read += usize::from(is_alike(&[one, two]));
                for line in [["__complete", "--", one, two], ["__complete", "--match", one, two]] {
                    read += usize::from(is_alike(&line));
                }
                for &three in &words {
                    read += usize::from(is_alike(&[one, two, three]));
                }
            }
        }
        assert!(read > words.len().pow(2), "{read}");
    }

    #[test]
    fn what_the_scripts_and_people_send_is_read() {
        for line in [
            &["work"][..],
            &["use", "list"],
            &["list", "--names"],
            &["init", "fish"],
            &["__hook", "load"],
            &["__hook", "change"],
            &["__complete", "--", ""],
            &["__complete", "--names", "--", ""],
            &["__complete", "--match", "any", "--aligned", "--", "use", "--", "-x"],
            &["__complete", "--match", "within", "--", "--region", ""],
        ] {
            assert!(is_alike(line), "{line:?}");
        }
    }
}
