//! All offices, as the tree that they are.

use serde::Serialize;

use super::components::{page_source, sentence_case};
use super::{PageContext, Phrase, View};
use crate::catalogue::UnitId;
use crate::model::NavItem;
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: String,
    tree: Vec<Branch>,
}

/// A unit or a plan node, with those below it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Branch {
    pub(crate) title: Phrase,
    pub(crate) href: String,
    pub(crate) code: Option<String>,
    pub(crate) meta: Option<Phrase>,
    pub(crate) children: Vec<Self>,
}

impl Branch {
    /// A page with nothing below it.
    pub(super) fn to(cx: &PageContext<'_>, route: Route, title: impl Into<Phrase>) -> Self {
        Self { title: title.into(), href: cx.href(route), code: None, meta: None, children: Vec::new() }
    }

    pub(super) fn of_unit(cx: &PageContext<'_>, id: UnitId) -> Self {
        let unit = &cx.catalogue()[id];
        let below = count_words(cx, cx.site.objectives_of_unit(id).len(), cx.site.projects_of_unit(id).len());
        let kind = cx.optional_text(&unit.kind).map(|kind| kind.map(sentence_case));
        Self {
            title: cx.text(&unit.name),
            href: cx.href(Route::Unit(id)),
            code: None,
            meta: Phrase::joined(kind, &below),
            children: unit.children.iter().map(|child| Self::of_unit(cx, *child)).collect(),
        }
    }
}

/// Numbers of objectives and of projects in words, without those that are zero.
pub(super) fn count_words(cx: &PageContext<'_>, objectives: usize, projects: usize) -> Vec<String> {
    [("count.objectives", objectives), ("count.projects", projects)]
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| cx.format(key, &[("n", n.into())]))
        .collect()
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let title = cx.word("nav.offices");
    let page = Page {
        title: title.clone(),
        tree: cx.site.administrations().iter().map(|id| Branch::of_unit(cx, *id)).collect(),
    };
    View {
        title: title.clone(),
        description: cx.word("page.units_lead"),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: Some(NavItem::Offices),
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}
