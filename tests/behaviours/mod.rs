//! What a person meets in every shell alike: one table, whose rows all run in bash, zsh, fish and PowerShell.
//!
//! A row is a name and one function over a [`Place`], so that it cannot exist for some shells only. The matrix is
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
use cell::Place;

/// A behaviour: what it is called, and what shows it.
type Row = (&'static str, fn(&Place));

const ROWS: &[Row] = &[
    ("switch: exports the profile, one line", switching::exports_the_profile),
    ("switch: - swaps the last two choices", switching::dash_swaps),
    ("switch: --unset removes, never empties", switching::unset_removes),
    ("switch: unknown name: 3, did-you-mean, no change", switching::unknown_name),
    ("switch: use -- reaches hidden names", switching::use_reaches_every_name),
    ("switch: a name is never evaluated", switching::names_are_never_evaluated),
    ("switch: overriding variables taken out, named", switching::overriding_variables),
    ("switch: --region until the next switch", switching::region_option),
    ("switch: own region stays, with a warning", switching::own_region),
    ("switch: exit statuses 0 1 2 3 4", switching::exit_statuses),
    ("switch: - brings keys back, from memory alone", safeguards::dash_brings_keys_back),
    ("switch: an unknown region is said, not refused", safeguards::unknown_region),
    ("guard: --for ends by itself, minutes in the prompt", safeguards::time_ends),
    ("guard: --for under a file, and with keys", safeguards::time_ends_under_a_file),
    ("guard: --for ends before a command", safeguards::time_ends_before_a_command),
    ("guard: asks before a protected profile", safeguards::asks_before_a_protected_one),
    ("guard: Ctrl-C at the question", safeguards::interrupted_question),
    ("guard: nobody to ask: 4, and --yes", safeguards::nobody_to_ask),
    ("guard: confirm in settings.ini", safeguards::confirm_in_the_file),
    ("pick: by typing, as if the name had been typed", picker::by_typing),
    ("pick: Esc leaves all as it was", picker::escape_leaves_all),
    ("pick: Ctrl-C leaves all as it was", picker::control_c_leaves_all),
    ("pick: the recently used first", picker::recent_first),
    ("pick: in a pipe, the names", picker::without_a_terminal),
    ("query: list, a table and names", queries::list),
    ("query: list --json", queries::list_json),
    ("query: current and why", queries::current),
    ("query: resolve", queries::resolve),
    ("query: doctor", queries::doctor),
    ("query: a pipe and a redirection see plain text", queries::pipes),
    ("exec: one command, its status; the shell stays", programs::exec),
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
    ("prompt: off", prompt::off),
    ("prompt: the segment variable", prompt::segment_variable),
    ("prompt: the user's own, above and below", prompt::users_own),
    ("prompt: set by a later hook of the prompt", prompt::set_by_a_later_hook),
    ("prompt: keeps the status of the last command", prompt::keeps_the_status),
    ("load: twice, silently", loading::twice),
    ("load: under strict modes", loading::strict_modes),
    ("load: the helper goes missing", loading::helper_missing),
    ("load: a helper that is late is asked again", loading::helper_late),
    ("load: not interactive: the function alone", loading::not_interactive),
    ("load: AWS_PROFILE of the rc file is the base", loading::rc_file_exports),
    ("folder: enter, nested, leave", directories::enter_nested_leave),
    ("folder: in the same line", directories::same_line),
    ("folder: pushd and popd", directories::pushd_popd),
    ("folder: no base: leaving removes the variable", directories::no_base),
    ("folder: by hand inside, leave, come back", directories::by_hand_inside),
    ("folder: export typed by hand", directories::exported_by_hand),
    ("folder: no profile by hand", directories::none_by_hand),
    ("folder: a nearer file ends a choice by hand", directories::nearer_file),
    ("folder: created, edited, deleted while there", directories::while_there),
    ("folder: edits under a choice by hand", directories::edits_under_a_choice),
    ("folder: a cd that fails", directories::failing_cd),
    ("folder: hostile names", directories::hostile_names),
    ("folder: a file with blanks, comments, CRLF", directories::odd_files),
    ("folder: AWS_DEFAULT_PROFILE set aside, restored", directories::default_profile),
    ("folder: keys: entering", directories::keys_entering),
    ("folder: keys: leaving", directories::keys_leaving),
    ("folder: a command substitution", directories::substitution),
    ("region: set and put back exactly", regions::put_back),
    ("region: by hand belongs to the base", regions::by_hand),
    ("region: edited while there", regions::edited),
    ("region: changed by the user under a file", regions::changed_by_the_user),
    ("trust: a refused file inside an accepted one", trust::refused_inside),
    ("trust: unknown profile, empty, too long", trust::senseless_files),
    ("trust: pin and unpin", trust::pin),
    ("trust: deny, then allow", trust::deny_then_allow),
    ("trust: a protected profile needs allow", trust::protected_profile),
    ("trust: AUTO=trusted", trust::trusted_only),
    ("setting: auto off and on", settings::auto),
    ("setting: AWS_SWITCH_AUTO=off", settings::auto_off),
    ("setting: notices refusals and off", settings::notices),
    ("setting: settings.ini", settings::file),
    ("start: under a file: line at the first prompt", inherited::starts_under_a_file),
    ("start: a child shell inherits both layers", inherited::both_layers),
    ("start: a child shell inherits a choice by hand", inherited::choice_by_hand),
    ("start: hostile state is dropped", inherited::hostile_state),
    ("start: private variables prove nothing", inherited::private_variables),
];

#[test]
fn every_behaviour_holds_in_every_shell() {
    let failures = matrix::run(ROWS, &Shell::all_available());
    assert!(failures.is_empty(), "{} cells failed:\n\n{}", failures.len(), failures.join("\n\n"));
}
