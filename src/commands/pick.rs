//! Lets the user pick a profile, the recently used first.

use std::ffi::OsString;

use super::list;
use super::summary::{self, ProfileSummary};
use crate::context::Context;
use crate::error::Error;
use crate::output::Row;
use crate::picker::{self, Item};
use crate::recent;
use crate::switching::messages;

/// Opens the list with this query.
pub fn profile(context: &Context, query: &str) -> Result<OsString, Error> {
    let mut profiles = list::summaries(context);
    if profiles.is_empty() {
        list::report_worst(context);
        return Err(Error::Failed(messages::no_profiles(context)));
    }
    let recent = recent::names();
    profiles.sort_by_cached_key(|profile| recent.iter().position(|name| name == profile.name).unwrap_or(recent.len()));
    let items: Vec<Item> = profiles.iter().map(|profile| item(profile, context)).collect();
    let picked = picker::pick(&items, query).map_err(messages::not_pickable)?;
    // The line of a switch reports the problems of the files itself.
    picked.and_then(|index| profiles.get(index)).map(|profile| profile.name.into()).ok_or_else(|| {
        list::report_worst(context);
        Error::Cancelled
    })
}

/// In a narrow terminal the last cells are left out.
fn item(profile: &ProfileSummary, context: &Context) -> Item {
    let [kind, account, role, region] = profile.cells();
    let (name, session) = (profile.marked_name(), summary::session_in_words(profile.session, context));
    let row = Row::new([&*name, account, role, &session, region, kind], profile.style());
    Item { name: profile.name.to_owned(), row, is_active: profile.current }
}
