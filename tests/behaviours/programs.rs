//! Commands that start another program.

use super::cell::{Cell, OUTER};
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
    if cell.shell != Shell::PowerShell {
        let segment = walk.ok("aws-switch exec dev -- sh -c 'echo \"<${AWS_SWITCH_SEGMENT-none}>\"'");
        assert_eq!(segment, "<none>");
    }
    let output = walk.run(&format!("aws-switch exec wrok -- {}", command(cell.shell)));
    one_line(&output.text);
    assert_eq!(output.status, 3);
    assert!(output.text.contains("'work'"), "{}", output.text);
    let output = walk.run("aws-switch exec work -- no-such-command");
    one_line(&output.text);
    assert_eq!((output.status, walk.aws()), (127, before));
}

pub fn exec_here(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer/deep", OUTER, "outer");
    // A manual switch and `auto off` hide the file from the shell, not from a command that asks for it.
    walk.ok("aws-switch other");
    walk.ok("aws-switch auto off");
    let output = walk.run(&format!("aws-switch exec --here -- {}", command(cell.shell)));
    assert_eq!((output.status, output.text.trim_end()), (7, "outer"));
    walk.stays_active("exec --here", "other");
    walk.ok("aws-switch deny");
    let output = walk.run(&format!("aws-switch exec --here -- {}", command(cell.shell)));
    let ignored =
        format!("ignored {}: it was denied; run 'aws-switch allow' to trust it", cell.shell.below_home(OUTER));
    assert_eq!((output.status, output.text), (4, format!("aws-switch: error: {ignored}")));
    walk.ok(&walk.cd("plain"));
    let output = walk.run(&format!("aws-switch exec --here -- {}", command(cell.shell)));
    assert_eq!(output.status, 1, "{}", output.text);
    one_line(&output.text);
}

pub fn env(cell: &Cell) {
    let names = ["dev", "it's $(touch canary)", "%n `touch canary`", "öscar \\"];
    cell.world.config(&names.map(|name| format!("[profile \"{}\"]\n", name.replace('\\', "\\\\"))).concat());
    cell.world.write("plain/.awsprofile", "dev\neu-west-3\n");
    let mut walk = cell.walk_in(cell.start());
    let evaluate = |words: &str| match cell.shell {
        Shell::Fish => format!("aws-switch env {words} --format fish | source"),
        Shell::PowerShell => format!("aws-switch env {words} --format powershell | Out-String | Invoke-Expression"),
        _ => format!("eval \"$(aws-switch env {words})\""),
    };
    for name in names {
        for variable in ["AWS_ACCESS_KEY_ID", "AWS_DEFAULT_PROFILE", "AWS_VAULT"] {
            walk.ok(&cell.shell.set_env(variable, "x"));
        }
        walk.ok(&evaluate(&cell.shell.quote(name)));
        assert_eq!(walk.aws(), [format!("AWS_PROFILE={name}")]);
    }
    walk.ok("aws-switch auto off");
    walk.ok(&walk.cd("plain"));
    walk.ok(&evaluate("--here"));
    assert_eq!(walk.aws(), ["AWS_DEFAULT_REGION=eu-west-3", "AWS_PROFILE=dev", "AWS_REGION=eu-west-3"]);
    assert!(!cell.world.path("canary").exists());
}
