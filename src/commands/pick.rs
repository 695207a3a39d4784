//! The list of profiles to pick from, the recently used first.

use std::ffi::OsString;

use super::list;
use super::summary::Entry;
use crate::context::Context;
use crate::error::Error;
use crate::output::Row;
use crate::picker::{self, Item};
use crate::recent;

/// The profile that the user picks.
///
/// # Errors
/// If there is none, or none was picked.
pub fn profile(context: &Context) -> Result<OsString, Error> {
    list::tell_worst(context);
    let mut entries: Vec<Entry> = context.profiles().iter().map(|profile| Entry::new(profile, context)).collect();
    if entries.is_empty() {
        return Err(Error::Failed(list::none(context)));
    }
    let recent = recent::names();
    let age = |entry: &Entry| recent.iter().position(|name| name == entry.name).unwrap_or(recent.len());
    entries.sort_by_cached_key(age);
    let item = |entry: &Entry| Item {
        row: Row { cells: entry.cells().to_vec(), colour: entry.colour() },
        current: entry.current,
    };
    let items: Vec<Item> = entries.iter().map(item).collect();
    let picked = entries.get(picker::pick(&items)?);
    picked.map(|entry| entry.name.into()).ok_or(Error::Cancelled)
}
