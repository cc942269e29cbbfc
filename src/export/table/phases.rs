//! Phases of objectives.

use super::cell::{Cell, administration, codes};
use super::column::{ADMINISTRATION, Column, ColumnType};
use super::data_table::{Row, Table};
use crate::catalogue::ObjectiveId;
use crate::model::PhaseState;
use crate::output::Cause;
use crate::site::{Route, Site};

pub(super) const TABLE: Table = Table {
    name: "phases",
    title: "data.phases",
    description: "One row is one phase of an objective.",
    columns: &COLUMNS,
    key: &["administration", "record", "position"],
    rows,
};

const COLUMNS: [Column; 25] = [
    ADMINISTRATION,
    Column { name: "record", title: "Obiettivo", description: "The code of its objective.", kind: ColumnType::Text },
    Column {
        name: "phase",
        title: "Fase",
        description: "What is to be done, in the words of the sheet.",
        kind: ColumnType::Text,
    },
    Column {
        name: "weight",
        title: "Peso",
        description: "Its share of the objective out of 100, where the sheet gives one.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "start_written",
        title: "Inizio",
        description: "The planned start, as the sheet writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "start_earliest",
        title: "Inizio (al più presto)",
        description: "The first day that the planned start may mean; empty where it is open.",
        kind: ColumnType::Date,
    },
    Column {
        name: "start_latest",
        title: "Inizio (al più tardi)",
        description: "The last day that the planned start may mean; empty where it is open.",
        kind: ColumnType::Date,
    },
    Column {
        name: "end_written",
        title: "Fine",
        description: "The planned end, as the sheet writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "end_earliest",
        title: "Fine (al più presto)",
        description: "The first day that the planned end may mean; empty where it is open.",
        kind: ColumnType::Date,
    },
    Column {
        name: "end_latest",
        title: "Fine (al più tardi)",
        description: "The last day that the planned end may mean; empty where it is open.",
        kind: ColumnType::Date,
    },
    Column {
        name: "responsible_role",
        title: "Responsabile",
        description: "The role of who answers for it. Tables name no person.",
        kind: ColumnType::Text,
    },
    Column {
        name: "centre",
        title: "Centro di responsabilità",
        description: "The id of the unit that carries it out.",
        kind: ColumnType::Text,
    },
    Column {
        name: "state",
        title: "Stato",
        description: "What is known of it on the day of the tables; no_data where it is over and nothing was published, or what was published can't be read.",
        kind: ColumnType::Word(|| PhaseState::ALL.iter().map(|state| state.key()).collect()),
    },
    Column {
        name: "position",
        title: "Posizione",
        description: "Its place in its objective, from 1.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "weight_effective",
        title: "Peso effettivo",
        description: "The weight, or, where the sheet leaves it blank, an equal part of what the other phases leave to 100, of up to 28 digits.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "centre_written",
        title: "Centro di responsabilità (come scritto)",
        description: "The name of the unit on the sheet, where it is another than today.",
        kind: ColumnType::Text,
    },
    Column {
        name: "actual_start_written",
        title: "Inizio effettivo",
        description: "When it began, as the sheet writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "actual_start_edtf",
        title: "Inizio effettivo (EDTF)",
        description: "When it began, in EDTF (ISO 8601-2).",
        kind: ColumnType::Text,
    },
    Column {
        name: "actual_end_written",
        title: "Fine effettiva",
        description: "When it ended, as the sheet writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "actual_end_edtf",
        title: "Fine effettiva (EDTF)",
        description: "When it ended, in EDTF (ISO 8601-2).",
        kind: ColumnType::Text,
    },
    Column {
        name: "progress",
        title: "Avanzamento",
        description: "How much of it is done, out of 100.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "page",
        title: "Pagina",
        description: "The address of its objective's page.",
        kind: ColumnType::Url,
    },
    Column {
        name: "after",
        title: "Dopo le fasi",
        description: "The positions of the phases that must end before it begins, divided by semicolons.",
        kind: ColumnType::Text,
    },
    Column {
        name: "weight_written",
        title: "Peso (come scritto)",
        description: "Its share of the objective, as the sheet writes it.",
        kind: ColumnType::Text,
    },
    Column {
        name: "progress_written",
        title: "Avanzamento (come scritto)",
        description: "How much of it is done, as the sheet writes it.",
        kind: ColumnType::Text,
    },
];

fn rows(site: &Site, row: &mut Row<'_>) -> Result<(), Cause> {
    for id in site.catalogue.objective_ids() {
        for position in 0..site.catalogue[id].phases.len() {
            row(&cells(site, id, position))?;
        }
    }
    Ok(())
}

fn cells(site: &Site, id: ObjectiveId, position: usize) -> [Cell<'_>; COLUMNS.len()] {
    let catalogue = &site.catalogue;
    let objective = &catalogue[id];
    let phase = &objective.phases[position];
    let judgement = site.judgement(id);
    [
        administration(catalogue, objective.unit),
        Cell::from(&objective.code),
        Cell::from(&phase.title),
        Cell::percent(phase.weight.as_ref()),
        Cell::written(phase.start.as_ref()),
        Cell::earliest(phase.start.as_ref()),
        Cell::latest(phase.start.as_ref()),
        Cell::written(phase.end.as_ref()),
        Cell::earliest(phase.end.as_ref()),
        Cell::latest(phase.end.as_ref()),
        Cell::of(phase.responsible.as_ref().and_then(|person| person.role())),
        Cell::of(phase.centre.as_ref().map(|centre| &catalogue[centre.unit].id)),
        Cell::from(judgement.phases[position].key()),
        Cell::place(position),
        Cell::of(judgement.weighing.weights[position].map(|weight| weight.value)),
        Cell::of(phase.centre.as_ref().and_then(|centre| centre.written.as_deref())),
        Cell::written(phase.actual_start.as_ref()),
        Cell::edtf(phase.actual_start.as_ref()),
        Cell::written(phase.actual_end.as_ref()),
        Cell::edtf(phase.actual_end.as_ref()),
        Cell::percent(phase.progress.as_ref()),
        Cell::Page(Route::Objective(id)),
        codes(phase.after.iter().map(|place| (place + 1).to_string())),
        Cell::written(phase.weight.as_ref()),
        Cell::written(phase.progress.as_ref()),
    ]
}
