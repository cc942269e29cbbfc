//! Projects and their updates.

use serde::Serialize;

use super::values::{RecordJson, citation, percent};
use super::words;
use crate::catalogue::{Funding, Milestone, ProjectId, UpdateId};
use crate::export::ids::update_id;
use crate::model::{Cig, Cup, Health, Lifecycle, Written};
use crate::output::json::object;
use crate::site::{Route, id_prefix};

impl RecordJson<'_> {
    pub(super) fn project(&self, id: ProjectId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let project = &catalogue[id];
        let route = Route::Project(id);
        let now = catalogue.current(id);
        let results: Vec<_> = (project.expected_results.iter().zip(self.site.results(id)))
            .map(|(result, state)| self.indicator(route, result, *state))
            .collect();
        object! {
            "record": "project",
            "page": self.site.cited(route),
            "administration": self.unit_link(catalogue.administration(project.unit)),
            "slug": &project.slug,
            "code": &project.code,
            "title": &project.title,
            "unit": self.unit_link(project.unit),
            "plan": self.each(&project.plan, Self::node_link),
            "lead": &project.lead,
            "summary": &project.summary,
            "description_html": self.html(route, project.body.read(), id_prefix(route)),
            "start": self.date(project.start.as_ref()),
            "end": self.date(project.end.as_ref()),
            "amount": self.amount(project.amount()),
            "funding": project.funding().iter().map(|funding| self.funding(funding)).collect::<Vec<_>>(),
            "spent": self.amount(now.spent),
            "cup": project.cup.iter().map(Cup::as_str).collect::<Vec<_>>(),
            "cig": project.cig.iter().map(Cig::as_str).collect::<Vec<_>>(),
            "lifecycle": now.lifecycle.map(Lifecycle::key),
            "health": now.health.map(Health::key),
            "progress": percent(now.progress),
            "progress_written": now.progress.map(Written::text),
            "expected_results": results,
            "milestones": project.milestones.iter().map(|milestone| self.milestone(milestone)).collect::<Vec<_>>(),
            "partners": &project.partners,
            "places": &project.places,
            "objectives": self.each(&project.objectives, Self::objective_link),
            "updates": self.each(&project.updates, Self::update_link),
            "source": project.source.as_deref().map(citation),
            "note": &project.note,
            "documents": self.documents(route, &project.documents),
            "attachments": self.attachments(route, &project.attachments),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Project(id)),
        }
    }

    pub(super) fn funding(&self, funding: &Funding) -> impl Serialize {
        object! { "name": &funding.name, "amount": self.amount(funding.amount.as_ref()) }
    }

    pub(super) fn milestone(&self, milestone: &Milestone) -> impl Serialize {
        object! {
            "title": &milestone.title,
            "due": self.date(milestone.due.as_ref()),
            "met": self.date(milestone.met.as_ref()),
        }
    }

    pub(super) fn update(&self, id: UpdateId) -> impl Serialize {
        let update = &self.site.catalogue[id];
        let route = Route::Update(id);
        object! {
            "record": "update",
            "page": self.site.cited(route),
            "id": update_id(self.site, id),
            "date": update.date,
            "title": &update.title,
            "project": self.project_link(update.project),
            "lead": &update.lead,
            "body_html": self.html(route, update.body.read(), id_prefix(route)),
            "lifecycle": update.lifecycle.map(Lifecycle::key),
            "health": update.health.map(Health::key),
            "progress": percent(update.progress.as_ref()),
            "progress_written": update.progress.as_ref().map(Written::text),
            "spent": self.amount(update.spent.as_ref()),
            "milestone": self.site.catalogue.met(update).map(|met| &met.title),
            "source": update.source.as_deref().map(citation),
            "documents": self.documents(route, &update.documents),
            "translations": words::translations(self.site, Route::Update(id)),
        }
    }
}
