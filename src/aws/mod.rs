//! The AWS profile files, read as botocore reads them.
//!
//! [`files`] finds and reads them, [`scan`] takes one apart, [`profiles`] merges what came out
//! into the profiles that the AWS CLI lists, and [`Accounts`] does all of that when first asked.
//! Only [`files`] touches the file system.

mod accounts;
mod advice;
mod expand;
mod files;
mod header;
mod problem;
mod profile;
mod profiles;
mod regions;
mod scan;
mod scanner;
mod text;
mod value;

pub use accounts::{Accounts, Finding};
pub use profile::Profile;
pub use regions::REGIONS;
