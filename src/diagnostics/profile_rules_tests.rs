use super::*;

fn found(config: &'static str, credentials: &'static str) -> Vec<(String, &'static str, FileKind, usize)> {
    let store = ProfileStore::new(config, credentials);
    let chains = Chains::follow(&store);
    let rules = CredentialRules { store: &store, chains: &chains };
    let mut all = Vec::new();
    for profile in store.iter() {
        for (file, problem) in rules.examine(profile) {
            assert!(!problem.message.contains("SECRET") && !problem.fix.is_empty());
            all.push((profile.name().to_owned(), problem.code, file, problem.line().unwrap()));
        }
    }
    all
}

const LOOP: &str = "[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=c\n\
                    [profile c]\nrole_arn=r\nsource_profile=b\n";

#[test]
fn where_a_chain_breaks_is_reported_before_what_depends_on_it() {
    let store = ProfileStore::new("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\n", "");
    let chains = Chains::follow(&store);
    let problems = CredentialRules { store: &store, chains: &chains }.examine_all();
    let codes: Vec<_> = problems.iter().map(|(_, problem)| problem.code).collect();
    assert_eq!(codes, ["no-source", "source-profile-broken"]);
}

#[test]
fn problems_are_those_that_botocore_refuses_a_profile_for() {
    for (config, name, code, line) in [
        ("[profile a]\nrole_arn=r\nsource_profile=a\ncredential_source=Environment\n", "a", "both-sources", 4),
        ("[profile a]\nregion=x\nrole_arn=r\n", "a", "no-source", 3),
        ("[profile a]\nrole_arn=r\ncredential_source=SECRET\n", "a", "credential-source-unknown", 3),
        ("[profile a]\nrole_arn=r\nsource_profile=ghost\n", "a", "source-profile-nowhere", 3),
        ("[profile a]\nrole_arn=r\nsource_profile=\n  x=y\n", "a", "nested-name", 3),
        ("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\n", "a", "source-profile-empty", 3),
        ("[profile a]\nrole_arn=r\nsource_profile=a\n", "a", "source-profile-loop", 3),
        ("[profile a]\nweb_identity_token_file=t\n", "a", "no-role", 2),
        ("[profile a]\nweb_identity_token_file=t\nrole_arn=\n", "a", "no-role", 2),
        ("[profile a]\naws_access_key_id=SECRET\n", "a", "half-key-pair", 2),
        ("[profile a]\nsso_role_name=r\n", "a", "sso-settings-missing", 1),
        ("[profile a]\nsso_role_name=r\nsso_session=ghost\n", "a", "sso-session-nowhere", 3),
        ("[profile a]\nsso_role_name=r\nsso_session=\n  x=y\n", "a", "nested-name", 3),
        (
            "[profile a]\nsso_role_name=r\nsso_account_id=1\nsso_session=s\nsso_region=SECRET\n\
             [sso-session s]\nsso_start_url=u\nsso_region=x\n",
            "a",
            "sso-settings-differ",
            5,
        ),
    ] {
        let expected = [(name.to_owned(), code, FileKind::Config, line)];
        assert_eq!(found(config, ""), expected, "{config}");
    }
    // A profile's session is looked up whatever its credentials are.
    for keys in ["", "aws_access_key_id=k\naws_secret_access_key=SECRET\n", "credential_process=c\n"] {
        for (session, code, line) in [
            ("", "sso-session-nowhere", 2),
            ("[sso-session s]\n", "sso-session-nowhere", 2),
            ("[sso-session s]\nsso_region=x\n", "sso-settings-missing", 3 + keys.lines().count()),
        ] {
            let config = format!("[profile a]\nsso_session=s\n{keys}{session}").leak();
            assert_eq!(found(config, ""), [("a".to_owned(), code, FileKind::Config, line)], "{config}");
        }
    }
    let of = |name: &str, code, file, line| (name.to_owned(), code, file, line);
    let half = "[a]\naws_access_key_id=SECRET\n";
    assert_eq!(found("", half), [of("a", "half-key-pair", FileKind::Credentials, 2)]);
    // The secret must be in the same file.
    let secret = "[profile a]\naws_secret_access_key=SECRET\n";
    assert_eq!(found(secret, half), [of("a", "half-key-pair", FileKind::Credentials, 2)]);
    assert_eq!(
        found(LOOP, ""),
        [
            of("a", "source-profile-broken", FileKind::Config, 3),
            of("b", "source-profile-loop", FileKind::Config, 6),
            of("c", "source-profile-loop", FileKind::Config, 9),
        ]
    );
}

#[test]
fn a_profile_with_keys_is_no_source_of_its_own_source() {
    let keys = "aws_access_key_id=k\naws_secret_access_key=SECRET\n";
    let role = |name: &str, source: &str| format!("[profile {name}]\nrole_arn=r\nsource_profile={source}\n");
    for order in [[0, 1, 2, 3], [3, 2, 1, 0]] {
        let sections = [role("a", "b") + keys, role("b", "c"), role("c", "a"), role("d", "b")];
        let config = order.map(|index| sections[index].as_str()).concat();
        let store = ProfileStore::new(&config, "");
        let chains = Chains::follow(&store);
        let rules = CredentialRules { store: &store, chains: &chains };
        let all = rules.examine_all();
        let [(_, problem)] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(problem.message, "source_profile cycle: a -> b -> c -> a");
        assert_eq!(problem.fix, "write source_profile = a, which uses its own access keys");
    }
}

#[test]
fn a_name_that_does_not_exist_gets_a_suggestion() {
    let config = "[profile build]\nrole_arn=r\nsource_profile=wrok\n[profile work]\naws_access_key_id=k\n\
        aws_secret_access_key=SECRET\n[profile x]\nsso_session=amce\n[sso-session acme]\nsso_region=r\nsso_start_url=u\n";
    let store = ProfileStore::new(config, "");
    let chains = Chains::follow(&store);
    let all = CredentialRules { store: &store, chains: &chains }.examine_all();
    let fixes: Vec<&str> = all.iter().map(|(_, problem)| problem.fix.as_str()).collect();
    assert_eq!(fixes, ["did you mean 'work'?", "did you mean 'acme'?"]);
}

#[test]
fn a_problem_at_the_end_of_a_chain_is_reported_along_it() {
    let config = "[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=c\n\
                  [profile c]\nsso_role_name=r\n";
    let codes: Vec<_> = found(config, "").into_iter().map(|(name, code, ..)| format!("{name} {code}")).collect();
    assert_eq!(codes, ["a source-profile-broken", "b source-profile-broken", "c sso-settings-missing"]);
    let own = "[profile a]\nrole_arn=r\nsource_profile=a\naws_access_key_id=k\n";
    assert_eq!(found(own, "")[0].1, "half-key-pair");
}

#[test]
fn whole_profiles_have_no_problems() {
    for config in [
        "[profile a]\nregion=x\n",
        "[profile a]\nsso_session=s\n[sso-session s]\nsso_start_url=u\nsso_region=x\n",
        "[profile a]\naws_secret_access_key=SECRET\n",
        "[profile a]\naws_access_key_id=k\naws_secret_access_key=SECRET\nsource_profile=ghost\n",
        "[profile a]\nrole_arn=r\nsource_profile=a\naws_access_key_id=k\naws_secret_access_key=SECRET\n",
        "[profile a]\nrole_arn=r\ncredential_source=Ec2InstanceMetadata\n",
        "[profile a]\nrole_arn=r\nweb_identity_token_file=t\nsource_profile=ghost\n",
        "[profile a]\nsso_role_name=r\nsso_account_id=1\nsso_start_url=u\nsso_region=x\n",
        "[profile a]\nsso_role_name=r\nsso_account_id=1\nsso_session=s\nsso_region=x\n\
         [sso-session s]\nsso_start_url=u\nsso_region=x\n",
        "[profile a]\nlogin_session=l\n",
        "[profile a]\ncredential_process=c\n",
    ] {
        assert_eq!(found(config, ""), [], "{config}");
    }
}

#[test]
fn a_cycle_is_reported_with_its_first_eight_members() {
    let link = |number: usize| {
        let next = (number + 1) % 9;
        format!("[profile p{number}]\nrole_arn=r\nsource_profile=p{next}\n")
    };
    let long: String = (0..9).map(link).collect();
    for (config, name, members) in [
        (LOOP, "c", "b -> c -> b"),
        (&long, "p3", "p0 -> p1 -> p2 -> p3 -> p4 -> p5 -> p6 -> p7 -> ... -> p0"),
        (&long.replace("=p8", "=p0"), "p3", "p0 -> p1 -> p2 -> p3 -> p4 -> p5 -> p6 -> p7 -> p0"),
    ] {
        let store = ProfileStore::new(config, "");
        let chains = Chains::follow(&store);
        let rules = CredentialRules { store: &store, chains: &chains };
        let (_, problem) = rules.examine(store.get(name).unwrap()).remove(0);
        assert_eq!(problem.message, format!("source_profile cycle: {members}"));
    }
}

#[test]
fn the_span_of_a_wrong_name_is_the_value() {
    let config = "[profile a]\nrole_arn = r\nsource_profile = ghost\n";
    let store = ProfileStore::new(config, "");
    let chains = Chains::follow(&store);
    let (_, problem) = CredentialRules { store: &store, chains: &chains }.examine(store.get("a").unwrap()).remove(0);
    assert_eq!(problem.span, Some(Span { line: 3, columns: Some(17..22) }));
}
