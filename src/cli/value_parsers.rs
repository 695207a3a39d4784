//! Parses the values of options.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

use crate::directory::parse::is_like_region;

/// A name that no shell reads as anything else.
pub fn command_name(text: &str) -> Result<String, &'static str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_name = text.bytes().all(is_plain) && !text.is_empty() && !text.starts_with(['-', '.']);
    if is_name { Ok(text.to_owned()) } else { Err("use letters, digits and '_', and between them '-' and '.'") }
}

pub fn region(text: &str) -> Result<String, &'static str> {
    if is_like_region(text) { Ok(text.to_owned()) } else { Err("use a region such as eu-west-1") }
}

/// The longest `--timeout`, in seconds: a day.
const LONGEST_TIMEOUT: u64 = 24 * 3600;

pub fn seconds(text: &str) -> Result<u64, String> {
    let seconds = text.parse().ok().filter(|seconds| (1..=LONGEST_TIMEOUT).contains(seconds));
    seconds.ok_or_else(|| format!("use a number of seconds from 1 to {LONGEST_TIMEOUT}"))
}

/// The longest time of `--for`, in seconds: a week.
const LONGEST: u64 = 7 * 24 * 3600;

/// A time such as `30m`, `90s`, `1h30m` or `2d`.
pub fn time(text: &str) -> Result<Duration, String> {
    let time = text.parse::<Span>().ok().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    let time = time.and_then(|time| Duration::try_from(time).ok());
    let time = time.filter(|time| (1..=LONGEST).contains(&time.as_secs()));
    time.ok_or_else(|| "use a time such as 30m, 1h30m or 2d, from 1s to 7d".to_owned())
}
