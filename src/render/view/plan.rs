//! One plan, as the tree that it is.

use serde::Serialize;

use super::part::{Fact, is_long, record_source, whose};
use super::plans::years;
use super::units::{Branch, counted};
use super::{Cx, Phrase, View};
use crate::model::{NavItem, NodeId, PlanId};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    administration: Option<Phrase>,
    title: Phrase,
    long: bool,
    facts: Vec<Fact>,
    tree: Vec<Branch>,
}

pub(super) fn view(cx: &Cx<'_>, id: PlanId) -> View {
    let plan = &cx.catalogue()[id];
    let title = cx.text(&plan.title);
    let facts = [
        cx.known(&plan.scheme).map(|scheme| Fact::new(cx.word("plan.scheme"), scheme)),
        plan.validity
            .as_ref()
            .map(|validity| Fact::new(cx.word("plan.validity"), years(cx, *validity.value()))),
        plan.url
            .as_ref()
            .map(|url| Fact::new(cx.word("src.document"), cx.word("plan.original")).outside(url.clone())),
    ];
    let page = Page {
        administration: whose(cx, plan.administration),
        long: is_long(title.text()),
        title: title.clone(),
        facts: facts.into_iter().flatten().collect(),
        tree: plan.roots.iter().map(|node| branch(cx, *node)).collect(),
    };
    View {
        title: title.text().to_owned(),
        description: cx.say("plan.summary", &[("titolo", (&title).into())]),
        crumbs: cx.crumbs(vec![(cx.word("nav.plans").into(), Route::Plans)], title),
        nav: Some(NavItem::Plans),
        toc: Vec::new(),
        source: Some(record_source(cx, cx.written(&plan.origin, &plan.translations), None, None)),
        page: tera::Value::from_serializable(&page),
    }
}

/// A node with those below it, and how much carries it out.
pub(super) fn branch(cx: &Cx<'_>, id: NodeId) -> Branch {
    let node = &cx.catalogue()[id];
    let below = counted(cx, cx.site.objectives_of_node(id).len(), cx.site.projects_of_node(id).len());
    let level = cx.known(&node.level).map(|level| level.map(super::part::sentence_case));
    Branch {
        title: cx.text(&node.title),
        href: cx.href(Route::Node(id)),
        code: Some(node.code.clone()),
        meta: Phrase::joined(level, &below),
        children: node.children.iter().map(|child| branch(cx, *child)).collect(),
    }
}
