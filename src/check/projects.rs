//! Makes projects.

use std::mem::take;

use jiff::civil::Date;

use super::record_parts::{Scope, body, documents, plan_nodes, unit_of};
use super::translations::{AppliedTranslation, lay_over};
use crate::catalogue::{Indicator, ObjectiveId, Project, ProjectId, UnitId, UpdateId};
use crate::diagnostic::Report;
use crate::model::{Attachment, EdtfDate, Written};
use crate::parse::{ProjectFields, Sheet};

/// Everything that a project is made of beside its own sheet.
#[derive(Debug, PartialEq)]
pub(super) struct ProjectTies {
    pub(super) id: ProjectId,
    pub(super) unit: Option<UnitId>,
    pub(super) objectives: Vec<ObjectiveId>,
    pub(super) updates: Vec<UpdateId>,
    /// The milestones that were met according to updates, by their places, the newest update first.
    pub(super) met: Vec<(usize, Date)>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) translations: Vec<AppliedTranslation>,
}

pub(super) fn make(
    sheet: Sheet<ProjectFields>,
    ties: &ProjectTies,
    Scope { organisation, placeholder }: &Scope,
    report: &mut Report,
) -> Project {
    let Sheet { mut fields, origin, .. } = sheet;
    unit_of(fields.unit.take().as_ref(), &origin, organisation, report);
    // The ties say what these references mean.
    fields.objectives = Vec::new();
    for (place, date) in &ties.met {
        let Some(day) = EdtfDate::day(*date) else { continue };
        fields.milestones[*place]
            .met
            .get_or_insert_with(|| Written::new(date.to_string(), Some(day)));
    }
    let results = take(&mut fields.expected_results).into_iter();
    let mut project = Project {
        slug: sheet.folder,
        unit: ties.unit.unwrap_or(*placeholder),
        plan: plan_nodes(
            &take(&mut fields.plan),
            organisation.administration(ties.unit),
            None,
            &origin,
            organisation,
            report,
        ),
        body: body(sheet.body, ties.id),
        expected_results: results.map(|measured| Indicator { measured, series: None }).collect(),
        objectives: ties.objectives.clone(),
        updates: ties.updates.clone(),
        documents: documents(&mut fields.documents, &ties.attachments),
        attachments: ties.attachments.clone(),
        translations: Vec::new(),
        origin,
        fields,
    };
    lay_over(&ties.translations, &mut project, report);
    project
}
