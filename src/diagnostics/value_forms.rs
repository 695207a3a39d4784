//! Recognizes values: a number, a size, a region, a role.

use crate::aws::is_account_id;

/// Whether Python's `int` reads it, as a number from the first to the last.
pub fn is_in(text: &str, first: i64, last: i64) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = digits.split('_').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    // One that is too large for us is not for Python.
    let number = text.replace('_', "").parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX });
    is_number && (first..=last).contains(&number)
}

/// `16MB`, `8MiB`, or bytes.
pub fn is_size(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let units = ["kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib"];
    let number = units.into_iter().rev().find_map(|unit| lower.strip_suffix(unit)).unwrap_or(&lower);
    is_in(number.trim(), 1, i64::MAX)
}

/// `10MB/s`, `80Mb/s`, `1024B/s`, or bytes.
pub fn is_rate(text: &str) -> bool {
    let Some(size) = text.strip_suffix("B/s").or_else(|| text.strip_suffix("b/s")) else {
        return is_in(text, 1, i64::MAX);
    };
    is_size(size) || is_size(&format!("{size}b"))
}

/// A part of a host's name, as botocore wants regions.
pub fn is_label(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 63 && text.bytes().all(is_letter) && !text.starts_with('-') && !text.ends_with('-') && !is_number
}

/// `arn:PARTITION:iam::ACCOUNT:role/NAME`.
pub fn is_role(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let &[arn, partition, service, region, account, role] = parts.as_slice() else {
        return false;
    };
    let is_name = role.strip_prefix("role/").is_some_and(|name| !name.is_empty() && !name.contains([' ', '\t']));
    (arn, service, region) == ("arn", "iam", "") && partition.starts_with("aws") && is_account_id(account) && is_name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_pythons() {
        let is_number = |text| is_in(text, i64::MIN, i64::MAX);
        assert!(["0", "-1", "+7", "1_000", "99999999999999999999"].into_iter().all(is_number));
        assert!(["", "x", "1.5", "1_", "_1", "--1", "1 2", "0x1"].into_iter().all(|text| !is_number(text)));
        assert!(!is_in("0", 1, 9) && is_in("9", 1, 9) && !is_in("10", 1, 9));
    }

    #[test]
    fn sizes_and_rates_are_those_of_aws_s3() {
        assert!(["1", "8MB", "16mib", "5GB", "1TB"].into_iter().all(is_size));
        assert!(["", "0", "x", "1.5", "-1MB", "MB", "8 M", "10MB/s"].into_iter().all(|text| !is_size(text)));
        assert!(["1", "10MB/s", "800Kb/s", "1024B/s", "5GiB/s"].into_iter().all(is_rate));
        assert!(["", "10MB", "0", "fast", "MB/s", "1.5MB/s"].into_iter().all(|text| !is_rate(text)));
    }

    #[test]
    fn regions_roles_and_accounts_have_their_form() {
        assert!(["eu-west-1", "EU-WEST-1", "aws-global", "local"].into_iter().all(is_label));
        assert!(["eu west 1", "eu_west_1", "-x", "x-", "1", "eu-west-1 # c"].into_iter().all(|text| !is_label(text)));
        assert!(is_role("arn:aws:iam::123456789012:role/a/b") && is_role("arn:aws-us-gov:iam::123456789012:role/x"));
        for text in [
            "x",
            "arn:aws:iam::12345678901:role/x",
            "arn:aws:iam::123456789012:user/x",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:sts::123456789012:role/x",
            "arn:aws:iam:eu-west-1:123456789012:role/x",
            "arn:aws:iam:123456789012:role/x",
        ] {
            assert!(!is_role(text), "{text}");
        }
        assert!(is_account_id("012345678901") && !is_account_id("1234567890123") && !is_account_id("12345678901x"));
    }
}
