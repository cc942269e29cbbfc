//! A free page: an editor's own words.

use serde::Serialize;

use super::part::record_source;
use super::{Cx, TocEntry, View};
use crate::model::PageId;
use crate::render::markdown;

/// From how many sections on an index of the page is worth its place.
const SECTIONS: usize = 3;

#[derive(Serialize)]
struct Page {
    title: String,
    lead: Option<String>,
    body: String,
}

pub(super) fn view(cx: &Cx<'_>, id: PageId) -> View {
    let page = &cx.catalogue()[id];
    let body = markdown::html(cx.site, cx.at, &page.body, markdown::Links::Below(cx.root), 1, "");
    let toc: Vec<TocEntry> = markdown::headings(&page.body, "")
        .into_iter()
        .map(|(id, title)| TocEntry { id, title })
        .collect();
    View {
        title: page.title.clone(),
        description: page.lead.clone().unwrap_or_else(|| page.title.clone()),
        crumbs: cx.crumbs(Vec::new(), page.title.clone()),
        nav: None,
        toc: if toc.len() < SECTIONS { Vec::new() } else { toc },
        source: Some(record_source(cx, &page.origin, None, None)),
        page: tera::Value::from_serializable(&Page { title: page.title.clone(), lead: page.lead.clone(), body }),
    }
}
