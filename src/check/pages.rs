//! Makes free pages.

use super::record_parts::body;
use super::translations::{AppliedTranslation, lay_over};
use crate::diagnostic::Report;
use crate::model::{Attachment, Page, PageId};
use crate::parse::{PageFields, Sheet};

/// Everything that a free page is made of beside its own sheet.
#[derive(Debug, PartialEq)]
pub(super) struct PageTies {
    pub(super) id: PageId,
    pub(super) attachments: Vec<Attachment>,
    pub(super) translations: Vec<AppliedTranslation>,
}

pub(super) fn make(sheet: Sheet<PageFields>, ties: &PageTies, report: &mut Report) -> Page {
    let fields = sheet.fields;
    let mut page = Page {
        body: body(sheet.body, ties.id),
        attachments: ties.attachments.clone(),
        slug: sheet.stem,
        title: fields.title.unwrap_or_default().into(),
        lead: fields.lead.into(),
        glossary: fields.glossary.unwrap_or(false),
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin: sheet.origin,
    };
    lay_over(&ties.translations, &mut page, report);
    page
}
