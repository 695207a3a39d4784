//! The documents as pages: every link has a target, and every name exists.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::World;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = entries.filter(|path| path.extension().is_some_and(|end| end == "md"));
    pages.chain(["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| root().join(name))).collect()
}

/// Whether the link leads out of the repository: to a site, or to another page of the repository on GitHub.
fn is_external(link: &str) -> bool {
    link.contains("://") || link.starts_with("../../")
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let anchor = heading.chars().filter(|letter| letter.is_alphanumeric() || [' ', '-'].contains(letter));
    anchor.collect::<String>().to_lowercase().replace(' ', "-")
}

fn has_target(page: &Path, link: &str) -> bool {
    let (file, heading) = link.split_once('#').unwrap_or((link, ""));
    let file = if file.is_empty() { page.to_owned() } else { page.parent().unwrap().join(file) };
    if heading.is_empty() {
        return file.exists();
    }
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().any(|line| line.starts_with('#') && anchor(line.trim_start_matches(['#', ' '])) == heading)
}

#[test]
fn every_link_has_a_target() {
    for page in documents() {
        let text = fs::read_to_string(&page).unwrap();
        // Code blocks contain no links.
        let text: String = text.split("```").step_by(2).collect();
        let links = text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
        for link in links.filter(|link| !is_external(link)) {
            assert!(has_target(&page, link), "{}: {link}", page.display());
        }
    }
}

/// The keys of an answer, at every depth but below the settings of a profile.
fn keys(answer: &Value) -> Vec<String> {
    match answer {
        Value::Object(object) => {
            let of_files = |key: &str| key == "setting_sources" || key == "settings" && object[key].is_object();
            let below = object.iter().filter(|(key, _)| !of_files(key)).flat_map(|(_, value)| keys(value));
            below.chain(object.keys().cloned()).collect()
        }
        Value::Array(all) => all.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_json_key_is_in_the_reference() {
    let world = World::new();
    world.config("[profile work]\nsso_session = x\nsso_role_name = y\n[sso-session x]\n[profile a]\n[profile a]\n");
    world.write(".awsprofile", "work\n");
    let reference = fs::read_to_string(root().join("docs/reference.md")).unwrap();
    for command in ["list", "show", "current", "resolve", "doctor"] {
        let mut helper = world.helper();
        helper.args([command, "--json"]).env("AWS_PROFILE", "work").current_dir(world.home());
        let answer: Value = serde_json::from_slice(&helper.output().unwrap().stdout).unwrap();
        let keys = keys(&answer);
        assert!(keys.len() >= 5, "{command}: {keys:?}");
        for key in keys {
            assert!(reference.contains(&format!("`{key}`")), "{command}: {key}");
        }
    }
}
