//! Filters of a year's objectives that need no script: the page lets its reader choose, each row carries classes, and one
//! stylesheet of the site hides the rows that lack a chosen one. A class is the number of a record, so that no word of an
//! editor gets into a stylesheet.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Asset;
use super::limits::ROWS;
use super::theme::hashed;
use crate::catalogue::ObjectiveId;
use crate::incremental::query::{self, Query, RecordKind};
use crate::model::ObjectiveState;
use crate::site::{Facet, Site};

/// Least number of objectives that have filters: a shorter list is read faster than filtered.
const MIN_OBJECTIVES: usize = 6;

/// Values by which the objectives of a year can be filtered; empty if they are too few for it, or too many for one table.
pub(super) fn of_year(site: &Site, year: i16) -> BTreeSet<Facet> {
    match site.objectives_of_year(year) {
        ids if (MIN_OBJECTIVES..=ROWS).contains(&ids.len()) => ids.iter().flat_map(|id| facets(site, *id)).collect(),
        _ => BTreeSet::new(),
    }
}

/// The state, directorate and type of an objective.
fn facets(site: &Site, id: ObjectiveId) -> impl Iterator<Item = Facet> {
    let unit = site.catalogue.directorate(site.catalogue.listed(id).unit);
    let kind = site.kind_of(id).map(Facet::Kind);
    [Facet::State(site.state(id).0), Facet::Unit(unit)].into_iter().chain(kind)
}

/// The classes of an objective's row.
pub(super) fn row_classes(site: &Site, id: ObjectiveId) -> String {
    facets(site, id).map(class).collect::<Vec<_>>().join(" ")
}

/// The class of the rows that a value of a filter keeps; also the value.
pub(super) fn class(facet: Facet) -> String {
    match facet {
        Facet::State(state) => {
            format!("s{}", ObjectiveState::ALL.iter().position(|known| *known == state).unwrap_or_default())
        }
        Facet::Unit(unit) => {
            query::trace(Query::All(RecordKind::Unit));
            format!("u{}", unit.index())
        }
        Facet::Kind(kind) => {
            query::trace(Query::Types);
            format!("k{}", kind.index())
        }
    }
}

/// The stylesheet of the filters of all years, which a reader loads once. It goes by the site alone, whatever the theme.
/// Returns `None` if no year has filters.
pub(crate) fn stylesheet(site: &Site) -> Option<Asset> {
    let values: BTreeSet<Facet> = site.years().flat_map(|year| of_year(site, year)).collect();
    let rules: Vec<String> = values.into_iter().map(class).map(|class| rule(&class)).collect();
    if rules.is_empty() {
        return None;
    }
    // On paper a list is complete.
    let css = format!("@media screen{{{}{{display:none}}}}\n", rules.join(",\n")).into_bytes();
    Some(Asset { address: hashed("filters.css", &css), bytes: Cow::Owned(css) })
}

/// Rule of a chosen value: it hides the rows without its class, and the groups in which no row has it.
fn rule(class: &str) -> String {
    format!("main:has([value={class}]:checked) :is(tbody tr:not(.{class}),.group:not(:has(.{class})))")
}
