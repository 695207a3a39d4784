//! Help: on a narrow terminal, of one command, and in every shell.

use crate::common::{Shell, World, commands, text};

/// Each command line that prints a help text.
fn help_lines(world: &World) -> Vec<String> {
    let commands = commands(world).into_iter().map(|command| format!("aws-switch {command} --help"));
    ["aws-switch --help".to_owned(), "aws-switch -h".to_owned()].into_iter().chain(commands).collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn help_is_wrapped_at_words_to_the_width_of_the_terminal() {
    let world = World::new();
    let Some(&shell) = Shell::available().first() else { return };
    let start = |columns| world.start(shell).integration("").env("NO_COLOR", "1").size(60, columns).spawn();
    let mut wide = start(200);
    for columns in [80, 60] {
        let mut narrow = start(columns);
        for line in help_lines(&world) {
            let text = narrow.ok(&line);
            for row in text.lines() {
                assert!(row.chars().count() <= columns.into(), "{columns} columns: {line}: {row}");
            }
            assert_eq!(words(&text), words(&wide.ok(&line)), "{columns} columns: {line}");
        }
    }
}

#[test]
fn no_example_wraps_at_80_columns() {
    let world = World::new();
    let mut count = 0;
    for line in help_lines(&world) {
        let help = text(&world, &line.split(' ').skip(1).collect::<Vec<_>>());
        let examples = help.lines().skip_while(|row| !row.starts_with("Example")).filter(|row| row.starts_with("  "));
        for row in examples {
            assert!(row.chars().count() <= 78, "{line}: {row}");
            count += 1;
        }
    }
    assert!(count > 15, "{count} examples");
}

#[test]
fn help_command_prints_what_the_option_prints() {
    let world = World::new();
    world.config("[profile help]\n[profile ls]\n[profile work]\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).spawn();
        for (command, option) in [("help", "--help"), ("help list", "list --help"), ("help ls", "ls --help")] {
            let help = session.ok(&format!("aws-switch {command}"));
            assert!(help.contains("Usage: aws-switch"), "{shell:?}: {help}");
            assert_eq!(help, session.ok(&format!("aws-switch {option}")), "{shell:?}: {command}");
        }
        assert_eq!(session.ok("aws-switch ls"), session.ok("aws-switch list"), "{shell:?}");
        let output = session.run("aws-switch help lisst");
        let line = "aws-switch: error: no command named 'lisst'; see 'aws-switch help'";
        assert_eq!((output.status, output.text.as_str()), (2, line), "{shell:?}");
        session.ok("aws-switch use ls");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("ls"), "{shell:?}");
    }
}

#[test]
fn short_options_do_what_the_long_ones_do() {
    let world = World::new();
    world.config("[profile work]\n[profile acme-prod]\n");
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_SWITCH_CONFIRM", "protected").spawn();
        session.ok("aws-switch -y -r eu-west-1 -f 1h acme-prod");
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("acme-prod"), "{shell:?}");
        assert_eq!(session.var("AWS_REGION").as_deref(), Some("eu-west-1"), "{shell:?}");
        assert!(session.prompt().contains("(aws:acme-prod@eu-west-1 "), "{shell:?}: {}", session.prompt());
        session.ok("aws-switch -u");
        assert_eq!(session.var("AWS_PROFILE"), None, "{shell:?}");
        let output = session.run("aws-switch -l work");
        assert_eq!(output.status, 1, "{shell:?}: a profile without credentials: {}", output.text);
    }
}
