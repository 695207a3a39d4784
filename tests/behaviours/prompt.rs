//! The profile in the prompt, and the user's own prompt beside it.

use vt100::Color;

use super::cell::Cell;
use super::shell_words as words;
use crate::common::{Session, Shell};

pub fn shows_the_profile(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    assert_eq!(walk.session.prompt(), "test$");
    let (export, unset) = (cell.shell.set_env("AWS_PROFILE", "dev"), cell.shell.unset_env("AWS_PROFILE"));
    for (line, prompt) in [
        ("aws-switch work", "(aws:work) test$"),
        (words::nothing(cell.shell), "(aws:work) test$"),
        ("aws-switch dev", "(aws:dev) test$"),
        ("aws-switch -", "(aws:work) test$"),
        ("aws-switch --unset", "test$"),
        (&export, "(aws:dev) test$"),
        (&unset, "test$"),
        (&cell.cd("outer"), "(aws:outer) test$"),
        (&cell.cd(""), "test$"),
    ] {
        walk.run(line);
        assert_eq!(walk.session.prompt(), prompt, "{line}");
    }
    let session = cell.start().env("AWS_PROFILE", "dev").spawn();
    assert_eq!(session.prompt(), "(aws:dev) test$", "inherited");
}

pub fn hostile_names(cell: &Cell) {
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
    cell.world.config(&hostile.iter().map(header).collect::<String>());
    let mut walk = cell.walk_in(cell.start());
    for name in hostile {
        walk.ok(&cell.shell.set_env("AWS_PROFILE", name));
        assert_eq!(walk.session.prompt(), format!("(aws:{name}) test$"));
        assert_eq!(walk.var("AWS_PROFILE").as_deref(), Some(name));
    }
    // Printed escaped, as it would control the terminal.
    cell.world.write("name", "a\u{202e}b\u{9b}31m");
    let read = match cell.shell {
        Shell::Fish => "set -gx AWS_PROFILE (cat name)",
        Shell::PowerShell => "$env:AWS_PROFILE = Get-Content -Raw name",
        _ => "export AWS_PROFILE=\"$(cat name)\"",
    };
    walk.ok(read);
    assert_eq!(walk.session.prompt(), "(aws:a\\u{202e}b\\u{9b}31m !) test$");
    // Without the helper the script itself shows the name.
    cell.world.remove_program("aws-switch");
    walk.ok(&cell.shell.set_env("AWS_PROFILE", "%n\\$(touch x)`x` 100%"));
    assert_eq!(walk.session.prompt(), "(aws:%n???touch?x??x??100% ?) test$");
    let percent = if cell.shell == Shell::Zsh { "%%" } else { "%" };
    let segment = format!("<(aws:{percent}n???touch?x??x??100{percent} ?)>");
    assert_eq!(walk.ok(&cell.shell.print_var("AWS_SWITCH_SEGMENT")), segment);
    assert!(!cell.world.path("x").exists());
}

/// The style of the segment in the last prompt, whose own text has no colour: "plain", "problem" or "protected".
fn style(shell: Shell, session: &Session) -> &'static str {
    // The console of Windows shows the bright colours.
    let (colours, own) =
        if shell == Shell::PowerShell { ([14, 11, 9], Color::Default) } else { ([6, 3, 1], Color::Default) };
    assert_eq!(session.colour_of("test$"), Some(own));
    let found = session.colour_of("(aws:");
    let position = colours.iter().position(|colour| found == Some(Color::Idx(*colour)));
    ["plain", "problem", "protected"][position.unwrap_or_else(|| panic!("{found:?}"))]
}

pub fn region_mark_and_colours(cell: &Cell) {
    let shell = cell.shell;
    cell.world.config(
        "[profile work]\nregion = eu-west-1\n[profile dev]\nregion = us-east-1\n[profile acme-prod]\n\
         [profile web]\nrole_arn = arn:aws:iam::123456789012:role/x\nweb_identity_token_file = t\n",
    );
    let mut walk = cell.walk_in(cell.start());
    let keys = [shell.set_env("AWS_ACCESS_KEY_ID", "k"), shell.unset_env("AWS_ACCESS_KEY_ID")];
    let token = [shell.set_env("AWS_WEB_IDENTITY_TOKEN_FILE", "f"), shell.unset_env("AWS_WEB_IDENTITY_TOKEN_FILE")];
    let role = [shell.set_env("AWS_ROLE_ARN", "arn:aws:iam::1:role/r"), shell.unset_env("AWS_ROLE_ARN")];
    let default_region = [shell.set_env("AWS_DEFAULT_REGION", "us-east-1"), shell.unset_env("AWS_DEFAULT_REGION")];
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
        (&default_region[0], "(aws:work@us-east-1) test$", "plain"),
        (&default_region[1], "(aws:work) test$", "plain"),
        (&keys[0], "(aws:work !) test$", "problem"),
        (&keys[1], "(aws:work) test$", "plain"),
        (&token[0], "(aws:work !) test$", "problem"),
        (&token[1], "(aws:work) test$", "plain"),
        ("aws-switch web", "(aws:web) test$", "plain"),
        (&role[0], "(aws:web !) test$", "problem"),
        (&role[1], "(aws:web) test$", "plain"),
        (&gone, "(aws:gone !) test$", "problem"),
        ("aws-switch acme-prod", "(aws:acme-prod #) test$", "protected"),
        ("aws-switch acme-prod --region eu-west-1", "(aws:acme-prod@eu-west-1 #) test$", "protected"),
        (&keys[0], "(aws:acme-prod@eu-west-1 # !) test$", "protected"),
        (&keys[1], "(aws:acme-prod@eu-west-1 #) test$", "protected"),
        ("aws-switch dev", "(aws:dev) test$", "plain"),
        (&shell.set_local("AWS_SWITCH_PROTECT", "work"), "(aws:dev) test$", "plain"),
        ("aws-switch work", "(aws:work #) test$", "protected"),
    ] {
        walk.ok(line);
        assert_eq!(walk.session.prompt(), prompt, "{line}");
        assert_eq!(style(shell, &walk.session), wanted, "{line}");
    }
}

pub fn no_colour(cell: &Cell) {
    let shell = cell.shell;
    let is_plain = |session: &Session| {
        let log = session.log();
        let text = String::from_utf8_lossy(&log);
        // fish resets the colours before a prompt. The console of Windows draws its screen anew, with escapes of its own.
        let has_escape = text.rsplit_once("(aws:").is_some_and(|(before, after)| {
            before.trim_end_matches("\u{1b}[m").ends_with('m')
                || !["acme-prod #)", "work)", "dev ?)"].iter().any(|name| after.starts_with(&format!("{name} test$")))
        });
        session.colour_of("(aws:") == Some(Color::Default) && (shell == Shell::PowerShell || !has_escape)
    };
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let mut session = cell.start().env("AWS_PROFILE", "acme-prod").env(name, value).spawn();
        assert!(is_plain(&session), "{name}");
        session.ok("aws-switch work");
        assert!(is_plain(&session), "{name}");
    }
    let start = cell.start().env("AWS_PROFILE", "work");
    // PowerShell itself writes no colours if the variable is set at its start, even to nothing.
    let start = if shell == Shell::PowerShell { start } else { start.env("NO_COLOR", "") };
    let mut walk = cell.walk_in(start);
    assert_eq!(style(shell, &walk.session), "plain", "an empty NO_COLOR");
    walk.ok(&shell.set_env("NO_COLOR", "1"));
    assert!(is_plain(&walk.session), "NO_COLOR, typed");
    walk.ok(&shell.unset_env("NO_COLOR"));
    assert_eq!(style(shell, &walk.session), "plain", "NO_COLOR, unset");
    // Without the helper nothing says which colour the profile has.
    cell.world.remove_program("aws-switch");
    walk.ok(&shell.set_env("AWS_PROFILE", "dev"));
    assert!(is_plain(&walk.session), "no helper");
}

pub fn off(cell: &Cell) {
    let [off, on] = ["off", "on"].map(|value| cell.shell.set_local("AWS_SWITCH_PROMPT", value));
    let [export, again] = ["on", "off"].map(|value| cell.shell.set_env("AWS_SWITCH_PROMPT", value));
    let start = || cell.start().env("AWS_PROFILE", "work");
    for (start, on) in [(start().env("AWS_SWITCH_PROMPT", "off"), &export), (start().after(&off), &on)] {
        let mut session = start.spawn();
        assert_eq!(session.prompt(), "test$");
        for (line, prompt) in [("aws-switch dev", "test$"), (on, "(aws:dev) test$"), (&again, "test$")] {
            session.ok(line);
            assert_eq!(session.prompt(), prompt, "{line}");
        }
    }
}

pub fn segment_variable(cell: &Cell) {
    for setting in ["on", "off"] {
        let mut walk = cell.walk_in(cell.start().env("AWS_SWITCH_PROMPT", setting));
        let print = cell.shell.print_var("AWS_SWITCH_SEGMENT");
        assert_eq!(walk.ok(&print), "<>");
        for (line, segment) in [
            ("aws-switch work", "<(aws:work)>"),
            (&cell.shell.set_env("AWS_ACCESS_KEY_ID", "k"), "<(aws:work !)>"),
            ("aws-switch --unset", "<>"),
        ] {
            walk.ok(line);
            assert_eq!(walk.ok(&print), segment, "{line}");
            assert_eq!(walk.var("AWS_SWITCH_SEGMENT"), None, "{line}");
        }
    }
}

pub fn users_own(cell: &Cell) {
    let own = words::own_prompt(cell.shell, "own> ");
    let start = || cell.start().env("AWS_PROFILE", "work");
    for start in [start().before(&own), start().after(&own)] {
        let mut session = start.spawn();
        // In PowerShell our hook is the prompt itself: a prompt that replaces it is seen at the next `cd`.
        session.ok(&cell.cd("plain"));
        for (line, prompt) in
            [("", "(aws:work) own>"), ("aws-switch dev", "(aws:dev) own>"), ("aws-switch --unset", "own>")]
        {
            session.ok(line);
            assert_eq!(session.prompt(), prompt, "{line}");
        }
    }
}

pub fn keeps_the_status(cell: &Cell) {
    let shell = cell.shell;
    let mut walk = cell.walk_in(cell.start());
    let fail = shell.fail_with(7);
    for line in [
        fail.clone(),
        // The prompt after each of these asks the helper.
        shell.then(&shell.set_env("AWS_PROFILE", "work"), &fail),
        shell.then("aws-switch dev", &fail),
        shell.then(&cell.cd("outer"), &fail),
        shell.then(&cell.cd(""), &fail),
        shell.then(&shell.set_env("AWS_PROFILE", "gone"), &fail),
    ] {
        assert_eq!(walk.run(&line).status, 7, "{line}");
        // PowerShell also has `$?`, and keeps $LASTEXITCODE over lines that start no program.
        let seen = if shell == Shell::PowerShell { "\"status $? $LASTEXITCODE\"" } else { shell.print_status() };
        let wanted = if shell == Shell::PowerShell { "status False 7" } else { "status 7" };
        assert_eq!(walk.ok(seen), wanted, "{line}");
    }
    // Our hook on `cd` does not set the status.
    let line = shell.then(&shell.then(&fail, &cell.cd("outer")), &words::print(shell, "x"));
    assert!(walk.ok(&line).ends_with('x'));
    if shell == Shell::PowerShell {
        assert_eq!(walk.ok("\"status $? $LASTEXITCODE\""), "status True 7");
    }
    assert_eq!(walk.run("aws-switch nobody").status, 3);
    assert_eq!(walk.ok(shell.print_status()), "status 3");
}

pub fn set_by_a_later_hook(cell: &Cell) {
    let shell = cell.shell;
    let (above, below) = match shell {
        Shell::Bash | Shell::Bash32 => ("PROMPT_COMMAND='test ! -e flip || export \"$(cat flip)\"'", ""),
        Shell::Zsh => ("flip() { test ! -e flip || export \"$(cat flip)\" }; precmd_functions+=(flip)", ""),
        Shell::Fish => {
            ("", "function flip --on-event fish_prompt; test -e flip; and set -gx (string split = <flip); end")
        }
        // PowerShell has no hook list at the prompt; the one event before our prompt is the `cd`.
        Shell::PowerShell => (
            "",
            "$ExecutionContext.SessionState.InvokeCommand.LocationChangedAction = [Delegate]::Combine(
                $ExecutionContext.SessionState.InvokeCommand.LocationChangedAction,
                [EventHandler[Management.Automation.LocationChangedEventArgs]] {
                    if (Test-Path flip) { $name, $value = (Get-Content flip) -split '='; Set-Item Env:$name $value }
                })",
        ),
    };
    let mut walk = cell.walk_in(cell.start().before(above).after(below));
    for (before, set, segment) in [
        ("--unset", "AWS_PROFILE=dev", "(aws:dev) "),
        ("work", "AWS_DEFAULT_PROFILE=dev", "(aws:work !) "),
        ("work", "AWS_PROFILE=dev", "(aws:dev) "),
        ("work", "AWS_PROFILE=*", "(aws:* !) "),
        ("work", "AWS_DEFAULT_PROFILE=*", "(aws:work !) "),
        ("work", "AWS_REGION=us-west-2", "(aws:work@us-west-2) "),
        ("work", "AWS_DEFAULT_REGION=us-west-2", "(aws:work@us-west-2) "),
        ("work", "AWS_ACCESS_KEY_ID=id", "(aws:work !) "),
    ] {
        walk.ok(&format!("aws-switch {before}"));
        cell.world.write("flips/flip", set);
        walk.ok(&cell.cd("flips"));
        assert!(walk.session.prompt().starts_with(segment), "{before} {set}: {}", walk.session.prompt());
        walk.ok(&cell.cd(""));
        walk.ok(&shell.unset_env(set.split('=').next().unwrap()));
        walk.ok("aws-switch work");
        assert!(walk.session.prompt().starts_with("(aws:work) "), "{before} {set}: {}", walk.session.prompt());
    }
}
