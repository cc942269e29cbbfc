//! One plan, as the tree that it is.

use serde::Serialize;

use super::part::{Fact, is_long, record_source, whose};
use super::plans::years;
use super::units::{Branch, counted};
use super::{Cx, View};
use crate::model::{NavItem, NodeId, PlanId};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    administration: Option<String>,
    title: String,
    long: bool,
    facts: Vec<Fact>,
    tree: Vec<Branch>,
}

pub(super) fn view(cx: &Cx<'_>, id: PlanId) -> View {
    let plan = &cx.catalogue()[id];
    let facts = [
        plan.scheme.as_ref().map(|scheme| Fact::new(cx.word("plan.scheme"), scheme.clone())),
        plan.validity
            .as_ref()
            .map(|validity| Fact::new(cx.word("plan.validity"), years(cx, *validity.value()))),
        plan.url
            .as_ref()
            .map(|url| Fact::new(cx.word("src.document"), cx.word("plan.original")).outside(url.clone())),
    ];
    let page = Page {
        administration: whose(cx, plan.administration),
        title: plan.title.clone(),
        long: is_long(&plan.title),
        facts: facts.into_iter().flatten().collect(),
        tree: plan.roots.iter().map(|node| branch(cx, *node)).collect(),
    };
    View {
        title: plan.title.clone(),
        description: cx.say("plan.summary", &[("titolo", (&plan.title).into())]),
        crumbs: cx.crumbs(vec![(cx.word("nav.plans"), Route::Plans)], plan.title.clone()),
        nav: Some(NavItem::Plans),
        toc: Vec::new(),
        source: Some(record_source(cx, &plan.origin, None, None)),
        page: tera::Value::from_serializable(&page),
    }
}

/// A node with those below it, and how much carries it out.
pub(super) fn branch(cx: &Cx<'_>, id: NodeId) -> Branch {
    let node = &cx.catalogue()[id];
    let below = counted(cx, cx.site.objectives_of_node(id).len(), cx.site.projects_of_node(id).len());
    let meta: Vec<String> = node.level.as_deref().map(super::part::sentence_case).into_iter().chain(below).collect();
    Branch {
        title: node.title.clone(),
        href: cx.href(Route::Node(id)),
        code: Some(node.code.clone()),
        meta: (!meta.is_empty()).then(|| meta.join(" · ")),
        children: node.children.iter().map(|child| branch(cx, *child)).collect(),
    }
}
