//! What changes while one stands under the file.

use super::{INNER, OUTER, Walk, tree};
use crate::common::Shell;

#[test]
fn a_file_that_is_created_edited_or_deleted_counts_at_the_next_prompt() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.silent(&walk.cd("plain"), "base");
        let file = "plain/.awsprofile";
        world.write(file, "outer");
        walk.told("true", file, "outer");
        world.write(file, "inner");
        walk.told("true", file, "inner");
        world.write(file, "other");
        walk.told("", file, "other");
        // As long as before, and as old.
        walk.told("touch -r .awsprofile old; printf inner >.awsprofile; touch -r old .awsprofile", file, "inner");
        walk.told("rm .awsprofile", file, "base");
        walk.told("echo outer >.awsprofile", file, "outer");
        world.write("plain/new", "inner");
        walk.told("mv new .awsprofile", file, "inner");
        walk.told("mv .awsprofile gone", file, "base");
    }
}

#[test]
fn what_changes_nothing_says_nothing() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        for content in ["outer", "# why\nouter\n", "\r\n  outer \r\n"] {
            world.write(OUTER, content);
            walk.silent("true", "outer");
        }
        walk.silent("cp .awsprofile new; mv new .awsprofile", "outer");
        walk.silent("touch .awsprofile", "outer");
        walk.silent("chmod 600 .awsprofile", "outer");
        walk.told(&walk.cd(""), OUTER, "base");
    }
}

#[test]
fn files_come_and_go_at_each_level_above() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer/inner/deep"), INNER, "inner");
        walk.told("rm ../.awsprofile", OUTER, "outer");
        walk.told("echo other >.awsprofile", "outer/inner/deep/.awsprofile", "other");
        walk.silent("rm ../../.awsprofile", "other");
        walk.told("rm .awsprofile", "outer/inner/deep/.awsprofile", "base");
        walk.told("echo inner >../.awsprofile", INNER, "inner");
    }
}

#[test]
fn a_file_that_is_refused_and_mended_while_one_stands_there() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.told(": >.awsprofile", OUTER, "base");
        world.write(OUTER, "no-such\n");
        walk.told("true", OUTER, "base");
        walk.silent(&walk.cd("outer/deep"), "base");
        world.write(OUTER, "inner\n");
        walk.told("true", OUTER, "inner");
        walk.told("chmod o+w ../.awsprofile; echo >>../.awsprofile", OUTER, "base");
        walk.told("chmod o-w ../.awsprofile; echo >>../.awsprofile", OUTER, "inner");
    }
}

#[test]
fn a_profile_that_appears_is_found_on_coming_back() {
    for shell in Shell::available() {
        let world = tree();
        world.write(OUTER, "later\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer"), OUTER, "base");
        world.config("[profile base]\n[profile later]\n");
        walk.silent("true", "base");
        walk.silent(&walk.cd("plain"), "base");
        walk.told(&walk.cd("outer"), OUTER, "later");
    }
}

#[test]
fn the_folder_itself_goes_away() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.told(&walk.cd("outer/inner"), INNER, "inner");
        let inner = shell.quote(world.path("outer/inner").to_str().unwrap());
        walk.told(&format!("rm -r {inner}"), OUTER, "outer");
        let outer = shell.quote(world.path("outer").to_str().unwrap());
        walk.told(&format!("rm -r {outer}"), OUTER, "base");
        walk.silent("cd", "base");
    }
}
