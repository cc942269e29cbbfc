//! Input of addresses of pages and targets of links.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::lists::{Facet, Lists};
use super::route::Route;
use crate::catalogue::{self, Catalogue, Objective, Plan, PlanNode, Project, Series, UnitId, Update};
use crate::model::{Attachment, FileId, Lang, Origin};

/// Input of a [`Directory`](super::directory::Directory): the names of all records, and the pages that have no record.
#[derive(Debug, PartialEq)]
pub(super) struct DirectoryInput {
    pub(super) languages: Vec<Lang>,
    pub(super) units: Vec<NamedRecord>,
    pub(super) plans: Vec<NamedRecord>,
    pub(super) nodes: Vec<NamedRecord>,
    pub(super) objectives: Vec<NamedRecord>,
    pub(super) projects: Vec<NamedRecord>,
    pub(super) updates: Vec<NamedRecord>,
    pub(super) series: Vec<NamedRecord>,
    pub(super) pages: Vec<NamedRecord>,
    /// Codes and paths of records that aren't part of the site yet.
    pub(super) excluded: Vec<Box<str>>,
    /// Paths of files that can't be published.
    pub(super) unpublished: Vec<Box<str>>,
    pub(super) lists: Vec<(i16, Facet)>,
    /// Parts of addresses for the types that lists are of.
    pub(super) types: Vec<Box<str>>,
    pub(super) project_years: Vec<i16>,
    pub(super) update_years: Vec<i16>,
    /// Pages of the list from A to Z.
    pub(super) letters: Vec<Route>,
}

/// Input of the address of a record and of the links to it.
#[derive(Debug, PartialEq)]
pub(super) struct NamedRecord {
    /// The id, code or slug of which its address is made, as the editor wrote it.
    pub(super) name: String,
    /// The code of a project, by which links name it too.
    pub(super) code: Option<String>,
    pub(super) parent: Parent,
    pub(super) administration: Option<UnitId>,
    pub(super) path: Arc<str>,
    pub(super) file: FileId,
    /// Place of a unit or node in its file; of a series, place of its first indicator.
    pub(super) item: usize,
    pub(super) attachments: Vec<Attachment>,
}

/// Folder above the address of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Parent {
    /// The folder of its kind.
    Kind,
    /// A year.
    Year(i16),
    /// The page of another record: the project of an update, the plan of a node. By its place.
    Record(usize),
}

impl NamedRecord {
    fn new(name: &str, origin: &Origin) -> Self {
        Self {
            name: name.to_owned(),
            code: None,
            parent: Parent::Kind,
            administration: None,
            path: origin.path.clone(),
            file: origin.file,
            item: origin.item,
            attachments: Vec::new(),
        }
    }
}

impl DirectoryInput {
    pub(super) fn of(
        catalogue: &Catalogue,
        languages: &[Lang],
        lists: &Lists,
        project_years: impl Iterator<Item = i16>,
        letters: Vec<Route>,
    ) -> Self {
        let update_years: BTreeSet<i16> = catalogue.updates.iter().map(|update| update.date.year()).collect();
        Self {
            languages: languages.to_vec(),
            units: catalogue.units.iter().map(|unit| NamedRecord::new(&unit.id, &unit.origin)).collect(),
            plans: plans(catalogue),
            nodes: nodes(catalogue),
            objectives: objectives(catalogue),
            projects: projects(catalogue),
            updates: updates(catalogue),
            series: series(catalogue),
            pages: pages(catalogue),
            excluded: catalogue.excluded.clone(),
            unpublished: catalogue.unpublished.clone(),
            lists: lists.lists.keys().copied().collect(),
            types: lists.types.slugs.clone(),
            project_years: project_years.collect(),
            update_years: update_years.into_iter().collect(),
            letters,
        }
    }
}

fn plans(catalogue: &Catalogue) -> Vec<NamedRecord> {
    let named = |plan: &Arc<Plan>| NamedRecord {
        administration: Some(plan.administration),
        ..NamedRecord::new(&plan.slug, &plan.origin)
    };
    catalogue.plans.iter().map(named).collect()
}

fn nodes(catalogue: &Catalogue) -> Vec<NamedRecord> {
    let named = |node: &Arc<PlanNode>| NamedRecord {
        parent: Parent::Record(node.plan.index()),
        ..NamedRecord::new(&node.code, &node.origin)
    };
    catalogue.nodes.iter().map(named).collect()
}

fn objectives(catalogue: &Catalogue) -> Vec<NamedRecord> {
    let named = |objective: &Arc<Objective>| NamedRecord {
        parent: Parent::Year(objective.year),
        administration: Some(catalogue.administration(objective.unit)),
        attachments: objective.attachments.clone(),
        ..NamedRecord::new(&objective.code, &objective.origin)
    };
    catalogue.objectives.iter().map(named).collect()
}

fn projects(catalogue: &Catalogue) -> Vec<NamedRecord> {
    let named = |project: &Arc<Project>| NamedRecord {
        code: project.code.clone(),
        administration: Some(catalogue.administration(project.unit)),
        attachments: project.attachments.clone(),
        ..NamedRecord::new(&project.slug, &project.origin)
    };
    catalogue.projects.iter().map(named).collect()
}

fn updates(catalogue: &Catalogue) -> Vec<NamedRecord> {
    let named = |update: &Arc<Update>| NamedRecord {
        parent: Parent::Record(update.project.index()),
        ..NamedRecord::new(&update.slug, &update.origin)
    };
    catalogue.updates.iter().map(named).collect()
}

fn series(catalogue: &Catalogue) -> Vec<NamedRecord> {
    let named = |series: &Series| {
        let first = series.points.first()?;
        Some(NamedRecord {
            administration: Some(series.administration),
            item: first.indicator,
            ..NamedRecord::new(&series.slug, &catalogue.objectives[first.objective.index()].origin)
        })
    };
    catalogue.series.iter().filter_map(named).collect()
}

fn pages(catalogue: &Catalogue) -> Vec<NamedRecord> {
    let named = |page: &Arc<catalogue::Page>| NamedRecord {
        attachments: page.attachments.clone(),
        ..NamedRecord::new(&page.slug, &page.origin)
    };
    catalogue.pages.iter().map(named).collect()
}
