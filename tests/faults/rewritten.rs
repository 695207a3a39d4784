//! Files that are written while they are read.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::common::World;

const TIMES: usize = 1000;

/// A writer that is kept from going on for this long cannot be told from one that is done.
const STALL: Duration = Duration::from_millis(15);

fn list(letter: char) -> String {
    (0..200).map(|number| format!("[profile {letter}{number}]\nregion = eu-west-1\n")).collect()
}

/// How a file is given other bytes.
fn write(file: &Path, text: &str, way: usize) {
    match way % 3 {
        // Truncated, then written by halves.
        0 => {
            let mut opened = fs::File::create(file).unwrap();
            let (one, other) = text.split_at(text.len() / 2);
            opened.write_all(one.as_bytes()).unwrap();
            thread::sleep(Duration::from_micros(300));
            opened.write_all(other.as_bytes()).unwrap();
        }
        // Written over in place, as long as before.
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

/// What an answer lists, and whether it says that this may be half of it.
fn names(mut command: Command, door: usize) -> (Vec<String>, bool) {
    let arguments: &[&str] = [&["list", "--names"][..], &["list", "--json"], &["__complete", "--", ""]][door % 3];
    let output = command.args(arguments).output().unwrap();
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    match door % 3 {
        0 => (out.lines().map(str::to_owned).collect(), errors.contains("is being written at this moment")),
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
        ['a', 'b'].map(|letter| (0..200).map(|number| format!("{letter}{number}")).collect()).into();
    let stalls: Mutex<Vec<(Instant, Instant)>> = Mutex::default();
    let done = Mutex::new(false);
    let answers = thread::scope(|scope| {
        scope.spawn(|| {
            for time in 0..TIMES {
                let start = Instant::now();
                write(&file, &list(if time % 2 == 0 { 'b' } else { 'a' }), time / 2);
                if start.elapsed() > STALL {
                    stalls.lock().unwrap().push((start, Instant::now()));
                }
                // Mostly without a rest; now and then with one.
                thread::sleep(Duration::from_millis(if time % 8 == 0 { 40 } else { 1 }));
            }
            *done.lock().unwrap() = true;
        });
        let reader = |number: usize| {
            let mut answers = Vec::new();
            for door in number.. {
                if *done.lock().unwrap() {
                    break;
                }
                let start = Instant::now();
                let mut command = world.helper();
                command.env("__AWS_SWITCH_WIRE", if door % 3 == 2 { "1" } else { "" });
                let (names, is_told) = names(command, door);
                answers.push((start, Instant::now(), door, names, is_told));
            }
            answers
        };
        let readers = [0, 1].map(|number| scope.spawn(move || reader(number)));
        readers.map(|reader| reader.join().unwrap()).concat()
    });
    let stalls = stalls.into_inner().unwrap();
    let mut told = 0;
    for (start, end, door, names, is_told) in &answers {
        let mine = names.iter().all(|name| whole.iter().any(|list| list.contains(name)));
        if whole.contains(names) {
            continue;
        }
        told += usize::from(*is_told);
        let stalled = stalls.iter().any(|(from, to)| from < end && start < to);
        // Tab has nowhere to say so; it may offer too few, and nothing that there is not.
        assert!(*is_told || stalled || (door % 3 == 2 && mine), "untold: {} of {names:?}", names.len());
    }
    crate::common::tell(&format!("rewritten: {} answers, {told} told as half, {} stalls", answers.len(), stalls.len()));
    assert!(answers.len() > 50);
}
