use super::super::profile_rules::CredentialRules;
use super::super::{header_rules, sdk_rules};
use super::*;
use crate::aws::{Chains, FileKind, ProfileStore};
use crate::diagnostic::{Diagnostic, Span};
use crate::directory::parse::{parse, profile_span};

/// The problems of a config file.
fn problems(text: &str) -> Vec<Diagnostic> {
    let store = ProfileStore::new(text, "");
    let mut in_file = store.document(FileKind::Config).problems.clone();
    header_rules::examine(&store, FileKind::Config, &mut in_file);
    sdk_rules::examine(text, FileKind::Config, &mut in_file);
    let of_profiles = CredentialRules { store: &store, chains: &Chains::follow(&store) }.examine_all();
    in_file.into_vec().into_iter().chain(of_profiles.into_iter().map(|(_, problem)| problem)).collect()
}

type ReadLines<'a> = &'a dyn Fn(&BTreeSet<usize>) -> Vec<SourceLine>;

/// The line of a span, and the carets below it.
fn marked(lines: ReadLines, span: &Span, width: usize) -> (String, String) {
    let excerpt = lines(&BTreeSet::from([span.line])).remove(0).excerpt(span.columns.clone(), width);
    (excerpt.text, format!("{}{}", " ".repeat(excerpt.before), "^".repeat(excerpt.width)))
}

/// The excerpt for the problem of this code in a profile with these lines.
fn marked_in_profile(code: &str, lines: &str, width: usize) -> (String, String) {
    let text = format!("[profile a]\n{lines}\n");
    let problem = problems(&text).into_iter().find(|problem| problem.code == code).expect(code);
    marked(&|wanted| settings_lines(&text, wanted), &problem.span.unwrap(), width)
}

#[test]
fn carets_are_under_the_part_that_is_wrong() {
    for (code, lines, carets) in [
        ("inline-comment", "region = x # note", "           ^^^^^^"),
        ("colon-for-equals", "region: x", "      ^"),
        ("indented-key", "  region = x", "^^"),
        ("duplicate-key", "region = y\nregion = x", "^^^^^^"),
        ("duplicate-section", "[profile a] # c", "^^^^^^^^^^^"),
        ("source-profile-nowhere", "role_arn = r\nsource_profile = ghost", "                 ^^^^^"),
        ("not-a-setting", "stray", "^^^^^"),
        ("text-after-header", "[profile a] x", "           ^^"),
    ] {
        let line = lines.lines().next_back().unwrap();
        assert_eq!(marked_in_profile(code, lines, 80), (line.to_owned(), carets.to_owned()), "{code}");
    }
    for (text, span, carets) in
        [("gone", profile_span(b"gone"), "^^^^"), ("no region", parse(b"a\nno region").unwrap_err().span, "^^^^^^^^^")]
    {
        let text = format!("{}{text}", "\n".repeat(span.as_ref().unwrap().line - 1));
        let marked = marked(&|wanted| directory_file_lines(&text, wanted, true), &span.unwrap(), 80);
        assert_eq!(marked, (text.trim().to_owned(), carets.to_owned()));
    }
    assert_eq!(Excerpt::new("", 0..0, 80).width, 1);
}

#[test]
fn wide_and_steering_characters_do_not_move_the_carets() {
    assert_eq!(marked_in_profile("inline-comment", "a = \u{4f60} # x", 80).1, "       ^^^");
    let (text, carets) = marked_in_profile("inline-comment", "a = \u{1b}[31m # x", 80);
    assert_eq!(text, r"a = \u{1b}[31m # x");
    assert_eq!(carets.len(), text.len());
}

#[test]
fn a_long_line_is_cut_around_its_carets() {
    let long = |length| format!("region = {} # note", "x".repeat(length));
    let (text, carets) = marked_in_profile("inline-comment", &long(3000), 40);
    assert!(text.width() <= 40 && carets.len() <= 40, "{text}\n{carets}");
    assert!(text.starts_with('…') && text.ends_with("# note"), "{text}");
    assert_eq!(carets.trim_start().len(), "# note".len());
    let (text, carets) = marked_in_profile("duplicate-key", &format!("region = y\n{}", long(5000)), 40);
    assert!(text.ends_with('…') && carets == "^^^^^^", "{text}");
}

fn shown(text: &str, line: usize) -> String {
    settings_lines(text, &BTreeSet::from([line])).remove(0).shown
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
        (format!("aws_secret_access_key = {secret}="), 1),
        (format!("= {secret}"), 1),
        (format!("aws_secret_access_key =\n  {secret}"), 2),
        (format!("aws_secret_access_key =\n# c\n\n  {secret}=x"), 4),
        (format!("region = x\n  aws_secret_access_key = {secret}"), 2),
        (format!("[profile a\naws_secret_access_key = {secret}"), 2),
        (format!("[default] aws_secret_access_key = {secret}"), 1),
        (format!("[default]{secret}] # c"), 1),
    ] {
        let shown = shown(&text, line);
        assert!(shown.contains(MASK) && !shown.contains("wJalr"), "{text}: {shown}");
    }
    for text in [
        "region = eu-west-1 # note",
        "[profile a-very-long-name-of-a-profile]",
        "role_arn = arn:aws:iam::123456789012:role/x",
        "aws_secret_access_key = ",
    ] {
        assert_eq!(shown(text, 1), text);
    }
}

#[test]
fn of_a_line_of_a_megabyte_no_more_is_shown_than_fits() {
    let text = format!("region = {}\u{e9} # x", "\u{e9}".repeat(1 << 20));
    let excerpt = settings_lines(&text, &BTreeSet::from([1])).remove(0).excerpt(Some(0..6), 80);
    assert!(excerpt.text.width() <= 80 && excerpt.width == 6, "{excerpt:?}");
}

#[test]
fn columns_are_found_again_beside_a_mask_and_are_the_whole_line_within_it() {
    let text = "[a]\nwJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY x\n";
    let line = settings_lines(text, &BTreeSet::from([2])).remove(0);
    let part = |columns| line.shown.get(line.shown_columns(Some(columns))).unwrap();
    assert_eq!(part(0..40), MASK);
    assert_eq!(part(41..42), "x");
    assert_eq!(part(5..9), line.shown);
    assert_eq!(part(50..60), line.shown);
}

#[test]
fn the_line_of_a_directory_file_is_shown_without_the_spaces_around_it() {
    let line = directory_file_lines("# why\n\t a\rb \r\n", &BTreeSet::from([2]), true).remove(0);
    assert_eq!((line.shown.as_str(), line.shown_columns(Some(3..4))), ("a\rb", 1..2));
}
