//! Lists of projects by administration, where a site publishes several.

use std::collections::BTreeMap;

use serde::Serialize;

use super::components::ProjectList;
use super::{PageContext, Phrase};
use crate::catalogue::{ProjectId, UnitId};
use crate::render::limits::ROWS;

/// Projects under one heading.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProjectGroup {
    pub(crate) title: Phrase,
    pub(crate) line: String,
    pub(crate) caption: String,
    pub(crate) list: ProjectList,
}

impl ProjectGroup {
    /// One group for each administration that has one of the projects: tables, or links where a page has no room for them.
    pub(super) fn by_administration(cx: &PageContext<'_>, ids: &[ProjectId]) -> Vec<Self> {
        let catalogue = cx.catalogue();
        let mut groups: BTreeMap<UnitId, Vec<ProjectId>> = BTreeMap::new();
        for id in ids {
            groups.entry(catalogue.administration(catalogue[*id].unit)).or_default().push(*id);
        }
        let group = |(administration, own): (UnitId, Vec<ProjectId>)| {
            let name = cx.text(&catalogue[administration].name);
            Self {
                line: cx.format("count.projects", &[("n", own.len().into())]),
                caption: cx.format("lst.caption_projects_of", &[("nome", (&name).into())]),
                title: name.clone(),
                list: if ids.len() <= ROWS { ProjectList::table(cx, &own) } else { ProjectList::links(cx, &own) },
            }
        };
        groups.into_iter().map(group).collect()
    }
}
