//! Names made up at random.

use std::collections::HashSet;

use crate::common::Random;

/// What shells would take apart, expand or run.
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

/// What would steer a terminal, or hide what stands around it.
const STEERING: [&str; 16] = [
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
];

/// A name of a profile.
#[derive(Debug)]
pub struct Name {
    /// All of it.
    pub text: String,
    steering: Vec<&'static str>,
}

impl Name {
    /// What of it no terminal may get, each within marks that stand nowhere else.
    pub fn steering(&self) -> impl Iterator<Item = String> {
        self.steering.iter().map(|piece| marked(piece))
    }

    /// Whether a line can hold it.
    pub fn can_be_typed(&self) -> bool {
        self.steering.is_empty()
    }

    /// Whether a `.awsprofile` can.
    pub fn fits_a_file(&self) -> bool {
        self.text.trim_matches([' ', '\t']) == self.text && !self.text.starts_with('#')
    }
}

fn marked(piece: &str) -> String {
    format!("qz{piece}zq")
}

/// So many names, no two alike.
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
        // That is a choice of its own.
        if name.text != "-" && seen.insert(name.text.clone()) {
            all.push(name);
        }
    }
    all
}
