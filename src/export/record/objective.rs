//! Objectives.

use jiff::civil::Date;
use serde::Serialize;

use super::values::{RecordJson, approval, citation, percent};
use super::words;
use crate::catalogue::{ObjectiveId, Phase, UnitId};
use crate::model::{EffectiveWeight, ObjectiveState, PhaseState, Written};
use crate::output::json::object;
use crate::site::{REPORT_PREFIX, Route, id_prefix};

impl RecordJson<'_> {
    pub(super) fn objective(&self, id: ObjectiveId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let objective = &catalogue[id];
        let route = Route::Objective(id);
        let judgement = self.site.judgement(id);
        let weights = judgement.weighing.weights.iter();
        let last_day = objective.last_day();
        let phases: Vec<_> = (objective.phases.iter().zip(weights).zip(&judgement.phases))
            .map(|((phase, weight), state)| self.phase((objective.unit, last_day), phase, *weight, *state))
            .collect();
        let indicators: Vec<_> = (objective.indicators.iter().zip(&judgement.indicators))
            .map(|(indicator, state)| self.indicator(route, indicator, *state))
            .collect();
        object! {
            "record": "objective",
            "page": self.site.cited(route),
            "administration": self.unit_link(catalogue.administration(objective.unit)),
            "code": &objective.code,
            "year": objective.year,
            "title": &objective.title,
            "unit": self.unit_link(objective.unit),
            "classification": &objective.classification,
            "type": &objective.kind,
            "plan": self.each(&objective.plan, Self::node_link),
            "lead": &objective.lead,
            "summary": &objective.summary,
            "description_html": self.html(route, objective.body.read(), id_prefix(route)),
            "phases": phases,
            "indicators": indicators,
            "continues": self.each(&objective.continues, Self::objective_link),
            "continued_by": self.each(&objective.continued_by, Self::objective_link),
            "projects": self.each(&objective.projects, Self::project_link),
            "state": judgement.state.key(),
            "declared_state": objective.declared.map(ObjectiveState::key),
            "first_day": objective.first_day(),
            "last_day": objective.last_day(),
            "approved_by": objective.approved_by.as_ref().map(approval),
            "report_html": objective.report.as_ref().map(|report| self.html(route, report, REPORT_PREFIX)),
            "source": objective.source.as_deref().map(citation),
            "note": &objective.note,
            "documents": self.documents(route, &objective.documents),
            "attachments": self.attachments(Route::Year(objective.year), &objective.attachments),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Objective(id)),
        }
    }

    pub(super) fn phase(
        &self,
        of: (UnitId, Date),
        phase: &Phase,
        weight: Option<EffectiveWeight>,
        state: PhaseState,
    ) -> impl Serialize {
        object! {
            "title": &phase.title,
            "weight": percent(phase.weight.as_ref()),
            "weight_written": phase.weight.as_ref().map(Written::text),
            "weight_effective": weight.map(|weight| weight.value.to_string()),
            "start": self.date(phase.start.as_ref()),
            "end": self.date(phase.end.as_ref()),
            "actual_start": self.date(phase.actual_start.as_ref()),
            "actual_end": self.date(phase.actual_end.as_ref()),
            "progress": percent(phase.progress.as_ref()),
            "progress_written": phase.progress.as_ref().map(Written::text),
            "after": phase.after.iter().map(|place| place + 1).collect::<Vec<_>>(),
            "responsible": phase.responsible.as_ref().map(|person| self.person(person, of)),
            "centre": phase.centre.as_ref().map(|centre| self.unit_link(centre.unit)),
            "centre_written": phase.centre.as_ref().and_then(|centre| centre.written.as_deref()),
            "notes": &phase.notes,
            "state": state.key(),
        }
    }
}
