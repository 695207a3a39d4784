//! moto as AWS on loopback, and the real AWS CLI as its client.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::powershell::PowerShell;
use super::world::{WINDOWS_BIN, World};

/// A running server with two users, `alice` in account 111111111111 and `bob` in 222222222222; ended when dropped.
pub struct Endpoint {
    server: Child,
    users: Value,
}

impl Endpoint {
    /// Starts moto. `None` without moto or AWS CLI v2, after a warning; in CI this panics.
    pub fn start() -> Option<Self> {
        super::aws_cli()?;
        let python = super::python("import moto.moto_server.threaded_moto_server", "moto, AWS itself was not asked")?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/common/endpoint.py");
        let mut command = Command::new(python);
        command.arg(script).env("PYTHONDONTWRITEBYTECODE", "1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let users = serde_json::from_str(&line).unwrap_or_else(|error| panic!("moto said {line:?}: {error}"));
        Some(Self { server, users })
    }

    /// The variables that make the AWS CLI use this endpoint.
    pub fn variables(&self) -> [(&'static str, &str); 2] {
        [("AWS_ENDPOINT_URL", self.users["url"].as_str().unwrap()), ("AWS_EC2_METADATA_DISABLED", "true")]
    }

    /// A user's access key, its id and its secret.
    pub fn keys(&self, name: &str) -> [&str; 2] {
        [0, 1].map(|half| self.users[name][half].as_str().unwrap())
    }

    /// Both users as profiles of a world, and the real AWS CLI on its PATH.
    pub fn install(&self, world: &World) {
        let profile = |name: &str| {
            let [id, secret] = self.keys(name);
            format!("[{name}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
        };
        world.credentials(&["alice", "bob"].map(profile).concat());
        world.config("[profile alice]\nregion = eu-west-1\n[profile bob]\nregion = us-east-1\n");
        self.install_cli(world);
    }

    /// Installs the real AWS CLI on a world's PATH. Versions before 2.13 ignore `AWS_ENDPOINT_URL`, so they get an option.
    pub fn install_cli(&self, world: &World) {
        let cli = super::aws_cli().unwrap().display();
        let program =
            world.program("aws", &format!("#!/bin/sh\nexec '{cli}' --endpoint-url \"$AWS_ENDPOINT_URL\" \"$@\"\n"));
        if let Some(powershell) = PowerShell::find().filter(|found| found.is_wine()) {
            powershell.install_program(&world.path("..").join(WINDOWS_BIN), "aws", &program);
        }
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
