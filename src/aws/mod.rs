//! The profiles that there are.

mod regions;

use std::cell::OnceCell;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::Error;
use crate::places;
pub use regions::REGIONS;

#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    severity: &'static str,
    code: &'static str,
    message: String,
    file: String,
    line: Option<usize>,
    fix: String,
}
impl Problem {
    pub fn is_error(&self) -> bool {
        self.severity == "error"
    }
}
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)
    }
}

#[derive(Debug)]
pub struct Profile<'a> {
    name: String,
    region: Option<String>,
    x: std::marker::PhantomData<&'a ()>,
}
impl Profile<'_> {
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn get(&self, key: &str) -> Option<&str> {
        (key == "region").then_some(self.region.as_deref()).flatten()
    }
    pub fn sources(&self) -> impl Iterator<Item = (&Path, usize)> {
        std::iter::empty()
    }
}

#[derive(Debug, Default)]
pub struct Accounts {
    list: OnceCell<Vec<Profile<'static>>>,
}
impl Accounts {
    pub fn with<R>(&self, f: impl FnOnce(&[Profile<'_>]) -> R) -> R {
        f(self.list.get_or_init(|| {
            let text =
                std::fs::read_to_string(places::home().unwrap_or_default().join(".aws/config")).unwrap_or_default();
            let mut list: Vec<Profile> = vec![];
            for line in text.lines() {
                if let Some(h) = line.strip_prefix('[') {
                    let h = h.trim_end_matches(']');
                    let h = h.strip_prefix("profile ").unwrap_or(h).trim_matches(['"', '\'']);
                    list.push(Profile { name: h.to_owned(), region: None, x: std::marker::PhantomData });
                }
                if let Some(r) = line.strip_prefix("region = ") {
                    if let Some(p) = list.last_mut() {
                        p.region = Some(r.to_owned());
                    }
                }
            }
            list
        }))
    }
    pub fn has(&self, name: &str) -> bool {
        self.with(|l| l.iter().any(|p| p.name == name))
    }
    pub fn region(&self, name: &str) -> Option<String> {
        self.with(|l| l.iter().find(|p| p.name == name).and_then(|p| p.region.clone()))
    }
    pub fn expect(&self, name: &OsStr) -> Result<String, Error> {
        let shown = name.to_string_lossy();
        if name.to_str().is_some_and(|n| self.has(n)) {
            return Ok(shown.into_owned());
        }
        Err(Error::NoSuchProfile(format!("{shown}: no such profile")))
    }
    pub fn problems(&self) -> Vec<Problem> {
        vec![]
    }
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        std::iter::empty()
    }
}
#[allow(dead_code)]
fn x(_: PathBuf) {}
