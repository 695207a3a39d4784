//! Renders diagnostics for people: each with its line, and carets under the part that it is about.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use super::Diagnosis;
use super::excerpt::{SourceLine, directory_file_lines, settings_lines};
use crate::aws::FileKind;
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::directory::IgnoredFile;
use crate::output::{self, FRAME, styled};
use crate::paths;
use crate::settings::ActiveSetting;

/// How wide lines are where there is no terminal.
const DEFAULT_WIDTH: usize = 200;

/// Every diagnostic, when directory profiles become active, the settings, and how many problems there are.
pub fn report(diagnosis: &Diagnosis, context: &Context) -> String {
    let mut text = render(&diagnosis.diagnostics, context, diagnosis.ignored.as_ref());
    text += &wrapped("shell integration: ", 4, &diagnosis.integration, width());
    text += "settings:\n";
    for setting in &context.settings().active {
        text += &wrapped(&format!("  {} = ", setting.name), 4, &value_and_source(setting), width());
    }
    text + &count(&diagnosis.diagnostics) + "\n"
}

/// These diagnostics, of the AWS files, the settings, and the `.awsprofile` that is ignored.
pub fn render(diagnostics: &[Diagnostic], context: &Context, ignored: Option<&(PathBuf, Box<IgnoredFile>)>) -> String {
    let wanted = |path: &Path| -> BTreeSet<usize> {
        let in_file = diagnostics.iter().filter(|diagnostic| diagnostic.file.as_deref() == Some(path));
        in_file.filter_map(Diagnostic::line).collect()
    };
    let mut lines: Vec<(&Path, SourceLine)> = Vec::new();
    let aws_files = FileKind::BOTH.into_iter().filter_map(|kind| {
        let file = context.aws_file(kind);
        file.path.as_deref().zip(file.text.as_deref())
    });
    let settings = context.settings().source.as_ref().map(|(path, text)| (path.as_path(), text.as_str()));
    for (path, text) in aws_files.chain(settings) {
        lines.extend(settings_lines(text, &wanted(path)).into_iter().map(|line| (path, line)));
    }
    if let Some((path, ignored)) = ignored {
        let text = String::from_utf8_lossy(&ignored.content);
        // The message about a file that can be parsed shows its content, so that there is nothing to mask.
        let of_file = directory_file_lines(&text, &wanted(path), ignored.profile.is_none()).into_iter();
        lines.extend(of_file.map(|line| (path.as_path(), line)));
    }
    let line_of = |diagnostic: &Diagnostic| {
        let (path, number) = diagnostic.file.as_deref().zip(diagnostic.line())?;
        lines.iter().find(|(of, line)| *of == path && line.number == number).map(|(_, line)| line)
    };
    diagnostics.iter().map(|diagnostic| render_one(diagnostic, line_of(diagnostic), width())).collect()
}

fn width() -> usize {
    output::width().unwrap_or(DEFAULT_WIDTH).max(20)
}

fn render_one(diagnostic: &Diagnostic, line: Option<&SourceLine>, width: usize) -> String {
    let style = output::severity_style(diagnostic.severity);
    let head = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code);
    let mut text =
        wrapped(&format!("{head}: "), 4, &diagnostic.message, width).replacen(&head, &styled(&head, style), 1);
    let number = diagnostic.line().map(|line| line.to_string()).unwrap_or_default();
    let margin = " ".repeat(number.len().max(1));
    if let Some(file) = &diagnostic.file {
        let line = if number.is_empty() { String::new() } else { format!(":{number}") };
        let _ = writeln!(text, "{margin}{} {}{line}", styled("-->", FRAME), output::escaped(&paths::shorten(file)));
    }
    if let Some(line) = line {
        let columns = diagnostic.span.as_ref().and_then(|span| span.columns.clone());
        let excerpt = line.excerpt(columns, width.saturating_sub(margin.len() + 3));
        let (bar, carets) = (styled("|", FRAME), "^".repeat(excerpt.width));
        let _ = writeln!(text, "{} {bar} {}", styled(&number, FRAME), excerpt.text);
        let _ = writeln!(text, "{margin} {bar} {}{}", " ".repeat(excerpt.before), styled(&carets, style));
    }
    text + &wrapped(&format!("{margin} = fix: "), margin.len() + 8, &diagnostic.fix, width) + "\n"
}

/// A text after its label, broken between words, further lines indented.
fn wrapped(label: &str, indent: usize, text: &str, width: usize) -> String {
    let mut shown = label.trim_end().to_owned();
    let mut column = shown.width();
    for word in output::escaped(text).split(' ') {
        if column + 1 + word.width() > width && column > indent {
            shown = format!("{shown}\n{}", " ".repeat(indent));
            column = indent;
        } else {
            shown.push(' ');
            column += 1;
        }
        shown.push_str(word);
        column += word.width();
    }
    shown + "\n"
}

/// The value of a setting, and where it comes from.
fn value_and_source(ActiveSetting { value, variable, file, line, .. }: &ActiveSetting) -> String {
    let from = match (variable, file, line) {
        (Some(variable), ..) => (*variable).to_owned(),
        (None, Some(file), Some(line)) => format!("{}:{line}", paths::shorten(file.as_ref())),
        _ => "default".to_owned(),
    };
    format!("{value}  ({from})")
}

fn count(diagnostics: &[Diagnostic]) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let counts = severities.into_iter().filter_map(|severity| {
        let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {}{plural}", severity.name()))
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() { "no problems found".to_owned() } else { counts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let wrapped = |indent, text: &str| wrapped("fix: ", indent, text, 20);
        assert_eq!(wrapped(4, "one two three four five"), "fix: one two three\n    four five\n");
        assert_eq!(wrapped(0, &"x".repeat(30)), format!("fix:\n{}\n", "x".repeat(30)));
    }

    #[test]
    fn diagnostics_are_counted_by_severity() {
        let diagnostic = |severity| Diagnostic::new(severity, "x", "", "");
        assert_eq!(count(&[]), "no problems found");
        assert_eq!(
            count(&[diagnostic(Severity::Info), diagnostic(Severity::Error), diagnostic(Severity::Error)]),
            "2 errors, 1 info"
        );
    }
}
