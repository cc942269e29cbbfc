//! Trees of plans, and the resolution of their nodes' codes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::names::{LEVELS, ScopedNames, candidates, cycles, depths, too_deep};
use super::units::Units;
use crate::catalogue::{Catalogue, NodeId, Plan, PlanId, PlanNode, UnitId};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{FileId, Origin, Written};
use crate::parse::{NodeFields, PlanFields, Reference, Sheet};

/// Plan nodes by their codes, alone or as `plan-slug:code`.
#[derive(Debug)]
pub(super) struct Nodes {
    /// By code, in an administration.
    codes: ScopedNames<UnitId, NodeId>,
    /// Plans by slug, in an administration.
    plans: HashMap<(UnitId, String), PlanId>,
    /// By code, in a plan.
    in_plan: ScopedNames<PlanId, NodeId>,
}

impl Nodes {
    /// Finds the node that a reference of a record of a year names, or reports the problem. Of several plans that are
    /// valid in that year and have the code, the one with the shortest validity is meant.
    pub(super) fn find(
        &self,
        catalogue: &Catalogue,
        written: &str,
        administration: UnitId,
        year: Option<i16>,
        at: (FileId, KeyPath),
        report: &mut Report,
    ) -> Option<NodeId> {
        let with_code = match written.split_once(':') {
            Some((plan, code)) => match self.plans.get(&(administration, plan.trim().to_lowercase())) {
                Some(plan) => self.in_plan.get(*plan, code.trim()),
                None => &[],
            },
            None => self.codes.get(administration, written),
        };
        match (valid_nodes(catalogue, with_code, year).as_slice(), with_code) {
            ([node], _) => return Some(*node),
            ([], []) => self.codes.dangling(administration, written, "node", at, report),
            ([], [node, ..]) => {
                let plan = &catalogue[catalogue[*node].plan];
                let problem = Diagnostic::new(Code::PlanNotValid, at.0, at.1)
                    .with("written", written)
                    .with("validity", plan.validity.as_ref().map_or("", Written::text))
                    .with("year", year.map_or_else(String::new, |year| year.to_string()));
                report.add(problem);
            }
            (several, _) => {
                let nodes = several.iter().map(|node| &catalogue[*node]);
                let codes: Vec<String> =
                    nodes.map(|node| format!("{}:{}", catalogue[node.plan].slug, node.code)).collect();
                let problem = Diagnostic::new(Code::Ambiguous, at.0, at.1)
                    .with("kind", "node")
                    .with("written", written)
                    .with("candidates", candidates(codes.iter().map(String::as_str)));
                report.add(problem);
            }
        }
        None
    }

    /// Adds a plan with its tree to the catalogue. Of a plan whose administration isn't known only the codes are kept,
    /// so that references to them don't dangle.
    fn add_plan(&mut self, sheet: Sheet<PlanFields>, units: &Units, catalogue: &mut Catalogue, report: &mut Report) {
        let Sheet { mut fields, origin, stem: slug, is_readable, .. } = sheet;
        if !is_readable {
            self.codes.mark_incomplete();
        }
        let at = (origin.file, KeyPath::of("administration"));
        let unit = fields
            .administration
            .as_ref()
            .and_then(|written| units.find(catalogue, &written.0, None, at, report));
        let written_nodes = std::mem::take(&mut fields.nodes);
        let Some(administration) = unit.and_then(|unit| units.administration(catalogue, unit)) else {
            for code in written_nodes.iter().filter_map(|node| node.code.as_ref()) {
                self.codes.add_adrift(code);
                self.codes.add_adrift(&format!("{slug}:{code}"));
            }
            return;
        };
        let plan = PlanId::at(catalogue.plans.len());
        self.plans.insert((administration, slug.to_lowercase()), plan);
        let first = catalogue.nodes.len();
        self.add_nodes(written_nodes, (administration, plan), &origin, catalogue, report);
        let mut tree = PlanTree { plan, nodes: first..catalogue.nodes.len(), catalogue: &mut *catalogue };
        tree.link(&self.in_plan, report);
        tree.break_cycles(report);
        tree.limit_depth(report);
        let roots = tree.add_children();
        catalogue.plans.push(Arc::new(Plan {
            slug,
            administration,
            roots,
            nodes: (first..catalogue.nodes.len()).map(NodeId::at).collect(),
            translations: Vec::new(),
            origin,
            fields,
        }));
    }

    /// Adds the nodes of a plan to the catalogue, without their parents. A node without a code is left out.
    fn add_nodes(
        &mut self,
        written: Vec<NodeFields>,
        (administration, plan): (UnitId, PlanId),
        origin: &Origin,
        catalogue: &mut Catalogue,
        report: &mut Report,
    ) {
        for (item, mut fields) in written.into_iter().enumerate() {
            let id = NodeId::at(catalogue.nodes.len());
            let Some(code) = fields.code.take() else {
                self.codes.mark_incomplete();
                self.in_plan.mark_incomplete();
                continue;
            };
            let origin = Origin { item, ..origin.clone() };
            if self.in_plan.add(plan, &code, id).is_some() {
                let problem = Diagnostic::new(Code::Duplicate, origin.file, path(item, "code"))
                    .with("kind", "node")
                    .with("written", code.as_str())
                    .with("other", origin.path.to_string());
                report.add(problem);
            }
            self.codes.add(administration, &code, id);
            catalogue
                .nodes
                .push(Arc::new(PlanNode { plan, code, parent: None, children: Vec::new(), origin, fields }));
        }
    }
}

/// Nodes of a code whose plans are valid in a year, one a plan: of the plans with the shortest validity.
fn valid_nodes(catalogue: &Catalogue, with_code: &[NodeId], year: Option<i16>) -> Vec<NodeId> {
    let validity = |node: &NodeId| catalogue[catalogue[*node].plan].years();
    let is_valid = |node: &&NodeId| year.is_none_or(|year| validity(node).is_none_or(|years| years.contains(year)));
    let mut nodes: Vec<NodeId> = with_code.iter().filter(is_valid).copied().collect();
    // A code that two nodes of one plan have is a problem of theirs.
    nodes.dedup_by_key(|node| catalogue[*node].plan);
    // The plan of that very year is meant before one that spans it: the DUP of 2016 before the PON 2014-2020.
    let span =
        |node: &NodeId| validity(node).map_or(i32::MAX, |years| i32::from(years.last()) - i32::from(years.first()));
    if year.is_some()
        && let Some(narrowest) = nodes.iter().map(span).min()
    {
        nodes.retain(|node| span(node) == narrowest);
    }
    nodes
}

/// The nodes of a plan, while they are made a tree.
struct PlanTree<'c> {
    plan: PlanId,
    /// Places of the nodes in the catalogue.
    nodes: Range<usize>,
    catalogue: &'c mut Catalogue,
}

impl PlanTree<'_> {
    fn node(&mut self, i: usize) -> &mut PlanNode {
        Arc::make_mut(&mut self.catalogue.nodes[self.nodes.start + i])
    }

    /// Place of a node's parent among the nodes of the plan.
    fn parent(&self, i: usize) -> Option<usize> {
        let parent = self.catalogue.nodes[self.nodes.start + i].parent?;
        Some(parent.index() - self.nodes.start)
    }

    /// Gives each node its parent, or reports that there is none of that code.
    fn link(&mut self, codes: &ScopedNames<PlanId, NodeId>, report: &mut Report) {
        for i in 0..self.nodes.len() {
            let PlanNode { fields, origin, .. } = self.node(i);
            let Some(Reference(written)) = fields.parent.take() else { continue };
            let at = (origin.file, path(origin.item, "parent"));
            match codes.get(self.plan, &written) {
                [parent, ..] => self.node(i).parent = Some(*parent),
                [] => codes.dangling(self.plan, &written, "node", at, report),
            }
        }
    }

    /// Removes the parents of nodes that are above themselves.
    fn break_cycles(&mut self, report: &mut Report) {
        for cycle in cycles(self.nodes.len(), |i| self.parent(i)) {
            let nodes: Vec<&PlanNode> = cycle.iter().map(|i| &*self.catalogue.nodes[self.nodes.start + i]).collect();
            let codes: Vec<&str> = nodes.iter().chain(nodes.first()).map(|node| node.code.as_str()).collect();
            let origin = &nodes[0].origin;
            let problem = Diagnostic::new(Code::Cycle, origin.file, path(origin.item, "parent"))
                .with("kind", "node")
                .with("chain", codes.join(" → "));
            report.add(problem);
            for member in cycle {
                self.node(member).parent = None;
            }
        }
    }

    /// Removes the parents of nodes that have too many others above them.
    fn limit_depth(&mut self, report: &mut Report) {
        let depths = depths(self.nodes.len(), |i| self.parent(i));
        for (i, depth) in depths.into_iter().enumerate().filter(|(_, depth)| *depth > LEVELS) {
            let node = self.node(i);
            node.parent = None;
            // Those below it are too deep for the same reason.
            if depth == LEVELS + 1 {
                report.add(too_deep("node", &node.code, node.origin.file, path(node.origin.item, "parent")));
            }
        }
    }

    /// Gives each node its children. Returns the nodes without a parent.
    fn add_children(&mut self) -> Vec<NodeId> {
        let mut roots = Vec::new();
        for id in self.nodes.clone().map(NodeId::at) {
            match self.catalogue[id].parent {
                Some(parent) => Arc::make_mut(&mut self.catalogue.nodes[parent.index()]).children.push(id),
                None => roots.push(id),
            }
        }
        roots
    }
}

/// Makes the trees of plans.
pub(super) fn resolve(
    sheets: Vec<Arc<Sheet<PlanFields>>>,
    units: &Units,
    catalogue: &mut Catalogue,
    report: &mut Report,
) -> Nodes {
    let mut nodes = Nodes { codes: ScopedNames::new(), plans: HashMap::new(), in_plan: ScopedNames::new() };
    let count = sheets.iter().map(|sheet| sheet.fields.nodes.len()).sum();
    catalogue.nodes.reserve_exact(count);
    for sheet in sheets {
        nodes.add_plan(Arc::unwrap_or_clone(sheet), units, catalogue, report);
    }
    nodes
}

fn path(item: usize, key: &'static str) -> KeyPath {
    KeyPath::of("nodes").index(item).key(key)
}
