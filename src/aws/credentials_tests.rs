use super::*;

fn kind(config: &str, credentials: &str) -> &'static str {
    let (config, credentials) = (format!("[profile p]\n{config}"), format!("[p]\n{credentials}"));
    Kind::of(ProfileStore::new(&config, &credentials).get("p").unwrap()).name()
}

/// One line for each rule, and for each pair of neighbours in the order of precedence.
#[test]
fn the_first_in_botocores_order_decides() {
    let (role, token) = ("role_arn=r\nsource_profile=s\n", "web_identity_token_file=t\n");
    let (sso, login, process) = ("sso_role_name=r\n", "login_session=l\n", "credential_process=c\n");
    let keys = "aws_access_key_id=a\naws_secret_access_key=b\n";
    for (config, credentials, expected) in [
        (String::new(), "", "none"),
        ("region=x\nsso_session=s\nsso_start_url=u\nsso_region=r\n".to_owned(), "", "none"),
        ("aws_secret_access_key=b\n".to_owned(), "aws_secret_access_key=b\n", "none"),
        ("source_profile=s\ncredential_source=Environment\n".to_owned(), "", "none"),
        (role.to_owned(), "", "assume-role"),
        ("role_arn=\n".to_owned(), "", "assume-role"),
        (format!("{role}{sso}{login}{process}{keys}"), keys, "assume-role"),
        (String::new(), role, "assume-role"),
        (format!("{role}{token}"), "", "web-identity"),
        (token.to_owned(), "", "web-identity"),
        (format!("{token}{sso}{login}{process}{keys}"), keys, "web-identity"),
        (format!("{role}web_identity_token_file=\n"), "", "none"),
        (format!("{role}web_identity_token_file=\n{process}"), "", "process"),
        (sso.to_owned(), "", "sso"),
        ("sso_account_id=1\n".to_owned(), "", "sso"),
        (format!("{sso}{login}{process}{keys}"), keys, "sso"),
        (format!("{login}{process}"), keys, "static"),
        (String::new(), "aws_access_key_id=a\n", "static"),
        (format!("{login}{process}{keys}"), "", "login"),
        (format!("{process}{keys}"), "", "process"),
        (process.to_owned(), keys, "static"),
        (keys.to_owned(), "", "static"),
        (keys.to_owned(), "aws_secret_access_key=b\n", "static"),
        ("credential_process=\n".to_owned(), "", "process"),
    ] {
        assert_eq!(kind(&config, credentials), expected, "{config}\n+\n{credentials}");
    }
}

#[test]
fn the_file_whose_key_counts_is_the_credentials_file_if_it_has_one() {
    let both = ProfileStore::new("[default]\naws_access_key_id=a\n", "[default]\nregion=x\n");
    assert_eq!(key_file(both.get("default").unwrap()), FileKind::Config);
    let both = ProfileStore::new("[default]\naws_access_key_id=a\n", "[default]\naws_access_key_id=b\n");
    assert_eq!(key_file(both.get("default").unwrap()), FileKind::Credentials);
}

/// The end of each profile's chain, profiles by name; those that are in a cycle marked with a star.
fn ends(config: &str) -> Vec<String> {
    let store = ProfileStore::new(config, "");
    let chains = Chains::follow(&store);
    let end = |profile: Profile| {
        let star = if chains.cycle(&store, profile).is_some() { "*" } else { "" };
        let end = match chains.end(&store, profile).unwrap() {
            ChainEnd::Profile(last) => last.name().to_owned(),
            ChainEnd::Machine(role) => format!("machine of {}", role.name()),
            ChainEnd::Broken(last) => format!("broken at {}", last.name()),
        };
        format!("{}{star}: {end}", profile.name())
    };
    store.iter().map(end).collect()
}

#[test]
fn chains_end_where_botocore_stops() {
    let key = "aws_access_key_id=k\n";
    for (config, expected) in [
        (format!("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\n{key}"), vec!["a: b", "b: b"]),
        ("[profile a]\nrole_arn=r\ncredential_source=EcsContainer\n".to_owned(), vec!["a: machine of a"]),
        (
            "[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\ncredential_source=Environment\n"
                .to_owned(),
            vec!["a: machine of b", "b: machine of b"],
        ),
        ("[profile a]\nrole_arn=r\ncredential_source=ecscontainer\n".to_owned(), vec!["a: broken at a"]),
        ("[profile a]\nrole_arn=r\nsource_profile=ghost\n".to_owned(), vec!["a: broken at a"]),
        ("[profile a]\nrole_arn=r\n".to_owned(), vec!["a: broken at a"]),
        (
            format!("[profile a]\nrole_arn=r\nsource_profile=b\ncredential_source=Environment\n[profile b]\n{key}"),
            vec!["a: broken at a", "b: b"],
        ),
        // A source without credentials.
        (
            "[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nregion=x\n".to_owned(),
            vec!["a: broken at a", "b: b"],
        ),
        // A role that names itself needs keys of its own.
        (format!("[profile a]\nrole_arn=r\nsource_profile=a\n{key}"), vec!["a: a"]),
        ("[profile a]\nrole_arn=r\nsource_profile=a\n".to_owned(), vec!["a*: broken at a"]),
        // Keys end a chain at a profile that is a role too, unless the chain began there.
        (
            format!("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=a\n{key}"),
            vec!["a: b", "b*: broken at b"],
        ),
        (
            "[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=c\n\
             [profile c]\nrole_arn=r\nsource_profile=b\n"
                .to_owned(),
            vec!["a: broken at b", "b*: broken at b", "c*: broken at b"],
        ),
        (
            "[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=c\n\
             [profile c]\nsso_role_name=x\n"
                .to_owned(),
            vec!["a: c", "b: c", "c: c"],
        ),
    ] {
        assert_eq!(ends(&config), expected, "{config}");
    }
}

#[test]
fn long_chains_and_loops_are_followed_in_little_time() {
    let link = |from: usize, to: usize| format!("[profile p{from}]\nrole_arn=r\nsource_profile=p{to}\n");
    let chain: String = (0..20_000).map(|number| link(number, number + 1)).collect();
    let all = ends(&format!("{chain}[profile p20000]\naws_access_key_id=k\n"));
    assert_eq!(all.iter().filter(|end| end.ends_with(": p20000")).count(), 20_001);
    let circle: String = (0..20_000).map(|number| link(number, (number + 1) % 20_000)).collect();
    assert_eq!(ends(&circle).iter().filter(|end| end.ends_with("*: broken at p0")).count(), 20_000);
}

#[test]
fn a_cycle_begins_with_its_first_profile_in_the_file() {
    let config = "[profile b]\nrole_arn=r\nsource_profile=c\n[profile x]\nrole_arn=r\nsource_profile=a\n\
                  [profile a]\nrole_arn=r\nsource_profile=b\n[profile c]\nrole_arn=r\nsource_profile=a\n";
    let store = ProfileStore::new(config, "");
    let chains = Chains::follow(&store);
    let cycle = |name| Some(chains.cycle(&store, store.get(name)?)?.map(Profile::name).collect::<Vec<_>>());
    assert_eq!(cycle("a"), Some(vec!["b", "c", "a"]));
    assert_eq!(cycle("x"), None);
}
