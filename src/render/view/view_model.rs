//! The view model of every kind of page.

use tera::Value;

use super::components::SourceBox;
use super::navigation::{Crumb, TocEntry};
use crate::model::NavItem;

/// A page, ready for its template.
pub(crate) struct View {
    /// Title of the page, without the site's name.
    pub(crate) title: String,
    /// Summary of the page in a sentence.
    pub(crate) description: String,
    /// The way from the home to the page; empty on the home.
    pub(crate) crumbs: Vec<Crumb>,
    /// The entry of the menu that it belongs to.
    pub(crate) nav: Option<NavItem>,
    /// Sections, if there are enough to be worth an index.
    pub(crate) toc: Vec<TocEntry>,
    /// Origin of its data.
    pub(crate) source: Option<SourceBox>,
    /// Value that the template of its kind prints, as `page`.
    pub(crate) page: Value,
}
