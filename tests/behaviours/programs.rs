//! Commands that start another program.

use super::cell::Cell;
use crate::common::Shell;
use crate::common::powershell::PowerShell;
use crate::common::walk::one_line;

/// A command that prints the profile and ends with status 7.
fn command(shell: Shell) -> &'static str {
    if shell == Shell::PowerShell && PowerShell::find().is_some_and(PowerShell::is_wine) {
        "cmd /c 'echo %AWS_PROFILE%& exit 7'"
    } else {
        "sh -c 'echo \"$AWS_PROFILE\"; exit 7'"
    }
}

pub fn exec(cell: &Cell) {
    let mut walk = cell.walk();
    let before = walk.aws();
    let output = walk.run(&format!("aws-switch exec dev -- {}", command(cell.shell)));
    assert_eq!((output.status, output.text.trim_end()), (7, "dev"));
    let output = walk.run(&format!("aws-switch exec wrok -- {}", command(cell.shell)));
    one_line(&output.text);
    assert_eq!(output.status, 3);
    assert!(output.text.contains("'work'"), "{}", output.text);
    let output = walk.run("aws-switch exec work -- no-such-command");
    one_line(&output.text);
    assert_eq!((output.status, walk.aws()), (127, before));
}
