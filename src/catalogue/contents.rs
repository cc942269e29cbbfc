//! The catalogue: all records, by their names.

use std::ops::Index;
use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Milestone, NodeId, Objective, ObjectiveId, Page, PageId, Plan, PlanId, PlanNode, Project, ProjectId, Series,
    SeriesId, Unit, UnitId, Update, UpdateId,
};
use crate::incremental::query::{self, Query, RecordKind};
use crate::model::{Amount, Health, Lifecycle, Percent, Person, Translated, Written};

/// The whole checked content. Every id in it names a record of the same catalogue, so nothing dangles.
///
/// Records stand in the order of their files' paths, which is the same on every machine. A copy shares them, as two catalogues
/// of one site do those that are the same in both.
///
/// Pages and exports ask for records by their ids, which traces a [`Query`]. A list that they took would be traced by nothing,
/// and they would be stale; `tests/suite/architecture.rs` finds such a one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalogue {
    /// The organisation.
    pub(crate) units: Vec<Arc<Unit>>,
    /// The plans.
    pub(crate) plans: Vec<Arc<Plan>>,
    /// The nodes of all plans.
    pub(crate) nodes: Vec<Arc<PlanNode>>,
    /// The objectives of all years, by year and code.
    pub(crate) objectives: Vec<Arc<Objective>>,
    /// The projects, by slug.
    pub(crate) projects: Vec<Arc<Project>>,
    /// The updates of all projects whose day has come, newest first: of one project and day the last by file name comes first.
    pub(crate) updates: Vec<Arc<Update>>,
    /// The updates whose day hasn't come, which are published on none of the pages.
    pub(crate) ahead: Vec<Arc<Update>>,
    /// The indicators that go on over years.
    pub(crate) series: Vec<Series>,
    /// Free pages, by slug.
    pub(crate) pages: Vec<Arc<Page>>,
    /// By which names texts may link to drafts that are left out, and to the files beside them: their codes and their paths
    /// below the site's root.
    pub(crate) excluded: Vec<Box<str>>,
    /// The paths below the site's root of files that no record can publish, each of which has a problem of its own.
    pub(crate) unpublished: Vec<Box<str>>,
}

/// The fields of an objective that lists show, beside its state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListedObjective<'a> {
    /// The code on the sheet.
    pub(crate) code: &'a str,
    /// The year that it is promised for.
    pub(crate) year: i16,
    /// The official title.
    pub(crate) title: &'a Translated<String>,
    /// The unit that answers for it.
    pub(crate) unit: UnitId,
    /// The plan nodes that it carries out.
    pub(crate) plan: &'a [NodeId],
    /// The day on which it is to be done.
    pub(crate) end: Date,
}

/// A project's values of today: the newest update that carries one sets it, else the project's own file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Current<'a> {
    /// Lifecycle; none if nobody stated it.
    pub(crate) lifecycle: Option<Lifecycle>,
    /// Health; none if nobody stated it.
    pub(crate) health: Option<Health>,
    /// Share that is done.
    pub(crate) progress: Option<&'a Written<Option<Percent>>>,
    /// Money spent.
    pub(crate) spent: Option<&'a Written<Option<Amount>>>,
}

macro_rules! records {
    ($($id:ident: $record:ident in $field:ident, $kind:ident by $ids:ident;)*) => {
        $(
            impl Index<$id> for Catalogue {
                type Output = $record;

                fn index(&self, id: $id) -> &$record {
                    query::trace(Query::Whole(id.into()));
                    &self.$field[id.index()]
                }
            }
        )*

        impl Catalogue {$(
            #[doc = concat!("Every one of the [`", stringify!($field), "`](Self::", stringify!($field), ").")]
            pub(crate) fn $ids(&self) -> impl Iterator<Item = $id> + use<> {
                query::trace(Query::All(RecordKind::$kind));
                (0..self.$field.len()).map($id::at)
            }
        )*}
    };
}

records! {
    UnitId: Unit in units, Unit by unit_ids;
    PlanId: Plan in plans, Plan by plan_ids;
    NodeId: PlanNode in nodes, Node by node_ids;
    ObjectiveId: Objective in objectives, Objective by objective_ids;
    ProjectId: Project in projects, Project by project_ids;
    UpdateId: Update in updates, Update by update_ids;
    SeriesId: Series in series, Series by series_ids;
    PageId: Page in pages, Page by page_ids;
}

impl Catalogue {
    /// The fields of an objective that lists show.
    pub(crate) fn listed(&self, id: ObjectiveId) -> ListedObjective<'_> {
        query::trace(Query::Listed(id.into()));
        let objective: &Objective = &self.objectives[id.index()];
        let end = objective.planned_end().unwrap_or_else(|| objective.last_day());
        ListedObjective {
            code: &objective.code,
            year: objective.year,
            title: &objective.title,
            unit: objective.unit,
            plan: &objective.plan,
            end,
        }
    }

    /// The administration that a unit belongs to.
    pub(crate) fn administration(&self, unit: UnitId) -> UnitId {
        self[unit].root
    }

    /// A unit and the units above it, the unit first, its administration last.
    pub(crate) fn chain(&self, unit: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::successors(Some(unit), |id| self[*id].parent)
    }

    /// The unit right below `above` that a unit of it belongs to; `above` itself for its own.
    pub(crate) fn branch(&self, unit: UnitId, above: UnitId) -> UnitId {
        self.chain(unit).take_while(|id| *id != above).last().unwrap_or(above)
    }

    /// The directorate of a unit: what is right below its administration, or that itself.
    pub(crate) fn directorate(&self, unit: UnitId) -> UnitId {
        self.branch(unit, self.administration(unit))
    }

    /// True if a person heads, or headed, a unit or one above it: whom the law wants named (D.Lgs. 33/2013 art. 14).
    pub(crate) fn is_head(&self, person: &Person, unit: UnitId) -> bool {
        self.chain(unit).any(|unit| self[unit].heads.has(person))
    }

    /// A plan node and the nodes above it, the node first.
    pub(crate) fn node_chain(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(node), |id| self[*id].parent)
    }

    /// The values of a project today, by its own file and its updates.
    pub(crate) fn current(&self, project: ProjectId) -> Current<'_> {
        let project = &self[project];
        let mut now = Current { lifecycle: None, health: None, progress: None, spent: None };
        for update in project.updates.iter().map(|id| &self[*id]) {
            now.lifecycle = now.lifecycle.or(update.lifecycle);
            now.health = now.health.or(update.health);
            now.progress = now.progress.or(update.progress.as_ref());
            now.spent = now.spent.or(update.spent.as_ref());
        }
        now.lifecycle = now.lifecycle.or(project.lifecycle);
        now.health = now.health.or(project.health);
        now.spent = now.spent.or(project.spent.as_ref());
        now
    }

    /// True if a project was called off: it will cost no more, so no sum counts it.
    pub(crate) fn is_cancelled(&self, project: ProjectId) -> bool {
        self.current(project).lifecycle == Some(Lifecycle::Cancelled)
    }

    /// The day on which an update says that a project is done; none where the newest word on it is another.
    pub(crate) fn completed_on(&self, project: ProjectId) -> Option<Date> {
        let updates = self[project].updates.iter().map(|id| &self[*id]);
        let says = updates
            .filter(|update| update.lifecycle == Some(Lifecycle::Completed))
            .map(|update| update.date);
        says.min().filter(|_| self.current(project).lifecycle == Some(Lifecycle::Completed))
    }

    /// The milestone of its project that is met on the day of an update.
    pub(crate) fn met(&self, update: &Update) -> Option<&Milestone> {
        self[update.project].milestones.get(update.milestone?)
    }
}
