//! Everything that is published, with every reference resolved.

use std::ops::Index;
use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Current, Lifecycle, Milestone, Objective, Page, Person, Plan, PlanNode, Project, Translated, Unit, Update,
};
use crate::incremental::query::{self, Query, RecordId, RecordKind};

/// The whole checked content. Every id in it names a record of the same catalogue, so nothing dangles.
///
/// Records stand in the order of their files' paths, which is the same on every machine. A copy shares them, as two catalogues
/// of one site do those that are the same in both.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The organisation.
    pub units: Vec<Arc<Unit>>,
    /// The plans.
    pub plans: Vec<Arc<Plan>>,
    /// The nodes of all plans.
    pub nodes: Vec<Arc<PlanNode>>,
    /// The objectives of all years, by year and code.
    pub objectives: Vec<Arc<Objective>>,
    /// The projects, by slug.
    pub projects: Vec<Arc<Project>>,
    /// The updates of all projects whose day has come, newest first: of one project and day the last by file name comes first.
    pub updates: Vec<Arc<Update>>,
    /// The updates whose day hasn't come, which are published on none of the pages.
    pub ahead: Vec<Arc<Update>>,
    /// The indicators that go on over years.
    pub series: Vec<Series>,
    /// Free pages, by slug.
    pub pages: Vec<Arc<Page>>,
    /// By which names texts may link to drafts that are left out, and to the files beside them: their codes and their paths
    /// below the site's root.
    pub excluded: Vec<Box<str>>,
    /// The paths below the site's root of files that no record can publish, each of which has a problem of its own.
    pub unpublished: Vec<Box<str>>,
}

/// One indicator over the years: the indicators that carry the same series in one administration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The name that the indicators share.
    pub slug: String,
    /// The administration.
    pub administration: UnitId,
    /// Its indicators, oldest year first.
    pub points: Vec<SeriesPoint>,
}

/// One indicator of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesPoint {
    /// The objective.
    pub objective: ObjectiveId,
    /// The indicator's place in the objective, from 0.
    pub indicator: usize,
}

/// The fields of an objective that lists show, beside its state.
#[derive(Clone, Copy, Debug)]
pub struct ListedObjective<'a> {
    /// The code on the sheet.
    pub code: &'a str,
    /// The year that it is promised for.
    pub year: i16,
    /// The official title.
    pub title: &'a Translated<String>,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The plan nodes that it carries out.
    pub plan: &'a [NodeId],
    /// The day on which it is to be done.
    pub end: Date,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident: $record:ident in $field:ident, $kind:ident by $ids:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(pub u32);

        impl $id {
            /// The record at a place in the catalogue's list; a list longer than 2³² has no names for its end.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The place in the catalogue's list, from 0.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<$id> for RecordId {
            fn from(id: $id) -> Self {
                Self(RecordKind::$kind, id.0)
            }
        }

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
            pub fn $ids(&self) -> impl Iterator<Item = $id> + use<> {
                query::trace(Query::All(RecordKind::$kind));
                (0..self.$field.len()).map($id::at)
            }
        )*}
    };
}

ids! {
    /// Names a unit of a catalogue.
    UnitId: Unit in units, Unit by unit_ids;
    /// Names a plan of a catalogue.
    PlanId: Plan in plans, Plan by plan_ids;
    /// Names a plan node of a catalogue.
    NodeId: PlanNode in nodes, Node by node_ids;
    /// Names an objective of a catalogue.
    ObjectiveId: Objective in objectives, Objective by objective_ids;
    /// Names a project of a catalogue.
    ProjectId: Project in projects, Project by project_ids;
    /// Names an update of a catalogue.
    UpdateId: Update in updates, Update by update_ids;
    /// Names a series of a catalogue.
    SeriesId: Series in series, Series by series_ids;
    /// Names a free page of a catalogue.
    PageId: Page in pages, Page by page_ids;
}

impl Catalogue {
    /// The fields of an objective that lists show.
    pub fn listed(&self, id: ObjectiveId) -> ListedObjective<'_> {
        query::trace(Query::Listed(id.into()));
        let objective: &Objective = &self.objectives[id.index()];
        let Objective { code, year, title, unit, plan, .. } = objective;
        let end = objective.planned_end().unwrap_or_else(|| objective.last_day());
        ListedObjective { code, year: *year, title, unit: *unit, plan, end }
    }

    /// The administration that a unit belongs to.
    pub fn administration(&self, unit: UnitId) -> UnitId {
        self[unit].root
    }

    /// A unit and the units above it, the unit first, its administration last.
    pub fn chain(&self, unit: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::successors(Some(unit), |id| self[*id].parent)
    }

    /// The unit right below `above` that a unit of it belongs to; `above` itself for its own.
    pub fn branch(&self, unit: UnitId, above: UnitId) -> UnitId {
        self.chain(unit).take_while(|id| *id != above).last().unwrap_or(above)
    }

    /// The directorate of a unit: what is right below its administration, or that itself.
    pub fn directorate(&self, unit: UnitId) -> UnitId {
        self.branch(unit, self.administration(unit))
    }

    /// True if a person heads, or headed, a unit or one above it: whom the law wants named (D.Lgs. 33/2013 art. 14).
    pub fn is_head(&self, person: &Person, unit: UnitId) -> bool {
        self.chain(unit).any(|unit| self[unit].heads.has(person))
    }

    /// A plan node and the nodes above it, the node first.
    pub fn node_chain(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(node), |id| self[*id].parent)
    }

    /// The values of a project today, by its own file and its updates.
    pub fn current(&self, project: ProjectId) -> Current<'_> {
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
    pub fn is_cancelled(&self, project: ProjectId) -> bool {
        self.current(project).lifecycle == Some(Lifecycle::Cancelled)
    }

    /// The day on which an update says that a project is done; none where the newest word on it is another.
    pub fn completed_on(&self, project: ProjectId) -> Option<Date> {
        let updates = self[project].updates.iter().map(|id| &self[*id]);
        let says = updates
            .filter(|update| update.lifecycle == Some(Lifecycle::Completed))
            .map(|update| update.date);
        says.min().filter(|_| self.current(project).lifecycle == Some(Lifecycle::Completed))
    }

    /// The milestone of its project that is met on the day of an update.
    pub fn met(&self, update: &Update) -> Option<&Milestone> {
        self[update.project].milestones.get(update.milestone?)
    }
}
