//! Makes objectives.

use super::organisation::Organisation;
use super::record_parts::{Scope, body, citation, documents, plan_nodes, unit_of};
use super::translations::{AppliedTranslation, lay_over};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{
    Approval, Attachment, Centre, Indicator, Objective, ObjectiveId, Phase, ProjectId, SeriesId, Unit, UnitId,
};
use crate::parse::{self, ApprovalFields, ObjectiveFields, Sheet};

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
    unit_of(sheet.fields.unit.as_ref(), &sheet.origin, organisation, report);
    let code = code_of(&sheet).to_owned();
    let year = year_of(&sheet);
    let phases = take_phases(&mut sheet, administration, organisation, report);
    let origin = sheet.origin;
    let fields = sheet.fields;
    let plan = plan_nodes(fields.plan, administration, year, &origin, organisation, report);
    let mut indicators: Vec<Indicator> = sheet.indicators.into_iter().map(|measured| measured.indicator).collect();
    for (indicator, series) in indicators.iter_mut().zip(&ties.series) {
        indicator.series = *series;
    }
    let mut objective = Objective {
        code,
        year: year.unwrap_or_default(),
        title: fields.title.unwrap_or_default().into(),
        unit: ties.unit.unwrap_or(*placeholder),
        classification: fields.classification.into(),
        kind: fields.kind.into(),
        plan,
        lead: fields.lead.into(),
        summary: fields.summary.into(),
        body: body(sheet.body, ties.id),
        phases,
        indicators,
        continues: ties.continues.clone(),
        continued_by: ties.continued_by.clone(),
        projects: ties.projects.clone(),
        declared: fields.declared,
        approved_by: fields.approved_by.map(approval),
        report: fields.report.map(Into::into).into(),
        source: fields.source.map(citation),
        note: fields.note.into(),
        documents: documents(fields.documents, &ties.attachments),
        attachments: ties.attachments.clone(),
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin,
    };
    lay_over(&ties.translations, &mut objective, report);
    objective
}

fn take_phases(
    sheet: &mut Sheet<ObjectiveFields>,
    administration: Option<UnitId>,
    organisation: &Organisation,
    report: &mut Report,
) -> Vec<Phase> {
    let file = sheet.origin.file;
    let count = sheet.phases.len();
    let mut phases = Vec::with_capacity(count);
    for (i, phase) in std::mem::take(&mut sheet.phases).into_iter().enumerate() {
        let path = KeyPath::of("phases").index(i);
        let mut after = Vec::new();
        for (k, number) in phase.after.into_iter().flatten().enumerate() {
            match usize::from(number.0).checked_sub(1) {
                Some(before) if before < count && before != i => after.push(before),
                _ => {
                    let problem = Diagnostic::new(Code::Dangling, file, path.clone().key("after").index(k));
                    report.add(problem.with("kind", "phase").with("written", number.0.to_string()));
                }
            }
        }
        let written = phase.centre.map(|centre| centre.0);
        let centre = written.and_then(|written| {
            let unit = organisation.unit(&written, administration, (file, path.key("centre")), report)?;
            let Unit { id, name, .. } = &organisation.catalogue[unit];
            Some(Centre { unit, written: Some(written).filter(|written| written != id && *written != **name) })
        });
        phases.push(Phase {
            title: phase.title.unwrap_or_default().into(),
            weight: phase.weight,
            start: phase.start,
            end: phase.end,
            actual_start: phase.actual_start,
            actual_end: phase.actual_end,
            progress: phase.progress,
            after,
            responsible: phase.responsible.and_then(parse::person),
            centre,
            notes: phase.notes.into(),
        });
    }
    phases
}

fn approval(sheet: ApprovalFields) -> Approval {
    Approval { act: sheet.act, date: sheet.date, url: sheet.url }
}
