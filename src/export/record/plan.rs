//! Plans and their nodes.

use serde::Serialize;

use super::values::{Counts, RecordJson, web_address};
use super::words;
use crate::catalogue::{NodeId, ObjectiveId, PlanId, ProjectId};
use crate::output::json::object;
use crate::site::Route;

impl RecordJson<'_> {
    pub(super) fn plan(&self, id: PlanId) -> impl Serialize {
        let plan = &self.site.catalogue[id];
        object! {
            "record": "plan",
            "page": self.site.cited(Route::Plan(id)),
            "plan": &plan.slug,
            "title": &plan.title,
            "administration": self.unit_link(plan.administration),
            "scheme": &plan.scheme,
            "validity": plan.validity.as_ref().map(|years| object! {
                "written": years.text(),
                "first": years.read().map(|years| years.first()),
                "last": years.read().map(|years| years.last()),
            }),
            ..web_address(plan.url.as_ref()),
            "roots": self.each(&plan.roots, Self::node_link),
            "nodes": self.each(&plan.nodes, Self::node_link),
            "translations": words::translations(self.site, Route::Plan(id)),
        }
    }

    /// Lists only objectives and projects that carry out the node itself; those of a node below are in that node's record.
    /// Counts are of both.
    pub(super) fn node(&self, id: NodeId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let node = &catalogue[id];
        let below = self.site.objectives_of_node(id);
        let objectives: Vec<ObjectiveId> =
            below.iter().copied().filter(|of| catalogue.listed(*of).plan.contains(&id)).collect();
        let projects = self.site.projects_of_node(id).iter().copied();
        let projects: Vec<ProjectId> = projects.filter(|of| catalogue[*of].plan.contains(&id)).collect();
        let plan = &catalogue[node.plan];
        object! {
            "record": "plan_node",
            "page": self.site.cited(Route::Node(id)),
            "administration": self.unit_link(plan.administration),
            "plan": object! { "plan": &plan.slug, "title": &plan.title, "page": self.site.cited(Route::Plan(node.plan)) },
            "code": &node.code,
            "level": &node.level,
            "title": &node.title,
            "written": &node.written,
            "quote": &node.quote,
            ..web_address(node.url.as_ref()),
            "parent": node.parent.map(|parent| self.node_link(parent)),
            "children": self.each(&node.children, Self::node_link),
            "objectives": self.each(&objectives, Self::objective_link),
            "projects": self.each(&projects, Self::project_link),
            "objective_states": Counts(self.site.counts(below)),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Node(id)),
        }
    }
}
