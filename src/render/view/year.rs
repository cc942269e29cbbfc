//! The objectives of a year: how it went, then each of them, by administration where there are several.

use serde::Serialize;

use super::counts::Counts;
use super::part::{ObjectiveGroup, ObjectiveRow, source};
use super::{Cx, Phrase, View};
use crate::model::{NavItem, ObjectiveId};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: String,
    lead: String,
    years: Vec<YearLink>,
    how: String,
    counts: Counts,
    groups: Vec<ObjectiveGroup>,
}

/// A year that has objectives.
#[derive(Serialize)]
pub(super) struct YearLink {
    pub title: String,
    pub href: String,
    pub here: bool,
}

/// Every year, oldest first.
pub(super) fn years(cx: &Cx<'_>) -> Vec<YearLink> {
    let mut years: Vec<YearLink> = cx
        .site
        .years()
        .map(|year| YearLink {
            title: year.to_string(),
            href: cx.href(Route::Year(year)),
            here: cx.at.route == Route::Year(year),
        })
        .collect();
    years.reverse();
    years
}

pub(super) fn view(cx: &Cx<'_>, year: i16) -> View {
    let ids = cx.site.objectives_of_year(year);
    let word = year.to_string();
    let title = cx.say("page.year", &[("anno", (&word).into())]);
    let page = Page {
        title: title.clone(),
        lead: cx.say("page.year_lead", &[("anno", (&word).into())]),
        years: years(cx),
        how: cx.say("how.title", &[("n", ids.len().into())]),
        counts: Counts::of(cx, ids),
        groups: groups(cx, year, ids),
    };
    View {
        title: title.clone(),
        description: page.lead.clone(),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: Some(NavItem::Objectives),
        toc: Vec::new(),
        source: Some(source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

/// One group for each administration that has an objective in the year; a single one on the site needs no heading.
fn groups(cx: &Cx<'_>, year: i16, ids: &[ObjectiveId]) -> Vec<ObjectiveGroup> {
    let catalogue = cx.catalogue();
    let several = catalogue.administrations().nth(1).is_some();
    catalogue
        .administrations()
        .filter_map(|administration| {
            let of = |id: &&ObjectiveId| catalogue.administration(catalogue[**id].unit) == administration;
            let own: Vec<ObjectiveId> = ids.iter().filter(of).copied().collect();
            let name = cx.text(&catalogue[administration].name);
            (!own.is_empty()).then(|| ObjectiveGroup {
                caption: cx
                    .say("lst.caption_year_of", &[("anno", (&year.to_string()).into()), ("nome", (&name).into())]),
                title: if several { name } else { Phrase::default() },
                rows: ObjectiveRow::all(cx, &own),
            })
        })
        .collect()
}
