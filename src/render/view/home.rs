//! The first page: outcomes before structure.

use serde::Serialize;

use super::components::{
    Choice, Link, ProjectRow, UpdateRow, is_over, money_words, omissions, page_source, year_heading,
};
use super::counts::Counts;
use super::units::count_words;
use super::year::years;
use super::{PageContext, Phrase, View};
use crate::catalogue::{PlanId, ProjectId, UnitId};
use crate::site::Route;

/// Number of the newest updates on the first page.
const UPDATES: usize = 5;
/// Number of the projects on the first page.
const PROJECTS: usize = 8;
/// Limit of the tiles of a group, and of the links of a tile.
const TILES: usize = 12;

#[derive(Serialize)]
struct Page {
    title: Phrase,
    lead: Phrase,
    pages: Vec<Link>,
    first: Vec<Link>,
    feeds_href: String,
    recent: Vec<YearSummary>,
    offices: Vec<Tile>,
    plans: Vec<Tile>,
    projects: Vec<ProjectRow>,
    cost: Vec<String>,
    projects_href: String,
    updates: Vec<UpdateRow>,
    updates_href: String,
    years: Vec<Choice>,
}

/// Summary of a year's outcomes so far.
#[derive(Serialize)]
struct YearSummary {
    title: String,
    line: String,
    counts: Counts,
    href: String,
    link: String,
}

/// An office or a plan, with what is below it.
#[derive(Serialize)]
struct Tile {
    title: Phrase,
    href: String,
    line: Option<Phrase>,
    links: Vec<Link>,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let catalogue = cx.catalogue();
    let title = cx.text(&cx.site.settings.title);
    let lead = cx
        .optional_text(&cx.site.settings.description)
        .unwrap_or_else(|| cx.word("home.lead").into());
    let page = Page {
        title: title.clone(),
        lead: lead.clone(),
        pages: catalogue
            .page_ids()
            .map(|id| Link::to(cx, Route::Free(id), cx.text(&catalogue[id].title)))
            .collect(),
        first: main_links(cx),
        feeds_href: cx.href(Route::Feeds),
        recent: recent_years(cx),
        offices: offices(cx),
        plans: catalogue.plan_ids().take(TILES).map(|id| of_plan(cx, id)).collect(),
        projects: catalogue.project_ids().take(PROJECTS).map(|id| ProjectRow::of(cx, id)).collect(),
        cost: cost(cx),
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
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

/// Links to the pages that most people look for.
fn main_links(cx: &PageContext<'_>) -> Vec<Link> {
    let year = cx.site.years().next();
    let objectives = year
        .map(|year| Link::to(cx, Route::Year(year), cx.format("page.year", &[("anno", (&year.to_string()).into())])));
    let projects = cx
        .catalogue()
        .project_ids()
        .next()
        .is_some()
        .then(|| Link::to(cx, Route::Projects, cx.word("nav.projects")));
    objectives.into_iter().chain(projects).collect()
}

/// The newest year and, while that isn't over, the one before: only a year that is over shows if promises were kept.
fn recent_years(cx: &PageContext<'_>) -> Vec<YearSummary> {
    let mut years = Vec::new();
    for year in cx.site.years() {
        years.push(of_year(cx, year));
        if is_over(cx, year) || years.len() == 2 {
            break;
        }
    }
    years
}

fn of_year(cx: &PageContext<'_>, year: i16) -> YearSummary {
    let ids = cx.site.objectives_of_year(year);
    let word = year.to_string();
    YearSummary {
        title: year_heading(cx, year),
        line: cx.format("how.total", &[("n", ids.len().into())]),
        counts: Counts::of_year(cx, year),
        href: cx.href(Route::Year(year)),
        link: cx.format("home.year_link", &[("anno", (&word).into())]),
    }
}

/// The directorates of a single administration; of several, the administrations, each with its directorates.
fn offices(cx: &PageContext<'_>) -> Vec<Tile> {
    let catalogue = cx.catalogue();
    match cx.site.administrations() {
        [one] if (1..=TILES).contains(&catalogue[*one].children.len()) => {
            catalogue[*one].children.iter().map(|id| of_unit(cx, *id, &[])).collect()
        }
        several => several.iter().take(TILES).map(|id| of_unit(cx, *id, &catalogue[*id].children)).collect(),
    }
}

fn of_unit(cx: &PageContext<'_>, id: UnitId, below: &[UnitId]) -> Tile {
    let catalogue = cx.catalogue();
    let counted = count_words(cx, cx.site.objectives_of_unit(id).len(), cx.site.projects_of_unit(id).len());
    let link = |id: &UnitId| Link::to(cx, Route::Unit(*id), cx.text(&catalogue[*id].name));
    Tile {
        title: cx.text(&catalogue[id].name),
        href: cx.href(Route::Unit(id)),
        line: Some(if counted.is_empty() { cx.word("unit.none") } else { counted.join(" · ") }.into()),
        links: below.iter().take(TILES).map(link).collect(),
    }
}

/// A plan with its first-level nodes, which are its subjects.
fn of_plan(cx: &PageContext<'_>, id: PlanId) -> Tile {
    let catalogue = cx.catalogue();
    let subjects = catalogue
        .node_ids()
        .filter(|node| catalogue[*node].plan == id && catalogue[*node].parent.is_none());
    Tile {
        title: cx.text(&catalogue[id].title),
        href: cx.href(Route::Plan(id)),
        line: super::components::administration_name(cx, catalogue[id].administration),
        links: subjects
            .take(TILES)
            .map(|node| Link::to(cx, Route::Node(node), cx.text(&catalogue[node].title)))
            .collect(),
    }
}

/// Total cost of the projects.
fn cost(cx: &PageContext<'_>) -> Vec<String> {
    let projects: Vec<ProjectId> = cx.catalogue().project_ids().collect();
    let Some(budget) = cx.site.budget(&projects) else { return Vec::new() };
    let total = money_words(cx, budget.total);
    let args = [("n", budget.known.into()), ("importo", (&total).into())];
    std::iter::once(cx.format("home.cost", &args)).chain(omissions(cx, budget)).collect()
}
