//! Hostile names of profiles: a shell would split, expand or run each of them without quotes.

use std::path::PathBuf;

use super::World;

/// Names that every shell can complete.
pub const EVERYWHERE: [&str; 42] = [
    "work",
    "my profile",
    " leading",
    "trailing ",
    "two  blanks",
    "it's",
    "'quoted'",
    "say\"hi\"",
    "it's \"both\"",
    "$HOME",
    "dollar$HOME",
    "${HOME}",
    "$(touch canary)",
    "sub$(New-Item canary)",
    "`touch canary`",
    "tick`s",
    "team:dev",
    "123456789012:Role",
    "a@b",
    "@at",
    "me@corp:dev",
    "key=value",
    "star*",
    "what?",
    "[x]",
    "a[bc]d",
    "{a,b}",
    "a,b",
    "#hash",
    "blank # hash",
    "50%",
    "%n%F{red}",
    "back\\slash",
    "trail\\",
    "bang!",
    "a&b",
    "a;touch canary",
    "a|b>canary",
    "(x)",
    "007",
    "öscar 日本",
    "a'b\"c$d`e\\f g",
];

/// Names that fish never escapes, or that cannot be typed into Wine's console.
const FURTHER: [&str; 46] = [
    " ",
    "sub$(touch canary)",
    "$'x'",
    "a:b:c",
    ":colon",
    "colon:",
    "a:b@c=d",
    "=ls",
    "a=b:c=d",
    "*",
    "pre{a,b}post",
    "mid#dle",
    "%self",
    "a\\ b",
    "\\n",
    "!",
    "!!",
    "a!b",
    "~",
    "~x",
    "~/x",
    "mid~tilde",
    "& touch canary",
    ";",
    "a|b",
    "a<b",
    "a>canary",
    "<(touch canary)",
    "a(b",
    "^caret",
    "a^b",
    "öscar",
    "日本",
    "日本 語",
    "emoji😀",
    "caf\u{e9}'s ☕",
    "e\u{301}",
    "...",
    "/path/like",
    "../up",
    "+plus",
    "_x",
    "1",
    "on",
    "\\$(touch canary)",
    "\"`touch canary`\"",
];

/// Names that would clear the screen, colour it, reorder or break the line on a terminal, or look like another name, and
/// their escaped form.
pub const STEERING: [(&str, &str); 10] = [
    ("esc\u{1b}[31mred", r"esc\u{1b}[31mred"),
    ("osc\u{1b}]0;title\u{7}", r"osc\u{1b}]0;title\u{7}"),
    ("back\u{8}\u{8}\u{8}space", r"back\u{8}\u{8}\u{8}space"),
    ("del\u{7f}", r"del\u{7f}"),
    ("csi\u{9b}2J", r"csi\u{9b}2J"),
    ("bidi\u{202e}evil\u{2066}x\u{200f}", r"bidi\u{202e}evil\u{2066}x\u{200f}"),
    ("alm\u{61c}", r"alm\u{61c}"),
    ("wo\u{200b}rk\u{feff}", r"wo\u{200b}rk\u{feff}"),
    ("line\u{2028}par\u{2029}", r"line\u{2028}par\u{2029}"),
    ("tab\tx", r"tab\u{9}x"),
];

/// All hostile names.
pub fn all() -> impl Iterator<Item = &'static str> {
    EVERYWHERE.into_iter().chain(FURTHER)
}

/// Writes `~/.aws/config` with these profiles; returns its path.
pub fn write_profiles(world: &World, names: &[&str]) -> PathBuf {
    let section = |name: &&str| {
        format!("[profile \"{}\"]\nregion = eu-west-1\n", name.replace('\\', "\\\\").replace('"', "\\\""))
    };
    world.config(&names.iter().map(section).collect::<String>())
}
