use super::*;

/// The profiles of AWS CLI v2, v1, and the SDKs for Rust, JavaScript and Go.
fn chosen(variables: &[(&str, &str)]) -> Vec<Reader> {
    readers(&process_variables(variables), &profiles())
}

fn profiles() -> ProfileStore<'static> {
    let config = "[default]\nregion = d\n[profile one]\nregion = r1\n[profile two]\nregion = r2\n\
        [profile role]\nrole_arn = x\nsource_profile = one\n\
        [profile web]\nrole_arn = x\nweb_identity_token_file = y\n\
        [profile keys]\naws_access_key_id = a\naws_secret_access_key = b\n\
        [profile list]\n[profile -x]\n[profile \"a b\"]\n";
    ProfileStore::new(config, "")
}

fn process_variables(variables: &[(&str, &str)]) -> ProcessVariables {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn each_reader_chooses_its_own_profile() {
    for (variables, wanted) in [
        (&[][..], ["default"; 5]),
        (&[("AWS_PROFILE", "one")], ["one"; 5]),
        (&[("AWS_PROFILE", "one"), ("AWS_DEFAULT_PROFILE", "two")], ["one", "two", "one", "one", "one"]),
        (&[("AWS_DEFAULT_PROFILE", "two")], ["two", "two", "default", "default", "two"]),
        (&[("AWS_PROFILE", "")], ["", "", "", "default", "default"]),
    ] {
        let found = chosen(variables);
        assert_eq!(found.iter().map(|reader| reader.profile.as_str()).collect::<Vec<_>>(), wanted, "{variables:?}");
    }
}

#[test]
fn each_reader_chooses_its_own_region() {
    for (variables, wanted) in [
        (&[("AWS_PROFILE", "one")][..], ["r1"; 5]),
        (&[("AWS_REGION", "x"), ("AWS_DEFAULT_REGION", "y")], ["x", "y", "x", "x", "x"]),
        (&[("AWS_REGION", "x")], ["x", "d", "x", "x", "x"]),
        (&[("AWS_DEFAULT_REGION", "y")], ["y", "y", "y", "d", "y"]),
        (&[("AWS_REGION", ""), ("AWS_DEFAULT_REGION", "y")], ["", "y", "", "", "y"]),
        (&[("AWS_DEFAULT_REGION", "")], ["", "", "", "d", "d"]),
        (&[("AWS_PROFILE", "role")], ["", "", "r1", "", ""]),
        (&[("AWS_PROFILE", "list")], [""; 5]),
    ] {
        let found = chosen(variables);
        let regions: Vec<_> = found.iter().map(|reader| reader.region.as_deref().unwrap_or_default()).collect();
        assert_eq!(regions, wanted, "{variables:?}");
    }
}

#[test]
fn keys_and_a_web_identity_override_the_profile() {
    let keys = [("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")];
    let (own, by_key, by_web) = ("profile", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE");
    let web = [("AWS_WEB_IDENTITY_TOKEN_FILE", "t"), ("AWS_ROLE_ARN", "r")];
    for (variables, wanted) in [
        ([&keys[..], &[("AWS_PROFILE", "one")]].concat(), [by_key, by_key, by_key, own, by_key]),
        (keys.to_vec(), [by_key; 5]),
        ([&web[..], &[("AWS_PROFILE", "role")]].concat(), [own, own, own, own, by_web]),
        ([&web[..], &[("AWS_PROFILE", "keys")]].concat(), [by_web, by_web, own, own, by_web]),
        ([&web[..], &[("AWS_PROFILE", "one")]].concat(), [by_web; 5]),
    ] {
        let found = chosen(&variables);
        assert_eq!(found.iter().map(|reader| reader.credentials).collect::<Vec<_>>(), wanted, "{variables:?}");
    }
}

#[test]
fn half_of_a_pair_is_an_error_or_ignored() {
    let (own, none) = ("profile", "none");
    let (id, secret) = (("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b"));
    let (token, role) = (("AWS_WEB_IDENTITY_TOKEN_FILE", "t"), ("AWS_ROLE_ARN", "r"));
    for (profile, variables, wanted) in [
        ("keys", &[id][..], [none, none, own, own, own]),
        ("keys", &[id, (secret.0, "")], [none, none, own, own, own]),
        ("keys", &[secret], [own; 5]),
        ("keys", &[token], [none, none, own, own, none]),
        ("one", &[token], [none, none, own, own, none]),
        ("role", &[token], [own, own, own, own, none]),
        ("web", &[token], [token.0, token.0, own, own, none]),
        ("web", &[role], [role.0, role.0, own, own, own]),
        ("keys", &[role], [own; 5]),
        ("keys", &[id, token, role], [none, none, own, own, token.0]),
        ("keys", &[secret, token, role], [token.0, token.0, own, own, token.0]),
    ] {
        let found = chosen(&[&[("AWS_PROFILE", profile)], variables].concat());
        assert_eq!(
            found.iter().map(|reader| reader.credentials).collect::<Vec<_>>(),
            wanted,
            "{profile} {variables:?}"
        );
        for reader in found {
            assert_eq!(reader.refuses.is_some(), reader.credentials == none, "{profile} {variables:?}");
        }
    }
}

#[test]
fn the_variable_that_the_aws_cli_prefers_to_the_profile_is_found() {
    let profiles = ProfileStore::new("[profile role]\nrole_arn = r\nsource_profile = role\n[profile one]\n", "");
    let token = ("AWS_WEB_IDENTITY_TOKEN_FILE", "/t");
    for (variables, expected) in [
        (&[("AWS_PROFILE", "one")][..], None),
        (&[("AWS_PROFILE", "one"), ("AWS_ACCESS_KEY_ID", "k")], Some("AWS_ACCESS_KEY_ID")),
        (&[("AWS_PROFILE", "one"), token, ("AWS_ROLE_ARN", "r")], Some(token.0)),
        (&[("AWS_PROFILE", "role"), token, ("AWS_ROLE_ARN", "r")], None),
    ] {
        assert_eq!(overrides_aws_cli(&process_variables(variables), &profiles), expected, "{variables:?}");
    }
}

#[test]
fn one_command_makes_them_agree() {
    let profiles = profiles();
    let command_to_agree = |variables: &[(&str, &str)]| command_to_agree(&process_variables(variables), &profiles);
    for (variables, command) in [
        (&[("AWS_PROFILE", "one")][..], None),
        (&[("AWS_DEFAULT_PROFILE", "one")], Some("aws-switch one")),
        (&[("AWS_PROFILE", "list"), ("AWS_DEFAULT_PROFILE", "x")], Some("aws-switch use -- list")),
        (&[("AWS_PROFILE", "-x"), ("AWS_DEFAULT_PROFILE", "x")], Some("aws-switch use -- -x")),
        (&[("AWS_PROFILE", "a b"), ("AWS_DEFAULT_PROFILE", "x")], Some("aws-switch 'a b'")),
        (&[("AWS_PROFILE", "one"), ("AWS_REGION", "eu-west-1")], Some("aws-switch one --region eu-west-1")),
        (&[("AWS_PROFILE", "one"), ("AWS_REGION", "eu-wst-1")], Some("aws-switch one --region r1")),
        (&[("AWS_PROFILE", "gone"), ("AWS_DEFAULT_PROFILE", "x")], Some("aws-switch --unset")),
        (&[("AWS_PROFILE", "gone"), ("AWS_REGION", "x")], None),
        (&[("AWS_PROFILE", "")], Some("aws-switch --unset")),
        (&[("AWS_PROFILE", "gone"), ("AWS_ACCESS_KEY_ID", "k")], None),
        (&[("AWS_PROFILE", "one"), ("AWS_REGION", "")], Some("aws-switch one --region r1")),
        (&[("AWS_PROFILE", "list"), ("AWS_REGION", "")], None),
    ] {
        assert_eq!(command_to_agree(variables).as_deref(), command, "{variables:?}");
    }
}
