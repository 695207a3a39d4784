//! The segment in the prompt: its text, its colour, and hostile names in it.

use crate::common::{Session, Shell, World};
use vt100::Color;

const CONFIG: &str = "[profile work]\nregion = eu-west-1\n[profile dev]\n[profile acme-prod]\n[profile nonprod]\n\
    [profile web]\nrole_arn = r\nweb_identity_token_file = t\n";

fn world() -> World {
    let world = World::new();
    world.config(CONFIG);
    world
}

/// The colour of the segment in the last prompt, whose own text has none.
fn colour(session: &Session) -> Option<Color> {
    assert_eq!(session.colour_of("test$"), Some(Color::Default), "{:?}", session.shell());
    session.colour_of("(aws:")
}

#[test]
fn the_prompt_shows_the_profile_after_each_change() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        assert_eq!(session.prompt(), "test$", "{shell:?}");
        let (export, unset) = (shell.set_env("AWS_PROFILE", "dev"), shell.unset_env("AWS_PROFILE"));
        for (line, prompt) in [
            ("aws-switch work", "(aws:work) test$"),
            ("true", "(aws:work) test$"),
            ("aws-switch dev", "(aws:dev) test$"),
            ("aws-switch -", "(aws:work) test$"),
            ("aws-switch --unset", "test$"),
            (&export, "(aws:dev) test$"),
            (&unset, "test$"),
        ] {
            session.ok(line);
            assert_eq!(session.prompt(), prompt, "{shell:?}: {line}");
        }
        let session = world.start(shell).env("AWS_PROFILE", "dev").spawn();
        assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}: inherited");
    }
}

#[test]
fn a_name_in_the_prompt_is_text_and_is_never_run() {
    // Each name, and its escaped form where that differs.
    let hostile = [
        ("$(touch x)", ""),
        ("`touch x`", ""),
        ("${HOME}", ""),
        ("$((x=1))", ""),
        ("%n", ""),
        ("%F{red}x", ""),
        ("%%1v%(?.a.b)", ""),
        ("100%", ""),
        ("\\u@\\h", ""),
        ("\\$(touch x)", ""),
        ("\\[\\e[31m\\]", ""),
        ("!!", ""),
        ("é ü", ""),
        ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
        ("a\u{9b}31mb\u{202e}", "a\\u{9b}31mb\\u{202e}"),
    ];
    for shell in Shell::available() {
        let world = World::new();
        let headers: String = hostile.iter().map(|(name, _)| format!("[profile '{name}']\n")).collect();
        world.config(&headers);
        for option in shell_options(shell) {
            let mut session = world.start(shell).before(option).spawn();
            for (name, shown) in hostile {
                let shown = if shown.is_empty() { name } else { shown };
                let file = world.write("name", name);
                let read = match shell {
                    Shell::Fish => format!("set -gx AWS_PROFILE (cat {})", file.display()),
                    _ => format!("export AWS_PROFILE=\"$(cat {})\"", file.display()),
                };
                session.ok(&read);
                assert_eq!(session.prompt(), format!("(aws:{shown}) test$"), "{shell:?}: {option}");
                assert_eq!(colour(&session), Some(Color::Idx(6)), "{shell:?}: {option}: {name}");
                assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(name), "{shell:?}");
            }
        }
        assert!(!world.path("x").exists(), "{shell:?}");
    }
}

/// Options that change how a shell expands a prompt.
fn shell_options(shell: Shell) -> &'static [&'static str] {
    match shell {
        Shell::Bash | Shell::Bash32 => &["", "set -o posix", "shopt -s extglob nocasematch"],
        Shell::Zsh => &["", "setopt prompt_subst", "setopt prompt_bang", "setopt ksh_arrays sh_word_split"],
        Shell::Fish => &[""],
        Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
    }
}

#[test]
fn an_unknown_or_overridden_profile_is_marked() {
    let world = world();
    for shell in Shell::available() {
        for (name, value) in [
            ("AWS_PROFILE", "gone"),
            ("AWS_DEFAULT_PROFILE", "work"),
            ("AWS_ACCESS_KEY_ID", "k"),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "t"),
        ] {
            let mut session = world.start(shell).env("AWS_PROFILE", "dev").spawn();
            assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}");
            assert_eq!(colour(&session), Some(Color::Idx(6)), "{shell:?}");
            session.ok(&shell.set_env(name, value));
            let shown = if name == "AWS_PROFILE" { value } else { "dev" };
            assert_eq!(session.prompt(), format!("(aws:{shown} !) test$"), "{shell:?}: {name}");
            assert_eq!(colour(&session), Some(Color::Idx(3)), "{shell:?}: {name}");
            session.ok(&shell.unset_env(name));
            let prompt = if name == "AWS_PROFILE" { "test$" } else { "(aws:dev) test$" };
            assert_eq!(session.prompt(), prompt, "{shell:?}: {name}");
        }
        // No reader refuses or uses these alone, except for a role in place of that of a profile with a token.
        for (name, value) in [("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ROLE_ARN", "r")] {
            let session = world.start(shell).env("AWS_PROFILE", "dev").env(name, value).spawn();
            assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}: {name}");
        }
        let mut session = world.start(shell).env("AWS_PROFILE", "web").spawn();
        assert_eq!(session.prompt(), "(aws:web) test$", "{shell:?}");
        session.ok(&shell.set_env("AWS_ROLE_ARN", "r"));
        assert_eq!(session.prompt(), "(aws:web !) test$", "{shell:?}");
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
    }
}

#[test]
fn an_overridden_region_is_shown_beside_the_name() {
    let world = world();
    for shell in Shell::available() {
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
            for (value, prompt) in [
                ("eu-west-1", "(aws:work) test$"),
                ("us-east-1", "(aws:work@us-east-1) test$"),
                ("", "(aws:work) test$"),
            ] {
                session.ok(&shell.set_env(name, value));
                assert_eq!(session.prompt(), prompt, "{shell:?}: {name}");
            }
        }
        let mut session = world.start(shell).spawn();
        session.ok("aws-switch work --region eu-north-1");
        assert_eq!(session.prompt(), "(aws:work@eu-north-1) test$", "{shell:?}");
        session.ok("aws-switch acme-prod --region '$(touch x)'; true");
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
    }
    assert!(!world.path("x").exists());
}

#[test]
fn a_protected_profile_has_another_colour_and_a_mark() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for (profile, expected) in [("work", 6), ("acme-prod", 1), ("nonprod", 6), ("acme-prod", 1)] {
            session.ok(&format!("aws-switch {profile}"));
            assert_eq!(colour(&session), Some(Color::Idx(expected)), "{shell:?}: {profile}");
            let mark = if expected == 1 { " #" } else { "" };
            assert_eq!(session.prompt(), format!("(aws:{profile}{mark}) test$"), "{shell:?}");
        }
        session.ok(&shell.set_local("AWS_SWITCH_PROTECT", "work"));
        session.ok("aws-switch work");
        assert_eq!(colour(&session), Some(Color::Idx(1)), "{shell:?}");
    }
}

#[test]
fn the_segment_variable_is_plain_text_unexported_and_always_set() {
    for shell in Shell::available() {
        let world = World::new();
        world.config("[profile work]\n[profile '50%']\n");
        for setting in ["on", "off"] {
            let mut session = world.start(shell).env("AWS_SWITCH_PROMPT", setting).spawn();
            assert_eq!(session.ok(&shell.print_var("AWS_SWITCH_SEGMENT")), "<>", "{shell:?}");
            let percent = if shell == Shell::Zsh { "<(aws:50%%)>" } else { "<(aws:50%)>" };
            for (line, segment) in [
                ("aws-switch work", "<(aws:work)>"),
                ("aws-switch 50%", percent),
                (&shell.set_env("AWS_ACCESS_KEY_ID", "k"), &percent.replace(')', " !)")),
                ("aws-switch --unset", "<>"),
            ] {
                session.ok(line);
                assert_eq!(session.ok(&shell.print_var("AWS_SWITCH_SEGMENT")), segment, "{shell:?}: {line}");
                assert_eq!(session.var("AWS_SWITCH_SEGMENT"), None, "{shell:?}: {line}");
            }
        }
    }
}

#[test]
fn prompt_off_shows_no_segment() {
    let world = world();
    for shell in Shell::available() {
        let off = shell.set_local("AWS_SWITCH_PROMPT", "off");
        let start = || world.start(shell).env("AWS_PROFILE", "work");
        let exported = start().env("AWS_SWITCH_PROMPT", "off").spawn();
        let above = start().before(&off).spawn();
        let below = start().after(&off).spawn();
        for mut session in [exported, above, below] {
            assert_eq!(session.prompt(), "test$", "{shell:?}");
            session.ok("aws-switch dev");
            assert_eq!(session.prompt(), "test$", "{shell:?}");
        }
        let mut session = start().spawn();
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        let on = shell.set_local("AWS_SWITCH_PROMPT", "on");
        for (line, prompt) in [
            (off, "test$"),
            (on.clone(), "(aws:work) test$"),
            (shell.unset_env("AWS_SWITCH_PROMPT"), "(aws:work) test$"),
        ] {
            session.ok(&line);
            assert_eq!(session.prompt(), prompt, "{shell:?}: {line}");
        }
        world.write(".config/aws-switch/settings.ini", "prompt = off\n");
        assert_eq!(start().spawn().prompt(), "test$", "{shell:?}");
        assert_eq!(start().before(&on).spawn().prompt(), "(aws:work) test$", "{shell:?}");
        std::fs::remove_file(world.path(".config/aws-switch/settings.ini")).unwrap();
    }
}

#[test]
fn zsh_redraws_the_segment_after_a_key_that_switches() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    let keys = "go() { cd in; zle reset-prompt; }; zle -N go; bindkey '^G' go
                pick() { aws-switch work </dev/null; zle reset-prompt; }; zle -N pick; bindkey '^P' pick";
    let session = world.start(Shell::Zsh).after(keys).spawn();
    for (key, prompt) in [("\x07", "(aws:dev) test$"), ("\x10", "(aws:work) test$")] {
        session.keys(key);
        session.wait(prompt, |display| (display.cursor_line() == prompt).then_some(()));
    }
}

#[test]
fn zsh_shows_no_segment_without_our_hook_or_with_readonly_variables() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    for (before, typed, shown) in [
        ("", "precmd_functions=(${precmd_functions:#__aws_switch_*})", "(aws:work) test$"),
        ("typeset -r psvar", "true", "test$"),
        ("", "unsetopt prompt_percent; PROMPT=$'test$ \\e]7777;P;0\\a'", "(aws:work) test$"),
        ("typeset -r PROMPT", "true", "test$"),
    ] {
        let mut session = world.start(Shell::Zsh).before(before).spawn();
        assert_eq!(session.screen(), "test$", "{before}");
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), shown, "{before}");
        session.ok(typed);
        assert_eq!(session.ok("cd in"), "aws-switch: dev is active (~/in/.awsprofile)", "{before}");
        assert_eq!(session.prompt(), "test$", "{before}: {typed}");
        session.ok("aws-switch work");
        assert_eq!(session.prompt(), "test$", "{before}: {typed}");
    }
}
