//! AWS files with mistakes, damage, or without permission: the valid profiles are listed, one line reports the problem,
//! and nothing below ~/.aws is ever touched.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::common::World;

/// The names on stdout, and stderr.
fn names(command: &mut Command) -> (Vec<String>, String) {
    let output = command.args(["list", "--names"]).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    (stdout.lines().map(str::to_owned).collect(), stderr)
}

/// Every path below `directory`, with its mode, times (but the access time) and content.
fn snapshot(directory: &Path) -> Vec<(String, u32, i64, i64, Vec<u8>)> {
    let mut all = Vec::new();
    let meta = fs::symlink_metadata(directory).unwrap();
    let content = if meta.is_file() { fs::read(directory).unwrap_or_default() } else { Vec::new() };
    all.push((directory.display().to_string(), meta.mode(), meta.mtime_nsec(), meta.ctime_nsec(), content));
    if meta.is_dir() {
        let mut below: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
        below.sort();
        all.extend(below.iter().flat_map(|path| snapshot(path)));
    }
    all
}

#[test]
fn valid_profiles_are_listed_and_problems_printed_with_their_line() {
    let world = World::new();
    let rows: [(&[u8], &[&str], Option<u32>); 14] = [
        (b"", &[], None),
        (b"\n\n# nothing\n", &[], None),
        (b"[profile a]\n[profile b]", &["a", "b"], None),
        (b"[profile a]\r\nregion = x\r\n[profile b]\r\n", &["a", "b"], None),
        (b"[profile a]\nregion = x\n[profile b]\nregi", &["a", "b"], Some(4)),
        (b"[profile a]\n[profile b", &["a"], Some(2)),
        (b"stray\n[profile a]\n", &["a"], Some(1)),
        (b"region = x\n[profile a]\n", &["a"], Some(1)),
        (b"[profile a]\n[profile a]\n[profile b]\n", &["a", "b"], Some(2)),
        (b"[profile a]\nx = 1\nx = 2\n[profile b]\n", &["a", "b"], Some(3)),
        (b"[profile a]\nx = \0\0\n[profile b]\n", &["a", "b"], None),
        (b"[profile a]\nx = \xff\xfe\n[profile b]\n", &["a", "b"], Some(2)),
        (b"\xef\xbb\xbf[profile a]\n[profile b]\n", &["a", "b"], Some(1)),
        (b"[profile a]\n[profile \"b]\n[profile c]\n", &["a", "c"], None),
    ];
    for (bytes, wanted, line) in rows {
        let shown = String::from_utf8_lossy(bytes);
        let file = world.write(".aws/config", bytes);
        let (found, message) = names(&mut world.helper());
        assert_eq!(found, wanted, "{shown:?}");
        match line {
            Some(line) => {
                let start = format!("aws-switch: error: ~/.aws/config:{line}: ");
                assert!(message.starts_with(&start) && message.lines().count() == 1, "{shown:?}: {message}");
            }
            None if wanted.is_empty() => assert!(message.contains("aws-switch configure"), "{shown:?}: {message}"),
            None => assert_eq!(message, "", "{shown:?}"),
        }
        // The credentials file.
        fs::remove_file(&file).unwrap();
        let text = shown.replace("[profile ", "[");
        if !text.contains(['"', '\u{fffd}']) {
            let file = world.credentials(&text);
            let (found, message) = names(&mut world.helper());
            assert_eq!(found, wanted, "{text:?}");
            if let Some(line) = line {
                let start = format!("aws-switch: error: ~/.aws/credentials:{line}: ");
                assert!(message.starts_with(&start), "{text:?}: {message}");
            }
            fs::remove_file(&file).unwrap();
        }
    }
}

#[test]
fn no_truncated_or_random_file_crashes_the_helper() {
    let world = World::new();
    let whole =
        "[default]\nregion = eu-west-1\n[profile \"my prof\u{e9}\"]\ns3 =\n  a = b\n\n# c\n[sso-session x]\nu = v\n";
    for cut in 0..=whole.len() {
        world.write(".aws/config", &whole.as_bytes()[..cut]);
        names(&mut world.helper());
    }
    let mut seed: u32 = 1;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        seed
    };
    for _ in 0..60 {
        let alphabet = b"[]\"'\\ \t\r\n=:#;ab\0\xff\xc3profile default";
        let size = next() % 400;
        let bytes: Vec<u8> = (0..size).map(|_| alphabet[next() as usize % alphabet.len()]).collect();
        world.write(".aws/config", &bytes);
        world.write(".aws/credentials", &bytes);
        names(&mut world.helper());
    }
}

#[test]
fn a_path_that_is_no_regular_file_costs_only_its_profiles() {
    let world = World::new();
    let config = world.path(".aws/config");
    world.credentials("[saved]\n");
    let reports_config = |world: &World| {
        let (found, message) = names(&mut world.helper());
        assert_eq!(found, ["saved"]);
        assert!(message.starts_with("aws-switch: error: ~/.aws/config: this is a "), "{message:?}");
        assert_eq!(message.lines().count(), 1, "{message}");
    };
    // Opening a FIFO for reading would hang.
    assert!(world.command("mkfifo").arg(&config).status().unwrap().success());
    reports_config(&world);
    fs::remove_file(&config).unwrap();
    fs::create_dir(&config).unwrap();
    reports_config(&world);
    fs::remove_dir(&config).unwrap();
    for target in ["/dev/null", "config", "/no/such/file"] {
        symlink(target, &config).unwrap();
        assert_eq!(names(&mut world.helper()).0, ["saved"], "{target}");
        fs::remove_file(&config).unwrap();
    }
    fs::remove_file(world.path(".aws/credentials")).unwrap();
    fs::remove_dir(world.path(".aws")).unwrap();
    world.write(".aws", "a file");
    let (found, message) = names(&mut world.helper());
    assert!(found.is_empty() && message.lines().count() == 1, "{message}");
}

#[test]
fn an_unreadable_file_is_reported_and_the_other_is_listed() {
    let world = World::new();
    let config = world.config("[profile secret]\n");
    world.credentials("[saved]\n");
    fs::set_permissions(&config, fs::Permissions::from_mode(0o0)).unwrap();
    let copy = world.home().parent().unwrap().join("helper");
    let is_root = rustix::process::geteuid().is_root();
    if is_root {
        // root can read every file: the user nobody runs a copy of the helper.
        fs::copy(env!("CARGO_BIN_EXE_aws-switch"), &copy).unwrap();
        for path in [copy.parent().unwrap(), &copy] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        if world.command("setpriv").arg("--version").output().is_err() {
            crate::common::skip("setpriv is not installed: an unreadable file was not tested");
            return;
        }
    }
    let helper = || {
        if !is_root {
            return world.helper();
        }
        let mut command = world.command("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&copy);
        command
    };
    let why = "~/.aws/config: the file cannot be read: Permission denied; check its owner and permissions";
    let (found, message) = names(&mut helper());
    assert_eq!(found, ["saved"]);
    assert!(message.starts_with(&format!("aws-switch: error: {why}")), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    // An unknown profile may be in the unreadable file.
    let output = helper().args(["show", "secret"]).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.starts_with(&format!("aws-switch: error: no profile named 'secret'; {why}")), "{message}");
    assert_eq!(output.status.code(), Some(3));
    world.credentials("");
    let (found, message) = names(&mut helper());
    assert!(found.is_empty());
    assert_eq!(
        message.lines().last(),
        Some("aws-switch: warning: no profiles in the files that can be read"),
        "{message}"
    );
}

#[test]
fn fifty_megabytes_and_ten_thousand_profiles_are_read() {
    let world = World::new();
    let filler = format!("{}\n", "x".repeat(99)).replacen('x', "#", 1).repeat(500_000);
    world.config(&format!("[profile first]\n{filler}[profile last]\nregion = eu-west-1\n"));
    assert_eq!(names(&mut world.helper()), (vec!["first".to_owned(), "last".to_owned()], String::new()));
    world.config(&format!("[profile first]\nkey = {}\n[profile last]\n", "v".repeat(50_000_000)));
    assert_eq!(names(&mut world.helper()).0, ["first", "last"]);
    let wanted: Vec<String> = (0..10_000).map(|number| format!("profile-{number}")).collect();
    world.config(&wanted.iter().map(|name| format!("[profile {name}]\nregion = eu-west-1\n")).collect::<String>());
    assert_eq!(names(&mut world.helper()), (wanted, String::new()));
}

#[test]
fn a_thousand_problems_are_still_one_line() {
    let world = World::new();
    world.config(&format!("[profile a]\n{}[profile b]\n", "stray\n".repeat(1000)));
    let (found, message) = names(&mut world.helper());
    assert_eq!((found, message.lines().count()), (vec!["a".to_owned(), "b".to_owned()], 1), "{message}");
    let json = world.helper().args(["list", "--json"]).output().unwrap().stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let problems = json["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 101, "a hundred, and one that counts the rest");
    assert!(problems[100]["message"].as_str().unwrap().contains("900"), "{}", problems[100]);
}

#[test]
fn the_variables_select_other_files() {
    let world = World::new();
    world.config("[profile usual]\n");
    world.write("alt", "[profile other]\n");
    world.write("keys", "[key]\n");
    let absolute = world.path("alt").display().to_string();
    for path in [absolute.as_str(), "~/alt", "$HOME/alt", "${HOME}/alt", "alt"] {
        assert_eq!(names(world.helper().env("AWS_CONFIG_FILE", path)).0, ["other"], "{path}");
    }
    assert_eq!(names(world.helper().env("AWS_SHARED_CREDENTIALS_FILE", "~/keys")).0, ["usual", "key"]);
    let (found, _) = names(world.helper().env("AWS_CONFIG_FILE", "").env("AWS_SHARED_CREDENTIALS_FILE", "~/keys"));
    assert_eq!(found, ["key"]);
    let (found, message) = names(world.helper().env("AWS_CONFIG_FILE", "/no/such"));
    assert!(found.is_empty() && message.contains("/no/such"), "{message}");
    // An empty HOME is the root, as for botocore.
    let (_, message) = names(world.helper().env("HOME", ""));
    assert!(message.contains(" /.aws/config "), "{message}");
}

#[test]
fn no_command_touches_the_aws_directory() {
    let world = World::new();
    let text = "[profile work]\nstray\n[profile work]\n\nregion = eu-west-1 \r\n";
    world.config(text);
    world.credentials("[key]\naws_access_key_id = x");
    world.dir(".aws/sso/cache");
    world.write("project/.awsprofile", "work\n");
    let before = snapshot(&world.path(".aws"));
    let all: [&[&str]; 20] = [
        &[],
        &["list"],
        &["list", "--json"],
        &["list", "--names"],
        &["current"],
        &["current", "--json"],
        &["show", "key"],
        &["resolve", "project"],
        &["exec", "key", "--", "true"],
        &["doctor"],
        &["pin", "work"],
        &["allow"],
        &["deny"],
        &["pin", "--remove"],
        &["setup", "--shell", "bash"],
        &["init", "bash"],
        &["completions", "bash"],
        &["man"],
        &["__hook", "load"],
        &["__complete", "fish", "--", ""],
    ];
    for arguments in all {
        let output = world.helper().args(arguments).output().unwrap();
        // doctor finds the stray line.
        let status = i32::from(arguments == ["doctor"]);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(snapshot(&world.path(".aws")), before, "{arguments:?}");
    }
    for shell in crate::common::Shell::available() {
        let mut session = world.start(shell).spawn();
        for line in ["aws-switch work", "aws-switch -", "aws-switch key", "cd project", "aws-switch auto on"] {
            session.run(line);
        }
        assert_eq!(snapshot(&world.path(".aws")), before, "{shell:?}");
    }
}
