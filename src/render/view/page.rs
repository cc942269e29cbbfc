//! A free page: an editor's own words.

use serde::Serialize;

use super::components::record_source;
use super::{PageContext, Phrase, TocEntry, View};
use crate::catalogue::PageId;
use crate::render::markdown;

/// Least number of sections for an index of the page.
const SECTIONS: usize = 3;

#[derive(Serialize)]
struct Page {
    title: Phrase,
    lead: Option<Phrase>,
    body: Option<String>,
}

pub(super) fn view(cx: &PageContext<'_>, id: PageId) -> View {
    let page = &cx.catalogue()[id];
    let (title, lead) = (cx.text(&page.title), cx.optional_text(&page.lead));
    let body = cx.html(page.body.read(), 1);
    let toc: Vec<TocEntry> = markdown::headings(page.body.read().or_own(cx.lang()))
        .into_iter()
        .map(|(id, title)| TocEntry { id, title })
        .collect();
    View {
        title: title.text().to_owned(),
        description: lead.as_ref().unwrap_or(&title).text().to_owned(),
        crumbs: cx.crumbs(Vec::new(), title.clone()),
        nav: None,
        toc: if toc.len() < SECTIONS { Vec::new() } else { toc },
        source: Some(record_source(cx, cx.translated_origin(&page.origin, &page.translations), None, None)),
        page: tera::Value::from_serializable(&Page { title, lead, body }),
    }
}
