//! A project over years and its dated updates (OC4IDS, Project-AP_IT).

use jiff::civil::Date;

use super::{Document, Indicator, NodeId, ObjectiveId, ProjectId, UnitId, UpdateId};
use crate::model::{Amount, Attachment, Body, Origin, Translation, Written};
use crate::parse::{Funding, ProjectFields, UpdateFields};

/// Work over years, with its money and dates. Its end isn't before its start; every reference exists.
#[derive(Clone, Debug)]
pub struct Project {
    pub(crate) fields: ProjectFields,
    /// The name of its folder, by which its page is known.
    pub slug: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The plan nodes that it carries out.
    pub plan: Vec<NodeId>,
    /// The official description.
    pub body: Body,
    /// Expected results.
    pub expected_results: Vec<Indicator>,
    /// The objectives that it serves.
    pub objectives: Vec<ObjectiveId>,
    /// Its updates, newest first: of one day the last by file name comes first.
    pub updates: Vec<UpdateId>,
    /// Documents that belong to it.
    pub documents: Vec<Document>,
    /// Files beside it.
    pub attachments: Vec<Attachment>,
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

    /// Planned cost.
    pub fn amount(&self) -> Option<&Written<Option<Amount>>> {
        self.cost.as_ref()?.total.as_ref()
    }

    /// Payers, each with its amount.
    pub fn funding(&self) -> &[Funding] {
        self.cost.as_ref().map_or(&[], |cost| &cost.sources)
    }
}

/// News of a project on one day, and what it changes.
#[derive(Clone, Debug)]
pub struct Update {
    pub(crate) fields: UpdateFields,
    /// The name of its file, which no other update of the project has.
    pub slug: String,
    /// The day.
    pub date: Date,
    /// The project that it is about.
    pub project: ProjectId,
    /// Text: the event.
    pub body: Body,
    /// The place of a milestone that is met on this day in those of the project.
    pub milestone: Option<usize>,
    /// Documents that belong to it.
    pub documents: Vec<Document>,
    /// The files that give its words in other languages.
    pub translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub origin: Origin,
}

sheet_and_ties! {
    Project.fields: ProjectFields;
    Update.fields: UpdateFields;
}
