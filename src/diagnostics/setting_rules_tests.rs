use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

fn found(config: &str, credentials: &str) -> Vec<Diagnostic> {
    let store = ProfileStore::new(config, credentials);
    let of = |file| {
        let mut problems = Diagnostics::default();
        examine(&store, file, &mut problems);
        problems.into_vec()
    };
    FileKind::BOTH.into_iter().flat_map(of).collect()
}

/// Code, line, severity and fix of the only problem of a profile with these lines, and what its carets are under.
fn only(lines: &str) -> (&'static str, usize, &'static str, String, String) {
    let config = format!("[profile a]\n{lines}\n");
    let all = found(&config, "");
    let [problem] = all.as_slice() else { panic!("{lines}: {all:?}") };
    let span = problem.span.clone().unwrap();
    let line = config.lines().nth(span.line - 1).unwrap();
    let marked = span.columns.map_or("", |columns| &line[columns]);
    (problem.code, span.line, problem.severity.name(), problem.fix.clone(), marked.to_owned())
}

#[test]
fn everyday_mistakes_have_a_code_a_location_and_a_fix() {
    for (lines, code, line, severity, fix, marked) in [
        ("regoin = eu-west-1", "unknown-setting", 2, "warning", "did you mean 'region'?", "regoin"),
        ("sso_regin = eu-west-1", "unknown-setting", 2, "warning", "did you mean 'sso_region'?", "sso_regin"),
        ("source_porfile = x", "unknown-setting", 2, "warning", "did you mean 'source_profile'?", "source_porfile"),
        ("region = eu-wset-1", "unknown-region", 2, "warning", "did you mean 'eu-west-1'?", "eu-wset-1"),
        ("sso_region = us-eats-1", "unknown-region", 2, "warning", "did you mean 'us-east-1'?", "us-eats-1"),
        ("region = EU-WEST-1 1", "invalid-value", 2, "error", "write a region such as eu-west-1", "EU-WEST-1 1"),
        ("region = eu_west_1", "invalid-value", 2, "error", "did you mean 'eu-west-1'?", "eu_west_1"),
        ("output = jsno", "invalid-value", 2, "error", "did you mean 'json'?", "jsno"),
        ("output = csv", "invalid-value", 2, "error", "write one of json, text, table, yaml, yaml-stream, off", "csv"),
        ("role_arn = x", "invalid-value", 2, "warning", "write arn:aws:iam::ACCOUNT:role/NAME", "x"),
        ("sso_account_id = 12345", "invalid-value", 2, "warning", "write the 12 digits of the account", "12345"),
        ("sso_start_url = x.com", "invalid-value", 2, "warning", "begin it with https://", "x.com"),
        ("endpoint_url = localhost", "invalid-value", 2, "error", "begin it with https://", "localhost"),
        ("retry_mode = legacy", "invalid-value", 2, "warning", "write standard, which all accept", "legacy"),
        ("retry_mode = x", "invalid-value", 2, "error", "write one of legacy, standard, adaptive", "x"),
        ("max_attempts = 0", "invalid-value", 2, "error", "write a whole number, 1 or more", "0"),
        ("max_attempts =", "invalid-value", 2, "error", "write a whole number, 1 or more", ""),
        ("duration_seconds = 1", "invalid-value", 2, "warning", "write a whole number from 900 to 43200", "1"),
        ("metadata_service_timeout = 1s", "invalid-value", 2, "error", "write a whole number", "1s"),
        ("sts_regional_endpoints = x", "invalid-value", 2, "warning", "write one of legacy, regional", "x"),
        ("use_fips_endpoint = yes", "invalid-value", 2, "warning", "write true or false", "yes"),
        ("s3 =\n  addressing_style = pth", "invalid-value", 3, "error", "did you mean 'path'?", ""),
        ("s3 =\n  multipart_chunksize = x", "invalid-value", 3, "warning", "write a size such as 16MB", ""),
        (
            "region =\n  a = b",
            "nested-value",
            2,
            "error",
            "write the value on the same line, or remove the spaces before the settings below",
            "region",
        ),
        (
            "services = ghost",
            "services-nowhere",
            2,
            "error",
            "add [services ghost] to the config file, or delete the line",
            "ghost",
        ),
        (
            "services = lcoal\n[services local]\nsts =\n  a = b",
            "services-nowhere",
            2,
            "error",
            "did you mean 'local'?",
            "lcoal",
        ),
        (
            "[services x]\nsts = y",
            "block-expected",
            3,
            "error",
            "write the settings below 'sts =', with spaces before each",
            "sts",
        ),
        (
            "s3 = max",
            "block-expected",
            2,
            "error",
            "write the settings below 's3 =', with spaces before each, or delete the line",
            "s3",
        ),
        ("max_queue_size = 9", "not-indented", 2, "warning", "indent it, below a line 's3 ='", "max_queue_size"),
    ] {
        let wanted = (code, line, severity, fix.to_owned(), marked.to_owned());
        assert_eq!(only(lines), wanted, "{lines}");
    }
    let all = found("[profile a]\ns3 =\naddressing_style = path\n", "");
    let fixes: Vec<_> = all.iter().map(|problem| (problem.code, problem.fix.as_str())).collect();
    let first = "put spaces before addressing_style, and delete what follows 's3 ='";
    assert_eq!(fixes, [("block-expected", first), ("not-indented", "indent it, below a line 's3 ='")]);
}

#[test]
fn both_files_and_the_defaults_are_examined() {
    for (config, credentials) in [
        ("[DEFAULT]\nregoin = x\n[profile a]\n[profile b]\n", ""),
        ("[sso-session a]\nsso_regin = x\n", ""),
        ("", "[a]\naws_acess_key_id = x\n"),
    ] {
        let codes: Vec<_> = found(config, credentials).iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["unknown-setting"], "{config}{credentials}");
    }
}

#[test]
fn no_message_contains_a_value() {
    for setting in OF_PROFILES.iter().filter(|setting| !["services"].contains(&setting.key)) {
        for problem in found(&format!("[profile a]\n{} = SECRETSECRET\n", setting.key), "") {
            assert!(!format!("{problem:?}").contains("SECRET"), "{problem:?}");
        }
    }
}

/// Settings of other tools, and of the SDKs.
const OTHERS: [&str; 40] = [
    "granted_sso_start_url",
    "granted_sso_region",
    "granted_sso_account_id",
    "granted_sso_role_name",
    "granted_color",
    "common_fate_generated_from",
    "mfa_process",
    "include_profile",
    "parent_profile",
    "chain_source_profile",
    "assume_role_ttl",
    "session_tags",
    "transitive_session_tags",
    "source_identity",
    "sso_auto_populated",
    "sso_account_name",
    "sso_use_device_code",
    "aws_expiration",
    "expiration",
    "x_security_token_expires",
    "x_principal_arn",
    "aws_session_expiration",
    "saml_provider",
    "role_duration",
    "autoawsume",
    "awsume_cache",
    "leapp_session",
    "azure_tenant_id",
    "azure_app_id_uri",
    "azure_default_role_arn",
    "okta_org",
    "gimme_creds_server",
    "google_config.ask_role",
    "user_name",
    "account_name",
    "color",
    "tags",
    "toolkit_artifact_guid",
    "s3_max_connections",
    "use_dual_stack",
];

fn valid(takes: Takes) -> BoxedStrategy<String> {
    let words = |words: &'static [&'static str]| select(words).prop_map(str::to_owned).boxed();
    match takes {
        Takes::Any | Takes::Block(_) => words(&["x", "a b", "1", "true", "/a/b", "$HOME"]),
        Takes::Boolean => words(&["true", "false", "True", "FALSE"]),
        // AWS CLI v2 rejects one of them.
        Takes::OneOf(["legacy", "standard", "adaptive"]) => words(&["standard", "adaptive"]),
        Takes::OneOf(values) => words(values),
        Takes::OneOfAnyCase(values) => select(values).prop_map(str::to_uppercase).boxed(),
        Takes::Integer(first, last) => (first..=last).prop_map(|number| number.to_string()).boxed(),
        Takes::Size => words(&["8MB", "1GiB", "5242880"]),
        Takes::Rate => words(&["10MB/s", "800Kb/s", "1024"]),
        Takes::Region => prop_oneof![
            20 => select(&KNOWN_REGIONS[..]),
            1 => select(&["aws-global", "local", "elsewhere-5", ""][..]),
        ]
        .prop_map(str::to_owned)
        .boxed(),
        Takes::Role => words(&["arn:aws:iam::123456789012:role/x", "arn:aws-cn:iam::012345678901:role/a/b-c+d"]),
        Takes::Account => "[0-9]{12}".boxed(),
        Takes::StartUrl => words(&["https://x.awsapps.com/start", "https://identitycenter.amazonaws.com/ssoins-1"]),
        Takes::Url => words(&["http://localhost:4566", "https://x", ""]),
    }
}

/// A line, or a block, of a known setting or of another tool's.
fn line(index: Index) -> BoxedStrategy<String> {
    let count = OF_PROFILES.len() + OTHERS.len();
    let index = index.index(count);
    let Some(known) = OF_PROFILES.get(index) else {
        return Just(format!("{} = x\n", OTHERS[index - OF_PROFILES.len()])).boxed();
    };
    match known.takes {
        Takes::Block(children) if !children.is_empty() => {
            let child = select(children).prop_flat_map(|child| valid(child.takes).prop_map(move |v| (child.key, v)));
            vec(child, 1..4)
                .prop_map(move |all| {
                    let lines = all.iter().map(|(key, value)| format!("  {key} = {value}\n"));
                    format!("{} =\n{}", known.key, lines.collect::<String>())
                })
                .boxed()
        }
        Takes::Block(_) => Just(format!("{} =\n  ec2 = 2015-03-01\n", known.key)).boxed(),
        _ if known.key == "services" => Just("services = local\n".to_owned()).boxed(),
        takes => valid(takes).prop_map(move |value| format!("{} = {value}\n", known.key)).boxed(),
    }
}

fn valid_file() -> impl Strategy<Value = String> {
    let section = |name: String| {
        vec(any::<Index>().prop_flat_map(line), 0..8).prop_map(move |lines| format!("[{name}]\n{}", lines.concat()))
    };
    let sections = vec("[a-z]{1,8}", 0..6).prop_flat_map(move |names| {
        names.into_iter().map(|name| section(format!("profile {name}"))).collect::<Vec<_>>()
    });
    let others = "[services local]\ndynamodb =\n  endpoint_url = http://localhost:8000\n\
        [sso-session s]\nsso_start_url = https://x\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n";
    sections.prop_map(move |sections| sections.concat() + others)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_valid_file_has_no_problem(text in valid_file()) {
        prop_assert_eq!(found(&text, ""), []);
    }
}
