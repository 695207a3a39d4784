//! Loading the integration silently, twice, and beside the options, aliases and functions of the user.

use crate::common::{Session, Shell, World};

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    world
}

/// Uses every feature once; `cd` is the command that changes the directory.
#[track_caller]
fn use_every_feature(session: &mut Session, world: &World, cd: &str, what: &str) {
    let shell = session.shell();
    let set = if shell == Shell::Fish { "set AWS_PROFILE dev" } else { "AWS_PROFILE=dev" };
    let (enter, leave) = (format!("{cd} {}", world.path("in").display()), format!("{cd} {}", world.home().display()));
    for (line, lines, profile) in [
        ("true", 0, None),
        ("aws-switch work", 1, Some("work")),
        ("true", 0, Some("work")),
        (&enter, 1, Some("dev")),
        (&leave, 1, Some("work")),
        ("aws-switch wrok || true", 1, Some("work")),
        (set, 0, Some("dev")),
        ("aws-switch -", 1, Some("work")),
        ("aws-switch list >/dev/null", 0, Some("work")),
        ("aws-switch --unset", 1, None),
        ("true", 0, None),
    ] {
        let text = session.ok(line);
        assert_eq!(text.lines().count(), lines, "{shell:?}: {what}: {line}: {text}");
        assert!(text.lines().all(|line| line.starts_with("aws-switch: ")), "{shell:?}: {what}: {line}: {text}");
        let prompt = profile.map_or("test$".to_owned(), |name| format!("(aws:{name}) test$"));
        assert_eq!(session.prompt(), prompt, "{shell:?}: {what}: {line}");
        if line == set || line == "aws-switch --unset" {
            assert_eq!(session.var("AWS_PROFILE").as_deref(), profile, "{shell:?}: {what}: {line}");
        }
    }
}

#[test]
fn the_integration_loads_silently() {
    let world = world();
    for shell in Shell::available() {
        assert_eq!(world.start(shell).spawn().screen(), "test$", "{shell:?}");
        for profile in ["work", "gone", ""] {
            let session = world.start(shell).env("AWS_PROFILE", profile).spawn();
            assert_eq!(session.screen().lines().count(), 1, "{shell:?}: {}", session.screen());
        }
        let session = world.start(shell).dir(world.path("in")).spawn();
        let screen = session.screen();
        let lines: Vec<_> = screen.lines().collect();
        assert_eq!(lines.len(), 2, "{shell:?}: {screen}");
        assert!(lines[0].starts_with("aws-switch: ") && lines[0].contains("in/.awsprofile"), "{shell:?}: {screen}");
        assert_eq!(lines[1], "(aws:dev) test$", "{shell:?}");
        let finished = world.batch(shell, shell.init_line());
        assert_eq!((finished.stdout.len(), finished.stderr.len()), (0, 0), "{shell:?}: {finished:?}");
        assert!(finished.status.success(), "{shell:?}");
    }
}

#[test]
fn loading_twice_is_loading_once() {
    let world = world();
    for shell in Shell::available() {
        let twice = format!("{0}\n{0}", shell.init_line());
        let mut session = world.start(shell).integration(&twice).spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        use_every_feature(&mut session, &world, "cd", "twice");
        session.ok("aws-switch work");
        session.ok("aws-switch dev");
        session.ok("aws-switch auto off");
        assert_eq!(session.ok(shell.init_line()), "", "{shell:?}");
        assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}");
        // The state is still there.
        assert_eq!(session.ok(&shell.cd(world.path("in"))), "", "{shell:?}");
        session.ok(&shell.cd(world.home()));
        session.ok("aws-switch auto on");
        session.ok("aws-switch -");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        session.ok("aws-switch --unset");
        use_every_feature(&mut session, &world, "cd", "again");
    }
}

#[test]
fn the_integration_works_under_any_option() {
    let world = world();
    for shell in Shell::available() {
        let options: &[&str] = match shell {
            Shell::Bash | Shell::Bash32 => &[
                "set -eu",
                "set -euo pipefail",
                "set -o posix",
                "set -o posix; set -eu",
                "set -f",
                "set -o noclobber",
                "set -a",
                "shopt -s nullglob extglob nocasematch nocaseglob",
                "shopt -s failglob",
                "IFS=:",
                "IFS=",
                "set -E; trap 'echo trapped' ERR",
                "LC_ALL=C",
                "set -eu; readonly LC_ALL=C.UTF-8",
                "HISTCONTROL=ignorespace; set +o history +o histexpand",
            ],
            Shell::Zsh => &[
                "setopt err_exit no_unset",
                "setopt no_unset pipe_fail",
                "setopt err_return",
                "setopt ksh_arrays sh_word_split",
                "setopt ksh_arrays sh_word_split err_exit no_unset",
                "setopt glob_subst null_glob extended_glob",
                "setopt no_glob no_clobber",
                "setopt csh_null_glob ksh_glob sh_glob",
                "setopt no_case_glob mark_dirs numeric_glob_sort",
                "setopt warn_create_global warn_nested_var",
                "setopt auto_pushd cdable_vars chase_links",
                "setopt posix_builtins force_float",
                "setopt bash_rematch no_multios no_function_argzero",
                "emulate sh; setopt prompt_percent",
                "emulate ksh; setopt prompt_percent",
                "IFS=:",
                "IFS=",
                "TRAPZERR() { print trapped }",
                "LC_ALL=C",
            ],
            Shell::Fish => &["set -g LC_ALL C", "set -g fish_features no-stderr-nocaret"],
            Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
        };
        for option in options {
            let mut session = world.start(shell).before(option).spawn();
            assert_eq!(session.screen(), "test$", "{shell:?}: {option}");
            use_every_feature(&mut session, &world, "cd", option);
            session.ok("aws-switch work --for 30m");
            assert_eq!(session.prompt(), "(aws:work 30m) test$", "{shell:?}: {option}");
            let mut session = world.start(shell).spawn();
            session.run(option);
            use_every_feature(&mut session, &world, "cd", option);
        }
        for arguments in [&["-eu"][..], &["-e"], &["-u"]] {
            if shell == Shell::Fish {
                continue;
            }
            let start = arguments.iter().fold(world.start(shell), |start, argument| start.argument(argument));
            use_every_feature(&mut start.spawn(), &world, "cd", "arguments");
        }
    }
}

#[test]
fn aliases_of_builtins_do_not_change_the_integration() {
    let world = world();
    const BUILTINS: [&str; 31] = [
        "alias", "break", "builtin", "command", "complete", "compopt", "continue", "declare", "emulate", "export",
        "integer", "let", "local", "popd", "print", "printf", "pushd", "read", "return", "set", "setopt", "shift",
        "shopt", "sysread", "test", "trap", "typeset", "unset", "unalias", "zmodload", "[",
    ];
    for shell in Shell::available() {
        let names: Vec<&str> = match shell {
            // In fish most are reserved, and its own functions use the others.
            Shell::Fish => vec!["count", "set_color"],
            _ => BUILTINS.to_vec(),
        };
        let aliases: String = match shell {
            Shell::Fish => names
                .iter()
                .map(|name| format!("function {name}; builtin echo aliased {name}; builtin false; end\n"))
                .collect(),
            _ => {
                // "alias" itself last, as no alias can be defined after it.
                let others = names
                    .iter()
                    .filter(|name| **name != "alias")
                    .map(|name| format!("'{name}=echo aliased {name}; false'"));
                format!("alias {} 'alias=echo aliased; false'", others.collect::<Vec<_>>().join(" "))
            }
        };
        let mut session = world.start(shell).before(&aliases).spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        let cd = if shell == Shell::Fish { "builtin cd" } else { "cd" };
        use_every_feature(&mut session, &world, cd, "aliases above");
        let mut session = world.start(shell).after(&aliases).spawn();
        use_every_feature(&mut session, &world, cd, "aliases below");
    }
}

#[test]
fn functions_named_like_builtins_do_not_change_the_integration() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| *shell != Shell::Fish) {
        let names = "alias break command compgen complete compopt continue declare emulate export integer local print \
                     printf read return set setopt shift shopt sysread test trap typeset unset zmodload [";
        let functions: String =
            names.split_whitespace().map(|name| format!("function {name} {{ echo mine; return 1; }}\n")).collect();
        for (before, after) in [(functions.as_str(), ""), ("", functions.as_str())] {
            let mut session = world.start(shell).before(before).after(after).spawn();
            assert_eq!(session.screen(), "test$", "{shell:?}");
            use_every_feature(&mut session, &world, "cd", "functions");
        }
    }
}

#[test]
fn fish_functions_named_like_builtins_do_not_change_the_integration() {
    let world = world();
    if !Shell::Fish.is_here() {
        return;
    }
    let mut session = world.start(Shell::Fish).env("AWS_ACCESS_KEY_ID", "k").spawn();
    session.ok("for name in contains path echo; eval \"function $name; end\"; end");
    let text = session.ok("aws-switch work --for 30m");
    assert_eq!(
        text,
        "aws-switch: switched to work for 30m; AWS_ACCESS_KEY_ID was unset (it overrides the profile), 'aws-switch -' restores it"
    );
    assert_eq!(session.prompt(), "(aws:work 30m) test$");
    assert_eq!(session.var("AWS_ACCESS_KEY_ID"), None);
    assert_eq!(session.ok("aws-switch -"), "aws-switch: switched to no profile; restored AWS_ACCESS_KEY_ID");
}

#[test]
fn a_cd_function_of_the_user_stays_and_switches() {
    let world = world();
    let dirs = format!("{} {}", world.path("in").display(), world.home().display());
    for shell in Shell::available() {
        let (own, marks) = match shell {
            Shell::Fish => ("function cd; builtin cd $argv; set -g mine \"$mine.\"; end", "set -g mine ''"),
            _ => ("cd() { \\builtin cd \"$@\"; mine=$mine.; }", "mine=''"),
        };
        for (before, after) in [(own, ""), ("", own)] {
            let mut session = world.start(shell).before(before).after(after).spawn();
            session.ok(marks);
            use_every_feature(&mut session, &world, "cd", "own cd");
            assert_eq!(session.ok(&shell.print_var("mine")), "<..>", "{shell:?}: {dirs}");
        }
    }
}

#[test]
fn an_alias_cd_stays_an_alias() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| *shell != Shell::Fish) {
        for alias in
            ["alias cd='pushd'", "alias cd='builtin cd'", "alias cd='cd -P'", "alias pushd='pushd -n'; alias popd=cd"]
        {
            let quiet = if alias.contains("='pushd'") { " >/dev/null" } else { "" };
            for (before, after) in [(alias, ""), ("", alias)] {
                let mut session = world.start(shell).before(before).after(after).spawn();
                session.ok("aws-switch work");
                let text = session.ok(&format!("{}{quiet}", shell.cd(world.path("in"))));
                assert_eq!(text.lines().count(), 1, "{shell:?}: {alias}: {text}");
                assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("dev"), "{shell:?}: {alias}");
                assert_eq!(session.ok("\\pwd"), world.path("in").to_str().unwrap(), "{shell:?}: {alias}");
            }
        }
    }
}
