//! Updates of projects.

use super::cell::{Cell, administration};
use super::column::{ADMINISTRATION, Column, ColumnType, PAGE, SPENT_APPROXIMATE, SPENT_VAT};
use super::data_table::{Row, Table};
use crate::catalogue::UpdateId;
use crate::export::ids::{project_code, update_id};
use crate::model::{Health, Lifecycle};
use crate::output::Cause;
use crate::site::{Route, Site};

pub(super) const TABLE: Table = Table {
    name: "updates",
    title: "data.updates",
    description: "One row is one dated update of a project, newest first.",
    columns: &COLUMNS,
    key: &["id"],
    rows,
};

const COLUMNS: [Column; 16] = [
    Column {
        name: "id",
        title: "Identificativo",
        description: "The id of the update, which is also that of its feed item: a tag URI (RFC 4151).",
        kind: ColumnType::Text,
    },
    Column { name: "date", title: "Data", description: "The day.", kind: ColumnType::Date },
    Column {
        name: "project",
        title: "Progetto",
        description: "The project: its code, else its folder.",
        kind: ColumnType::Text,
    },
    Column { name: "title", title: "Titolo", description: "What happened, in a line.", kind: ColumnType::Text },
    Column {
        name: "lifecycle",
        title: "Fase del progetto",
        description: "Where the project stands from this day on; empty where the update does not say.",
        kind: ColumnType::LIFECYCLE,
    },
    Column {
        name: "health",
        title: "Andamento",
        description: "How the project goes from this day on; empty where the update does not say.",
        kind: ColumnType::HEALTH,
    },
    PAGE,
    ADMINISTRATION,
    Column {
        name: "progress",
        title: "Avanzamento",
        description: "How much of the project is done out of 100; empty where the update does not say.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "spent",
        title: "Speso",
        description: "What has been spent so far; empty where the update does not say.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "currency",
        title: "Valuta",
        description: "The currency of what has been spent (ISO 4217).",
        kind: ColumnType::Text,
    },
    Column {
        name: "milestone",
        title: "Traguardo",
        description: "The title of the milestone that is met on this day.",
        kind: ColumnType::Text,
    },
    Column {
        name: "progress_written",
        title: "Avanzamento (come scritto)",
        description: "How much of the project is done, as the update writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "spent_written",
        title: "Speso (come scritto)",
        description: "What has been spent so far, as the update writes it.",
        kind: ColumnType::Text,
    },
    SPENT_APPROXIMATE,
    SPENT_VAT,
];

fn rows(site: &Site, row: &mut Row<'_>) -> Result<(), Cause> {
    site.catalogue.update_ids().try_for_each(|id| row(&cells(site, id)))
}

fn cells(site: &Site, id: UpdateId) -> [Cell<'_>; COLUMNS.len()] {
    let catalogue = &site.catalogue;
    let update = &catalogue[id];
    [
        Cell::from(update_id(site, id)),
        Cell::Date(update.date),
        Cell::from(project_code(catalogue, update.project)),
        Cell::from(&update.title),
        Cell::of(update.lifecycle.map(Lifecycle::key)),
        Cell::of(update.health.map(Health::key)),
        Cell::Page(Route::Update(id)),
        administration(catalogue, catalogue[update.project].unit),
        Cell::percent(update.progress.as_ref()),
        Cell::amount(update.spent.as_ref()),
        Cell::of(update.spent.as_ref().and_then(|spent| Some(spent.read()?.currency().code()))),
        Cell::of(catalogue.met(update).map(|met| met.title.as_str())),
        Cell::written(update.progress.as_ref()),
        Cell::written(update.spent.as_ref()),
        Cell::approximate(update.spent.as_ref()),
        Cell::vat(update.spent.as_ref()),
    ]
}
