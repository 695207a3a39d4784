//! The diagnosis as people read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::Diagnosis;
use super::excerpt::{self, Excerpt};
use crate::aws::FileKind;
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::{self, FRAME, styled};
use crate::paths;
use crate::settings::InForce;

/// Lines are no longer than this where there is no terminal.
const WIDE: usize = 200;

/// Every fault with its line, when folders are followed, the settings, and how many faults there are.
pub fn report(diagnosis: &Diagnosis, context: &Context) -> String {
    let page = Page::new();
    let mut text = findings(&diagnosis.findings, context);
    text.push_str(&page.wrapped("integration: ", 0, &diagnosis.following));
    for setting in context.settings().in_force() {
        text.push_str(&page.wrapped("setting: ", 4, &in_words(&setting)));
    }
    let _ = writeln!(text, "{}", count(&diagnosis.findings));
    text
}

/// These faults, each with its line.
pub fn findings(findings: &[Diagnostic], context: &Context) -> String {
    let page = Page::new();
    let sources = sources(findings, context);
    let mut text = String::new();
    for finding in findings {
        let line = finding.file.as_deref().zip(finding.line()).and_then(|place| sources.get(&place));
        page.finding(&mut text, finding, finding.excerpt.as_ref().or(line).map(String::as_str));
    }
    text
}

/// The lines that the faults name, by file and number.
fn sources<'f>(findings: &'f [Diagnostic], context: &Context) -> BTreeMap<(&'f Path, usize), String> {
    let of = |kind| {
        let file = context.aws_file(kind);
        Some((file.path.as_deref()?, file.text.as_deref()?))
    };
    let settings = context.settings().source().map(|(path, text)| (path.as_path(), text.as_str()));
    let mut all = BTreeMap::new();
    for (path, text) in [of(FileKind::Config), of(FileKind::Credentials), settings].into_iter().flatten() {
        let here = || findings.iter().filter_map(|finding| finding.file.as_deref().zip(finding.line()));
        let wanted: BTreeSet<usize> = here().filter(|(file, _)| *file == path).map(|(_, line)| line).collect();
        let lines = excerpt::lines(text, &wanted);
        for (file, line) in here().filter(|(file, _)| *file == path) {
            if let Some(text) = lines.get(&line) {
                all.insert((file, line), text.clone());
            }
        }
    }
    all
}

/// A setting, and from where it is.
fn in_words(setting: &InForce) -> String {
    let InForce { name, value, origin } = setting;
    let from = match (origin.variable, &origin.file, origin.line) {
        (Some(variable), ..) => variable.to_owned(),
        (None, Some(file), Some(line)) => format!("{file}:{line}"),
        _ => "default".to_owned(),
    };
    format!("{name} = {value}  ({from})")
}

fn count(findings: &[Diagnostic]) -> String {
    let of = |severity, one: &str, many: &str| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
    };
    let parts = [
        of(Severity::Error, "error", "errors"),
        of(Severity::Warning, "warning", "warnings"),
        of(Severity::Info, "note", "notes"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nothing is wrong".to_owned() } else { parts.join(", ") }
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => output::ERROR,
        Severity::Warning => output::WARNING,
        Severity::Info => output::NOTE,
    }
}

struct Page {
    width: usize,
}

impl Page {
    fn new() -> Self {
        Self { width: output::width().unwrap_or(WIDE).max(20) }
    }

    fn finding(&self, text: &mut String, finding: &Diagnostic, line: Option<&str>) {
        let style = style(finding.severity);
        let head = format!("{}[{}]", finding.severity.name(), finding.code);
        let message = self.wrapped(&format!("{head}: "), 4, &finding.message);
        text.push_str(&message.replacen(&head, &styled(&head, style), 1));
        let number = finding.line().map(|line| line.to_string()).unwrap_or_default();
        let margin = " ".repeat(number.len().max(1));
        if let Some(file) = &finding.file {
            let line = finding.line().map(|line| format!(":{line}")).unwrap_or_default();
            let _ = writeln!(text, "{margin}{} {}{line}", styled("-->", FRAME), output::escaped(&paths::shown(file)));
        }
        if let Some(line) = line {
            let excerpt = Excerpt::new(finding.code, line, self.width.saturating_sub(margin.len() + 3));
            let (bar, caret) = (styled("|", FRAME), "^".repeat(excerpt.width));
            let _ = writeln!(text, "{} {bar} {}", styled(&number, FRAME), excerpt.text);
            let _ = writeln!(text, "{margin} {bar} {}{}", " ".repeat(excerpt.before), styled(&caret, style));
        }
        text.push_str(&self.wrapped(&format!("{margin} = fix: "), margin.len() + 8, &finding.fix));
        text.push('\n');
    }

    /// A text after its label, broken between words, further lines indented.
    fn wrapped(&self, label: &str, indent: usize, text: &str) -> String {
        let escaped = output::escaped(text);
        let mut shown = label.trim_end().to_owned();
        let mut column = shown.width();
        for word in escaped.split(' ') {
            if column + 1 + word.width() > self.width && column > indent {
                shown.push('\n');
                shown.push_str(&" ".repeat(indent));
                column = indent;
            } else {
                shown.push(' ');
                column += 1;
            }
            shown.push_str(word);
            column += word.width();
        }
        shown.push('\n');
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let page = Page { width: 20 };
        assert_eq!(page.wrapped("fix: ", 4, "one two three four five"), "fix: one two three\n    four five\n");
        assert_eq!(page.wrapped("fix: ", 0, &"x".repeat(30)), format!("fix:\n{}\n", "x".repeat(30)));
    }

    #[test]
    fn faults_are_counted_by_how_bad_they_are() {
        let finding = |severity| Diagnostic::error("x", None, "", "").with(severity);
        assert_eq!(count(&[]), "nothing is wrong");
        assert_eq!(
            count(&[finding(Severity::Info), finding(Severity::Error), finding(Severity::Error)]),
            "2 errors, 1 note"
        );
    }
}
