//! The safeguards of a switch: the question before it, its end with `--for`, and the way back with `-`.

use std::thread;
use std::time::Duration;

use super::cell::{Cell, OUTER};
use crate::common::pty::MUCH_PATIENCE;
use crate::common::walk::one_line;
use crate::common::{Shell, Walk};

const KEYS: [(&str, &str); 3] =
    [("AWS_ACCESS_KEY_ID", "the-id"), ("AWS_SECRET_ACCESS_KEY", "the secret's $(x)"), ("AWS_SESSION_TOKEN", "token=")];

fn with_keys(cell: &Cell) -> Walk {
    cell.walk_in(KEYS.iter().fold(cell.start(), |start, (name, value)| start.env(name, *value)))
}

fn has_keys(walk: &mut Walk, after: &str) {
    for (name, value) in KEYS {
        assert_eq!(walk.var(name).as_deref(), Some(value), "{name} after {after}");
    }
}

pub fn dash_restores_keys(cell: &Cell) {
    let mut walk = with_keys(cell);
    for forth in ["aws-switch work", "aws-switch -"] {
        let text = walk.one_line(forth);
        assert!(KEYS.iter().all(|(name, value)| text.contains(name) && !text.contains(value)), "{text}");
        assert_eq!(walk.aws(), ["AWS_PROFILE=work"]);
        assert!(!format!("{:?}", walk.session.environment()).contains("the-id"), "the keys are exported under no name");
        let text = walk.one_line("aws-switch -");
        assert!(KEYS.iter().all(|(name, value)| text.contains(name) && !text.contains(value)), "{text}");
        has_keys(&mut walk, "aws-switch -");
        assert_eq!(walk.profile(), "");
    }
    if !matches!(cell.shell, Shell::Fish | Shell::PowerShell) {
        walk.ok("set -a");
        walk.ok("aws-switch -");
        assert!(!format!("{:?}", walk.session.environment()).contains("the-id"), "not with allexport either");
        walk.ok("set +a");
        walk.ok("aws-switch -");
    }
    // A switch to the active profile is no new switch, but unsetting access keys makes it one.
    walk.ok("aws-switch -");
    walk.ok("aws-switch work");
    walk.ok("aws-switch work --for 1h");
    walk.ok("aws-switch -");
    has_keys(&mut walk, "the same twice");
    walk.ok("aws-switch work");
    walk.ok(&cell.shell.set_env("AWS_ACCESS_KEY_ID", "new"));
    walk.ok("aws-switch work");
    walk.ok("aws-switch -");
    assert_eq!(walk.aws(), ["AWS_ACCESS_KEY_ID=new", "AWS_PROFILE=work"]);
    let mut walk = with_keys(cell);
    walk.ok("aws-switch work");
    // The next switch discards the saved keys.
    walk.ok("aws-switch dev");
    walk.ok("aws-switch -");
    assert_eq!(walk.aws(), ["AWS_PROFILE=work"]);
    // A profile that is set without aws-switch discards the saved keys.
    let other = cell.shell.set_env("AWS_PROFILE", "other");
    for lines in [vec![&*other, "aws-switch -"], vec![&*cell.shell.then(&other, "aws-switch -")]] {
        walk.ok(&cell.shell.set_env("AWS_ACCESS_KEY_ID", "new"));
        walk.ok("aws-switch dev");
        lines.into_iter().for_each(|line| drop(walk.ok(line)));
        assert_eq!(walk.aws(), ["AWS_PROFILE=dev"]);
    }
}

pub fn time_ends(cell: &Cell) {
    let mut walk = cell.walk();
    let text = walk.one_line("aws-switch acme-prod --for 90s");
    assert!(text.contains("switched to acme-prod for 1m30s"), "{text}");
    assert!(walk.session.prompt().starts_with("(aws:acme-prod # 2m) "), "{}", walk.session.prompt());
    assert_eq!(walk.ok(&cell.shell.print_var("AWS_SWITCH_SEGMENT")), "<(aws:acme-prod # 2m)>");
    assert!(walk.ok("aws-switch current").contains("switches back in  2m"), "current prints the end too");
    walk.stays_active("aws-switch acme-prod --for 90s", "acme-prod");
    // Same profile, new `--for`: only the deadline moves.
    let text = walk.one_line("aws-switch acme-prod --for 2s");
    assert!(text.starts_with("aws-switch: switched to acme-prod for 2s, then back to base"), "{text}");
    thread::sleep(Duration::from_secs(3));
    let text = walk.one_line("");
    assert!(text.contains("the time for acme-prod (2s) is over: back to base"), "{text}");
    assert!(walk.session.prompt().starts_with("(aws:base) "), "{}", walk.session.prompt());
    walk.stays_active("the end", "base");
    assert_eq!(walk.run("aws-switch -").status, 1, "`-` does not return to an expired profile");
    walk.ok("aws-switch work");
    walk.ok("aws-switch dev --region eu-north-1");
    walk.ok("aws-switch acme-prod --region eu-west-1 --for 2s");
    thread::sleep(Duration::from_secs(3));
    assert!(walk.one_line("").contains("back to dev"));
    assert_eq!(walk.aws(), ["AWS_DEFAULT_REGION=eu-north-1", "AWS_PROFILE=dev", "AWS_REGION=eu-north-1"]);
    for (profile, region) in [("work", ""), ("dev", " in eu-north-1")] {
        let text = walk.one_line("aws-switch -");
        assert_eq!(text, format!("aws-switch: switched to {profile}{region}"), "as before the --for");
        walk.stays_active("aws-switch -", profile);
    }
    for line in ["aws-switch work --for 0s", "aws-switch work --for soon", "aws-switch --unset --for 1h"] {
        let output = walk.run(line);
        assert_eq!(output.status, 2, "{line}: {}", output.text);
        one_line(&output.text);
    }
    walk.stays_active("wrong times", "dev");
    let then = ", then back to dev";
    for (time, left, then) in [("1h30m", "1h30m", ""), ("1h30m30s", "1h31m", then), ("2d", "2d", then)] {
        let text = walk.one_line(&format!("aws-switch acme-prod --for {time}"));
        assert_eq!(text, format!("aws-switch: switched to acme-prod for {time}{then}"));
        let prompt = format!("(aws:acme-prod # {left}) ");
        assert!(walk.session.prompt().starts_with(&prompt), "{}", walk.session.prompt());
    }
}

pub fn time_ends_under_a_file(cell: &Cell) {
    let mut walk = with_keys(cell);
    walk.ok("aws-switch work");
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    assert!(walk.one_line("").contains("is over: outer is active (~"), "the directory profile is active again");
    walk.ok("aws-switch other");
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    assert!(walk.one_line("").contains("is over: back to other"), "the earlier manual switch is active again");
    walk.ok("aws-switch work");
    walk.ok("aws-switch auto");
    walk.goes("plain", OUTER, "work");
    // An expiring `--for` restores the saved keys.
    let mut walk = with_keys(cell);
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    walk.one_line("");
    has_keys(&mut walk, "the end");
    assert_eq!(walk.profile(), "");
    // The restored keys block the file.
    walk.ok(&walk.cd("outer"));
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    assert!(walk.one_line("").contains("the time for dev (2s) is over: back to no profile; restored "));
    has_keys(&mut walk, "the end under a file");
    assert_eq!(walk.profile(), "");
    // While a directory profile is active, the keys are restored only on leaving.
    let mut walk = with_keys(cell);
    walk.ok("aws-switch dev --for 5s");
    walk.goes("outer", OUTER, "outer");
    thread::sleep(Duration::from_secs(6));
    walk.ok("");
    let text = walk.one_line(&walk.cd("plain"));
    assert!(text.contains("back to no profile (left ~") && text.contains("; restored "), "{text}");
    has_keys(&mut walk, "leaving");
    assert_eq!(walk.profile(), "");
}

pub fn time_ends_before_a_command(cell: &Cell) {
    let mut walk = cell.walk();
    walk.ok("aws-switch acme-prod --for 2s");
    thread::sleep(Duration::from_secs(3));
    // In bash before 4.4 no function can set the DEBUG trap.
    let expected = if cell.shell.is_bash_before(404) { "acme-prod" } else { "base" };
    let print = match cell.shell {
        Shell::PowerShell => "Write-Output $env:AWS_PROFILE",
        _ => "printenv AWS_PROFILE",
    };
    let text = walk.ok(print);
    assert_eq!(text.lines().filter(|line| *line == expected).count(), 1, "{text}");
    assert_eq!(walk.ok(print), "base");
    let screen = walk.session.screen();
    assert_eq!(screen.matches("the time for acme-prod (2s) is over").count(), 1, "{screen}");
}

pub fn asks_before_a_protected_profile(cell: &Cell) {
    let set = cell.shell.set_local("AWS_SWITCH_CONFIRM", "protected");
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").before(&set));
    walk.one_line("aws-switch work");
    walk.ok("aws-switch acme-prod --yes");
    walk.one_line("aws-switch -");
    for line in [
        "aws-switch acme-prod",
        "aws-switch use acme-prod",
        "aws-switch --pick acme-prod",
        "aws-switch acme-prod --for 1h",
        "aws-switch -",
    ] {
        for (answer, status) in [("n\r", 4), ("\r", 4), ("yess\r", 4), ("Y\r", 0)] {
            walk.session.keys(format!("{line}\r"));
            if line.contains("--pick") {
                walk.session.wait_for("profile: acme-prod", MUCH_PATIENCE);
                walk.session.keys("\r");
            }
            walk.session.wait_line("aws-switch: acme-prod is protected");
            walk.session.keys(answer);
            assert_eq!(walk.session.wait_prompt(), status, "{line} {answer:?}");
            assert_eq!(walk.profile(), if status == 0 { "acme-prod" } else { "work" }, "{line} {answer:?}");
        }
        walk.ok("aws-switch work");
    }
}

pub fn interrupted_question(cell: &Cell) {
    let set = cell.shell.set_local("AWS_SWITCH_CONFIRM", "protected");
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").before(&set));
    // The variables that tell the helper its settings are among them.
    let ours = |walk: &mut Walk| {
        let all = walk.session.environment().into_iter();
        all.filter(|(name, _)| name.contains("AWS_") || name == "PWD").collect::<Vec<_>>()
    };
    let before = ours(&mut walk);
    walk.session.keys("aws-switch acme-prod\r");
    walk.session.wait_line("aws-switch: acme-prod is protected");
    walk.session.interrupt();
    let screen = walk.session.screen();
    assert!(!screen.contains("not confirmed"), "Ctrl-C is no answer: {screen}");
    assert_eq!(ours(&mut walk), before);
    walk.one_line("aws-switch work");
    walk.stays_active("aws-switch work", "work");
}

pub fn no_terminal(cell: &Cell) {
    let set = cell.shell.set_local("AWS_SWITCH_CONFIRM", "protected");
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").before(&set));
    let line = match cell.shell {
        // fish gives the terminal to a function in a command substitution, so a new fish is needed.
        Shell::Fish => "fish -c 'aws-switch init fish | source; aws-switch acme-prod' </dev/null",
        // PowerShell cannot redirect input; tests/powershell/switch.ps1 starts without one.
        Shell::PowerShell => "",
        _ => "aws-switch acme-prod </dev/null",
    };
    if !line.is_empty() {
        walk.ok(&cell.shell.set_env("AWS_SWITCH_CONFIRM", "protected"));
        let output = walk.run(line);
        assert_eq!(output.status, 4, "{}", output.text);
        one_line(&output.text);
        assert!(output.text.contains("--yes"), "{}", output.text);
    }
    walk.stays_active(line, "base");
    walk.one_line("aws-switch acme-prod --yes");
    walk.stays_active("--yes", "acme-prod");
}

pub fn confirm_in_the_file(cell: &Cell) {
    let file = match cell.shell {
        Shell::PowerShell => "AppData/Roaming/aws-switch/settings.ini",
        _ => ".config/aws-switch/settings.ini",
    };
    cell.world.write(file, "confirm = protected\nprotect = *work*\n");
    let mut walk = cell.walk();
    walk.one_line("aws-switch acme-prod");
    walk.session.keys("aws-switch work\r");
    walk.session.wait_line("aws-switch: work (eu-west-1) is protected");
    walk.session.keys("\r");
    assert_eq!(walk.session.wait_prompt(), 4);
    walk.run(&cell.shell.set_local("AWS_SWITCH_CONFIRM", "off"));
    walk.one_line("aws-switch work");
    walk.stays_active("aws-switch work", "work");
}

pub fn unknown_region(cell: &Cell) {
    let mut walk = cell.walk();
    let text = walk.one_line("aws-switch work --region eu-wset-1");
    assert!(text.starts_with("aws-switch: warning: switched to work in eu-wset-1; "), "{text}");
    assert!(text.ends_with("; unknown region 'eu-wset-1' (set anyway); did you mean 'eu-west-1'?"), "{text}");
    assert_eq!(walk.var("AWS_REGION").as_deref(), Some("eu-wset-1"), "an unknown region is set, too");
    assert!(walk.session.prompt().starts_with("(aws:work@eu-wset-1) "), "{}", walk.session.prompt());
}

pub fn asks_before_exec_and_env(cell: &Cell) {
    let set = cell.shell.set_local("AWS_SWITCH_CONFIRM", "protected");
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").before(&set));
    for (line, question, refused) in [
        (
            "aws-switch exec acme-prod -- aws-switch current --name",
            "run this command under it? [y/N]",
            "nothing was run",
        ),
        ("aws-switch env acme-prod --format dotenv", "print its variables? [y/N]", "nothing was printed"),
    ] {
        for (answer, status) in [("n\r", 4), ("y\r", 0)] {
            walk.session.keys(format!("{line}\r"));
            walk.session.wait_line(&format!("aws-switch: acme-prod is protected; {question}"));
            walk.session.keys(answer);
            assert_eq!(walk.session.wait_prompt(), status, "{line} {answer:?}");
        }
        let message = format!("error: acme-prod was not confirmed; {refused}");
        assert!(walk.session.screen().contains(&message), "{line}");
        let text = walk.ok(&line.replace("acme-prod", "acme-prod --yes"));
        assert!(text.ends_with("acme-prod"), "{line}: {text}");
    }
    walk.stays_active("exec and env", "base");
}
