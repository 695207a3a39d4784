//! Every sentence that a switch can print: manual or automatic, or after `auto`, `pin`, `allow` and `deny`. Here is what
//! has changed, and in `errors` why nothing has; what any command can fail with is in `error.rs`. What they quote is
//! elsewhere: a problem is a diagnostic, in the words of its rule, `similar.rs` finds the name that may have been meant,
//! and `suggest.rs` reports a command line that clap rejects.

mod errors;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

pub use errors::*;

use crate::aws::{self, Kind, Profile, Session, SessionStatus};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostics;
use crate::directory::{DirectoryProfile, has_its_name};
use crate::environment::{DEFAULT_PROFILE, Ending, MARKERS, filled, overrides};
use crate::output::{Message, duration, exact_duration};
use crate::paths::shorten;
use crate::settings::{Auto, AutoAction};
use crate::shell::{in_quotes, word};
use crate::similar::{did_you_mean, nearest};
use crate::switching::{Decision, Effect};

/// A manual switch; `problem` is why commands fail all the same.
pub fn switched(context: &Context, decision: &Decision, problem: Option<String>) -> Message {
    let (environment, layer, keys) = (&context.environment, &decision.state.base, &decision.saved_keys);
    let mut text = format!("switched to {}", active(decision));
    if uses_default(context, decision) {
        text += " (the AWS CLI then uses 'default')";
    }
    if let Some(deadline) = layer.deadline {
        let left = deadline.at.saturating_sub(environment.now);
        // `-` also returns to a --for that runs.
        let time = if left == deadline.length { exact_duration(left) } else { duration(left) };
        text += &format!(" for {time}");
        text += &match environment.ending {
            Ending::BeforeCommand => follows(context, decision),
            Ending::WithSubshell => String::new(),
            Ending::AtPrompt => follows(context, decision) + " (in this shell it ends only at the next prompt)",
            Ending::Never => " (in a shell that is not interactive, it does not end by itself)".to_owned(),
        };
    }
    let is_lost = environment.ending == Ending::WithSubshell;
    if is_lost {
        text += ", in this subshell only";
    }
    let signing = decision.signing.filter(|_| keys.restores.is_empty());
    let problem = problem.or_else(|| Some(format!("commands use {}, which is still set; unset it", signing?)));
    if let Some(problem) = &problem {
        text += &format!(", but {problem}");
    }
    let default_profile = environment.default_profile.as_ref().filter(|_| layer.default_profile.is_none());
    let default_profile = default_profile.map(|_| DEFAULT_PROFILE);
    let unset: Vec<&str> = default_profile.into_iter().chain(keys.saves.iter().copied()).collect();
    text += &unset_names(&unset);
    text += &restored(decision);
    let is_endless = layer.deadline.is_some() && environment.ending == Ending::Never;
    if problem.is_some() || is_endless || is_lost { Message::warning(text) } else { Message::note(text) }
}

/// Adds what comes back after a `--for` of the profile that was active already, as nobody would guess it.
fn follows(context: &Context, decision: &Decision) -> String {
    let state = &decision.state;
    if context.environment.profile != state.base.profile || state.file.is_some() {
        return String::new();
    }
    let next = state.base_after_deadline().and_then(|layer| layer.profile.as_deref());
    format!(", then back to {}", next.map_or("no profile".into(), OsStr::to_string_lossy))
}

/// Whether nothing but the profile `default` gives the AWS CLI its credentials.
fn uses_default(context: &Context, decision: &Decision) -> bool {
    let (variables, keys) = (&decision.variables, &decision.saved_keys);
    let is_set = variables.profile.is_some() || variables.default_profile.is_some() || decision.signing.is_some();
    !is_set && keys.restores.is_empty() && context.profiles().get("default").is_some()
}

/// The variables that a switch unset, and why.
fn unset_names(names: &[&str]) -> String {
    let is_marker = |name: &&&str| MARKERS.contains(*name);
    let markers = names.iter().filter(is_marker).count();
    let why = match (names.len(), markers) {
        (0, _) => return String::new(),
        (1, 0) => "was unset (it overrides the profile), 'aws-switch -' restores it",
        (1, _) => "was unset (prompts show it instead of the profile), 'aws-switch -' restores it",
        (_, 0) => "were unset (they override the profile), 'aws-switch -' restores them",
        (all, markers) if all == markers => {
            "were unset (prompts show them instead of the profile), 'aws-switch -' restores them"
        }
        _ => "were unset (they override or hide the profile), 'aws-switch -' restores them",
    };
    format!("; {} {why}", names.join(", "))
}

/// The reason why commands under a profile fail, as far as the AWS files show it.
pub fn no_credentials(context: &Context, profile: Profile) -> Option<String> {
    let see = "see 'aws-switch doctor'";
    if let Some(problem) = diagnostics::of_credentials(context, profile).first() {
        return Some(format!("it has no credentials: {}; {see}", problem.without_fix()));
    }
    if let Some(problem) = diagnostics::errors_of_files(context).first() {
        return Some(format!("commands fail: {}; {see}", problem.without_fix()));
    }
    if context.takes_keys_from_variables(profile) {
        let why = "its role takes its keys from variables, which override AWS_PROFILE; use 'aws --profile'";
        return Some(format!("it has no credentials: {why}"));
    }
    let rejected = diagnostics::rejected_settings(context, profile);
    rejected.first().map(|problem| format!("it has a wrong setting: {}; {see}", problem.without_fix()))
}

/// Commands under a profile fail until its session is renewed.
pub fn no_session(why: &str) -> String {
    format!("{why}; run 'aws-switch login'")
}

/// The region variable `name` holds another region than the profile's own.
pub fn region_differs(name: &str, region: &str, profile: &str, own_region: &str) -> Message {
    let region = if region.is_empty() { "''" } else { region };
    Message::warning(format!("{name}={region} overrides the region of {profile} ({own_region})"))
}

/// A region may be newer than this program, so an unknown one is set, with a warning.
pub fn unknown_region(region: &str) -> Option<Message> {
    let is_known = aws::KNOWN_REGIONS.contains(&region);
    let hint =
        || nearest(region, aws::KNOWN_REGIONS).map(|other| format!("; {}", did_you_mean(other))).unwrap_or_default();
    (!is_known).then(|| Message::warning(format!("unknown region '{region}' (set anyway){}", hint())))
}

/// Adds to a line that a `--for` has expired, and which saved keys are restored.
pub fn with_changes_of_base(line: Option<Message>, decision: &Decision) -> Option<Message> {
    let restored = restored(decision);
    match (expired(decision), line) {
        (Some(expired), line) => Some(join(Message::note(expired + &restored), line)),
        (None, Some(line)) => Some(Message { text: line.text + &restored, ..line }),
        (None, None) => restored.strip_prefix("; ").map(Message::note),
    }
}

fn expired(decision: &Decision) -> Option<String> {
    let layer = decision.expired.as_ref()?;
    let (profile, length) = (layer.profile.as_ref()?.to_string_lossy(), exact_duration(layer.deadline?.length));
    let now = match &decision.effect {
        Effect::Entered(file) => entered(decision, file),
        _ => back(decision),
    };
    Some(format!("the time for {profile} ({length}) is over: {now}"))
}

/// Two lines as one.
pub fn join(first: Message, second: Option<Message>) -> Message {
    match second {
        Some(second) => Message::new(first.severity.max(second.severity), format!("{}; {}", first.text, second.text)),
        None => first,
    }
}

/// The line about a directory profile that is activated, left or ignored.
pub fn effect(context: &Context, decision: &Decision) -> Option<Message> {
    Some(match &decision.effect {
        Effect::None | Effect::Switched => return None,
        Effect::Entered(file) => activated(context, decision, entered(decision, file)),
        Effect::Left(file) if context.settings().auto() == Auto::Off => {
            Message::note(format!("ignored {}: directory profiles are off here ({})", shorten(file), back(decision)))
        }
        Effect::Left(file) => Message::note(format!("{} ({})", back(decision), left(file))),
        Effect::Ignored(file, why) => {
            Message::warning(format!("ignored {}: {why} ({})", shorten(file), remains(context, decision)))
        }
        Effect::Kept(file, key) => {
            let why = match context.settings().auto() {
                Auto::Off => "directory profiles are off".to_owned(),
                _ => left(file),
            };
            Message::warning(format!("{why}, but {}; unset it ({})", overrides(key), remains(context, decision)))
        }
        Effect::Blocked(file, key) => {
            let (file, why) = (shorten(file), overrides(key));
            Message::warning(format!("ignored {file}: {why}; unset it ({})", remains(context, decision)))
        }
    })
}

/// Adds why commands under the directory profile fail, and that its region is unknown.
fn activated(context: &Context, decision: &Decision, text: String) -> Message {
    let region = decision.state.region.as_ref().map(|region| region.to_string_lossy());
    join(with_problem(context, decision, text), region.and_then(|region| unknown_region(&region)))
}

fn with_problem(context: &Context, decision: &Decision, text: String) -> Message {
    let profile = decision.variables.profile.as_ref().and_then(|profile| profile.to_str());
    let profile = profile.and_then(|profile| context.profiles().get(profile));
    match profile.and_then(|profile| no_credentials(context, profile)) {
        Some(problem) => Message::warning(format!("{text}, but {problem}")),
        None => Message::note(text),
    }
}

fn entered(decision: &Decision, file: &Path) -> String {
    format!("{} is active ({})", active(decision), shorten(file))
}

fn back(decision: &Decision) -> String {
    format!("back to {}", active(decision))
}

/// Says that the user left the directory of this file, or that the file is gone.
fn left(file: &Path) -> String {
    if file.symlink_metadata().is_ok() {
        format!("left {}", directory(file))
    } else {
        format!("{} was removed", shorten(file))
    }
}

fn directory(file: &Path) -> Cow<'_, str> {
    shorten(file.parent().unwrap_or(file))
}

/// Says which profile is active instead of the one in a file.
fn remains(context: &Context, decision: &Decision) -> String {
    if context.environment.profile != decision.variables.profile {
        back(decision)
    } else if decision.variables.profile.is_some() || decision.variables.default_profile.is_some() {
        format!("{} stays active", active(decision))
    } else {
        "no profile is active".to_owned()
    }
}

fn active(decision: &Decision) -> String {
    match (&decision.variables.profile, &decision.variables.default_profile) {
        (Some(profile), _) => {
            let region = decision.state.region.as_ref().map(|region| format!(" in {}", region.to_string_lossy()));
            format!("{}{}", profile.to_string_lossy(), region.unwrap_or_default())
        }
        (None, Some(profile)) => format!("{} ({DEFAULT_PROFILE})", profile.to_string_lossy()),
        (None, None) => "no profile".to_owned(),
    }
}

fn restored(decision: &Decision) -> String {
    let names = &decision.saved_keys.restores;
    if names.is_empty() { String::new() } else { format!("; restored {}", names.join(", ")) }
}

/// `auto`.
pub fn auto(context: &Context, action: AutoAction, decision: &Decision) -> Message {
    effect(context, decision).unwrap_or_else(|| {
        Message::note(match (action, &decision.state.file) {
            (AutoAction::On, None) => "directory profiles are on; no .awsprofile applies here".to_owned(),
            (AutoAction::On, Some(file)) => format!("directory profiles are on; {}", entered(decision, file)),
            (AutoAction::Off, _) => "directory profiles are off in this shell".to_owned(),
        })
    })
}

pub fn pinned(context: &Context, decision: &Decision, file: &Path, wanted: &DirectoryProfile) -> Message {
    let region = wanted.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
    let account = wanted.account_id.as_ref().map(|id| format!(" for account {id}")).unwrap_or_default();
    let text = format!("pinned {}{region}{account} ({})", wanted.profile, shorten(file));
    match &decision.effect {
        Effect::Entered(_) => with_problem(context, decision, text),
        _ => after(context, decision, file, Message::note(text)),
    }
}

pub fn unpinned(context: &Context, decision: &Decision, file: &Path) -> Message {
    after(context, decision, file, Message::note(format!("removed {}", shorten(file))))
}

/// `target` is what the file links to, and `ignored` why it is ignored all the same.
pub fn allowed(
    context: &Context,
    decision: &Decision,
    file: &Path,
    target: Option<&Path>,
    ignored: Option<&Diagnostic>,
) -> Message {
    let target = target.map(|target| format!(" and its target {}", shorten(target))).unwrap_or_default();
    let line = match ignored {
        Some(ignored) => Message::warning(format!("trusted {}{target}, but it is ignored: {ignored}", shorten(file))),
        None => decided("trusted", file, &target),
    };
    after(context, decision, file, line)
}

pub fn denied(context: &Context, decision: &Decision, file: &Path) -> Message {
    after(context, decision, file, decided("denied", file, ""))
}

/// Says what `allow` or `deny` did to a file, which may have another name by mistake.
fn decided(verb: &str, file: &Path, target: &str) -> Message {
    let text = format!("{verb} {}{target}", shorten(file));
    if has_its_name(file) {
        return Message::note(text);
    }
    Message::warning(format!("{text}, but only a .awsprofile that links to it is affected"))
}

/// Adds what becomes of the directory profile to the line of a command about `file`.
fn after(context: &Context, decision: &Decision, file: &Path, line: Message) -> Message {
    let is_changed = context.environment.profile != decision.variables.profile;
    let effect = match &decision.effect {
        Effect::Entered(entered) if entered == file => {
            Some(activated(context, decision, format!("{} is active", active(decision))))
        }
        Effect::Left(_) => Some(Message::note(back(decision))),
        Effect::Ignored(ignored, _) if ignored == file => is_changed.then(|| Message::note(back(decision))),
        _ => effect(context, decision),
    };
    join(line, effect)
}

/// The question before a protected profile is used, after its name.
pub fn confirmation(summary: &str, action: &str) -> String {
    let summary = if summary.is_empty() { String::new() } else { format!(" ({summary})") };
    format!("{summary} is protected; {action}? [y/N] ")
}

/// `login` and `--login` of a profile that needs none.
pub fn no_login_needed(profile: &str, why: &str) -> Message {
    Message::note(format!("{profile} needs no login; {why}"))
}

pub fn no_login_for_kind(profile: &str, kind: Kind) -> Message {
    no_login_needed(profile, &format!("its kind is {}", kind.name()))
}

/// Returns why no login is needed for a session yet, or as an error why one is.
pub fn check_session(context: &Context, session: Session) -> Result<String, &'static str> {
    match session.status {
        SessionStatus::Valid => Ok(format!("its session expires in {}", duration(context.seconds_left(session)))),
        SessionStatus::Refreshable => Ok("the next command renews its session without a browser".to_owned()),
        SessionStatus::Expired => Err("its session has expired"),
        SessionStatus::None => Err("it needs a login"),
    }
}

/// The login without a browser on this machine, where there may be none.
pub fn login_without_browser(name: &str, kind: Kind) -> Option<Message> {
    let remote = match ["SSH_CONNECTION", "WSL_DISTRO_NAME"].iter().find(|variable| filled(variable).is_some())? {
        &"SSH_CONNECTION" => "this is an SSH session",
        _ => "this is WSL",
    };
    // AWS CLI 2.22 and later, and 2.32 and later for `aws login`.
    let option = if kind == Kind::Sso { "--use-device-code" } else { "--remote" };
    let command = in_quotes(format!("aws-switch login {} -- {option}", word(name)));
    Some(Message::note(format!("{remote}; if the login cannot reach a browser, press Ctrl-C and run {command}")))
}
