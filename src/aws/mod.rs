//! The AWS profile files, read as botocore reads them.
//!
//! [`files`] finds and reads them, [`scan`] takes one apart, [`profiles`] merges what came out
//! into the profiles that the AWS CLI lists, and [`Accounts`] does all of that when first asked.
//! [`kind`], [`identity`], [`chain`], [`fault`] and [`sign_in`] tell what follows from a profile,
//! [`mod@lint`] what other readers make of a file, [`writing`] what `aws configure` would make of it.
//! Only [`files`], [`cache`] and, for the home of `~user`, [`expand`] touch the file system.

mod accounts;
mod advice;
mod cache;
mod chain;
mod details;
mod expand;
mod fault;
mod files;
mod glance;
mod header;
mod identity;
mod kind;
mod lint;
mod profile;
mod profiles;
mod regions;
mod repeats;
mod scan;
mod scanner;
mod search;
mod secret;
mod sign_in;
mod text;
mod value;
mod writing;

pub use accounts::{Accounts, most_alike};
pub use details::Details;
pub use identity::Identity;
pub use kind::Kind;
pub use lint::{comment_at, lint};
pub use profile::{FileKind, Found, Profile, Source};
pub use profiles::Table;
pub use regions::REGIONS;
pub use secret::{MASK, is_secret, masked, shown};
pub use sign_in::{SignIn, Status, rfc3339};
pub use text::source_lines;
pub use value::Value;
pub use writing::{miswritten, unfindable};
#[cfg(any(test, fuzzing))]
pub use {profiles::Profiles, scan::scan, sign_in::Cache};
