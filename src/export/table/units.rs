//! Units of the organisation.

use super::cell::{Cell, administration};
use super::column::{Column, ColumnType, PAGE};
use super::data_table::{Row, Table};
use crate::catalogue::UnitId;
use crate::output::Cause;
use crate::site::{Route, Site};

pub(super) const TABLE: Table = Table {
    name: "units",
    title: "data.units",
    description: "One row is one unit of the organisation: an administration or a part of one.",
    columns: &COLUMNS,
    key: &["id"],
    rows,
};

const COLUMNS: [Column; 8] = [
    Column {
        name: "id",
        title: "Identificativo",
        description: "The path-like name by which the other tables refer to it.",
        kind: ColumnType::Text,
    },
    Column { name: "name", title: "Nome", description: "The official name.", kind: ColumnType::Text },
    Column {
        name: "kind",
        title: "Tipo",
        description: "What it is, in the administration's own word.",
        kind: ColumnType::Text,
    },
    Column {
        name: "parent",
        title: "Ufficio superiore",
        description: "The id of the unit that it is part of; empty for an administration.",
        kind: ColumnType::Text,
    },
    Column {
        name: "administration",
        title: "Amministrazione",
        description: "The id of the administration that it belongs to.",
        kind: ColumnType::Text,
    },
    Column {
        name: "succeeded_by",
        title: "Sostituito da",
        description: "The id of the unit that took over its tasks.",
        kind: ColumnType::Text,
    },
    Column {
        name: "ipa",
        title: "Codice IPA",
        description: "Its code in the index of public administrations (IPA).",
        kind: ColumnType::Text,
    },
    PAGE,
];

fn rows(site: &Site, row: &mut Row<'_>) -> Result<(), Cause> {
    site.catalogue.unit_ids().try_for_each(|id| row(&cells(site, id)))
}

fn cells(site: &Site, id: UnitId) -> [Cell<'_>; COLUMNS.len()] {
    let catalogue = &site.catalogue;
    let unit = &catalogue[id];
    let name = |id: UnitId| &catalogue[id].id;
    [
        Cell::from(&unit.id),
        Cell::from(&unit.name),
        Cell::of(unit.kind.as_deref()),
        Cell::of(unit.parent.map(name)),
        administration(catalogue, id),
        Cell::of(unit.succeeded_by.map(name)),
        Cell::of(unit.ipa.as_deref()),
        Cell::Page(Route::Unit(id)),
    ]
}
