//! One profile, as the two files together have it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::num::NonZeroU32;
use std::rc::Rc;

use super::scan::{Scan, Setting};
use super::search::Index;
use super::secret::masked_below;
use super::value::Value;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// `~/.aws/config`, or what `AWS_CONFIG_FILE` names.
    Config,
    /// `~/.aws/credentials`, or what `AWS_SHARED_CREDENTIALS_FILE` names.
    Credentials,
}

impl FileKind {
    const BOTH: [Self; 2] = [Self::Config, Self::Credentials];
}

/// Where something is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub file: FileKind,
    /// The line, counted from 1.
    pub line: usize,
}

/// A setting, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'p> {
    /// The key in lower case.
    pub key: &'p str,
    /// What it holds.
    pub value: &'p Value<'p>,
    /// Where it is set.
    pub source: Source,
}

/// A file, with what every profile may ask of it.
#[derive(Clone, Debug, Default)]
pub(super) struct File<'a> {
    pub(super) scan: Scan<'a>,
    /// Finds the settings of `[DEFAULT]` by key: every profile may be asked for what only it has.
    defaults: Index,
}

impl<'a> File<'a> {
    pub(super) fn new(scan: Scan<'a>) -> Self {
        let mut defaults = Index::default();
        for (place, setting) in scan.defaults.iter().enumerate() {
            defaults.take(&setting.key, place, |place| key(&scan.defaults, place));
        }
        Self { scan, defaults }
    }

    fn default(&self, name: &str) -> Option<&Setting<'a>> {
        let all = &self.scan.defaults;
        all.get(self.defaults.get(name, |place| key(all, place))?)
    }
}

fn key<'s>(settings: &'s [Setting], place: usize) -> Option<&'s str> {
    Some(&settings.get(place)?.key)
}

/// The config file, then the credentials file.
pub(super) type Files<'a> = [File<'a>; 2];

/// The settings that the two sections of a profile have of their own.
type Own<'a> = [Vec<Setting<'a>>; 2];

/// A profile (or an `sso-session`, or a `services` section). There may be thousands, so each is
/// small, and what its sections say is read when first asked for.
#[derive(Clone, Debug)]
pub struct Profile<'a> {
    name: Cow<'a, str>,
    files: Rc<Files<'a>>,
    /// Which section of each file it is, counted from 1.
    places: [Option<NonZeroU32>; 2],
    own: OnceCell<Box<Own<'a>>>,
}

impl<'a> Profile<'a> {
    pub(super) fn new(name: Cow<'a, str>, files: &Rc<Files<'a>>) -> Self {
        Self { name, files: Rc::clone(files), places: [None; 2], own: OnceCell::new() }
    }

    /// Makes it this section of a file, and gives the line of the one that it was.
    pub(super) fn set(&mut self, file: FileKind, section: usize) -> Option<usize> {
        let earlier = self.line(file);
        if let (Some(place), Ok(number)) = (self.places.get_mut(file as usize), u32::try_from(section + 1)) {
            *place = NonZeroU32::new(number);
        }
        earlier
    }

    /// Its name: any text at all, even none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is defined: the config file's section first. Of two sections for one profile in
    /// one file only the one that counts is told.
    pub fn sources(&self) -> impl Iterator<Item = Source> + '_ {
        FileKind::BOTH.into_iter().filter_map(|file| Some(Source { file, line: self.line(file)? }))
    }

    /// The text of a setting; `key` in lower case. `None` for one that is not set or is nested.
    /// The credentials file wins over the config file.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.find(key)?.value.text()
    }

    /// The same as it may be shown: without a secret that is part of it by mistake.
    #[must_use]
    pub fn shown(&self, key: &str) -> Option<Cow<'_, str>> {
        self.get(key).map(masked_below)
    }

    /// A setting and where it comes from; `key` in lower case.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Found<'_>> {
        let in_credentials = self.find_in(FileKind::Credentials, key);
        in_credentials.or_else(|| self.find_in(FileKind::Config, key))
    }

    /// A setting as one of the files has it, whatever the other says; `key` in lower case.
    #[must_use]
    pub fn find_in(&self, file: FileKind, key: &str) -> Option<Found<'_>> {
        self.place(file)?;
        let own = self.own(file).iter().find(|setting| setting.key == key);
        Some(found(file, own.or_else(|| self.file(file)?.default(key))?))
    }

    /// Every setting that counts, each key once, in botocore's order.
    #[must_use]
    pub fn settings(&self) -> Vec<Found<'_>> {
        let mut all: Vec<Found> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for file in FileKind::BOTH.into_iter().filter(|&file| self.place(file).is_some()) {
            let defaults = self.file(file).into_iter().flat_map(|file| &file.scan.defaults);
            for setting in self.own(file).iter().chain(defaults) {
                match places.entry(&setting.key) {
                    Entry::Vacant(place) => {
                        place.insert(all.len());
                        all.push(found(file, setting));
                    }
                    Entry::Occupied(place) => match all.get_mut(*place.get()) {
                        Some(earlier) if earlier.source.file != file => *earlier = found(file, setting),
                        // The section's own, before what it would inherit.
                        _ => (),
                    },
                }
            }
        }
        all
    }

    fn file(&self, file: FileKind) -> Option<&File<'a>> {
        self.files.get(file as usize)
    }

    fn place(&self, file: FileKind) -> Option<usize> {
        Some((*self.places.get(file as usize)?)?.get() as usize - 1)
    }

    fn line(&self, file: FileKind) -> Option<usize> {
        Some(self.file(file)?.scan.line(self.place(file)?))
    }

    fn own(&self, file: FileKind) -> &[Setting<'a>] {
        let settings = |file| Some(self.file(file)?.scan.settings(self.place(file)?));
        let own = self.own.get_or_init(|| Box::new(FileKind::BOTH.map(|file| settings(file).unwrap_or_default())));
        own.get(file as usize).map_or(&[], Vec::as_slice)
    }
}

fn found<'p>(file: FileKind, setting: &'p Setting<'p>) -> Found<'p> {
    let source = Source { file, line: setting.line };
    Found { key: &setting.key, value: &setting.value, source }
}
