use super::super::profile::Source;
use super::super::scan::scan;
use super::*;

fn merge<'a>(config: &'a str, credentials: &'a str) -> Profiles<'a> {
    Profiles::merge(Some(scan(config.as_bytes())), Some(scan(credentials.as_bytes())))
}

fn names<'t>(table: &'t Table) -> Vec<&'t str> {
    table.iter().map(Profile::name).collect()
}

fn codes(profiles: &Profiles) -> Vec<(FileKind, &'static str, Option<usize>)> {
    profiles.problems().iter().map(|(file, problem)| (*file, problem.code, problem.line())).collect()
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
        assert_eq!(names(&merge(&config, "").profiles), expected, "{header}");
    }
}

#[test]
fn a_credentials_header_is_the_name_as_it_stands() {
    let merged = merge("", "[profile x]\n[ foo ]\n[\"q\"]\n[o'brien]\n[sso-session s]\n[default]\n");
    let expected = ["profile x", " foo ", "\"q\"", "o'brien", "sso-session s", "default"];
    assert_eq!(names(&merged.profiles), expected);
    assert!(merged.sso_sessions.is_empty());
}

#[test]
fn the_config_files_order_comes_first() {
    let merged = merge("[profile b]\n[default]\n[profile a]\n", "[z]\n[a]\n[y]\n[b]\n");
    assert_eq!(names(&merged.profiles), ["b", "default", "a", "z", "y"]);
    assert_eq!(merged.profiles.len(), 5);
}

#[test]
fn the_credentials_file_wins_key_by_key() {
    let merged = merge("[profile a]\nregion=x\noutput=json\n", "[a]\nk=v\nregion=y\n");
    let profile = merged.profiles.get("a").unwrap();
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
    let merged = merge("[default]\nregion=x\noutput=json\n[profile b]\n[profile default]\nregion=y\n", "");
    let default = merged.profiles.get("default").unwrap();
    assert_eq!((default.get("region"), default.get("output")), (Some("y"), None));
    assert_eq!(names(&merged.profiles), ["default", "b"]);
    assert_eq!(default.sources().map(|source| source.line).collect::<Vec<_>>(), [5]);
    assert_eq!(codes(&merged), [(FileKind::Config, "both-defaults", Some(5))]);

    let merged = merge("[profile a]\nk=v\n[profile \"a\"]\n", "");
    assert_eq!(merged.profiles.get("a").unwrap().get("k"), None);
    assert_eq!(codes(&merged), [(FileKind::Config, "two-spellings", Some(3))]);
}

#[test]
fn defaults_reach_every_section_and_rank_below_its_own_keys() {
    let config = "[profile a]\nk=own\n[DEFAULT]\nk=config\nl=config\nm=config\n[profile b]\n[sso-session s]\n";
    let merged = merge(config, "[DEFAULT]\nl=credentials\n[a]\n");
    let a = merged.profiles.get("a").unwrap();
    assert_eq!([a.get("k"), a.get("l"), a.get("m")], [Some("own"), Some("credentials"), Some("config")]);
    let b = merged.profiles.get("b").unwrap();
    assert_eq!([b.get("k"), b.get("l")], [Some("config"), Some("config")]);
    assert_eq!(merged.sso_sessions.get("s").unwrap().get("l"), Some("config"));
    let texts: Vec<_> = a.settings().iter().map(|found| (found.key, found.value.text().unwrap())).collect();
    assert_eq!(texts, [("k", "own"), ("l", "credentials"), ("m", "config")]);
    assert!(merged.profiles.get("DEFAULT").is_none());
}

#[test]
fn sessions_and_services_have_maps_of_their_own() {
    let merged = merge("[sso-session \"a b\"]\nsso_region=x\n[services s]\ns3 =\n  endpoint_url = u\n", "");
    assert!(merged.profiles.is_empty());
    assert_eq!(merged.sso_sessions.get("a b").unwrap().get("sso_region"), Some("x"));
    assert!(merged.services.get("s").unwrap().find("s3").is_some());
    assert_eq!(merged.services.get("s").unwrap().get("s3"), None);
}

#[test]
fn odd_headers_are_told() {
    for (config, credentials, code) in [
        ("[profile o'brien]", "", "header-cannot-be-unquoted"),
        ("[profile a b]", "", "header-not-two-words"),
        ("[profiles a]", "", "odd-keyword"),
        ("[profile \"\"]", "", "empty-name"),
        ("[foo]\nregion=x", "", "not-a-profile"),
        ("", "[profile x]", "profile-keyword-in-credentials"),
        ("", "[sso-session s]", "section-in-wrong-file"),
    ] {
        let merged = merge(config, credentials);
        let file = if config.is_empty() { FileKind::Credentials } else { FileKind::Config };
        assert_eq!(codes(&merged), [(file, code, Some(1))], "{config}{credentials}");
    }
    assert_eq!(codes(&merge("[plugins]\n[preview]\n[profile a]\n[default]\n", "[a]\n")), []);
}

#[test]
fn the_fix_can_be_pasted() {
    for (config, fix) in [
        ("[profile a b]", "quote the name: [profile \"a b\"]"),
        ("[profilefoo]", "put a blank before the name: [profile foo]"),
        ("[profile]", "write [profile NAME]"),
        ("[profiles \"a b\"]", "write [profile \"a b\"]"),
        ("[foo]", "write [profile foo] if it is one"),
        ("[ default ]", "write [default], with no blanks inside the brackets"),
    ] {
        assert_eq!(merge(config, "").problems()[0].1.fix, fix, "{config}");
    }
}

#[test]
fn no_file_is_no_profile() {
    assert!(Profiles::merge(None, None).profiles.is_empty());
    let only = "[a]\n";
    assert_eq!(names(&Profiles::merge(None, Some(scan(only.as_bytes()))).profiles), ["a"]);
}

#[test]
fn a_hundred_problems_of_a_file_are_told_scanned_and_merged_ones_together() {
    let config = "stray\n".to_owned() + &(0..200).map(|number| format!("[profile 'a{number}]\n")).collect::<String>();
    let problems = merge(&config, "").problems();
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[100].1.code, "too-many-problems");
}

#[test]
fn ten_thousand_profiles_are_found_by_name() {
    let config: String = (0..10_000).map(|number| format!("[profile p{number}]\nk={number}\n")).collect();
    let merged = merge(&config, "");
    for number in 0..10_000 {
        let name = format!("p{number}");
        assert_eq!(merged.profiles.get(&name).unwrap().get("k"), Some(&name[1..]));
    }
}
