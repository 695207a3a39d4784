//! Hides the secrets of settings.

use std::borrow::Cow;

use super::lines::split_setting;
use super::text::strip;

/// Replaces the beginning of a secret, as `aws configure list` does.
pub const MASK: &str = "****************";

/// As many characters of a secret as the AWS CLI shows.
const SHOWN: usize = 4;

/// `key` may be in any letter case.
pub fn masked<'v>(key: &str, text: &'v str) -> Cow<'v, str> {
    if is_secret(key) { Cow::Owned(mask(text)) } else { masked_below(text) }
}

/// Masks secrets within a text that is none: a key that is indented by mistake is part of the value above it.
pub fn masked_below(text: &str) -> Cow<'_, str> {
    let Some(end) = text.bytes().position(|byte| byte == b'\n') else { return Cow::Borrowed(text) };
    let (first, more) = text.split_at(end);
    let mut masked = first.to_owned();
    for line in more.split('\n').skip(1) {
        let (start, secret) = secret_in(line).map_or((line, None), |(start, secret)| (start, Some(mask(secret))));
        masked.extend(["\n", start, secret.as_deref().unwrap_or_default()]);
    }
    Cow::Owned(masked)
}

/// Whether the AWS CLI masks it, or its name says that it is one like those.
pub fn is_secret(key: &str) -> bool {
    let key = key.to_lowercase();
    key == "aws_access_key_id" || key.ends_with("token") || ["secret", "passw"].iter().any(|part| key.contains(part))
}

/// In characters.
const LONGEST_NAME: usize = 60;

/// A name for a message: a long one is cut, and no secret is part of it.
pub fn shown(name: &str) -> Cow<'_, str> {
    let name = masked_below(name);
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => Cow::Owned(format!("{}…", name.get(..end).unwrap_or_default())),
        None => name,
    }
}

/// The start of a line that sets a secret, and the secret.
fn secret_in(line: &str) -> Option<(&str, &str)> {
    let (key, _, value) = split_setting(line)?;
    let (start, secret) = (line.strip_suffix(value)?, strip(value));
    let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_key && is_secret(key) && !secret.is_empty()).then_some((start, secret))
}

/// The AWS CLI shows a secret of four characters or fewer whole.
fn mask(secret: &str) -> String {
    let hidden = secret.chars().count().saturating_sub(SHOWN);
    MASK.chars().chain(secret.chars().skip(hidden).filter(|_| hidden > 0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_as_the_aws_cli_masks_them() {
        for (key, text, shown) in [
            ("aws_access_key_id", "AKIAIOSFODNN7EXDEV0", "****************DEV0"),
            ("aws_secret_access_key", "wJalrXUtnFEMI/K7MDENG", "****************DENG"),
            ("AWS_Session_Token", "abcdéfgh", "****************éfgh"),
            ("aws_security_token", "12345", "****************2345"),
            ("aws_secret_access_key", "1234", "****************"),
            ("aws_secret_access_key", "", "****************"),
            ("my_password", "hunter22", "****************er22"),
            ("web_identity_token_file", "/path/token", "/path/token"),
            ("region", "eu-west-1", "eu-west-1"),
            (
                "region",
                "x\naws_secret_access_key = secretDEV0\noutput=y",
                "x\naws_secret_access_key =****************DEV0\noutput=y",
            ),
            ("region", "x\naws_session_token:secretDEV0", "x\naws_session_token:****************DEV0"),
            ("credential_process", "run --secret=0123456789", "run --secret=0123456789"),
            ("credential_process", "run\n--my-secret:0123456789", "run\n--my-secret:0123456789"),
            ("region", "x\naws_session_token =", "x\naws_session_token ="),
        ] {
            assert_eq!(masked(key, text), shown, "{key}");
        }
    }

    #[test]
    fn long_names_are_cut_at_a_character() {
        assert_eq!(shown("short"), "short");
        assert_eq!(shown(&"é".repeat(100)), format!("{}…", "é".repeat(60)));
    }
}
