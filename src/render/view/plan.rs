//! One plan, as the tree that it is.

use serde::Serialize;

use super::components::{Fact, administration_name, is_long, record_source, sentence_case};
use super::plans::validity_words;
use super::units::{Branch, count_words};
use super::{PageContext, Phrase, View};
use crate::catalogue::{NodeId, PlanId};
use crate::model::NavItem;
use crate::render::limits::LINKS;
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    administration: Option<Phrase>,
    title: Phrase,
    long: bool,
    facts: Vec<Fact>,
    tree: Vec<Branch>,
}

pub(super) fn view(cx: &PageContext<'_>, id: PlanId) -> View {
    let plan = &cx.catalogue()[id];
    let title = cx.text(&plan.title);
    let facts = [
        cx.optional_text(&plan.scheme).map(|scheme| Fact::new(cx.word("plan.scheme"), scheme)),
        plan.validity
            .as_ref()
            .map(|validity| Fact::new(cx.word("plan.validity"), validity_words(cx, validity))),
        plan.url
            .as_ref()
            .map(|url| Fact::address(cx.word("src.document"), url, cx.word("plan.original"))),
    ];
    let page = Page {
        administration: administration_name(cx, plan.administration),
        long: is_long(title.text()),
        title: title.clone(),
        facts: facts.into_iter().flatten().collect(),
        tree: tree(cx, &plan.roots),
    };
    View {
        title: title.text().to_owned(),
        description: cx.format("plan.summary", &[("titolo", (&title).into())]),
        crumbs: cx.crumbs(vec![(cx.word("nav.plans").into(), Route::Plans)], title),
        nav: Some(NavItem::Plans),
        toc: Vec::new(),
        source: Some(record_source(cx, cx.translated_origin(&plan.origin, &plan.translations), None, None)),
        page: tera::Value::from_serializable(&page),
    }
}

/// Nodes with those below them, as many levels as a page can hold; the pages of the lowest have the others.
pub(super) fn tree(cx: &PageContext<'_>, nodes: &[NodeId]) -> Vec<Branch> {
    let below = |nodes: &[NodeId]| -> Vec<NodeId> {
        nodes.iter().flat_map(|id| cx.catalogue()[*id].children.iter().copied()).collect()
    };
    let (mut levels, mut rows, mut level) = (0, nodes.len(), below(nodes));
    while !level.is_empty() && rows + level.len() <= LINKS {
        (levels, rows, level) = (levels + 1, rows + level.len(), below(&level));
    }
    nodes.iter().map(|id| branch(cx, *id, levels)).collect()
}

/// A node with some levels below it, and how much carries it out.
fn branch(cx: &PageContext<'_>, id: NodeId, levels: usize) -> Branch {
    let node = &cx.catalogue()[id];
    let below = count_words(cx, cx.site.objectives_of_node(id).len(), cx.site.projects_of_node(id).len());
    let level = cx.optional_text(&node.level).map(|level| level.map(sentence_case));
    let children = levels
        .checked_sub(1)
        .map(|levels| node.children.iter().map(move |id| branch(cx, *id, levels)));
    Branch {
        title: cx.text(&node.title),
        href: cx.href(Route::Node(id)),
        code: Some(node.code.clone()),
        meta: Phrase::joined(level, &below),
        children: children.into_iter().flatten().collect(),
    }
}
