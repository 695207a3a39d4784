//! Two hundred random hostile names, in every command of every shell: none is run, none controls the terminal, and each
//! switches to the profile with that name.

mod random_names;

use std::fs;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::common::{Random, Session, Shell, World};
use random_names::{Name, names};

const COUNT: usize = 200;

/// `~/.aws/config` with these profiles, last changed a minute ago.
fn write_profiles(world: &World, names: &[&str]) {
    let file = crate::common::hostile_names::write_profiles(world, names);
    let changed = SystemTime::now() - Duration::from_secs(60);
    fs::File::options().write(true).open(file).unwrap().set_modified(changed).unwrap();
}

/// Nothing of a name was run, anywhere.
#[track_caller]
fn nothing_ran(world: &World, what: &str) {
    let directories = fs::read_dir(world.path("d")).into_iter().flatten().map(|entry| entry.unwrap().path());
    let canary = directories.chain([world.home()]).map(|dir| dir.join("canary")).find(|file| file.exists());
    assert_eq!(canary, None, "{what}: a part of a name was run");
}

/// No control character of a name reached the terminal.
#[track_caller]
fn nothing_controlled_the_terminal(session: &Session, names: &[Name], what: &str) {
    let log = session.log();
    let log = String::from_utf8_lossy(&log);
    for piece in names.iter().flat_map(Name::steering) {
        let around = log.split_once(&piece).map(|(before, _)| before.lines().last());
        assert_eq!(around, None, "{:?}: {what}: {piece:?} got through", session.shell());
    }
}

/// The line that reads the text of a file into the variable `name`.
fn read_name(shell: Shell, file: &str) -> String {
    match shell {
        Shell::Fish => format!("set name (cat {file} | string collect -N)"),
        _ => format!("IFS= read -r -d '' name <{file}"),
    }
}

/// Prints `wrong` unless `AWS_PROFILE` is that name.
fn check(shell: Shell) -> &'static str {
    match shell {
        Shell::Fish => "test \"$AWS_PROFILE\" = \"$name\"; or echo wrong \"[$AWS_PROFILE]\" | cat -v",
        _ => "[ \"$AWS_PROFILE\" = \"$name\" ] || echo wrong \"[$AWS_PROFILE]\" | cat -v",
    }
}

/// Switches manually, by an export and by a directory; shows, lists and misspells the name.
fn by_every_command(shell: Shell, names: &[Name]) {
    let world = World::new();
    write_profiles(&world, &names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>());
    let mut session = world.start(shell).spawn();
    for (number, name) in names.iter().enumerate() {
        world.write(format!("n/{number}"), &name.text);
        world.dir(format!("d/{number}"));
        let mut line =
            format!("{}; aws-switch use -- \"$name\"; {}", read_name(shell, &format!("~/n/{number}")), check(shell));
        if name.fits_a_file() {
            world.write(format!("d/{number}/.awsprofile"), format!("{}\n", name.text));
            line += &format!("; aws-switch --unset; cd ~/d/{number}; {}", check(shell));
        }
        let output = session.run(&line);
        assert!(!output.text.contains("wrong"), "{shell:?}: {name:?}: {}", output.text);
        assert!(session.prompt().starts_with("(aws:"), "{shell:?}: {name:?}: {}", session.screen());
        session.run(&another_command(shell, number));
    }
    for line in [
        "aws-switch list",
        "aws-switch list --names",
        "aws-switch list --json",
        "aws-switch doctor",
        "aws-switch doctor --json",
    ] {
        session.run(line);
    }
    nothing_ran(&world, "by every command");
    nothing_controlled_the_terminal(&session, names, "by every command");
    // Without the helper the script renders the prompt alone.
    world.remove_program("aws-switch");
    for number in (0..names.len()).filter(|&number| !names[number].can_be_typed()) {
        session.run(&format!("{}; {}", read_name(shell, &format!("~/n/{number}")), export(shell, "\"$name\"")));
    }
    nothing_ran(&world, "without a helper");
    nothing_controlled_the_terminal(&session, names, "without a helper");
}

/// Shows the name in `name`, misspells it, pins it, or exports it, and leaves the directory.
fn another_command(shell: Shell, number: usize) -> String {
    let line = match number % 5 {
        0 => "aws-switch show \"$name\"; aws-switch show --json \"$name\"".to_owned(),
        1 => "aws-switch \"x$name\"; aws-switch exec \"$name\"x -- true".to_owned(),
        2 => format!("cd ~/d/{number}; aws-switch pin \"$name\"; aws-switch resolve"),
        3 => format!("{}; aws-switch current; aws-switch current --json", export(shell, "\"$name\"")),
        4 if number.is_multiple_of(4) => format!("{}; aws-switch doctor", export(shell, "\"$name$name\"")),
        _ => format!("{}; aws-switch resolve --json", export(shell, "\"$name$name\"")),
    };
    format!("{line}; cd ~")
}

fn export(shell: Shell, value: &str) -> String {
    if shell == Shell::Fish { format!("set -gx AWS_PROFILE {value}") } else { format!("export AWS_PROFILE={value}") }
}

/// Tab and Enter switch to each name that can be typed; listed names do not control the terminal.
fn by_tab(shell: Shell, names: &[Name]) {
    let world = World::new();
    let mut session = world.start(shell).before(shell.completion_setup()).spawn();
    let mut wrong = Vec::new();
    for (number, name) in names.iter().enumerate() {
        write_profiles(&world, &[&name.text]);
        world.write("name", &name.text);
        if !name.can_be_typed() {
            if number.is_multiple_of(4) {
                session.keys("aws-switch use -- \t\t");
                session.keys("\x15");
                session.submit();
            }
            continue;
        }
        // fish expands a ~ at the start of a bare word, and never escapes it; a name with a dot there is hidden
        // until it is typed.
        if shell == Shell::Fish && name.text.starts_with('~') {
            continue;
        }
        let dot = if shell == Shell::Fish && name.text.starts_with('.') { "." } else { "" };
        session.keys(format!("aws-switch use -- {dot}\t"));
        // After one of these characters fish expects more input.
        if shell == Shell::Fish && name.text.ends_with(['/', '=', '@', ':', '.', ',', '-']) {
            session.keys(" ");
        }
        let output = session.submit();
        let checked = session.run(&format!("{}; {}", read_name(shell, "~/name"), check(shell)));
        if checked.text.contains("wrong") {
            wrong.push(format!("{name:?}: {} {}", output.text, checked.text));
        }
    }
    write_profiles(&world, &names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>());
    session.keys("aws-switch use -- \t\t\t");
    thread::sleep(Duration::from_millis(300));
    session.interrupt();
    nothing_ran(&world, "Tab");
    nothing_controlled_the_terminal(&session, names, "Tab");
    assert!(wrong.is_empty(), "{shell:?}: {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn in_every_shell(what: &str, act: fn(Shell, &[Name])) {
    let names = names(&mut Random::new(what), COUNT);
    thread::scope(|scope| {
        let names = &names;
        Shell::available().into_iter().for_each(|shell| drop(scope.spawn(move || act(shell, names))));
    });
}

#[test]
fn no_command_runs_a_name_or_lets_it_control_the_terminal() {
    in_every_shell("hostile names", by_every_command);
}

#[test]
fn tab_completes_each_hostile_name_to_a_line_that_switches_to_it() {
    in_every_shell("hostile names at a Tab", by_tab);
}
