//! One node of a plan: what was done about it.

use serde::Serialize;

use super::chain::{ChainEnd, Step, chain, node_level};
use super::components::{
    Fact, ObjectiveGroup, ProjectList, administration_name, group_by_year, is_long, record_source,
};
use super::counts::Counts;
use super::plan::tree;
use super::units::Branch;
use super::{PageContext, Phrase, View};
use crate::catalogue::{NodeId, ObjectiveId};
use crate::model::NavItem;
use crate::render::limits::{FEW, LINKS};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    level: Phrase,
    code: String,
    administration: Option<Phrase>,
    title: Phrase,
    long: bool,
    written: Option<String>,
    quote: Option<Phrase>,
    url: Option<Fact>,
    chains: Vec<Vec<Step>>,
    counts: Option<Counts>,
    counts_title: String,
    children: Vec<Branch>,
    years: Vec<ObjectiveGroup>,
    projects: ProjectList,
    empty: bool,
}

pub(super) fn view(cx: &PageContext<'_>, id: NodeId) -> View {
    let catalogue = cx.catalogue();
    let node = &catalogue[id];
    let plan = &catalogue[node.plan];
    let objectives = cx.site.objectives_of_node(id);
    let projects = cx.site.projects_of_node(id);
    let level = node_level(cx, id);
    let title = cx.text(&node.title);
    let mut above: Vec<NodeId> = catalogue.node_chain(id).skip(1).collect();
    above.reverse();
    let levels: Vec<Vec<NodeId>> = above.iter().map(|id| vec![*id]).collect();
    let here = ChainEnd {
        level: cx.format("plan.here", &[("livello", (&level).into())]),
        title: title.clone(),
        code: Some(node.code.clone()),
    };
    let page = Page {
        code: cx.format("obj.code", &[("codice", (&node.code).into())]),
        administration: administration_name(cx, plan.administration),
        long: is_long(title.text()),
        title: title.clone(),
        written: node
            .written
            .as_ref()
            .map(|written| cx.format("plan.written", &[("testo", written.into())])),
        quote: cx.optional_text(&node.quote),
        url: node.url.as_ref().map(|url| Fact::address(String::new(), url, cx.word("plan.original"))),
        chains: vec![chain(cx, node.plan, &levels, &here)],
        counts: (!objectives.is_empty()).then(|| Counts::of(cx, objectives)),
        counts_title: cx.format("how.title", &[("n", objectives.len().into())]),
        children: tree(cx, &node.children),
        years: years(cx, id, objectives),
        projects: ProjectList::below(cx, projects),
        empty: objectives.is_empty() && projects.is_empty(),
        level,
    };
    let of = cx.text(&plan.title);
    let mut crumbs = vec![(cx.word("nav.plans").into(), Route::Plans), (of.clone(), Route::Plan(node.plan))];
    // A code alone would be all that a phone shows of the way back.
    let step = |id: &NodeId| {
        let node = &catalogue[*id];
        (cx.text(&node.title).map(|title| format!("{} {title}", node.code)), Route::Node(*id))
    };
    crumbs.extend(above.iter().map(step));
    View {
        title: cx.format("obj.page_title", &[("titolo", (&title).into()), ("codice", (&node.code).into())]),
        description: cx.format(
            "plan.node_summary",
            &[("livello", (&page.level).into()), ("piano", (&of).into()), ("titolo", (&title).into())],
        ),
        crumbs: cx.crumbs(crumbs, node.code.clone()),
        nav: Some(NavItem::Plans),
        toc: Vec::new(),
        source: Some(record_source(cx, cx.translated_origin(&node.origin, &plan.translations), None, None)),
        page: tera::Value::from_serializable(&page),
    }
}

/// The objectives of a node by year, as tables where they are few; of more than a page can hold only those that name the
/// node itself, as the pages of the nodes below have the others.
fn years(cx: &PageContext<'_>, id: NodeId, objectives: &[ObjectiveId]) -> Vec<ObjectiveGroup> {
    if objectives.len() <= FEW {
        return ObjectiveGroup::of_years(cx, &group_by_year(cx, objectives));
    }
    let all = objectives.len() <= LINKS;
    let own = objectives
        .iter()
        .copied()
        .filter(|of| all || cx.catalogue().listed(*of).plan.contains(&id));
    let own: Vec<ObjectiveId> = own.collect();
    group_by_year(cx, &own)
        .into_iter()
        .map(|(year, ids)| ObjectiveGroup::links(cx, year.to_string(), ids))
        .collect()
}
