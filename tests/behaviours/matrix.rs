//! Runs the cells of the table, some at once, and prints the matrix.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use super::Row;
use super::cell::Cell;
use crate::common::{Shell, is_wanted};

thread_local! {
    /// The reason why the cell of this thread failed; `None` in a thread that runs no cell.
    static WHY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The result of a row in a shell.
struct Outcome {
    row: usize,
    shell: Shell,
    took: Duration,
    why: Option<String>,
}

/// Runs each row in each shell; prints the matrix on stderr and returns the failures.
pub fn run(rows: &[Row], shells: &[Shell]) -> Vec<String> {
    let wanted_row = |row: &usize| is_wanted(rows[*row].0, "AWS_SWITCH_TEST_ROW");
    // Workers take cells from the end: the slowest shell starts first.
    let cells = |shell| (0..rows.len()).filter(wanted_row).map(move |row| (row, shell));
    let waiting: Vec<_> = shells.iter().copied().flat_map(cells).collect();
    let (waiting, done) = (Mutex::new(waiting), Mutex::new(Vec::new()));
    record_panics_of_cells();
    // A cell mostly waits for its terminal.
    let workers = 2 * thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                WHY.set(Some(String::new()));
                while let Some((row, shell)) = next(&waiting) {
                    let mut outcome = run_cell(rows[row].1, row, shell);
                    // Wine's console loses a key now and then.
                    if shell.is_wine()
                        && let Some(why) = &outcome.why
                    {
                        print(&format!("\n==== {}: again, as it failed under Wine: {why} ====\n", rows[row].0));
                        outcome = run_cell(rows[row].1, row, shell);
                    }
                    done.lock().unwrap().push(outcome);
                }
            });
        }
    });
    report(rows, shells, done.into_inner().unwrap())
}

/// Other tests may run in this process, whose panics the usual hook prints.
fn record_panics_of_cells() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_cell = WHY.with_borrow_mut(|why| why.as_mut().map(|why| *why = info.to_string()).is_some());
        if !is_cell {
            usual(info);
        }
    }));
}

fn next(waiting: &Mutex<Vec<(usize, Shell)>>) -> Option<(usize, Shell)> {
    waiting.lock().unwrap().pop()
}

fn run_cell(behaviour: fn(&Cell), row: usize, shell: Shell) -> Outcome {
    let begin = Instant::now();
    let ran = panic::catch_unwind(AssertUnwindSafe(|| behaviour(&Cell::new(shell))));
    let why = ran.is_err().then(|| WHY.with_borrow(|why| why.clone().unwrap_or_default()));
    Outcome { row, shell, took: begin.elapsed(), why }
}

fn report(rows: &[Row], shells: &[Shell], outcomes: Vec<Outcome>) -> Vec<String> {
    let mut matrix: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
    let mut failures = Vec::new();
    for outcome in &outcomes {
        let column = shells.iter().position(|shell| *shell == outcome.shell).unwrap();
        let mark = if outcome.why.is_some() { "FAIL" } else { "ok" };
        let took = format!("{mark:<4} {:>5.1}s", outcome.took.as_secs_f32());
        matrix.entry(outcome.row).or_default().insert(column, took);
    }
    for outcome in outcomes {
        let what = format!("{:?}: {}", outcome.shell, rows[outcome.row].0);
        failures.extend(outcome.why.map(|why| format!("{what}\n{why}")));
    }
    let head: String = shells.iter().map(|shell| format!("  {:<11}", format!("{shell:?}"))).collect();
    let mut text = format!("\n{:<50}{head}\n", "");
    for (row, columns) in matrix {
        let marks: String = columns.values().map(|mark| format!("  {mark:<11}")).collect();
        let _ = writeln!(text, "{:<50}{marks}", rows[row].0);
    }
    print(&text);
    failures.sort();
    failures
}

/// Prints on the real stderr, which no test runner captures.
fn print(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
