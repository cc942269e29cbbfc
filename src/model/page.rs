//! Free pages: about, method, glossary, legal notes.

use super::{Attachment, Body, Extra, Origin, Translated, Translation};

/// A page of an editor's own words.
#[derive(Clone, Debug)]
pub struct Page {
    /// The name of its file, by which its address is made.
    pub slug: String,
    /// Its title.
    pub title: Translated<String>,
    /// Summary, in a line.
    pub lead: Translated<Option<String>>,
    /// Its text.
    pub body: Body,
    /// True if it explains words, each under a heading of its own.
    pub glossary: bool,
    /// Files beside it.
    pub attachments: Vec<Attachment>,
    /// Old addresses of it.
    pub aliases: Vec<String>,
    /// True if it is published only with `--drafts`.
    pub draft: bool,
    /// Free keys for themes.
    pub extra: Extra,
    /// The files that give its words in other languages.
    pub translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub origin: Origin,
}
