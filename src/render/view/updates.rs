//! All updates, newest first.

use serde::Serialize;

use super::part::{UpdateRow, source};
use super::{Cx, View};
use crate::model::NavItem;

#[derive(Serialize)]
struct Page {
    title: String,
    updates: Vec<UpdateRow>,
}

pub(super) fn view(cx: &Cx<'_>) -> View {
    let title = cx.word("nav.updates");
    let page = Page {
        title: title.clone(),
        updates: cx.catalogue().update_ids().map(|id| UpdateRow::of(cx, id, true)).collect(),
    };
    View {
        title: title.clone(),
        description: cx.word("page.updates_lead"),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: Some(NavItem::Updates),
        toc: Vec::new(),
        source: Some(source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}
