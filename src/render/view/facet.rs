//! A ready-made list: the objectives of a year that have a state, a unit or a type in common.

use serde::Serialize;

use super::components::{Choice, Link, ObjectiveGroup, page_source, year_heading};
use super::counts::Counts;
use super::facet_lists::{FacetLists, facet_name, list_choice, lists_of_year};
use super::groups::objective_groups;
use super::{PageContext, View};
use crate::catalogue::{ObjectiveId, UnitId};
use crate::model::NavItem;
use crate::render::limits::LINKS;
use crate::site::{Facet, Route};

#[derive(Serialize)]
struct Page {
    by: String,
    title: String,
    lead: String,
    /// The page of the unit that the list is of.
    unit: Option<Link>,
    how: String,
    total: String,
    counts: Option<Counts>,
    /// The lists of the units that the list's unit is made of.
    parts: Vec<Choice>,
    groups: Vec<ObjectiveGroup>,
    others: Vec<FacetLists>,
    others_title: String,
}

pub(super) fn view(cx: &PageContext<'_>, year: i16, facet: Facet) -> View {
    let ids = cx.site.list(year, facet);
    let word = year.to_string();
    let name = facet_name(cx, facet);
    let title =
        cx.format("list.title", &[("anno", (&word).into()), ("testo", (&in_sentence(cx, facet, name.text())).into())]);
    let (by, lead) = match facet {
        Facet::State(_) => ("list.by_state", "list.lead_state"),
        Facet::Unit(_) => ("list.by_unit", "list.lead_unit"),
        Facet::Kind(_) => ("list.by_kind", "list.lead_kind"),
    };
    let children: Vec<UnitId> = match facet {
        Facet::Unit(unit) => cx.catalogue()[unit].children.clone(),
        Facet::State(_) | Facet::Kind(_) => Vec::new(),
    };
    let page = Page {
        by: cx.word(by),
        lead: cx.format(lead, &[("anno", (&word).into()), ("n", ids.len().into())]),
        title: title.clone(),
        unit: match facet {
            Facet::Unit(unit) => Some(Link::to(cx, Route::Unit(unit), cx.word("list.unit_page"))),
            Facet::State(_) | Facet::Kind(_) => None,
        },
        how: year_heading(cx, year),
        total: cx.format("how.total", &[("n", ids.len().into())]),
        counts: match facet {
            Facet::State(_) => None,
            Facet::Unit(_) | Facet::Kind(_) => Some(Counts::of(cx, ids)),
        },
        parts: children.into_iter().filter_map(|unit| list_choice(cx, year, Facet::Unit(unit))).collect(),
        groups: match facet {
            Facet::Unit(unit) => {
                objective_groups(cx, year, &objectives_on_page(cx, unit, ids), |of| cx.catalogue().branch(of, unit))
            }
            Facet::State(_) | Facet::Kind(_) => objective_groups(cx, year, ids, |of| cx.catalogue().directorate(of)),
        },
        others: lists_of_year(cx, year),
        others_title: cx.format("list.others", &[("anno", (&word).into())]),
    };
    let year_title = cx.format("page.year", &[("anno", (&word).into())]);
    View {
        title,
        description: page.lead.clone(),
        crumbs: cx.crumbs(vec![(year_title.into(), Route::Year(year))], name),
        nav: Some(NavItem::Objectives),
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

/// A name within a sentence: a state's without its capital, where the language has none there.
fn in_sentence(cx: &PageContext<'_>, facet: Facet, name: &str) -> String {
    let mut chars = name.chars();
    match (facet, chars.next()) {
        (Facet::State(_), Some(first)) if !cx.lang().language().has_inner_capitals => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}

/// The objectives of a unit's list that its page shows: all, or its own if the lists of its parts have the others.
fn objectives_on_page(cx: &PageContext<'_>, unit: UnitId, ids: &[ObjectiveId]) -> Vec<ObjectiveId> {
    let all = ids.len() <= LINKS;
    ids.iter().copied().filter(|id| all || cx.catalogue().listed(*id).unit == unit).collect()
}
