//! An objective of one year, with its phases and indicators (IATI results, SDMX).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Actual, Approval, Attachment, Body, Citation, Decimal, Direction, Document, EdtfDate, Extra, IndicatorState,
    Markdown, NodeId, ObjectiveId, ObjectiveState, Origin, Percent, Person, PhaseFacts, PhaseState, ProjectId, Reason,
    SeriesId, Target, Translated, Translation, UnitId, Verdict, Written,
};
use crate::work;

/// Promise of an office for one year. Every reference exists; `continues` never leads back to itself.
#[derive(Clone, Debug)]
pub struct Objective {
    /// The code on the sheet, unique in its administration.
    pub code: String,
    /// The year that it is promised for.
    pub year: i16,
    /// The official title.
    pub title: Translated<String>,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The sheet's classification, such as direzionale.
    pub classification: Translated<Option<String>>,
    /// The sheet's type, such as miglioramento.
    pub kind: Translated<Option<String>>,
    /// The plan nodes that it carries out.
    pub plan: Vec<NodeId>,
    /// An editor's plain words on what it is about.
    pub lead: Translated<Option<String>>,
    /// An editor's own words in place of the sentence made from data.
    pub summary: Translated<Option<String>>,
    /// The official description.
    pub body: Body,
    /// The steps.
    pub phases: Vec<Phase>,
    /// Indicators, each with its target.
    pub indicators: Vec<Indicator>,
    /// The objectives of earlier years that this one goes on with.
    pub continues: Vec<ObjectiveId>,
    /// The objectives of later years that go on with this one.
    pub continued_by: Vec<ObjectiveId>,
    /// The projects that serve it.
    pub projects: Vec<ProjectId>,
    /// The state that the office declares, shown before the computed one.
    pub declared: Option<ObjectiveState>,
    /// The act that approved it.
    pub approved_by: Option<Approval>,
    /// The final account, in Markdown.
    pub report: Translated<Option<Markdown>>,
    /// The document that the data come from.
    pub source: Option<Citation>,
    /// An editor's remark on the data.
    pub note: Translated<Option<String>>,
    /// Documents that belong to it.
    pub documents: Vec<Document>,
    /// Files beside it.
    pub attachments: Vec<Attachment>,
    /// Old addresses of its page.
    pub aliases: Vec<String>,
    /// True if it is published only with `--drafts`.
    pub draft: bool,
    /// Free keys for themes.
    pub extra: Extra,
    /// The files that give its words in other languages.
    pub translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub origin: Origin,
}

/// Limit of the objectives that go on with each other on one page. Hardly any work has a sheet in more years.
pub const CONTINUED: usize = 100;

impl Objective {
    /// The first day of its time: the earliest start of a phase, but never after 1 January of its year.
    pub fn first_day(&self) -> Date {
        work::count(self.phases.len());
        let new_year = Date::new(self.year, 1, 1).unwrap_or(Date::MIN);
        self.phases
            .iter()
            .filter_map(|phase| phase.start.as_ref()?.read()?.earliest())
            .fold(new_year, Date::min)
    }

    /// The last day of its time: 31 December of its year, or the last possible day of a phase that goes on longer.
    pub fn last_day(&self) -> Date {
        work::count(self.phases.len());
        let new_years_eve = Date::new(self.year, 12, 31).unwrap_or(Date::MAX);
        self.phases
            .iter()
            .filter_map(|phase| phase.end.as_ref()?.read()?.latest())
            .fold(new_years_eve, Date::max)
    }

    /// The last possible day of its last phase; none if no phase has an end.
    pub fn planned_end(&self) -> Option<Date> {
        self.phases.iter().filter_map(|phase| phase.end.as_ref()?.read()?.latest()).max()
    }
}

/// One step of an objective. Its end isn't before its start.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Title: the work that is to be done.
    pub title: Translated<String>,
    /// Its share of the objective; blanks share what is left to 100.
    pub weight: Option<Written<Option<Percent>>>,
    /// The planned start.
    pub start: Option<Written<Option<EdtfDate>>>,
    /// The planned end.
    pub end: Option<Written<Option<EdtfDate>>>,
    /// First day of the work.
    pub actual_start: Option<Written<Option<EdtfDate>>>,
    /// Last day of the work.
    pub actual_end: Option<Written<Option<EdtfDate>>>,
    /// Share that is done, 0 to 100.
    pub progress: Option<Written<Option<Percent>>>,
    /// The places, from 0, of the phases of its objective that must end before it begins; its own isn't among them.
    pub after: Vec<usize>,
    /// Person who answers for it.
    pub responsible: Option<Person>,
    /// Unit that carries it out.
    pub centre: Option<Centre>,
    /// Remarks of the sheet.
    pub notes: Translated<Option<String>>,
}

/// The unit that carries a phase out.
#[derive(Clone, Debug)]
pub struct Centre {
    /// The unit.
    pub unit: UnitId,
    /// Its name as the sheet writes it, where that isn't the unit's name or id.
    pub written: Option<String>,
}

/// One thing that is measured, with what was promised and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Indicator {
    /// Title: the thing that is measured, in the office's words.
    pub title: Translated<String>,
    /// The office's own word for its type: risultato, performance, output.
    pub kind: Translated<Option<String>>,
    /// The unit of measure.
    pub unit_of_measure: Translated<Option<String>>,
    /// Promised value; its words are empty if nothing was promised.
    pub target: Written<Target>,
    /// Published outcome; none if nothing is published.
    pub actual: Option<Written<Actual>>,
    /// Better direction, if the office states one.
    pub direction: Option<Direction>,
    /// Value before the promise.
    pub baseline: Option<Written<Actual>>,
    /// Series of the same indicator over the years; a name on its sheet, which isn't kept here.
    #[serde(skip)]
    pub series: Option<SeriesId>,
    /// Values of parts of the time.
    pub periods: Vec<Period>,
    /// Definition of the thing that is counted.
    pub definition: Translated<Option<String>>,
    /// Source of the figures.
    pub source: Translated<Option<String>>,
    /// The office's remark on the outcome.
    pub comment: Translated<Option<String>>,
    /// Evidence of the outcome: a web address or a file beside the record.
    pub evidence: Option<String>,
    /// The state that the office declares, shown beside the computed one.
    pub declared: Option<IndicatorState>,
}

/// A value of an indicator for a part of its time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Period {
    /// The part of the time.
    pub period: Written<Option<EdtfDate>>,
    /// Promised value.
    pub target: Written<Target>,
    /// Published outcome.
    pub actual: Option<Written<Actual>>,
    /// The office's remark.
    pub comment: Option<String>,
    /// Evidence of the outcome.
    pub evidence: Option<String>,
}

impl Phase {
    /// State by the published facts on the day `as_of`. A phase without dates has those of its objective: its
    /// first and its last day. Words that
    /// can't be read leave its state open, unless another fact shows that it is done.
    pub fn state(&self, objective: (Date, Date), as_of: Date) -> PhaseState {
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
    pub fn has_unread_outcome(&self) -> bool {
        let dates = [&self.actual_start, &self.actual_end];
        dates.into_iter().flatten().any(|date| date.read().is_none())
            || self.progress.as_ref().is_some_and(|progress| progress.read().is_none())
    }
}

impl Indicator {
    /// State by the published figures on the day `as_of`, if its record's time ends on `last_day` (none: never).
    pub fn computed(&self, last_day: Option<Date>, as_of: Date) -> IndicatorState {
        let actual = self.actual.as_ref().map(Written::value);
        let baseline = self.baseline.as_ref().map(Written::value);
        IndicatorState::computed(self.target.value(), actual, baseline, last_day, as_of)
    }

    /// Verdict of the figures on the outcome, whatever its time; none if nothing is published.
    pub fn verdict(&self) -> Option<Verdict> {
        let actual = self.actual.as_ref()?.value();
        let baseline = self.baseline.as_ref().map(Written::value);
        (!actual.is_none()).then(|| self.target.value().judge(actual, baseline))
    }

    /// Progress of the outcome from the baseline to the target; none if there is no such way.
    pub fn progress(&self) -> Option<Decimal> {
        let baseline = self.baseline.as_ref().map(Written::value);
        self.target.value().progress(self.actual.as_ref()?.value(), baseline)
    }

    /// Reason for which the figures can't decide on a target and a published outcome.
    pub fn reason(&self) -> Option<Reason> {
        match self.verdict()? {
            Verdict::NotEvaluable(reason) => Some(reason).filter(|reason| *reason != Reason::NoTarget),
            Verdict::Met | Verdict::NotMet => None,
        }
    }
}
