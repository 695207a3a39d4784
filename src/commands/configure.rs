//! `aws-switch configure`: runs `aws configure` where that writes the profile correctly, and reports its problems.

use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use super::print;
use crate::aws::{AwsFiles, FileKind, Profile, ProfileStore};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::environment::{DEFAULT_PROFILE, PROFILE};
use crate::error::Error;
use crate::output::Message;
use crate::paths;
use crate::program;
use crate::shell;

/// Runs `aws configure` for a profile, new or not, and prints its problems and how to switch to it.
pub fn run(context: &Context, profile: &OsStr, _sso: bool) -> Result<ExitCode, Error> {
    let name = profile.to_str().ok_or_else(|| Error::failed(paths::shown(profile.as_ref()), "it is not UTF-8"))?;
    check_writable(context, name)?;
    let status = aws_configure(name)?.status().map_err(|error| Error::failed("aws", error))?;
    if !status.success() {
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        return Ok(ExitCode::from(code.unwrap_or(1)));
    }
    report(&Context::new(&AwsFiles::default()), name)?;
    Ok(ExitCode::SUCCESS)
}

fn aws_configure(name: &str) -> Result<Command, Error> {
    let mut command = program::aws()?;
    command.arg("configure");
    if name == "default" {
        // With a name, version 1 writes [profile default], which hides a [default].
        command.env_remove(PROFILE).env_remove(DEFAULT_PROFILE);
    } else {
        command.arg(format!("--profile={name}"));
    }
    Ok(command)
}

fn check_writable(context: &Context, name: &str) -> Result<(), Error> {
    if let Some(why) = miswritten(name) {
        return Err(Error::failed(name, format!("{why}: choose another name, or edit the files by hand")));
    }
    let Some((file, line)) = context.profiles().get(name).and_then(unfindable) else {
        return Ok(());
    };
    let path = context.aws_file(file).path.as_deref().map(paths::shown).unwrap_or_default();
    let why = "'aws configure' does not find a header that is written like this, and would add a second one \
               that hides it";
    Err(Error::failed(format!("{path}:{line}"), format!("{why}: edit the file by hand")))
}

/// The header that `aws configure` writes for a profile, by `awscli/customizations/configure` (`profile_to_section`,
/// `ConfigFileWriter`): it quotes a name that has a space, and finds a header again by its text.
fn header(file: FileKind, name: &str) -> String {
    match file {
        FileKind::Credentials => format!("[{name}]"),
        FileKind::Config if name == "default" => "[default]".to_owned(),
        FileKind::Config if name.contains([' ', '\t']) => format!("[profile '{}']", name.replace('\'', r#"'"'"'"#)),
        FileKind::Config => format!("[profile {name}]"),
    }
}

/// Why a new profile of this name would come out wrong.
fn miswritten(name: &str) -> Option<&'static str> {
    if name.contains(']') {
        return Some("'aws configure' does not find a name with ']' again, and would add it a second time");
    }
    let [config, credentials] = FileKind::BOTH.map(|file| format!("{}\nregion = x\n", header(file, name)));
    let store = ProfileStore::new(&config, &credentials);
    let is_in_both = store.get(name).is_some_and(|profile| profile.sources().count() == 2);
    let is_right = is_in_both && store.len() == 1;
    (!is_right).then_some("'aws configure' would write this name so that it is read as another one, or as none")
}

/// The file and line of a header that `aws configure` would not find, so that it would add a second one.
fn unfindable(profile: Profile) -> Option<(FileKind, usize)> {
    let name = profile.name();
    let mut sections = profile.sections();
    let (file, section) = sections.find(|(file, section)| {
        let may_be_quoted = *file == FileKind::Config && !name.contains([' ', '\t']);
        let is_found = section.header.starts_with(&header(*file, name))
            || may_be_quoted && section.header.starts_with(&format!("[profile \"{name}\"]"));
        !is_found
    })?;
    Some((file, section.line()))
}

fn report(context: &Context, name: &str) -> Result<(), Error> {
    let Some(profile) = context.profiles().get(name) else {
        return Err(Error::failed(name, "there is still no such profile: nothing was entered"));
    };
    let problems = diagnostics::examine_profile(context, profile);
    print(&diagnostics::render(&problems, context, None))?;
    let switch = shell::switch_line(name, "");
    if problems.iter().any(Diagnostic::is_error) {
        return Err(Error::failed(name, format!("mend that first, then switch to it: {switch}")));
    }
    Message::note(format!("{name} is ready; switch to it with {switch}")).print();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_back_differ_from_those_that_do_not() {
        // Seen with versions 1.45 and 2.9.
        for good in
            ["work", "a b", " lead", "o'brien x", "a\tb", "in", "plug", "#h", "$(id)", "default", "\u{e9}", "a\\b c"]
        {
            assert_eq!(miswritten(good), None, "{good:?}");
        }
        for bad in ["o'brien", "a\\b", "\"q\"", "a\"b", "x]y", "DEFAULT", "", "a\nb"] {
            assert!(miswritten(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn a_header_is_found_by_its_text() {
        let at = |name: &str, config: &str| unfindable(ProfileStore::new(config, "").get(name).unwrap());
        for (name, header) in [
            ("x", "[profile x]"),
            ("x", "[profile x] # mine"),
            ("x", "[profile \"x\"]"),
            ("a b", "[profile 'a b']"),
            ("default", "[default]"),
        ] {
            assert_eq!(at(name, &format!("{header}\n")), None, "{header}");
        }
        for (name, header) in [
            ("x", "[profile  x]"),
            ("x", " [profile x]"),
            ("x", "[profile 'x']"),
            ("a b", "[profile \"a b\"]"),
            ("default", "[profile default]"),
        ] {
            assert_eq!(at(name, &format!("\n{header}\n")), Some((FileKind::Config, 2)), "{header}");
        }
    }
}
