//! `aws-switch configure`: runs `aws configure`, or `aws configure sso`, where that writes the profile correctly, and
//! reports its problems.

use std::ffi::OsStr;
use std::process::Command;

use super::print;
use crate::aws::{AwsFiles, FileKind, Kind, Profile, ProfileStore};
use crate::cli::{switch_line, to_type};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::environment::{DEFAULT_PROFILE, PROFILE};
use crate::error::Error;
use crate::output::Message;
use crate::paths;
use crate::program;
use crate::shell;
use crate::switching::messages;

/// Configures a profile, new or not, with access keys or IAM Identity Center, and reports whether it is ready.
pub fn run(context: &Context, profile: &OsStr, sso: bool) -> Result<(), Error> {
    let not_utf8 = || Error::Failed(format!("the name '{}' is not UTF-8", profile.to_string_lossy()));
    let name = profile.to_str().ok_or_else(not_utf8)?;
    check_writable(context, name)?;
    let sso = sso || context.profiles().get(name).is_some_and(has_sso_settings);
    let status = aws_configure(name, sso)?.status().map_err(messages::aws_cli_not_run)?;
    match status.code() {
        Some(0) => report(&Context::new(&AwsFiles::default()), name),
        Some(130) => Err(Error::Cancelled),
        _ => Err(messages::aws_cli_failed(if sso { "configure sso" } else { "configure" }, status)),
    }
}

fn has_sso_settings(profile: Profile) -> bool {
    profile.settings().iter().any(|setting| setting.key.starts_with("sso_"))
}

fn aws_configure(name: &str, sso: bool) -> Result<Command, Error> {
    let mut command = program::aws()?;
    command.arg("configure");
    if sso {
        command.args(["sso", "--profile", name]);
    } else if name == "default" {
        // With a name, version 1 writes [profile default], which hides a [default].
        command.env_remove(PROFILE).env_remove(DEFAULT_PROFILE);
    } else {
        command.arg(format!("--profile={name}"));
    }
    Ok(command)
}

fn check_writable(context: &Context, name: &str) -> Result<(), Error> {
    if is_miswritten(name) {
        let fix = "choose another name, or edit the files yourself";
        return Err(Error::Failed(format!("'aws configure' cannot write the profile name '{name}'; {fix}")));
    }
    let Some((file, line)) = context.profiles().get(name).and_then(unfindable) else {
        return Ok(());
    };
    let path = context.aws_file(file).path.as_deref().map(paths::shorten).unwrap_or_default();
    let why = "'aws configure' does not recognize this header and would add a second one; edit the file yourself";
    Err(Error::failed(format!("{path}:{line}"), why))
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

/// Whether a new profile of this name would come out as another one, as none, or, the second time, as a duplicate.
fn is_miswritten(name: &str) -> bool {
    let [config, credentials] = FileKind::BOTH.map(|file| format!("{}\nregion = x\n", header(file, name)));
    let store = ProfileStore::new(&config, &credentials);
    let is_in_both = store.get(name).is_some_and(|profile| profile.sources().count() == 2);
    // `aws configure` does not find a header again whose name has a bracket, and adds a second one.
    name.contains(']') || !is_in_both || store.len() != 1
}

/// The file and line of a header that `aws configure` would not find, so that it would add a second one.
fn unfindable(profile: Profile) -> Option<(FileKind, usize)> {
    let name = profile.name();
    let mut sections = profile.sections();
    let (file, section) = sections.find(|(file, section)| {
        let may_be_quoted = *file == FileKind::Config && !name.contains([' ', '\t']);
        let written = format!("[{}]", section.name);
        let is_found = written.starts_with(&header(*file, name))
            || may_be_quoted && written.starts_with(&format!("[profile \"{name}\"]"));
        section.indent > 0 || !is_found
    })?;
    Some((file, section.line()))
}

fn report(context: &Context, name: &str) -> Result<(), Error> {
    let Some(profile) = context.profiles().get(name) else {
        return Err(Error::Failed(format!("nothing was entered, so there is no profile named '{name}'")));
    };
    let problems = diagnostics::examine_profile(context, profile);
    print(&diagnostics::render(&problems, context, None))?;
    let switch = shell::in_quotes(switch_line(name, ""));
    if problems.iter().any(Diagnostic::is_error) || !diagnostics::of_credentials(context, profile).is_empty() {
        return Err(Error::Failed(format!("{name} is not ready; fix the problems above, then run {switch}")));
    }
    if matches!(context.credentials_source(profile), Some((_, Kind::None))) {
        let configure = to_type("configure", name);
        return Err(Error::Failed(format!("{name} has no credentials yet; run {configure} again, or add --sso")));
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
            assert!(!is_miswritten(good), "{good:?}");
        }
        for bad in ["o'brien", "a\\b", "\"q\"", "a\"b", "x]y", "DEFAULT", "", "a\nb"] {
            assert!(is_miswritten(bad), "{bad:?}");
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
