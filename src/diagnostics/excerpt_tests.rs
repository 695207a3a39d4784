use super::*;

fn marked(code: &str, line: &str, width: usize) -> (String, String) {
    let excerpt = Excerpt::new(code, line, width);
    (excerpt.text, format!("{}{}", " ".repeat(excerpt.before), "^".repeat(excerpt.width)))
}

#[test]
fn the_caret_stands_under_the_place_at_fault() {
    for (code, line, caret) in [
        ("inline-comment", "region = x # note", "           ^^^^^^"),
        ("colon-for-equals", "region: x", "      ^"),
        ("indented-key", "  region = x", "^^"),
        ("duplicate-key", "region = x", "^^^^^^"),
        ("duplicate-section", "[profile a] # c", "^^^^^^^^^^^"),
        ("source-profile-nowhere", "source_profile = ghost", "                 ^^^^^"),
        ("not-a-setting", "stray", "^^^^^"),
        ("text-after-header", "[profile a] x", "           ^^"),
        ("inline-comment", "", "^"),
        ("folder-unknown-profile", "gone", "^^^^"),
        ("folder-invalid", "no region", "^^^^^^^^^"),
    ] {
        assert_eq!(marked(code, line, 80), (line.to_owned(), caret.to_owned()), "{code}");
    }
}

#[test]
fn wide_and_steering_characters_keep_the_caret_in_its_place() {
    assert_eq!(marked("inline-comment", "a = \u{4f60} # x", 80).1, "       ^^^");
    let (text, caret) = marked("inline-comment", "a = \u{1b}[31m # x", 80);
    assert_eq!(text, r"a = \u{1b}[31m # x");
    assert_eq!(caret.len(), text.len());
}

#[test]
fn a_long_line_is_cut_around_its_place() {
    let long = format!("region = {} # note", "x".repeat(5000));
    let (text, caret) = marked("inline-comment", &long, 40);
    assert!(text.width() <= 40 && caret.len() <= 40, "{text}\n{caret}");
    assert!(text.starts_with('…') && text.ends_with("# note"), "{text}");
    assert_eq!(caret.trim_start().len(), "# note".len());
    let (text, caret) = marked("duplicate-key", &long, 40);
    assert!(text.ends_with('…') && caret == "^^^^^^", "{text}");
}

fn shown(text: &str, line: usize) -> String {
    lines(text, &BTreeSet::from([line])).remove(&line).unwrap()
}

#[test]
fn nothing_that_may_be_a_secret_is_shown() {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    for (text, line) in [
        (format!("aws_secret_access_key = {secret}"), 1),
        (format!("aws_secret_access_key: {secret} # c"), 1),
        (format!("aws_secret_access_key {secret}"), 1),
        (format!("  AWS_Session_Token={secret}"), 1),
        (format!("\u{1c}aws_session_token\u{1f} = {secret}"), 1),
        (secret.to_owned(), 1),
        (format!("{secret}="), 1),
        (format!("= {secret}"), 1),
        (format!("aws_secret_access_key =\n  {secret}"), 2),
        (format!("aws_secret_access_key =\n# c\n\n  {secret}=x"), 4),
        (format!("region = x\n  aws_secret_access_key = {secret}"), 2),
        (format!("[profile a\naws_secret_access_key = {secret}"), 2),
    ] {
        let shown = shown(&text, line);
        assert!(shown.contains(MASK) && !shown.contains("wJalr"), "{text}: {shown}");
    }
    for text in [
        "region = eu-west-1 # note",
        "[profile a-very-long-name-of-a-profile]",
        "role_arn = arn:aws:iam::123456789012:role/x",
    ] {
        assert_eq!(shown(text, 1), text);
    }
}

#[test]
fn a_line_of_a_megabyte_is_looked_at_no_further_than_needed() {
    let text = format!("region = {}\u{e9} # x", "\u{e9}".repeat(1 << 20));
    assert!(shown(&text, 1).len() <= MOST);
}
