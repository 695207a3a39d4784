//! Reads the AWS profile files as botocore does, and answers what follows from a profile. Only [`files`], [`sessions`]
//! and, for the home of `~user`, [`location`] touch the file system.

mod account;
mod credentials;
mod decode;
mod document;
mod files;
mod header;
mod lines;
mod location;
mod masking;
mod profiles;
mod regions;
mod sessions;
mod text;
mod value;

pub use account::{Account, is_account_id};
pub use credentials::{
    ACCESS_KEY, CREDENTIAL_SOURCES, ChainEnd, Chains, Kind, SECRET_KEY, ends_source_chain, is_known_credential_source,
    key_file,
};
#[cfg(any(test, fuzzing))]
pub use decode::decode;
pub use document::{Document, Section, Setting};
pub use files::{AwsFile, AwsFiles, correct_variable};
pub use header::{Header, Invalid, KEYWORDS};
pub use lines::{Line, LineKind, Lines, split_setting};
pub use masking::{MASK, is_secret, masked, shown};
pub use profiles::{FileKind, Profile, ProfileSetting, ProfileStore, Source};
pub use regions::KNOWN_REGIONS;
#[cfg(any(test, fuzzing))]
pub use sessions::Cache;
pub use sessions::{Session, SessionCaches, SessionFile, SessionStatus};
pub use text::{lower, strip};
pub use value::Value;
