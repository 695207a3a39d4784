//! AWS files that are written while they are read.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{Random, Session, Shell, World};

const TIMES: usize = 1000;

/// The number of profiles in each file.
const COUNT: usize = 200;

/// The helper takes a writer that pauses for longer than this for one that has finished.
const STALL: Duration = Duration::from_millis(15);

/// A name whose first and last letter tell which file it is from.
fn name(letter: char, number: usize) -> String {
    format!("{letter}{number:03}{letter}")
}

fn list(letter: char) -> String {
    (0..COUNT).map(|number| format!("[profile {}]\nregion = eu-west-1\n", name(letter, number))).collect()
}

type Span = (Instant, Instant);

fn overlaps(stalls: &[Span], start: Instant, end: Instant) -> bool {
    stalls.iter().any(|&(from, to)| from < end && start < to)
}

/// Rewrites a file `TIMES` times; returns the pauses of the writer that the machine caused.
fn rewrite(file: &Path) -> Vec<Span> {
    let mut stalls = Vec::new();
    for time in 0..TIMES {
        let start = Instant::now();
        write(file, &list(if time % 2 == 0 { 'b' } else { 'a' }), time / 2);
        if start.elapsed() > STALL {
            stalls.push((start, Instant::now()));
        }
        // A short pause, and now and then a long one.
        thread::sleep(Duration::from_millis(if time % 8 == 0 { 40 } else { 1 }));
    }
    stalls
}

/// Writes a file in one of three ways.
fn write(file: &Path, text: &str, way: usize) {
    match way % 3 {
        // Truncate, then write two halves.
        0 => {
            let mut opened = fs::File::create(file).unwrap();
            let (one, other) = text.split_at(text.len() / 2);
            opened.write_all(one.as_bytes()).unwrap();
            thread::sleep(Duration::from_micros(300));
            opened.write_all(other.as_bytes()).unwrap();
        }
        // Overwrite in place with the same length.
        1 => {
            let mut opened = fs::File::options().write(true).open(file).unwrap();
            for part in text.as_bytes().chunks(1000) {
                opened.write_all(part).unwrap();
            }
        }
        _ => {
            let new = file.with_extension("new");
            fs::write(&new, text).unwrap();
            fs::rename(new, file).unwrap();
        }
    }
}

/// The names of an answer, and whether it reports that the file is being written.
fn names(mut command: Command, door: usize) -> (Vec<String>, bool) {
    let arguments: &[&str] =
        [&["list", "--names"][..], &["list", "--json"], &["__complete", "fish", "--", ""]][door % 3];
    let output = command.args(arguments).output().unwrap();
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    match door % 3 {
        0 => {
            (out.lines().map(str::to_owned).collect(), errors.contains("the file was being written while it was read"))
        }
        1 => {
            let json: serde_json::Value = serde_json::from_str(&out).unwrap();
            let all = json["profiles"].as_array().unwrap().iter();
            let names = all.map(|profile| profile["name"].as_str().unwrap().to_owned()).collect();
            (names, json["problems"].as_array().unwrap().iter().any(|problem| problem["code"] == "file-in-flux"))
        }
        _ => (out.lines().filter_map(|line| Some(line.split_once('\t')?.0.to_owned())).collect(), false),
    }
}

#[test]
fn a_file_that_is_rewritten_a_thousand_times_is_the_old_or_the_new_one() {
    let world = World::new();
    let file = world.config(&list('a'));
    let whole: Vec<Vec<String>> =
        ['a', 'b'].map(|letter| (0..COUNT).map(|number| name(letter, number)).collect()).into();
    let writer = thread::spawn(move || rewrite(&file));
    let answers = thread::scope(|scope| {
        let reader = |number: usize| {
            let mut answers = Vec::new();
            for door in number.. {
                if writer.is_finished() {
                    break;
                }
                let start = Instant::now();
                let mut command = world.helper();
                command.env("__AWS_SWITCH_WIRE", if door % 3 == 2 { "3" } else { "" });
                let (names, is_reported) = names(command, door);
                answers.push((start, Instant::now(), door, names, is_reported));
            }
            answers
        };
        let readers = [0, 1].map(|number| scope.spawn(move || reader(number)));
        readers.map(|reader| reader.join().unwrap()).concat()
    });
    let stalls = writer.join().unwrap();
    let mut partial = 0;
    for (start, end, door, names, is_reported) in &answers {
        let mine = names.iter().all(|name| whole.iter().any(|list| list.contains(name)));
        if whole.contains(names) {
            continue;
        }
        partial += usize::from(*is_reported);
        let stalled = overlaps(&stalls, *start, *end);
        // Tab cannot report it: it may offer fewer names, but no wrong ones.
        assert!(*is_reported || stalled || (door % 3 == 2 && mine), "untold: {} of {names:?}", names.len());
    }
    crate::common::report(&format!(
        "rewritten: {} answers, {partial} reported as partial, {} stalls",
        answers.len(),
        stalls.len()
    ));
    assert!(answers.len() > 50);
}

/// Types the beginning of a word, presses Tab and types a mark; returns the word before the mark, and the screen.
fn press(session: &mut Session, word: &str, tabs: usize) -> (String, String) {
    session.keys(format!("aws-switch use -- {word}{}", "\t".repeat(tabs)));
    let mut shown = String::new();
    if session.shell() == Shell::Fish {
        // fish hides its list when more is typed.
        thread::sleep(Duration::from_millis(150));
        shown = session.screen();
    }
    session.keys("#");
    let made = session.wait("what is typed after Tab", |display| {
        let line = display.cursor_line();
        Some(line.strip_suffix('#')?.rsplit_once("-- ")?.1.trim_end().to_owned())
    });
    shown = format!("{shown}\n{}", session.screen());
    session.keys("\x15");
    session.wait("an empty line", |display| (display.cursor_line() == "test$").then_some(()));
    session.keys("\x0c");
    (made, shown)
}

/// The words of a screen that are names or look like parts of one.
fn like_names(screen: &str) -> impl Iterator<Item = &str> {
    let is_like = |word: &&str| word.len() > 3 && word[1..4].bytes().all(|byte| byte.is_ascii_digit());
    screen.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_like)
}

/// The results of Tab in a shell.
#[derive(Default)]
struct Presses {
    times: usize,
    offered: usize,
    wrong: Vec<(Span, String)>,
}

/// Presses Tab after the beginning of one name, or of ten, while `goes_on` and until Tab has offered one.
fn press_on(shell: Shell, world: &World, goes_on: impl Fn() -> bool) -> Presses {
    let whole: Vec<String> = ['a', 'b'].iter().flat_map(|&letter| (0..COUNT).map(move |n| name(letter, n))).collect();
    let mut session = world.start(shell).before(shell.completion_setup()).spawn();
    let mut random = Random::new(&format!("Tab in {shell:?} while a file is rewritten"));
    let mut presses = Presses::default();
    while goes_on() || presses.offered == 0 {
        let all = name(random.pick(&['a', 'b']), random.below(COUNT));
        let ten = random.below(4) == 0;
        let word = &all[..if ten { 3 } else { 4 }];
        let start = Instant::now();
        // bash lists at the second Tab.
        let (made, screen) = press(&mut session, word, if ten && shell.is_bash() { 2 } else { 1 });
        let is_whole = |shown: &str| shown == word || whole.iter().any(|name| name == shown);
        let right = (made == word || !ten && made == all) && like_names(&screen).all(is_whole);
        if !right || screen.contains("aws-switch: ") {
            let what = format!("{shell:?}: {word}<Tab> became {made}:\n{screen}");
            presses.wrong.push(((start, Instant::now()), what));
        }
        presses.times += 1;
        presses.offered += usize::from(like_names(&screen).any(|shown| shown != word));
    }
    // The writer has finished.
    let names = crate::common::text(world, &["list", "--names"]);
    let last = names.lines().next().unwrap();
    assert_eq!(press(&mut session, &last[..4], 1).0, last, "{shell:?}");
    session.ok(&format!("aws-switch {last}"));
    presses
}

#[test]
fn tab_in_a_terminal_offers_nothing_but_the_old_names_or_the_new() {
    let world = World::new();
    let file = world.config(&list('a'));
    let writer = thread::spawn(move || rewrite(&file));
    let all = thread::scope(|scope| {
        let (world, goes_on) = (&world, || !writer.is_finished());
        let press = |shell| (shell, scope.spawn(move || press_on(shell, world, goes_on)));
        let all: Vec<_> = Shell::available().into_iter().map(press).collect();
        all.into_iter().map(|(shell, person)| (shell, person.join().unwrap())).collect::<Vec<_>>()
    });
    let stalls = writer.join().unwrap();
    for (shell, Presses { times, offered, wrong }) in all {
        crate::common::report(&format!("rewritten: {shell:?}: {times} times Tab, {offered} of them offered names"));
        // During a stall a half-written file looks like a whole one.
        let wrong = wrong.into_iter().find(|((start, end), _)| !overlaps(&stalls, *start, *end));
        assert_eq!(wrong.map(|(_, what)| what), None);
    }
}
