//! Loading the integration, also under strict modes and with a helper that is missing or slow.

use std::thread;
use std::time::Duration;

use super::cell::{Cell, INNER, OUTER};
use super::shell_words as words;
use crate::common::Shell;

pub fn twice(cell: &Cell) {
    let load = cell.shell.init_line();
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").after(load));
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

pub fn strict_modes(cell: &Cell) {
    let strict = format!("{}\n{}", words::strict(cell.shell), cell.shell.completion_setup());
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", "base").before(&strict));
    assert_eq!(walk.before_the_first_prompt(), "");
    walk.one_line("aws-switch work");
    assert_eq!(walk.session.prompt(), "(aws:work) test$");
    walk.one_line("aws-switch --unset");
    walk.silent(&cell.shell.set_env("AWS_PROFILE", "base"), "base");
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "base");
    walk.ok(&cell.shell.init_line().replace('\n', "; "));
    assert!(walk.ok("aws-switch list").contains("eu-west-1"));
    assert!(walk.ok("aws-switch doctor").contains("becomes active before the next command"));
    walk.session.keys("aws-switch dev\t");
    walk.session.submit();
    assert_eq!(walk.profile(), "dev");
    let keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    walk.ok(&keys.map(|key| cell.shell.set_env(key, "key")).join("; "));
    walk.ok("aws-switch work");
    walk.ok("aws-switch -");
    assert_eq!(keys.map(|key| walk.session.var(key)), [Some("key".to_owned()), Some("key".to_owned())]);
    walk.ok("aws-switch dev");
    // In bash and zsh any failing command ends such a shell.
    if matches!(cell.shell, Shell::Fish | Shell::PowerShell) {
        let output = walk.run("aws-switch nobody");
        assert_eq!((output.status, output.text.lines().count()), (3, 1), "{}", output.text);
        assert_eq!(walk.profile(), "dev");
    }
}

/// Names that the functions of the scripts give to variables of their own.
const LOCALS: [&str; 48] = [
    "answer",
    "arrays",
    "at",
    "call",
    "changed",
    "code",
    "command",
    "content",
    "count",
    "directory",
    "drawn",
    "ends",
    "event",
    "failed",
    "file",
    "first",
    "group",
    "keys",
    "kind",
    "lacks",
    "last",
    "line",
    "lines",
    "mark",
    "name",
    "names",
    "next",
    "now",
    "pending",
    "percent",
    "printed",
    "program",
    "queries",
    "rebuilt",
    "rest",
    "result",
    "saved",
    "segment",
    "shown",
    "start",
    "through",
    "umlaut",
    "value",
    "was_set",
    "is_saved",
    "word",
    "bang_hist",
    "dashes",
];

pub fn replaced_builtins(cell: &Cell) {
    let mine = cell.world.path("mine");
    let shell = cell.shell;
    let (above, below) = words::replaced_builtins(shell, &shell.path(&mine));
    let above = format!("{}\n{above}", shell.completion_setup());
    let start = cell.start().before(&above).after(below).env("AWS_PROFILE", "base");
    let mut walk = cell.walk_in(start.env("AWS_ACCESS_KEY_ID", "key"));
    // In PowerShell the functions of a module have variables of their own.
    let locals = if shell == Shell::PowerShell { &[][..] } else { &LOCALS };
    let set: Vec<_> = locals.iter().map(|name| shell.set_local(name, "mine")).collect();
    if !set.is_empty() {
        walk.ok(&set.join("; "));
    }
    walk.ok("aws-switch work --for 30m");
    walk.ok("aws-switch -");
    walk.ok("aws-switch dev");
    walk.ok("aws-switch other");
    walk.goes("outer", OUTER, "outer");
    walk.ok(&words::push(shell, "inner"));
    walk.ok(words::pop(shell));
    walk.ok(&words::quietly(shell, &shell.subshell("aws-switch other")));
    walk.ok("aws-switch list");
    walk.run("aws-switch doctor");
    walk.run("aws-switch nobody");
    if matches!(shell, Shell::Bash | Shell::Bash32 | Shell::Zsh) {
        walk.run(&words::quietly(shell, "(readonly AWS_PROFILE; aws-switch dev)"));
    }
    // In PowerShell our hook is the prompt itself.
    if shell != Shell::PowerShell {
        walk.ok(&words::own_prompt(shell, "\\ntest$ "));
    }
    for line in [
        "aws-switch oth\t",
        "aws-switch deny ../pl\t",
        "aws-switch pin --remove -\t",
        "aws-switch exec other -- true\t",
    ] {
        walk.session.keys(line);
        walk.session.submit();
    }
    let replaced = std::fs::read_to_string(&mine).unwrap_or_default();
    assert_eq!(replaced, "");
    let print: Vec<_> = locals.iter().map(|name| shell.print_var(name)).collect();
    if !print.is_empty() {
        assert_eq!(walk.ok(&print.join("; ")).replace("<mine>", "").trim(), "");
    }
    walk.one_line("aws-switch other");
}

pub fn helper_missing(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    cell.world.remove_program("aws-switch");
    for line in ["aws-switch other", "aws-switch list"] {
        let output = walk.run(line);
        assert_eq!(output.status, 127, "{line}: {}", output.text);
        let wanted = "aws-switch: error: cannot find aws-switch; nothing changed; check PATH, or install it again";
        assert_eq!(output.text, wanted, "{line}");
        assert_eq!(walk.profile(), "outer");
    }
    let text = walk.one_line(&cell.cd("plain"));
    assert!(text.contains("; AWS_PROFILE stays outer; "), "{text}");
    walk.stays_active("leaving without the helper", "outer");
    let text = walk.one_line(&cell.shell.unset_env("AWS_PROFILE"));
    assert!(text.contains("; AWS_PROFILE stays unset; "), "{text}");
    assert_eq!(walk.session.prompt(), "test$");
    walk.ok(&cell.shell.set_env("AWS_PROFILE", "other"));
    walk.stays_active("an export without the helper", "other");
    assert!(walk.session.prompt().contains("other"), "{}", walk.session.prompt());
    walk.ok(&cell.shell.set_env("AWS_PROFILE", "odd $(x)"));
    assert!(walk.session.prompt().starts_with("(aws:odd???x? ?)"), "{}", walk.session.prompt());
    walk.session.keys("aws-switch d\t");
    walk.session.submit();
    assert_eq!(walk.ok(&words::print(cell.shell, "it lives")), "it lives");
    // A question without an answer does not make a --for endless.
    cell.world.install_helper();
    walk.ok("aws-switch work");
    walk.ok("aws-switch dev --for 6s");
    cell.world.remove_program("aws-switch");
    walk.one_line(&cell.shell.set_env("AWS_REGION", "eu-west-1"));
    cell.world.install_helper();
    thread::sleep(Duration::from_secs(7));
    assert!(walk.ok("").contains("the time for dev (6s) is over: back to work"));
    walk.stays_active("the end", "work");
    // Nor does it keep a directory profile for ever.
    walk.goes("outer", OUTER, "outer");
    cell.world.remove_program("aws-switch");
    walk.one_line(&cell.cd("plain"));
    cell.world.install_helper();
    walk.goes("", OUTER, "work");
}

pub fn slow_helper(cell: &Cell) {
    let mut walk = cell.walk();
    cell.world.remove_program("aws-switch");
    crate::common::walk::one_line(&walk.ok(&cell.cd("outer")));
    walk.stays_active("no answer", "base");
    assert!(walk.session.prompt().starts_with("(aws:base ?)"), "{}", walk.session.prompt());
    cell.world.install_helper();
    walk.goes("outer/inner", INNER, "inner");
    assert_eq!(walk.session.prompt(), "(aws:inner) test$");
}

pub fn not_interactive(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    let script = [cell.shell.init_line(), &cell.cd("outer/inner"), &cell.shell.print_var("AWS_PROFILE")].join("; ");
    let program = cell.shell.quote(cell.shell.executable().unwrap().to_str().unwrap());
    let script =
        cell.shell.quote(&format!("{script}; aws-switch work --for 1h; {}", cell.shell.print_var("AWS_PROFILE")));
    let line = match cell.shell {
        Shell::PowerShell => format!("& ([Environment]::ProcessPath) -NoProfile -Command {script}"),
        _ => format!("{program} -c {script}"),
    };
    let text = walk.ok(&line);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[0], lines[2]), (3, "<outer>", "<work>"), "{text}");
    crate::common::walk::one_line(lines[1]);
    // PowerShell looks before each command of a script whether the time is over.
    let ends = cell.shell == Shell::PowerShell;
    assert_eq!(lines[1].contains("it does not end by itself"), !ends, "{text}");
    walk.stays_active("the script", "outer");
}

pub fn rc_file_exports(cell: &Cell) {
    let export = cell.shell.set_env("AWS_PROFILE", "other");
    for (before, after) in [(export.as_str(), ""), ("", export.as_str())] {
        for dir in ["outer", "plain"] {
            let start = cell.start().env("AWS_PROFILE", "base").before(before).after(after);
            let mut walk = cell.walk_in(start.dir(cell.world.path(dir)));
            let text = walk.before_the_first_prompt();
            if dir == "outer" {
                walk.names(&text, OUTER, "outer");
                walk.stays_active("the start", "outer");
                walk.goes("plain", OUTER, "other");
            } else {
                assert_eq!(text, "");
                walk.stays_active("the start", "other");
                walk.goes("outer", OUTER, "outer");
            }
        }
    }
}
