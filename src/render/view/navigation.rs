//! The way to a page, and the index of its sections.

use serde::Serialize;

use super::phrase::Phrase;

/// A step on the way to a page; the page itself has no address.
#[derive(Serialize)]
pub(crate) struct Crumb {
    pub(crate) title: Phrase,
    pub(crate) href: Option<String>,
}

/// A section of a page.
#[derive(Serialize)]
pub(crate) struct TocEntry {
    pub(crate) id: String,
    pub(crate) title: String,
}
