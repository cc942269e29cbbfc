//! The ready-made lists of a year's objectives: by state, by unit and by type.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::address::{folded, shortened};
use super::{Judgement, slug};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{Catalogue, NodeId, ObjectiveId, ObjectiveState, ProjectId, UnitId, are_alike};
use crate::output::OutputPath;

/// What the objectives of a ready-made list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Their state.
    State(ObjectiveState),
    /// The unit that answers for them, or one above it.
    Unit(UnitId),
    /// The type that their sheets name.
    Kind(ObjectiveType),
}

/// Names a type of objectives of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectiveType(u32);

impl ObjectiveType {
    /// The place among the site's types, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Sheets write one type in several ways (`MIGLIORAMENTO`, `Miglioramento`).
#[derive(Debug)]
pub(super) struct Kind {
    /// Its part of an address, never empty.
    pub slug: Box<str>,
    /// The newest objective of this type, whose spelling stands for all.
    pub newest: ObjectiveId,
}

/// No list is empty.
#[derive(Debug)]
pub(super) struct Lists {
    /// By year and facet.
    pub lists: BTreeMap<(i16, Facet), Vec<ObjectiveId>>,
    /// By slug.
    pub kinds: Vec<Kind>,
    /// The type of each objective.
    pub kind_of: Vec<Option<ObjectiveType>>,
    /// The types that have no list.
    pub problems: Report,
}

impl Lists {
    pub(super) fn of(catalogue: &Catalogue, judgements: &[Arc<Judgement>]) -> Self {
        let mut problems = Report::default();
        let (kinds, kind_of) = kinds(catalogue, &mut problems);
        let mut lists: BTreeMap<(i16, Facet), Vec<ObjectiveId>> = BTreeMap::new();
        for id in catalogue.objective_ids() {
            let objective = &catalogue[id];
            let state = Facet::State(judgements[id.index()].state);
            let units = catalogue.chain(objective.unit).map(Facet::Unit);
            let kind = kind_of[id.index()].map(Facet::Kind);
            for facet in units.chain([state]).chain(kind) {
                lists.entry((objective.year, facet)).or_default().push(id);
            }
        }
        Self { lists, kinds, kind_of, problems }
    }
}

/// Whether what [`Lists::of`] asks of records is the same in two catalogues.
pub(super) fn are_lists_same(before: &Catalogue, now: &Catalogue) -> bool {
    are_alike(&before.units, &now.units, |_, _| false)
        && are_alike(&before.objectives, &now.objectives, |a, b| {
            (a.year, a.unit, a.kind.as_ref(), a.origin.file) == (b.year, b.unit, b.kind.as_ref(), b.origin.file)
        })
}

/// Whether what [`Below::of`] asks of records is the same in two catalogues.
pub(super) fn are_below_same(before: &Catalogue, now: &Catalogue) -> bool {
    are_alike(&before.units, &now.units, |_, _| false)
        && are_alike(&before.nodes, &now.nodes, |_, _| false)
        && are_alike(&before.objectives, &now.objectives, |a, b| (a.unit, &a.plan) == (b.unit, &b.plan))
        && are_alike(&before.projects, &now.projects, |a, b| (a.unit, &a.plan) == (b.unit, &b.plan))
}

/// The objectives and projects of each unit and plan node, and of all below it, in the catalogue's order.
#[derive(Debug)]
pub(super) struct Descendants {
    pub(super) unit_objectives: Vec<Vec<ObjectiveId>>,
    pub(super) unit_projects: Vec<Vec<ProjectId>>,
    pub(super) node_objectives: Vec<Vec<ObjectiveId>>,
    pub(super) node_projects: Vec<Vec<ProjectId>>,
}

impl Descendants {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut below = Self {
            unit_objectives: vec![Vec::new(); catalogue.units.len()],
            unit_projects: vec![Vec::new(); catalogue.units.len()],
            node_objectives: vec![Vec::new(); catalogue.nodes.len()],
            node_projects: vec![Vec::new(); catalogue.nodes.len()],
        };
        for id in catalogue.objective_ids() {
            let objective = &catalogue[id];
            for unit in catalogue.chain(objective.unit) {
                below.unit_objectives[unit.index()].push(id);
            }
            for node in above(catalogue, &objective.plan) {
                below.node_objectives[node.index()].push(id);
            }
        }
        for id in catalogue.project_ids() {
            let project = &catalogue[id];
            for unit in catalogue.chain(project.unit) {
                below.unit_projects[unit.index()].push(id);
            }
            for node in above(catalogue, &project.plan) {
                below.node_projects[node.index()].push(id);
            }
        }
        below
    }
}

/// The nodes and all nodes above them, each once.
fn above(catalogue: &Catalogue, nodes: &[NodeId]) -> Vec<NodeId> {
    let mut all: Vec<NodeId> = nodes.iter().flat_map(|node| catalogue.node_chain(*node)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The types by slug, and that of each objective. Of types that aren't written alike and would have the same slug only the
/// first has lists: one page under the name of both would be false.
fn kinds(catalogue: &Catalogue, problems: &mut Report) -> (Vec<Kind>, Vec<Option<ObjectiveType>>) {
    let mut slugs: HashMap<&str, Option<Box<str>>> = HashMap::new();
    let mut types: BTreeMap<Box<str>, (&str, ObjectiveId)> = BTreeMap::new();
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        let Some(written) = objective.kind.as_deref() else { continue };
        let slug = slugs.entry(written).or_insert_with(|| {
            let slug: Box<str> = slug(written).into();
            let problem = |code| {
                Diagnostic::new(code, objective.origin.file, KeyPath::of("type")).with("written", shortened(written))
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
            types.entry(slug.clone()).or_insert((written, id)).1 = id;
        }
    }
    let kinds: Vec<Kind> = types.into_iter().map(|(slug, (_, newest))| Kind { slug, newest }).collect();
    let place = |slug: &str| kinds.binary_search_by(|kind| (*kind.slug).cmp(slug)).ok();
    let known: HashMap<&str, ObjectiveType> = (slugs.iter())
        .filter_map(|(written, slug)| Some((*written, ObjectiveType(u32::try_from(place(slug.as_deref()?)?).ok()?))))
        .collect();
    let of = |id: ObjectiveId| known.get(catalogue[id].kind.as_deref()?).copied();
    let kind_of = catalogue.objective_ids().map(of).collect();
    (kinds, kind_of)
}
