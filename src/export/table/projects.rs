//! Projects.

use super::cell::{Cell, administration, codes, nodes};
use super::column::{ADMINISTRATION, Column, ColumnType, PAGE, PLAN, SPENT_APPROXIMATE, SPENT_VAT, TITLE, UNIT};
use super::data_table::{Row, Table};
use crate::catalogue::ProjectId;
use crate::model::{Cig, Cup, Health, Lifecycle, Written};
use crate::output::Cause;
use crate::site::{Route, Site};

pub(super) const TABLE: Table = Table {
    name: "projects",
    title: "data.projects",
    description: "One row is one project, as its file and its updates say it stands.",
    columns: &COLUMNS,
    key: &["slug"],
    rows,
};

const COLUMNS: [Column; 26] = [
    ADMINISTRATION,
    Column {
        name: "code",
        title: "Codice",
        description: "The code, unique in its administration; empty where it has none.",
        kind: ColumnType::Text,
    },
    TITLE,
    UNIT,
    Column {
        name: "start_written",
        title: "Inizio",
        description: "The planned start, as the office writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "start_edtf",
        title: "Inizio (EDTF)",
        description: "The planned start, in EDTF (ISO 8601-2).",
        kind: ColumnType::Text,
    },
    Column {
        name: "end_written",
        title: "Fine",
        description: "The planned end, as the office writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "end_edtf",
        title: "Fine (EDTF)",
        description: "The planned end, in EDTF (ISO 8601-2).",
        kind: ColumnType::Text,
    },
    Column { name: "amount", title: "Importo", description: "What it is to cost.", kind: ColumnType::Decimal },
    Column {
        name: "currency",
        title: "Valuta",
        description: "The currency of the amounts (ISO 4217).",
        kind: ColumnType::Text,
    },
    Column {
        name: "spent",
        title: "Speso",
        description: "What has been spent, as the newest update that says so, else the project itself.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "lifecycle",
        title: "Fase del progetto",
        description: "Where it stands, as the newest update that says so, else the project itself.",
        kind: ColumnType::LIFECYCLE,
    },
    Column {
        name: "health",
        title: "Andamento",
        description: "How it goes, as the newest update that says so, else the project itself.",
        kind: ColumnType::HEALTH,
    },
    PAGE,
    Column {
        name: "slug",
        title: "Cartella",
        description: "The name of its folder, unique in the site; other tables name a project without a code by it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "amount_written",
        title: "Importo (come scritto)",
        description: "What it is to cost, as the office writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "spent_written",
        title: "Speso (come scritto)",
        description: "What has been spent, as the office writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "progress",
        title: "Avanzamento",
        description: "How much of it is done out of 100, as its newest update that says so.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "cup",
        title: "CUP",
        description: "The codes of the public investment, separated by `;`, as they were written where they aren't well-formed.",
        kind: ColumnType::Text,
    },
    Column { name: "cig", title: "CIG", description: "The codes of its tenders, as the CUP.", kind: ColumnType::Text },
    PLAN,
    Column {
        name: "progress_written",
        title: "Avanzamento (come scritto)",
        description: "How much of it is done, as its newest update that says so writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "amount_approximate",
        title: "Importo approssimato",
        description: "yes where the amount is written as about so much (`circa`); empty where there is no figure.",
        kind: ColumnType::YES_NO,
    },
    Column {
        name: "amount_vat",
        title: "Importo: IVA",
        description: "Whether value added tax is included in the amount or excluded; empty where it isn't written.",
        kind: ColumnType::VAT,
    },
    SPENT_APPROXIMATE,
    SPENT_VAT,
];

fn rows(site: &Site, row: &mut Row<'_>) -> Result<(), Cause> {
    site.catalogue.project_ids().try_for_each(|id| row(&cells(site, id)))
}

fn cells(site: &Site, id: ProjectId) -> [Cell<'_>; COLUMNS.len()] {
    let catalogue = &site.catalogue;
    let project = &catalogue[id];
    let now = catalogue.current(id);
    let amount = project.amount();
    let currency = [amount, now.spent].into_iter().flatten().find_map(Written::read);
    [
        administration(catalogue, project.unit),
        Cell::of(project.code.as_deref()),
        Cell::from(&project.title),
        Cell::from(&catalogue[project.unit].id),
        Cell::written(project.start.as_ref()),
        Cell::edtf(project.start.as_ref()),
        Cell::written(project.end.as_ref()),
        Cell::edtf(project.end.as_ref()),
        Cell::amount(amount),
        Cell::of(currency.map(|amount| amount.currency().code())),
        Cell::amount(now.spent),
        Cell::of(now.lifecycle.map(Lifecycle::key)),
        Cell::of(now.health.map(Health::key)),
        Cell::Page(Route::Project(id)),
        Cell::from(&project.slug),
        Cell::written(amount),
        Cell::written(now.spent),
        Cell::percent(now.progress),
        codes(project.cup.iter().map(Cup::as_str)),
        codes(project.cig.iter().map(Cig::as_str)),
        nodes(catalogue, &project.plan),
        Cell::written(now.progress),
        Cell::approximate(amount),
        Cell::vat(amount),
        Cell::approximate(now.spent),
        Cell::vat(now.spent),
    ]
}
