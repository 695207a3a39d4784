//! Derives the account and role of a profile from the files.

use std::borrow::Cow;

use super::credentials::{ACCESS_KEY, Kind, key_file};
use super::masking::masked_below;
use super::profiles::Profile;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account<'p> {
    pub id: Option<Cow<'p, str>>,
    /// With its path.
    pub role: Option<Cow<'p, str>>,
}

pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'p> Account<'p> {
    /// An assumed role's account is the role's own, wherever its chain of sources leads.
    pub fn of(profile: Profile<'p>, kind: Kind) -> Self {
        let filled = |key| profile.masked(key).filter(|text| !text.is_empty());
        match kind {
            Kind::AssumeRole | Kind::WebIdentity => profile.get("role_arn").map(Self::in_arn).unwrap_or_default(),
            Kind::Sso => Self { id: filled("sso_account_id"), role: filled("sso_role_name") },
            Kind::Login => profile.get("login_session").map(Self::in_arn).unwrap_or_default(),
            Kind::Static => {
                let id = profile.find_in(key_file(profile), ACCESS_KEY).and_then(|found| found.value.text());
                let decoded = id.and_then(account_of_key).map(Cow::Owned);
                Self { id: decoded.or_else(|| filled("aws_account_id")), role: None }
            }
            // botocore's default for a program that names no account.
            Kind::Process => Self { id: filled("aws_account_id"), role: None },
            Kind::None => Self::default(),
        }
    }

    fn in_arn(arn: &'p str) -> Self {
        let mut parts = arn.splitn(6, ':');
        let [Some("arn"), _, _, _, Some(account), Some(resource)] = [(); 6].map(|()| parts.next()) else {
            return Self::default();
        };
        let is_number = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
        let role = match resource.split_once('/') {
            Some(("role", name)) => Some(name),
            // The session's name follows the last slash.
            Some(("assumed-role", rest)) => rest.rsplit_once('/').map(|(name, _)| name),
            _ => None,
        };
        let role = role.filter(|name| !name.is_empty());
        Self { id: is_number.then_some(account).map(Cow::Borrowed), role: role.map(masked_below) }
    }
}

/// Decodes the account from the id of an access key.
///
/// After four letters (`AKIA` of a user's key, `ASIA` of a temporary one) an id is base32. The first bit is the
/// generation; in the newer one the next 40 bits are the account's number. Ids from before 2019, which begin with
/// `AKIAI` or `AKIAJ`, have a zero there and no number. AWS does not document this. The sources are Tal Be'ery, "A
/// short note on AWS KEY ID" (2023), for the number, and WithSecure Labs, "A bitwise analysis of AWS access key
/// identifiers", for the bit.
fn account_of_key(id: &str) -> Option<String> {
    let rest = id.strip_prefix("AKIA").or_else(|| id.strip_prefix("ASIA"))?;
    let bits = rest.bytes().try_fold(0_u128, |bits, byte| Some(bits << 5 | u128::from(base32(byte)?)));
    let bits = if rest.len() == 16 { bits? } else { return None };
    let is_newer = bits >> 79 == 1;
    let account = bits >> 39 & ((1 << 40) - 1);
    (is_newer && account < 1_000_000_000_000).then(|| format!("{account:012}"))
}

const fn base32(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    }
}

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;
