//! A file of two gigabytes.

use std::fs::OpenOptions;
use std::time::Instant;

use super::{FILE, resolved, world};
use crate::common::{Shell, Walk};

const TWO_GIGABYTES: u64 = 2 << 30;

/// The most memory that the shell ever held, in kB.
fn peak(walk: &mut Walk) -> u64 {
    let own = if walk.shell() == Shell::Fish { "$fish_pid" } else { "$$" };
    let text = walk.session.ok(&format!("grep VmHWM /proc/{own}/status"));
    text.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_huge_file_costs_neither_time_nor_memory() {
    for start in ["", "work\n", "# a comment that does not end "] {
        let world = world();
        let file = world.write(FILE, start);
        OpenOptions::new().write(true).open(&file).unwrap().set_len(TWO_GIGABYTES).unwrap();
        assert_eq!(resolved(&world, "there")["status"], "invalid", "{start}");
        for shell in Shell::available() {
            let mut walk = Walk::from_base(&world, shell);
            let before = cfg!(target_os = "linux").then(|| peak(&mut walk));
            let begin = Instant::now();
            walk.reports(&walk.cd("there"), FILE, "base");
            walk.silent(&walk.cd("there/deep"), "base");
            // Reading the whole file takes a shell 12 seconds, or kills it.
            assert!(begin.elapsed().as_secs() < 5, "{shell:?}: {:?}", begin.elapsed());
            if let Some(before) = before {
                let grown = peak(&mut walk) - before;
                assert!(grown < 32 * 1024, "{shell:?}: grew by {grown} kB");
            }
            assert_eq!(walk.session.run("aws-switch allow").status, 1, "{shell:?}");
            walk.reports("rm ../.awsprofile; echo other >../.awsprofile", FILE, "other");
            std::fs::write(&file, start).unwrap();
            OpenOptions::new().write(true).open(&file).unwrap().set_len(TWO_GIGABYTES).unwrap();
        }
    }
}

#[test]
fn a_huge_file_of_lines_is_ignored_too() {
    let world = world();
    world.write(FILE, "work\n".repeat(10_000_000));
    assert_eq!(resolved(&world, "there")["status"], "invalid");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
    }
}
