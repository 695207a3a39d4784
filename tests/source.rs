//! The shape of the source: no circle between modules, and scripts that read side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The modules at the top of the library that each of them uses, tests aside.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let source = Path::new(ROOT).join("src");
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&source).iter().filter(|file| !file.to_str().unwrap().ends_with("_tests.rs")) {
        let first = file.strip_prefix(&source).unwrap().iter().next().unwrap().to_str().unwrap();
        let module = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("\nmod tests {").next().unwrap();
        for used in text.split("crate::").skip(1) {
            let list = used.strip_prefix('{').map_or(used, |list| list.split('}').next().unwrap());
            let names = list.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
            // Of a path that is no list only the first name is a module's.
            let most = if list.len() == used.len() { 1 } else { usize::MAX };
            let names = names.take(most).filter(|name| *name != module).map(str::to_owned);
            uses.entry(module.clone()).or_default().extend(names);
        }
    }
    uses
}

#[test]
fn no_circle_of_modules_uses_itself() {
    let mut uses = uses();
    assert!(uses["commands"].contains("switching") && uses["switching"].contains("context"), "{uses:#?}");
    // A module that uses none of those left is in no circle; the modules that then remain are one, or use one.
    loop {
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        uses.retain(|_, used| !used.is_disjoint(&left));
        if uses.len() == left.len() {
            break;
        }
    }
    assert!(uses.is_empty(), "a circle: {uses:#?}");
}

/// The functions that a script defines at its top level, in its order.
fn functions(script: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(ROOT).join("shell").join(script)).unwrap();
    let indent = if script.ends_with(".ps1") { "    " } else { "" };
    let name = |line: &str| {
        let line = line.strip_prefix(indent)?;
        let name = line.strip_prefix("function ").or_else(|| Some(line.split_once("() {")?.0))?;
        let name = name.split([' ', '(']).next()?;
        (name == "aws-switch" || name.starts_with("__aws_switch_")).then(|| name.to_owned())
    };
    text.lines().filter_map(name).collect()
}

#[test]
fn the_scripts_have_their_functions_in_one_order() {
    let bash = functions("aws-switch.bash");
    for script in ["aws-switch.zsh", "aws-switch.fish", "aws-switch.ps1"] {
        let other = functions(script);
        let of_bash: Vec<&String> = bash.iter().filter(|name| other.contains(name)).collect();
        let shared: Vec<&String> = other.iter().filter(|name| bash.contains(name)).collect();
        assert_eq!(of_bash, shared, "{script}");
        assert!(shared.len() >= 12, "{script}: {shared:?}");
    }
}
