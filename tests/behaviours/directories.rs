//! The directory's layer and the choices made by hand under it.

use super::cell::{INNER, OUTER, Place, Walk};
use super::shell_words as words;
use crate::common::Shell;

const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/// What a line told, and the profile that it then printed as `<profile>`.
#[track_caller]
fn told_and_printed(walk: &Walk, text: &str, file: &str, profile: &str) {
    let (told, printed) = text.split_once('\n').unwrap_or((text, ""));
    walk.names(told, file, profile);
    assert_eq!(printed, format!("<{profile}>"));
}

pub fn enter_nested_leave(place: &Place) {
    let mut walk = place.walk();
    walk.goes_silently("plain", "base");
    walk.goes("outer", OUTER, "outer");
    walk.goes_silently("outer/deep/er", "outer");
    walk.goes("outer/inner/deep", INNER, "inner");
    walk.goes_silently("outer/inner", "inner");
    walk.goes("outer/deep", OUTER, "outer");
    walk.goes("plain", OUTER, "base");
    walk.goes("outer/inner", INNER, "inner");
    walk.goes("", INNER, "base");
    walk.told("cd outer", OUTER, "outer");
    walk.silent("cd deep", "outer");
    walk.told("cd ../..", OUTER, "base");
}

pub fn same_line(place: &Place) {
    let shell = place.shell;
    let mut walk = place.walk();
    let print = shell.print_var("AWS_PROFILE");
    for (dir, file, profile) in [
        ("outer", OUTER, "outer"),
        ("outer/inner", INNER, "inner"),
        ("outer/deep", OUTER, "outer"),
        ("plain", OUTER, "base"),
    ] {
        let line = shell.and(&walk.cd(dir), &print);
        let text = walk.ok(&line);
        told_and_printed(&walk, &text, file, profile);
        walk.stands(&line, profile);
    }
    let there = shell.then(&walk.cd("outer/inner"), &shell.then(&print, &walk.cd("plain")));
    let text = walk.ok(&shell.and(&there, &print));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[1], lines[3]), (4, "<inner>", "<base>"), "{text}");
    walk.names(lines[0], INNER, "inner");
    walk.names(lines[2], INNER, "base");
}

pub fn pushd_popd(place: &Place) {
    let shell = place.shell;
    let mut walk = place.walk();
    let path = |dir: &str| shell.path(place.world.path(dir));
    for (line, file, profile) in [
        (words::push(shell, &path("outer")), OUTER, "outer"),
        (words::push(shell, &path("outer/inner")), INNER, "inner"),
        (words::pop(shell).to_owned(), OUTER, "outer"),
        (words::pop(shell).to_owned(), OUTER, "base"),
    ] {
        let text = walk.ok(&shell.and(&line, &shell.print_var("AWS_PROFILE")));
        told_and_printed(&walk, &text, file, profile);
        walk.stands(&line, profile);
    }
}

pub fn no_base(place: &Place) {
    let mut walk = place.walk_in(place.start().env("AWS_PROFILE", ""));
    for base in ["an empty one", "none"] {
        walk.goes("outer", OUTER, "outer");
        walk.goes("plain", OUTER, "");
        assert_eq!(walk.var("AWS_PROFILE"), None, "{base}");
    }
}

pub fn by_hand_inside(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    walk.one_line("aws-switch other");
    walk.stands("aws-switch other", "other");
    walk.goes_silently("outer/deep/er", "other");
    walk.goes_silently("outer", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer/deep", OUTER, "outer");
    walk.ok("aws-switch -");
    walk.stands("aws-switch -", "base");
    walk.told("aws-switch auto", OUTER, "outer");
    walk.goes("", OUTER, "base");
    // What is chosen in the same line before a change of folder counts.
    let line = place.shell.then(&words::quietly(place.shell, "aws-switch dev"), &walk.cd("outer"));
    let text = walk.ok(&line);
    walk.names(text.lines().last().unwrap_or_default(), OUTER, "outer");
    walk.goes("plain", OUTER, "dev");
}

pub fn exported_by_hand(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    walk.silent(&place.shell.set_env("AWS_PROFILE", "other"), "other");
    walk.goes_silently("outer/deep", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer", OUTER, "outer");
    let line = place.shell.then(&place.shell.set_env("AWS_PROFILE", "dev"), &walk.cd("outer/deep"));
    walk.silent(&line, "dev");
    walk.goes_silently("plain", "dev");
    walk.goes("outer", OUTER, "outer");
    walk.silent(&place.shell.set_env("AWS_PROFILE", "outer"), "outer");
    walk.goes("plain", OUTER, "dev");
}

pub fn none_by_hand(place: &Place) {
    let shell = place.shell;
    let mut walk = place.walk();
    for choice in ["aws-switch --unset", &shell.unset_env("AWS_PROFILE"), &shell.set_env("AWS_PROFILE", "")] {
        walk.ok("aws-switch base");
        walk.goes("outer", OUTER, "outer");
        walk.ok(choice);
        walk.stands(choice, "");
        walk.goes_silently("outer/deep", "");
        walk.goes_silently("plain", "");
        walk.goes("outer", OUTER, "outer");
        walk.goes("plain", OUTER, "");
        assert_eq!(walk.var("AWS_PROFILE"), None, "{choice}");
    }
}

pub fn nearer_file(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch other");
    walk.goes("outer/inner", INNER, "inner");
    walk.goes("outer", OUTER, "outer");
    walk.goes("plain", OUTER, "other");
    walk.goes("outer/deep", OUTER, "outer");
    walk.ok("aws-switch dev");
    let nearer = place.world.write("outer/deep/.awsprofile", "inner");
    walk.told(words::nothing(place.shell), "outer/deep/.awsprofile", "inner");
    std::fs::remove_file(nearer).unwrap();
    walk.ok("");
    walk.stands("the nearer file is gone", "outer");
    walk.goes("", OUTER, "dev");
}

pub fn while_there(place: &Place) {
    let mut walk = place.walk();
    let file = "plain/.awsprofile";
    let nothing = words::nothing(place.shell);
    walk.goes_silently("plain", "base");
    for profile in ["outer", "inner", "other", "inner"] {
        // As long as before, some of them.
        place.world.write(file, profile);
        walk.told(nothing, file, profile);
    }
    std::fs::remove_file(place.world.path(file)).unwrap();
    walk.told(nothing, file, "base");
    walk.told("echo outer >.awsprofile", file, "outer");
    place.world.write("plain/new", "inner");
    walk.told("mv new .aws2; mv .awsprofile gone; mv .aws2 .awsprofile", file, "inner");
    walk.told("mv .awsprofile gone2", file, "base");
    // The folder itself goes.
    place.world.write("lost/.awsprofile", "outer");
    walk.goes("lost", "lost/.awsprofile", "outer");
    std::fs::remove_dir_all(place.world.path("lost")).unwrap();
    walk.told(nothing, "lost/.awsprofile", "base");
    walk.goes("outer", OUTER, "outer");
}

pub fn edits_under_a_choice(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    walk.ok("aws-switch other");
    for content in ["inner\n", "base\neu-west-1\n", "", "no-such-profile\n"] {
        place.world.write(OUTER, content);
        walk.silent(words::nothing(place.shell), "other");
    }
    place.world.write(OUTER, "inner\n");
    walk.goes_silently("outer/deep", "other");
    walk.goes_silently("plain", "other");
    walk.goes("outer", OUTER, "inner");
}

pub fn failing_cd(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    for failing in ["cd nowhere", "cd .awsprofile"] {
        let line = words::quietly(place.shell, failing);
        let output = walk.run(&line);
        assert_eq!((output.text.as_str(), output.status), ("", 1), "{failing}");
        walk.stands(failing, "outer");
    }
}

pub fn hostile_names(place: &Place) {
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
    // Windows has no files of such names.
    let elsewhere = ["*", "?", "\\u", "\"q\"", "a|b<c>", "trail "];
    let on_windows = place.shell.path("/").starts_with("Z:");
    let names = everywhere.iter().chain(elsewhere.iter().filter(|_| !on_windows));
    let mut walk = place.walk();
    for name in names {
        place.world.dir(format!("{name}/in"));
        let file = format!("{name}/.awsprofile");
        place.world.write(&file, "outer");
        let text = walk.ok(&place.shell.and(&walk.cd(&format!("{name}/in")), &place.shell.print_var("AWS_PROFILE")));
        told_and_printed(&walk, &text, &file, "outer");
        walk.silent(&walk.cd(name), "outer");
        let text = walk.ok(&walk.cd(""));
        walk.names(&text, &file, "base");
    }
    assert!(!place.world.path("x").exists());
}

pub fn odd_files(place: &Place) {
    let mut walk = place.walk();
    for content in
        ["outer", "outer\r\n", "\r\n# a comment\r\n  outer\t \r\n\r\n", "# a\n\n#b\nouter\n# c\n", "\touter \n\n\n"]
    {
        place.world.write("odd/.awsprofile", content);
        walk.goes("odd", "odd/.awsprofile", "outer");
        walk.goes("plain", "odd/.awsprofile", "base");
    }
    place.world.write("odd/.awsprofile", "outer\r\neu-west-1\r\n");
    walk.goes("odd", "odd/.awsprofile", "outer");
    assert_eq!(walk.var("AWS_REGION").as_deref(), Some("eu-west-1"));
}

pub fn default_profile(place: &Place) {
    for base in ["base", ""] {
        let start = place.start().env("AWS_PROFILE", base).env("AWS_DEFAULT_PROFILE", "other");
        let mut walk = place.walk_in(start);
        walk.goes("outer", OUTER, "outer");
        assert_eq!(walk.aws(), ["AWS_PROFILE=outer"]);
        walk.goes("outer/inner", INNER, "inner");
        assert_eq!(walk.aws(), ["AWS_PROFILE=inner"]);
        walk.ok(&walk.cd("plain"));
        assert_eq!((walk.profile().as_str(), walk.var("AWS_DEFAULT_PROFILE").as_deref()), (base, Some("other")));
    }
}

/// Sets, or removes, both keys.
fn both(place: &Place, value: Option<&str>) -> String {
    let [first, second] = KEYS.map(|name| match value {
        Some(value) => place.shell.set_env(name, value),
        None => place.shell.unset_env(name),
    });
    place.shell.then(&first, &second)
}

pub fn keys_entering(place: &Place) {
    let start = KEYS.iter().fold(place.start().env("AWS_PROFILE", "base"), |start, name| start.env(name, "k"));
    let mut walk = place.walk_in(start);
    walk.goes("outer", OUTER, "base");
    walk.goes_silently("outer/deep", "base");
    walk.goes("outer/inner", INNER, "base");
    walk.goes_silently("plain", "base");
    walk.goes("outer", OUTER, "base");
    walk.told(&both(place, None), OUTER, "outer");
    walk.goes("plain", OUTER, "base");
}

pub fn keys_leaving(place: &Place) {
    let mut walk = place.walk();
    walk.goes("outer", OUTER, "outer");
    walk.silent(&both(place, Some("k")), "outer");
    walk.goes_silently("outer/deep", "outer");
    walk.goes("plain", OUTER, "outer");
    walk.told(&both(place, None), OUTER, "base");
}

pub fn substitution(place: &Place) {
    let shell = place.shell;
    let mut walk = place.walk();
    let there = shell.and(&walk.cd("outer"), &shell.print_var("AWS_PROFILE"));
    let text = walk.ok(&shell.subshell(&there));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.last(), Some(&"<outer>"), "{text}");
    // In PowerShell no hook can see that it is in one; in fish, and there, it really moves the shell.
    match shell {
        Shell::PowerShell => walk.names(lines[0], OUTER, "outer"),
        _ => assert_eq!(lines.len(), 1, "{text}"),
    }
    let moves = matches!(shell, Shell::Fish | Shell::PowerShell);
    walk.stands("a substitution", if moves { "outer" } else { "base" });
}
