//! Makes free pages.

use super::record_parts::body;
use super::translations::{AppliedTranslation, lay_over};
use crate::catalogue::{Page, PageId};
use crate::diagnostic::Report;
use crate::model::Attachment;
use crate::parse::{PageFields, Sheet};

/// Everything that a free page is made of beside its own sheet.
#[derive(Debug, PartialEq)]
pub(super) struct PageTies {
    pub(super) id: PageId,
    pub(super) attachments: Vec<Attachment>,
    pub(super) translations: Vec<AppliedTranslation>,
}

pub(super) fn make(sheet: Sheet<PageFields>, ties: &PageTies, report: &mut Report) -> Page {
    let mut page = Page {
        slug: sheet.stem,
        body: body(sheet.body, ties.id),
        attachments: ties.attachments.clone(),
        translations: Vec::new(),
        origin: sheet.origin,
        fields: sheet.fields,
    };
    lay_over(&ties.translations, &mut page, report);
    page
}
