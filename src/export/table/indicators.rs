//! Indicators of objectives and expected results of projects.

use super::cell::{Cell, administration};
use super::column::{ADMINISTRATION, Column, ColumnType};
use super::data_table::{Row, Table};
use crate::catalogue::{Indicator, UnitId};
use crate::export::ids::project_code;
use crate::model::{self, Direction, IndicatorState, Operator};
use crate::output::Cause;
use crate::site::{Route, Site};

pub(super) const TABLE: Table = Table {
    name: "indicators",
    title: "data.indicators",
    description: "One row is one indicator of an objective, or one expected result of a project.",
    columns: &COLUMNS,
    key: &["administration", "record_type", "record", "position"],
    rows,
};

const COLUMNS: [Column; 23] = [
    ADMINISTRATION,
    Column {
        name: "record",
        title: "Scheda",
        description: "The code of its objective; of a project that expects it, the code, else the folder.",
        kind: ColumnType::Text,
    },
    Column {
        name: "year",
        title: "Anno",
        description: "The objective's year; empty for a project.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "indicator",
        title: "Indicatore",
        description: "What is measured, in the office's words.",
        kind: ColumnType::Text,
    },
    Column { name: "type", title: "Tipo", description: "The office's own word for its type.", kind: ColumnType::Text },
    Column {
        name: "target_written",
        title: "Valore atteso",
        description: "The target as the office writes it; empty where nothing was promised.",
        kind: ColumnType::Text,
    },
    Column {
        name: "target_kind",
        title: "Tipo di traguardo",
        description: "What the target was read as.",
        kind: ColumnType::Word(|| model::TargetKind::ALL.iter().map(|kind| kind.key()).collect()),
    },
    Column {
        name: "target_operator",
        title: "Confronto",
        description: "How an outcome is compared with the value: ge, gt, le, lt, eq, between or by.",
        kind: ColumnType::Word(|| Operator::ALL.iter().map(|operator| operator.key()).collect()),
    },
    Column {
        name: "target_value",
        title: "Valore letto",
        description: "The value that was read: a decimal, a ratio such as 2/4, a range such as 10..20, a date in EDTF, yes, or a change such as +5%.",
        kind: ColumnType::Text,
    },
    Column {
        name: "actual_written",
        title: "Consuntivo",
        description: "The outcome as the office writes it; empty where none is published.",
        kind: ColumnType::Text,
    },
    Column {
        name: "actual_value",
        title: "Consuntivo letto",
        description: "The outcome that was read, in the same form as the value of the target.",
        kind: ColumnType::Text,
    },
    Column {
        name: "state",
        title: "Stato",
        description: "The state computed from target, outcome and time.",
        kind: ColumnType::INDICATOR_STATE,
    },
    Column {
        name: "declared_state",
        title: "Stato dichiarato",
        description: "The state that the administration declares; empty where it declares none.",
        kind: ColumnType::INDICATOR_STATE,
    },
    Column {
        name: "progress",
        title: "Avanzamento",
        description: "How far the outcome is from the baseline (else 0) to the target: 1 is there. Empty where it makes no sense.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "page",
        title: "Pagina",
        description: "The address of the page that it stands on.",
        kind: ColumnType::Url,
    },
    Column {
        name: "record_type",
        title: "Tipo di scheda",
        description: "Whether the record is an objective or a project.",
        kind: ColumnType::Word(|| vec!["objective", "project"]),
    },
    Column {
        name: "position",
        title: "Posizione",
        description: "Its place in its record, from 1.",
        kind: ColumnType::Integer,
    },
    Column {
        name: "unit_of_measure",
        title: "Unità di misura",
        description: "What is counted, in the office's words.",
        kind: ColumnType::Text,
    },
    Column {
        name: "target_assumed",
        title: "Confronto presunto",
        description: "yes where the office wrote a bare value, so that the comparison follows from the direction, the baseline, or is a minimum.",
        kind: ColumnType::YES_NO,
    },
    Column {
        name: "direction",
        title: "Verso",
        description: "Which way is better; empty where nothing tells.",
        kind: ColumnType::Word(|| Direction::ALL.iter().map(|direction| direction.key()).collect()),
    },
    Column {
        name: "baseline",
        title: "Valore di partenza",
        description: "Where it stood before: the figure; empty where it is none.",
        kind: ColumnType::Decimal,
    },
    Column {
        name: "thread",
        title: "Serie",
        description: "The name that it shares with the same indicator of other years.",
        kind: ColumnType::Text,
    },
    Column {
        name: "not_evaluable_reason",
        title: "Perché non valutabile",
        description: "Why the figures can't say whether the target is met, in one sentence; empty where they can, and where nothing is published.",
        kind: ColumnType::Text,
    },
];

fn rows(site: &Site, row: &mut Row<'_>) -> Result<(), Cause> {
    let catalogue = &site.catalogue;
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        let record = IndicatorRecord {
            kind: "objective",
            unit: objective.unit,
            code: &objective.code,
            year: Cell::Integer(objective.year.into()),
            route: Route::Objective(id),
        };
        let states = &site.judgement(id).indicators;
        for (position, (indicator, state)) in objective.indicators.iter().zip(states).enumerate() {
            row(&cells(site, &record, position, indicator, *state))?;
        }
    }
    for id in catalogue.project_ids() {
        let project = &catalogue[id];
        let record = IndicatorRecord {
            kind: "project",
            unit: project.unit,
            code: project_code(catalogue, id),
            year: Cell::Empty,
            route: Route::Project(id),
        };
        for (position, (result, state)) in project.expected_results.iter().zip(site.results(id)).enumerate() {
            row(&cells(site, &record, position, result, *state))?;
        }
    }
    Ok(())
}

/// Cells that all indicators of a record have in common.
struct IndicatorRecord<'a> {
    kind: &'static str,
    unit: UnitId,
    code: &'a str,
    year: Cell<'static>,
    route: Route,
}

fn cells<'a>(
    site: &'a Site,
    record: &IndicatorRecord<'a>,
    position: usize,
    indicator: &'a Indicator,
    state: IndicatorState,
) -> [Cell<'a>; COLUMNS.len()] {
    let target = indicator.target.value();
    [
        administration(&site.catalogue, record.unit),
        Cell::from(record.code),
        record.year.clone(),
        Cell::from(&indicator.title),
        Cell::of(indicator.kind.as_deref()),
        Cell::written(Some(&indicator.target)),
        Cell::from(target.kind().key()),
        Cell::of(target.operator().map(Operator::key)),
        Cell::of(target.value()),
        Cell::written(indicator.actual.as_ref()),
        Cell::of(indicator.actual.as_ref().and_then(|actual| actual.value().value())),
        Cell::from(state.key()),
        Cell::of(indicator.declared.map(IndicatorState::key)),
        Cell::of(indicator.progress()),
        Cell::Page(record.route),
        Cell::from(record.kind),
        Cell::place(position),
        Cell::of(indicator.unit_of_measure.as_deref()),
        Cell::from(if target.is_assumed() { "yes" } else { "no" }),
        Cell::of(indicator.direction.or(target.direction()).map(Direction::key)),
        Cell::of(indicator.baseline.as_ref().and_then(|baseline| baseline.value().figure())),
        Cell::of(indicator.series.map(|series| &site.catalogue[series].slug)),
        Cell::of(indicator.reason().map(|reason| reason.words(site.settings.language()))),
    ]
}
