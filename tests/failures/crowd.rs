//! A hundred shells at once: every profile and every trust entry is saved.

use std::collections::HashSet;
use std::fs;
use std::thread;

use crate::common::{Shell, World, answer};

const SHELLS: usize = 100;

/// Fewer than the 50 names that the file of recent profiles holds.
const PROFILES: usize = 45;

#[test]
fn a_hundred_shells_lose_neither_trust_nor_recent_profiles() {
    let world = World::new();
    world.config(&(0..PROFILES).map(|number| format!("[profile p{number}]\n")).collect::<String>());
    for number in 0..SHELLS {
        world.write(format!("allowed/{number}/.awsprofile"), format!("p{}\n", number % PROFILES));
        world.dir(format!("pinned/{number}"));
    }
    let shells = Shell::available();
    // Most of them are the shell that starts fastest.
    let shell_of = |number: usize| shells[if number.is_multiple_of(10) { number / 10 % shells.len() } else { 0 }];
    let run = |number: usize| {
        let shell = shell_of(number);
        let profile = number % PROFILES;
        let lines = [
            shell.init_line(),
            &format!("aws-switch p{profile}"),
            &shell.cd(world.path(format!("pinned/{number}"))),
            &format!("aws-switch pin p{profile}"),
            &shell.cd(world.path(format!("allowed/{number}"))),
            "aws-switch allow",
            &shell.print_var("AWS_PROFILE"),
        ]
        .join("\n");
        let ran = world.batch(shell, &lines);
        let out = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(out.contains(&format!("<p{profile}>")), "{out}{}", String::from_utf8_lossy(&ran.stderr));
    };
    thread::scope(|scope| (0..SHELLS).for_each(|number| drop(scope.spawn(move || run(number)))));
    let recent = fs::read_to_string(world.path(".local/state/aws-switch/recent")).unwrap();
    let names: HashSet<&str> = recent.lines().filter(|name| !name.is_empty()).collect();
    let wanted: HashSet<String> = (0..PROFILES).map(|number| format!("p{number}")).collect();
    assert_eq!(names, wanted.iter().map(String::as_str).collect());
    let entries = fs::read_dir(world.path(".local/state/aws-switch/trust")).unwrap().count();
    assert_eq!(entries, 2 * SHELLS, "an entry is missing, or a half one was left");
    for number in 0..SHELLS {
        for kind in ["allowed", "pinned"] {
            let dir = world.path(format!("{kind}/{number}"));
            let mut helper = world.helper();
            helper.env("AWS_SWITCH_AUTO", "trusted").env("AWS_SWITCH_PROTECT", "*");
            let output = helper.args(["resolve", "--json"]).arg(&dir).output().unwrap().stdout;
            let found: serde_json::Value = serde_json::from_slice(&output).unwrap();
            assert_ne!(found["status"], "untrusted", "{found}");
            assert_eq!(found["profile"], format!("p{}", number % PROFILES), "{found}");
        }
    }
    assert_eq!(answer(&world, &["list", "--json"])["profiles"].as_array().unwrap().len(), PROFILES);
}
