//! The candidates of Tab: commands, options, values, paths and several profiles; also with a broken helper.

use std::fs;

use super::start;
use crate::common::pty::PATIENCE;
use crate::common::{Session, Shell, World, commands, text};

/// Ctrl-U: deletes the line.
const KILL_LINE: &str = "\x15";

/// Types the keys and waits until the line is exactly `line`; a # is typed last, to see the space before it.
fn shows(session: &mut Session, keys: &str, line: &str) {
    session.keys(format!("{keys}#"));
    let wanted = format!("test$ {line}#");
    session.wait(&wanted.clone(), |display| (display.cursor_line() == wanted).then_some(()));
    session.keys(KILL_LINE);
    // Else a next line with the same text would be found at once.
    session.wait("an empty line", |display| (display.cursor_line().trim_end() == "test$").then_some(()));
}

/// Installs the real helper again.
fn restore(world: &World) {
    world.remove_program("aws-switch");
    let path = world.home().join("../bin/aws-switch");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_aws-switch"), path).unwrap();
}

fn profiles(world: &World, names: &[&str]) {
    let section = |name: &&str| format!("[profile \"{name}\"]\nregion = eu-west-1\n");
    world.config(&names.iter().map(section).collect::<String>());
}

#[test]
fn every_command_completes_once_a_letter_is_typed_and_none_before() {
    let world = World::new();
    profiles(&world, &["work"]);
    let commands = commands(&world);
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for command in &commands {
            let typed = &command[..command.len() - 1];
            shows(&mut session, &format!("aws-switch {typed}\t"), &format!("aws-switch {command} "));
        }
        shows(&mut session, "aws-switch \t", "aws-switch work ");
        shows(&mut session, "aws-switch __ho\t", "aws-switch __ho");
    }
}

#[test]
fn every_option_of_every_command_completes() {
    let world = World::new();
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for command in ["", "use ", "list ", "current ", "resolve ", "pin ", "setup "] {
            let help = text(&world, &command.split_whitespace().chain(["--help"]).collect::<Vec<_>>());
            let lines = help.lines().skip_while(|line| *line != "Options:").skip(1);
            // Beside a long option may stand its short form.
            let words = lines.map(str::trim_start).filter(|line| line.starts_with('-'));
            let words = words.filter_map(|line| Some(line.split_once("--")?.1));
            let options: Vec<&str> =
                words.map(|line| line.split(' ').next().unwrap()).filter(|option| *option != "help").collect();
            assert!(!options.is_empty(), "{command}: {help}");
            for option in options {
                let typed = format!("aws-switch {command}--{}\t", &option[..option.len() - 1]);
                shows(&mut session, &typed, &format!("aws-switch {command}--{option} "));
            }
        }
    }
}

#[test]
fn values_complete_to_what_each_argument_takes() {
    let world = World::new();
    profiles(&world, &["work"]);
    world.dir("only-dir");
    world.write("only-file", "");
    let rows = [
        ("aws-switch --region us-gov-e\t", "aws-switch --region us-gov-east-1 "),
        ("aws-switch use --region ap-northeast-3\t", "aws-switch use --region ap-northeast-3 "),
        ("aws-switch work --region us-gov-w\t", "aws-switch work --region us-gov-west-1 "),
        ("aws-switch --region=us-gov-e\t", "aws-switch --region=us-gov-east-1 "),
        ("aws-switch work --region=us-gov-w\t", "aws-switch work --region=us-gov-west-1 "),
        ("aws-switch --region=us-east-1 wo\t", "aws-switch --region=us-east-1 work "),
        ("aws-switch -r us-gov-e\t", "aws-switch -r us-gov-east-1 "),
        ("aws-switch -y -r us-east-1 wo\t", "aws-switch -y -r us-east-1 work "),
        ("aws-switch help doc\t", "aws-switch help doctor "),
        ("aws-switch setup --undo --shell=z\t", "aws-switch setup --undo --shell=zsh "),
        ("aws-switch --yes=w\t", "aws-switch --yes=w"),
        ("aws-switch --region us-east-1 \t", "aws-switch --region us-east-1 work "),
        ("aws-switch use --region us-east-1 wo\t", "aws-switch use --region us-east-1 work "),
        ("aws-switch init z\t", "aws-switch init zsh "),
        ("aws-switch completions po\t", "aws-switch completions powershell "),
        ("aws-switch setup --shell f\t", "aws-switch setup --shell fish "),
        ("aws-switch setup --undo --shell b\t", "aws-switch setup --undo --shell bash "),
        ("aws-switch auto of\t", "aws-switch auto off "),
        ("aws-switch use \t", "aws-switch use work "),
        ("aws-switch pin w\t", "aws-switch pin work "),
        ("aws-switch resolve only\t", "aws-switch resolve only-dir/"),
        ("aws-switch resolve --json only\t", "aws-switch resolve --json only-dir/"),
        ("aws-switch allow only-f\t", "aws-switch allow only-file "),
        ("aws-switch deny only-d\t", "aws-switch deny only-dir/"),
        // No further argument.
        ("aws-switch work \t", "aws-switch work "),
        ("aws-switch work w\t", "aws-switch work w"),
        ("aws-switch use work w\t", "aws-switch use work w"),
        ("aws-switch --unset w\t", "aws-switch --unset w"),
        ("aws-switch -u w\t", "aws-switch -u w"),
        ("aws-switch list w\t", "aws-switch list w"),
        ("aws-switch init bash z\t", "aws-switch init bash z"),
        ("aws-switch auto off o\t", "aws-switch auto off o"),
    ];
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for (keys, line) in rows {
            shows(&mut session, keys, line);
        }
    }
}

#[test]
fn the_common_prefix_of_several_names_is_inserted_and_the_names_are_listed() {
    let world = World::new();
    let rows = [
        (["team:dev", "team:ops"], "te", "team:", "o\t"),
        (["me@corp.one", "me@corp.two"], "me@", "me@corp.", "t\t"),
        (["my profile a", "my profile b"], "my", r"my\ profile\ ", "b"),
        (["my profile a", "my profile b"], "'my", "'my profile ", "b'"),
        (["my profile a", "my profile b"], "\"my", "\"my profile ", "b\""),
        (["it's 1", "it's 2"], "it", r"it\'s\ ", "2"),
        (["xx$(touch canary)1", "xx$(touch canary)2"], "xx", r"xx\$\(touch\ canary\)", "2"),
        (["xx*1", "xx*2"], "xx", r"xx\*", "2"),
        (["öscar 1", "öscar 2"], "ö", r"öscar\ ", "2"),
        (["same", "same-but-longer"], "sa", "same", "-but-longer"),
    ];
    for shell in Shell::available() {
        for (names, typed, shared, rest) in rows {
            profiles(&world, &names);
            let mut session = start(&world, shell);
            session.keys(format!("aws-switch {typed}\t"));
            session.wait_line(format!("test$ aws-switch {shared}").trim_end());
            session.keys(match shell {
                Shell::Fish => "",
                Shell::Zsh if shared != typed => "\t",
                Shell::Zsh => "",
                _ => "\t\t",
            });
            // bash lists the part after the last colon, with its backslashes.
            let tail = |name: &'static str| name.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap();
            for tail in names.map(tail) {
                session.wait(tail, |display| {
                    let text = display.text();
                    let mut lines = text.lines().filter(|line| !line.starts_with("test$"));
                    lines.any(|line| line.contains(tail)).then_some(())
                });
            }
            session.keys(rest);
            assert_eq!(session.submit().status, 0, "{shell:?} {names:?}: {}", session.screen());
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(names[1]), "{shell:?}");
            assert!(!world.path("canary").exists(), "{shell:?}");
        }
    }
}

#[test]
fn names_that_share_a_backslash_can_be_completed() {
    let world = World::new();
    profiles(&world, &["aa b", "aa!c"]);
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        session.keys("aws-switch aa\t");
        if shell == Shell::Fish {
            session.wait_for("aa!c", PATIENCE);
            session.keys("\\!\t");
        } else {
            session.wait_line(r"test$ aws-switch aa\");
            if shell.is_bash() {
                session.keys("\t\t");
                session.wait_for("!c", PATIENCE);
            }
            session.keys("!\t");
        }
        assert_eq!(session.submit().status, 0, "{shell:?}: {}", session.screen());
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("aa!c"), "{shell:?}");
    }
}

#[test]
fn each_name_has_a_description_where_the_shell_shows_any() {
    let world = World::new();
    // With 1500 other names Tab describes none of them before more is typed.
    for others in [0, 1500] {
        let others: String = (0..others).map(|number| format!("[profile other{number}]\n")).collect();
        world.config(&format!(
            "{others}[profile team:dev]\nregion = eu-west-1\n[profile team:ops]\nregion = us-east-1\n"
        ));
        for shell in Shell::available() {
            let session = start(&world, shell);
            session.keys(if shell.is_bash() { "aws-switch team:\t\t" } else { "aws-switch team:\t" });
            session.wait_for("ops", PATIENCE);
            session.keys("x");
            session.wait_line("test$ aws-switch team:x");
            if shell.is_bash_before(400) {
                assert!(!session.screen().contains("us-east-1"), "{}", session.screen());
                continue;
            }
            session.keys(if shell.is_bash() { "\x7f\t\t" } else { "\x7f\t" });
            for (name, region) in [("team:dev", "eu-west-1"), ("team:ops", "us-east-1")] {
                session.wait(name, |display| {
                    let text = display.text();
                    text.lines().any(|line| line.contains(name) && line.contains(region)).then_some(())
                });
            }
        }
    }
}

/// Whether a line of the screen has both.
fn lists(session: &Session, name: &str, description: &str) -> bool {
    session.screen().lines().any(|line| line.contains(name) && line.contains(description))
}

#[test]
fn one_long_name_costs_no_other_its_description_in_a_list() {
    let world = World::new();
    let long = format!("acme-{}end", "long-".repeat(25));
    let profile = |name: &str, account: &str, role: &str| {
        format!("[profile {name}]\nrole_arn = arn:aws:iam::{account}:role/{role}\nregion = eu-west-1\n")
    };
    world.config(
        &[
            profile("acme-dev", "123456789012", "AdministratorAccess"),
            profile(&long, "210987654321", "Developer"),
            profile("acme-ops", "111111111111", "ReadOnly"),
        ]
        .concat(),
    );
    for shell in Shell::available().into_iter().filter(|shell| !shell.is_bash_before(400)) {
        let session = world.start(shell).before(shell.completion_setup()).size(24, 80).spawn();
        session.keys(if shell.is_bash() { "aws-switch acme-\t\t" } else { "aws-switch acme-\t" });
        session.wait_for("acme-ops", PATIENCE);
        session.keys("x");
        session.wait_line("test$ aws-switch acme-x");
        if shell == Shell::Fish {
            // It removed the list.
            session.keys("\x7f\t");
            session.wait_for("acme-ops", PATIENCE);
        }
        let screen = session.screen();
        for (name, description) in [
            ("acme-dev", "123456789012 \u{b7} AdministratorAccess \u{b7} eu-west-1"),
            ("acme-ops", "111111111111 \u{b7} ReadOnly \u{b7} eu-west-1"),
            ("acme-long-", "210987654321 \u{b7} "),
        ] {
            assert!(lists(&session, name, description), "{shell:?}: {name}: {screen}");
        }
        assert!(screen.lines().all(|line| line.chars().count() <= 80), "{shell:?}: {screen}");
    }
}

#[test]
fn bash_lists_descriptions_and_never_puts_one_on_the_line() {
    let world = World::new();
    world.config("[profile acme-dev]\nregion = eu-west-1\n[profile acme-ops]\nregion = us-east-1\n");
    let inputrc = "set bell-style none\n";
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash() && !shell.is_bash_before(400)) {
        for (settings, keys, line, is_described) in [
            ("", "aws-switch acme-\t\t", "aws-switch acme-", true),
            ("", "aws-switch acme-\u{1b}?", "aws-switch acme-", true),
            ("", "aws-switch ac\u{1b}?", "aws-switch ac", true),
            ("", "aws-switch acme-d\u{1b}?", "aws-switch acme-d", false),
            ("", "aws-switch \u{1b}*", "aws-switch acme-dev acme-ops ", false),
            ("set show-all-if-ambiguous on", "aws-switch ac\t", "aws-switch acme-", true),
            ("set show-all-if-unmodified on", "aws-switch acme-\t", "aws-switch acme-", true),
            ("TAB: menu-complete", "aws-switch ac\t", "aws-switch acme-dev ", false),
            ("TAB: menu-complete\nset show-all-if-ambiguous on", "aws-switch ac\t\t", "aws-switch acme-ops ", false),
            ("", "aws-switch --region eu-\t\t", "aws-switch --region eu-", false),
        ] {
            world.write(".inputrc", format!("{inputrc}{settings}\n"));
            let session = start(&world, shell);
            session.keys(format!("{keys}#"));
            let wanted = format!("test$ {line}#");
            session
                .wait(&format!("{wanted} after {keys:?}"), |display| (display.cursor_line() == wanted).then_some(()));
            let described = lists(&session, "acme-dev", "  -- eu-west-1") && lists(&session, "acme-ops", "us-east-1");
            assert_eq!(described, is_described, "{shell:?}: {settings}: {keys:?}: {}", session.screen());
        }
        world.write(".inputrc", inputrc);
        let mut session = start(&world, shell);
        session.keys("aws-switch acme-\t\t");
        session.wait_for("us-east-1", PATIENCE);
        session.keys("o\t");
        assert_eq!(session.submit().status, 0, "{shell:?}: {}", session.screen());
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("acme-ops"), "{shell:?}");
    }
}

#[test]
fn bash_inserts_a_common_beginning_of_names_alone_when_it_lists_at_once() {
    let world = World::new();
    let long = |end| format!("{}-{end}", "long".repeat(12));
    let (one, other) = (long("one"), long("other"));
    let ignore_case = "set completion-ignore-case on";
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash() && !shell.is_bash_before(400)) {
        for (settings, names, typed, shared, is_described) in [
            ("", ["same", "same-but-longer"], "sa", "same", true),
            ("", ["my profile a", "my profile b"], "my", r"my\ profile\ ", true),
            ("", ["my profile a", "my profile b"], "'my", "'my profile ", true),
            ("", ["team:dev", "team:ops"], "te", "team:", true),
            ("", ["it's a", "it's b"], "\"it", "\"it's ", true),
            // Without the quote a backslash follows.
            ("", ["my", "my profile"], "my", "my", true),
            ("", ["my", "my profile"], "'my", "'my", false),
            (ignore_case, ["My", "my profile"], "'", "'My", false),
            (ignore_case, ["Ab", "aB"], "", "Ab", false),
            ("", [&one, &other], "longl", &one[..one.len() - 2], false),
        ] {
            world.write(".inputrc", format!("set bell-style none\nset show-all-if-ambiguous on\n{settings}\n"));
            let [one, other] = names;
            world.config(&format!(
                "[profile \"{one}\"]\nregion = eu-west-1\n[profile \"{other}\"]\nregion = us-east-1\n"
            ));
            let session = world.start(shell).size(24, 80).spawn();
            session.keys(format!("aws-switch {typed}\t#"));
            let wanted = format!("test$ aws-switch {shared}#");
            session.wait(&format!("{wanted} of {names:?}"), |display| {
                let line = display.cursor_line();
                (line == wanted || line.eq_ignore_ascii_case(&wanted)).then_some(())
            });
            let screen = session.screen();
            let described = lists(&session, "  -- ", "eu-west-1") && lists(&session, "  -- ", "us-east-1");
            assert_eq!(described, is_described, "{shell:?}: {settings}: {names:?}: {screen}");
            assert_eq!(screen.contains("  -- "), is_described, "{shell:?}: {settings}: {names:?}: {screen}");
        }
    }
}

#[test]
fn a_description_takes_one_line_on_a_narrow_terminal() {
    let world = World::new();
    let role = "role_arn = arn:aws:iam::123456789012:role/AdministratorAccess";
    world.config(&format!("[profile acme-one]\n{role}\nregion = eu-west-1\n[profile acme-two]\n{role}\n"));
    for shell in Shell::available() {
        let session = world.start(shell).before(shell.completion_setup()).size(24, 50).spawn();
        session.keys(if shell.is_bash() { "aws-switch acme-\t\t" } else { "aws-switch acme-\t" });
        session.wait_for("acme-two", PATIENCE);
        session.keys("x");
        session.wait_line("test$ aws-switch acme-x");
        // The screen joins a wrapped line.
        let screen = session.screen();
        assert!(screen.lines().all(|line| line.chars().count() < 50), "{shell:?}: {screen}");
    }
}

#[test]
fn zsh_matches_letters_as_the_users_matcher_list_says() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    world.config("[profile ACME-one]\n[profile 'my $work']\n");
    // The settings of oh-my-zsh.
    let style =
        "zstyle ':completion:*' matcher-list 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' 'r:|=*' 'l:|=* r:|=*'";
    let mut session = world.start(Shell::Zsh).before(Shell::Zsh.completion_setup()).after(style).spawn();
    for (keys, line) in [
        ("aws-switch acme\t", "aws-switch ACME-one "),
        ("aws-switch one\t", "aws-switch ACME-one "),
        ("aws-switch MY\t", "aws-switch my\\ \\$work "),
        ("aws-switch \"MY \t", "aws-switch \"my \\$work\" "),
        ("aws-switch --REG\t", "aws-switch --region "),
    ] {
        shows(&mut session, keys, line);
    }
}

#[test]
fn a_zsh_plugin_that_shows_descriptions_gets_them_unpadded() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    world.config("[profile acme-one]\n[profile acme-two]\nregion = eu-west-1\n");
    // fzf-tab wraps compadd like this.
    let own = "compadd() { (( ! $#shown )) || print -rC1 -- $shown >shown; builtin compadd \"$@\"; }";
    let session = world.start(Shell::Zsh).before(Shell::Zsh.completion_setup()).after(own).spawn();
    session.keys("aws-switch acme-\t");
    session.wait_for("acme-two", PATIENCE);
    let shown = fs::read_to_string(world.path("shown")).unwrap();
    assert!(shown.contains("acme-two") && !shown.lines().any(|line| line.ends_with(' ')), "{shown}");
}

#[test]
fn bash_completes_whatever_its_word_breaks_are() {
    let world = World::new();
    let names = ["team:dev", "me@corp", "key=value", "aa=b:c@d", "aa@b:c=d", "aa,b", "aa+b", "my profile:x", "it's:x"];
    let usual = " \t\n\"'><=;|&(:";
    let odd =
        [usual.replace(':', ""), usual.replace('=', ""), format!("{usual}@"), format!("{usual},+"), " \t\n".into()];
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        for breaks in odd.iter().map(String::as_str).chain([usual]) {
            let quoted = breaks.replace('\'', r"\'").replace('\n', r"\n").replace('\t', r"\t");
            let mut session = world.start(shell).before(&format!("COMP_WORDBREAKS=$'{quoted}'")).spawn();
            for name in names {
                profiles(&world, &["zz", name]);
                let ends = name.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at + 1);
                for count in ends.chain([2, name.len() - 1]).filter(|count| *count > 1) {
                    let typed = name[..count].replace(' ', r"\ ").replace('\'', r"\'");
                    session.keys(format!("aws-switch {typed}\t"));
                    let text = session.submit().text;
                    assert_eq!(text, format!("aws-switch: switched to {name}"), "{breaks:?}: {typed}<Tab>");
                    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(name));
                    session.ok("aws-switch --unset");
                }
            }
        }
    }
}

/// bash 3.2 has no `compopt`; a newer bash with `compopt` disabled behaves like it.
#[test]
fn bash_completes_files_and_directories_with_and_without_compopt() {
    let world = World::new();
    profiles(&world, &["work"]);
    world.dir("only dir/alpha");
    world.dir("only dir/beta");
    world.write("it's a file", "");
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        for before in ["", "enable -n compopt 2>/dev/null; alias compgen=false local=false printf=false"] {
            let mut session = world.start(shell).before(before).spawn();
            for (keys, line) in [
                ("aws-switch exec work -- ls it\t", r"aws-switch exec work -- ls it\'s\ a\ file "),
                ("aws-switch exec work -- ls it\\'s\\ a\t", r"aws-switch exec work -- ls it\'s\ a\ file "),
                ("aws-switch allow only\t", r"aws-switch allow only\ dir/"),
                ("aws-switch resolve only\t", r"aws-switch resolve only\ dir/"),
                ("aws-switch resolve it\t", "aws-switch resolve it"),
                ("aws-switch resolve only\\ dir/\t", r"aws-switch resolve only\ dir/"),
                ("aws-switch resolve only\\ dir/al\t", r"aws-switch resolve only\ dir/alpha/"),
                ("aws-switch exec work -- aws-swi\t", "aws-switch exec work -- aws-switch "),
                ("aws-switch exec work -- ./on\t", r"aws-switch exec work -- ./only\ dir/"),
            ] {
                shows(&mut session, keys, line);
            }
            // readline lists what follows the last slash.
            if before.is_empty() && shell != Shell::Bash32 {
                session.keys("aws-switch resolve only\\ dir/\t\t");
                let is_listed = |text: String| text.lines().any(|line| line.starts_with("alpha/ "));
                session.wait("alpha/", |display| is_listed(display.text()).then_some(()));
            }
        }
    }
}

#[test]
fn zsh_completes_whenever_compinit_runs_and_works_without_it() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    profiles(&world, &["my profile"]);
    let compinit = Shell::Zsh.completion_setup();
    for (before, after) in [(compinit, ""), ("", compinit), (compinit, compinit)] {
        let mut session = world.start(Shell::Zsh).before(before).after(after).spawn();
        shows(&mut session, "aws-switch my\t", r"aws-switch my\ profile ");
        assert_eq!(session.run("").status, 0);
    }
    let mut session = world.start(Shell::Zsh).spawn();
    session.keys("aws-switch my\t\x15");
    assert_eq!(session.ok("aws-switch 'my profile'"), "aws-switch: switched to my profile");
    let mut session = world.start(Shell::Zsh).spawn();
    session.ok(compinit);
    shows(&mut session, "aws-switch my\t", r"aws-switch my\ profile ");
}

#[test]
fn tab_is_silent_when_the_helper_is_missing_failing_old_or_noisy() {
    let world = World::new();
    world.config("[profile team]\n");
    let stubs = [
        "#!/bin/sh\necho trouble >&2\nexit 1\n",
        "#!/bin/sh\nkill -9 $$\n",
        "#!/bin/sh\nprintf 'aws-switch 999 words\\nteam\\tx\\n'\n",
        "#!/bin/sh\necho \"error: unrecognized subcommand '__complete'\"\nexit 2\n",
        "#!/bin/sh\necho '$(touch canary)'; echo '`touch canary`'\n",
        "#!/bin/sh\nprintf 'aws-switch 3 words'\n",
        "#!/bin/sh\nyes noise | head -n 20000\n",
    ];
    for shell in Shell::available() {
        for stub in stubs.into_iter().map(Some).chain([None]) {
            let mut session = start(&world, shell);
            match stub {
                Some(script) => world.program("aws-switch", script),
                None => {
                    world.remove_program("aws-switch");
                    world.home()
                }
            };
            session.keys("aws-switch te\t\t#");
            let line = "test$ aws-switch te#";
            session.wait(line, |display| (display.cursor_line() == line).then_some(()));
            assert_eq!(session.screen(), line, "{shell:?}: {stub:?}");
            session.keys(KILL_LINE);
            assert_eq!(session.ok("echo alive"), "alive", "{shell:?}: {stub:?}");
            assert!(!world.path("canary").exists(), "{shell:?}: {stub:?}");
            world.remove_program("aws-switch");
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_aws-switch"), world.home().join("../bin/aws-switch"))
                .unwrap();
        }
    }
}

#[test]
fn ctrl_c_ends_a_helper_that_hangs_on_tab() {
    let world = World::new();
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        world.program("aws-switch", "#!/bin/sh\necho $$ >~/new && mv ~/new ~/pid && exec sleep 60\n");
        session.keys("aws-switch te");
        session.wait_line("test$ aws-switch te");
        session.keys("\t");
        crate::common::wait_file(&world.path("pid"));
        session.interrupt();
        assert_eq!(session.ok("echo alive"), "alive", "{shell:?}");
        let pid = std::fs::read_to_string(world.path("pid")).unwrap();
        // A killed helper may remain as a zombie.
        let alive = format!("ps -o stat= -p {} | grep -v Z", pid.trim());
        assert_eq!(session.run(&alive).text, "", "{shell:?}");
        restore(&world);
    }
}

#[test]
fn after_the_profile_of_login_nothing_is_offered() {
    let world = World::new();
    world.config("[profile work]\n");
    for (words, offered) in
        [(&[""][..], "work\tprofile\n"), (&["work", ""], ""), (&["work", "--", ""], ""), (&["--", ""], "")]
    {
        let line = [&["__complete", "fish", "--", "login"], words].concat();
        assert_eq!(text(&world, &line), format!("aws-switch 3 words\n{offered}"), "{words:?}");
    }
}
