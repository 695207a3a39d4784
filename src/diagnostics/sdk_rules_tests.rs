use super::*;

fn found(file: FileKind, text: &str) -> Vec<(&'static str, Option<usize>, &'static str)> {
    let mut problems = Diagnostics::default();
    examine(text, file, &mut problems);
    problems.into_vec().iter().map(|problem| (problem.code, problem.line(), problem.severity.name())).collect()
}

#[test]
fn each_oddity_of_the_config_file_is_reported_with_its_line() {
    for (text, code, line, severity) in [
        ("[profile a]\nregion = x # note\n", "inline-comment", 2, "warning"),
        ("[profile a]\nregion = # note\n", "inline-comment", 2, "warning"),
        ("[profile a]\nregion = x\t; note\n", "inline-comment", 2, "warning"),
        ("[profile a]\ns3 =\n  k = v # note\n", "inline-comment", 3, "warning"),
        ("[profile a]\nregion = \"x\"\n", "quoted-value", 2, "warning"),
        ("[profile a]\nregion = 'x'\n", "quoted-value", 2, "warning"),
        ("[profile a]\ns3 =\n  k = v\n  k = w\n", "duplicate-nested-key", 4, "warning"),
        ("[profile a]\nregion =\n", "empty-value", 2, "info"),
        ("[profile a]\nregion: x\n", "colon-for-equals", 2, "warning"),
        ("[profile a]\na:b = c\n", "colon-for-equals", 2, "warning"),
        ("[profile a]\n  region = x\n  output = y\n", "indented-key", 2, "warning"),
        ("[profile a]\nregion = x\n # note\n", "indented-comment", 3, "warning"),
        ("[profile a]\nregion = x\n  y\n", "continued-value", 3, "info"),
        ("[profile a]\nRegion = x\n", "key-case", 2, "info"),
        ("[profile a]\nmy region = x\n", "key-with-space", 2, "info"),
        ("[profile a]; note\n", "comment-touches-header", 1, "warning"),
        ("[DEFAULT]\nregion = x\n", "default-section", 1, "warning"),
        ("[profile \"a\"]\n", "quoted-name", 1, "warning"),
        ("[sso-session 'a']\n", "quoted-name", 1, "warning"),
        ("[profile \"a b\"]\n", "name-not-for-sdks", 1, "warning"),
        ("[profile caf\u{e9}]\n", "name-not-for-sdks", 1, "warning"),
        ("[profile DOM\\user]\n", "backslash-in-header", 1, "warning"),
        ("[profile  a]\n", "blanks-in-header", 1, "info"),
        ("[profile a]\rregion = x\routput = y\r", "lone-carriage-return", 1, "warning"),
        ("[profile a]\r\nregion = x\r\r\noutput = y\n", "lone-carriage-return", 2, "warning"),
        ("[profile a]\nregion = x\r", "lone-carriage-return", 2, "warning"),
        ("[profile a]\n  # note\nregion = x\n", "indented-comment", 2, "warning"),
        (" ; note\n[profile a]\n", "indented-comment", 1, "warning"),
        ("[profile b]\n  [profile a]\nregion = x\n", "indented-header", 2, "warning"),
        ("[profile a]\ns3 =\n  = v\n", "nested-without-key", 3, "warning"),
        ("[profile a]\nregion = x\n\u{a0}\noutput = y\n", "odd-spaces", 3, "warning"),
        ("[profile a]\n\x0b\n", "odd-spaces", 2, "warning"),
        ("\x0c\n[profile a]\n", "odd-spaces", 1, "warning"),
        ("[profile a]\n \u{3000}\n", "odd-spaces", 2, "warning"),
        ("[profile a]\ncredential_process = \"/a b/c\" --d \"e\"\n", "quoted-value", 2, "warning"),
        ("[profile a]\ncredential_process = 'c' 'd'\n", "quoted-value", 2, "warning"),
        ("[profile __proto__]\n", "name-not-for-sdks", 1, "warning"),
    ] {
        assert_eq!(found(FileKind::Config, text), [(code, Some(line), severity)], "{text}");
    }
}

#[test]
fn what_everybody_reads_alike_is_not_reported() {
    for text in [
        "# note\n; note\n[default]\nregion = x#y\n[profile a-b_c/d.e%f@g:h+1] # note\noutput = json\n",
        "[profile a]\nrole_arn = arn:aws:iam::123456789012:role/x\ns3 =\n  a = b\n  c = d\n",
        "[profile a]\ncredential_process = \"/a b/c\"\nrole_session_name = \"x\ns3 =\n  k = v\nother =\n  k = v\n",
        "[profile\ta]\n[plugins]\ncli_legacy_plugin_path = /x\n",
        "[profile a b]\n[profile o'brien]\n[profile \"\"]\n",
        "stray: line # note\n",
        "[profile a]\r\nregion = x\r\n\r\n",
        "[profile a]\ncli_pager =\n",
        "[profile a]\n \t \n\t\ncredential_process = 'c' --d \"e\"\n",
        "[profile a]\ncredential_process = \"c\" --d 'e'\n",
    ] {
        assert_eq!(found(FileKind::Config, text), [], "{text}");
    }
}

#[test]
fn in_the_credentials_file_the_header_is_the_name() {
    assert_eq!(found(FileKind::Credentials, "[ a ]\n"), [("name-not-for-sdks", Some(1), "warning")]);
    for header in ["[a!b]", "[profile!b]", "[profile]b]", "[a\tb]", "[__proto__]"] {
        assert_eq!(found(FileKind::Credentials, header), [("name-not-for-sdks", Some(1), "warning")], "{header}");
    }
    for header in ["[profile-b]", "[profile]", "[services]", "[profile b]", "[profile\tb]"] {
        assert_eq!(found(FileKind::Credentials, header), [], "{header}");
    }
}

#[test]
fn each_problem_has_its_span() {
    for (text, code, columns) in [
        ("[profile a]\nregion = x # note \n", "inline-comment", 11..17),
        ("[profile a]\nregion = \"x\" \n", "quoted-value", 9..12),
        ("[profile a]\nregion : x\n", "colon-for-equals", 7..8),
        ("[profile a]\n  region = x\n", "indented-key", 0..2),
        ("[profile a]\nregion = x\n # note\n", "indented-comment", 0..1),
        ("[profile a]\nregion = x\n\t y\n", "continued-value", 0..2),
        ("[profile a]\nRegion = x\n", "key-case", 0..6),
        ("[profile a]; note\n", "comment-touches-header", 11..17),
        ("[profile  a] # note\n", "blanks-in-header", 0..12),
        (" [profile a] # note\n", "indented-header", 0..1),
        ("[profile a]\nregion =\n", "empty-value", 0..8),
    ] {
        let mut problems = Diagnostics::default();
        examine(text, FileKind::Config, &mut problems);
        let problems = problems.into_vec().into_iter();
        let spans: Vec<_> = problems.map(|problem| (problem.code, problem.span.unwrap().columns)).collect();
        assert_eq!(spans, [(code, Some(columns))], "{text:?}");
    }
}
