//! What keeps a switch from going wrong: a question before it, an end to it, a way back from it.

use std::thread;
use std::time::Duration;

use super::cell::{OUTER, Place, Walk, one_line};
use crate::common::Shell;

const KEYS: [(&str, &str); 3] =
    [("AWS_ACCESS_KEY_ID", "the-id"), ("AWS_SECRET_ACCESS_KEY", "the secret's $(x)"), ("AWS_SESSION_TOKEN", "token=")];

fn with_keys(place: &Place) -> Walk {
    place.walk_in(KEYS.iter().fold(place.start(), |start, (name, value)| start.env(name, *value)))
}

fn has_keys(walk: &mut Walk, after: &str) {
    for (name, value) in KEYS {
        assert_eq!(walk.var(name).as_deref(), Some(value), "{name} after {after}");
    }
}

pub fn dash_brings_keys_back(place: &Place) {
    let mut walk = with_keys(place);
    for forth in ["aws-switch work", "aws-switch -"] {
        let text = walk.one_line(forth);
        assert!(KEYS.iter().all(|(name, value)| text.contains(name) && !text.contains(value)), "{text}");
        assert_eq!(walk.aws(), ["AWS_PROFILE=work"]);
        let all: Vec<_> = walk.session.environment().into_iter().collect();
        assert!(!format!("{all:?}").contains("the-id"), "the keys are exported under no name");
        let text = walk.one_line("aws-switch -");
        assert!(KEYS.iter().all(|(name, value)| text.contains(name) && !text.contains(value)), "{text}");
        has_keys(&mut walk, "aws-switch -");
        assert_eq!(walk.profile(), "");
    }
    // The same once more is no new choice, but without keys that were there it is.
    walk.ok("aws-switch -");
    walk.ok("aws-switch work");
    walk.ok("aws-switch work --for 1h");
    walk.ok("aws-switch -");
    has_keys(&mut walk, "the same twice");
    walk.ok("aws-switch work");
    walk.ok(&place.shell.set_env("AWS_ACCESS_KEY_ID", "new"));
    walk.ok("aws-switch work");
    walk.ok("aws-switch -");
    assert_eq!(walk.aws(), ["AWS_ACCESS_KEY_ID=new", "AWS_PROFILE=work"]);
    let mut walk = with_keys(place);
    walk.ok("aws-switch work");
    // The next choice parts with them for good.
    walk.ok("aws-switch dev");
    walk.ok("aws-switch -");
    assert_eq!(walk.aws(), ["AWS_PROFILE=work"]);
    // What was kept goes with the choice it was taken from.
    let other = place.shell.set_env("AWS_PROFILE", "other");
    for lines in [vec![&*other, "aws-switch -"], vec![&*place.shell.then(&other, "aws-switch -")]] {
        walk.ok(&place.shell.set_env("AWS_ACCESS_KEY_ID", "new"));
        walk.ok("aws-switch dev");
        lines.into_iter().for_each(|line| drop(walk.ok(line)));
        assert_eq!(walk.aws(), ["AWS_PROFILE=dev"]);
    }
}

pub fn time_ends(place: &Place) {
    let mut walk = place.walk();
    let text = walk.one_line("aws-switch acme-prod --for 90s");
    assert!(text.contains("acme-prod for 2 min"), "{text}");
    assert!(walk.session.prompt().starts_with("(aws:acme-prod 2m) "), "{}", walk.session.prompt());
    assert_eq!(walk.ok(&place.shell.print_var("AWS_SWITCH_SEGMENT")), "<(aws:acme-prod 2m)>");
    assert!(walk.ok("aws-switch current").contains("ends in  2 min"), "current tells the end too");
    walk.stands("aws-switch acme-prod --for 90s", "acme-prod");
    // Another end for the same choice moves the end alone.
    walk.ok("aws-switch acme-prod --for 2s");
    thread::sleep(Duration::from_secs(3));
    let text = walk.one_line("");
    assert!(text.contains("now base: the time of acme-prod is up"), "{text}");
    assert!(walk.session.prompt().starts_with("(aws:base) "), "{}", walk.session.prompt());
    walk.stands("the end", "base");
    assert_eq!(walk.run("aws-switch -").status, 1, "there is no way back to what has ended");
    for line in ["aws-switch work --for 0s", "aws-switch work --for soon", "aws-switch --unset --for 1h"] {
        let output = walk.run(line);
        assert_eq!(output.status, 2, "{line}: {}", output.text);
        one_line(&output.text);
    }
    walk.stands("wrong times", "base");
}

pub fn time_ends_under_a_file(place: &Place) {
    let mut walk = with_keys(place);
    walk.ok("aws-switch work");
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    assert!(walk.one_line("").contains("now outer"), "the folder's profile is in force again");
    walk.ok("aws-switch other");
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    assert!(walk.one_line("").contains("now other"), "what was chosen by hand there stands again");
    walk.ok("aws-switch work");
    walk.ok("aws-switch auto");
    walk.goes("plain", OUTER, "work");
    // What was taken out for it comes back with its end.
    let mut walk = with_keys(place);
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    walk.one_line("");
    has_keys(&mut walk, "the end");
    assert_eq!(walk.profile(), "");
    // They stand in a folder's way then, too.
    walk.ok(&walk.cd("outer"));
    walk.ok("aws-switch dev --for 2s");
    thread::sleep(Duration::from_secs(3));
    assert!(walk.ok("").contains("now no profile: the time of dev is up; brought back: "));
    has_keys(&mut walk, "the end under a file");
    assert_eq!(walk.profile(), "");
    // And while a folder's profile stands, they wait for the base.
    let mut walk = with_keys(place);
    walk.ok("aws-switch dev --for 2s");
    walk.goes("outer", OUTER, "outer");
    thread::sleep(Duration::from_secs(3));
    walk.ok("");
    let text = walk.ok(&walk.cd("plain"));
    assert!(text.contains("now no profile; brought back: "), "{text}");
    has_keys(&mut walk, "leaving");
    assert_eq!(walk.profile(), "");
}

pub fn time_ends_before_a_command(place: &Place) {
    let mut walk = place.walk();
    walk.ok("aws-switch acme-prod --for 2s");
    thread::sleep(Duration::from_secs(3));
    // bash has nothing that runs before a command but the DEBUG trap, which is the user's.
    let expected = if place.shell.is_bash() { "acme-prod" } else { "base" };
    let print = match place.shell {
        Shell::PowerShell => "Write-Output $env:AWS_PROFILE",
        _ => "printenv AWS_PROFILE",
    };
    let text = walk.ok(print);
    assert_eq!(text.lines().filter(|line| *line == expected).count(), 1, "{text}");
    assert_eq!(walk.ok(print), "base");
    let screen = walk.session.screen();
    assert_eq!(screen.matches("the time of acme-prod is up").count(), 1, "{screen}");
}

pub fn asks_before_a_protected_one(place: &Place) {
    let set = place.shell.set_local("AWS_SWITCH_CONFIRM", "protected");
    let mut walk = place.walk_in(place.start().env("AWS_PROFILE", "base").before(&set));
    walk.one_line("aws-switch work");
    walk.ok("aws-switch acme-prod --yes");
    walk.one_line("aws-switch -");
    for line in ["aws-switch acme-prod", "aws-switch use acme-prod", "aws-switch -"] {
        for (answer, status) in [("n\r", 4), ("\r", 4), ("yess\r", 4), ("Y\r", 0)] {
            walk.session.keys(line);
            walk.session.keys("\r");
            walk.session.wait_line("aws-switch: acme-prod is protected");
            walk.session.keys(answer);
            assert_eq!(walk.session.wait_prompt(), status, "{line} {answer:?}");
            assert_eq!(walk.profile(), if status == 0 { "acme-prod" } else { "work" }, "{line} {answer:?}");
        }
        walk.ok("aws-switch work");
    }
}

pub fn interrupted_question(place: &Place) {
    let set = place.shell.set_local("AWS_SWITCH_CONFIRM", "protected");
    let mut walk = place.walk_in(place.start().env("AWS_PROFILE", "base").before(&set));
    let (environment, state) = (walk.aws(), walk.var("__AWS_SWITCH_STATE"));
    walk.session.keys("aws-switch acme-prod\r");
    walk.session.wait_line("aws-switch: acme-prod is protected");
    walk.session.interrupt();
    assert_eq!((walk.aws(), walk.var("__AWS_SWITCH_STATE")), (environment, state));
    walk.one_line("aws-switch work");
    walk.stands("aws-switch work", "work");
}

pub fn nobody_to_ask(place: &Place) {
    let set = place.shell.set_local("AWS_SWITCH_CONFIRM", "protected");
    let mut walk = place.walk_in(place.start().env("AWS_PROFILE", "base").before(&set));
    let nobody = match place.shell {
        // What a function of fish captures reads from the terminal all the same.
        Shell::Fish => "fish -c 'aws-switch init fish | source; aws-switch acme-prod' </dev/null",
        // It redirects no input; tests/powershell/switch.ps1 has none from the start.
        Shell::PowerShell => "",
        _ => "aws-switch acme-prod </dev/null",
    };
    if !nobody.is_empty() {
        walk.ok(&place.shell.set_env("AWS_SWITCH_CONFIRM", "protected"));
        let output = walk.run(nobody);
        assert_eq!(output.status, 4, "{}", output.text);
        one_line(&output.text);
        assert!(output.text.contains("--yes"), "{}", output.text);
    }
    walk.stands(nobody, "base");
    walk.one_line("aws-switch acme-prod --yes");
    walk.stands("--yes", "acme-prod");
}

pub fn confirm_in_the_file(place: &Place) {
    let file = match place.shell {
        Shell::PowerShell => "AppData/Roaming/aws-switch/settings.ini",
        _ => ".config/aws-switch/settings.ini",
    };
    place.world.write(file, "confirm = protected\nprotect = *work*\n");
    let mut walk = place.walk();
    walk.one_line("aws-switch acme-prod");
    walk.session.keys("aws-switch work\r");
    walk.session.wait_line("aws-switch: work (eu-west-1) is protected");
    walk.session.keys("\r");
    assert_eq!(walk.session.wait_prompt(), 4);
    walk.run(&place.shell.set_local("AWS_SWITCH_CONFIRM", "off"));
    walk.one_line("aws-switch work");
    walk.stands("aws-switch work", "work");
}

pub fn unknown_region(place: &Place) {
    let mut walk = place.walk();
    let text = walk.ok("aws-switch work --region eu-wset-1");
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("did you mean 'eu-west-1'?"), "{text}");
    assert_eq!(walk.var("AWS_REGION").as_deref(), Some("eu-wset-1"), "it is no refusal");
    assert!(walk.session.prompt().starts_with("(aws:work@eu-wset-1) "), "{}", walk.session.prompt());
}
