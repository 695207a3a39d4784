use super::super::profiles::ProfileStore;
use super::*;

fn of<'p>(profile: Profile<'p>) -> Account<'p> {
    Account::of(profile, Kind::of(profile))
}

fn identity(settings: &str) -> (Option<String>, Option<String>) {
    let config = format!("[profile p]\n{settings}\n[profile base]\naws_access_key_id=ASIAY34FZKBOKMUTVV7A\n");
    let store = ProfileStore::new(&config, "");
    let Account { id, role } = of(store.get("p").unwrap());
    (id.map(Cow::into_owned), role.map(Cow::into_owned))
}

#[test]
fn account_and_role_come_from_what_the_kind_goes_by() {
    let role = "role_arn=arn:aws:iam::123456789012:role/";
    for (settings, account, name) in [
        (format!("{role}Admin\nsource_profile=base"), Some("123456789012"), Some("Admin")),
        (format!("{role}a/path/Admin\nsource_profile=base"), Some("123456789012"), Some("a/path/Admin")),
        (
            "role_arn=arn:aws-us-gov:iam::000000000001:role/R\nweb_identity_token_file=t".to_owned(),
            Some("000000000001"),
            Some("R"),
        ),
        ("role_arn=Admin".to_owned(), None, None),
        ("role_arn=arn:aws:iam::x:role/".to_owned(), None, None),
        ("role_arn=arn:aws:iam::123456789012:user/me".to_owned(), Some("123456789012"), None),
        (format!("{role}Admin\nsso_account_id=1\nweb_identity_token_file="), Some("1"), None),
        ("sso_account_id=012345678901\nsso_role_name=Dev".to_owned(), Some("012345678901"), Some("Dev")),
        ("sso_role_name=Dev\nsso_account_id=".to_owned(), None, Some("Dev")),
        ("login_session=arn:aws:iam::123456789012:user/me".to_owned(), Some("123456789012"), None),
        (
            "login_session=arn:aws:sts::123456789012:assumed-role/Admin/me@example.org".to_owned(),
            Some("123456789012"),
            Some("Admin"),
        ),
        ("login_session=me".to_owned(), None, None),
        ("aws_access_key_id=ASIAY34FZKBOKMUTVV7A".to_owned(), Some("609629065308"), None),
        ("aws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_account_id=7".to_owned(), Some("7"), None),
        ("credential_process=c\naws_account_id=7\nsso_region=x".to_owned(), Some("7"), None),
        ("region=x".to_owned(), None, None),
    ] {
        let expected = (account.map(str::to_owned), name.map(str::to_owned));
        assert_eq!(identity(&settings), expected, "{settings}");
    }
}

#[test]
fn the_key_that_counts_is_the_one_decoded() {
    let config = "[profile p]\naws_access_key_id=ASIAQNZGKIQY56JQ7WML\n";
    let store = ProfileStore::new(config, "[p]\naws_access_key_id=ASIAY34FZKBOKMUTVV7A\n");
    assert_eq!(of(store.get("p").unwrap()).id.unwrap(), "609629065308");
}

/// The numbers are those that the published descriptions of the format give for these ids.
#[test]
fn an_account_is_decoded_from_an_id() {
    for (id, account) in [
        ("ASIAY34FZKBOKMUTVV7A", Some("609629065308")),
        ("ASIAQNZGKIQY56JQ7WML", Some("029608264753")),
        ("AKIASP2TPHJSQH3FJXYZ", Some("171436882533")),
        ("ASIAVJ2E6QGR2WZILJFM", Some("364679954851")),
        // The older generation.
        ("AKIAIOSFODNN7EXAMPLE", None),
        ("AKIAJ44QH2DHBEXAMPLE", None),
        // No ids at all.
        ("AROAY34FZKBOKMUTVV7A", None),
        ("ASIAY34FZKBOKMUTVV7", None),
        ("ASIAY34FZKBOKMUTVV7AA", None),
        ("ASIAY34FZKBOKMUTVV70", None),
        ("asiay34fzkbokmutvv7a", None),
        ("ASIA7777777777777777", None),
        ("AKIAéééééééé", None),
        ("AKIA", None),
        ("", None),
    ] {
        assert_eq!(account_of_key(id).as_deref(), account, "{id}");
    }
}
