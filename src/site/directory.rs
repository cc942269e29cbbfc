//! Directory of a site: the address of every page, the page at every address, and the targets of links.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::address::{self, Addresses};
use super::directory_input::DirectoryInput;
use super::route::Route;
use super::targets::Targets;
use crate::diagnostic::Report;
use crate::model::Lang;

/// The address of every page, and everything that a text can link to.
#[derive(Debug)]
pub(super) struct Directory {
    pub(super) addresses: Addresses,
    /// The pages by their addresses in the first language.
    pub(super) routes: HashMap<Box<str>, Route>,
    pub(super) links: Targets,
    /// Addresses that two pages would share.
    pub(super) problems: Report,
    languages: Vec<Lang>,
    targets: OnceLock<u64>,
}

impl Directory {
    pub(super) fn of(input: &DirectoryInput) -> Self {
        let mut problems = Report::default();
        let ((addresses, routes), links) = rayon::join(|| address::assign(input, &mut problems), || Targets::of(input));
        let languages = input.languages.clone();
        Self { addresses, routes, links, problems, languages, targets: OnceLock::new() }
    }

    /// Fingerprint of everything that a link can lead to.
    pub(super) fn targets(&self) -> u64 {
        *self.targets.get_or_init(|| self.links.fingerprint(&self.routes, &self.languages))
    }
}
