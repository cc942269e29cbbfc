//! The way from a plan down to what carries it out.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::components::sentence_case;
use super::{PageContext, Phrase};
use crate::model::{NodeId, PlanId};
use crate::site::Route;

/// One level of a plan, with the nodes of it that lead to the page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Step {
    pub level: Phrase,
    pub nodes: Vec<StepNode>,
    pub here: bool,
}

/// A node of a plan, or the page itself.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StepNode {
    pub title: Phrase,
    pub href: String,
    pub code: Option<String>,
}

/// The last step: the page.
pub(super) struct Here {
    pub level: String,
    pub title: Phrase,
    pub code: Option<String>,
}

/// One way down for each first-level node that the given nodes lie below, in the order in which they are named.
pub(super) fn chains(cx: &PageContext<'_>, nodes: &[NodeId], here: &Here) -> Vec<Vec<Step>> {
    let catalogue = cx.catalogue();
    let mut trees: Vec<Vec<Vec<NodeId>>> = Vec::new();
    let mut known: HashMap<NodeId, usize> = HashMap::new();
    let mut added = HashSet::new();
    for node in nodes {
        let mut way: Vec<NodeId> = catalogue.node_chain(*node).collect();
        way.reverse();
        let Some(first) = way.first() else { continue };
        let place = *known.entry(*first).or_insert(trees.len());
        if place == trees.len() {
            trees.push(Vec::new());
        }
        let tree = &mut trees[place];
        for (depth, node) in way.into_iter().enumerate() {
            if tree.len() == depth {
                tree.push(Vec::new());
            }
            // A node has one place in its tree.
            if added.insert(node) {
                tree[depth].push(node);
            }
        }
    }
    trees.into_iter().map(|tree| chain(cx, catalogue[tree[0][0]].plan, &tree, here)).collect()
}

/// The way down from a plan through levels of nodes, none of them empty.
pub(super) fn chain(cx: &PageContext<'_>, plan: PlanId, levels: &[Vec<NodeId>], here: &Here) -> Vec<Step> {
    let catalogue = cx.catalogue();
    let top = Step {
        level: cx.known(&catalogue[plan].scheme).unwrap_or_else(|| cx.word("plan.title").into()),
        nodes: vec![StepNode { title: cx.text(&catalogue[plan].title), href: cx.href(Route::Plan(plan)), code: None }],
        here: false,
    };
    let between = levels.iter().map(|level| Step {
        level: node_level(cx, level[0]),
        nodes: level
            .iter()
            .map(|id| StepNode {
                title: cx.text(&catalogue[*id].title),
                href: cx.href(Route::Node(*id)),
                code: Some(catalogue[*id].code.clone()),
            })
            .collect(),
        here: false,
    });
    let page = StepNode { title: here.title.clone(), href: cx.href(cx.at.route), code: here.code.clone() };
    let last = Step { level: here.level.as_str().into(), nodes: vec![page], here: true };
    std::iter::once(top).chain(between).chain([last]).collect()
}

/// What a node is, in its plan's word where it has one.
pub(super) fn node_level(cx: &PageContext<'_>, node: NodeId) -> Phrase {
    let level = cx.known(&cx.catalogue()[node].level);
    level.map_or_else(|| cx.word("plan.node").into(), |level| level.map(sentence_case))
}
