//! The blocks of commands in a document.

use crate::common::Shell;

/// A block between fences.
pub struct Block {
    /// The line of its fence.
    pub line: usize,
    /// The shells that run it; none where a comment excuses it.
    pub shells: Vec<Shell>,
    /// The end of its prompts.
    pub prompt: &'static str,
    /// Its commands and their output.
    pub steps: Vec<Step>,
    /// The whole text.
    pub text: String,
}

/// A command and its output.
pub struct Step {
    pub command: String,
    output: Vec<String>,
}

impl Step {
    /// The questions among the output, with their answers.
    pub fn questions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.output.iter().filter_map(|line| {
            let (question, answer) = line.split_once(" [None]: ")?;
            Some((&line[..question.len() + " [None]:".len()], answer))
        })
    }
}

/// The languages of fences whose commands are run; other blocks are text.
const COMMANDS: [&str; 3] = ["console", "sh", "powershell"];

/// All blocks of commands of a document, in order.
pub fn blocks(document: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut lines = document.lines().enumerate();
    let mut above = "";
    while let Some((number, line)) = lines.next() {
        let Some(words) = line.strip_prefix("```") else {
            if !line.is_empty() {
                above = line;
            }
            continue;
        };
        let inside: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let mut words = words.split(' ');
        if COMMANDS.contains(&words.next().unwrap_or_default()) {
            all.push(block(number + 1, words.map(shell).collect(), &inside, above));
        }
        above = "";
    }
    all
}

fn shell(name: &str) -> Shell {
    let all = [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell];
    all.into_iter().find(|shell| shell.name() == name).unwrap_or_else(|| panic!("{name} is no shell"))
}

fn block(line: usize, shells: Vec<Shell>, inside: &[&str], above: &str) -> Block {
    let excused = above.starts_with("<!-- not run: ") && above.ends_with(" -->");
    assert_ne!(
        excused,
        !shells.is_empty(),
        "line {line}: a block names its shells, or a comment says why it is not run"
    );
    let prompt = if shells.contains(&Shell::PowerShell) { "PS>" } else { "$" };
    let mut steps: Vec<Step> = Vec::new();
    for text in inside {
        match (command(text, prompt), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.to_owned(), output: Vec::new() }),
            (None, Some(step)) => step.output.push((*text).to_owned()),
            (None, None) => assert!(excused, "line {line}: it begins with no command: {text}"),
        }
    }
    let text = inside.iter().map(|line| format!("{line}\n")).collect();
    Block { line, shells, prompt, steps, text }
}

/// The command after a prompt, which may show a profile.
fn command<'line>(line: &'line str, prompt: &str) -> Option<&'line str> {
    let rest = match line.strip_prefix("(aws:") {
        Some(segment) => segment.split_once(") ")?.1,
        None => line,
    };
    rest.strip_prefix(prompt)?.strip_prefix(' ')
}
