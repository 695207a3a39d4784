//! The vocabulary: what a user reads has one word for one thing, and none of the banned ones.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{World, commands, text};

/// Banned words, and what to write instead.
const BANNED: [(&[&str], &str); 23] = [
    (&["in force", "govern", "governs", "governed", "governing"], "active, applies"),
    (&["hold", "holds", "held", "stand", "stands"], "is active, is, contain"),
    (&["by hand", "choice", "choices", "chosen"], "manual switch, manually"),
    (&["folder", "folders"], "directory"),
    (&["place", "places", "placed"], "directory, path, location"),
    (&["win over", "wins over", "would win", "come past", "comes past"], "override"),
    (&["take out", "takes out", "took out", "taken out"], "unset, remove"),
    (&["bring back", "brings back", "brought back"], "restore"),
    (&["believe", "believed", "followed", "not follow", "follow folders"], "trust, ignore"),
    (&["refused file", "refused files"], "ignored file"),
    (&["fault", "faults", "flaw", "flaws", "finding", "findings", "refusal", "what is wrong"], "problem"),
    (&["tell", "tells", "told", "say", "says", "said"], "report, warn, print, show"),
    (&["that names", "it names", "names a", "names the", "and names"], "contain, print, set"),
    (&["mend", "mends", "mended"], "fix"),
    (&["time is up", "has ended", "had ended"], "expired"),
    (&["kept", "forget", "forgets", "forgot", "forgotten", "swap", "swaps", "swapped"], "save, restore, discard"),
    (&["look at", "looks at", "looked at", "clock", "clocks"], "check, read, time"),
    (&["blank", "blanks"], "space"),
    (&["quotation mark", "quotation marks"], "quote"),
    (&["glob", "globs"], "pattern"),
    (&["small letters", "capital letters"], "letter case"),
    (&["counts for nothing", "its default holds"], "is ignored, the default is used"),
    (&["seen to"], "done"),
];

/// Where a banned word is right: the source, the word, and the reason.
const EXCEPTIONS: [(&str, &str, &str); 2] = [
    (".github/ISSUE_TEMPLATE/config.yml", "blank", "GitHub's name of a setting"),
    ("src/switching/reply.rs", "swap", "a word that the helper sends to a script, and no user reads"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> (String, String) {
    (name.to_owned(), fs::read_to_string(root().join(name)).unwrap())
}

/// The files of a directory and those below, by their paths from the root.
fn files(directory: &str) -> Vec<String> {
    let mut waiting = vec![root().join(directory)];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    let name = |path: &PathBuf| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    let mut names: Vec<String> = files.iter().map(name).collect();
    names.sort();
    names
}

fn pages() -> Vec<(String, String)> {
    let mut pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "install.sh"].map(read).to_vec();
    let (name, changelog) = read("CHANGELOG.md");
    let unreleased = changelog.split("\n## [").find(|part| part.starts_with("Unreleased]")).unwrap();
    pages.push((name, unreleased.to_owned()));
    let listed = files("docs").into_iter().chain(files(".github/ISSUE_TEMPLATE")).chain(files("packaging"));
    let is_text = |name: &String| [".md", ".yml", ".rb", ".psd1"].iter().any(|end| name.ends_with(end));
    pages.extend(listed.filter(is_text).map(|name| read(&name)));
    let (name, manifest) = read("Cargo.toml");
    let without_comments: Vec<&str> = manifest.lines().filter(|line| !line.starts_with('#')).collect();
    pages.push((name, without_comments.join("\n")));
    pages
}

/// The help of every command, and the manual page.
fn help(world: &World) -> Vec<(String, String)> {
    let pages = commands(world).into_iter().map(|command| vec![command, "--help".to_owned()]);
    let pages = pages.chain([vec!["--help".to_owned()], vec!["man".to_owned()]]);
    pages
        .map(|arguments| {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            (format!("aws-switch {}", arguments.join(" ")), text(world, &arguments))
        })
        .collect()
}

/// All that the helper and the scripts may print: the string literals of the one, the messages in the others.
fn messages() -> Vec<(String, String)> {
    let sources = files("src").into_iter().filter(|name| name.ends_with(".rs") && !name.ends_with("_tests.rs"));
    let literals = sources.map(|name| read(&name)).map(|(name, code)| (name, literals(&code)));
    let scripts = files("shell").into_iter().map(|name| read(&name)).map(|(name, code)| {
        let lines: Vec<&str> = code.lines().filter(|line| line.contains("aws-switch: ")).collect();
        (name, lines.join("\n"))
    });
    literals.chain(scripts).collect()
}

/// The string literals of Rust code above its tests, a full stop between two.
fn literals(code: &str) -> String {
    let code = code.split("#[cfg(test)]").next().unwrap();
    let (mut literals, mut letters) = (String::new(), code.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => letters.by_ref().take_while(|&letter| letter != '\n').for_each(drop),
            // A quote as a char: '"', or b'"'.
            '\'' if letters.peek() == Some(&'"') => drop(letters.next()),
            '"' => {
                while let Some(letter) = letters.next().filter(|&letter| letter != '"') {
                    let is_escape = letter == '\\' && letters.next().is_some();
                    literals.push(if is_escape { ' ' } else { letter });
                }
                literals += " . ";
            }
            _ => {}
        }
    }
    literals
}

/// The banned words of a text, each with the words around it. `folder-off`, a code, is one word, and not `folder`. The name
/// of a test is a sentence; a private name, such as `__aws_switch_told`, is one word.
fn banned(text: &str) -> Vec<(&'static str, String)> {
    // Fonts of the manual page.
    let text = ["\\fB", "\\fI", "\\fR"].iter().fold(text.to_owned(), |text, font| text.replace(font, " "));
    let text = text.to_lowercase().replace('.', " . ");
    let ends_word = |letter: char| !letter.is_alphanumeric() && !['.', '_', '-'].contains(&letter);
    let words = text.split(ends_word).flat_map(|word| word.split(if word.starts_with("__") { '.' } else { '_' }));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    for phrase in BANNED.iter().flat_map(|(phrases, _)| *phrases) {
        let phrase_words: Vec<&str> = phrase.split(' ').collect();
        for (at, window) in words.windows(phrase_words.len()).enumerate() {
            if window == phrase_words {
                let around = at.saturating_sub(6)..words.len().min(at + phrase_words.len() + 4);
                found.push((*phrase, words[around].join(" ")));
            }
        }
    }
    found
}

#[test]
fn what_a_user_reads_has_no_banned_word() {
    let world = World::new();
    let sources = [pages(), help(&world), messages()].concat();
    let mut report = String::new();
    let mut unused: Vec<_> = EXCEPTIONS.iter().collect();
    for (source, text) in &sources {
        for (phrase, around) in banned(text) {
            let is_excepted = |exception: &(&str, &str, &str)| (exception.0, exception.1) == (source.as_str(), phrase);
            unused.retain(|exception| !is_excepted(exception));
            if !EXCEPTIONS.iter().any(is_excepted) {
                let (_, better) = BANNED.iter().find(|(phrases, _)| phrases.contains(&phrase)).unwrap();
                report += &format!("{source}: '{phrase}' in '{around}'; write: {better}\n");
            }
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(unused.is_empty(), "exceptions that nothing needs: {unused:?}");
}

#[test]
fn banned_words_are_found_in_pages_and_in_literals() {
    let phrases = |text: &str| banned(text).into_iter().map(|(phrase, _)| phrase).collect::<Vec<_>>();
    assert_eq!(phrases("The \\fBFolder\\fR's profile is in\nforce."), ["in force", "folder"]);
    assert_eq!(phrases("folder-off, __aws_switch_told, refolders, log in. Force it"), [""; 0]);
    assert_eq!(phrases("`the_file_is_followed_at_once`"), ["followed"]);
    let code = r##"let a = '"'; // "fault"
        format!("mended: \"{x}\"\n") + r#"kept"#"##;
    assert_eq!(phrases(&literals(code)), ["mended", "kept"]);
}
