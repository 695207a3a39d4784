use super::*;

fn process_variables(variables: &[(&str, &str)]) -> ProcessVariables {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn found(variables: &[(&str, &str)]) -> Vec<(&'static str, &'static str)> {
    let config = "[profile one]\nregion = eu-west-1\n[profile two]\n\
        [profile role]\nrole_arn = r\n[profile web]\nrole_arn = r\nweb_identity_token_file = t\n";
    let profiles = ProfileStore::new(config, "");
    examine(&process_variables(variables), &profiles)
        .iter()
        .map(|problem| (problem.code, problem.severity.name()))
        .collect()
}

#[test]
fn each_problem_of_the_variables_has_its_code() {
    let keys = [("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")];
    for (variables, code, severity) in [
        (&[("AWS_PROFILE", "")][..], "empty-variable", "error"),
        (&[("AWS_DEFAULT_PROFILE", "")], "empty-variable", "error"),
        (&[("AWS_PROFILE", "one"), ("AWS_DEFAULT_PROFILE", "")], "empty-variable", "warning"),
        (&[("AWS_CONFIG_FILE", "")], "empty-variable", "warning"),
        (&[("AWS_SHARED_CREDENTIALS_FILE", "")], "empty-variable", "warning"),
        (&[("AWS_REGION", "")], "empty-variable", "warning"),
        (&[("AWS_DEFAULT_REGION", "")], "empty-variable", "warning"),
        (&[("AWS_PROFILE", "ghost")], "profile-unknown", "error"),
        (&[("AWS_PROFILE", "one"), ("AWS_DEFAULT_PROFILE", "two")], "two-profiles", "warning"),
        (&[("AWS_DEFAULT_PROFILE", "two")], "default-profile-only", "warning"),
        (&keys[..1], "half-keys", "error"),
        (&keys[1..], "half-keys", "warning"),
        (&keys, "keys-override", "warning"),
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "t"), ("AWS_ROLE_ARN", "r")], "web-identity-overrides", "warning"),
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "t")], "half-web-identity", "error"),
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "t"), ("AWS_PROFILE", "role")], "half-web-identity", "warning"),
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "t"), ("AWS_PROFILE", "web")], "half-web-identity", "warning"),
        (&[("AWS_ROLE_ARN", "r"), ("AWS_PROFILE", "web")], "web-identity-overrides", "warning"),
        (&[("AWS_REGION", "a"), ("AWS_DEFAULT_REGION", "b")], "two-regions", "warning"),
        (&[("AWS_PROFILE", "one"), ("AWS_REGION", "us-east-1")], "region-overridden", "info"),
        (&[("AWS_CONFIG_FILE", "$HOME/x")], "variable-in-path", "warning"),
        (&[("AWS_CONFIG_FILE", "~root/x")], "user-in-path", "warning"),
        (&[("AWS_ACCESS_KEY", "a"), ("AWS_SECRET_KEY", "b")], "old-keys", "warning"),
        (&[("AWS_VAULT", "x")], "other-tool", "info"),
    ] {
        assert_eq!(found(variables), [(code, severity)], "{variables:?}");
    }
}

#[test]
fn what_a_switch_leaves_is_no_problem() {
    for variables in [
        &[][..],
        &[("AWS_ACCESS_KEY", "a")],
        &[("AWS_ROLE_ARN", "r"), ("AWS_PROFILE", "one")],
        &[("AWS_PROFILE", "one")],
        &[("AWS_PROFILE", "one"), ("AWS_DEFAULT_PROFILE", "one")],
        &[("AWS_PROFILE", "one"), ("AWS_REGION", "eu-west-1"), ("AWS_DEFAULT_REGION", "eu-west-1")],
        &[("AWS_PROFILE", "two"), ("AWS_REGION", "us-east-1")],
        &[("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "")],
        &[("AWS_CONFIG_FILE", "~/alt")],
    ] {
        assert_eq!(found(variables), [], "{variables:?}");
    }
}

#[test]
fn a_marker_of_another_tool_is_old_once_the_credentials_are_gone() {
    let message = |variables: &[(&str, &str)]| {
        let found = examine(&process_variables(variables), &ProfileStore::default());
        found.into_iter().find(|problem| problem.code == "other-tool").unwrap().message
    };
    let manages = "AWS_VAULT is set: aws-vault manages this shell's credentials";
    for credentials in ["AWS_ACCESS_KEY_ID", "AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
        assert_eq!(message(&[("AWS_VAULT", "x"), (credentials, "y")]), manages);
    }
    let left = "AWSUME_PROFILE was left by awsume, whose credentials are gone; prompts may still show it";
    assert_eq!(message(&[("AWSUME_PROFILE", "x"), ("AWS_PROFILE", "y"), ("AWS_ACCESS_KEY_ID", "")]), left);
}
