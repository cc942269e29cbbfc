//! Lists of projects and plans by administration, where a site publishes several.

use serde::Serialize;

use super::part::ProjectRow;
use super::{Cx, Phrase};
use crate::model::{ProjectId, UnitId};

/// Projects under one heading.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProjectGroup {
    pub title: Phrase,
    pub line: String,
    pub caption: String,
    pub rows: Vec<ProjectRow>,
}

impl ProjectGroup {
    /// One group for each administration that has a project.
    pub(super) fn by_administration(cx: &Cx<'_>) -> Vec<Self> {
        let catalogue = cx.catalogue();
        let of = |administration: UnitId| -> Vec<ProjectId> {
            catalogue
                .project_ids()
                .filter(|id| catalogue.administration(catalogue[*id].unit) == administration)
                .collect()
        };
        catalogue
            .administrations()
            .map(|administration| (administration, of(administration)))
            .filter(|(_, projects)| !projects.is_empty())
            .map(|(administration, projects)| {
                let name = cx.text(&catalogue[administration].name);
                Self {
                    line: cx.say("count.projects", &[("n", projects.len().into())]),
                    caption: cx.say("lst.caption_projects_of", &[("nome", (&name).into())]),
                    title: name,
                    rows: ProjectRow::all(cx, &projects),
                }
            })
            .collect()
    }
}
