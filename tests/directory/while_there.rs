//! Files and directories that change while the shell is in them.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Walk};

#[test]
fn creating_editing_or_deleting_a_file_takes_effect_at_the_next_prompt() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.silent(&walk.cd("plain"), "base");
        let file = "plain/.awsprofile";
        world.write(file, "outer");
        walk.reports("true", file, "outer");
        world.write(file, "inner");
        walk.reports("true", file, "inner");
        world.write(file, "other");
        walk.reports("", file, "other");
        // With the same length and time as before.
        walk.reports("touch -r .awsprofile old; printf inner >.awsprofile; touch -r old .awsprofile", file, "inner");
        walk.reports("rm .awsprofile", file, "base");
        walk.reports("echo outer >.awsprofile", file, "outer");
        world.write("plain/new", "inner");
        walk.reports("mv new .awsprofile", file, "inner");
        walk.reports("mv .awsprofile gone", file, "base");
    }
}

#[test]
fn an_edit_that_changes_nothing_prints_nothing() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        for content in ["outer", "# why\nouter\n", "\r\n  outer \r\n"] {
            world.write(OUTER, content);
            walk.silent("true", "outer");
        }
        walk.silent("cp .awsprofile new; mv new .awsprofile", "outer");
        walk.silent("touch .awsprofile", "outer");
        walk.silent("chmod 600 .awsprofile", "outer");
        walk.reports(&walk.cd(""), OUTER, "base");
    }
}

#[test]
fn a_file_can_be_created_or_deleted_at_each_level_above() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer/inner/deep"), INNER, "inner");
        walk.reports("rm ../.awsprofile", OUTER, "outer");
        walk.reports("echo other >.awsprofile", "outer/inner/deep/.awsprofile", "other");
        walk.silent("rm ../../.awsprofile", "other");
        walk.reports("rm .awsprofile", "outer/inner/deep/.awsprofile", "base");
        walk.reports("echo inner >../.awsprofile", INNER, "inner");
    }
}

#[test]
fn a_file_can_become_invalid_and_be_fixed_while_it_applies() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(": >.awsprofile", OUTER, "base");
        world.write(OUTER, "no-such\n");
        walk.reports("true", OUTER, "base");
        walk.silent(&walk.cd("outer/deep"), "base");
        world.write(OUTER, "inner\n");
        walk.reports("true", OUTER, "inner");
        walk.reports("chmod o+w ../.awsprofile; echo >>../.awsprofile", OUTER, "base");
        walk.reports("chmod o-w ../.awsprofile; echo >>../.awsprofile", OUTER, "inner");
    }
}

#[test]
fn a_profile_that_is_added_later_is_found_on_return() {
    for shell in Shell::available() {
        let world = tree();
        world.write(OUTER, "later\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer"), OUTER, "base");
        world.config("[profile base]\n[profile later]\n");
        walk.silent("true", "base");
        walk.silent(&walk.cd("plain"), "base");
        walk.reports(&walk.cd("outer"), OUTER, "later");
    }
}

#[test]
fn after_its_directory_was_renamed_a_profile_ends_where_the_directory_is_left() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        walk.silent("mv ../inner ../other", "inner");
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("mkdir release next; printf 'inner\\n' >release/.awsprofile; ln -s release link; cd link");
        walk.stays_active("a directory behind a link", "inner");
        walk.session.ok("rm ../link; ln -s next ../link");
        walk.session.ok(&walk.cd("plain"));
        walk.stays_active("the link has led elsewhere", "base");
        // Two levels up: the script sees no file before and after.
        walk.session.ok(&walk.cd("outer/release"));
        walk.session.ok("mv ../../outer ../../elsewhere");
        walk.session.ok("cd");
        walk.stays_active("left", "base");
    }
}

#[test]
fn deleting_the_directory_ends_its_profile() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        let inner = shell.quote(world.path("outer/inner").to_str().unwrap());
        walk.reports(&format!("rm -r {inner}"), OUTER, "outer");
        let outer = shell.quote(world.path("outer").to_str().unwrap());
        walk.reports(&format!("rm -r {outer}"), OUTER, "base");
        walk.silent("cd", "base");
    }
}
