use super::super::decode::decode;
use super::super::value::Child;
use super::*;

/// `header|key=value|key={key=value;...}` for each section, after `*` and the defaults if there are any.
fn shape(text: &str) -> Vec<String> {
    let (text, _) = decode(text.as_bytes().to_vec());
    let document = Document::parse(&text);
    let defaults = (!document.defaults.is_empty()).then(|| format!("*{}", settings(document.defaults.values())));
    let sections = document
        .sections
        .values()
        .map(|section| format!("{}{}", section.name, settings(document.settings_of(section))));
    defaults.into_iter().chain(sections).collect()
}

fn first<'d>(document: &'d Document<'d>) -> &'d [Setting<'d>] {
    document.settings_of(&document.sections[0])
}

fn settings<'s>(settings: impl IntoIterator<Item = &'s Setting<'s>>) -> String {
    let child = |child: &Child| format!("{}={}", child.key, child.value);
    let value = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        Value::Nested(children) => format!("{{{}}}", children.iter().map(child).collect::<Vec<_>>().join(";")),
    };
    settings.into_iter().map(|setting| format!("|{}={}", setting.key, value(&setting.value))).collect()
}

fn codes(bytes: &[u8]) -> Vec<(&'static str, Option<usize>)> {
    let (text, mut problems) = decode(bytes.to_vec());
    problems.extend(Document::parse(&text).problems.into_vec());
    problems.iter().map(|problem| (problem.code, problem.line())).collect()
}

#[test]
fn what_botocore_reads_is_read_alike() {
    for (text, expected) in [
        // Headers.
        ("[a]\n[b]", &["a", "b"][..]),
        ("[ a ]", &[" a "]),
        ("[a] # c\n[b]; d\n[c]junk", &["a", "b", "c"]),
        ("[profile a#b] # see [1]", &["profile a#b] # see [1"]),
        ("  [a]\nk=v", &["a|k=v"]),
        ("[[]]", &["[]"]),
        ("[DEFAULT]\nk=v\n[a]\nx=y", &["*|k=v", "a|x=y"]),
        ("[ DEFAULT ]\nk=v", &[" DEFAULT |k=v"]),
        // Keys and values.
        ("[a]\nk = v\nl : w\nm:n = o\np=q:r", &["a|k=v|l=w|m=n = o|p=q:r"]),
        ("[a]\nRegion=EU\nÉ=É", &["a|region=EU|é=É"]),
        ("[a]\nk =\nl=", &["a|k=|l="]),
        ("[a]\nk = \"q\" \\ %(x)s $y # c ; d", &["a|k=\"q\" \\ %(x)s $y # c ; d"]),
        ("[a]\nk = \u{a0}v\u{3000}\n\u{2003}\nl\u{a0}=w", &["a|k=v|l=w"]),
        ("[a]\n[k = v", &["a|[k=v"]),
        ("[a]\nk=x\0y", &["a|k=x\0y"]),
        // Comments.
        ("# c\n; d\n[a]\n#k=v\nk=v\n  # no value\n;", &["a|k=v"]),
        // Continuations.
        ("[a]\nk = v\n  w\n\n\t x \n\nl=m", &["a|k=v\nw\n\nx|l=m"]),
        ("[a]\n  k=v\n  l=w\n    x\n m=n", &["a|k=v|l=w\nx|m=n"]),
        ("[a]\nk=v\n  # c\n  w", &["a|k=v\nw"]),
        ("[a]\nk=v\n [b]\nl=w", &["a|k=v\n[b]|l=w"]),
        ("[a]\n\u{3000}k=v\n\u{3000}l=w", &["a|k=v|l=w"]),
        ("[a]\n k=v\n\u{3000}\u{3000}w", &["a|k=v\nw"]),
        // Nested settings.
        ("[a]\ns3 =\n  K = v\n  l==w\n\n  # c\n  K=x\nm=n", &["a|s3={K=x;l==w}|m=n"]),
        ("[a]\ns3 =\n\n  k=v", &["a|s3={k=v}"]),
        ("[a]\ns3 = # c\n  k=v", &["a|s3=# c\nk=v"]),
        // Line ends.
        ("[a]\r\nk=v\r\n[b]\rk=v\r\r\nl=w", &["a|k=v", "b|k=v|l=w"]),
        ("", &[]),
        ("\n# only a comment", &[]),
    ] {
        assert_eq!(shape(text), expected, "{text:?}");
        let errors: Vec<_> = Document::parse(text).problems.into_vec();
        assert!(errors.iter().all(|problem| problem.severity != Severity::Error), "{text:?}: {errors:?}");
    }
}

#[test]
fn what_botocore_rejects_is_reported_and_the_rest_read() {
    for (text, code, line, expected) in [
        ("[a]\nk=v\n[b]\n[a]\nk=w\nl=x", "duplicate-section", 4, &["a|k=w|l=x", "b"][..]),
        ("[a]\nk=v\nl=w\nK=x", "duplicate-key", 4, &["a|k=x|l=w"]),
        ("[DEFAULT]\nk=v\n[DEFAULT]\nk=w\n[a]", "duplicate-key", 4, &["*|k=w", "a"]),
        ("[a]\nk=v\nstray\nl=w", "not-a-setting", 3, &["a|k=v|l=w"]),
        ("[a]\n[]\nk=v", "not-a-setting", 2, &["a|k=v"]),
        ("[a]\n= v\nk=v", "no-key", 2, &["a|k=v"]),
        ("k=v\nl=w\n[a]\nk=v", "before-any-section", 1, &["a|k=v"]),
        ("\u{feff}[a]\nk=v", "byte-order-mark", 1, &["a|k=v"]),
        ("[a]\ns3 =\n  bad\n  k: v\n  l=w", "nested-without-equals", 3, &["a|s3={l=w}"]),
    ] {
        assert_eq!(shape(text), expected, "{text:?}");
        assert_eq!(codes(text.as_bytes()).first(), Some(&(code, Some(line))), "{text:?}");
    }
}

#[test]
fn bytes_that_are_no_text_cost_only_themselves() {
    let (text, _) = decode(b"[a]\nk=\xff\nl=w".to_vec());
    let document = Document::parse(&text);
    let settings = first(&document);
    assert_eq!(settings[0].value.text(), Some("\u{fffd}"));
    assert_eq!(settings[1].value.text(), Some("w"));
    assert_eq!(codes(b"[a]\nk=\xff\nl=w"), [("invalid-utf8", Some(2))]);
}

#[test]
fn utf16_is_read_all_the_same() {
    let bytes: Vec<u8> = "\u{feff}[a]\nk=é".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (text, _) = decode(bytes.clone());
    assert_eq!(first(&Document::parse(&text))[0].value.text(), Some("é"));
    assert_eq!(codes(&bytes), [("utf-16", Some(1))]);
}

#[test]
fn lines_are_counted_from_one() {
    let document = Document::parse("\n# c\n[a]\nk=v\n w\n\ns3=\n\n  x=y\n");
    assert_eq!(document.sections[0].line(), 3);
    let settings = first(&document);
    assert_eq!(settings.iter().map(Setting::line).collect::<Vec<_>>(), [4, 7]);
    let Value::Nested(children) = &settings[1].value else { panic!() };
    assert_eq!(children[0].line, 9);
}

#[test]
fn a_nested_problem_of_the_defaults_counts_only_where_it_is_inherited() {
    let nested = "[DEFAULT]\ns3 =\n  bad\n  worse\n";
    assert_eq!(codes(nested.as_bytes()), []);
    assert_eq!(codes(format!("{nested}[a]\ns3=x").as_bytes()), []);
    let inherited = format!("{nested}[a]\ns3=x\n[b]");
    assert_eq!(codes(inherited.as_bytes()), [("nested-without-equals", Some(3))]);
}

#[test]
fn what_looks_like_a_header_but_is_none_is_reported() {
    assert_eq!(codes(b"[a]\nk=v\n [b]\n"), [("indented-header", Some(3))]);
    assert_eq!(codes(b"[a]\n[b = c\n"), [("unclosed-header", Some(2))]);
    assert_eq!(codes(b"[a] x\n[b] # c\n"), [("text-after-header", Some(1))]);
}

#[test]
fn a_line_that_is_no_setting_does_not_end_the_value_above() {
    let found = codes(b"[a]\nk=v\nbare\n  [b]\n  k=w\n");
    assert_eq!(found, [("not-a-setting", Some(3)), ("indented-header", Some(4))]);
    let found = codes(b"[a]\nk=v\nbare\n  [b]\nk=w\n");
    assert_eq!(found, [("not-a-setting", Some(3)), ("indented-header", Some(4)), ("duplicate-key", Some(5))]);
    // A line without a key does end it.
    assert_eq!(codes(b"[a]\nk=v\n=bare\n  [b]\nk=w\n"), [("no-key", Some(3))]);
}

#[test]
fn keys_that_two_blocks_of_a_section_share_are_no_problems_of_their_own() {
    assert_eq!(codes(b"[a]\nk=v\n[a]\nk=w\nl=x\n"), [("duplicate-section", Some(3))]);
    let twice = codes(b"[a]\nk=v\n[a]\nk=w\nk=x\n");
    assert_eq!(twice, [("duplicate-section", Some(3)), ("duplicate-key", Some(5))]);
}

#[test]
fn messages_hold_no_values() {
    let text = "secret\n[a]\nsecret\nk=secret\nk=secret\n=secret\ns3=\n secret\n";
    for problem in Document::parse(text).problems.into_vec() {
        assert!(!problem.message.contains("secret") && !problem.fix.contains("secret"), "{problem:?}");
    }
}

#[test]
fn nothing_is_copied_that_need_not_be() {
    let document = Document::parse("[a]\nk=v\ns3=\n  x=y\n");
    let settings = first(&document);
    assert!(settings.iter().all(|setting| matches!(setting.key, Cow::Borrowed(_))));
    assert!(matches!(settings[0].value, Value::Text(Cow::Borrowed(_))));
}

#[test]
fn each_problem_has_its_span() {
    for (text, code, line, columns) in [
        ("[a]\n  [a] # c\n", "duplicate-section", 2, 2..5),
        ("[a]\n k = v\n K : w\n", "duplicate-key", 3, 1..2),
        ("[DEFAULT]\nk=v\n[DEFAULT]\n key=x\n  k=w\n[DEFAULT]\n k=w\n", "duplicate-key", 7, 1..2),
        ("[a] junk # c \n", "text-after-header", 1, 3..12),
        ("[a]\n bare \n", "not-a-setting", 2, 1..5),
        ("[a]\n = v\n", "no-key", 2, 1..4),
        (" k = v\n", "before-any-section", 1, 1..6),
        ("[a]\nk = v\n  [b]\n", "indented-header", 3, 2..5),
        ("[a]\n [b = v\n", "unclosed-header", 2, 1..7),
    ] {
        let problems = Document::parse(text).problems.into_vec();
        let spans: Vec<_> = problems.into_iter().map(|problem| (problem.code, problem.span.unwrap())).collect();
        assert_eq!(spans, [(code, Span { line, columns: Some(columns) })], "{text:?}");
    }
}

#[test]
fn a_section_ends_at_whatever_header_follows() {
    let document = Document::parse("[a]\n  [b]\nk=v\n   [no header]\n\n[DEFAULT]\n[c]\n[a]\n");
    let lines: Vec<_> = document.sections.values().map(|section| section.lines()).collect();
    assert_eq!(lines, [1..2, 2..6, 7..8]);
}
