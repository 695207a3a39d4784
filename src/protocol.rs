//! The agreement between scripts and helper, beside the lines of a reply (`switching/reply.rs`): a number, the variables
//! by which a script passes on what its shell has, and the reasons for which it asks.

use std::env;

use clap::ValueEnum;

/// The number of the protocol: a script of another one changes nothing.
pub const NUMBER: &str = "3";

/// The names of all variables between script and helper begin with this.
pub const PREFIX: &str = "__AWS_SWITCH_";

/// The protocol that a script reads; unset or empty where none reads the output.
pub const WIRE: &str = "__AWS_SWITCH_WIRE";

/// The state of the shell (`state.rs`), the only one of these variables that child processes inherit.
pub const STATE: &str = "__AWS_SWITCH_STATE";

/// `on` or `off` after `aws-switch auto` in this shell.
pub const AUTO: &str = "__AWS_SWITCH_AUTO";

/// The variables that the shell has saved for `-`.
pub const SAVED: &str = "__AWS_SWITCH_SAVED";

/// When the shell ends a `--for`, if not before the next command line: only at the `prompt`, `never`, or, as every switch
/// there, with the `subshell`.
pub const ENDS: &str = "__AWS_SWITCH_ENDS";

/// The protocol of the script, its shell, and which of `prompt`, `cd`, `pushd` and `popd` run the helper; `rebuilt`, if
/// the prompt was rebuilt after the integration had put the profile into it; `traced`, if a trap of DEBUG sees its hook,
/// and keeps it from doing that again; `left`, if the prompt is left to another tool; `no-tab`, if Tab does not run the
/// helper.
pub const LOADED: &str = "__AWS_SWITCH_LOADED";

/// Whether a script runs this helper for its shell, and not another program, or a shell without the integration.
pub fn is_called_by_script() -> bool {
    [WIRE, LOADED].into_iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The reason why the shell integration asks which layer is active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Event {
    /// The shell starts: a profile that the state does not know is inherited
    Load,
    /// A prompt, a change of directory, or a change of trust: such a profile is a manual switch
    Change,
    /// The directory profile is to be activated, over a manual switch too
    #[value(skip)]
    Reapply,
}
