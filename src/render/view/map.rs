//! The site as a tree: its lists, and the entries of those that aren't too long for one page.

use serde::Serialize;

use super::components::page_source;
use super::units::Branch;
use super::{PageContext, View};
use crate::catalogue::UnitId;
use crate::site::{Route, SINGLES};

/// Limit of the records of a kind that are shown under their list.
const LISTED: usize = 200;

#[derive(Serialize)]
struct Page {
    title: String,
    tree: Vec<Branch>,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let title = cx.word("page.map_title");
    View {
        title: title.clone(),
        description: cx.word("page.map_lead"),
        crumbs: cx.crumbs(Vec::new(), title.clone()),
        nav: None,
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&Page { title, tree: tree(cx) }),
    }
}

fn tree(cx: &PageContext<'_>) -> Vec<Branch> {
    let catalogue = cx.catalogue();
    let mut tree = Vec::new();
    for single in SINGLES.iter().filter(|single| single.is_in_map) {
        let children = below(cx, single.route);
        tree.push(Branch { children, ..Branch::to(cx, single.route, cx.word(single.title)) });
        match single.route {
            Route::Home => tree.extend(cx.site.years().map(|year| of_year(cx, year))),
            Route::SeriesList => {
                let free = |id| Branch::to(cx, Route::Free(id), cx.text(&catalogue[id].title));
                tree.extend(catalogue.page_ids().map(free));
            }
            _ => {}
        }
    }
    tree
}

/// Branches below a page that the site has once.
fn below(cx: &PageContext<'_>, single: Route) -> Vec<Branch> {
    let catalogue = cx.catalogue();
    match single {
        Route::Projects => {
            listed(catalogue.project_ids(), |id| Branch::to(cx, Route::Project(id), cx.text(&catalogue[id].title)))
        }
        Route::Units if catalogue.unit_ids().count() > LISTED => {
            listed(cx.site.administrations().iter().copied(), |id| {
                Branch::to(cx, Route::Unit(id), cx.text(&catalogue[id].name))
            })
        }
        Route::Units => cx.site.administrations().iter().map(|id| of_unit(cx, *id)).collect(),
        Route::Plans => {
            listed(catalogue.plan_ids(), |id| Branch::to(cx, Route::Plan(id), cx.text(&catalogue[id].title)))
        }
        Route::SeriesList => {
            listed(catalogue.series_ids(), |id| Branch::to(cx, Route::Series(id), cx.title(Route::Series(id))))
        }
        _ => Vec::new(),
    }
}

/// A year; its objectives are on its own page.
fn of_year(cx: &PageContext<'_>, year: i16) -> Branch {
    let n = cx.site.objectives_of_year(year).len();
    Branch {
        meta: Some(cx.format("count.objectives", &[("n", n.into())]).into()),
        ..Branch::to(cx, Route::Year(year), cx.format("page.year", &[("anno", (&year.to_string()).into())]))
    }
}

fn of_unit(cx: &PageContext<'_>, id: UnitId) -> Branch {
    let unit = &cx.catalogue()[id];
    Branch {
        children: unit.children.iter().map(|child| of_unit(cx, *child)).collect(),
        ..Branch::to(cx, Route::Unit(id), cx.text(&unit.name))
    }
}

/// Branches of the records; empty if there are too many.
fn listed<T>(records: impl Iterator<Item = T>, branch: impl Fn(T) -> Branch) -> Vec<Branch> {
    let records: Vec<T> = records.take(LISTED + 1).collect();
    if records.len() > LISTED { Vec::new() } else { records.into_iter().map(branch).collect() }
}
