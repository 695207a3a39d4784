//! `aws-switch setup`: one marked block in each shell's start-up file, and `--undo`.

mod login_bash;
mod startup_files;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::Command;

use crate::common::{Shell, World};

const BEGIN: &str = "# >>> aws-switch >>>";
const END: &str = "# <<< aws-switch <<<";
const KINDS: [(&str, &str); 3] = [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", ".config/fish/config.fish")];

/// Runs `setup` by the name of the helper, which must succeed; returns its output.
fn setup(world: &World, arguments: &[&str]) -> String {
    ok(world.command("aws-switch").arg("setup").args(arguments))
}

fn ok(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{command:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A PATH without the system's shells, but with stubs of these names.
fn with_only(world: &World, command: &mut Command, programs: &[&str]) {
    let bin = world.home().join("../bin");
    for name in programs {
        world.program(name, "#!/bin/sh\n");
    }
    command.env("PATH", bin);
}

#[test]
fn setup_finds_the_installed_shells_and_prints_its_changes() {
    let world = World::new();
    let mut command = world.command(env!("CARGO_BIN_EXE_aws-switch"));
    command.arg("setup");
    with_only(&world, &mut command, &["bash", "fish"]);
    let said = ok(&mut command);
    assert!(!world.path(".zshrc").exists());
    for (kind, file) in [KINDS[0], KINDS[2]] {
        let text = fs::read_to_string(world.path(file)).unwrap();
        assert_eq!((text.matches(BEGIN).count(), text.matches(END).count()), (1, 1), "{kind}: {text}");
        let line = format!("{kind}: ~/{file}: will create it, with a block that loads aws-switch");
        assert!(said.lines().any(|said| said == line), "{said}");
    }
    assert!(
        said.ends_with("\ndone; next: start a new shell, then create a profile with 'aws-switch configure NAME', or with --sso for IAM Identity Center\n"),
        "{said}"
    );
    for line in [
        "the prompt will show the active profile; 'prompt = off' in ~/.config/aws-switch/settings.ini turns that off",
        "to undo all this: aws-switch setup --undo",
    ] {
        assert!(said.lines().any(|said| said == line), "{said}");
    }
    assert!(!said.contains("PATH"), "{said}");
    world.config("[profile work]\n");
    let said = ok(world
        .command(env!("CARGO_BIN_EXE_aws-switch"))
        .args(["setup", "--shell=bash"])
        .env("PATH", "/usr/bin:/bin"));
    assert!(
        said.contains("\ndone; next: start a new shell, then type 'aws-switch ' and press Tab (twice in bash)\n"),
        "{said}"
    );
    assert!(said.contains(" is not on PATH; your shells find aws-switch anyway, scripts do not\n"), "{said}");
    let world = World::new();
    let mut command = world.command(env!("CARGO_BIN_EXE_aws-switch"));
    command.arg("setup");
    with_only(&world, &mut command, &[]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("aws-switch: error: ") && stderr.contains("--shell") && stderr.lines().count() == 1,
        "{stderr}"
    );
}

#[test]
fn setup_changes_nothing_before_it_has_said_what_it_will_change() {
    let world = World::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = world.command("aws-switch").arg("setup").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(KINDS.iter().all(|(_, file)| !world.path(file).exists()));
    let said = setup(&world, &["--dry-run"]);
    assert!(
        said.contains("bash: ~/.bashrc: will create it") && said.ends_with("dry run: nothing was changed\n"),
        "{said}"
    );
    assert!(KINDS.iter().all(|(_, file)| !world.path(file).exists()), "{said}");
    world.write(".config/aws-switch/settings.ini", "prompt = off\n");
    assert!(!setup(&world, &[]).contains("prompt"), "it does not show the profile");
    let again = setup(&world, &[]);
    assert!(again.contains("bash: ~/.bashrc: already set up\n") && !again.contains("undo"), "{again}");
    let bashrc = fs::read(world.path(".bashrc")).unwrap();
    let said = setup(&world, &["--undo", "--dry-run"]);
    assert!(said.contains("bash: ~/.bashrc: will delete it, as setup created it\n"), "{said}");
    assert_eq!(fs::read(world.path(".bashrc")).unwrap(), bashrc);
    assert!(setup(&world, &["--undo"]).ends_with("\ndone; already open shells are not affected\n"));
    assert_eq!(setup(&world, &["--undo"]), "nothing to undo\n");
}

#[test]
fn undo_removes_the_directories_that_setup_made_if_they_are_empty() {
    for keeps in [None, Some(".config/mine"), Some(".config/fish/mine")] {
        let world = World::new();
        fs::remove_dir(world.path(".config")).unwrap();
        setup(&world, &["--shell", "fish"]);
        setup(&world, &["--shell", "fish"]);
        let mine = keeps.map(|file| world.write(file, "mine"));
        setup(&world, &["--undo"]);
        assert!(mine.is_none_or(|file| file.exists()));
        assert_eq!(world.path(".config").exists(), keeps.is_some(), "{keeps:?}");
        assert_eq!(world.path(".config/fish").exists(), keeps == Some(".config/fish/mine"), "{keeps:?}");
    }
    let world = World::new();
    world.dir(".config/fish");
    setup(&world, &["--shell", "fish"]);
    setup(&world, &["--undo"]);
    assert!(world.path(".config/fish").exists(), "it was there before");
}

#[test]
fn setup_with_shell_changes_only_that_shell() {
    for (kind, file) in KINDS {
        let world = World::new();
        setup(&world, &["--shell", kind]);
        for (_, other) in KINDS {
            assert_eq!(world.path(other).exists(), other == file, "{kind}: {other}");
        }
    }
}

#[test]
fn setup_twice_adds_one_block_and_undo_restores_every_byte_and_the_mode() {
    let contents: [&[u8]; 11] = [
        b"",
        b"export A=1\n",
        b"export A=1",
        b"\n\n",
        b"export A=1\r\nexport B=2\r\n",
        b"export A=1\r\nexport B=2",
        b"mixed\r\nends\n",
        b"# \xff\xfe not UTF-8\n",
        b"\xef\xbb\xbf# a byte order mark\n",
        b"tail  \n\t",
        b"# >>> conda >>>\nx\n# <<< conda <<<\n",
    ];
    for (kind, file) in KINDS {
        for before in contents {
            let world = World::new();
            let path = world.write(file, before);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            setup(&world, &["--shell", kind]);
            let once = fs::read(&path).unwrap();
            assert!(once.starts_with(before), "{kind}: {before:?}");
            assert_eq!(String::from_utf8_lossy(&once).matches(BEGIN).count(), 1, "{kind}: {before:?}");
            if before.ends_with(b"\r\n") {
                assert!(
                    !once.windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r'),
                    "{kind}: only CRLF: {once:?}"
                );
            }
            let inode = fs::metadata(&path).unwrap().ino();
            setup(&world, &["--shell", kind]);
            assert_eq!(fs::read(&path).unwrap(), once, "{kind}: {before:?}: twice");
            assert_eq!(fs::metadata(&path).unwrap().ino(), inode, "{kind}: not written again");
            setup(&world, &["--shell", kind, "--undo"]);
            assert_eq!(fs::read(&path).unwrap(), before, "{kind}: {before:?}");
            assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o640, "{kind}");
            setup(&world, &["--shell", kind, "--undo"]);
            assert_eq!(fs::read(&path).unwrap(), before, "{kind}: {before:?}: undone twice");
        }
    }
}

#[test]
fn undo_deletes_a_file_that_setup_made_but_keeps_later_lines() {
    for (kind, file) in KINDS {
        let world = World::new();
        let path = world.path(file);
        setup(&world, &["--shell", kind]);
        assert!(path.exists());
        setup(&world, &["--undo"]);
        assert!(!path.exists(), "{kind}");
        setup(&world, &["--shell", kind]);
        let made = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("# above\n{made}# below\n")).unwrap();
        setup(&world, &["--shell", kind]);
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("# above\n{made}# below\n"), "{kind}");
        setup(&world, &["--undo"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "# above\n# below\n", "{kind}");
        assert_eq!(setup(&world, &["--undo"]).lines().count(), 1, "nothing to do");
        let left = fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<String> = left.map(|name| name.into_string().unwrap()).collect();
        assert!(!left.iter().any(|name| name.contains("aws-switch")), "{left:?}");
    }
}

#[test]
fn a_file_in_utf_16_stays_in_utf_16() {
    for (kind, file) in KINDS {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let encoded = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
            let before = encoded("\u{feff}# caf\u{e9}\r\n");
            let world = World::new();
            let path = world.write(file, &before);
            setup(&world, &["--shell", kind]);
            let once = fs::read(&path).unwrap();
            assert!(once.starts_with(&before), "{kind}");
            let begin = encoded(BEGIN);
            assert_eq!(once.windows(begin.len()).filter(|part| *part == begin).count(), 1, "{kind}");
            setup(&world, &["--shell", kind]);
            assert_eq!(fs::read(&path).unwrap(), once, "{kind}: twice");
            setup(&world, &["--undo"]);
            assert_eq!(fs::read(&path).unwrap(), before, "{kind}");
        }
    }
}

/// Runs `line` in a real interactive shell with the rc file of this HOME; returns stdout and stderr.
fn new_shell(world: &World, shell: Shell, line: &str) -> (String, String) {
    let mut command = world.command(shell.executable().unwrap());
    let output = command.args(["-i", "-c", line]).env("TERM", "dumb").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let stderr: Vec<String> = text(output.stderr).lines().map(str::to_owned).collect();
    // bash warns that it has no terminal.
    let stderr = stderr.into_iter().filter(|line| !line.contains("job control") && !line.contains("terminal process"));
    (text(output.stdout), stderr.collect::<Vec<_>>().join("\n"))
}

fn knows(shell: Shell) -> &'static str {
    match shell {
        Shell::Fish => "type -t aws-switch; aws-switch work; printenv AWS_PROFILE",
        Shell::Zsh => "whence -w aws-switch; aws-switch work; printenv AWS_PROFILE",
        _ => "type -t aws-switch; aws-switch work; printenv AWS_PROFILE",
    }
}

#[test]
fn a_new_shell_has_the_function_and_without_the_helper_prints_nothing() {
    let world = World::new();
    world.config("[profile work]\n");
    setup(&world, &[]);
    for shell in Shell::available() {
        let (stdout, stderr) = new_shell(&world, shell, knows(shell));
        let kind = if shell == Shell::Zsh { "aws-switch: function" } else { "function" };
        assert_eq!(stdout, format!("{kind}\nwork\n"), "{shell:?}: {stderr}");
        assert_eq!(stderr, "aws-switch: switched to work", "{shell:?}");
    }
    world.remove_program("aws-switch");
    for shell in Shell::available() {
        let (stdout, stderr) = new_shell(&world, shell, "echo alive");
        assert_eq!((stdout.as_str(), stderr.as_str()), ("alive\n", ""), "{shell:?}");
        let quiet = match shell {
            Shell::Fish => "functions -q aws-switch; and echo loaded; true",
            Shell::Zsh => "whence aws-switch; true",
            _ => "declare -F aws-switch; true",
        };
        assert_eq!(new_shell(&world, shell, quiet), (String::new(), String::new()), "{shell:?}");
    }
}

#[test]
fn a_helper_that_is_not_on_path_is_found_where_setup_ran() {
    let world = World::new();
    world.config("[profile work]\n");
    world.remove_program("aws-switch");
    let helper = world.path("my 'own' $HOME \\ tools/aws-switch");
    fs::create_dir_all(helper.parent().unwrap()).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_aws-switch"), &helper).unwrap();
    ok(world.command(&helper).arg("setup"));
    for shell in Shell::available() {
        let (stdout, stderr) = new_shell(&world, shell, knows(shell));
        assert!(stdout.ends_with("function\nwork\n"), "{shell:?}: {stdout}{stderr}");
        assert_eq!(stderr, "aws-switch: switched to work", "{shell:?}");
    }
    fs::remove_file(helper).unwrap();
    for shell in Shell::available() {
        let (stdout, stderr) = new_shell(&world, shell, "echo alive");
        assert_eq!((stdout.as_str(), stderr.as_str()), ("alive\n", ""), "{shell:?}");
    }
}

#[test]
fn the_rc_file_can_be_read_again_and_can_set_errexit_and_nounset() {
    let world = World::new();
    world.config("[profile work]\n");
    for (_, file) in [KINDS[0], KINDS[1]] {
        world.write(file, "set -eu\n");
    }
    setup(&world, &[]);
    for shell in Shell::available() {
        let file = KINDS.iter().find(|(kind, _)| *kind == shell.name()).unwrap().1;
        let again = format!("source ~/{file}; {}", knows(shell));
        let (stdout, stderr) = new_shell(&world, shell, &again);
        assert!(stdout.ends_with("function\nwork\n"), "{shell:?}: {stdout}{stderr}");
        assert_eq!(stderr, "aws-switch: switched to work", "{shell:?}");
    }
}

#[test]
fn zdotdir_and_xdg_config_home_select_the_files() {
    let world = World::new();
    world.config("[profile work]\n");
    let (zsh, config) = (world.dir("z dot"), world.dir("my config"));
    let mut command = world.command("aws-switch");
    ok(command.arg("setup").env("ZDOTDIR", &zsh).env("XDG_CONFIG_HOME", &config));
    assert!(zsh.join(".zshrc").exists() && config.join("fish/config.fish").exists());
    assert!(!world.path(".zshrc").exists() && !world.path(".config/fish/config.fish").exists());
    let mut command = world.command("aws-switch");
    ok(command.args(["setup", "--undo"]).env("ZDOTDIR", &zsh).env("XDG_CONFIG_HOME", &config));
    assert!(!zsh.join(".zshrc").exists() && !config.join("fish/config.fish").exists());
    // Relative and empty values are ignored.
    let mut command = world.command("aws-switch");
    ok(command.arg("setup").env("ZDOTDIR", "").env("XDG_CONFIG_HOME", "relative"));
    assert!(world.path(".zshrc").exists() && world.path(".config/fish/config.fish").exists());
}

#[test]
fn setup_updates_a_block_of_another_version_and_prints_no_path_raw() {
    let world = World::new();
    let directory = world.dir("a\u{1b}]0;x\u{7}b");
    fs::write(directory.join(".zshrc"), format!("{BEGIN}\nold\n{END}\n")).unwrap();
    let mut command = world.command("aws-switch");
    let said = ok(command.args(["setup", "--shell", "zsh"]).env("ZDOTDIR", &directory));
    assert!(
        said.starts_with("zsh: ~/a\\u{1b}]0;x\\u{7}b/.zshrc: will update the block that loads aws-switch\n"),
        "{said}"
    );
    assert!(!fs::read_to_string(directory.join(".zshrc")).unwrap().contains("old"));
}
