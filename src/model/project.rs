//! A project over years and its dated updates (OC4IDS, Project-AP_IT).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Amount, Attachment, Body, Cig, Citation, Cup, Document, EdtfDate, Extra, Health, Indicator, Lifecycle, NodeId,
    ObjectiveId, Origin, Percent, ProjectId, Translated, Translation, UnitId, UpdateId, Written,
};

/// Work over years, with its money and dates. Its end isn't before its start; every reference exists.
#[derive(Clone, Debug)]
pub struct Project {
    /// The name of its folder, by which its page is known.
    pub slug: String,
    /// The code, unique in its administration.
    pub code: Option<String>,
    /// The official title.
    pub title: Translated<String>,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The plan nodes that it carries out.
    pub plan: Vec<NodeId>,
    /// An editor's plain words on what it is about.
    pub lead: Translated<Option<String>>,
    /// An editor's own words in place of the sentence made from data.
    pub summary: Translated<Option<String>>,
    /// The official description.
    pub body: Body,
    /// The planned start.
    pub start: Option<Written<Option<EdtfDate>>>,
    /// The planned end.
    pub end: Option<Written<Option<EdtfDate>>>,
    /// Planned cost.
    pub amount: Option<Written<Option<Amount>>>,
    /// Payers, each with its amount.
    pub funding: Vec<Funding>,
    /// Money spent, by the project's own file.
    pub spent: Option<Written<Option<Amount>>>,
    /// Codes of the public investment (CUP).
    pub cup: Vec<Cup>,
    /// Codes of its tenders (CIG).
    pub cig: Vec<Cig>,
    /// Lifecycle, by the project's own file.
    pub lifecycle: Option<Lifecycle>,
    /// Health, by the project's own file.
    pub health: Option<Health>,
    /// Expected results.
    pub expected_results: Vec<Indicator>,
    /// Dated steps.
    pub milestones: Vec<Milestone>,
    /// Partners.
    pub partners: Vec<String>,
    /// Places.
    pub places: Vec<String>,
    /// The objectives that it serves.
    pub objectives: Vec<ObjectiveId>,
    /// Its updates, newest first: of one day the last by file name comes first.
    pub updates: Vec<UpdateId>,
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

impl Project {
    /// The first year in which it may begin, where its start is known.
    pub fn first_year(&self) -> Option<i16> {
        Some(self.start.as_ref()?.read()?.earliest()?.year())
    }
}

/// One payer of a project.
#[derive(Clone, Debug)]
pub struct Funding {
    /// Payer.
    pub name: String,
    /// Amount, if it is known.
    pub amount: Option<Written<Option<Amount>>>,
}

/// A dated step of a project.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Milestone {
    /// Title: the work that is to be done.
    pub title: Translated<String>,
    /// By when.
    pub due: Option<Written<Option<EdtfDate>>>,
    /// Date on which it was done.
    pub met: Option<Written<Option<EdtfDate>>>,
}

/// News of a project on one day, and what it changes.
#[derive(Clone, Debug)]
pub struct Update {
    /// The name of its file, which no other update of the project has.
    pub slug: String,
    /// The day.
    pub date: Date,
    /// Title: the event in a line.
    pub title: Translated<String>,
    /// The project that it is about.
    pub project: ProjectId,
    /// Summary: the event in two lines.
    pub lead: Translated<Option<String>>,
    /// Text: the event.
    pub body: Body,
    /// Lifecycle of the project from this day on.
    pub lifecycle: Option<Lifecycle>,
    /// Health of the project from this day on.
    pub health: Option<Health>,
    /// Share that is done, 0 to 100.
    pub progress: Option<Written<Option<Percent>>>,
    /// Money spent so far.
    pub spent: Option<Written<Option<Amount>>>,
    /// The place of a milestone that is met on this day in those of the project.
    pub milestone: Option<usize>,
    /// The document that the news comes from.
    pub source: Option<Citation>,
    /// Documents that belong to it.
    pub documents: Vec<Document>,
    /// True if it is published only with `--drafts`.
    pub draft: bool,
    /// Free keys for themes.
    pub extra: Extra,
    /// The files that give its words in other languages.
    pub translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub origin: Origin,
}

/// A project's values of today: the newest update that carries one sets it, else the project's own file.
#[derive(Clone, Copy, Debug)]
pub struct Current<'a> {
    /// Lifecycle; none if nobody stated it.
    pub lifecycle: Option<Lifecycle>,
    /// Health; none if nobody stated it.
    pub health: Option<Health>,
    /// Share that is done.
    pub progress: Option<&'a Written<Option<Percent>>>,
    /// Money spent.
    pub spent: Option<&'a Written<Option<Amount>>>,
}
