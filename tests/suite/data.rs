//! The open data of the demonstration site: the facts in their columns.

#![expect(clippy::disallowed_methods, reason = "the tests read what was published")]

use std::collections::BTreeMap;

use crate::common::SiteTest;
use serde_json::Value;

const BASE: &str = "https://trasparenza.example.org/";

/// The tables of the demonstration. Their columns are promised in `src/export/table/tests.rs`.
const TABLES: [&str; 7] = ["objectives", "phases", "indicators", "projects", "updates", "units", "plan-nodes"];

type Row = BTreeMap<String, String>;

fn built() -> SiteTest {
    let site = SiteTest::copy_of("");
    site.build();
    site
}

fn table(site: &SiteTest, name: &str) -> (Vec<String>, Vec<Row>) {
    let text = site.read(&format!("data/{name}.csv"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().expect("a head").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row as long as the head");
        columns.iter().cloned().zip(row.iter().map(str::to_owned)).collect()
    });
    let rows = rows.collect();
    (columns, rows)
}

fn rows(site: &SiteTest, name: &str) -> Vec<Row> {
    table(site, name).1
}

/// The cells of some columns, for the rows of a record.
fn cells<const N: usize>(rows: &[Row], record: &str, columns: [&str; N]) -> Vec<[String; N]> {
    let ours = rows.iter().filter(|row| row["record"] == record);
    ours.map(|row| columns.map(|column| row[column].clone())).collect()
}

#[test]
fn targets_stand_as_they_were_written_beside_how_they_were_read() {
    let indicators = rows(&built(), "indicators");
    let columns = ["target_written", "target_kind", "target_operator", "target_value", "target_assumed"];
    for (record, expected) in [
        (
            "2017_ZN02",
            vec![
                ["entro il 30 Giugno", "date", "by", "../2017-06-30", "no"],
                ["2/4", "ratio", "ge", "2/4", "no"],
                ["maggiore di 100", "number", "gt", "100", "no"],
            ],
        ),
        ("2019_ZN10", vec![["=> 100", "number", "ge", "100", "no"], ["=>50", "number", "ge", "50", "no"]]),
        (
            "2020_ZN07",
            vec![["31/12/2020", "date", "by", "2020-12-31", "no"], ["20,00", "number", "ge", "20.00", "yes"]],
        ),
    ] {
        assert_eq!(cells(&indicators, record, columns), expected, "{record}");
    }
}

#[test]
fn without_published_outcomes_no_objective_indicator_or_phase_is_said_to_be_met() {
    let site = built();
    for (name, length) in [("objectives", 3), ("phases", 8)] {
        let rows = rows(&site, name);
        assert_eq!(rows.len(), length, "{name}");
        assert!(rows.iter().all(|row| row["state"] == "no_data"), "{name}");
    }
    let indicators = rows(&site, "indicators");
    assert_eq!(indicators.len(), 12);
    let facts = ["state", "actual_written", "actual_value", "declared_state", "progress"];
    for row in indicators {
        assert_eq!(facts.map(|fact| row[fact].as_str()), ["no_data", "", "", "", ""], "{row:?}");
    }
    let counts = ["indicators_met", "indicators_not_met", "indicators_no_data", "continues"];
    let objectives = rows(&site, "objectives");
    let found: Vec<[&str; 4]> = objectives.iter().map(|row| counts.map(|count| row[count].as_str())).collect();
    assert_eq!(found, [["0", "0", "3", ""], ["0", "0", "2", "2017_ZN02"], ["0", "0", "2", "2019_ZN10"]]);
}

#[test]
fn trentos_project_is_completed_and_has_five_expected_results() {
    let site = built();
    let projects = rows(&site, "projects");
    let trento: Vec<&Row> = projects.iter().filter(|row| row["administration"] == "trento").collect();
    assert_eq!(trento.len(), 1);
    // The source says when it ended, not by when it was to end.
    let facts = ["lifecycle", "end_written", "end_edtf", "amount"].map(|fact| trento[0][fact].as_str());
    assert_eq!(facts, ["completed", "", "", ""]);
    let results = cells(&rows(&site, "indicators"), "pratiche-di-inclusione-sociale", ["target_written"]);
    assert_eq!(results, [["almeno 20"], ["almeno 30"], ["5"], ["almeno 20"], ["55"]]);
}

#[test]
fn catanias_five_amounts_add_up_to_the_cent() {
    let projects = rows(&built(), "projects");
    let catania: Vec<&Row> = projects.iter().filter(|row| row["administration"] == "catania").collect();
    assert_eq!(catania.len(), 5);
    let cents = |row: &&Row| row["amount"].replace('.', "").parse::<u64>().expect("an amount with two decimals");
    assert_eq!(catania.iter().map(cents).sum::<u64>(), 2_116_833_750);
    for row in catania {
        assert_eq!((row["currency"].as_str(), row["start_edtf"].as_str()), ("EUR", "2016-36"));
        assert!(row["amount"].ends_with(".00") || row["amount"].ends_with(".50"), "{}", row["amount"]);
    }
}

#[test]
fn a_record_beside_its_page_agrees_with_its_row() {
    let site = built();
    let mut seen = 0;
    for (name, state) in [("objectives", Some("state")), ("projects", Some("lifecycle")), ("updates", None)] {
        for row in rows(&site, name) {
            let page = row["page"].strip_prefix(BASE).expect("a page of the site");
            let record: Value = serde_json::from_str(&site.read(&format!("{page}index.json"))).expect("JSON");
            assert_eq!(record["title"], row["title"].as_str(), "{page}");
            if let Some(state) = state {
                assert_eq!(record[state].as_str().unwrap_or_default(), row[state], "{page}");
            }
            assert!(site.output().join(format!("{page}index.html")).is_file(), "{page}");
            seen += 1;
        }
    }
    assert_eq!(seen, 3 + 6 + 4);
}

#[test]
fn each_table_is_published_as_json_with_the_same_cells() {
    let site = built();
    for name in TABLES {
        let json: Value = serde_json::from_str(&site.read(&format!("data/{name}.json"))).expect("JSON");
        let records = json.as_array().expect("a list of records");
        let (columns, rows) = table(&site, name);
        assert!(!rows.is_empty(), "{name}");
        assert_eq!(records.len(), rows.len(), "{name}");
        for (record, row) in records.iter().zip(&rows) {
            for column in &columns {
                assert!(record.get(column).is_some(), "{name}: {column}");
                if let Some(text) = record[column].as_str() {
                    assert_eq!(text, row[column], "{name}: {column}");
                }
            }
        }
    }
}

#[test]
fn what_a_spreadsheet_takes_for_a_formula_a_day_or_an_amount_stands_as_it_was_written() {
    let written = ["=1+1", "@SUM(A1)", "+5%", "-3", "2/4", "=> 100", "città, «1,50 €»"];
    let indicators: String = written.iter().map(|title| format!("  - {{title: \"{title}\"}}\n")).collect();
    let sheet = format!("---\ntitle: Titolo\nunit: comune\nindicators:\n{indicators}---\nTesto.\n");
    let settings =
        "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlanguages = [\"it\", \"en\", \"de\"]\n";
    let site = SiteTest::new().file("site.toml", settings).file("content/objectives/2020/A1.md", &sheet);
    site.build();
    let titles: Vec<String> = rows(&site, "indicators").into_iter().map(|row| row["indicator"].clone()).collect();
    assert_eq!(titles, written);
    for (page, text) in [("dati", "Testo"), ("en/open-data", "Text"), ("de/offene-daten", "Text")] {
        let main = site.main(&format!("{page}/index.html"));
        let told = |program: &str| main.split("<li>").find(|item| item.contains(program)).unwrap_or_default();
        assert!(told("Excel").contains("65001: Unicode (UTF-8)") && told("Excel").contains("2/4"), "{main}");
        assert!(told("LibreOffice").contains("Unicode (UTF-8)") && told("LibreOffice").contains(text), "{main}");
    }
}
