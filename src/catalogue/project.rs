//! A project over years and its dated updates (OC4IDS, Project-AP_IT).

use jiff::civil::Date;

use super::{Document, Indicator, NodeId, ObjectiveId, ProjectId, UnitId, UpdateId};
use crate::model::{Amount, Attachment, Body, Origin, Translation, Written};
use crate::parse::{Funding, ProjectFields, UpdateFields};

/// Work over years, with its money and dates. Its end isn't before its start; every reference exists.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    pub(crate) fields: ProjectFields,
    /// The name of its folder, by which its page is known.
    pub(crate) slug: String,
    /// The unit that answers for it.
    pub(crate) unit: UnitId,
    /// The plan nodes that it carries out.
    pub(crate) plan: Vec<NodeId>,
    /// The official description.
    pub(crate) body: Body,
    /// Expected results.
    pub(crate) expected_results: Vec<Indicator>,
    /// The objectives that it serves.
    pub(crate) objectives: Vec<ObjectiveId>,
    /// Updates, newest first: of one day the last by file name comes first.
    pub(crate) updates: Vec<UpdateId>,
    /// Documents that belong to it.
    pub(crate) documents: Vec<Document>,
    /// Files beside it.
    pub(crate) attachments: Vec<Attachment>,
    /// The files that give its words in other languages.
    pub(crate) translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

impl Project {
    /// The first year in which it may begin, where its start is known.
    pub(crate) fn first_year(&self) -> Option<i16> {
        Some(self.start.as_ref()?.read()?.earliest()?.year())
    }

    /// Planned cost.
    pub(crate) fn amount(&self) -> Option<&Written<Option<Amount>>> {
        self.cost.as_ref()?.total.as_ref()
    }

    /// Payers, each with its amount.
    pub(crate) fn funding(&self) -> &[Funding] {
        self.cost.as_ref().map_or(&[], |cost| &cost.sources)
    }
}

/// News of a project on one day, and what it changes.
#[derive(Clone, Debug)]
pub(crate) struct Update {
    pub(crate) fields: UpdateFields,
    /// The name of its file, which no other update of the project has.
    pub(crate) slug: String,
    /// The day.
    pub(crate) date: Date,
    /// The project that it is about.
    pub(crate) project: ProjectId,
    /// Text: the event.
    pub(crate) body: Body,
    /// The place of a milestone that is met on this day in those of the project.
    pub(crate) milestone: Option<usize>,
    /// Documents that belong to it.
    pub(crate) documents: Vec<Document>,
    /// The files that give its words in other languages.
    pub(crate) translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

sheet_and_ties! {
    Project.fields: ProjectFields;
    Update.fields: UpdateFields;
}
