use super::super::profiles::Profiles;
use super::super::scan::scan;
use super::*;

fn kind(config: &str, credentials: &str) -> &'static str {
    let (config, credentials) = (format!("[profile p]\n{config}"), format!("[p]\n{credentials}"));
    let merged = Profiles::merge(Some(scan(config.as_bytes())), Some(scan(credentials.as_bytes())));
    Kind::of(merged.profiles.get("p").unwrap()).name()
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
    let both = Profiles::merge(Some(scan(b"[default]\naws_access_key_id=a\n")), Some(scan(b"[default]\nregion=x\n")));
    assert_eq!(key_file(both.profiles.get("default").unwrap()), FileKind::Config);
    let config = b"[default]\naws_access_key_id=a\n";
    let both = Profiles::merge(Some(scan(config)), Some(scan(b"[default]\naws_access_key_id=b\n")));
    assert_eq!(key_file(both.profiles.get("default").unwrap()), FileKind::Credentials);
}
