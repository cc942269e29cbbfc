//! Objectives.

use super::cell::{Cell, administration, codes, nodes};
use super::column::{ADMINISTRATION, Column, ColumnType, PAGE, PLAN, TITLE, UNIT};
use super::data_table::{Row, Table};
use crate::catalogue::ObjectiveId;
use crate::model::{IndicatorState, ObjectiveState};
use crate::output::Cause;
use crate::site::{Route, Site};

pub(super) const TABLE: Table = Table {
    name: "objectives",
    title: "data.objectives",
    description: "One row is one objective of one year.",
    columns: &COLUMNS,
    key: &["administration", "code"],
    rows,
};

const COLUMNS: [Column; 19] = [
    ADMINISTRATION,
    Column {
        name: "code",
        title: "Codice",
        description: "The code on the sheet, unique in its administration.",
        kind: ColumnType::Text,
    },
    Column { name: "year", title: "Anno", description: "The year that it is promised for.", kind: ColumnType::Integer },
    TITLE,
    UNIT,
    Column {
        name: "classification",
        title: "Classificazione",
        description: "The sheet's classification, in its own words.",
        kind: ColumnType::Text,
    },
    Column { name: "type", title: "Tipo", description: "The sheet's type, in its own words.", kind: ColumnType::Text },
    Column {
        name: "state",
        title: "Stato",
        description: "Declared by the administration, else computed from its time and its indicators.",
        kind: ColumnType::Word(|| ObjectiveState::ALL.iter().map(|state| state.key()).collect()),
    },
    Column {
        name: "indicators_met",
        title: "Indicatori raggiunti",
        description: "How many indicators are met, as computed, or as declared where the figures leave it open.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "indicators_not_met",
        title: "Indicatori non raggiunti",
        description: "How many indicators are not met, as computed, or as declared where the figures leave it open.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "indicators_no_data",
        title: "Indicatori senza dati",
        description: "How many indicators are over without a published outcome; none of them counts as not met.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "continues",
        title: "Continua",
        description: "The codes of the objectives of earlier years that it goes on with, separated by `;`.",
        kind: ColumnType::Text,
    },
    PAGE,
    Column {
        name: "indicators",
        title: "Indicatori",
        description: "How many indicators it has.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "indicators_partially_met",
        title: "Indicatori raggiunti in parte",
        description: "How many indicators are met in part, which only a declaration says.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "declared_state",
        title: "Stato dichiarato",
        description: "The state that the administration declares; empty where it is left to be computed.",
        kind: ColumnType::Word(|| ObjectiveState::ALL.iter().map(|state| state.key()).collect()),
    },
    PLAN,
    Column {
        name: "first_day",
        title: "Primo giorno",
        description: "The first day of its time.",
        kind: ColumnType::Date,
    },
    Column {
        name: "last_day",
        title: "Ultimo giorno",
        description: "The last day of its time.",
        kind: ColumnType::Date,
    },
];

fn rows(site: &Site, row: &mut Row<'_>) -> Result<(), Cause> {
    site.catalogue.objective_ids().try_for_each(|id| row(&cells(site, id)))
}

fn cells(site: &Site, id: ObjectiveId) -> [Cell<'_>; COLUMNS.len()] {
    let catalogue = &site.catalogue;
    let objective = &catalogue[id];
    let judgement = site.judgement(id);
    let count = |state: IndicatorState| Cell::Integer(judgement.counts.get(state).into());
    [
        administration(catalogue, objective.unit),
        Cell::from(&objective.code),
        Cell::Integer(objective.year.into()),
        Cell::from(&objective.title),
        Cell::from(&catalogue[objective.unit].id),
        Cell::of(objective.classification.as_deref()),
        Cell::of(objective.kind.as_deref()),
        Cell::from(judgement.state.key()),
        count(IndicatorState::Met),
        count(IndicatorState::NotMet),
        count(IndicatorState::NoData),
        codes(objective.continues.iter().map(|earlier| &catalogue[*earlier].code)),
        Cell::Page(Route::Objective(id)),
        Cell::count(objective.indicators.len()),
        count(IndicatorState::PartiallyMet),
        Cell::of(objective.declared.map(ObjectiveState::key)),
        nodes(catalogue, &objective.plan),
        Cell::Date(objective.first_day()),
        Cell::Date(objective.last_day()),
    ]
}
