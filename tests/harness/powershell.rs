//! The harness with PowerShell.

use std::thread;
use std::time::{Duration, Instant};

use crate::common::powershell::take_without_noise;
use crate::common::{Shell, World};

const PS: Shell = Shell::PowerShell;

#[test]
fn a_command_gives_its_text_and_status() {
    if !PS.is_here() {
        return;
    }
    let world = World::new();
    let begin = Instant::now();
    let mut session = world.start(PS).integration("").env("GIVEN", "g").env("EMPTY", "").spawn();
    println!("start {:?}", begin.elapsed());
    assert_eq!(session.prompt(), "test$");
    assert_eq!(session.ok("\"out\"; [Console]::Error.WriteLine('err')"), "out\nerr");
    assert_eq!(session.ok("''; 'last'; ''"), "\nlast");
    assert_eq!(session.ok("'x' * 450"), "x".repeat(450));
    let many = session.ok("1..300");
    assert_eq!((many.lines().count(), many.lines().last()), (300, Some("300")));
    assert_eq!(session.ok(&format!("'{}'; 'é 日'", "y".repeat(600))), format!("{}\né 日", "y".repeat(600)));

    for (line, status) in [
        (PS.fail_with(7), 7),
        (PS.fail_with(7), 7),
        ("Get-Item nowhere".to_owned(), 1),
        (String::new(), 1),
        (PS.then(&PS.fail_with(9), "'x'"), 0),
    ] {
        assert_eq!(session.run(&line).status, status, "{line}");
    }
    assert_eq!(session.ok(PS.print_status()), "status 9");
    let value = r#"it's "$HOME" `x` \ * ! é"#;
    session.ok(&PS.set_env("EXPORTED", value));
    session.ok(&PS.set_local("KEPT", value));
    let environment = session.environment();
    assert_eq!(environment.get("EXPORTED").map(String::as_str), Some(value));
    assert_eq!(environment.get("GIVEN").map(String::as_str), Some("g"));
    assert_eq!(environment.get("EMPTY").map(String::as_str), Some(""));
    assert_eq!(environment.get("KEPT"), None);
    assert!(!environment.keys().any(|name| name.starts_with("AWS") || name.starts_with("CARGO")));
    assert_eq!(session.ok(&PS.print_var("EXPORTED")), format!("<{value}>"));
    assert_eq!(session.ok(&PS.print_var("KEPT")), format!("<{value}>"));
    assert_eq!(session.ok(&PS.print_var("NEITHER")), "<>");
    session.ok(&PS.unset_env("EXPORTED"));
    assert_eq!(session.var("EXPORTED"), None);

    let odd = world.dir("a 'b' [c] $(d) ü");
    assert_eq!(session.ok("$PWD.ProviderPath"), PS.path(world.home()));
    assert_eq!(session.ok(&PS.and(&PS.cd(&odd), "$PWD.ProviderPath")), PS.path(&odd));
    session.ok(
        "function prompt { $mark = __test_mark $?; Write-Host '(aws:x) ' -NoNewline -ForegroundColor Red; \"$mark\" }",
    );
    assert_eq!(session.prompt(), "(aws:x)");
    assert_eq!(session.colour_of("(aws:"), Some(vt100::Color::Idx(9)));
    let begin = Instant::now();
    for _ in 0..20 {
        session.ok("$null");
    }
    println!("run {:?}", begin.elapsed() / 20);
    session.keys("exit 5\r");
    assert_eq!(session.wait_end(), 5);
}

#[test]
fn the_integration_is_loaded_between_the_other_lines() {
    if !PS.is_here() {
        return;
    }
    let world = World::new();
    world.config("[profile work]\n[profile 'a b']\n");
    let (before, after) = (PS.set_local("BEFORE", "b"), PS.set_local("AFTER", "a"));
    let mut session = world.start(PS).before(&before).after(&after).spawn();
    assert_eq!(session.run("aws-switch nobody").status, 3);
    assert_eq!(session.ok("\"$BEFORE$AFTER\""), "ba");
    session.ok("aws-switch work");
    assert_eq!(session.prompt(), "(aws:work) test$");
    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"));
    session.keys("aws-switch a\t");
    session.wait_for("'a b'", Duration::from_secs(20));
    assert_eq!(session.submit().status, 0);
    assert_eq!(session.prompt(), "(aws:a b) test$");
}

#[test]
fn ctrl_c_ends_what_runs_and_the_next_line_reaches_the_shell() {
    if !PS.is_here() {
        return;
    }
    let world = World::new();
    let mut session = world.start(PS).integration("").spawn();
    let runs = "'runs'; for (;;) { Start-Sleep -Milliseconds 100 }";
    let reads = "cmd /c 'echo reads & set /p answer= & echo answered'";
    for (line, shown) in [(runs, "runs"), (reads, "reads")] {
        if line == reads && !PS.is_wine() {
            continue;
        }
        session.keys(format!("{line}\r"));
        session.wait(shown, |display| display.text().lines().any(|line| line.trim() == shown).then_some(()));
        // It prints before it reads.
        thread::sleep(Duration::from_millis(500));
        session.interrupt();
        assert_eq!(session.ok("'next'"), "next", "{line}");
        assert_eq!(session.ok("'last'"), "last", "{line}");
    }
}

#[test]
fn messages_of_wine_are_removed() {
    let mut arrived =
        b"a\nwine client error:6d8: b\nsendmsg: Bad file descriptor\nwine: Read access denied for x\nc wine: Read access denied for".to_vec();
    assert_eq!(take_without_noise(&mut arrived), b"a\nb\nc ");
    arrived.extend(b" y\nd");
    assert_eq!(take_without_noise(&mut arrived), b"d");
    assert_eq!(arrived, b"");
}
