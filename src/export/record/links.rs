//! References of a record to others, each with the address of its page.

use serde::Serialize;

use super::values::RecordJson;
use crate::catalogue::{NodeId, ObjectiveId, ProjectId, SeriesId, UnitId, UpdateId};
use crate::export::ids::{project_code, update_id};
use crate::model::{Health, Lifecycle};
use crate::output::json::object;
use crate::site::Route;

impl RecordJson<'_> {
    pub(super) fn unit_link(&self, id: UnitId) -> impl Serialize {
        let unit = &self.site.catalogue[id];
        object! { "id": &unit.id, "name": &unit.name, "page": self.site.cited(Route::Unit(id)) }
    }

    pub(super) fn objective_link(&self, id: ObjectiveId) -> impl Serialize {
        let objective = self.site.catalogue.listed(id);
        object! {
            "code": objective.code,
            "year": objective.year,
            "title": objective.title,
            "state": self.site.state(id).0.key(),
            "page": self.site.cited(Route::Objective(id)),
        }
    }

    pub(super) fn project_link(&self, id: ProjectId) -> impl Serialize {
        let project = &self.site.catalogue[id];
        object! {
            "code": project_code(&self.site.catalogue, id),
            "title": &project.title,
            "page": self.site.cited(Route::Project(id)),
        }
    }

    pub(super) fn update_link(&self, id: UpdateId) -> impl Serialize {
        let update = &self.site.catalogue[id];
        object! {
            "id": update_id(self.site, id),
            "date": update.date,
            "title": &update.title,
            "lifecycle": update.lifecycle.map(Lifecycle::key),
            "health": update.health.map(Health::key),
            "page": self.site.cited(Route::Update(id)),
        }
    }

    pub(super) fn node_link(&self, id: NodeId) -> impl Serialize {
        let node = &self.site.catalogue[id];
        object! {
            "plan": &self.site.catalogue[node.plan].slug,
            "code": &node.code,
            "level": &node.level,
            "title": &node.title,
            "parent": node.parent.map(|parent| self.site.catalogue[parent].code.as_str()),
            "page": self.site.cited(Route::Node(id)),
        }
    }

    pub(super) fn series_link(&self, id: SeriesId) -> impl Serialize {
        object! { "thread": &self.site.catalogue[id].slug, "page": self.site.cited(Route::Series(id)) }
    }

    pub(super) fn each<'s, T: Copy, L>(&'s self, ids: &[T], link: impl Fn(&'s Self, T) -> L) -> Vec<L> {
        ids.iter().map(|id| link(self, *id)).collect()
    }
}
