//! The ready-made lists of a year's objectives: by state, by unit and by type.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::judgement::Judgement;
use super::slug::{shortened, slug};
use crate::catalogue::{Catalogue, NodeId, ObjectiveId, ProjectId, UnitId};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{FileId, ObjectiveState, folded};
use crate::output::OutputPath;

/// Property that the objectives of a ready-made list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Facet {
    /// State.
    State(ObjectiveState),
    /// The unit that answers for them, or one above it.
    Unit(UnitId),
    /// The type that their sheets name.
    Kind(ObjectiveTypeId),
}

/// Id of a type of objectives of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ObjectiveTypeId(u32);

impl ObjectiveTypeId {
    /// The place among the site's types, from 0.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Ready-made lists of a site. No list is empty.
#[derive(Debug)]
pub(super) struct Lists {
    /// By year and facet.
    pub(super) lists: BTreeMap<(i16, Facet), Vec<ObjectiveId>>,
    pub(super) types: ObjectiveTypes,
}

/// Types of the objectives of a site. Sheets write one type in several ways (`MIGLIORAMENTO`, `Miglioramento`).
#[derive(Debug)]
pub(super) struct ObjectiveTypes {
    /// Part of an address for each type, never empty, in alphabetical order.
    pub(super) slugs: Vec<Box<str>>,
    /// The newest objective of each type, whose spelling stands for all.
    pub(super) newest: Vec<ObjectiveId>,
    /// The type of each objective.
    pub(super) of_objectives: Vec<Option<ObjectiveTypeId>>,
    /// Problems of the types that have no list.
    pub(super) problems: Report,
}

/// Everything that ready-made lists are made of.
#[derive(Debug, PartialEq)]
pub(super) struct ListInput {
    objectives: Vec<ListedInput>,
    /// The unit above each unit.
    parents: Vec<Option<UnitId>>,
}

/// Everything that ready-made lists need of an objective.
#[derive(Debug, PartialEq)]
struct ListedInput {
    year: i16,
    unit: UnitId,
    state: ObjectiveState,
    /// Name of the type, as its sheet writes it.
    kind: Option<String>,
    file: FileId,
}

impl ListInput {
    pub(super) fn of(catalogue: &Catalogue, judgements: &[Arc<Judgement>]) -> Self {
        let objectives = catalogue.objectives.iter().zip(judgements);
        let objectives = objectives.map(|(objective, judgement)| ListedInput {
            year: objective.year,
            unit: objective.unit,
            state: judgement.state,
            kind: (*objective.kind).clone(),
            file: objective.origin.file,
        });
        Self { objectives: objectives.collect(), parents: parents(catalogue) }
    }
}

fn parents(catalogue: &Catalogue) -> Vec<Option<UnitId>> {
    catalogue.units.iter().map(|unit| unit.parent).collect()
}

/// A unit and all units above it, itself first.
fn chain(parents: &[Option<UnitId>], unit: UnitId) -> impl Iterator<Item = UnitId> {
    std::iter::successors(Some(unit), |unit| parents[unit.index()])
}

impl Lists {
    pub(super) fn of(input: &ListInput) -> Self {
        let types = ObjectiveTypes::of(&input.objectives);
        let mut lists: BTreeMap<(i16, Facet), Vec<ObjectiveId>> = BTreeMap::new();
        for (i, objective) in input.objectives.iter().enumerate() {
            let units = chain(&input.parents, objective.unit).map(Facet::Unit);
            let kind = types.of_objectives[i].map(Facet::Kind);
            for facet in units.chain([Facet::State(objective.state)]).chain(kind) {
                lists.entry((objective.year, facet)).or_default().push(ObjectiveId::at(i));
            }
        }
        Self { lists, types }
    }
}

impl ObjectiveTypes {
    /// Finds the types. If two that are written differently would have the same slug, only the first has lists: one page
    /// under the name of both would be wrong.
    fn of(objectives: &[ListedInput]) -> Self {
        let mut problems = Report::default();
        let mut slugs: HashMap<&str, Option<Box<str>>> = HashMap::new();
        let mut types: BTreeMap<Box<str>, (&str, ObjectiveId)> = BTreeMap::new();
        for (i, objective) in objectives.iter().enumerate() {
            let Some(written) = objective.kind.as_deref() else { continue };
            let slug = slugs.entry(written).or_insert_with(|| {
                let slug: Box<str> = slug(written).into();
                let problem = |code| {
                    Diagnostic::new(code, objective.file, KeyPath::of("type")).with("written", shortened(written))
                };
                if OutputPath::parse(&slug).is_err() {
                    problems.add(problem(Code::NoList));
                    return None;
                }
                match types.get(&slug) {
                    Some((other, _)) if folded(other) != folded(written) => {
                        problems.add(problem(Code::SameList).with("other", shortened(other)));
                        None
                    }
                    _ => Some(slug),
                }
            });
            if let Some(slug) = slug {
                types.entry(slug.clone()).or_insert((written, ObjectiveId::at(i))).1 = ObjectiveId::at(i);
            }
        }
        let newest = types.values().map(|(_, newest)| *newest).collect();
        let sorted: Vec<Box<str>> = types.into_keys().collect();
        let place = |slug: &str| sorted.binary_search_by(|other| (**other).cmp(slug)).ok();
        let ids: HashMap<&str, ObjectiveTypeId> = (slugs.iter())
            .filter_map(|(written, slug)| {
                Some((*written, ObjectiveTypeId(u32::try_from(place(slug.as_deref()?)?).ok()?)))
            })
            .collect();
        let type_of = |objective: &ListedInput| ids.get(objective.kind.as_deref()?).copied();
        let of_objectives = objectives.iter().map(type_of).collect();
        Self { slugs: sorted, newest, of_objectives, problems }
    }
}

/// The objectives and projects of each unit and plan node, and of all below it, in the catalogue's order.
#[derive(Debug)]
pub(super) struct Descendants {
    pub(super) unit_objectives: Vec<Vec<ObjectiveId>>,
    pub(super) unit_projects: Vec<Vec<ProjectId>>,
    pub(super) node_objectives: Vec<Vec<ObjectiveId>>,
    pub(super) node_projects: Vec<Vec<ProjectId>>,
}

/// Everything that [`Descendants`] are made of: the unit and the plan nodes of each record, and the trees of both.
#[derive(Debug, PartialEq)]
pub(super) struct DescendantsInput {
    objectives: Vec<(UnitId, Vec<NodeId>)>,
    projects: Vec<(UnitId, Vec<NodeId>)>,
    parents: Vec<Option<UnitId>>,
    node_parents: Vec<Option<NodeId>>,
}

impl DescendantsInput {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        Self {
            objectives: catalogue.objectives.iter().map(|of| (of.unit, of.plan.clone())).collect(),
            projects: catalogue.projects.iter().map(|of| (of.unit, of.plan.clone())).collect(),
            parents: parents(catalogue),
            node_parents: catalogue.nodes.iter().map(|node| node.parent).collect(),
        }
    }

    /// The given nodes and all nodes above them, each once.
    fn above(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        let chain = |node: &NodeId| std::iter::successors(Some(*node), |node| self.node_parents[node.index()]);
        let mut all: Vec<NodeId> = nodes.iter().flat_map(chain).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The ids of the records that belong to each unit and each node, or to one below it.
    fn by_unit_and_node<T>(&self, records: &[(UnitId, Vec<NodeId>)], id: fn(usize) -> T) -> (Vec<Vec<T>>, Vec<Vec<T>>) {
        let mut of_units: Vec<Vec<T>> = self.parents.iter().map(|_| Vec::new()).collect();
        let mut of_nodes: Vec<Vec<T>> = self.node_parents.iter().map(|_| Vec::new()).collect();
        for (i, (unit, nodes)) in records.iter().enumerate() {
            chain(&self.parents, *unit).for_each(|unit| of_units[unit.index()].push(id(i)));
            self.above(nodes).into_iter().for_each(|node| of_nodes[node.index()].push(id(i)));
        }
        (of_units, of_nodes)
    }
}

impl Descendants {
    pub(super) fn of(input: &DescendantsInput) -> Self {
        let (unit_objectives, node_objectives) = input.by_unit_and_node(&input.objectives, ObjectiveId::at);
        let (unit_projects, node_projects) = input.by_unit_and_node(&input.projects, ProjectId::at);
        Self { unit_objectives, unit_projects, node_objectives, node_projects }
    }
}
