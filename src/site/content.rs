//! Content of a site as pages and exports ask for it. Each answer is traced.

use super::budget::Budget;
use super::glossary::Glossary;
use super::graph::Site;
use super::judgement::Judgement;
use super::lists::{Facet, ObjectiveTypeId};
use crate::catalogue::{CONTINUED, NodeId, ObjectiveId, ProjectId, UnitId, UpdateId};
use crate::incremental::query::{self, Query};
use crate::model::{IndicatorState, Lang, ObjectiveState, StateCounts};

impl Site {
    /// Judgement of an objective on the day of the build.
    pub(crate) fn judgement(&self, objective: ObjectiveId) -> &Judgement {
        query::trace(Query::Judgement(objective.into()));
        &self.judgements[objective.index()]
    }

    /// The state of an objective and the number of its indicators in each state, as in its [judgement](Self::judgement).
    pub(crate) fn state(&self, objective: ObjectiveId) -> (ObjectiveState, &StateCounts<IndicatorState>) {
        query::trace(Query::State(objective.into()));
        let Judgement { state, counts, .. } = &*self.judgements[objective.index()];
        (*state, counts)
    }

    /// The state of each expected result of a project, in their order.
    pub(crate) fn results(&self, project: ProjectId) -> &[IndicatorState] {
        query::trace(Query::Results(project.into()));
        &self.results[project.index()]
    }

    /// The years that have objectives, newest first.
    pub(crate) fn years(&self) -> impl Iterator<Item = i16> + '_ {
        query::trace(Query::Years);
        self.years.keys().rev().copied()
    }

    /// The objectives of a year, in the catalogue's order.
    pub(crate) fn objectives_of_year(&self, year: i16) -> &[ObjectiveId] {
        query::trace(Query::Year(year));
        self.years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The ready-made lists of a year, each with its objectives in the catalogue's order.
    pub(crate) fn lists(&self, year: i16) -> impl Iterator<Item = (Facet, &[ObjectiveId])> {
        query::trace(Query::Lists(year));
        let from = self.lists.lists.range((year, Facet::State(ObjectiveState::ALL[0]))..);
        from.take_while(move |((of, _), _)| *of == year)
            .map(|((_, facet), ids)| (*facet, ids.as_slice()))
    }

    /// The objectives of a ready-made list, in the catalogue's order; empty if there is no such list.
    pub(crate) fn list(&self, year: i16, facet: Facet) -> &[ObjectiveId] {
        query::trace(Query::Lists(year));
        self.lists.lists.get(&(year, facet)).map_or(&[], Vec::as_slice)
    }

    /// The type of an objective, if its sheet names one.
    pub(crate) fn kind_of(&self, objective: ObjectiveId) -> Option<ObjectiveTypeId> {
        query::trace(Query::Types);
        self.lists.types.of_objectives[objective.index()]
    }

    /// An objective whose words for its type stand for all that are written alike.
    pub(crate) fn named_by(&self, kind: ObjectiveTypeId) -> ObjectiveId {
        query::trace(Query::Types);
        self.lists.types.newest[kind.index()]
    }

    /// The years in which projects begin, newest first; empty if one page can list all projects.
    pub(crate) fn years_of_projects(&self) -> impl Iterator<Item = i16> + '_ {
        query::trace(Query::ProjectYears);
        self.project_years.keys().rev().copied()
    }

    /// The projects that begin in one of those years.
    pub(crate) fn projects_of_year(&self, year: i16) -> &[ProjectId] {
        query::trace(Query::ProjectYears);
        self.project_years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The years that have updates, newest first.
    pub(crate) fn years_of_updates(&self) -> impl Iterator<Item = i16> + '_ {
        query::trace(Query::UpdateYears);
        self.update_years.keys().rev().copied()
    }

    /// The updates of a year, newest first.
    pub(crate) fn updates_of_year(&self, year: i16) -> &[UpdateId] {
        query::trace(Query::UpdateYears);
        self.update_years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The objectives of a unit and of all units in it, by year and code.
    pub(crate) fn objectives_of_unit(&self, unit: UnitId) -> &[ObjectiveId] {
        query::trace(Query::ObjectivesBelow(unit.into()));
        &self.below.unit_objectives[unit.index()]
    }

    /// The projects of a unit and of all units in it.
    pub(crate) fn projects_of_unit(&self, unit: UnitId) -> &[ProjectId] {
        query::trace(Query::ProjectsBelow(unit.into()));
        &self.below.unit_projects[unit.index()]
    }

    /// The objectives that carry out a plan node or one below it, by year and code.
    pub(crate) fn objectives_of_node(&self, node: NodeId) -> &[ObjectiveId] {
        query::trace(Query::ObjectivesBelow(node.into()));
        &self.below.node_objectives[node.index()]
    }

    /// The projects that carry out a plan node or one below it.
    pub(crate) fn projects_of_node(&self, node: NodeId) -> &[ProjectId] {
        query::trace(Query::ProjectsBelow(node.into()));
        &self.below.node_projects[node.index()]
    }

    /// Planned costs of the projects that carry out a plan node or one below it.
    pub(crate) fn budget_of_node(&self, node: NodeId) -> Option<Budget> {
        query::trace(Query::ProjectsBelow(node.into()));
        self.node_budgets[node.index()]
    }

    /// Planned costs of projects together.
    pub(crate) fn budget(&self, projects: &[ProjectId]) -> Option<Budget> {
        Budget::of(&self.catalogue, projects)
    }

    /// Number of the objectives in each state.
    pub(crate) fn counts(&self, objectives: &[ObjectiveId]) -> StateCounts<ObjectiveState> {
        objectives.iter().map(|id| self.state(*id).0).collect()
    }

    /// Every objective of the series that an objective is part of (what it goes on with, and what goes on with it),
    /// oldest first, itself among them: at most [`CONTINUED`], the nearest ones.
    pub(crate) fn continuation(&self, objective: ObjectiveId) -> Vec<ObjectiveId> {
        let mut found = vec![objective];
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            next += 1;
            let here = &self.catalogue[id];
            for other in here.continues.iter().chain(&here.continued_by).take(CONTINUED) {
                if found.len() < CONTINUED && !found.contains(other) {
                    found.push(*other);
                }
            }
        }
        found.sort_by_key(|id| (self.catalogue[*id].year, *id));
        found
    }

    /// The words that the site explains to readers of a language. Returns `None` if the site isn't in that language.
    pub(crate) fn glossary(&self, lang: Lang) -> Option<&Glossary> {
        query::trace(Query::Glossary);
        self.glossaries.iter().find(|(known, _)| *known == lang).map(|(_, glossary)| glossary)
    }

    /// The administrations, in the order of the file.
    pub(crate) fn administrations(&self) -> &[UnitId] {
        query::trace(Query::Administrations);
        &self.administrations
    }

    /// The administration that publishes the site, if it is one of them.
    pub(crate) fn publisher(&self) -> Option<UnitId> {
        query::trace(Query::Administrations);
        self.publisher
    }
}
