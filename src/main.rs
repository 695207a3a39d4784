//! The helper of aws-switch: it answers questions about AWS profiles, and never changes a shell itself.

use std::process::ExitCode;

fn main() -> ExitCode {
    aws_switch::run()
}
