//! Sessions, accounts and roles: read from the files and caches of the AWS CLI, and listed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::common::{World, listed, text};
use serde_json::{Value, json};

const SESSIONS: &str = "
[profile named]
sso_session = acme
sso_account_id = 123456789012
sso_role_name = Dev
[profile legacy]
sso_start_url = https://ssotest.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = Dev
[profile role]
role_arn = arn:aws:iam::210987654321:role/ops/Admin
source_profile = between
[profile between]
role_arn = arn:aws:iam::111111111111:role/Hop
source_profile = named
[profile signed-in]
login_session = arn:aws:iam::123456789012:user/me
[profile keys]
aws_access_key_id = ASIAY34FZKBOKMUTVV7A
aws_secret_access_key = x
[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
";

/// The AWS CLI names the cache of a session by the SHA-1 of its name or start URL, and of a login by its SHA-256.
const NAMED: &str = ".aws/sso/cache/293abb6b76d7791c0732cc517d38c4b5c734b87f.json";
const LEGACY: &str = ".aws/sso/cache/dace00cba5f8355ec9d274ceb2bcebdfbeed0e12.json";
const LOGIN: &str = "286187707741fc2ccb93cf9e56dbd0ee0a16208feed5fbc8ae1baa86d44c283f.json";

/// A moment some minutes from now, as GNU date and the AWS CLI write it, without its zone.
fn moment(minutes: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let seconds = i64::try_from(now).unwrap() + minutes * 60;
    jiff::Timestamp::from_second(seconds).unwrap().to_string().trim_end_matches('Z').to_owned()
}

/// A token as `aws sso login` caches it.
fn token(minutes: i64, zone: &str) -> String {
    let token = json!({
        "startUrl": "https://acme.awsapps.com/start", "region": "eu-west-1", "accessToken": "SECRET-TOKEN",
        "expiresAt": format!("{}{zone}", moment(minutes)), "clientId": "SECRET-ID", "clientSecret": "SECRET-SECRET",
        "registrationExpiresAt": format!("{}Z", moment(60)), "refreshToken": "SECRET-REFRESH",
    });
    token.to_string()
}

/// The keys as `aws login` caches them.
fn login(minutes: i64) -> String {
    let keys = json!({
        "accessKeyId": "SECRET-KEY", "secretAccessKey": "SECRET-SECRET", "sessionToken": "SECRET-TOKEN",
        "accountId": "123456789012", "expiresAt": format!("{}Z", moment(minutes)),
    });
    let login = json!({
        "accessToken": keys, "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device",
        "refreshToken": "SECRET-REFRESH", "idToken": "SECRET-ID", "dpopKey": "SECRET-PEM",
    });
    login.to_string()
}

#[test]
fn sessions_are_read_from_the_caches_of_the_aws_cli() {
    let world = World::new();
    world.config(SESSIONS);
    for name in ["named", "legacy", "role", "between", "signed-in"] {
        assert_eq!(listed(&world, name)["session"], json!({"status": "none", "expires_at": null}), "{name}");
    }
    for (minutes, zone, named, legacy, words) in [
        (192, "Z", "valid", "valid", "3h12m left"),
        (60, "UTC", "valid", "valid", "1h left"),
        (60, "+00:00", "valid", "valid", "1h left"),
        (60, ".123456Z", "valid", "valid", "1h left"),
        // Ten minutes ago, as this zone is an hour east.
        (50, "+01:00", "refreshable", "expired", "refreshable"),
        (-10, "Z", "refreshable", "expired", "refreshable"),
    ] {
        world.write(NAMED, token(minutes, zone));
        world.write(LEGACY, token(minutes, zone));
        for (name, status) in [("named", named), ("role", named), ("between", named), ("legacy", legacy)] {
            let session = listed(&world, name)["session"].clone();
            assert_eq!(session["status"], status, "{name} {minutes}{zone}");
            let end = session["expires_at"].as_str().unwrap();
            assert!(end.parse::<jiff::Timestamp>().is_ok() && end.ends_with('Z') && !end.contains('.'), "{end}");
        }
        let table = text(&world, &["list"]);
        assert!(table.lines().any(|line| line.contains(" named ") && line.contains(words)), "{words}: {table}");
        assert_eq!(listed(&world, "keys")["session"], Value::Null);
    }
    for (minutes, status) in [(10, "valid"), (-10, "refreshable")] {
        world.write(format!(".aws/login/cache/{LOGIN}"), login(minutes));
        assert_eq!(listed(&world, "signed-in")["session"]["status"], status);
    }
}

/// Has tests/differential/caches.py write caches in this home; returns the profiles and the end of their sessions.
fn cached_by(python: &Path, writer: &str, minutes: i32, world: &World) -> Vec<(String, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/caches.py");
    let mut command = Command::new(python);
    command.arg(script).args([writer, &minutes.to_string()]).env("PYTHONDONTWRITEBYTECODE", "1");
    let output = command.env_remove("AWS_LOGIN_CACHE_DIRECTORY").env("HOME", world.home()).output().unwrap();
    assert!(output.status.success(), "{writer}: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(|line| line.split_once(' ').unwrap()).map(|(name, end)| (name.into(), end.into())).collect()
}

#[test]
fn sessions_are_read_from_caches_that_the_real_code_wrote() {
    let debians = Path::new("/usr/lib/python3/dist-packages/awscli/customizations/sso/utils.py");
    let cli = debians.is_file().then(|| ("/usr/bin/python3".into(), "cli", 2));
    if cli.is_none() {
        crate::common::skip("the AWS CLI's own code is not where Debian has it, no session was cached by it");
    }
    let botocore = crate::common::python_with_botocore().map(|python| (python, "botocore", 3));
    for (python, writer, count) in cli.into_iter().chain(botocore) {
        for minutes in [30, -10] {
            let world = World::new();
            world.config(SESSIONS);
            let cached = cached_by(&python, writer, minutes, &world);
            assert_eq!(cached.len(), count, "{writer}");
            for (name, end) in cached {
                let status = match name.as_str() {
                    _ if minutes > 0 => "valid",
                    "legacy" => "expired",
                    _ => "refreshable",
                };
                let wanted = json!({"status": status, "expires_at": end});
                assert_eq!(listed(&world, &name)["session"], wanted, "{writer}: {name}: {minutes}");
            }
            assert!(!text(&world, &["list"]).contains("SECRET"), "{writer}");
        }
    }
}

#[test]
fn tokens_are_never_shown() {
    let world = World::new();
    world.config(SESSIONS);
    world.write(NAMED, token(60, "Z"));
    world.write(format!(".aws/login/cache/{LOGIN}"), login(60));
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["show", "named"],
        &["show", "role", "--json"],
        &["show", "signed-in", "--json"],
    ] {
        assert!(!text(&world, arguments).contains("SECRET"), "{arguments:?}");
    }
}

#[test]
fn an_odd_cache_is_never_an_error() {
    let world = World::new();
    world.config(SESSIONS);
    let whole = token(60, "Z");
    for odd in ["", &whole[..whole.len() / 2], "[]", "\u{0}", "{\"accessToken\":\"x\"}"] {
        world.write(NAMED, odd);
        assert_eq!(listed(&world, "named")["session"], Value::Null, "{odd}");
        assert!(text(&world, &["list"]).contains("named"));
    }
    world.write(NAMED, whole.replacen('{', &format!("{{\"x\":\"{}\",", "y".repeat(2 << 20)), 1));
    assert_eq!(listed(&world, "named")["session"], Value::Null, "too large");
    // The registration that `aws sso login` caches first is no session.
    let registration = json!({"clientId": "c", "clientSecret": "s", "expiresAt": format!("{}Z", moment(9000))});
    world.write(NAMED, registration.to_string());
    assert_eq!(listed(&world, "named")["session"]["status"], "none");
    let file = world.path(NAMED);
    fs::remove_file(&file).unwrap();
    world.dir(NAMED);
    assert_eq!(listed(&world, "named")["session"], Value::Null, "a directory");
    fs::remove_dir(&file).unwrap();
    assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert_eq!(listed(&world, "named")["session"], Value::Null, "a FIFO");
}

#[test]
fn caches_are_below_the_home_wherever_the_config_file_is() {
    let world = World::new();
    let config = world.write("elsewhere/config", SESSIONS);
    world.write(NAMED, token(60, "Z"));
    world.write(format!("logins/{LOGIN}"), login(60));
    let mut command = world.helper();
    command.env("AWS_CONFIG_FILE", config).env("AWS_LOGIN_CACHE_DIRECTORY", "~/logins");
    let output = command.args(["list", "--json"]).output().unwrap();
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let valid = list["profiles"].as_array().unwrap().iter().filter(|profile| profile["session"]["status"] == "valid");
    let names: Vec<&str> = valid.map(|profile| profile["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["named", "role", "between", "signed-in"]);
}

#[test]
fn accounts_and_roles_are_listed_and_described_at_tab() {
    let world = World::new();
    world.config(SESSIONS);
    for (name, kind, account, role) in [
        ("named", "sso", json!("123456789012"), json!("Dev")),
        ("role", "assume-role", json!("210987654321"), json!("ops/Admin")),
        ("signed-in", "login", json!("123456789012"), Value::Null),
        ("keys", "static", json!("609629065308"), Value::Null),
    ] {
        let profile = listed(&world, name);
        assert_eq!([&profile["kind"], &profile["account_id"], &profile["role"]], [&json!(kind), &account, &role]);
    }
    let offered = text(&world, &["__complete", "fish", "--", ""]);
    assert!(offered.contains("\nnamed\t123456789012 \u{b7} Dev\n"), "{offered}");
    assert!(offered.contains("\nrole\t210987654321 \u{b7} ops/Admin\n"), "{offered}");
}

#[test]
fn tab_gives_each_shell_a_name_as_its_line_takes_it() {
    let world = World::new();
    world.config("[profile \"my pro:x\"]\nregion = r\n[profile me]\n");
    for (arguments, offered) in [
        (&["bash", "--", "aws-switch "][..], "words\nmy\\ pro:x\nme\n"),
        (&["bash", "--word-breaks", " :", "--", "aws-switch \"my"], "words\nmy pro:x\n"),
        (&["bash", "--word-breaks", " :", "--", "aws-switch my\\ pro:"], "words\nx\n"),
        (&["bash", "--word-breaks", " :", "--", "aws-switch my\\ pro:x"], "words\nx\n"),
        (&["bash", "--word-breaks", "x:", "--", "aws-switch my\\ pro:x"], "words\n''\n"),
        (&["bash", "--", "aws-switch m'y"], "words\n"),
        (&["bash", "--", "aws-switch exec me -- ls 'fil"], "command\n"),
        (&["zsh", "--quote", "", "--", ""], "words 2\nmy pro:x\nme\nmy pro:x  -- r\nme        -- profile\n"),
        (&["fish", "--", r"my\ "], "words\nmy pro:x\tr\n"),
        (&["powershell", "--", "aws-switch "], "words\n'my pro:x'\tmy pro:x\tr\nme\tme\tprofile\n"),
        (&["bash", "--", "aws-switch resolve "], "directories\n"),
        (&["fish", "--", "allow", ""], "files\n"),
        (&["zsh", "--", "exec", "me", "--", "l"], "command\n"),
    ] {
        let offers = text(&world, &[&["__complete"], arguments].concat());
        assert_eq!(offers, format!("aws-switch 3 {offered}"), "{arguments:?}");
    }
}

#[test]
fn tab_aligns_descriptions_on_request() {
    let world = World::new();
    world.config("[profile a]\nregion = r\n[profile \u{65e5}\u{672c}]\n[profile longer]\n");
    let offered = text(&world, &["__complete", "zsh", "--", ""]);
    let names = ["a", "\u{65e5}\u{672c}", "longer"];
    let shown = ["a       -- r", "\u{65e5}\u{672c}    -- profile", "longer  -- profile"];
    assert_eq!(offered.lines().next(), Some("aws-switch 3 words 3"));
    assert_eq!(offered.lines().skip(1).collect::<Vec<_>>(), [names, shown].concat());
}

#[test]
fn tab_describes_at_most_a_thousand_names() {
    let world = World::new();
    let config = |count| (0..count).map(|number| format!("[profile p{number}]\nregion = r\n")).collect::<String>();
    world.config(&config(1000));
    assert_eq!(text(&world, &["__complete", "fish", "--", ""]).matches("\tr\n").count(), 1000);
    world.config(&config(1001));
    assert_eq!(text(&world, &["__complete", "fish", "--", ""]).matches('\t').count(), 0);
    assert_eq!(text(&world, &["__complete", "fish", "--", "P99"]).matches("\tr\n").count(), 11);
    assert_eq!(text(&world, &["__complete", "zsh", "--", ""]).lines().count(), 1 + 1001);

    // Where the shell matches names itself, names with the typed letters come first.
    let offered = text(&world, &["__complete", "zsh", "--", "use", "99"]);
    let lines: Vec<&str> = offered.lines().collect();
    assert_eq!(lines[..4], ["aws-switch 3 words 1001", "p99", "p199", "p299"]);
    assert_eq!(lines.len(), 1 + 1001 + 19);
    assert_eq!(lines[1002], "p99   -- r");
}
