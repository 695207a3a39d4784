//! The promises of the README and of `docs/promises.md`: each names its tests, and they exist.

use std::fs;
use std::path::Path;

/// The lines of a page's tables of promises: each promise, and the names of its tests.
fn promises(page: &str) -> impl Iterator<Item = (&str, &str)> {
    let tables = page.split("\n| promise | test |\n|---|---|\n").skip(1);
    let lines = tables.flat_map(|table| table.lines().take_while(|line| line.starts_with('|')));
    lines.map(|line| line.trim_matches(['|', ' ']).split_once(" | ").unwrap_or_else(|| panic!("no test: {line}")))
}

/// The text by which a test, a row of the table of behaviours or a check of PowerShell is defined, and its file.
fn definition<'p>(before: &str, name: &str, after: &'p str) -> (String, Option<&'p str>) {
    let file = after.strip_prefix(" (").and_then(|rest| Some(rest.split_once(')')?.0));
    if before.ends_with("row ") {
        (format!("(\"{name}\", "), Some("tests/behaviours/mod.rs"))
    } else if before.ends_with("check ") {
        (format!("Check '{name}' "), file)
    } else {
        (format!("#[test] fn {name}("), file)
    }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["README.md", "docs/promises.md"] {
        let text = fs::read_to_string(root.join(page)).unwrap();
        let mut count = 0;
        for (promise, tests) in promises(&text) {
            let parts: Vec<&str> = tests.split('`').collect();
            assert!(parts.len() >= 3, "{page}: no test: {promise}");
            for part in parts.windows(3).step_by(2) {
                let (definition, file) = definition(part[0], part[1], part[2]);
                let file = file.unwrap_or_else(|| panic!("{page}: no file: {}", part[1]));
                let code =
                    fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{page}: {file}: {error}"));
                let code: Vec<&str> = code.lines().map(str::trim).collect();
                assert!(code.join(" ").contains(&definition), "{page}: {file} has no {definition}");
            }
            count += 1;
        }
        assert!(count >= 5, "{page}: {count} promises");
    }
}
