use jiff::civil::Date;
use serde_json::Value;

use super::cell::Cell;
use super::*;
use crate::export::tests::sample::{HARD, bytes, site, text};

const BASE: &str = "https://prova.example.org";

/// The columns that outside checks read, in their order.
const PROMISED: [(&str, &str); 7] = [
    (
        "indicators",
        "administration, record, year, indicator, type, target_written, target_kind, target_operator, target_value, \
         actual_written, actual_value, state, declared_state, progress, page",
    ),
    (
        "objectives",
        "administration, code, year, title, unit, classification, type, state, indicators_met, indicators_not_met, \
         indicators_no_data, continues, page",
    ),
    (
        "phases",
        "administration, record, phase, weight, start_written, start_earliest, start_latest, end_written, \
         end_earliest, end_latest, responsible_role, centre, state",
    ),
    (
        "projects",
        "administration, code, title, unit, start_written, start_edtf, end_written, end_edtf, amount, currency, \
         spent, lifecycle, health, page",
    ),
    ("updates", "id, date, project, title, lifecycle, health, page"),
    ("units", "id, name, kind, parent, administration, succeeded_by, ipa, page"),
    ("plan-nodes", "administration, plan, scheme, code, level, title, written, parent, page"),
];

/// The header and rows of a CSV file.
fn csv(name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = bytes(&site(BASE), "csv", &format!("data/{name}.csv"));
    let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
    let owned = |record: &::csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = owned(reader.headers().expect("a header"));
    (header, reader.records().map(|record| owned(&record.expect("a record"))).collect())
}

/// One row, by column.
fn row(name: &str, place: usize) -> Vec<(String, String)> {
    let (header, rows) = csv(name);
    header.into_iter().zip(rows[place].clone()).collect()
}

fn cell(name: &str, place: usize, column: &str) -> String {
    row(name, place).into_iter().find(|(name, _)| name == column).expect("a column").1
}

#[test]
fn every_table_begins_with_the_promised_columns() {
    assert_eq!(ALL.len(), PROMISED.len());
    for (name, promised) in PROMISED {
        let promised: Vec<&str> = promised.split(", ").collect();
        assert_eq!(csv(name).0[..promised.len()], promised, "{name}");
    }
}

#[test]
fn csv_and_json_say_the_same_cell_by_cell() {
    for table in ALL {
        let (header, rows) = csv(table.name);
        assert!(!rows.is_empty(), "{}", table.name);
        let objects: Vec<serde_json::Map<String, Value>> =
            serde_json::from_str(&text(&site(BASE), "json", &table.address("json"))).expect("an array of objects");
        assert_eq!(objects.len(), rows.len(), "{}", table.name);
        for (object, row) in objects.iter().zip(&rows) {
            assert_eq!(object.len(), header.len());
            for (name, cell) in header.iter().zip(row) {
                let same = match &object[name] {
                    Value::Null => "".to_owned(),
                    Value::String(words) => words.clone(),
                    Value::Number(number) => number.to_string(),
                    other => panic!("{}.{name}: {other}", table.name),
                };
                assert_eq!(&same, cell, "{}.{name}", table.name);
            }
        }
    }
}

#[test]
fn every_cell_is_of_its_columns_kind_and_every_key_names_one_row() {
    for table in ALL {
        let (header, rows) = csv(table.name);
        for row in &rows {
            for (column, cell) in table.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let fits = match column.kind {
                    ColumnType::Text => true,
                    ColumnType::Word(words) => words().contains(&cell.as_str()),
                    ColumnType::Integer => cell.parse::<i64>().is_ok(),
                    ColumnType::Decimal => cell.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte)),
                    ColumnType::Date => cell.parse::<Date>().is_ok() && cell.len() == 10,
                    ColumnType::Url => cell.starts_with("https://prova.example.org/") && cell.ends_with('/'),
                };
                assert!(fits, "{}.{}: {cell}", table.name, column.name);
            }
        }
        let places: Vec<usize> =
            table.key.iter().filter_map(|key| header.iter().position(|name| name == key)).collect();
        assert_eq!(places.len(), table.key.len(), "{}", table.name);
        let mut keys: Vec<Vec<&String>> =
            rows.iter().map(|row| places.iter().map(|place| &row[*place]).collect()).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), rows.len(), "{}", table.name);
    }
}

#[test]
fn words_are_kept_as_written_and_stand_beside_their_reading() {
    assert_eq!(cell("objectives", 1, "title"), HARD);
    assert_eq!(cell("indicators", 1, "target_written"), "=> 100");
    assert_eq!(cell("indicators", 1, "target_value"), "100");
    assert_eq!(cell("projects", 0, "amount_written"), "6.000.000,00 €");
    assert_eq!(cell("projects", 0, "amount"), "6000000.00");
    assert_eq!(cell("phases", 0, "end_written"), "giugno 2020");
    assert_eq!(cell("phases", 0, "end_latest"), "2020-06-30");
}

#[test]
fn references_are_ids_codes_and_addresses_of_what_they_name() {
    assert_eq!(cell("objectives", 1, "administration"), "firenze");
    assert_eq!(cell("objectives", 1, "unit"), "firenze/sociale");
    assert_eq!(cell("objectives", 1, "continues"), "2019_ZN10");
    assert_eq!(cell("objectives", 1, "plan"), "dup-2020:5.2.10");
    assert_eq!(cell("plan-nodes", 1, "parent"), "05");
    assert_eq!(cell("units", 1, "page"), "https://prova.example.org/uffici/firenze/sociale/");
    assert_eq!(cell("updates", 0, "id"), "tag:prova.example.org,2026:catania/CT3.1/2024-02-03-fine");
}

#[test]
fn an_expected_result_of_a_project_is_an_indicator_without_a_year() {
    let last = csv("indicators").1.len() - 1;
    assert_eq!(cell("indicators", last, "record"), "CT3.1");
    assert_eq!(cell("indicators", last, "record_type"), "project");
    assert_eq!(cell("indicators", last, "year"), "");
    assert_eq!(cell("updates", 1, "project"), "senza-codice");
}

#[test]
fn a_project_stands_where_its_newest_update_says() {
    assert_eq!(cell("projects", 0, "lifecycle"), "completed");
    assert_eq!(cell("projects", 1, "health"), "delayed");
}

#[test]
fn blank_weights_share_what_is_left_and_stay_blank_as_written() {
    let weights: Vec<(String, String)> = (0..3)
        .map(|place| (cell("phases", place, "weight"), cell("phases", place, "weight_effective")))
        .collect();
    let expected = [("50.00", "50.00"), ("", "25"), ("", "25")].map(|(w, e)| (w.to_owned(), e.to_owned()));
    assert_eq!(weights, expected);
}

#[test]
fn csv_ends_its_lines_as_rfc_4180_does_and_has_no_byte_order_mark() {
    let units = text(&site(BASE), "csv", "data/units.csv");
    assert!(units.starts_with("id,name,"));
    assert_eq!(units.matches("\r\n").count(), 4);
    assert_eq!(units.matches('\n').count(), 4);
}

#[test]
fn tables_name_no_person() {
    for table in ALL {
        let table = text(&site(BASE), "csv", &table.address("csv"));
        assert!(!table.contains("Maltoni") && !table.contains("Cavalleri"));
    }
    assert_eq!(cell("phases", 0, "responsible_role"), "PO Marginalità");
}

#[test]
fn a_row_of_another_length_is_refused_by_both_formats() {
    let table = Table {
        name: "short",
        title: "",
        description: "",
        columns: ALL[5].columns,
        key: &[],
        rows: |_, row| row(&[Cell::Empty]),
    };
    assert!(table.csv(&site(BASE), &mut Vec::new()).is_err());
    assert!(table.json(&site(BASE), &mut Vec::new()).is_err());
}
