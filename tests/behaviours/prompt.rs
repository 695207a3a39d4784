//! The profile in the prompt, and what the prompt leaves alone.

use vt100::Color;

use super::cell::Place;
use super::shell_words as words;
use crate::common::{Session, Shell};

pub fn shows_the_profile(place: &Place) {
    let mut walk = place.walk_in(place.start());
    assert_eq!(walk.session.prompt(), "test$");
    let (export, unset) = (place.shell.set_env("AWS_PROFILE", "dev"), place.shell.unset_env("AWS_PROFILE"));
    for (line, prompt) in [
        ("aws-switch work", "(aws:work) test$"),
        (words::nothing(place.shell), "(aws:work) test$"),
        ("aws-switch dev", "(aws:dev) test$"),
        ("aws-switch -", "(aws:work) test$"),
        ("aws-switch --unset", "test$"),
        (&export, "(aws:dev) test$"),
        (&unset, "test$"),
        (&place.cd("outer"), "(aws:outer) test$"),
        (&place.cd(""), "test$"),
    ] {
        walk.run(line);
        assert_eq!(walk.session.prompt(), prompt, "{line}");
    }
    let session = place.start().env("AWS_PROFILE", "dev").spawn();
    assert_eq!(session.prompt(), "(aws:dev) test$", "inherited");
}

pub fn hostile_names(place: &Place) {
    let hostile = [
        "$(touch x)",
        "$(New-Item x)",
        "`touch x`",
        "${HOME}",
        "$((x=1))",
        "$HOME",
        "%n",
        "%F{red}x",
        "%%1v%(?.a.b)",
        "100%",
        "\\u@\\h",
        "\\$(touch x)",
        "\\[\\e[31m\\]",
        "!!",
        "{0} {1:x}",
        "'$(ni x)'",
        "é ü",
    ];
    let header = |name: &&str| format!("[profile \"{}\"]\n", name.replace('\\', "\\\\"));
    place.world.config(&hostile.iter().map(header).collect::<String>());
    let mut walk = place.walk_in(place.start());
    for name in hostile {
        walk.ok(&place.shell.set_env("AWS_PROFILE", name));
        assert_eq!(walk.session.prompt(), format!("(aws:{name}) test$"));
        assert_eq!(walk.var("AWS_PROFILE").as_deref(), Some(name));
    }
    // Shown escaped: it would steer the terminal.
    place.world.write("name", "a\u{202e}b\u{9b}31m");
    let read = match place.shell {
        Shell::Fish => "set -gx AWS_PROFILE (cat name)",
        Shell::PowerShell => "$env:AWS_PROFILE = Get-Content -Raw name",
        _ => "export AWS_PROFILE=\"$(cat name)\"",
    };
    walk.ok(read);
    assert_eq!(walk.session.prompt(), "(aws:a\\u{202e}b\\u{9b}31m !) test$");
    assert!(!place.world.path("x").exists());
}

/// The colour of the profile in the last prompt, whose own text must have none: "plain", "problem" or "protected".
fn look(shell: Shell, session: &Session) -> &'static str {
    // To Windows these are the bright ones, and its console knows white alone.
    let (colours, own) =
        if shell == Shell::PowerShell { ([14, 11, 9], Color::Default) } else { ([6, 3, 1], Color::Default) };
    assert_eq!(session.colour_of("test$"), Some(own));
    let found = session.colour_of("(aws:");
    let position = colours.iter().position(|colour| found == Some(Color::Idx(*colour)));
    ["plain", "problem", "protected"][position.unwrap_or_else(|| panic!("{found:?}"))]
}

pub fn region_mark_and_colours(place: &Place) {
    let shell = place.shell;
    let mut walk = place.walk_in(place.start());
    let keys = [shell.set_env("AWS_ACCESS_KEY_ID", "k"), shell.unset_env("AWS_ACCESS_KEY_ID")];
    let region = [
        shell.set_env("AWS_REGION", "eu-west-1"),
        shell.set_env("AWS_REGION", "us-east-1"),
        shell.unset_env("AWS_REGION"),
    ];
    let gone = shell.set_env("AWS_PROFILE", "gone");
    for (line, prompt, wanted) in [
        ("aws-switch work", "(aws:work) test$", "plain"),
        ("aws-switch work --region eu-north-1", "(aws:work@eu-north-1) test$", "plain"),
        ("aws-switch work", "(aws:work) test$", "plain"),
        (&region[0], "(aws:work) test$", "plain"),
        (&region[1], "(aws:work@us-east-1) test$", "plain"),
        (&region[2], "(aws:work) test$", "plain"),
        (&keys[0], "(aws:work !) test$", "problem"),
        (&keys[1], "(aws:work) test$", "plain"),
        (&gone, "(aws:gone !) test$", "problem"),
        ("aws-switch acme-prod", "(aws:acme-prod) test$", "protected"),
        ("aws-switch dev", "(aws:dev) test$", "plain"),
        (&shell.set_local("AWS_SWITCH_PROTECT", "work"), "(aws:dev) test$", "plain"),
        ("aws-switch work", "(aws:work) test$", "protected"),
    ] {
        walk.ok(line);
        assert_eq!(walk.session.prompt(), prompt, "{line}");
        assert_eq!(look(shell, &walk.session), wanted, "{line}");
    }
}

pub fn off(place: &Place) {
    let [off, on] = ["off", "on"].map(|value| place.shell.set_local("AWS_SWITCH_PROMPT", value));
    let export = place.shell.set_env("AWS_SWITCH_PROMPT", "on");
    let start = || place.start().env("AWS_PROFILE", "work");
    for (start, on) in [(start().env("AWS_SWITCH_PROMPT", "off"), &export), (start().after(&off), &on)] {
        let mut session = start.spawn();
        assert_eq!(session.prompt(), "test$");
        for (line, prompt) in [("aws-switch dev", "test$"), (on, "(aws:dev) test$")] {
            session.ok(line);
            assert_eq!(session.prompt(), prompt, "{line}");
        }
    }
}

pub fn segment_variable(place: &Place) {
    for setting in ["on", "off"] {
        let mut walk = place.walk_in(place.start().env("AWS_SWITCH_PROMPT", setting));
        let print = place.shell.print_var("AWS_SWITCH_SEGMENT");
        assert_eq!(walk.ok(&print), "<>");
        for (line, segment) in [
            ("aws-switch work", "<(aws:work)>"),
            (&place.shell.set_env("AWS_ACCESS_KEY_ID", "k"), "<(aws:work !)>"),
            ("aws-switch --unset", "<>"),
        ] {
            walk.ok(line);
            assert_eq!(walk.ok(&print), segment, "{line}");
            assert_eq!(walk.var("AWS_SWITCH_SEGMENT"), None, "{line}");
        }
    }
}

pub fn users_own(place: &Place) {
    let own = words::own_prompt(place.shell, "own> ");
    let start = || place.start().env("AWS_PROFILE", "work");
    for start in [start().before(&own), start().after(&own)] {
        let mut session = start.spawn();
        // Where our hook is in the prompt itself, a prompt that replaces it is found at the next change of folder.
        session.ok(&place.cd("plain"));
        for (line, prompt) in
            [("", "(aws:work) own>"), ("aws-switch dev", "(aws:dev) own>"), ("aws-switch --unset", "own>")]
        {
            session.ok(line);
            assert_eq!(session.prompt(), prompt, "{line}");
        }
    }
}

pub fn keeps_the_status(place: &Place) {
    let shell = place.shell;
    let mut walk = place.walk_in(place.start());
    let fail = shell.fail_with(7);
    for line in [
        fail.clone(),
        // The prompt after each of these asks the helper.
        shell.then(&shell.set_env("AWS_PROFILE", "work"), &fail),
        shell.then("aws-switch dev", &fail),
        shell.then(&place.cd("outer"), &fail),
        shell.then(&place.cd(""), &fail),
        shell.then(&shell.set_env("AWS_PROFILE", "gone"), &fail),
    ] {
        assert_eq!(walk.run(&line).status, 7, "{line}");
        // PowerShell has two of them, and keeps the other one over lines that start no program.
        let seen = if shell == Shell::PowerShell { "\"status $? $LASTEXITCODE\"" } else { shell.print_status() };
        let wanted = if shell == Shell::PowerShell { "status False 7" } else { "status 7" };
        assert_eq!(walk.ok(seen), wanted, "{line}");
    }
    // A change of folder is no command of its own.
    let line = shell.then(&shell.then(&fail, &place.cd("outer")), &words::print(shell, "x"));
    assert!(walk.ok(&line).ends_with('x'));
    if shell == Shell::PowerShell {
        assert_eq!(walk.ok("\"status $? $LASTEXITCODE\""), "status True 7");
    }
    assert_eq!(walk.run("aws-switch nobody").status, 3);
    assert_eq!(walk.ok(shell.print_status()), "status 3");
}

pub fn set_by_a_later_hook(place: &Place) {
    let shell = place.shell;
    let (above, below) = match shell {
        Shell::Bash | Shell::Bash32 => ("PROMPT_COMMAND='test ! -e flip || export AWS_PROFILE=dev'", ""),
        Shell::Zsh => ("flip() { test ! -e flip || export AWS_PROFILE=dev }; precmd_functions+=(flip)", ""),
        Shell::Fish => ("", "function flip --on-event fish_prompt; test -e flip; and set -gx AWS_PROFILE dev; end"),
        // Its prompts are functions around each other; what comes before them all is the change of folder.
        Shell::PowerShell => (
            "",
            "$ExecutionContext.SessionState.InvokeCommand.LocationChangedAction = [Delegate]::Combine(
                $ExecutionContext.SessionState.InvokeCommand.LocationChangedAction,
                [EventHandler[Management.Automation.LocationChangedEventArgs]] {
                    if (Test-Path flip) { $env:AWS_PROFILE = 'dev' }
                })",
        ),
    };
    place.world.write("flips/flip", "");
    let mut walk = place.walk_in(place.start().before(above).after(below));
    walk.ok("aws-switch work");
    walk.ok(&place.cd("flips"));
    assert!(walk.session.prompt().starts_with("(aws:dev) "), "{}", walk.session.prompt());
    walk.ok(&place.cd(""));
    walk.ok("aws-switch work");
    assert!(walk.session.prompt().starts_with("(aws:work) "), "{}", walk.session.prompt());
}
