//! Directory profiles, and manual switches under them.

use super::cell::{Cell, INNER, OUTER};
use super::shell_words as words;
use crate::common::{Shell, Walk};

const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/// `text` is a line that names this file and profile, and the profile that the shell then printed as `<profile>`.
#[track_caller]
fn reported_and_printed(walk: &Walk, text: &str, file: &str, profile: &str) {
    let (notice, printed) = text.split_once('\n').unwrap_or((text, ""));
    walk.names(notice, file, profile);
    assert_eq!(printed, format!("<{profile}>"));
}

pub fn enter_nested_leave(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes_silently("plain", "base");
    walk.goes("outer", OUTER, "outer");
    walk.goes_silently("outer/deep/er", "outer");
    walk.goes("outer/inner/deep", INNER, "inner");
    walk.goes_silently("outer/inner", "inner");
    walk.goes("outer/deep", OUTER, "outer");
    walk.goes("plain", OUTER, "base");
    walk.goes("outer/inner", INNER, "inner");
    walk.goes("", INNER, "base");
    walk.reports("cd outer", OUTER, "outer");
    walk.silent("cd deep", "outer");
    walk.reports("cd ../..", OUTER, "base");
}

pub fn same_line(cell: &Cell) {
    let shell = cell.shell;
    let mut walk = cell.walk();
    let print = shell.print_var("AWS_PROFILE");
    for (dir, file, profile) in [
        ("outer", OUTER, "outer"),
        ("outer/inner", INNER, "inner"),
        ("outer/deep", OUTER, "outer"),
        ("plain", OUTER, "base"),
    ] {
        let line = shell.and(&walk.cd(dir), &print);
        let text = walk.ok(&line);
        reported_and_printed(&walk, &text, file, profile);
        walk.stays_active(&line, profile);
    }
    let there = shell.then(&walk.cd("outer/inner"), &shell.then(&print, &walk.cd("plain")));
    let text = walk.ok(&shell.and(&there, &print));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[1], lines[3]), (4, "<inner>", "<base>"), "{text}");
    walk.names(lines[0], INNER, "inner");
    walk.names(lines[2], INNER, "base");
}

pub fn pushd_popd(cell: &Cell) {
    let shell = cell.shell;
    let mut walk = cell.walk();
    let path = |dir: &str| shell.path(cell.world.path(dir));
    for (line, file, profile) in [
        (words::push(shell, &path("outer")), OUTER, "outer"),
        (words::push(shell, &path("outer/inner")), INNER, "inner"),
        (words::pop(shell).to_owned(), OUTER, "outer"),
        (words::pop(shell).to_owned(), OUTER, "base"),
    ] {
        let text = walk.ok(&shell.and(&line, &shell.print_var("AWS_PROFILE")));
        reported_and_printed(&walk, &text, file, profile);
        walk.stays_active(&line, profile);
    }
}

pub fn no_base(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", ""));
    for base in ["an empty one", "none"] {
        walk.goes("outer", OUTER, "outer");
        walk.goes("plain", OUTER, "");
        assert_eq!(walk.var("AWS_PROFILE"), None, "{base}");
    }
}

pub fn manual_switch_inside(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    walk.one_line("aws-switch other");
    walk.stays_active("aws-switch other", "other");
    walk.goes_silently("outer/deep/er", "other");
    walk.goes_silently("outer", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer/deep", OUTER, "outer");
    walk.ok("aws-switch -");
    walk.stays_active("aws-switch -", "base");
    walk.reports("aws-switch auto", OUTER, "outer");
    walk.goes("", OUTER, "base");
    // A manual switch counts when a `cd` follows in the same line.
    let line = cell.shell.then(&words::quietly(cell.shell, "aws-switch dev"), &walk.cd("outer"));
    let text = walk.ok(&line);
    walk.names(text.lines().last().unwrap_or_default(), OUTER, "outer");
    walk.goes("plain", OUTER, "dev");
}

pub fn typed_export(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    walk.silent(&cell.shell.set_env("AWS_PROFILE", "other"), "other");
    walk.goes_silently("outer/deep", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer", OUTER, "outer");
    let line = cell.shell.then(&cell.shell.set_env("AWS_PROFILE", "dev"), &walk.cd("outer/deep"));
    walk.silent(&line, "dev");
    walk.goes_silently("plain", "dev");
    walk.goes("outer", OUTER, "outer");
    walk.silent(&cell.shell.set_env("AWS_PROFILE", "outer"), "outer");
    walk.goes("plain", OUTER, "dev");
}

pub fn manually_no_profile(cell: &Cell) {
    let shell = cell.shell;
    let mut walk = cell.walk();
    for switch in ["aws-switch --unset", &shell.unset_env("AWS_PROFILE"), &shell.set_env("AWS_PROFILE", "")] {
        walk.ok("aws-switch base");
        walk.goes("outer", OUTER, "outer");
        walk.ok(switch);
        walk.stays_active(switch, "");
        walk.goes_silently("outer/deep", "");
        walk.goes_silently("plain", "");
        walk.goes("outer", OUTER, "outer");
        walk.goes("plain", OUTER, "");
        assert_eq!(walk.var("AWS_PROFILE"), None, "{switch}");
    }
}

pub fn nearer_file(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch other");
    walk.goes("outer/inner", INNER, "inner");
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "other");
    walk.goes("outer/deep", OUTER, "outer");
    walk.ok("aws-switch dev");
    let nearer = cell.world.write("outer/deep/.awsprofile", "inner");
    walk.reports(words::nothing(cell.shell), "outer/deep/.awsprofile", "inner");
    std::fs::remove_file(nearer).unwrap();
    walk.ok("");
    walk.stays_active("the nearer file is gone", "outer");
    walk.goes("", OUTER, "dev");
}

pub fn file_changes_inside(cell: &Cell) {
    let mut walk = cell.walk();
    let file = "plain/.awsprofile";
    let nothing = words::nothing(cell.shell);
    walk.goes_silently("plain", "base");
    for profile in ["outer", "inner", "other", "inner"] {
        // Some with the same length as before.
        cell.world.write(file, profile);
        walk.reports(nothing, file, profile);
    }
    std::fs::remove_file(cell.world.path(file)).unwrap();
    walk.reports(nothing, file, "base");
    walk.reports("echo outer >.awsprofile", file, "outer");
    cell.world.write("plain/new", "inner");
    walk.reports("mv new .aws2; mv .awsprofile gone; mv .aws2 .awsprofile", file, "inner");
    walk.reports("mv .awsprofile gone2", file, "base");
    // The directory itself is deleted.
    cell.world.write("lost/.awsprofile", "outer");
    walk.goes("lost", "lost/.awsprofile", "outer");
    std::fs::remove_dir_all(cell.world.path("lost")).unwrap();
    walk.reports(nothing, "lost/.awsprofile", "base");
    walk.goes("outer", OUTER, "outer");
}

pub fn edits_under_a_manual_switch(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch other");
    for content in ["inner\n", "base\neu-west-1\n", "", "no-such-profile\n"] {
        cell.world.write(OUTER, content);
        walk.silent(words::nothing(cell.shell), "other");
    }
    cell.world.write(OUTER, "inner\n");
    walk.goes_silently("outer/deep", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer", OUTER, "inner");
}

pub fn failing_cd(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    for failing in ["cd nowhere", "cd .awsprofile"] {
        let line = words::quietly(cell.shell, failing);
        let output = walk.run(&line);
        assert_eq!((output.text.as_str(), output.status), ("", 1), "{failing}");
        walk.stays_active(failing, "outer");
    }
}

pub fn hostile_names(cell: &Cell) {
    let everywhere = [
        "a b",
        " lead",
        "it's",
        "$(touch x)",
        "`touch x`",
        "[ab]",
        "{a,b}",
        ";touch x",
        "%n%F{red}",
        "#c",
        "é ü 日",
        "~",
        "-x",
        "$HOME",
        "!!",
        "(x)",
        "a&b",
        "^x",
        "=x",
        "a`b",
    ];
    // Windows allows no files with these names.
    let elsewhere = ["*", "?", "\\u", "\"q\"", "a|b<c>", "trail "];
    let on_windows = cell.shell.path("/").starts_with("Z:");
    let names = everywhere.iter().chain(elsewhere.iter().filter(|_| !on_windows));
    let mut walk = cell.walk();
    for name in names {
        cell.world.dir(format!("{name}/in"));
        let file = format!("{name}/.awsprofile");
        cell.world.write(&file, "outer");
        let text = walk.ok(&cell.shell.and(&walk.cd(&format!("{name}/in")), &cell.shell.print_var("AWS_PROFILE")));
        reported_and_printed(&walk, &text, &file, "outer");
        walk.silent(&walk.cd(name), "outer");
        if name.contains(' ') {
            cell.world.write(&file, "other");
            let text = walk.ok(words::nothing(cell.shell));
            walk.names(&text, &file, "other");
        }
        let text = walk.ok(&walk.cd(""));
        walk.names(&text, &file, "base");
    }
    assert!(!cell.world.path("x").exists());
}

pub fn odd_files(cell: &Cell) {
    let mut walk = cell.walk();
    for content in
        ["outer", "outer\r\n", "\r\n# a comment\r\n  outer\t \r\n\r\n", "# a\n\n#b\nouter\n# c\n", "\touter \n\n\n"]
    {
        cell.world.write("odd/.awsprofile", content);
        walk.goes("odd", "odd/.awsprofile", "outer");
        walk.goes("plain", "odd/.awsprofile", "base");
    }
    cell.world.write("odd/.awsprofile", "outer\r\neu-west-1\r\n");
    walk.goes("odd", "odd/.awsprofile", "outer");
    assert_eq!(walk.var("AWS_REGION").as_deref(), Some("eu-west-1"));
}

pub fn default_profile(cell: &Cell) {
    for base in ["base", ""] {
        let start = cell.start().env("AWS_PROFILE", base).env("AWS_DEFAULT_PROFILE", "other");
        let mut walk = cell.walk_in(start);
        walk.goes("outer", OUTER, "outer");
        assert_eq!(walk.aws(), ["AWS_PROFILE=outer"]);
        walk.goes("outer/inner", INNER, "inner");
        assert_eq!(walk.aws(), ["AWS_PROFILE=inner"]);
        walk.ok(&walk.cd("plain"));
        assert_eq!((walk.profile().as_str(), walk.var("AWS_DEFAULT_PROFILE").as_deref()), (base, Some("other")));
    }
}

/// Sets, or removes, both keys.
fn both(cell: &Cell, value: Option<&str>) -> String {
    let [first, second] = KEYS.map(|name| match value {
        Some(value) => cell.shell.set_env(name, value),
        None => cell.shell.unset_env(name),
    });
    cell.shell.then(&first, &second)
}

pub fn keys_entering(cell: &Cell) {
    let start = KEYS.iter().fold(cell.start().env("AWS_PROFILE", "base"), |start, name| start.env(name, "k"));
    let mut walk = cell.walk_in(start);
    walk.goes("outer", OUTER, "base");
    walk.goes_silently("outer/deep", "base");
    walk.goes("outer/inner", INNER, "base");
    walk.goes_silently("plain", "base");
    walk.goes("outer", OUTER, "base");
    walk.reports(&both(cell, None), OUTER, "outer");
    walk.goes("plain", OUTER, "base");
}

pub fn keys_leaving(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer", OUTER, "outer");
    walk.silent(&both(cell, Some("k")), "outer");
    walk.goes_silently("outer/deep", "outer");
    walk.goes("plain", OUTER, "outer");
    walk.reports(&both(cell, None), OUTER, "base");
}

pub fn substitution(cell: &Cell) {
    let shell = cell.shell;
    let mut walk = cell.walk();
    let there = shell.and(&walk.cd("outer"), &shell.print_var("AWS_PROFILE"));
    let text = walk.ok(&shell.subshell(&there));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.last(), Some(&"<outer>"), "{text}");
    // No hook of PowerShell can see that it runs in a substitution. In PowerShell and fish its `cd` stays.
    match shell {
        Shell::PowerShell => walk.names(lines[0], OUTER, "outer"),
        _ => assert_eq!(lines.len(), 1, "{text}"),
    }
    let moves = matches!(shell, Shell::Fish | Shell::PowerShell);
    walk.stays_active("a substitution", if moves { "outer" } else { "base" });
}
