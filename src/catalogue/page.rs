//! Free pages: about, method, glossary, legal notes.

use crate::model::{Attachment, Body, Origin, Translation};
use crate::parse::PageFields;

/// A page of an editor's own words.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) fields: PageFields,
    /// The name of its file, by which its address is made.
    pub(crate) slug: String,
    /// Text.
    pub(crate) body: Body,
    /// Files beside it.
    pub(crate) attachments: Vec<Attachment>,
    /// The files that give its words in other languages.
    pub(crate) translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

sheet_and_ties! {
    Page.fields: PageFields;
}
