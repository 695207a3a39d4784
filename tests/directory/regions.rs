//! The region on a file's second line, and the user's own.

use super::{INNER, OUTER, tree};
use crate::common::{Shell, Walk};

type Pair = [Option<&'static str>; 2];

/// `AWS_REGION` and `AWS_DEFAULT_REGION`, as a child sees them.
fn regions(walk: &mut Walk) -> [Option<String>; 2] {
    let mut environment = walk.session.environment();
    ["AWS_REGION", "AWS_DEFAULT_REGION"].map(|name| environment.remove(name))
}

#[track_caller]
fn assert_regions(walk: &mut Walk, wanted: Pair) {
    let found = regions(walk);
    assert_eq!(found.each_ref().map(Option::as_deref), wanted, "{:?}", walk.shell());
}

const FILES: Pair = [Some("eu-west-1"); 2];

#[test]
fn a_files_region_sets_both_variables_and_leaving_restores_both_exactly() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    let cases: [Pair; 7] = [
        [None, None],
        [Some("us-east-1"), None],
        [None, Some("us-east-1")],
        [Some(""), None],
        [Some(""), Some("")],
        [Some("us-east-1"), Some("us-west-2")],
        [Some("eu-west-1"), Some("us-west-2")],
    ];
    for shell in Shell::available() {
        for own in cases {
            let mut start = world.start(shell).env("AWS_PROFILE", "base");
            for (name, value) in ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().zip(own) {
                if let Some(value) = value {
                    start = start.env(name, value);
                }
            }
            let mut walk = Walk::new(&world, start);
            assert_regions(&mut walk, own);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            assert_regions(&mut walk, FILES);
            // The inner file names no region, and does not inherit that of the outer file.
            walk.reports(&walk.cd("outer/inner"), INNER, "inner");
            assert_regions(&mut walk, own);
            walk.reports(&walk.cd("outer/deep"), OUTER, "outer");
            assert_regions(&mut walk, FILES);
            walk.reports(&walk.cd(""), OUTER, "base");
            assert_regions(&mut walk, own);
        }
    }
}

#[test]
fn a_region_that_is_added_edited_or_removed_takes_effect_at_the_next_prompt() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_DEFAULT_REGION", "us-east-1"));
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        for region in ["eu-west-1", "eu-north-1"] {
            world.write(OUTER, format!("outer\n{region}"));
            walk.reports("true", OUTER, "outer");
            let found = regions(&mut walk);
            assert_eq!(found, [Some(region.to_owned()), Some(region.to_owned())], "{shell:?}");
        }
        world.write(OUTER, "outer");
        walk.reports("true", OUTER, "outer");
        assert_regions(&mut walk, [None, Some("us-east-1")]);
    }
}

#[test]
fn two_nested_files_with_regions_restore_the_users_own() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    world.write(INNER, "inner\neu-north-1\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        assert_regions(&mut walk, [Some("eu-north-1"); 2]);
        walk.reports(&walk.cd("plain"), INNER, "");
        assert_regions(&mut walk, [Some("us-east-1"), None]);
    }
}

#[test]
fn a_manual_switch_under_the_file_ends_its_region_too() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        let by_export = shell.set_env("AWS_PROFILE", "other");
        for switch in ["aws-switch other", &by_export] {
            let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            let text = walk.session.ok(switch);
            // An export prints nothing; the command does.
            assert_eq!(text.is_empty(), switch != "aws-switch other", "{shell:?}: {text}");
            walk.stays_active(switch, "other");
            assert_regions(&mut walk, [Some("us-east-1"), None]);
            walk.silent(&walk.cd("outer/deep"), "other");
            assert_regions(&mut walk, [Some("us-east-1"), None]);
            walk.silent(&walk.cd("plain"), "other");
            assert_regions(&mut walk, [Some("us-east-1"), None]);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            assert_regions(&mut walk, FILES);
        }
    }
}

#[test]
fn a_region_that_was_set_manually_belongs_to_the_base() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.session.ok("aws-switch other --region ap-south-1");
        let manual: Pair = [Some("ap-south-1"); 2];
        assert_regions(&mut walk, manual);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        assert_regions(&mut walk, FILES);
        walk.reports(&walk.cd("outer/inner"), INNER, "inner");
        assert_regions(&mut walk, [Some("us-east-1"), None]);
        walk.reports(&walk.cd("plain"), INNER, "other");
        assert_regions(&mut walk, manual);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch base --region ap-south-1");
        assert_regions(&mut walk, manual);
        walk.silent(&walk.cd("plain"), "base");
        assert_regions(&mut walk, manual);
        walk.session.ok("aws-switch other");
        assert_regions(&mut walk, [Some("us-east-1"), None]);
    }
}

#[test]
fn a_region_that_the_user_changes_under_the_file_is_the_users_from_then_on() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        for (change, inside, after) in [
            (shell.set_env("AWS_REGION", "ap-south-1"), Some("ap-south-1"), Some("ap-south-1")),
            (shell.unset_env("AWS_REGION"), None, None),
        ] {
            let start = world.start(shell).env("AWS_REGION", "us-east-1").env("AWS_DEFAULT_REGION", "us-west-2");
            let mut walk = Walk::new(&world, start);
            walk.reports(&walk.cd("outer"), OUTER, "outer");
            walk.silent(&change, "outer");
            assert_regions(&mut walk, [inside, Some("eu-west-1")]);
            walk.silent(&walk.cd("outer/deep"), "outer");
            assert_regions(&mut walk, [inside, Some("eu-west-1")]);
            walk.reports(&walk.cd("plain"), OUTER, "");
            assert_regions(&mut walk, [after, Some("us-west-2")]);
        }
    }
}

#[test]
fn after_region_a_change_of_one_variable_leaves_the_other_alone() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_DEFAULT_REGION", "us-west-2"));
        walk.session.ok("aws-switch other --region ap-south-1");
        walk.silent(&shell.set_env("AWS_REGION", "us-east-2"), "other");
        let left: Pair = [Some("us-east-2"), Some("ap-south-1")];
        assert_regions(&mut walk, left);
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        assert_regions(&mut walk, FILES);
        walk.reports(&walk.cd("plain"), OUTER, "other");
        assert_regions(&mut walk, left);
    }
}

#[test]
fn a_region_that_the_user_sets_under_a_file_without_one_stays() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.silent(&shell.set_env("AWS_REGION", "ap-south-1"), "outer");
        walk.reports(&walk.cd("plain"), OUTER, "");
        assert_regions(&mut walk, [Some("ap-south-1"), None]);
    }
}

#[test]
fn a_nested_ignored_file_restores_the_users_own_regions() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    world.write(INNER, "");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.reports(&walk.cd("outer"), OUTER, "outer");
        walk.reports(&walk.cd("outer/inner"), INNER, "");
        assert_regions(&mut walk, [Some("us-east-1"), None]);
    }
}
