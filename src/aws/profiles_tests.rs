use super::super::profiles::Source;
use super::*;

fn names<'s>(store: &'s ProfileStore) -> Vec<&'s str> {
    store.iter().map(Profile::name).collect()
}

#[test]
fn config_headers_name_the_profiles_that_botocore_sees() {
    for (header, expected) in [
        ("profile x", &["x"][..]),
        ("profile \t x", &["x"]),
        ("profile \"a b\"", &["a b"]),
        ("profile 'a b'", &["a b"]),
        ("profile \"foo\"", &["foo"]),
        ("profile a b", &[]),
        ("profile", &[]),
        ("profile ", &[]),
        ("profilefoo", &[]),
        ("profile \"foo", &[]),
        ("profile o'brien", &[]),
        ("profiles foo", &["foo"]),
        ("profile-x foo", &["foo"]),
        ("Profile foo", &[]),
        ("profile Foo", &["Foo"]),
        (" profile foo ", &[]),
        ("profile foo ", &["foo"]),
        ("default", &["default"]),
        (" default ", &[]),
        ("profile default", &["default"]),
        ("profile café", &["café"]),
        ("profile $(id)", &["$(id)"]),
        ("profile `id`", &["`id`"]),
        ("profile a*b", &["a*b"]),
        ("profile \u{1b}[31m", &["\u{1b}[31m"]),
        ("profile \"\"", &[""]),
        ("profile DOM\\user", &["DOMuser"]),
        ("foo", &[]),
        ("plugins", &[]),
        ("sso-session s", &[]),
        ("services s", &[]),
    ] {
        let config = format!("[{header}]\nregion = x\n");
        assert_eq!(names(&ProfileStore::new(&config, "")), expected, "{header}");
    }
}

#[test]
fn a_credentials_header_is_the_name_unchanged() {
    let store = ProfileStore::new("", "[profile x]\n[ foo ]\n[\"q\"]\n[o'brien]\n[sso-session s]\n[default]\n");
    let expected = ["profile x", " foo ", "\"q\"", "o'brien", "sso-session s", "default"];
    assert_eq!(names(&store), expected);
    assert!(store.sso_session("s").is_none());
}

#[test]
fn the_config_files_order_comes_first() {
    let store = ProfileStore::new("[profile b]\n[default]\n[profile a]\n", "[z]\n[a]\n[y]\n[b]\n");
    assert_eq!(names(&store), ["b", "default", "a", "z", "y"]);
    assert_eq!(store.len(), 5);
}

#[test]
fn the_credentials_file_overrides_key_by_key() {
    let store = ProfileStore::new("[profile a]\nregion=x\noutput=json\n", "[a]\nk=v\nregion=y\n");
    let profile = store.get("a").unwrap();
    assert_eq!(profile.get("region"), Some("y"));
    assert_eq!(profile.get("output"), Some("json"));
    assert_eq!(profile.get("nothing"), None);
    assert_eq!(profile.find_in(FileKind::Config, "region").unwrap().value.text(), Some("x"));
    let settings: Vec<_> = profile.settings().iter().map(|found| (found.key, found.source)).collect();
    let (config, credentials) = (FileKind::Config, FileKind::Credentials);
    let source = |file, line| Source { file, line };
    let expected = [("region", source(credentials, 3)), ("output", source(config, 3)), ("k", source(credentials, 2))];
    assert_eq!(settings, expected);
    assert_eq!(profile.sources().collect::<Vec<_>>(), [source(config, 1), source(credentials, 1)]);
}

#[test]
fn the_later_of_two_spellings_replaces_the_earlier() {
    let store = ProfileStore::new("[default]\nregion=x\noutput=json\n[profile b]\n[profile default]\nregion=y\n", "");
    let default = store.get("default").unwrap();
    assert_eq!((default.get("region"), default.get("output")), (Some("y"), None));
    assert_eq!(names(&store), ["default", "b"]);
    assert_eq!(default.sources().map(|source| source.line).collect::<Vec<_>>(), [5]);

    let store = ProfileStore::new("[profile a]\nk=v\n[profile \"a\"]\n", "");
    assert_eq!(store.get("a").unwrap().get("k"), None);
}

#[test]
fn defaults_reach_every_section_and_rank_below_its_own_keys() {
    let config = "[profile a]\nk=own\n[DEFAULT]\nk=config\nl=config\nm=config\n[profile b]\n[sso-session s]\n";
    let store = ProfileStore::new(config, "[DEFAULT]\nl=credentials\n[a]\n");
    let a = store.get("a").unwrap();
    assert_eq!([a.get("k"), a.get("l"), a.get("m")], [Some("own"), Some("credentials"), Some("config")]);
    let b = store.get("b").unwrap();
    assert_eq!([b.get("k"), b.get("l")], [Some("config"), Some("config")]);
    assert_eq!(store.sso_session("s").unwrap().get("l"), Some("config"));
    let texts: Vec<_> = a.settings().iter().map(|found| (found.key, found.value.text().unwrap())).collect();
    assert_eq!(texts, [("k", "own"), ("l", "credentials"), ("m", "config")]);
    assert!(store.get("DEFAULT").is_none());
}

#[test]
fn sessions_and_services_have_maps_of_their_own() {
    let store = ProfileStore::new("[sso-session \"a b\"]\nsso_region=x\n[services s]\ns3 =\n  endpoint_url = u\n", "");
    assert!(store.is_empty());
    assert_eq!(store.sso_session("a b").unwrap().get("sso_region"), Some("x"));
    assert!(store.services("s").unwrap().find("s3").is_some());
    assert_eq!(store.services("s").unwrap().get("s3"), None);
}

#[test]
fn no_file_is_no_profile() {
    assert!(ProfileStore::new("", "").is_empty());
    assert_eq!(names(&ProfileStore::new("", "[a]\n")), ["a"]);
}

#[test]
fn ten_thousand_profiles_are_found_by_name() {
    let config: String = (0..10_000).map(|number| format!("[profile p{number}]\nk={number}\n")).collect();
    let store = ProfileStore::new(&config, "");
    for number in 0..10_000 {
        let name = format!("p{number}");
        assert_eq!(store.get(&name).unwrap().get("k"), Some(&name[1..]));
    }
}
