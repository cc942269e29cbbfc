//! Makes projects.

use jiff::civil::Date;

use super::record_parts::{Scope, body, citation, documents, plan_nodes, unit_of};
use super::translations::{AppliedTranslation, lay_over};
use crate::diagnostic::Report;
use crate::model::{Amount, Attachment, EdtfDate, Funding, ObjectiveId, Project, ProjectId, UnitId, UpdateId, Written};
use crate::parse::{AmountFields, ProjectFields, Sheet};

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
    unit_of(sheet.fields.unit.as_ref(), &sheet.origin, organisation, report);
    let origin = sheet.origin;
    let fields = sheet.fields;
    let plan = plan_nodes(fields.plan, organisation.administration(ties.unit), None, &origin, organisation, report);
    let (amount, funding) = amount_and_funding(fields.amount);
    let mut milestones = sheet.milestones;
    for (place, date) in &ties.met {
        let Some(day) = EdtfDate::day(*date) else { continue };
        milestones[*place].met.get_or_insert_with(|| Written::new(date.to_string(), Some(day)));
    }
    let mut project = Project {
        slug: sheet.folder,
        code: fields.code,
        title: fields.title.unwrap_or_default().into(),
        unit: ties.unit.unwrap_or(*placeholder),
        plan,
        lead: fields.lead.into(),
        summary: fields.summary.into(),
        body: body(sheet.body, ties.id),
        start: fields.start,
        end: fields.end,
        amount,
        funding,
        spent: fields.spent,
        cup: fields.cup.unwrap_or_default(),
        cig: fields.cig.unwrap_or_default(),
        lifecycle: fields.lifecycle,
        health: fields.health,
        expected_results: sheet.indicators.into_iter().map(|measured| measured.indicator).collect(),
        milestones,
        partners: fields.partners.unwrap_or_default(),
        places: fields.places.unwrap_or_default(),
        objectives: ties.objectives.clone(),
        updates: ties.updates.clone(),
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
    lay_over(&ties.translations, &mut project, report);
    project
}

fn amount_and_funding(fields: Option<AmountFields>) -> (Option<Written<Option<Amount>>>, Vec<Funding>) {
    match fields {
        Some(AmountFields::Text(amount)) => (Some(amount), Vec::new()),
        Some(AmountFields::Parts(parts)) => (
            parts.total,
            parts
                .sources
                .unwrap_or_default()
                .into_iter()
                .map(|source| Funding { name: source.name.unwrap_or_default(), amount: source.amount })
                .collect(),
        ),
        None => (None, Vec::new()),
    }
}
