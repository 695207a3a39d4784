//! The region on a file's second line, and the user's own.

use super::cell::{INNER, OUTER, Place, Walk};

type Pair = [Option<&'static str>; 2];

const NAMES: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
const FILES: Pair = [Some("eu-west-1"); 2];

#[track_caller]
fn assert_regions(walk: &mut Walk, wanted: Pair) {
    let mut environment = walk.session.environment();
    let found = NAMES.map(|name| environment.remove(name));
    assert_eq!(found.each_ref().map(Option::as_deref), wanted);
}

fn walk_with(place: &Place, own: Pair) -> Walk {
    let pairs = NAMES.iter().zip(own).filter_map(|(name, value)| Some((name, value?)));
    let start = pairs.fold(place.start().env("AWS_PROFILE", "base"), |start, (name, value)| start.env(name, value));
    place.walk_in(start)
}

pub fn put_back(place: &Place) {
    place.world.write(OUTER, "outer\neu-west-1\n");
    let cases: [Pair; 5] = [
        [None, None],
        [Some("us-east-1"), None],
        [Some(""), Some("us-east-1")],
        [Some("us-east-1"), Some("us-west-2")],
        [Some("eu-west-1"), Some("")],
    ];
    let mut walk = place.walk();
    for own in cases {
        for (name, value) in NAMES.iter().zip(own) {
            let set = value.map_or_else(|| place.shell.unset_env(name), |value| place.shell.set_env(name, value));
            walk.run(&set);
        }
        assert_regions(&mut walk, own);
        walk.goes("outer", OUTER, "outer");
        assert_regions(&mut walk, FILES);
        // The inner file names no region: nothing of the outer one's reaches it.
        walk.goes("outer/inner", INNER, "inner");
        assert_regions(&mut walk, own);
        walk.goes("outer/deep", OUTER, "outer");
        assert_regions(&mut walk, FILES);
        walk.goes("", OUTER, "base");
        assert_regions(&mut walk, own);
    }
}

pub fn by_hand(place: &Place) {
    place.world.write(OUTER, "outer\neu-west-1\n");
    let mut walk = walk_with(place, [Some("us-east-1"), None]);
    let by_hand: Pair = [Some("ap-south-1"); 2];
    walk.ok("aws-switch other --region ap-south-1");
    assert_regions(&mut walk, by_hand);
    walk.goes("outer", OUTER, "outer");
    assert_regions(&mut walk, FILES);
    walk.goes("outer/inner", INNER, "inner");
    assert_regions(&mut walk, [Some("us-east-1"), None]);
    walk.goes("plain", INNER, "other");
    assert_regions(&mut walk, by_hand);
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch other");
    assert_regions(&mut walk, [Some("us-east-1"), None]);
    walk.goes_silently("plain", "other");
    assert_regions(&mut walk, [Some("us-east-1"), None]);
}

pub fn edited(place: &Place) {
    let mut walk = walk_with(place, [None, Some("us-east-1")]);
    walk.goes("outer", OUTER, "outer");
    for region in ["eu-west-1", "eu-north-1"] {
        place.world.write(OUTER, format!("outer\n{region}"));
        walk.told("", OUTER, "outer");
        assert_regions(&mut walk, [Some(region); 2]);
    }
    place.world.write(OUTER, "outer");
    walk.told("", OUTER, "outer");
    assert_regions(&mut walk, [None, Some("us-east-1")]);
}

pub fn changed_by_the_user(place: &Place) {
    place.world.write(OUTER, "outer\neu-west-1\n");
    let shell = place.shell;
    for (change, after) in
        [(shell.set_env("AWS_REGION", "ap-south-1"), Some("ap-south-1")), (shell.unset_env("AWS_REGION"), None)]
    {
        let mut walk = walk_with(place, [Some("us-east-1"), Some("us-west-2")]);
        walk.goes("outer", OUTER, "outer");
        walk.silent(&change, "outer");
        assert_regions(&mut walk, [after, Some("eu-west-1")]);
        walk.goes_silently("outer/deep", "outer");
        assert_regions(&mut walk, [after, Some("eu-west-1")]);
        walk.goes("plain", OUTER, "base");
        assert_regions(&mut walk, [after, Some("us-west-2")]);
    }
}
