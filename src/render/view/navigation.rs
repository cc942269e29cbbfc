//! The way to a page, and the index of its sections.

use serde::Serialize;

use super::phrase::Phrase;

/// A step on the way to a page; the page itself has no address.
#[derive(Serialize)]
pub(crate) struct Crumb {
    pub title: Phrase,
    pub href: Option<String>,
}

/// A section of a page.
#[derive(Serialize)]
pub(crate) struct TocEntry {
    pub id: String,
    pub title: String,
}
