//! All projects, by administration.

use serde::Serialize;

use super::list::ProjectGroup;
use super::part::source;
use super::{Cx, View};
use crate::model::NavItem;

#[derive(Serialize)]
struct Page {
    title: String,
    groups: Vec<ProjectGroup>,
}

pub(super) fn view(cx: &Cx<'_>) -> View {
    let title = cx.word("nav.projects");
    View {
        title: title.clone(),
        description: cx.word("page.projects_lead"),
        crumbs: cx.crumbs(Vec::new(), title.clone()),
        nav: Some(NavItem::Projects),
        toc: Vec::new(),
        source: Some(source(cx)),
        page: tera::Value::from_serializable(&Page { title, groups: ProjectGroup::by_administration(cx) }),
    }
}
