//! Random hostile names.

use std::collections::HashSet;

use crate::common::Random;

/// Pieces that a shell would split, expand or run.
const PIECES: [&str; 60] = [
    "$(touch canary)",
    "`touch canary`",
    "${HOME}",
    "$HOME",
    "$((1+1))",
    "<(touch canary)",
    "';touch canary;'",
    "\";touch canary;\"",
    "a;touch canary",
    "a|touch canary",
    "a&touch canary",
    "a>canary",
    "$'\\x41'",
    "'",
    "\"",
    "\\",
    "\\\\",
    "!",
    "!!",
    "!touch",
    "*",
    "?",
    "[a-z]",
    "[",
    "]",
    "{a,b}",
    "{",
    "}",
    "(",
    ")",
    "~",
    "~root",
    "#",
    "%",
    "%n",
    "%F{red}",
    "%(!.a.b)",
    "^",
    "&",
    "|",
    ";",
    "<",
    ">",
    "=",
    "=ls",
    ":",
    "@",
    ",",
    "-",
    "--",
    "+",
    "/",
    "..",
    " ",
    "  ",
    "work",
    "é",
    "日本",
    "e\u{301}",
    "007",
];

/// Pieces that would control a terminal, or hide the text around them.
const STEERING: [&str; 18] = [
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{1b}c",
    "\u{7}",
    "\u{8}",
    "\t",
    "\u{b}",
    "\u{1}",
    "\u{7f}",
    "\u{9b}31m",
    "\u{90}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{2028}",
    "\u{61c}",
    "\u{200b}",
    "\u{2060}",
];

/// A name of a profile.
#[derive(Debug)]
pub struct Name {
    pub text: String,
    steering: Vec<&'static str>,
}

impl Name {
    /// Its pieces that no terminal may receive, each within unique marks.
    pub fn steering(&self) -> impl Iterator<Item = String> {
        self.steering.iter().map(|piece| marked(piece))
    }

    /// Whether a line can hold it.
    pub fn can_be_typed(&self) -> bool {
        self.steering.is_empty()
    }

    /// Whether a `.awsprofile` can hold it.
    pub fn fits_a_file(&self) -> bool {
        self.text.trim_matches([' ', '\t']) == self.text && !self.text.starts_with('#')
    }
}

fn marked(piece: &str) -> String {
    format!("qz{piece}zq")
}

/// `count` different names.
pub fn names(random: &mut Random, count: usize) -> Vec<Name> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    while all.len() < count {
        let mut name = Name { text: String::new(), steering: Vec::new() };
        for _ in 0..1 + random.below(4) {
            if all.len().is_multiple_of(3) && random.below(2) == 0 {
                let piece = random.pick(&STEERING);
                name.text += &marked(piece);
                name.steering.push(piece);
            } else {
                name.text += random.pick(&PIECES);
            }
        }
        // `-` means the previous profile.
        if name.text != "-" && seen.insert(name.text.clone()) {
            all.push(name);
        }
    }
    all
}
