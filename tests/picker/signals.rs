//! Signals to the helper while its list is open, found in Linux's `/proc`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{open, world};
use crate::common::{Shell, World};

/// The helpers that run in this world.
fn helpers(world: &World) -> Vec<String> {
    let home = format!("HOME={}", world.home().display());
    let is_ours = |process: &Path| {
        fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "aws-switch")
            && fs::read(process.join("environ"))
                .is_ok_and(|all| all.split(|&byte| byte == 0).any(|one| one == home.as_bytes()))
    };
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| Some(entry.ok()?.path()));
    let ours = processes.filter(|process| is_ours(process));
    ours.map(|process| process.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn a_signal_restores_the_terminal_and_switches_nothing() {
    let world = world();
    for shell in Shell::available() {
        for (signal, status) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
            let mut session = world.start(shell).env("AWS_PROFILE", "dev").spawn();
            let modes = session.ok("stty -a");
            open(&session, "aws-switch", "6/6");
            let helpers = helpers(&world);
            assert_eq!(helpers.len(), 1, "{shell:?}: {helpers:?}");
            assert!(Command::new("kill").args([&format!("-{signal}"), &helpers[0]]).status().unwrap().success());
            // fish handles the SIGINT of a program in a substitution as its own.
            let seen = session.wait_prompt();
            assert!(seen == status || signal == "INT", "{shell:?}: {signal}: {seen}");
            assert!(!session.screen().contains("6/6"), "{shell:?}: {signal}: {}", session.screen());
            assert_eq!(session.ok("stty -a"), modes, "{shell:?}: {signal}");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}: {signal}");
        }
    }
}
