//! The content of a file: valid, invalid, and with an unknown profile.

use std::os::unix::fs::symlink;
use std::path::Path;

use super::{Allow, FILE, Kind, check, resolved, world};
use crate::common::{Shell, Walk, World};

/// A profile and a comment, `length` bytes long.
fn filled(length: usize) -> Vec<u8> {
    let mut bytes = b"work\n#".to_vec();
    bytes.resize(length, b'x');
    bytes
}

fn write(world: &World, file: &Path, bytes: impl AsRef<[u8]>) {
    world.write(file.strip_prefix(world.home()).unwrap(), bytes);
}

const fn invalid(name: &'static str, make: fn(&World, &Path)) -> Kind {
    Kind { name, make, status: "invalid", allow: Allow::Fails }
}

#[test]
fn an_invalid_file_is_ignored_and_cannot_be_allowed() {
    check(&[
        invalid("empty", |world, file| write(world, file, "")),
        invalid("spaces alone", |world, file| write(world, file, " \n\t\r\n\n")),
        invalid("comments alone", |world, file| write(world, file, "# work\n  # other\n")),
        invalid("three lines", |world, file| write(world, file, "work\neu-west-1\nmore\n")),
        invalid("three lines apart", |world, file| write(world, file, "work\n\n#\neu-west-1\n\n\n\nmore")),
        invalid("a NUL", |world, file| write(world, file, "work\0\n")),
        invalid("a NUL at the end", |world, file| write(world, file, "work\n\0")),
        invalid("a NUL first", |world, file| write(world, file, "\0work\n")),
        invalid("UTF-16", |world, file| write(world, file, b"\xff\xfew\0o\0r\0k\0\r\0\n\0")),
        invalid("a byte order mark", |world, file| write(world, file, "\u{feff}work\n")),
        invalid("no text", |world, file| write(world, file, b"\x7fELF\x80\xff\xfe")),
        invalid("4097 bytes", |world, file| write(world, file, filled(4097))),
        invalid("a region that is none", |world, file| write(world, file, "work\n$(touch x)\n")),
    ]);
}

#[test]
fn a_file_with_an_unknown_profile_is_ignored_and_its_name_only_shown() {
    let unknown = |name, make| Kind { name, make, status: "unknown-profile", allow: Allow::Waits };
    check(&[
        unknown("unknown", |world, file| write(world, file, "no-such\n")),
        unknown("a command", |world, file| write(world, file, "$(touch x)`touch x`\n")),
        unknown("steering", |world, file| write(world, file, "\u{1b}[31mwork\u{7}\u{202e}\n")),
        unknown("another case", |world, file| write(world, file, "WORK\n")),
        unknown("two words", |world, file| write(world, file, "work other\n")),
        unknown("a glob", |world, file| write(world, file, "wor*\n")),
        unknown("4000 letters", |world, file| write(world, file, "w".repeat(4000))),
    ]);
}

#[test]
fn spaces_comments_carriage_returns_and_a_missing_last_newline_are_valid() {
    let world = world();
    let contents: [(&str, &[u8], &str, Option<&str>); 9] = [
        ("plain", b"work\n", "work", None),
        ("no newline", b"work", "work", None),
        ("carriage returns", b"work\r\n\r\n", "work", None),
        ("carriage returns, region", b"\r\nwork\r\neu-west-1\r\n", "work", Some("eu-west-1")),
        ("spaces", b" \t\n \t work \t \n\n", "work", None),
        ("comments", b"# who\n\n  # why\nwork\n# where\neu-west-1\n# end", "work", Some("eu-west-1")),
        ("a space within", b"my profile\n", "my profile", None),
        ("4096 bytes", &filled(4096), "work", None),
        ("a region without newline", b"work\neu-west-1", "work", Some("eu-west-1")),
    ];
    for (name, bytes, ..) in contents {
        world.write(format!("{name}/.awsprofile"), bytes);
    }
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        for (name, _, profile, region) in contents {
            let json = resolved(&world, name);
            assert_eq!(json["status"], "active", "{name}: {json}");
            assert_eq!((json["profile"].as_str(), json["region"].as_str()), (Some(profile), region), "{name}");
            assert!(json["reason"].is_null(), "{name}: {json}");
            let file = format!("{name}/.awsprofile");
            let text = walk.session.ok(&walk.cd(name));
            assert_eq!(text.lines().count(), 1, "{shell:?}: {name}: {text}");
            assert!(text.contains(&shell.below_home(&file)) && text.contains(profile), "{shell:?}: {text}");
            walk.stays_active(name, profile);
            assert_eq!(walk.session.var("AWS_REGION").as_deref(), region, "{shell:?}: {name}");
            walk.reports(&walk.cd(""), &file, "base");
        }
        assert!(!world.path("x").exists());
    }
}

#[test]
fn links_to_the_users_own_file_are_followed() {
    let world = world();
    world.write("target", "work\n");
    for (dir, target) in [("absolute", world.path("target")), ("a chain", "../absolute/.awsprofile".into())] {
        symlink(target, world.dir(dir).join(".awsprofile")).unwrap();
    }
    std::fs::hard_link(world.path("target"), world.dir("hard").join(".awsprofile")).unwrap();
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        for dir in ["absolute", "a chain", "hard"] {
            let file = format!("{dir}/.awsprofile");
            assert_eq!(resolved(&world, dir)["status"], "active", "{dir}");
            walk.reports(&walk.cd(dir), &file, "work");
            walk.reports(&walk.cd(""), &file, "base");
        }
    }
}

#[test]
fn a_file_below_a_directory_does_not_apply_to_it() {
    let world = world();
    world.write("there/deep/.awsprofile", "work\n");
    assert_eq!(resolved(&world, "there")["status"], "none");
    world.write(FILE, "");
    assert_eq!(resolved(&world, "there/deep")["status"], "active");
    assert_eq!(resolved(&world, "there")["status"], "invalid");
}
