//! Renders diagnostics for people: each with its line and carets under the part that is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::Diagnosis;
use super::excerpt::{Excerpt, Source, SourceLine};
use crate::aws::FileKind;
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::directory::{Ignored, Status};
use crate::output::{self, FRAME, styled};
use crate::paths;
use crate::settings::ActiveSetting;

/// How wide lines are where there is no terminal.
const DEFAULT_WIDTH: usize = 200;

/// Every diagnostic, when directory profiles become active, the settings, and how many problems there are.
pub fn report(diagnosis: &Diagnosis, context: &Context) -> String {
    let page = Page::new();
    let mut sources = sources(context);
    sources.extend(diagnosis.ignored.as_ref().map(|(file, ignored)| directory_source(file, ignored)));
    let mut text = page.diagnostics(&diagnosis.diagnostics, &sources);
    text.push_str(&page.wrapped("integration: ", 0, &diagnosis.integration));
    for setting in context.settings().active() {
        text.push_str(&page.wrapped("setting: ", 4, &in_words(&setting)));
    }
    let _ = writeln!(text, "{}", count(&diagnosis.diagnostics));
    text
}

/// These diagnostics, of the AWS files and the settings.
pub fn render(diagnostics: &[Diagnostic], context: &Context) -> String {
    Page::new().diagnostics(diagnostics, &sources(context))
}

fn sources<'c>(context: &'c Context) -> Vec<Source<'c>> {
    let aws_files = FileKind::BOTH.map(|kind| {
        let file = context.aws_file(kind);
        Some(Source::settings(file.path.as_deref()?, file.text.as_deref()?))
    });
    let settings = context.settings().source().map(|(path, text)| Source::settings(path, text));
    aws_files.into_iter().chain([settings]).flatten().collect()
}

fn directory_source<'a>(path: &'a Path, ignored: &'a Ignored) -> Source<'a> {
    // The message about an unknown profile names it, so that there is nothing to mask.
    Source::directory_file(path, &ignored.content, ignored.status != Status::UnknownProfile)
}

/// A setting, and where its value comes from.
fn in_words(setting: &ActiveSetting) -> String {
    let ActiveSetting { name, value, origin } = setting;
    let from = match (origin.variable, &origin.file, origin.line) {
        (Some(variable), ..) => variable.to_owned(),
        (None, Some(file), Some(line)) => format!("{file}:{line}"),
        _ => "default".to_owned(),
    };
    format!("{name} = {value}  ({from})")
}

fn count(diagnostics: &[Diagnostic]) -> String {
    let of = |severity, one: &str, many: &str| {
        let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
    };
    let counts = [
        of(Severity::Error, "error", "errors"),
        of(Severity::Warning, "warning", "warnings"),
        of(Severity::Info, "note", "notes"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if counts.is_empty() { "nothing is wrong".to_owned() } else { counts.join(", ") }
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
        Self { width: output::width().unwrap_or(DEFAULT_WIDTH).max(20) }
    }

    fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &[Source]) -> String {
        let mut lines: BTreeMap<(&Path, usize), SourceLine> = BTreeMap::new();
        for source in sources {
            let in_source = diagnostics.iter().filter(|diagnostic| diagnostic.file.as_deref() == Some(source.path));
            let wanted: BTreeSet<usize> = in_source.filter_map(Diagnostic::line).collect();
            lines.extend(source.lines(&wanted).into_iter().map(|(number, line)| ((source.path, number), line)));
        }
        let mut text = String::new();
        for diagnostic in diagnostics {
            let location = diagnostic.file.as_deref().zip(diagnostic.line());
            self.diagnostic(&mut text, diagnostic, location.and_then(|location| lines.get(&location)));
        }
        text
    }

    fn diagnostic(&self, text: &mut String, diagnostic: &Diagnostic, line: Option<&SourceLine>) {
        let style = style(diagnostic.severity);
        let head = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code);
        let message = self.wrapped(&format!("{head}: "), 4, &diagnostic.message);
        text.push_str(&message.replacen(&head, &styled(&head, style), 1));
        let number = diagnostic.line().map(|line| line.to_string()).unwrap_or_default();
        let margin = " ".repeat(number.len().max(1));
        if let Some(file) = &diagnostic.file {
            let line = diagnostic.line().map(|line| format!(":{line}")).unwrap_or_default();
            let _ = writeln!(text, "{margin}{} {}{line}", styled("-->", FRAME), output::escaped(&paths::shown(file)));
        }
        if let Some(line) = line {
            let columns = diagnostic.span.as_ref().and_then(|span| span.columns.clone());
            let columns = line.shown_columns(columns);
            let excerpt = Excerpt::new(line.shown(), columns, self.width.saturating_sub(margin.len() + 3));
            let (bar, carets) = (styled("|", FRAME), "^".repeat(excerpt.width));
            let _ = writeln!(text, "{} {bar} {}", styled(&number, FRAME), excerpt.text);
            let _ = writeln!(text, "{margin} {bar} {}{}", " ".repeat(excerpt.before), styled(&carets, style));
        }
        text.push_str(&self.wrapped(&format!("{margin} = fix: "), margin.len() + 8, &diagnostic.fix));
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
    fn diagnostics_are_counted_by_severity() {
        let diagnostic = |severity| Diagnostic::new(severity, "x", None, "", "");
        assert_eq!(count(&[]), "nothing is wrong");
        assert_eq!(
            count(&[diagnostic(Severity::Info), diagnostic(Severity::Error), diagnostic(Severity::Error)]),
            "2 errors, 1 note"
        );
    }
}
