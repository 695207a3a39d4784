//! The documents: every `console` block is typed into the shells that it names, line by line, and its output is compared.
//!
//! A document is one story in each shell: its blocks share a home and a session. A line such as `Name [None]: me` is a
//! question with its answer. `docs/record` updates the output. A comment above a block that is not run gives the reason.

mod blocks;
mod manual_page;
mod pages;
#[cfg(target_os = "linux")]
mod picture;
mod promises;
#[cfg(target_os = "linux")]
mod svg;
mod without_a_shell;
mod words;

use std::fs;
use std::path::Path;

use crate::common::{Endpoint, Session, Shell, World, answer};
use blocks::{Block, blocks};

/// Every document with commands, the home of its reader, and the number of blocks that are not run.
const DOCUMENTS: [(&str, Start, usize); 6] = [
    ("README.md", Start::Profiles, 2),
    ("docs/usage.md", Start::Profiles, 0),
    ("docs/per-directory-profiles.md", Start::Profiles, 0),
    ("docs/guide.md", Start::Nothing, 0),
    ("docs/faq.md", Start::Profiles, 1),
    ("docs/troubleshooting.md", Start::Problem, 0),
];

#[derive(Clone, Copy, PartialEq)]
enum Start {
    Nothing,
    Profiles,
    Problem,
}

const PROFILES: &str = "[default]
region = eu-central-1
[profile work]
region = eu-west-1
[profile personal]
region = eu-central-1
[profile acme-dev]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = work
region = us-east-1
[profile acme-prod]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = work
region = us-east-1
";
const PROBLEM: &str = "[profile work]
region = eu-west-1

[profile dev]
region = us-east-1

[profile work]
output = json
";

/// Each profile with a key, the user of the endpoint whose key it is, and the id and the secret that the documents show.
const EXAMPLE_KEYS: [(&str, &str, [&str; 2]); 2] = [
    ("personal", "alice", ["AKIARTXV5AHDQEXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"]),
    ("work", "bob", ["AKIATHPL2AOHCEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"]),
];

/// The home and the keys in the documents, and the real ones of a test.
struct Names(Vec<(String, String)>);

impl Names {
    fn new(world: &World, shell: Shell, endpoint: &Endpoint) -> Self {
        let mut all = vec![match shell {
            Shell::PowerShell => (r"C:\Users\me".to_owned(), shell.path(world.home())),
            _ => ("/home/me".to_owned(), world.home().to_str().unwrap().to_owned()),
        }];
        for (_, user, examples) in EXAMPLE_KEYS {
            for (example, real) in examples.into_iter().zip(endpoint.keys(user)) {
                let masked = |text: &str| format!("****************{}", &text[text.len() - 4..]);
                all.push((example.to_owned(), real.to_owned()));
                all.push((masked(example), masked(real)));
            }
        }
        Self(all)
    }

    fn real(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (example, real)| text.replace(example, real))
    }

    fn example(&self, text: &str) -> String {
        let text = self.0.iter().fold(text.to_owned(), |text, (example, real)| text.replace(real, example));
        // moto's user ids look different from those of AWS.
        let line = |line: &str| if line.starts_with("user id") { "user id  AIDAEXAMPLE" } else { line }.to_owned();
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The home of a reader at the start of a document.
fn world(start: Start, shell: Shell, endpoint: &Endpoint) -> World {
    let world = World::new();
    match start {
        Start::Nothing => {
            endpoint.install_cli(&world);
            // `aws configure` gets no answers from Wine's console, so its result is written here.
            if shell == Shell::PowerShell {
                made_already(&world, endpoint);
            }
        }
        Start::Profiles => {
            world.config(PROFILES);
            world.credentials(&EXAMPLE_KEYS.map(|(profile, _, key)| section(profile, key)).concat());
        }
        Start::Problem => drop(world.config(PROBLEM)),
    }
    world
}

/// A section of the credentials file.
fn section(profile: &str, [id, secret]: [&str; 2]) -> String {
    format!("[{profile}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
}

fn made_already(world: &World, endpoint: &Endpoint) {
    world.credentials(&EXAMPLE_KEYS.map(|(profile, user, _)| section(profile, endpoint.keys(user))).concat());
    let section = |(profile, region)| format!("[profile {profile}]\nregion = {region}\noutput = json\n");
    world.config(&[("personal", "eu-central-1"), ("work", "eu-west-1")].map(section).concat());
}

fn session(world: &World, shell: Shell, endpoint: &Endpoint) -> Session {
    let start = world.start(shell).before(shell.completion_setup());
    // Wine's console wraps lines itself.
    let start = if shell == Shell::PowerShell { start } else { start.size(50, 80) };
    let start = endpoint.variables().into_iter().fold(start, |start, (name, value)| start.env(name, value));
    let mut session = start.spawn();
    session.patience = crate::common::pty::MUCH_PATIENCE;
    session
}

/// Runs the block; returns its text with the real output.
fn typed(block: &Block, session: &mut Session, names: &Names) -> String {
    let mut seen = String::new();
    for step in &block.steps {
        let prompt = session.prompt().replace("test$", block.prompt);
        let answers: Vec<(&str, String)> = step.questions().map(|(ask, answer)| (ask, names.real(answer))).collect();
        session.keys(names.real(&step.command));
        let text = names.example(&session.converse(&answers).text);
        seen += &format!("{prompt} {}\n", step.command);
        if !text.is_empty() {
            seen += &format!("{text}\n");
        }
    }
    seen
}

/// The differences of a document in a shell; with `docs/record` it is updated instead.
fn story(name: &str, start: Start, shell: Shell, endpoint: &Endpoint) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut text = fs::read_to_string(&file).unwrap();
    let all = blocks(&text);
    let blocks: Vec<&Block> = all.iter().filter(|block| block.shells.contains(&shell)).collect();
    if blocks.is_empty() {
        return String::new();
    }
    let world = world(start, shell, endpoint);
    let names = Names::new(&world, shell, endpoint);
    let mut session = session(&world, shell, endpoint);
    let mut wrong = String::new();
    for block in blocks {
        let seen = typed(block, &mut session, &names);
        if seen != block.text && std::env::var_os("AWS_SWITCH_RECORD").is_some() {
            text = text.replacen(&block.text, &seen, 1);
            fs::write(&file, &text).unwrap();
        } else if seen != block.text {
            wrong += &format!("\n{name}:{} in {shell:?} says\n{}but it is\n{seen}", block.line, block.text);
        }
    }
    wrong
}

#[test]
fn every_command_of_the_documents_prints_what_they_show() {
    let Some(endpoint) = Endpoint::start() else { return };
    let mut wrong = String::new();
    for (name, start, _) in DOCUMENTS {
        for shell in Shell::all_available() {
            if shell != Shell::Bash32 {
                wrong += &story(name, start, shell, &endpoint);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn blocks_that_are_not_run_are_counted() {
    for (name, _, unrun) in DOCUMENTS {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        let count = blocks(&text).iter().filter(|block| block.shells.is_empty()).count();
        assert_eq!(count, unrun, "{name}: blocks that are not run");
    }
}

#[test]
fn the_example_keys_of_the_guide_decode_to_the_accounts_that_it_shows() {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md")).unwrap();
    for (profile, _, key) in EXAMPLE_KEYS {
        assert!(guide.contains(&section(profile, key)));
        let world = World::new();
        world.credentials(&section(profile, key));
        let account = answer(&world, &["list", "--json"])["profiles"][0]["account_id"].as_str().unwrap().to_owned();
        let row = guide.lines().find(|line| line.starts_with(&format!("  {profile} "))).unwrap();
        assert!(row.contains(&account), "{} is a key of {account}, not: {row}", key[0]);
    }
}
