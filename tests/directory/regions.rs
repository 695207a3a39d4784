//! The region on a file's second line, and the user's own.

use super::{INNER, OUTER, Walk, tree};
use crate::common::Shell;

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
fn a_files_region_sets_both_variables_and_leaving_puts_both_back_exactly() {
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
            walk.told(&walk.cd("outer"), OUTER, "outer");
            assert_regions(&mut walk, FILES);
            // The inner file names no region: nothing of the outer one's reaches it.
            walk.told(&walk.cd("outer/inner"), INNER, "inner");
            assert_regions(&mut walk, own);
            walk.told(&walk.cd("outer/deep"), OUTER, "outer");
            assert_regions(&mut walk, FILES);
            walk.told(&walk.cd(""), OUTER, "base");
            assert_regions(&mut walk, own);
        }
    }
}

#[test]
fn a_region_is_edited_added_and_removed_while_one_stands_there() {
    for shell in Shell::available() {
        let world = tree();
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_DEFAULT_REGION", "us-east-1"));
        walk.told(&walk.cd("outer"), OUTER, "outer");
        for region in ["eu-west-1", "eu-north-1"] {
            world.write(OUTER, format!("outer\n{region}"));
            walk.told("true", OUTER, "outer");
            let found = regions(&mut walk);
            assert_eq!(found, [Some(region.to_owned()), Some(region.to_owned())], "{shell:?}");
        }
        world.write(OUTER, "outer");
        walk.told("true", OUTER, "outer");
        assert_regions(&mut walk, [None, Some("us-east-1")]);
    }
}

#[test]
fn two_files_with_regions_follow_each_other_without_losing_the_users_own() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    world.write(INNER, "inner\neu-north-1\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.told(&walk.cd("outer/inner"), INNER, "inner");
        assert_regions(&mut walk, [Some("eu-north-1"); 2]);
        walk.told(&walk.cd("plain"), INNER, "");
        assert_regions(&mut walk, [Some("us-east-1"), None]);
    }
}

#[test]
fn a_choice_by_hand_under_the_file_ends_its_region_too() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        let by_export = shell.set_env("AWS_PROFILE", "other");
        for choice in ["aws-switch other", &by_export] {
            let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
            walk.told(&walk.cd("outer"), OUTER, "outer");
            let text = walk.session.ok(choice);
            // Whoever types an export is told nothing; a command answers.
            assert_eq!(text.is_empty(), choice != "aws-switch other", "{shell:?}: {text}");
            walk.stands(choice, "other");
            assert_regions(&mut walk, [Some("us-east-1"), None]);
            walk.silent(&walk.cd("outer/deep"), "other");
            assert_regions(&mut walk, [Some("us-east-1"), None]);
            walk.silent(&walk.cd("plain"), "other");
            assert_regions(&mut walk, [Some("us-east-1"), None]);
            walk.told(&walk.cd("outer"), OUTER, "outer");
            assert_regions(&mut walk, FILES);
        }
    }
}

#[test]
fn a_region_chosen_by_hand_belongs_to_the_base() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.session.ok("aws-switch other --region ap-south-1");
        let by_hand: Pair = [Some("ap-south-1"); 2];
        assert_regions(&mut walk, by_hand);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        assert_regions(&mut walk, FILES);
        walk.told(&walk.cd("outer/inner"), INNER, "inner");
        assert_regions(&mut walk, [Some("us-east-1"), None]);
        walk.told(&walk.cd("plain"), INNER, "other");
        assert_regions(&mut walk, by_hand);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.session.ok("aws-switch base --region ap-south-1");
        assert_regions(&mut walk, by_hand);
        walk.silent(&walk.cd("plain"), "base");
        assert_regions(&mut walk, by_hand);
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
            walk.told(&walk.cd("outer"), OUTER, "outer");
            walk.silent(&change, "outer");
            assert_regions(&mut walk, [inside, Some("eu-west-1")]);
            walk.silent(&walk.cd("outer/deep"), "outer");
            assert_regions(&mut walk, [inside, Some("eu-west-1")]);
            walk.told(&walk.cd("plain"), OUTER, "");
            assert_regions(&mut walk, [after, Some("us-west-2")]);
        }
    }
}

#[test]
fn a_variable_that_the_user_changes_after_a_region_by_hand_leaves_the_other_alone() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_DEFAULT_REGION", "us-west-2"));
        walk.session.ok("aws-switch other --region ap-south-1");
        walk.silent(&shell.set_env("AWS_REGION", "us-east-2"), "other");
        let left: Pair = [Some("us-east-2"), Some("ap-south-1")];
        assert_regions(&mut walk, left);
        walk.told(&walk.cd("outer"), OUTER, "outer");
        assert_regions(&mut walk, FILES);
        walk.told(&walk.cd("plain"), OUTER, "other");
        assert_regions(&mut walk, left);
    }
}

#[test]
fn a_region_that_the_user_sets_under_a_file_without_one_stays() {
    let world = tree();
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.silent(&shell.set_env("AWS_REGION", "ap-south-1"), "outer");
        walk.told(&walk.cd("plain"), OUTER, "");
        assert_regions(&mut walk, [Some("ap-south-1"), None]);
    }
}

#[test]
fn a_refused_file_within_puts_the_users_own_regions_back() {
    let world = tree();
    world.write(OUTER, "outer\neu-west-1\n");
    world.write(INNER, "");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_REGION", "us-east-1"));
        walk.told(&walk.cd("outer"), OUTER, "outer");
        walk.told(&walk.cd("outer/inner"), INNER, "");
        assert_regions(&mut walk, [Some("us-east-1"), None]);
    }
}
