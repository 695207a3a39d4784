//! Tab: the line that it completes switches to exactly the profile with this name, whatever the name.

use std::path::Path;
use std::time::Duration;

use super::cell::Cell;
use crate::common::hostile_names::{EVERYWHERE, write_profiles};
use crate::common::{Shell, Walk, in_ci};

/// Types the line, in which `quote` is open, presses Tab and Enter; returns the failure unless that switched to `name`.
fn press(cell: &Cell, walk: &mut Walk, line: &str, quote: &str, name: &str) -> Option<String> {
    walk.session.keys(format!("{line}\t"));
    // After one of these characters fish expects more input, and leaves an open quote open.
    if cell.shell == Shell::Fish && name.ends_with(['/', '=', '@', ':', '.']) {
        walk.session.keys(quote);
    }
    let output = walk.session.submit();
    let profile = walk.var("AWS_PROFILE");
    assert!(!cell.world.path("canary").exists(), "{line}<Tab> ran a part of {name:?}");
    let right = (output.status, profile.as_deref()) == (0, Some(name));
    (!right).then(|| format!("{line}<Tab> for {name:?}: {profile:?}, {}", output.text))
}

#[track_caller]
fn none_of(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

pub fn every_name(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    let mut wrong = Vec::new();
    for name in EVERYWHERE {
        write_profiles(&cell.world, &[name]);
        wrong.extend(press(cell, &mut walk, "aws-switch ", "", name));
    }
    none_of(wrong);
}

/// The longest beginning that needs no quotes in any shell; "" if a command begins with it.
fn beginning(name: &str) -> &str {
    // In PowerShell `@` begins a splatted variable.
    if name.starts_with('@') {
        return "";
    }
    let end = name.find(|c: char| !c.is_alphanumeric() && !":@".contains(c)).unwrap_or(name.len());
    let begun = &name[..end];
    let commands = [
        "allow",
        "auto",
        "completions",
        "configure",
        "current",
        "deny",
        "exec",
        "init",
        "list",
        "login",
        "pin",
        "resolve",
        "setup",
        "use",
        "whoami",
    ];
    if commands.iter().any(|command| command.starts_with(begun)) { "" } else { begun }
}

pub fn begun_names(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    let mut wrong = Vec::new();
    for (name, typed) in
        EVERYWHERE.map(|name| (name, beginning(name))).into_iter().filter(|(_, typed)| !typed.is_empty())
    {
        // Other profiles beside it, so that the typed beginning decides.
        write_profiles(&cell.world, &["zz-other", name, "zz other"]);
        wrong.extend(press(cell, &mut walk, &format!("aws-switch {typed}"), "", name));
    }
    none_of(wrong);
}

pub fn open_quotes(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    let mut wrong = Vec::new();
    for (index, name) in EVERYWHERE.into_iter().enumerate() {
        let typed = beginning(name);
        write_profiles(&cell.world, &[name, "zz-other"][..if typed.is_empty() { 1 } else { 2 }]);
        let quote = if index % 2 == 0 { "'" } else { "\"" };
        wrong.extend(press(cell, &mut walk, &format!("aws-switch {quote}{typed}"), quote, name));
    }
    none_of(wrong);
}

pub fn behind_use(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    let mut wrong = Vec::new();
    for name in ["-dash", "--", "--region", "-h", "--unset", "list", "use", "-$(touch canary) 'x'"] {
        write_profiles(&cell.world, &[name, "zz other"]);
        // Only the other name is offered without `use --`.
        wrong.extend(press(cell, &mut walk, "aws-switch ", "", "zz other"));
        write_profiles(&cell.world, &[name]);
        wrong.extend(press(cell, &mut walk, "aws-switch use -- ", "", name));
    }
    write_profiles(&cell.world, &["--zz", "zz other"]);
    for begin in ["aws-switch use -- ", "aws-switch use --region eu-west-1 -- "] {
        wrong.extend(press(cell, &mut walk, &format!("{begin}zz"), "", "zz other"));
        wrong.extend(press(cell, &mut walk, &format!("{begin}--z"), "", "--zz"));
    }
    none_of(wrong);
}

pub fn commands_and_options(cell: &Cell) {
    let mut walk = cell.walk();
    for (typed, line) in [
        ("aws-switch li", "aws-switch list"),
        ("aws-switch list --js", "aws-switch list --json"),
        ("aws-switch curr", "aws-switch current"),
        ("aws-switch --un", "aws-switch --unset"),
        ("aws-switch auto of", "aws-switch auto off"),
        ("aws-switch init pow", "aws-switch init powershell"),
        ("aws-switch work --reg", "aws-switch work --region"),
        ("aws-switch work --region eu-nor", "aws-switch work --region eu-north-1"),
        ("aws-switch work --region=eu-nor", "aws-switch work --region=eu-north-1"),
        ("aws-switch pin ou", "aws-switch pin outer"),
    ] {
        walk.session.keys(format!("{typed}\t"));
        let prompt = walk.session.wait(&format!("{line:?} of {typed:?}"), |display| {
            let shown = display.cursor_line();
            shown.strip_suffix(line).map(str::to_owned)
        });
        assert_eq!(prompt, "(aws:base) test$ ", "{typed}");
        // With --help no line changes anything.
        walk.session.keys(" --help");
        walk.session.submit();
        assert_eq!(walk.profile(), "base");
    }
}

pub fn descriptions(cell: &Cell) {
    cell.world.config("[profile work-one]\nregion = eu-west-1\n[profile work-two]\n");
    let mut walk = cell.walk_in(cell.start());
    match cell.shell {
        Shell::PowerShell => {
            let text = walk.ok(
                "(TabExpansion2 'aws-switch wo' 13).CompletionMatches | % { \"$($_.ListItemText) <$($_.ToolTip)>\" }",
            );
            let lines: Vec<_> = text.lines().collect();
            assert!(lines[0].starts_with("work-one <") && lines[0].contains("eu-west-1"), "{text}");
            assert!(lines[1].starts_with("work-two <") && !lines[1].ends_with("<>"), "{text}");
            assert_eq!(lines.len(), 2, "{text}");
        }
        Shell::Fish => {
            let text = walk.ok("complete -C 'aws-switch wo'");
            assert!(text.lines().any(|line| line.starts_with("work-one") && line.contains("eu-west-1")), "{text}");
        }
        _ => {
            // bash before 4.0 does not say that it only lists, and shows names alone.
            walk.session.keys("aws-switch wo\t\t\t");
            walk.session.wait_for("work-two", Duration::from_secs(10));
            let screen = walk.session.screen();
            // The third Tab may have put the name on the line itself already.
            let line = screen.lines().find(|line| line.trim_start().starts_with("work-one")).unwrap();
            let described = line.contains("eu-west-1") && !line.contains("work-two");
            assert_eq!(described, !cell.shell.is_bash_before(400), "{screen}");
        }
    }
}

/// bash-completion, where it is installed and the shell is new enough for it.
fn bash_completion(shell: Shell) -> Option<&'static str> {
    let files =
        ["/usr", "/opt/homebrew", "/usr/local"].map(|dir| format!("{dir}/share/bash-completion/bash_completion"));
    let file = files.into_iter().find(|file| !shell.is_bash_before(402) && Path::new(file).is_file());
    assert!(file.is_some() || shell.is_bash_before(402) || !in_ci(), "tests/install installs bash-completion");
    file.map(|file| &*file.leak())
}

/// Defines `zq-tool`, a command whose completion is `sub-alpha`.
fn tool(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash | Shell::Bash32 => "zq-tool() { :; }; _zq() { COMPREPLY=(sub-alpha); }; complete -F _zq zq-tool",
        Shell::Zsh => "zq-tool() { : }; _zq() { compadd sub-alpha }; compdef _zq zq-tool",
        Shell::Fish => "function zq-tool; end; complete -c zq-tool -f -a sub-alpha",
        Shell::PowerShell => {
            "function global:zq-tool { }; Register-ArgumentCompleter -Native -CommandName zq-tool -ScriptBlock { 'sub-alpha' }"
        }
    }
}

pub fn command_after_exec(cell: &Cell) {
    cell.world.write("plain/file-one", "");
    let bash_completion = if cell.shell.is_bash() { bash_completion(cell.shell) } else { None };
    let load = bash_completion.map(|file| format!(". {file}")).unwrap_or_default();
    let mut walk = cell
        .walk_in(cell.start().env("AWS_PROFILE", "base").before(&format!("{}\n{load}", cell.shell.completion_setup())));
    walk.ok(&cell.cd("plain"));
    walk.ok(tool(cell.shell));
    let file = if cell.shell == Shell::PowerShell { r".\file-one" } else { "file-one" };
    for (typed, line) in [
        ("aws-switch exec wor", "aws-switch exec work"),
        ("aws-switch exec work ", "aws-switch exec work --"),
        ("aws-switch exec --her", "aws-switch exec --here"),
        ("aws-switch exec --here --ch", "aws-switch exec --here --check"),
        ("aws-switch exec --here --check ", "aws-switch exec --here --check --"),
        ("aws-switch exec --here -- zq-t", "aws-switch exec --here -- zq-tool"),
        ("aws-switch env --format dot", "aws-switch env --format dotenv"),
        ("aws-switch env wor", "aws-switch env work"),
        ("aws-switch exec work -- zq-t", "aws-switch exec work -- zq-tool"),
        ("aws-switch exec work -- zq-tool su", "aws-switch exec work -- zq-tool sub-alpha"),
        (
            "aws-switch exec work -- zq-tool '$(touch canary)' su",
            "aws-switch exec work -- zq-tool '$(touch canary)' sub-alpha",
        ),
        ("aws-switch exec '$(touch canary)' -- zq-tool su", "aws-switch exec '$(touch canary)' -- zq-tool sub-alpha"),
        ("aws-switch exec work -- ls fil", &format!("aws-switch exec work -- ls {file}")),
        ("aws-switch exec work -- aws-switch lis", "aws-switch exec work -- aws-switch list"),
        (
            "aws-switch exec work -- zq-tool $(touch canary) su",
            "aws-switch exec work -- zq-tool $(touch canary) sub-alpha",
        ),
    ] {
        // bash itself completes no arguments of another command.
        if cell.shell.is_bash()
            && bash_completion.is_none()
            && ["zq-tool ", "aws-switch "].iter().any(|name| typed.contains(&format!("-- {name}")))
        {
            continue;
        }
        walk.session.keys(format!("{typed}\t"));
        walk.session.wait(&format!("{line:?} of {typed:?}"), |display| {
            let shown = display.cursor_line();
            shown.trim_end().ends_with(line).then_some(())
        });
        for dir in ["", "plain/"] {
            assert!(!cell.world.path(format!("{dir}canary")).exists(), "{typed}<Tab> ran a part of it");
        }
        // No line but the last does harm when it is run.
        if !typed.contains(" $(") {
            walk.session.submit();
        }
    }
}
