//! The profiles as a list to pick from, the recently used first.

use std::ffi::OsString;

use super::list;
use crate::context::Context;
use crate::error::Error;
use crate::output::Row;
use crate::picker::{self, Item};
use crate::recent;

pub fn profile(context: &Context) -> Result<OsString, Error> {
    let mut profiles = list::summaries(context);
    if profiles.is_empty() {
        list::report_worst(context);
        return Err(Error::Failed(list::no_profiles(context)));
    }
    let recent = recent::names();
    profiles.sort_by_cached_key(|profile| recent.iter().position(|name| name == profile.name).unwrap_or(recent.len()));
    let items = profiles
        .iter()
        .map(|profile| Item { row: Row::new(profile.cells(), profile.style()), is_active: profile.current });
    let picked = profiles.get(picker::pick(&items.collect::<Vec<_>>())?);
    // The line of a switch reports the problems of the files itself.
    picked.map(|profile| profile.name.into()).ok_or_else(|| {
        list::report_worst(context);
        Error::Cancelled
    })
}
