//! How it is loaded, and what it does when something is missing.

use super::cell::{OUTER, Place};
use super::shell_words as words;
use crate::common::Shell;

pub fn twice(place: &Place) {
    let load = place.shell.init_line();
    let mut walk = place.walk_in(place.start().env("AWS_PROFILE", "base").after(load));
    assert_eq!(walk.before_the_first_prompt(), "");
    assert_eq!(walk.session.prompt(), "(aws:base) test$");
    walk.goes("outer", OUTER, "outer");
    assert_eq!(walk.session.prompt(), "(aws:outer) test$");
    walk.silent(load, "outer");
    assert_eq!(walk.session.prompt(), "(aws:outer) test$");
    walk.one_line("aws-switch other");
    walk.silent(load, "other");
    walk.goes_silently("outer/deep", "other");
    walk.goes_silently("plain", "other");
    walk.ok("aws-switch auto off");
    walk.silent(load, "other");
    walk.goes_silently("outer", "other");
    assert_eq!(walk.session.prompt(), "(aws:other) test$");
}

pub fn strict_modes(place: &Place) {
    let strict = format!("{}\n{}", words::strict(place.shell), place.shell.completion_setup());
    let mut walk = place.walk_in(place.start().env("AWS_PROFILE", "base").before(&strict));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.one_line("aws-switch work");
    assert_eq!(walk.session.prompt(), "(aws:work) test$");
    walk.one_line("aws-switch --unset");
    walk.silent(&place.shell.set_env("AWS_PROFILE", "base"), "base");
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "base");
    walk.ok(&place.shell.init_line().replace('\n', "; "));
    assert!(walk.ok("aws-switch list").contains("eu-west-1"));
    walk.session.keys("aws-switch dev\t");
    walk.session.submit();
    assert_eq!(walk.profile(), "dev");
    // In the others a failing command ends such a shell, ours or not.
    if matches!(place.shell, Shell::Fish | Shell::PowerShell) {
        let output = walk.run("aws-switch nobody");
        assert_eq!((output.status, output.text.lines().count()), (3, 1), "{}", output.text);
        assert_eq!(walk.profile(), "dev");
    }
}

pub fn helper_missing(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    place.world.remove_program("aws-switch");
    for line in ["aws-switch other", "aws-switch list"] {
        let output = walk.run(line);
        assert_eq!(output.status, 127, "{line}: {}", output.text);
        assert_eq!(output.text.lines().count(), 1, "{line}: {}", output.text);
        assert!(output.text.contains("aws-switch"), "{line}: {}", output.text);
        assert_eq!(walk.profile(), "outer");
    }
    let text = walk.ok(&place.cd("plain"));
    assert_eq!(text.lines().count(), 1, "{text}");
    walk.stands("leaving without the helper", "outer");
    walk.ok(&place.shell.set_env("AWS_PROFILE", "other"));
    walk.stands("an export without the helper", "other");
    assert!(walk.session.prompt().contains("other"), "{}", walk.session.prompt());
    walk.session.keys("aws-switch d\t");
    walk.session.submit();
    assert_eq!(walk.ok(&words::print(place.shell, "it lives")), "it lives");
}

pub fn helper_late(place: &Place) {
    let mut walk = place.walk();
    place.world.remove_program("aws-switch");
    super::cell::one_line(&walk.ok(&place.cd("outer")));
    walk.stands("no answer", "base");
    assert!(walk.session.prompt().starts_with("(aws:base ?)"), "{}", walk.session.prompt());
    place.world.install_helper();
    let told: Vec<_> = (0..8).map(|_| walk.ok("")).filter(|text| !text.is_empty()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    walk.names(&told[0], OUTER, "outer");
    walk.stands("the answer", "outer");
    assert_eq!(walk.session.prompt(), "(aws:outer) test$");
}

pub fn not_interactive(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    let script = [place.shell.init_line(), &place.cd("outer/inner"), &place.shell.print_var("AWS_PROFILE")].join("; ");
    let program = place.shell.quote(place.shell.executable().unwrap().to_str().unwrap());
    let script = place.shell.quote(&format!("{script}; aws-switch work; {}", place.shell.print_var("AWS_PROFILE")));
    let line = match place.shell {
        Shell::PowerShell => format!("& ([Environment]::ProcessPath) -NoProfile -Command {script}"),
        _ => format!("{program} -c {script}"),
    };
    let text = walk.ok(&line);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[0], lines[2]), (3, "<outer>", "<work>"), "{text}");
    super::cell::one_line(lines[1]);
    walk.stands("the script", "outer");
}

pub fn rc_file_exports(place: &Place) {
    let export = place.shell.set_env("AWS_PROFILE", "other");
    for (before, after) in [(export.as_str(), ""), ("", export.as_str())] {
        for dir in ["outer", "plain"] {
            let start = place.start().env("AWS_PROFILE", "base").before(before).after(after);
            let mut walk = place.walk_in(start.dir(place.world.path(dir)));
            let text = walk.before_the_first_prompt();
            if dir == "outer" {
                walk.names(&text, OUTER, "outer");
                walk.stands("the start", "outer");
                walk.goes("plain", OUTER, "other");
            } else {
                assert_eq!(text, "");
                walk.stands("the start", "other");
                walk.goes("outer", OUTER, "outer");
            }
        }
    }
}
