//! `deny` ignores a file with every content, until `allow` or `pin`.

use super::{FILE, resolved, world};
use crate::common::{Shell, Walk};

#[test]
fn deny_ends_the_profile_of_a_file_at_once_whatever_its_content() {
    for shell in Shell::available() {
        let world = world();
        world.write(FILE, "work\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "work");
        let text = walk.session.ok("aws-switch deny");
        assert_eq!(text, format!("aws-switch: denied ~/{FILE}; back to base"), "{shell:?}");
        walk.stays_active("aws-switch deny", "base");
        for content in ["other\n", "work\n", "my profile\neu-west-1\n", "no-such\n", ""] {
            world.write(FILE, content);
            walk.reports("true", FILE, "base");
            assert_eq!(resolved(&world, "there")["status"], "untrusted", "{content}");
        }
        world.write(FILE, "work\n");
        walk.reports("true", FILE, "base");
        walk.silent(&walk.cd(""), "base");
        walk.reports(&walk.cd("there"), FILE, "base");
        walk.session.ok("aws-switch allow");
        walk.stays_active("aws-switch allow", "work");
        walk.reports(&walk.cd(""), FILE, "base");
        walk.reports(&walk.cd("there"), FILE, "work");
    }
}

#[test]
fn a_file_that_was_allowed_can_be_denied_and_pinned_again() {
    for shell in Shell::available() {
        let world = world();
        world.write(FILE, "work\n");
        let mut walk = Walk::from_base(&world, shell);
        walk.session.ok("aws-switch allow there");
        walk.session.ok("aws-switch deny there/.awsprofile");
        walk.reports(&walk.cd("there"), FILE, "base");
        walk.session.ok("aws-switch pin other");
        walk.stays_active("aws-switch pin", "other");
        walk.reports(&walk.cd(""), FILE, "base");
        walk.reports(&walk.cd("there"), FILE, "other");
    }
}

#[test]
fn a_denied_file_is_denied_under_every_name_and_no_other_file_is() {
    let world = world();
    world.write(FILE, "work\n");
    world.write("beside/.awsprofile", "work\n");
    std::os::unix::fs::symlink(world.path("there"), world.path("alias")).unwrap();
    std::os::unix::fs::symlink(world.path(FILE), world.dir("linked").join(".awsprofile")).unwrap();
    assert!(world.helper().args(["deny", "alias"]).status().unwrap().success());
    for dir in ["there", "alias", "linked", "there/deep"] {
        assert_eq!(resolved(&world, dir)["status"], "untrusted", "{dir}");
    }
    assert_eq!(resolved(&world, "beside")["status"], "active");
}

#[test]
fn a_denied_link_is_denied_wherever_it_leads_and_its_target_is_not() {
    let world = world();
    world.write(FILE, "work\n");
    world.write("other", "other\n");
    let link = world.dir("linked").join(".awsprofile");
    std::os::unix::fs::symlink(world.path(FILE), &link).unwrap();
    assert!(world.helper().args(["deny", "linked"]).status().unwrap().success());
    assert_eq!(resolved(&world, "linked")["status"], "untrusted");
    assert_eq!(resolved(&world, "there")["status"], "active");
    std::fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(world.path("other"), &link).unwrap();
    assert_eq!(resolved(&world, "linked")["status"], "untrusted", "it leads elsewhere now");
}

#[test]
fn a_path_that_is_no_file_can_be_denied_in_advance() {
    let world = world();
    std::fs::create_dir(world.path(FILE)).unwrap();
    std::os::unix::fs::symlink("nowhere", world.dir("dangling").join(".awsprofile")).unwrap();
    for file in [FILE, "dangling/.awsprofile"] {
        assert!(world.helper().args(["deny", file]).status().unwrap().success(), "{file}");
    }
    std::fs::remove_dir(world.path(FILE)).unwrap();
    world.write(FILE, "work\n");
    assert_eq!(resolved(&world, "there")["status"], "untrusted");
}
