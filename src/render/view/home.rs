//! The first page: outcomes before structure.

use serde::Serialize;

use super::counts::Counts;
use super::part::{Choice, Link, ProjectRow, UpdateRow, source};
use super::year::years;
use super::{Cx, Phrase, View};
use crate::model::UnitId;
use crate::site::Route;

/// How many of the newest updates stand on the first page.
const UPDATES: usize = 5;
/// How many projects do.
const PROJECTS: usize = 8;

#[derive(Serialize)]
struct Page {
    title: Phrase,
    lead: Phrase,
    pages: Vec<Link>,
    year: Option<Year>,
    tiles: Vec<Tile>,
    projects: Vec<ProjectRow>,
    projects_href: String,
    updates: Vec<UpdateRow>,
    updates_href: String,
    years: Vec<Choice>,
}

/// How the newest year went.
#[derive(Serialize)]
struct Year {
    title: String,
    line: String,
    counts: Counts,
    href: String,
    link: String,
}

/// An administration, with its directorates and plans.
#[derive(Serialize)]
struct Tile {
    title: Phrase,
    href: String,
    lines: Vec<String>,
    links: Vec<Link>,
}

pub(super) fn view(cx: &Cx<'_>) -> View {
    let catalogue = cx.catalogue();
    let title = cx.text(&cx.site.settings.title);
    let lead = cx.known(&cx.site.settings.description).unwrap_or_else(|| cx.word("home.lead").into());
    let page = Page {
        title: title.clone(),
        lead: lead.clone(),
        pages: catalogue
            .page_ids()
            .map(|id| Link::to(cx, Route::Free(id), cx.text(&catalogue[id].title)))
            .collect(),
        year: cx.site.years().next().map(|year| newest(cx, year)),
        tiles: catalogue.administrations().map(|id| tile(cx, id)).collect(),
        projects: catalogue.project_ids().take(PROJECTS).map(|id| ProjectRow::of(cx, id)).collect(),
        projects_href: cx.href(Route::Projects),
        updates: catalogue.update_ids().take(UPDATES).map(|id| UpdateRow::of(cx, id, true)).collect(),
        updates_href: cx.href(Route::Updates),
        years: years(cx),
    };
    View {
        title: title.text().to_owned(),
        description: lead.text().to_owned(),
        crumbs: Vec::new(),
        nav: None,
        toc: Vec::new(),
        source: Some(source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

fn newest(cx: &Cx<'_>, year: i16) -> Year {
    let ids = cx.site.objectives_of_year(year);
    let word = year.to_string();
    Year {
        title: cx.say("home.year", &[("anno", (&word).into())]),
        line: cx.say("how.total", &[("n", ids.len().into())]),
        counts: Counts::of_year(cx, year),
        href: cx.href(Route::Year(year)),
        link: cx.say("home.year_link", &[("anno", (&word).into())]),
    }
}

fn tile(cx: &Cx<'_>, id: UnitId) -> Tile {
    let catalogue = cx.catalogue();
    let unit = &catalogue[id];
    let counted = [
        ("count.objectives", cx.site.objectives_of_unit(id).len()),
        ("count.projects", cx.site.projects_of_unit(id).len()),
    ];
    let offices = unit
        .children
        .iter()
        .map(|child| Link::to(cx, Route::Unit(*child), cx.text(&catalogue[*child].name)));
    let plans = catalogue
        .plan_ids()
        .filter(|plan| catalogue[*plan].administration == id)
        .map(|plan| Link::to(cx, Route::Plan(plan), cx.text(&catalogue[plan].title)));
    Tile {
        title: cx.text(&unit.name),
        href: cx.href(Route::Unit(id)),
        lines: counted
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| cx.say(key, &[("n", n.into())]))
            .collect(),
        links: offices.chain(plans).collect(),
    }
}
