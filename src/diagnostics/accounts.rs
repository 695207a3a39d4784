//! Reports accounts with a protected profile and another one that is not protected, which is as dangerous.

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::aws::{Account, Profile};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Span};

#[derive(Default)]
struct Members<'c> {
    protected: Option<Profile<'c>>,
    /// Without the profiles that the setting `protect` excludes with `!`.
    unprotected: Vec<Profile<'c>>,
}

pub fn examine(context: &Context) -> Vec<Diagnostic> {
    let protection = context.settings().protection();
    let mut accounts: IndexMap<Cow<str>, Members> = IndexMap::new();
    for profile in context.profiles().iter() {
        let (name, account) = (profile.name(), Account::of(profile, context.kind(profile)));
        let decided = protection.decide(name, &account);
        let Some(id) = account.id else { continue };
        let members = accounts.entry(id).or_default();
        match decided {
            Some(true) => _ = members.protected.get_or_insert(profile),
            Some(false) => {}
            None => members.unprotected.push(profile),
        }
    }
    accounts.iter().filter_map(|(id, members)| partly_protected(context, id, members)).collect()
}

fn partly_protected(context: &Context, id: &str, members: &Members) -> Option<Diagnostic> {
    let (protected, (first, others)) = (members.protected?, members.unprotected.split_first()?);
    let (protected, name) = (protected.name(), first.name());
    let (more, are) = match others.len() {
        0 => (String::new(), "is"),
        count => (format!(" and {count} more"), "are"),
    };
    let message = format!("{protected} is protected, but {name}{more} of the same account ({id}) {are} not");
    let setting = context.settings().get("protect")?;
    let fix = match (setting.variable, setting.line) {
        (Some(variable), _) => format!("append ',account:{id}' to {variable}"),
        (None, Some(line)) => format!("append ',account:{id}' to line {line} of settings.ini"),
        (None, None) => format!("write 'protect = {},account:{id}' in settings.ini", setting.value),
    };
    let source = first.sources().next()?;
    let problem = Diagnostic::info("account-partly-protected", message, fix).at(Span::of_line(source.line));
    Some(problem.in_file(context.aws_file(source.file).path.as_deref()))
}
