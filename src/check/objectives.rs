//! Makes objectives.

use std::iter::repeat;
use std::mem::take;

use super::organisation::Organisation;
use super::record_parts::{Scope, body, documents, plan_nodes, unit_of};
use super::translations::{AppliedTranslation, lay_over};
use crate::catalogue::{Centre, Indicator, Objective, ObjectiveId, Phase, ProjectId, SeriesId, UnitId};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::Attachment;
use crate::parse::{ObjectiveFields, Reference, Sheet};

/// Everything that an objective is made of beside its own sheet.
#[derive(Debug, PartialEq)]
pub(super) struct ObjectiveTies {
    pub(super) id: ObjectiveId,
    pub(super) unit: Option<UnitId>,
    pub(super) continues: Vec<ObjectiveId>,
    pub(super) continued_by: Vec<ObjectiveId>,
    pub(super) projects: Vec<ProjectId>,
    /// The series of each indicator; empty if no indicator has one.
    pub(super) series: Vec<Option<SeriesId>>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) translations: Vec<AppliedTranslation>,
}

/// The year of an objective's folder.
pub(super) fn year_of(sheet: &Sheet<ObjectiveFields>) -> Option<i16> {
    sheet.folder.parse().ok()
}

/// The code of an objective: its own key, or else the name of its file.
pub(super) fn code_of(sheet: &Sheet<ObjectiveFields>) -> &str {
    sheet.fields.code.as_deref().unwrap_or(&sheet.stem)
}

pub(super) fn make(
    mut sheet: Sheet<ObjectiveFields>,
    ties: &ObjectiveTies,
    Scope { organisation, placeholder }: &Scope,
    report: &mut Report,
) -> Objective {
    let administration = organisation.administration(ties.unit);
    unit_of(sheet.fields.unit.take().as_ref(), &sheet.origin, organisation, report);
    // The ties say what these references mean.
    (sheet.fields.continues, sheet.fields.projects) = (Vec::new(), Vec::new());
    let year = year_of(&sheet);
    let phases = phases(&mut sheet, administration, organisation, report);
    let indicators = take(&mut sheet.fields.indicators);
    let series = ties.series.iter().copied().chain(repeat(None));
    let indicators = indicators
        .into_iter()
        .zip(series)
        .map(|(measured, series)| Indicator { measured, series });
    let mut objective = Objective {
        code: code_of(&sheet).to_owned(),
        year: year.unwrap_or_default(),
        unit: ties.unit.unwrap_or(*placeholder),
        plan: plan_nodes(&take(&mut sheet.fields.plan), administration, year, &sheet.origin, organisation, report),
        body: body(sheet.body, ties.id),
        phases,
        indicators: indicators.collect(),
        continues: ties.continues.clone(),
        continued_by: ties.continued_by.clone(),
        projects: ties.projects.clone(),
        documents: documents(&mut sheet.fields.documents, &ties.attachments),
        attachments: ties.attachments.clone(),
        translations: Vec::new(),
        origin: sheet.origin,
        fields: sheet.fields,
    };
    lay_over(&ties.translations, &mut objective, report);
    objective
}

fn phases(
    sheet: &mut Sheet<ObjectiveFields>,
    administration: Option<UnitId>,
    organisation: &Organisation,
    report: &mut Report,
) -> Vec<Phase> {
    let file = sheet.origin.file;
    let count = sheet.fields.phases.len();
    let mut phases = Vec::with_capacity(count);
    for (i, mut fields) in take(&mut sheet.fields.phases).into_iter().enumerate() {
        let path = KeyPath::of("phases").index(i);
        let mut after = Vec::new();
        for (k, number) in take(&mut fields.after).into_iter().enumerate() {
            match usize::from(number.0).checked_sub(1) {
                Some(before) if before < count && before != i => after.push(before),
                _ => {
                    let problem = Diagnostic::new(Code::Dangling, file, path.clone().key("after").index(k));
                    report.add(problem.with("kind", "phase").with("written", number.0.to_string()));
                }
            }
        }
        let centre = fields.centre.take().and_then(|Reference(written)| {
            let unit = organisation.unit(&written, administration, (file, path.key("centre")), report)?;
            let known = &organisation.catalogue[unit];
            let is_other = *written != *known.id && *written != **known.name;
            Some(Centre { unit, written: is_other.then(|| written.into_string()) })
        });
        phases.push(Phase { fields, after, centre });
    }
    phases
}
