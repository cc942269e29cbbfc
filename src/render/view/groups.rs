//! The objectives of a year in tables or links, by administration or by a part of it.

use std::collections::BTreeMap;

use super::components::ObjectiveGroup;
use super::facet_lists::qualified_name;
use super::{PageContext, Phrase};
use crate::catalogue::{ObjectiveId, UnitId};
use crate::render::limits::ROWS;
use crate::site::Facet;

/// One table for each administration, where a single one on the site needs no heading; where they are more than a table
/// should have, links by `part`.
pub(super) fn objective_groups(
    cx: &PageContext<'_>,
    year: i16,
    ids: &[ObjectiveId],
    part: impl Fn(UnitId) -> UnitId,
) -> Vec<ObjectiveGroup> {
    let catalogue = cx.catalogue();
    let table = ids.len() <= ROWS;
    let mut groups: BTreeMap<UnitId, Vec<ObjectiveId>> = BTreeMap::new();
    for id in ids {
        let unit = catalogue.listed(*id).unit;
        groups
            .entry(if table { catalogue.administration(unit) } else { part(unit) })
            .or_default()
            .push(*id);
    }
    let several = cx.site.administrations().len() > 1;
    let group = |(unit, ids): (UnitId, Vec<ObjectiveId>)| {
        let name = cx.text(&catalogue[unit].name);
        if !table {
            return ObjectiveGroup::links(cx, qualified_name(cx, Facet::Unit(unit)), &ids);
        }
        let caption =
            cx.format("lst.caption_year_of", &[("anno", (&year.to_string()).into()), ("nome", (&name).into())]);
        ObjectiveGroup::table(cx, if several { name } else { Phrase::default() }, caption, &ids)
    };
    groups.into_iter().map(group).collect()
}
