use std::collections::HashMap;
use std::sync::Arc;

use super::names::{LEVELS, ScopedNames, cycles, depths, some, too_deep};
use super::units::Units;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{Catalogue, FileId, NodeId, Origin, Plan, PlanId, PlanNode, UnitId, Written};
use crate::parse::{PlanFields, Sheet};

/// Which plan node is meant by a code, alone or as `plan-slug:code`.
#[derive(Debug)]
pub(super) struct Nodes {
    /// By code, in an administration.
    codes: ScopedNames<UnitId, NodeId>,
    /// By code, in a plan.
    plans: HashMap<(UnitId, String), PlanId>,
    in_plan: ScopedNames<PlanId, NodeId>,
}

impl Nodes {
    /// The node that a reference of a record of a year names, or the problem added to the report. Of several plans that
    /// hold in that year and have the code, the one with the shortest validity is meant.
    pub(super) fn find(
        &self,
        catalogue: &Catalogue,
        written: &str,
        administration: UnitId,
        year: Option<i16>,
        at: (FileId, KeyPath),
        report: &mut Report,
    ) -> Option<NodeId> {
        let valid = |node: &NodeId| {
            let validity = catalogue[catalogue[*node].plan].years();
            year.is_none_or(|year| validity.is_none_or(|years| years.contains(year)))
        };
        let named = match written.split_once(':') {
            Some((plan, code)) => match self.plans.get(&(administration, plan.trim().to_lowercase())) {
                Some(plan) => self.in_plan.get(*plan, code.trim()),
                None => &[],
            },
            None => self.codes.get(administration, written),
        };
        let mut holding: Vec<NodeId> = named.iter().copied().filter(valid).collect();
        // A code that two nodes of one plan have is a problem of theirs.
        holding.dedup_by_key(|node| catalogue[*node].plan);
        // The plan of that very year is meant before one that spans it: the DUP of 2016 before the PON 2014-2020.
        let span = |node: &NodeId| {
            let validity = catalogue[catalogue[*node].plan].years();
            validity.map_or(i32::MAX, |years| i32::from(years.last()) - i32::from(years.first()))
        };
        if year.is_some()
            && let Some(narrowest) = holding.iter().map(span).min()
        {
            holding.retain(|node| span(node) == narrowest);
        }
        match (holding.as_slice(), named) {
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
                let names = several.iter().map(|node| &catalogue[*node]);
                let names: Vec<String> =
                    names.map(|node| format!("{}:{}", catalogue[node.plan].slug, node.code)).collect();
                let names = names.iter().map(String::as_str);
                let problem = Diagnostic::new(Code::Ambiguous, at.0, at.1)
                    .with("kind", "node")
                    .with("written", written)
                    .with("candidates", some(names));
                report.add(problem);
            }
        }
        None
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
    let count = sheets.iter().flat_map(|sheet| sheet.fields.nodes.as_ref()).map(Vec::len).sum();
    catalogue.nodes.reserve_exact(count);
    for sheet in sheets {
        let sheet = Arc::unwrap_or_clone(sheet);
        let fields = sheet.fields;
        let at = (sheet.origin.file, KeyPath::of("administration"));
        let unit = fields
            .administration
            .and_then(|written| units.find(catalogue, &written.0, None, at, report));
        let Some(administration) = unit.and_then(|unit| units.administration(catalogue, unit)) else {
            for code in fields.nodes.iter().flatten().filter_map(|node| node.code.as_ref()) {
                nodes.codes.add_adrift(code);
                nodes.codes.add_adrift(&format!("{}:{code}", sheet.stem));
            }
            if !sheet.is_readable {
                nodes.codes.leave_gaps();
            }
            continue;
        };
        if !sheet.is_readable {
            nodes.codes.leave_gaps();
        }
        let plan = PlanId::at(catalogue.plans.len());
        nodes.plans.insert((administration, sheet.stem.to_lowercase()), plan);
        let first = catalogue.nodes.len();
        let mut parents = Vec::new();
        for (item, node) in fields.nodes.unwrap_or_default().into_iter().enumerate() {
            let id = NodeId::at(catalogue.nodes.len());
            let Some(code) = node.code else {
                nodes.codes.leave_gaps();
                nodes.in_plan.leave_gaps();
                continue;
            };
            let origin = Origin { item, ..sheet.origin.clone() };
            if nodes.in_plan.add(plan, &code, id).is_some() {
                let problem = Diagnostic::new(Code::Duplicate, origin.file, path(item, "code"))
                    .with("kind", "node")
                    .with("written", code.as_str())
                    .with("other", origin.path.to_string());
                report.add(problem);
            }
            nodes.codes.add(administration, &code, id);
            parents.push((item, node.parent));
            catalogue.nodes.push(Arc::new(PlanNode {
                plan,
                code,
                level: node.level.into(),
                title: node.title.unwrap_or_default().into(),
                written: node.written,
                quote: node.quote.into(),
                url: node.url,
                parent: None,
                children: Vec::new(),
                origin,
            }));
        }
        let own: Vec<NodeId> = (first..catalogue.nodes.len()).map(NodeId::at).collect();
        for (i, (item, parent)) in parents.into_iter().enumerate() {
            let Some(written) = parent else { continue };
            match nodes.in_plan.get(plan, &written.0) {
                [parent, ..] => Arc::make_mut(&mut catalogue.nodes[first + i]).parent = Some(*parent),
                [] => {
                    let at = (sheet.origin.file, path(item, "parent"));
                    nodes.in_plan.dangling(plan, &written.0, "node", at, report);
                }
            }
        }
        for cycle in cycles(own.len(), |i| catalogue.nodes[first + i].parent.map(|parent| parent.index() - first)) {
            let codes: Vec<&str> = cycle
                .iter()
                .chain(cycle.first())
                .map(|i| catalogue.nodes[first + i].code.as_str())
                .collect();
            let origin = &catalogue.nodes[first + cycle[0]].origin;
            let problem = Diagnostic::new(Code::Cycle, origin.file, path(origin.item, "parent"))
                .with("kind", "node")
                .with("chain", codes.join(" → "));
            report.add(problem);
            for member in cycle {
                Arc::make_mut(&mut catalogue.nodes[first + member]).parent = None;
            }
        }
        let depths = depths(own.len(), |i| catalogue.nodes[first + i].parent.map(|parent| parent.index() - first));
        for (i, depth) in depths.into_iter().enumerate().filter(|(_, depth)| *depth > LEVELS) {
            let node = Arc::make_mut(&mut catalogue.nodes[first + i]);
            node.parent = None;
            if depth == LEVELS + 1 {
                report.add(too_deep("node", &node.code, node.origin.file, path(node.origin.item, "parent")));
            }
        }
        let mut roots = Vec::new();
        for id in &own {
            match catalogue[*id].parent {
                Some(parent) => Arc::make_mut(&mut catalogue.nodes[parent.index()]).children.push(*id),
                None => roots.push(*id),
            }
        }
        catalogue.plans.push(Arc::new(Plan {
            slug: sheet.stem,
            title: fields.title.unwrap_or_default().into(),
            administration,
            scheme: fields.scheme.into(),
            validity: fields.validity,
            url: fields.url,
            roots,
            nodes: own,
            translations: Vec::new(),
            origin: sheet.origin,
        }));
    }
    nodes
}

fn path(item: usize, key: &'static str) -> KeyPath {
    KeyPath::of("nodes").index(item).key(key)
}
