//! Directories with odd names, and directories reached through symlinks.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use super::{INNER, OUTER, tree};
use crate::common::walk::names;
use crate::common::{Shell, Walk, skip};

#[test]
fn no_shell_expands_the_name_of_a_directory() {
    let world = tree();
    let odd = [
        "a b  c",
        "$(touch x)",
        "`touch x`",
        "*",
        "a'b\"c",
        "back\\slash",
        "-n",
        "%n%F{red}",
        "\\u\\w",
        "semi;touch x",
        "[ab]?",
        "ünïcödé 你好",
        "#hash",
        "~",
        "{a,b}",
        " blank ",
        "=ls",
    ];
    for name in odd {
        world.write(format!("{name}/.awsprofile"), "outer");
        world.dir(format!("{name}/{name}"));
    }
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        for name in odd {
            let file = format!("{name}/.awsprofile");
            walk.reports(&walk.cd(name), &file, "outer");
            walk.silent(&walk.cd(&format!("{name}/{name}")), "outer");
            walk.reports(&walk.cd(""), &file, "base");
        }
        assert!(!world.path("x").exists(), "{shell:?}");
    }
}

#[test]
fn a_line_break_in_a_directory_name_is_printed_escaped_in_one_line() {
    let world = tree();
    let odd = ["new\nline", "end\n", "\n\nstart", "steer\u{1b}[31m\r\u{202e}"];
    for name in odd {
        world.write(format!("{name}/.awsprofile"), "outer");
        world.dir(format!("{name}/{name}"));
    }
    for shell in Shell::available() {
        for (name, glob) in odd.into_iter().zip(["new*line", "end*", "*start", "steer*"]) {
            let mut walk = Walk::from_base(&world, shell);
            let shown = name.replace('\n', "\\u{a}").replace('\u{1b}', "\\u{1b}");
            let file = format!("{}/.awsprofile", shown.replace('\r', "\\u{d}").replace('\u{202e}', "\\u{202e}"));
            walk.reports(&format!("cd {glob}"), &file, "outer");
            walk.silent(&format!("cd {glob}"), "outer");
            walk.session.ok("aws-switch other");
            walk.silent("cd ..", "other");
            walk.silent(&walk.cd(""), "other");
            walk.reports(&format!("cd {glob}"), &file, "outer");
            walk.reports(&walk.cd("plain"), &file, "other");
        }
    }
}

#[test]
fn a_directory_below_a_name_with_a_line_break_has_its_own_file() {
    let world = tree();
    world.write("new\nline/in/.awsprofile", "inner");
    world.dir("new\nline/in/deep");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.silent("cd new*line", "base");
        walk.reports("cd in/deep", "new\\u{a}line/in/.awsprofile", "inner");
        let text = walk.session.ok(&shell.and("cd ../..", "printenv AWS_PROFILE"));
        let (notice, printed) = text.split_once('\n').unwrap_or((&text, ""));
        walk.names(notice, "new\\u{a}line/in/.awsprofile", "base");
        assert_eq!(printed, "base", "{shell:?}");
    }
}

#[test]
fn a_directory_name_may_be_invalid_utf_8() {
    let world = tree();
    let dir = world.home().join(std::ffi::OsStr::from_bytes(b"raw\xff\xfe"));
    if std::fs::create_dir(&dir).is_err() {
        return skip("this file system takes only names that are UTF-8");
    }
    std::fs::write(dir.join(".awsprofile"), "outer\n").unwrap();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        let text = walk.session.ok("cd raw*");
        names(shell, &text, ".awsprofile", "outer");
        walk.stays_active("cd raw*", "outer");
        walk.session.ok("aws-switch other");
        walk.silent("cd .", "other");
        walk.silent("cd ..", "other");
    }
}

#[test]
fn the_logical_directory_decides_not_where_a_link_leads() {
    let world = tree();
    world.dir("elsewhere/in");
    symlink(world.path("elsewhere"), world.path("outer/link")).unwrap();
    symlink(world.path("outer/deep"), world.path("away")).unwrap();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer/link/in"), OUTER, "outer");
        walk.reports(&walk.cd("elsewhere/in"), OUTER, "base");
        walk.silent(&walk.cd("away/er"), "base");
        if shell != Shell::Fish {
            walk.reports("cd -P .", OUTER, "outer");
            walk.reports(&walk.cd("away"), OUTER, "base");
        }
        walk.reports(&walk.cd("outer/deep/er"), OUTER, "outer");
    }
}

#[test]
fn one_file_under_two_names_is_the_same_file() {
    let world = tree();
    symlink(world.path("outer"), world.path("alias")).unwrap();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("alias/deep"), "alias/.awsprofile", "outer");
        walk.silent(&walk.cd("outer"), "outer");
        walk.session.ok("aws-switch other");
        walk.silent(&walk.cd("alias"), "other");
        walk.reports(&walk.cd("alias/inner"), "alias/inner/.awsprofile", "inner");
        walk.silent(&walk.cd("outer/inner"), "inner");
        walk.reports(&walk.cd("plain"), INNER, "other");
    }
}

#[test]
fn a_file_that_is_a_link_applies_where_the_link_is() {
    let world = tree();
    symlink(world.path(OUTER), world.path("plain/.awsprofile")).unwrap();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("plain"), "plain/.awsprofile", "outer");
        walk.reports(&walk.cd(""), "plain/.awsprofile", "base");
    }
}

#[test]
fn two_links_to_one_file_are_two_files() {
    let world = tree();
    for dir in ["one", "two"] {
        symlink(world.path(OUTER), world.dir(dir).join(".awsprofile")).unwrap();
    }
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("one"), "one/.awsprofile", "outer");
        walk.session.ok("aws-switch other");
        walk.reports(&walk.cd("two"), "two/.awsprofile", "outer");
    }
}

#[test]
fn a_file_with_a_similar_name_is_ignored() {
    let world = tree();
    for name in ["plain/.AWSPROFILE.bak", "plain/awsprofile", "plain/.awsprofile2", "plain/.aws/profile"] {
        world.write(name, "outer");
    }
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.silent(&walk.cd("plain"), "base");
    }
}
