//! The objectives of a year: how it went, then each of them, by administration where there are several, and by
//! directorate where they are many.

use serde::Serialize;

use super::components::{Choice, ObjectiveGroup, is_over, page_source, year_heading};
use super::counts::Counts;
use super::facet_lists::{FacetLists, lists_of_year, qualified_name};
use super::groups::objective_groups;
use super::{PageContext, View};
use crate::model::NavItem;
use crate::render::filters;
use crate::render::limits::LINKS;
use crate::site::{Facet, Route};

#[derive(Serialize)]
struct Page {
    title: String,
    lead: String,
    years: Vec<Choice>,
    how: String,
    total: String,
    counts: Counts,
    filters: Vec<Filter>,
    n: usize,
    lists: Vec<FacetLists>,
    /// Empty if they are too many for a page.
    groups: Vec<ObjectiveGroup>,
}

/// One thing that the list can be filtered by.
#[derive(Serialize)]
struct Filter {
    id: &'static str,
    label: String,
    values: Vec<FilterValue>,
}

#[derive(Serialize)]
struct FilterValue {
    value: String,
    title: String,
}

/// Limit of the years that the page of one links to.
const AROUND: usize = 100;

/// Every year, oldest first.
pub(super) fn years(cx: &PageContext<'_>) -> Vec<Choice> {
    let mut years: Vec<i16> = cx.site.years().collect();
    years.reverse();
    choices(cx, &years)
}

/// The years around one, oldest first.
fn around(cx: &PageContext<'_>, year: i16) -> Vec<Choice> {
    let mut years: Vec<i16> = cx.site.years().collect();
    years.reverse();
    let from = years.partition_point(|other| *other < year).saturating_sub(AROUND / 2);
    choices(cx, &years[from..years.len().min(from + AROUND)])
}

fn choices(cx: &PageContext<'_>, years: &[i16]) -> Vec<Choice> {
    years.iter().map(|year| Choice::of(cx, Route::Year(*year), year.to_string())).collect()
}

pub(super) fn view(cx: &PageContext<'_>, year: i16) -> View {
    let ids = cx.site.objectives_of_year(year);
    let word = year.to_string();
    let title = cx.format("page.year", &[("anno", (&word).into())]);
    let lead = if is_over(cx, year) { "page.year_lead" } else { "page.year_lead_open" };
    let filters = filters(cx, year);
    let listed = if ids.len() <= LINKS { ids } else { &[] };
    let mut groups = objective_groups(cx, year, listed, |unit| cx.catalogue().directorate(unit));
    if !filters.is_empty() {
        for row in groups.iter_mut().flat_map(|group| &mut group.rows) {
            row.marks = Some(filters::row_classes(cx.site, row.id));
        }
    }
    let page = Page {
        title: title.clone(),
        lead: cx.format(lead, &[("anno", (&word).into())]),
        years: around(cx, year),
        how: year_heading(cx, year),
        total: cx.format("how.total", &[("n", ids.len().into())]),
        counts: Counts::of_year(cx, year),
        filters,
        n: ids.len(),
        lists: lists_of_year(cx, year),
        groups,
    };
    View {
        title: title.clone(),
        description: page.lead.clone(),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: Some(NavItem::Objectives),
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

/// Nothing is filtered by what all objectives of the year have in common.
fn filters(cx: &PageContext<'_>, year: i16) -> Vec<Filter> {
    let values: Vec<Facet> = filters::of_year(cx.site, year).into_iter().collect();
    values
        .chunk_by(|a, b| std::mem::discriminant(a) == std::mem::discriminant(b))
        .filter(|values| values.len() > 1)
        .map(|values| {
            let (id, label) = match values[0] {
                Facet::State(_) => ("filter-state", "lst.state"),
                Facet::Unit(_) => ("filter-unit", "lst.office"),
                Facet::Kind(_) => ("filter-kind", "list.kind"),
            };
            let value = |facet: &Facet| FilterValue {
                value: filters::class(*facet),
                title: qualified_name(cx, *facet).text().to_owned(),
            };
            Filter { id, label: cx.word(label), values: values.iter().map(value).collect() }
        })
        .collect()
}
