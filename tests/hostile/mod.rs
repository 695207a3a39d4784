//! Two hundred names that nobody should give a profile, made up at random, through every door of every shell: none is
//! run, none steers the terminal, and each is the very profile that it names.

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
    let folders = fs::read_dir(world.path("d")).into_iter().flatten().map(|entry| entry.unwrap().path());
    let canary = folders.chain([world.home()]).map(|folder| folder.join("canary")).find(|file| file.exists());
    assert_eq!(canary, None, "{what}: a part of a name was run");
}

/// No control character of a name reached the terminal.
#[track_caller]
fn nothing_steered(session: &Session, names: &[Name], what: &str) {
    let log = session.log();
    let log = String::from_utf8_lossy(&log);
    for piece in names.iter().flat_map(Name::steering) {
        let around = log.split_once(&piece).map(|(before, _)| before.lines().last());
        assert_eq!(around, None, "{:?}: {what}: {piece:?} got through", session.shell());
    }
}

/// Puts the text of a file into the variable `name`, whatever it is.
fn read_name(shell: Shell, file: &str) -> String {
    match shell {
        Shell::Fish => format!("set name (cat {file} | string collect -N)"),
        _ => format!("IFS= read -r -d '' name <{file}"),
    }
}

/// Says `wrong` unless `AWS_PROFILE` is that name.
fn check(shell: Shell) -> &'static str {
    match shell {
        Shell::Fish => "test \"$AWS_PROFILE\" = \"$name\"; or echo wrong \"[$AWS_PROFILE]\" | cat -v",
        _ => "[ \"$AWS_PROFILE\" = \"$name\" ] || echo wrong \"[$AWS_PROFILE]\" | cat -v",
    }
}

/// Switches by hand, by an export and by a folder; shows it, lists it, and gets it wrong.
fn by_every_door(shell: Shell, names: &[Name]) {
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
        session.run(&another_door(shell, number));
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
    nothing_ran(&world, "by every door");
    nothing_steered(&session, names, "by every door");
    // A helper that is gone leaves the prompt to the script alone.
    world.remove_program("aws-switch");
    for number in (0..names.len()).filter(|&number| !names[number].can_be_typed()) {
        session.run(&format!("{}; {}", read_name(shell, &format!("~/n/{number}")), export(shell, "\"$name\"")));
    }
    nothing_ran(&world, "without a helper");
    nothing_steered(&session, names, "without a helper");
}

/// Shows the name in `name`, gets it wrong, pins it, or exports it, and leaves the folder.
fn another_door(shell: Shell, number: usize) -> String {
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

/// Tab and Enter switch to each that may be typed; where all are shown, none steers.
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
        // When it adds one of these last, fish awaits more.
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
    nothing_steered(&session, names, "Tab");
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
fn no_door_runs_a_name_or_lets_it_steer_the_terminal() {
    in_every_shell("hostile names", by_every_door);
}

#[test]
fn tab_makes_each_hostile_name_a_line_that_switches_to_it() {
    in_every_shell("hostile names at a Tab", by_tab);
}
