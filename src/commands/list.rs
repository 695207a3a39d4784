//! `aws-switch list`: every profile.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::aws::{Finding, Profile};
use crate::error::{Error, written};
use crate::places;
use crate::session::Session;
use crate::terminal::{self, Row};

/// The whole list, as programs read it.
#[derive(Serialize)]
struct List<'a> {
    profiles: Vec<Entry<'a>>,
    problems: Vec<Finding>,
}

/// A profile, as programs read it.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    kind: Option<&'a str>,
    region: Option<&'a str>,
    output: Option<&'a str>,
    account_id: Option<&'a str>,
    role: Option<&'a str>,
    source_profile: Option<&'a str>,
    sso_session: Option<&'a str>,
    session: Option<()>,
    current: bool,
    protected: bool,
    sources: Vec<Source>,
}

/// Where a profile is defined.
#[derive(Serialize)]
struct Source {
    file: String,
    line: usize,
}

/// Prints every profile.
///
/// # Errors
/// If stdout cannot be written.
pub fn run(json: bool, names_only: bool) -> Result<(), Error> {
    if names_only {
        return names();
    }
    let session = Session::new();
    let profiles = session.accounts.profiles();
    let environment = &session.environment;
    let set = environment.profile.as_ref().or(environment.default_profile.as_ref());
    let current = set.map_or("default".as_ref(), OsString::as_os_str);
    let entries: Vec<Entry> =
        profiles.iter().map(|profile| entry(profile, current == profile.name(), &session)).collect();
    if json {
        let list = List { profiles: entries, problems: session.accounts.problems() };
        let mut text = serde_json::to_vec(&list).map_err(|error| Error::failed("list", error))?;
        text.push(b'\n');
        return written(io::stdout().write_all(&text));
    }
    tell_problems(&session);
    if entries.is_empty() {
        return tell_none(&session);
    }
    written(io::stdout().write_all(table(&entries).as_bytes()))
}

/// Prints the names, one a line: raw for programs, escaped on a terminal.
///
/// # Errors
/// If stdout cannot be written.
pub fn names() -> Result<(), Error> {
    let session = Session::new();
    let on_terminal = io::stdout().is_terminal();
    let mut text = String::new();
    for profile in session.accounts.profiles() {
        let name = profile.name();
        text.push_str(&if on_terminal { terminal::escaped(name) } else { name.into() });
        text.push('\n');
    }
    tell_problems(&session);
    if text.is_empty() {
        return tell_none(&session);
    }
    written(io::stdout().write_all(text.as_bytes()))
}

fn entry<'a>(profile: &'a Profile<'_>, current: bool, session: &'a Session) -> Entry<'a> {
    Entry {
        name: profile.name(),
        kind: None,
        region: profile.get("region"),
        output: profile.get("output"),
        account_id: None,
        role: None,
        source_profile: profile.get("source_profile"),
        sso_session: profile.get("sso_session"),
        session: None,
        current,
        protected: session.settings.protects(profile.name()),
        sources: profile
            .sources()
            .filter_map(|source| {
                let file = places::shown(session.accounts.path(source.file)?).into_owned();
                Some(Source { file, line: source.line })
            })
            .collect(),
    }
}

fn table(entries: &[Entry]) -> String {
    let mut rows = vec![Row { cells: ["  NAME", "REGION", "DEFINED IN"].map(str::to_owned).to_vec(), colour: "1" }];
    rows.extend(entries.iter().map(|entry| {
        let mark = if entry.current { "* " } else { "  " };
        let sources: Vec<String> =
            entry.sources.iter().map(|source| format!("{}:{}", source.file, source.line)).collect();
        Row {
            cells: vec![format!("{mark}{}", entry.name), entry.region.unwrap_or("-").to_owned(), sources.join(", ")],
            colour: match (entry.protected, entry.current) {
                (true, _) => "31",
                (_, true) => "36",
                _ => "",
            },
        }
    }));
    terminal::table(&rows, terminal::takes_colour())
}

/// One line, however many there are.
fn tell_problems(session: &Session) {
    for problem in session.settings.problems() {
        terminal::message(&problem);
    }
    let problems = session.accounts.problems();
    if let Some(worst) = problems.iter().find(|problem| problem.is_error()) {
        let more = problems.iter().filter(|problem| problem.is_error()).count() - 1;
        let more = match more {
            0 => String::new(),
            more => format!(" ({more} more: 'aws-switch list --json')"),
        };
        terminal::message(&format!("{worst}{more}"));
    }
}

fn tell_none(session: &Session) -> Result<(), Error> {
    let paths: Vec<String> = session.accounts.paths().map(|path| places::shown(path).into_owned()).collect();
    terminal::message(&format!(
        "no profiles: {} hold none: make one with 'aws configure --profile NAME'",
        paths.join(" and ")
    ));
    Ok(())
}
