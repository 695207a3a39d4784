use super::super::scan::scan;
use super::*;

/// The end of each profile's chain, profiles by name; those that are in a loop marked with a star.
fn ends(config: &str) -> Vec<String> {
    let merged = Profiles::merge(Some(scan(config.as_bytes())), None);
    let chains = Chains::follow(&merged);
    let name = |place| merged.profiles.at(place).unwrap().name().to_owned();
    (0..merged.profiles.len())
        .map(|place| {
            let star = if chains.loop_of(place).is_some() { "*" } else { "" };
            if merged.profiles.len() < 100 {
                match (chains.end(place).unwrap(), end_of(&merged.profiles, place)) {
                    (End::Broken(_), End::Broken(_)) => {}
                    (end, alone) => assert_eq!(alone, end, "{config}"),
                }
            }
            let end = match chains.end(place).unwrap() {
                End::Profile(last) => name(last),
                End::Machine => "machine".to_owned(),
                End::Broken(last) => format!("broken at {}", name(last)),
            };
            format!("{}{star}: {end}", name(place))
        })
        .collect()
}

#[test]
fn chains_end_where_botocore_stops() {
    let key = "aws_access_key_id=k\n";
    for (config, expected) in [
        (format!("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\n{key}"), vec!["a: b", "b: b"]),
        ("[profile a]\nrole_arn=r\ncredential_source=EcsContainer\n".to_owned(), vec!["a: machine"]),
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
        // Keys end a chain at a profile that is a role too.
        (
            format!("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=a\n{key}"),
            vec!["a: b", "b: b"],
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
fn a_loop_begins_with_its_first_profile_in_the_file() {
    let config = "[profile b]\nrole_arn=r\nsource_profile=c\n[profile x]\nrole_arn=r\nsource_profile=a\n\
                  [profile a]\nrole_arn=r\nsource_profile=b\n[profile c]\nrole_arn=r\nsource_profile=a\n";
    let merged = Profiles::merge(Some(scan(config.as_bytes())), None);
    let chains = Chains::follow(&merged);
    assert_eq!(chains.loop_of(2), Some([0, 3, 2].as_slice()));
    assert_eq!(chains.loop_of(1), None);
}
