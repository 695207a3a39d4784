//! The AWS files: what the helper reads in them.

mod damaged;
mod profiles;
mod sessions;
