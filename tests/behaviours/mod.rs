//! The behaviours that are the same in every shell: one table, whose rows all run in bash, zsh, fish and PowerShell.
//!
//! A row is a name and one function over a [`Cell`], so that it cannot exist for some shells only. The matrix is
//! printed at the end. `AWS_SWITCH_TEST_ROW=word` and `AWS_SWITCH_TEST_SHELL=fish` run a part of it.

mod cell;
mod directories;
mod inherited;
mod loading;
mod matrix;
mod picker;
mod programs;
mod prompt;
mod queries;
mod regions;
mod safeguards;
mod settings;
mod shell_words;
mod switching;
mod tab;
mod trust;

use crate::common::Shell;
use cell::Cell;

/// A behaviour: its name, and the function that proves it.
type Row = (&'static str, fn(&Cell));

const ROWS: &[Row] = &[
    ("switch: exports the profile, one line", switching::exports_the_profile),
    ("switch: - returns to the previous profile", switching::dash_returns),
    ("switch: --unset removes, never empties", switching::unset_removes),
    ("switch: unknown name: 3, did-you-mean, no change", switching::unknown_name),
    ("switch: use -- reaches hidden names", switching::use_reaches_every_name),
    ("switch: a name is never evaluated", switching::names_are_never_evaluated),
    ("switch: overriding variables are unset and printed", switching::overriding_variables),
    ("switch: markers of other tools are unset and printed", switching::markers),
    ("switch: --region until the next switch", switching::region_option),
    ("switch: the user's region stays, with a warning", switching::own_region),
    ("switch: a profile that cannot work is a warning", switching::profiles_that_cannot_work),
    ("switch: exit statuses 0 1 2 3 4", switching::exit_statuses),
    ("switch: - restores saved keys, from memory alone", safeguards::dash_restores_keys),
    ("switch: an unknown region is a warning", safeguards::unknown_region),
    ("guard: --for expires, - goes back, time left in prompt", safeguards::time_ends),
    ("guard: --for under a file, and with keys", safeguards::time_ends_under_a_file),
    ("guard: --for expires before a command", safeguards::time_ends_before_a_command),
    ("guard: asks before a protected profile", safeguards::asks_before_a_protected_profile),
    ("guard: Ctrl-C at the question", safeguards::interrupted_question),
    ("guard: no terminal to ask: 4, and --yes", safeguards::no_terminal),
    ("guard: confirm in settings.ini", safeguards::confirm_in_the_file),
    ("guard: asks before exec and env", safeguards::asks_before_exec_and_env),
    ("pick: by typing, as if the name had been typed", picker::by_typing),
    ("pick: --pick opens the list with a query", picker::with_a_query),
    ("pick: Esc changes nothing", picker::escape_changes_nothing),
    ("pick: Ctrl-C changes nothing", picker::control_c_changes_nothing),
    ("pick: the recently used first", picker::recent_first),
    ("pick: in a pipe, the names", picker::without_a_terminal),
    ("query: list, a table and names", queries::list),
    ("query: list --json", queries::list_json),
    ("query: current and why", queries::current),
    ("query: current and a hidden .awsprofile", queries::hidden_file),
    ("query: resolve", queries::resolve),
    ("query: doctor", queries::doctor),
    ("query: a pipe and a redirection see plain text", queries::pipes),
    ("exec: one command, its status; the shell stays", programs::exec),
    ("exec: --here: the directory profile", programs::exec_here),
    ("env: evaluated, sets what exec would", programs::env),
    ("tab: every name, nothing typed", tab::every_name),
    ("tab: a name that is begun", tab::begun_names),
    ("tab: after an open quote", tab::open_quotes),
    ("tab: names behind use --", tab::behind_use),
    ("tab: commands and options", tab::commands_and_options),
    ("tab: a description beside each name", tab::descriptions),
    ("tab: a command after exec --", tab::command_after_exec),
    ("prompt: shows the profile, whoever set it", prompt::shows_the_profile),
    ("prompt: a hostile name is text", prompt::hostile_names),
    ("prompt: @region, ! and colours", prompt::region_mark_and_colours),
    ("prompt: no colour with NO_COLOR or a dumb terminal", prompt::no_colour),
    ("prompt: off", prompt::off),
    ("prompt: the segment variable", prompt::segment_variable),
    ("prompt: the user's own, above and below", prompt::users_own),
    ("prompt: set by a later hook of the prompt", prompt::set_by_a_later_hook),
    ("prompt: keeps the status of the last command", prompt::keeps_the_status),
    ("load: twice, silently", loading::twice),
    ("load: under strict modes", loading::strict_modes),
    ("load: builtins and variables of the user", loading::replaced_builtins),
    ("load: the helper goes missing", loading::helper_missing),
    ("load: a slow helper is asked again after a change", loading::slow_helper),
    ("load: not interactive: only the function", loading::not_interactive),
    ("load: AWS_PROFILE of the rc file is the base", loading::rc_file_exports),
    ("directory: enter, nested, leave", directories::enter_nested_leave),
    ("directory: in the same line", directories::same_line),
    ("directory: pushd and popd", directories::pushd_popd),
    ("directory: no base: leaving removes the variable", directories::no_base),
    ("directory: manual switch, leave, return", directories::manual_switch_inside),
    ("directory: a typed export is a manual switch", directories::typed_export),
    ("directory: a manual switch to no profile", directories::manually_no_profile),
    ("directory: a nearer file ends a manual switch", directories::nearer_file),
    ("directory: create, edit, delete the file inside", directories::file_changes_inside),
    ("directory: edits under a manual switch", directories::edits_under_a_manual_switch),
    ("directory: a cd that fails", directories::failing_cd),
    ("directory: hostile names", directories::hostile_names),
    ("directory: a file with spaces, comments, CRLF", directories::odd_files),
    ("directory: AWS_DEFAULT_PROFILE unset and restored", directories::default_profile),
    ("directory: keys: entering", directories::keys_entering),
    ("directory: keys: leaving", directories::keys_leaving),
    ("directory: a command substitution", directories::substitution),
    ("region: set and restored exactly", regions::restored),
    ("region: a manual one belongs to the base", regions::manual),
    ("region: edited inside", regions::edited),
    ("region: changed by the user under a file", regions::changed_by_the_user),
    ("region: an unknown one of a file is a warning", regions::unknown),
    ("trust: an ignored file inside a trusted one", trust::ignored_inside),
    ("trust: unknown profile, empty, too long", trust::invalid_files),
    ("trust: pin and unpin", trust::pin),
    ("trust: deny, then allow", trust::deny_then_allow),
    ("trust: a protected profile needs allow", trust::protected_profile),
    ("trust: AUTO=trusted", trust::auto_trusted),
    ("trust: the account that a file expects", trust::expected_account),
    ("setting: auto off and on", settings::auto),
    ("setting: AWS_SWITCH_AUTO=off", settings::auto_off),
    ("setting: notices refusals and off", settings::notices),
    ("setting: settings.ini", settings::file),
    ("setting: a wrong line is reported once", settings::wrong_line),
    ("start: under a file: line at the first prompt", inherited::starts_under_a_file),
    ("start: a child shell inherits both layers", inherited::both_layers),
    ("start: a child shell inherits a manual switch", inherited::manual_switch),
    ("start: hostile state is discarded", inherited::hostile_state),
    ("start: private variables are not trusted", inherited::private_variables),
];

#[test]
fn every_behaviour_holds_in_every_shell() {
    let failures = matrix::run(ROWS, &Shell::all_available());
    assert!(failures.is_empty(), "{} cells failed:\n\n{}", failures.len(), failures.join("\n\n"));
}
