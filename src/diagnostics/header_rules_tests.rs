use super::*;

/// The problems of both files.
fn problems(config: &str, credentials: &str) -> Vec<(FileKind, Diagnostic)> {
    let store = ProfileStore::new(config, credentials);
    let of = |file| {
        let mut problems = store.document(file).problems.clone();
        examine(&store, file, &mut problems);
        problems.into_vec().into_iter().map(move |problem| (file, problem))
    };
    FileKind::BOTH.into_iter().flat_map(of).collect()
}

fn codes(config: &str, credentials: &str) -> Vec<(FileKind, &'static str, Option<usize>)> {
    let problems = problems(config, credentials);
    problems.iter().map(|(file, problem)| (*file, problem.code, problem.line())).collect()
}

#[test]
fn two_spellings_of_one_name_are_reported_at_the_later() {
    let config = "[default]\nregion=x\noutput=json\n[profile b]\n[profile default]\nregion=y\n";
    assert_eq!(codes(config, ""), [(FileKind::Config, "both-defaults", Some(5))]);
    assert_eq!(codes("[profile a]\nk=v\n[profile \"a\"]\n", ""), [(FileKind::Config, "two-spellings", Some(3))]);
}

#[test]
fn odd_headers_are_reported() {
    for (config, credentials, code) in [
        ("[profile o'brien]", "", "header-cannot-be-unquoted"),
        ("[profile a b]", "", "header-not-two-words"),
        ("[profiles a]", "", "odd-keyword"),
        ("[profile \"\"]", "", "empty-name"),
        ("[foo]\nregion=x", "", "not-a-profile"),
        ("", "[profile x]", "profile-keyword-in-credentials"),
        ("", "[profile\tx]", "profile-keyword-in-credentials"),
        ("", "[sso-session s]", "section-in-wrong-file"),
    ] {
        let file = if config.is_empty() { FileKind::Credentials } else { FileKind::Config };
        assert_eq!(codes(config, credentials), [(file, code, Some(1))], "{config}{credentials}");
    }
    assert_eq!(codes("[plugins]\n[preview]\n[profile a]\n[default]\n", "[a]\n"), []);
}

#[test]
fn the_fix_can_be_pasted() {
    for (config, fix) in [
        ("[profile a b]", "quote the name: [profile \"a b\"]"),
        ("[profilefoo]", "add a space before the name: [profile foo]"),
        ("[profile]", "write [profile NAME]"),
        ("[profiles \"a b\"]", "write [profile \"a b\"]"),
        ("[foo]", "if it is meant as one, write [profile foo]"),
        ("[ default ]", "write [default], without spaces inside the brackets"),
    ] {
        assert_eq!(problems(config, "")[0].1.fix, fix, "{config}");
    }
}

#[test]
fn a_hundred_problems_of_a_file_are_reported_parsed_ones_and_those_of_headers_together() {
    let config = "stray\n".to_owned() + &(0..200).map(|number| format!("[profile 'a{number}]\n")).collect::<String>();
    let problems = problems(&config, "");
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[100].1.code, "too-many-problems");
}
