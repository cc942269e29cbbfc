//! The chain from a plan down to the objectives and projects that carry it out.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::components::sentence_case;
use super::{PageContext, Phrase};
use crate::catalogue::{NodeId, PlanId};
use crate::site::Route;

/// One level of a plan, with its nodes above the page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Step {
    pub(crate) level: Phrase,
    pub(crate) nodes: Vec<StepNode>,
    pub(crate) here: bool,
}

/// A node of a plan, or the page itself.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StepNode {
    pub(crate) title: Phrase,
    pub(crate) href: String,
    pub(crate) code: Option<String>,
}

/// The last step of a chain: the page.
pub(super) struct ChainEnd {
    pub(crate) level: String,
    pub(crate) title: Phrase,
    pub(crate) code: Option<String>,
}

/// One chain for each first-level node above the given nodes, in the order in which they are named.
pub(super) fn chains(cx: &PageContext<'_>, nodes: &[NodeId], here: &ChainEnd) -> Vec<Vec<Step>> {
    let catalogue = cx.catalogue();
    let mut trees: Vec<Vec<Vec<NodeId>>> = Vec::new();
    let mut tree_of_root: HashMap<NodeId, usize> = HashMap::new();
    let mut added = HashSet::new();
    for node in nodes {
        let mut path: Vec<NodeId> = catalogue.node_chain(*node).collect();
        path.reverse();
        let Some(first) = path.first() else { continue };
        let place = *tree_of_root.entry(*first).or_insert(trees.len());
        if place == trees.len() {
            trees.push(Vec::new());
        }
        let tree = &mut trees[place];
        for (depth, node) in path.into_iter().enumerate() {
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

/// The chain from a plan through levels of nodes, none of them empty.
pub(super) fn chain(cx: &PageContext<'_>, plan: PlanId, levels: &[Vec<NodeId>], here: &ChainEnd) -> Vec<Step> {
    let catalogue = cx.catalogue();
    let top = Step {
        level: cx.optional_text(&catalogue[plan].scheme).unwrap_or_else(|| cx.word("plan.title").into()),
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

/// Name of a node's level, in its plan's word if it has one.
pub(super) fn node_level(cx: &PageContext<'_>, node: NodeId) -> Phrase {
    let level = cx.optional_text(&cx.catalogue()[node].level);
    level.map_or_else(|| cx.word("plan.node").into(), |level| level.map(sentence_case))
}
