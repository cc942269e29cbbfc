//! Units of the organisation.

use serde::Serialize;

use super::values::{Counts, RecordJson, contact};
use super::words;
use crate::catalogue::{ObjectiveId, ProjectId, UnitId};
use crate::output::json::object;
use crate::site::Route;

impl RecordJson<'_> {
    /// Lists only objectives and projects of the unit itself; those of a unit in it are in that unit's record. Counts are of
    /// both.
    pub(super) fn unit(&self, id: UnitId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let unit = &catalogue[id];
        let below = self.site.objectives_of_unit(id);
        let objectives: Vec<ObjectiveId> =
            below.iter().copied().filter(|of| catalogue.listed(*of).unit == id).collect();
        let projects = self.site.projects_of_unit(id).iter().copied();
        let projects: Vec<ProjectId> = projects.filter(|of| catalogue[*of].unit == id).collect();
        object! {
            "record": "unit",
            "page": self.site.cited(Route::Unit(id)),
            "id": &unit.id,
            "name": &unit.name,
            "kind": &unit.kind,
            "description": &unit.description,
            "administration": self.unit_link(unit.root),
            "parent": unit.parent.map(|parent| self.unit_link(parent)),
            "children": self.each(&unit.children, Self::unit_link),
            "heads": unit.heads.iter().map(|head| self.head(head)).collect::<Vec<_>>(),
            "aliases": &unit.aliases,
            "succeeded_by": unit.succeeded_by.map(|successor| self.unit_link(successor)),
            "ipa": &unit.ipa,
            "contact": unit.contact.as_ref().map(contact),
            "objectives": self.each(&objectives, Self::objective_link),
            "projects": self.each(&projects, Self::project_link),
            "objective_states": Counts(self.site.counts(below)),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Unit(id)),
        }
    }
}
