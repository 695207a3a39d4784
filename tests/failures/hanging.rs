//! A hanging file system: at a hook or a Tab the helper ends itself after two seconds.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{Shell, World};

/// Holds a lease on a file: the kernel blocks whoever opens it, for up to 45 seconds.
const LEASE: &str = "
import fcntl, os, signal, sys
signal.signal(signal.SIGIO, signal.SIG_IGN)
file = os.open(sys.argv[1], os.O_RDWR)
fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
print('held', flush=True)
sys.stdin.read()
";

/// Makes the config file hang; `None` where the system has no leases.
fn hold(world: &World) -> Option<Child> {
    let mut command = Command::new("python3");
    command.args(["-c", LEASE]).arg(world.path(".aws/config")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().ok()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
    if line != "held\n" {
        crate::common::skip("this file system has no leases: no hanging one was tested");
        let _ = child.wait();
        return None;
    }
    Some(child)
}

fn a_shell_goes_on(shell: Shell) {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    let mut session = world.start(shell).before(shell.completion_setup()).env("AWS_PROFILE", "work").spawn();
    let Some(mut lease) = hold(&world) else { return };
    let start = Instant::now();
    let entered = session.run(&shell.cd(world.path("in")));
    let took = start.elapsed();
    assert!(took > Duration::from_millis(1900) && took < Duration::from_secs(8), "{shell:?}: {took:?}");
    assert!(
        entered
            .text
            .starts_with("aws-switch: error: the helper is missing or does not answer; AWS_PROFILE stays work;"),
        "{shell:?}: {}",
        entered.text
    );
    assert_eq!((entered.status, entered.text.lines().count()), (0, 1), "{shell:?}: {}", entered.text);
    let start = Instant::now();
    session.keys("echo alive; aws-switch wo\t");
    session.keys("X");
    session.wait("the X", |display| display.cursor_line().ends_with("aws-switch woX").then_some(()));
    assert!(start.elapsed() > Duration::from_millis(1900), "{shell:?}: nothing hung");
    session.keys("\x15");
    assert_eq!(session.submit().text, "", "{shell:?}");
    let _ = (lease.kill(), lease.wait());
    // The script asks the helper again when something changes.
    assert_eq!(session.ok(&shell.cd(world.home())), "", "{shell:?}");
    let entered = session.ok(&shell.cd(world.path("in")));
    assert_eq!(entered.lines().count(), 1, "{shell:?}: {entered}");
    assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}");
}

#[test]
fn a_helper_that_hangs_ends_itself_in_a_hook_and_at_a_tab() {
    if cfg!(target_os = "linux") {
        thread::scope(|scope| {
            Shell::available().into_iter().for_each(|shell| drop(scope.spawn(move || a_shell_goes_on(shell))))
        });
    }
}
