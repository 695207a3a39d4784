//! The AWS files and caches: profiles, sessions, and damaged files.

mod damaged;
mod profiles;
mod sessions;
