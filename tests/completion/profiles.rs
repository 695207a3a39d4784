//! Tab after a typed beginning of a name: the line that it completes switches to exactly that profile.

use super::start;
use crate::common::hostile_names::{self, write_profiles};
use crate::common::{Session, Shell, World, commands};

/// Names that only `use --` reaches.
const BEHIND_USE: [&str; 10] =
    ["-", "-dash", "--", "--region", "-h", "--unset", "list", "use", "completions", "-$(touch canary) 'x'"];

/// A way to type the beginning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// As it is, up to the first character that is special to some shell.
    Bare,
    /// Special characters after backslashes.
    Escaped,
    /// After a single quote that stays open.
    Single,
    /// After a double quote that stays open.
    Double,
}

impl Style {
    /// The quote that stays open.
    fn quote(self) -> &'static str {
        match self {
            Self::Bare | Self::Escaped => "",
            Self::Single => "'",
            Self::Double => "\"",
        }
    }

    /// The first `count` characters of a name, as typed; `None` where this style cannot type it.
    fn type_in(self, shell: Shell, name: &str, count: usize) -> Option<String> {
        let start: Vec<char> = name.chars().take(count).collect();
        let fish = shell == Shell::Fish;
        let escape = |escaped: &str| {
            let each = start.iter().map(|&c| if escaped.contains(c) { format!("\\{c}") } else { c.to_string() });
            each.collect::<String>()
        };
        match self {
            Self::Bare => {
                let plain = |(at, c): (usize, &char)| {
                    c.is_alphanumeric() || ":@,+./_".contains(*c) || !c.is_ascii() || (at > 0 && "=#%-".contains(*c))
                };
                start.iter().enumerate().all(plain).then(|| start.iter().collect())
            }
            Self::Escaped => Some(escape(" '\"$`*?[]{}#~\\!&;|<>()^=")),
            Self::Single if fish => Some(format!("'{}", escape("'\\"))),
            Self::Single => (!start.contains(&'\'')).then(|| format!("'{}", start.iter().collect::<String>())),
            Self::Double if fish => Some(format!("\"{}", escape("\"$\\"))),
            // In double quotes the shell expands `!` from its history.
            Self::Double => (!start.contains(&'!')).then(|| format!("\"{}", escape("\"$`\\"))),
        }
    }
}

/// fish expands these at the start of a bare word, and does not escape them when it completes to one; only quotes or
/// a typed backslash help.
fn is_lost_bare(shell: Shell, name: &str) -> bool {
    shell == Shell::Fish && (name.starts_with('~') || name == "%self")
}

/// Types the line, in which `quote` is open, presses Tab and Enter; returns the failure unless that switched to `name`.
fn press(world: &World, session: &mut Session, line: &str, quote: &str, name: &str) -> Result<(), String> {
    session.keys(format!("{line}\t"));
    // After one of these characters fish expects more input, and leaves an open quote open.
    let whole = line.ends_with(name);
    if session.shell() == Shell::Fish && !whole && name.ends_with(['/', '=', '@', ':', '.']) {
        session.keys(quote);
    }
    let output = session.submit();
    let profile = session.var("AWS_PROFILE");
    if world.path("canary").exists() {
        panic!("{:?}: {line}<Tab> ran a part of {name:?}", session.shell());
    }
    if (output.status, profile.as_deref()) == (0, Some(name)) {
        return Ok(());
    }
    Err(format!("{:?}: {line}<Tab> for {name:?}: {profile:?}, {}", session.shell(), output.text))
}

/// How many characters of a name to type: the fewest that no command begins with, and all of it.
fn counts(name: &str, commands: &[String]) -> Vec<usize> {
    let all = name.chars().count();
    let is_unique = |count: &usize| {
        let start: String = name.chars().take(*count).collect();
        !commands.iter().any(|command| command.starts_with(&start))
    };
    let least = (1..all).find(is_unique).unwrap_or(all);
    let mut counts = vec![least, all];
    counts.dedup();
    counts
}

/// Types each name's beginnings, but not all of one name in a row: a line that does nothing then leaves another
/// profile active.
fn complete_all(style: Style) {
    let world = World::new();
    let commands = commands(&world);
    let mut wrong = Vec::new();
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for part in 0..2 {
            for name in hostile_names::all() {
                let Some(&count) = counts(name, &commands).get(part) else { continue };
                let Some(typed) = style.type_in(shell, name, count) else { continue };
                if style.quote().is_empty() && !typed.starts_with('\\') && is_lost_bare(shell, name) {
                    continue;
                }
                write_profiles(&world, &["zz-other", name, "zz other"]);
                wrong.extend(press(&world, &mut session, &format!("aws-switch {typed}"), style.quote(), name).err());
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_bare_beginning_completes_to_every_name() {
    complete_all(Style::Bare);
}

#[test]
fn a_beginning_with_backslashes_completes_to_every_name() {
    complete_all(Style::Escaped);
}

#[test]
fn a_beginning_after_an_open_single_quote_completes_to_every_name() {
    complete_all(Style::Single);
}

#[test]
fn a_beginning_after_an_open_double_quote_completes_to_every_name() {
    complete_all(Style::Double);
}

#[test]
fn the_only_name_is_inserted_at_once_and_after_an_open_quote() {
    let world = World::new();
    let mut wrong = Vec::new();
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for (begin, quote) in [("aws-switch ", ""), ("aws-switch '", "'"), ("aws-switch \"", "\"")] {
            // fish hides these until a dot is typed.
            let is_shown = |name: &&str| !(name.starts_with('.') || quote.is_empty() && is_lost_bare(shell, name));
            for name in hostile_names::all().filter(is_shown) {
                write_profiles(&world, &[name]);
                wrong.extend(press(&world, &mut session, begin, quote, name).err());
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_name_like_a_command_or_option_completes_only_after_use_and_dashes() {
    let world = World::new();
    let mut wrong = Vec::new();
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for name in BEHIND_USE {
            write_profiles(&world, &[name, "zz other"]);
            let typed = Style::Escaped.type_in(shell, name, (name.len() - 1).max(1)).unwrap();
            for begin in ["aws-switch use -- ", "aws-switch use --region eu-west-1 -- "] {
                wrong.extend(press(&world, &mut session, &format!("{begin}{typed}"), "", name).err());
                wrong.extend(press(&world, &mut session, &format!("{begin}zz"), "", "zz other").err());
            }
            // Only the other name is offered without `use --`.
            wrong.extend(press(&world, &mut session, "aws-switch ", "", "zz other").err());
            write_profiles(&world, &[name]);
            wrong.extend(press(&world, &mut session, "aws-switch use -- ", "", name).err());
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_empty_name_and_one_with_control_characters_are_never_offered() {
    let world = World::new();
    for shell in Shell::available() {
        let mut session = start(&world, shell);
        for hidden in ["", "a\tb", "a\u{1b}[31mb", "\u{7f}a", "a\u{85}b", "\u{9b}31m"] {
            write_profiles(&world, &[hidden, "ok"]);
            assert!(world.helper().args(["list", "--names"]).output().unwrap().stdout.starts_with(hidden.as_bytes()));
            for begin in ["aws-switch ", "aws-switch use ", "aws-switch use -- "] {
                press(&world, &mut session, begin, "", "ok").unwrap();
                session.ok("aws-switch --unset");
            }
        }
    }
}

#[test]
fn names_beyond_ascii_complete_under_the_c_locale_too() {
    let world = World::new();
    let mut wrong = Vec::new();
    for shell in Shell::available() {
        let mut session = world.start(shell).before(shell.completion_setup()).env("LC_ALL", "C").spawn();
        for name in hostile_names::all().filter(|name| !name.is_ascii()) {
            write_profiles(&world, &[name]);
            for (begin, quote) in [("aws-switch ", ""), ("aws-switch '", "'"), ("aws-switch \"", "\"")] {
                if shell == Shell::Zsh && !quote.is_empty() {
                    // Within quotes zsh garbles such bytes, so the names are not offered there.
                    session.keys(format!("{begin}\t#"));
                    session.wait_line(&format!("test$ {begin}#"));
                    session.keys("\x15");
                    continue;
                }
                wrong.extend(press(&world, &mut session, begin, quote, name).err());
                session.ok("aws-switch --unset");
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn in_zsh_without_history_expansion_an_exclamation_mark_completes_within_quotes() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    write_profiles(&world, &["zba!tail"]);
    let setup = format!("{}\nunsetopt bang_hist", Shell::Zsh.completion_setup());
    let mut session = world.start(Shell::Zsh).before(&setup).spawn();
    for begin in ["\"zba!", "\"zb", "'zba!", "zba\\!"] {
        session.keys(format!("aws-switch {begin}\t"));
        session.wait("the name", |display| display.cursor_line().contains("tail").then_some(()));
        session.submit();
        assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("zba!tail"), "{begin}");
        session.ok("aws-switch --unset");
    }
}
