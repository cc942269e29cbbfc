//! Lists of projects by administration, where a site publishes several.

use serde::Serialize;

use super::part::{ProjectList, ROWS};
use super::{Cx, Phrase};
use crate::model::ProjectId;

/// Projects under one heading.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProjectGroup {
    pub title: Phrase,
    pub line: String,
    pub caption: String,
    pub list: ProjectList,
}

impl ProjectGroup {
    /// One group for each administration that has one of the projects: tables, or links where a page has no room for them.
    pub(super) fn by_administration(cx: &Cx<'_>, ids: &[ProjectId]) -> Vec<Self> {
        let catalogue = cx.catalogue();
        catalogue
            .administrations()
            .filter_map(|administration| {
                let of = |id: &ProjectId| catalogue.administration(catalogue[*id].unit) == administration;
                let own: Vec<ProjectId> = ids.iter().copied().filter(of).collect();
                let name = cx.text(&catalogue[administration].name);
                (!own.is_empty()).then(|| Self {
                    line: cx.say("count.projects", &[("n", own.len().into())]),
                    caption: cx.say("lst.caption_projects_of", &[("nome", (&name).into())]),
                    title: name.clone(),
                    list: if ids.len() <= ROWS { ProjectList::table(cx, &own) } else { ProjectList::links(cx, &own) },
                })
            })
            .collect()
    }
}
