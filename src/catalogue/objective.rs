//! An objective of one year, with its phases (IATI results, SDMX).

use jiff::civil::Date;

use super::{Document, Indicator, NodeId, ObjectiveId, ProjectId, UnitId};
use crate::model::{Attachment, Body, EdtfDate, Origin, PhaseFacts, PhaseState, Translation, Written};
use crate::parse::{ObjectiveFields, PhaseFields};
use crate::work;

/// Promise of an office for one year. Every reference exists; `continues` never leads back to itself.
#[derive(Clone, Debug)]
pub(crate) struct Objective {
    pub(crate) fields: ObjectiveFields,
    /// The code on the sheet, unique in its administration.
    pub(crate) code: String,
    /// The year that it is promised for.
    pub(crate) year: i16,
    /// The unit that answers for it.
    pub(crate) unit: UnitId,
    /// The plan nodes that it carries out.
    pub(crate) plan: Vec<NodeId>,
    /// The official description.
    pub(crate) body: Body,
    /// The steps.
    pub(crate) phases: Vec<Phase>,
    /// Indicators, each with its target.
    pub(crate) indicators: Vec<Indicator>,
    /// The objectives of earlier years that this one goes on with.
    pub(crate) continues: Vec<ObjectiveId>,
    /// The objectives of later years that go on with this one.
    pub(crate) continued_by: Vec<ObjectiveId>,
    /// The projects that serve it.
    pub(crate) projects: Vec<ProjectId>,
    /// Documents that belong to it.
    pub(crate) documents: Vec<Document>,
    /// Files beside it.
    pub(crate) attachments: Vec<Attachment>,
    /// The files that give its words in other languages.
    pub(crate) translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

/// Limit of the objectives that go on with each other on one page. Hardly any work has a sheet in more years.
pub(crate) const CONTINUED: usize = 100;

impl Objective {
    /// The first day of its time: the earliest start of a phase, but never after 1 January of its year.
    pub(crate) fn first_day(&self) -> Date {
        work::count(self.phases.len());
        let new_year = Date::new(self.year, 1, 1).unwrap_or(Date::MIN);
        self.phases
            .iter()
            .filter_map(|phase| phase.start.as_ref()?.read()?.earliest())
            .fold(new_year, Date::min)
    }

    /// The last day of its time: 31 December of its year, or the last possible day of a phase that goes on longer.
    pub(crate) fn last_day(&self) -> Date {
        work::count(self.phases.len());
        let new_years_eve = Date::new(self.year, 12, 31).unwrap_or(Date::MAX);
        self.phases
            .iter()
            .filter_map(|phase| phase.end.as_ref()?.read()?.latest())
            .fold(new_years_eve, Date::max)
    }

    /// The last possible day of its last phase; none if no phase has an end.
    pub(crate) fn planned_end(&self) -> Option<Date> {
        self.phases.iter().filter_map(|phase| phase.end.as_ref()?.read()?.latest()).max()
    }
}

/// One step of an objective. Its end isn't before its start.
#[derive(Clone, Debug)]
pub(crate) struct Phase {
    pub(crate) fields: PhaseFields,
    /// The places, from 0, of the phases of its objective that must end before it begins; its own isn't among them.
    pub(crate) after: Vec<usize>,
    /// Unit that carries it out.
    pub(crate) centre: Option<Centre>,
}

sheet_and_ties! {
    Objective.fields: ObjectiveFields;
    Phase.fields: PhaseFields;
}

/// The unit that carries a phase out.
#[derive(Clone, Debug)]
pub(crate) struct Centre {
    /// The unit.
    pub(crate) unit: UnitId,
    /// Name as the sheet writes it, where that isn't the unit's name or id.
    pub(crate) written: Option<String>,
}

impl Phase {
    /// State by the published facts on the day `as_of`. A phase without dates has those of its objective: its
    /// first and its last day. Words that
    /// can't be read leave its state open, unless another fact shows that it is done.
    pub(crate) fn state(&self, objective: (Date, Date), as_of: Date) -> PhaseState {
        let latest = |date: &Option<Written<Option<EdtfDate>>>| date.as_ref()?.read()?.latest();
        let facts = PhaseFacts {
            first_day: self.start.as_ref().and_then(|start| start.read()?.earliest()).or(Some(objective.0)),
            last_day: latest(&self.end).or(Some(objective.1)),
            began: latest(&self.actual_start),
            ended: latest(&self.actual_end),
            progress: self.progress.as_ref().and_then(|progress| progress.read().copied()),
        };
        match PhaseState::computed(&facts, as_of) {
            PhaseState::Completed => PhaseState::Completed,
            _ if self.has_unread_outcome() => PhaseState::NoData,
            state => state,
        }
    }

    /// True if the published outcome can't be read.
    pub(crate) fn has_unread_outcome(&self) -> bool {
        let dates = [&self.actual_start, &self.actual_end];
        dates.into_iter().flatten().any(|date| date.read().is_none())
            || self.progress.as_ref().is_some_and(|progress| progress.read().is_none())
    }
}
