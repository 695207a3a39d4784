//! The region on a file's second line, and the user's own.

use super::cell::{Cell, INNER, OUTER};
use crate::common::Walk;

type Pair = [Option<&'static str>; 2];

const NAMES: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
const FILES: Pair = [Some("eu-west-1"); 2];

#[track_caller]
fn assert_regions(walk: &mut Walk, wanted: Pair) {
    let mut environment = walk.session.environment();
    let found = NAMES.map(|name| environment.remove(name));
    assert_eq!(found.each_ref().map(Option::as_deref), wanted);
}

fn walk_with(cell: &Cell, own: Pair) -> Walk {
    let pairs = NAMES.iter().zip(own).filter_map(|(name, value)| Some((name, value?)));
    let start = pairs.fold(cell.start().env("AWS_PROFILE", "base"), |start, (name, value)| start.env(name, value));
    cell.walk_in(start)
}

pub fn restored(cell: &Cell) {
    cell.world.write(OUTER, "outer\neu-west-1\n");
    let cases: [Pair; 5] = [
        [None, None],
        [Some("us-east-1"), None],
        [Some(""), Some("us-east-1")],
        [Some("us-east-1"), Some("us-west-2")],
        [Some("eu-west-1"), Some("")],
    ];
    let mut walk = cell.walk();
    for own in cases {
        for (name, value) in NAMES.iter().zip(own) {
            let set = value.map_or_else(|| cell.shell.unset_env(name), |value| cell.shell.set_env(name, value));
            walk.run(&set);
        }
        assert_regions(&mut walk, own);
        walk.goes("outer", OUTER, "outer");
        assert_regions(&mut walk, FILES);
        // The inner file names no region, and does not inherit that of the outer file.
        walk.goes("outer/inner", INNER, "inner");
        assert_regions(&mut walk, own);
        walk.goes("outer/deep", OUTER, "outer");
        assert_regions(&mut walk, FILES);
        walk.goes("", OUTER, "base");
        assert_regions(&mut walk, own);
    }
}

pub fn manual(cell: &Cell) {
    cell.world.write(OUTER, "outer\neu-west-1\n");
    let mut walk = walk_with(cell, [Some("us-east-1"), None]);
    let manual: Pair = [Some("ap-south-1"); 2];
    walk.ok("aws-switch other --region ap-south-1");
    assert_regions(&mut walk, manual);
    walk.goes("outer", OUTER, "outer");
    assert_regions(&mut walk, FILES);
    walk.goes("outer/inner", INNER, "inner");
    assert_regions(&mut walk, [Some("us-east-1"), None]);
    walk.goes("plain", INNER, "other");
    assert_regions(&mut walk, manual);
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch other");
    assert_regions(&mut walk, [Some("us-east-1"), None]);
    walk.goes_silently("plain", "other");
    assert_regions(&mut walk, [Some("us-east-1"), None]);
}

pub fn edited(cell: &Cell) {
    let mut walk = walk_with(cell, [None, Some("us-east-1")]);
    walk.goes("outer", OUTER, "outer");
    for region in ["eu-west-1", "eu-north-1"] {
        cell.world.write(OUTER, format!("outer\n{region}"));
        walk.reports("", OUTER, "outer");
        assert_regions(&mut walk, [Some(region); 2]);
    }
    cell.world.write(OUTER, "outer");
    walk.reports("", OUTER, "outer");
    assert_regions(&mut walk, [None, Some("us-east-1")]);
}

pub fn changed_by_the_user(cell: &Cell) {
    cell.world.write(OUTER, "outer\neu-west-1\n");
    let shell = cell.shell;
    for (change, after) in
        [(shell.set_env("AWS_REGION", "ap-south-1"), Some("ap-south-1")), (shell.unset_env("AWS_REGION"), None)]
    {
        let mut walk = walk_with(cell, [Some("us-east-1"), Some("us-west-2")]);
        walk.goes("outer", OUTER, "outer");
        walk.silent(&change, "outer");
        assert_regions(&mut walk, [after, Some("eu-west-1")]);
        walk.goes_silently("outer/deep", "outer");
        assert_regions(&mut walk, [after, Some("eu-west-1")]);
        walk.goes("plain", OUTER, "base");
        assert_regions(&mut walk, [after, Some("us-west-2")]);
    }
}

pub fn unknown(cell: &Cell) {
    cell.world.write(OUTER, "outer\neu-wset-1\n");
    let mut walk = cell.walk();
    let text = walk.one_line(&cell.cd("outer"));
    walk.names(&text, OUTER, "outer");
    assert!(text.starts_with("aws-switch: warning: outer in eu-wset-1 is active ("), "{text}");
    assert!(text.ends_with("; unknown region 'eu-wset-1' (set anyway); did you mean 'eu-west-1'?"), "{text}");
    assert_regions(&mut walk, [Some("eu-wset-1"); 2]);
}
