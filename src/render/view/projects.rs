//! All projects, or those that begin in a year where they are too many for one page, by administration.

use serde::Serialize;

use super::components::{Choice, page_source};
use super::project_groups::ProjectGroup;
use super::{PageContext, Phrase, View};
use crate::catalogue::ProjectId;
use crate::model::NavItem;
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: String,
    years: Vec<Choice>,
    /// True if the page lists the projects without a start, and pages of years have the others.
    undated: bool,
    groups: Vec<ProjectGroup>,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let undated = cx.site.years_of_projects().next().is_some();
    let has_no_year = |id: &ProjectId| cx.catalogue()[*id].first_year().is_none();
    let ids: Vec<ProjectId> = cx.catalogue().project_ids().filter(|id| !undated || has_no_year(id)).collect();
    let title = cx.word("nav.projects");
    page(cx, &ids, undated, Vec::new(), title.clone(), title)
}

pub(super) fn of_year(cx: &PageContext<'_>, year: i16) -> View {
    let word = year.to_string();
    let title = cx.format("prj.of_year", &[("anno", (&word).into())]);
    let above = vec![(cx.word("nav.projects").into(), Route::Projects)];
    page(cx, cx.site.projects_of_year(year), false, above, title, word)
}

fn page(
    cx: &PageContext<'_>,
    ids: &[ProjectId],
    undated: bool,
    above: Vec<(Phrase, Route)>,
    title: String,
    here: String,
) -> View {
    let years = cx
        .site
        .years_of_projects()
        .map(|year| Choice::of(cx, Route::ProjectsOf(year), year.to_string()));
    let page = Page {
        title: title.clone(),
        years: years.collect(),
        undated,
        groups: ProjectGroup::by_administration(cx, ids),
    };
    View {
        title,
        description: cx.word("page.projects_lead"),
        crumbs: cx.crumbs(above, here),
        nav: Some(NavItem::Projects),
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}
