//! The location of each problem: its file and line.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use super::{only, problems};
use crate::common::World;

/// A config file, and the code, line and severity of its problem.
const CONFIG: [(&str, &str, u64, &str); 58] = [
    ("[profile a]\n[profile b]\n[profile a]\n", "duplicate-section", 3, "error"),
    ("[profile a]\nregion = x\nRegion = y\n", "duplicate-key", 3, "error"),
    ("[profile a]\nstray\n", "not-a-setting", 2, "error"),
    ("[profile a]\n= v\n", "no-key", 2, "error"),
    ("region = x\n[profile a]\n", "before-any-section", 1, "error"),
    ("[profile a]\ns3 =\n  stray\n", "nested-without-equals", 3, "error"),
    ("\u{feff}[profile a]\n", "byte-order-mark", 1, "error"),
    ("[profile o'brien]\n", "header-cannot-be-unquoted", 1, "warning"),
    ("[profile a b]\n", "header-not-two-words", 1, "warning"),
    ("[a]\nregion = x\n", "not-a-profile", 1, "warning"),
    ("[ default ]\n", "not-a-profile", 1, "warning"),
    ("[profiles a]\n", "odd-keyword", 1, "warning"),
    ("[profile \"\"]\n", "empty-name", 1, "warning"),
    ("[default]\n[profile default]\n", "both-defaults", 2, "warning"),
    ("[profile a]\n[profile  a]\n", "two-spellings", 2, "warning"),
    ("[profile a] junk\n", "text-after-header", 1, "warning"),
    ("[profile a]\nregion = \"x\"\n", "quoted-value", 2, "warning"),
    ("[profile a]\nregion = x\n  [profile b]\n", "indented-header", 3, "warning"),
    ("[profile a]\n[profile b = x\n", "unclosed-header", 2, "warning"),
    ("[profile a]\nregion = x # why\n", "inline-comment", 2, "warning"),
    ("[profile a]\nregion: x\n", "colon-for-equals", 2, "warning"),
    ("[profile a]\n  region = x\n", "indented-key", 2, "warning"),
    ("[profile a]\nregion = x\n  # why\n", "indented-comment", 3, "warning"),
    ("[profile a]\ns3 =\n  k = 1\n  l = 1\n  k = 2\n", "duplicate-nested-key", 5, "warning"),
    ("[profile a]\noutput = json\nregion =\n", "empty-value", 3, "info"),
    ("[profile a]\nregion =\n# why\n[profile b]\n", "empty-value", 2, "info"),
    ("[profile \"a\"]\n", "quoted-name", 1, "warning"),
    ("[profile caf\u{e9}]\n", "name-not-for-sdks", 1, "warning"),
    ("[profile a]\naws_access_key_id = x\n", "half-key-pair", 2, "error"),
    ("[profile a]\naws_secret_access_key = x\n", "secret-without-id", 2, "warning"),
    ("[profile a]\nrole_arn = x\nsource_profile = ghost\n", "source-profile-nowhere", 3, "error"),
    ("[profile a]\nrole_arn = x\nsource_profile = b\n[profile b]\n", "source-profile-empty", 3, "error"),
    (
        "[profile a]\nrole_arn = x\nsource_profile = b\n[profile b]\nrole_arn = x\nsource_profile = a\n",
        "source-profile-loop",
        3,
        "error",
    ),
    ("[profile a]\nrole_arn = x\nsource_profile = a\ncredential_source = Environment\n", "both-sources", 4, "error"),
    ("[profile a]\nrole_arn = x\n", "no-source", 2, "error"),
    ("[profile a]\nrole_arn = x\ncredential_source = Moon\n", "credential-source-unknown", 3, "error"),
    ("[profile a]\nweb_identity_token_file = x\n", "no-role", 2, "error"),
    ("[profile a]\nsso_account_id = 1\n", "sso-settings-missing", 1, "error"),
    ("[profile a]\nsso_account_id = 1\nsso_session = ghost\n", "sso-session-nowhere", 3, "error"),
    ("[profile a]\nsso_session = ghost\n", "sso-session-nowhere", 2, "error"),
    ("[profile a]\nsso_session = s\n[sso-session s]\nsso_region = x\n", "sso-settings-missing", 3, "error"),
    ("[profile a]\nsso_start_url = x\n", "sso-without-role", 2, "warning"),
    ("[profile a]\nregion = x\routput = json\n", "lone-carriage-return", 2, "warning"),
    ("[profile list]\n", "named-like-command", 1, "info"),
    ("[profile a]\n  # why\nregion = x\n", "indented-comment", 2, "warning"),
    ("[profile b]\n  [profile a]\n", "indented-header", 2, "warning"),
    ("[profile a]\ns3 =\n  = v\n", "nested-without-key", 3, "warning"),
    ("[profile a]\n\u{a0}\n", "odd-spaces", 2, "warning"),
    ("[profile a]\ncredential_process = \"a b\" \"c\"\n", "quoted-value", 2, "warning"),
    ("[profile __proto__]\n", "name-not-for-sdks", 1, "warning"),
    ("[profile a]\nregoin = eu-west-1\n", "unknown-setting", 2, "warning"),
    ("[profile a]\nregion = eu-wset-1\n", "unknown-region", 2, "warning"),
    ("[profile a]\nretry_mode = often\n", "invalid-value", 2, "error"),
    ("[profile a]\naws_account_id = 12\n", "invalid-value", 2, "warning"),
    ("[profile a]\nmax_attempts =\n  a = 1\n", "nested-value", 2, "error"),
    ("[profile a]\ns3 = max\n", "block-expected", 2, "error"),
    ("[profile a]\nmax_queue_size = 9\n", "not-indented", 2, "warning"),
    ("[profile a]\nservices = ghost\n", "services-nowhere", 2, "error"),
];

#[test]
fn each_problem_of_the_config_file_has_a_code_a_line_and_a_status() {
    let world = World::new();
    for (text, code, line, severity) in CONFIG {
        let file = world.config(text);
        let (status, found) = problems(&mut world.helper());
        let problem = only(&found, code);
        assert_eq!((&problem["line"], &problem["severity"]), (&json!(line), &json!(severity)), "{text}");
        assert_eq!(problem["file"], json!(file), "{text}");
        assert!(!problem["message"].as_str().unwrap().is_empty() && !problem["fix"].as_str().unwrap().is_empty());
        assert_eq!(status, i32::from(severity == "error"), "{text}: {found:#?}");
    }
}

#[test]
fn a_conflict_with_an_sso_session_is_reported_at_the_line_of_the_profile() {
    let world = World::new();
    world.config(
        "[profile a]\nsso_session = s\nsso_region = us-east-9\nsso_account_id = 1\nsso_role_name = r\n\
         [sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://x\n",
    );
    let (status, found) = problems(&mut world.helper());
    assert_eq!((only(&found, "sso-settings-differ")["line"].as_u64(), status), (Some(3), 1));
}

#[test]
fn problems_of_the_credentials_file_name_that_file() {
    let world = World::new();
    for (text, code, line) in [
        ("[profile x]\n", "profile-keyword-in-credentials", json!(1)),
        ("[sso-session x]\n", "section-in-wrong-file", json!(1)),
        ("[ x ]\n", "name-not-for-sdks", json!(1)),
        ("[profile\tx]\n", "profile-keyword-in-credentials", json!(1)),
        ("[profile!x]\n", "name-not-for-sdks", json!(1)),
        ("[x]\naws_access_key_id = a\n", "half-key-pair", json!(2)),
        ("[x]\n", "readable-by-others", json!(null)),
    ] {
        let file = world.credentials(text);
        let (_, found) = problems(&mut world.helper());
        let problem = only(&found, code);
        assert_eq!((&problem["line"], &problem["file"]), (&line, &json!(file)), "{text}");
    }
    let spaced = world.write("my keys", "[x]\n");
    let (_, found) = problems(world.helper().env("AWS_SHARED_CREDENTIALS_FILE", &spaced));
    let fix = format!("chmod 600 '{}'", spaced.display());
    assert_eq!(only(&found, "readable-by-others")["fix"], json!(fix), "as a shell takes it");
    let file = world.credentials("[x]\n");
    // Nobody else is in the group of root, as which some machines run this.
    let own_group = if rustix::process::getuid().is_root() && cfg!(target_os = "linux") { 0o640 } else { 0o600 };
    for mode in [0o600, own_group] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let (status, found) = problems(&mut world.helper());
        assert!(status == 0 && found.iter().all(|problem| problem["code"] != "readable-by-others"), "{found:#?}");
    }
}

#[test]
fn files_that_are_no_text_are_reported() {
    let world = World::new();
    for (bytes, code) in [(&b"[profile a]\n\xff\n"[..], "invalid-utf8"), (b"\xff\xfe[\0a\0]\0", "utf-16")] {
        world.write(".aws/config", bytes);
        let (status, found) = problems(&mut world.helper());
        assert_eq!((status, only(&found, code)["severity"].as_str()), (1, Some("error")));
    }
    fs::remove_file(world.path(".aws/config")).unwrap();
    world.dir(".aws/config");
    let found = problems(&mut world.helper()).1;
    let problem = only(&found, "no-regular-file");
    assert_eq!((&problem["line"], &problem["fix"]), (&json!(null), &json!("replace it with a file")));
    fs::remove_dir(world.path(".aws/config")).unwrap();
    for variable in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        let found = problems(world.helper().env(variable, world.home())).1;
        let fix = format!("unset {variable}, or correct its path");
        assert_eq!(only(&found, "no-regular-file")["fix"], fix);
    }
    let (status, found) = problems(world.helper().env("AWS_CONFIG_FILE", "/no/such/file"));
    assert_eq!((status, &only(&found, "file-missing")["file"]), (0, &json!("/no/such/file")));
    only(&found, "no-profiles");
}

#[test]
fn problems_of_variables_and_settings_are_reported() {
    let world = World::new();
    world.config("[profile one]\nregion = r\n[profile two]\n");
    for (variables, code, status) in [
        (&[("AWS_PROFILE", "")][..], "empty-variable", 1),
        (&[("AWS_PROFILE", "gone")], "profile-unknown", 1),
        (&[("AWS_PROFILE", "one"), ("AWS_DEFAULT_PROFILE", "two")], "two-profiles", 0),
        (&[("AWS_DEFAULT_PROFILE", "two")], "default-profile-only", 0),
        (&[("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")], "keys-override", 0),
        (&[("AWS_ACCESS_KEY_ID", "x")], "half-keys", 1),
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "x"), ("AWS_ROLE_ARN", "y")], "web-identity-overrides", 0),
        (&[("AWS_REGION", "x"), ("AWS_DEFAULT_REGION", "y")], "two-regions", 0),
        (&[("AWS_PROFILE", "one"), ("AWS_REGION", "x")], "region-overridden", 0),
        (&[("AWS_SWITCH_AUTO", "maybe")], "settings-variable", 0),
        (&[("AWS_SWITCH_PROTECT", "*prod*,account:")], "settings-variable", 0),
    ] {
        let (ended, found) = problems(world.helper().envs(variables.to_vec()));
        only(&found, code);
        assert_eq!(ended, status, "{variables:?}");
    }
    let file = world.write(".config/aws-switch/settings.ini", "prompt = on\nauto = maybe\n");
    let (status, found) = problems(&mut world.helper());
    let problem = only(&found, "settings-line");
    assert_eq!((&problem["file"], &problem["line"], status), (&json!(file), &json!(2), 0));
}

#[test]
fn each_reason_to_ignore_a_directory_profile_has_its_code_and_severity() {
    let world = World::new();
    let role = "role_arn = arn:aws:iam::111122223333:role/x\ncredential_source = Environment\n";
    world.config(&format!("[profile work]\n[profile prod]\n[profile role]\n{role}"));
    for (text, code, severity, line) in [
        ("work\n", "folder-not-followed", "warning", json!(null)),
        ("prod\n", "folder-untrusted", "warning", json!(null)),
        ("# why\ngone\n", "folder-unknown-profile", "error", json!(2)),
        ("role\n222222222222\n", "folder-wrong-account", "error", json!(2)),
        ("a\nb\n\nc\n", "folder-invalid", "error", json!(4)),
        ("a\nno region\n", "folder-invalid", "error", json!(2)),
        ("", "folder-invalid", "error", json!(null)),
    ] {
        let file = world.write("here/.awsprofile", text);
        let (status, found) = problems(world.helper().current_dir(world.path("here")));
        let problem = only(&found, code);
        assert_eq!((&problem["file"], &problem["line"]), (&json!(file), &line), "{text}");
        assert_eq!((problem["severity"].as_str(), status), (Some(severity), (severity == "error").into()), "{text}");
        let reason = problem["message"].as_str().unwrap().strip_prefix("the directory profile is not active: ");
        assert_eq!(reason.is_some(), code != "folder-not-followed", "{text}");
    }
    world.dir("there/.awsprofile");
    let (status, found) = problems(world.helper().current_dir(world.path("there")));
    assert_eq!((&only(&found, "folder-unreadable")["severity"], status), (&json!("error"), 1));
    world.write("here/.awsprofile", "work\n");
    for (variable, value, code) in
        [("AWS_SWITCH_AUTO", "off", "folder-off"), ("AWS_ACCESS_KEY_ID", "x", "folder-overridden")]
    {
        let (_, found) = problems(world.helper().current_dir(world.path("here")).env(variable, value));
        assert_eq!(only(&found, code)["severity"], "info");
    }
}

#[test]
fn an_account_with_protected_and_unprotected_profiles_is_reported_once() {
    let world = World::new();
    let role = |name: &str, account: &str| {
        format!("[profile {name}]\nrole_arn = arn:aws:iam::{account}:role/x\ncredential_source = Environment\n")
    };
    let profiles = |names: &[(&str, &str)]| names.iter().map(|(name, account)| role(name, account)).collect::<String>();
    let (one, two) = ("111122223333", "777788889999");
    let file = world.config(&profiles(&[("dev", one), ("admin", two), ("prod", two), ("audit", two)]));
    let (status, found) = problems(&mut world.helper());
    let problem = only(&found, "account-partly-protected");
    assert_eq!((&problem["file"], &problem["line"], &problem["severity"]), (&json!(file), &json!(4), &json!("info")));
    assert_eq!(
        problem["message"],
        "prod is protected, but admin and 1 more of the same account (777788889999) are not"
    );
    let value = "*prod*,*prd*,!*non*prod*,!*pre*prod*,account:777788889999";
    assert_eq!(problem["fix"], format!("write 'protect = {value}' in settings.ini"));
    assert_eq!(status, 0);
    world.write(".config/aws-switch/settings.ini", format!("protect = {value}\n"));
    assert!(!format!("{:?}", problems(&mut world.helper())).contains("account-partly-protected"));
    let (_, found) = problems(world.helper().env("AWS_SWITCH_PROTECT", "prod,!admin"));
    let problem = only(&found, "account-partly-protected");
    assert_eq!(problem["message"], "prod is protected, but audit of the same account (777788889999) is not");
    assert_eq!(problem["fix"], "append ',account:777788889999' to AWS_SWITCH_PROTECT");
    world.write(".config/aws-switch/settings.ini", "# mine\nprotect = prod,!admin\n");
    let (_, found) = problems(&mut world.helper());
    let fix = &only(&found, "account-partly-protected")["fix"];
    assert_eq!(fix, "append ',account:777788889999' to line 2 of settings.ini");
    world.write(".config/aws-switch/settings.ini", "");
    // A profile that a `!` excepts is not reported, nor is one of an unknown account.
    for config in [
        profiles(&[("nonprod", two), ("prod", two)]),
        "[profile a]\ncredential_process = x\n[profile prod]\ncredential_process = x\n".to_owned(),
        profiles(&[("dev", one), ("prod", two)]),
    ] {
        fs::remove_file(world.path(".config/aws-switch/settings.ini")).unwrap_or_default();
        world.config(&config);
        assert!(!format!("{:?}", problems(&mut world.helper())).contains("account-partly-protected"), "{config}");
    }
}
