//! The open data as tables: one declaration of columns a file, from which CSV, JSON and their description are made.
//!
//! Columns are written by hand and stand in a fixed order, because strangers' programs read them by name; new ones are
//! only ever added at the end. Names are English in every site, and the tables lie in `data/` in every language.

mod indicators;
mod objectives;
mod phases;
mod plan_nodes;
mod projects;
mod units;
mod updates;

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::io;

use jiff::civil::Date;

use crate::model::{Amount, Catalogue, Decimal, EdtfDate, NodeId, Percent, Translated, UnitId, Written};
use crate::output::{Cause, OutputFile, OutputPath, OutputPathError};
use crate::site::{Announcement, Role, Route, Site};
use crate::text::Strings;

/// A table of the open data. Each row has one cell for each column.
#[derive(Debug)]
pub struct Table {
    /// The name of its files, without their ending.
    pub name: &'static str,
    /// The key of what it is called in the site's language.
    pub title: &'static str,
    /// What a row is.
    pub description: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// The columns that together name a row; none where rows have only their place.
    pub key: &'static [&'static str],
    rows: fn(&Site, &mut Row<'_>) -> Result<(), Cause>,
}

/// Takes one row after the other.
type Row<'r> = dyn FnMut(&[Cell<'_>]) -> Result<(), Cause> + 'r;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The name by which programs read it.
    pub name: &'static str,
    /// What people read above it, in Italian.
    pub title: &'static str,
    /// What stands in it, and how.
    pub description: &'static str,
    /// What its cells hold.
    pub kind: ColumnType,
}

/// What the cells of a column hold, beside nothing.
#[derive(Clone, Copy, Debug)]
pub enum ColumnType {
    /// Any words.
    Text,
    /// One of a fixed set of words, which the function lists.
    Word(fn() -> Vec<&'static str>),
    /// A whole number.
    Integer,
    /// An exact decimal with a decimal point and as many decimals as were written.
    Decimal,
    /// A day, as ISO 8601 writes it.
    Date,
    /// An absolute web address.
    Url,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Integer(i64),
    Decimal(Decimal),
    Date(Date),
    /// The address of a page.
    Page(Route),
}

/// Every table.
pub const ALL: &[Table] = &[
    objectives::TABLE,
    phases::TABLE,
    indicators::TABLE,
    projects::TABLE,
    updates::TABLE,
    units::TABLE,
    plan_nodes::TABLE,
];

impl Table {
    /// The address of one of its files, relative to the site's root; `ending` has no dot.
    fn address(&self, ending: &str) -> String {
        format!("data/{}.{ending}", self.name)
    }

    /// Appends the table as CSV: UTF-8 without a byte order mark, RFC 4180 with its CRLF, a header of the columns' names.
    ///
    /// Cells are exactly the data. A cell that begins with `=`, `+`, `-` or `@` is **not** changed to keep spreadsheets
    /// from reading it as a formula: `=> 100` is what the office wrote.
    ///
    /// # Errors
    /// When a row has more or fewer cells than there are columns.
    pub(super) fn csv(&self, site: &Site, out: &mut dyn io::Write) -> Result<(), Cause> {
        let mut csv = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        csv.write_record(self.columns.iter().map(|column| column.name))?;
        let mut text = String::new();
        (self.rows)(site, &mut |row| {
            for cell in row {
                match cell {
                    Cell::Text(words) => csv.write_field(words.as_ref())?,
                    _ => {
                        text.clear();
                        cell.print(site, &mut text)?;
                        csv.write_field(&text)?;
                    }
                }
            }
            // Ends the record, and compares its length with the header's.
            csv.write_record(None::<&[u8]>)?;
            Ok(())
        })?;
        csv.flush()?;
        Ok(())
    }

    /// Appends the table as a JSON array of objects whose keys are the columns' names, one object a line.
    ///
    /// An empty cell is `null`. Whole numbers are numbers; decimals are strings, because a reader that takes a JSON
    /// number for a binary fraction would change them (RFC 8259 §6).
    ///
    /// # Errors
    /// When a row has more or fewer cells than there are columns.
    pub(super) fn json(&self, site: &Site, out: &mut dyn io::Write) -> Result<(), Cause> {
        let mut text = String::new();
        let mut bytes = Vec::new();
        let mut first = true;
        out.write_all(b"[")?;
        (self.rows)(site, &mut |row| {
            if row.len() != self.columns.len() {
                return Err(format!("{}: {} cells for {} columns", self.name, row.len(), self.columns.len()).into());
            }
            bytes.extend_from_slice(if first { b"\n{" } else { b",\n{" });
            first = false;
            for (i, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                if i > 0 {
                    bytes.push(b',');
                }
                serde_json::to_writer(&mut bytes, column.name)?;
                bytes.push(b':');
                match cell {
                    Cell::Empty => bytes.extend_from_slice(b"null"),
                    Cell::Integer(number) => serde_json::to_writer(&mut bytes, number)?,
                    Cell::Text(words) => serde_json::to_writer(&mut bytes, words)?,
                    _ => {
                        text.clear();
                        cell.print(site, &mut text)?;
                        serde_json::to_writer(&mut bytes, &text)?;
                    }
                }
            }
            bytes.push(b'}');
            out.write_all(&bytes)?;
            bytes.clear();
            Ok(())
        })?;
        out.write_all(b"\n]\n")?;
        Ok(())
    }
}

impl<'a> Cell<'a> {
    fn print(&self, site: &Site, text: &mut String) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(words) => text.write_str(words),
            Self::Integer(number) => write!(text, "{number}"),
            Self::Decimal(number) => write!(text, "{number}"),
            Self::Date(date) => write!(text, "{date}"),
            Self::Page(route) => write!(text, "{}{}", site.settings.base.as_str(), site.address(site.page(*route))),
        }
    }

    /// Words; none are an empty cell, so that CSV and JSON say the same.
    fn text(words: impl Into<Cow<'a, str>>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    fn of<T>(value: Option<T>) -> Self
    where
        Self: From<T>,
    {
        value.map_or(Self::Empty, Self::from)
    }

    fn count(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A place in a list, from 1.
    fn place(index: usize) -> Self {
        Self::count(index + 1)
    }

    fn written<T>(written: Option<&'a Written<T>>) -> Self {
        Self::of(written.map(Written::text))
    }

    fn edtf(written: Option<&Written<Option<EdtfDate>>>) -> Self {
        Self::of(written.and_then(|date| Some(date.read()?.to_string())))
    }

    fn earliest(written: Option<&Written<Option<EdtfDate>>>) -> Self {
        Self::of(written.and_then(|date| date.read()?.earliest()))
    }

    fn latest(written: Option<&Written<Option<EdtfDate>>>) -> Self {
        Self::of(written.and_then(|date| date.read()?.latest()))
    }

    fn percent(written: Option<&Written<Option<Percent>>>) -> Self {
        Self::of(written.and_then(|part| Some(part.read()?.value())))
    }

    fn amount(written: Option<&Written<Option<Amount>>>) -> Self {
        Self::of(written.and_then(|amount| Some(amount.read()?.value())))
    }

    /// `yes` or `no`; nothing where the amount can't be read.
    fn approximate(written: Option<&Written<Option<Amount>>>) -> Self {
        Self::of(written.and_then(|amount| Some(if amount.read()?.is_approximate() { "yes" } else { "no" })))
    }

    fn vat(written: Option<&Written<Option<Amount>>>) -> Self {
        Self::of(written.and_then(|amount| Some(amount.read()?.vat()?.key())))
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(words: &'a str) -> Self {
        Self::text(words)
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(words: &'a String) -> Self {
        Self::text(words.as_str())
    }
}

impl From<String> for Cell<'_> {
    fn from(words: String) -> Self {
        Self::text(words)
    }
}

impl From<Decimal> for Cell<'_> {
    fn from(number: Decimal) -> Self {
        Self::Decimal(number)
    }
}

impl<'a> From<&'a Translated<String>> for Cell<'a> {
    /// The words in the site's first language.
    fn from(text: &'a Translated<String>) -> Self {
        Self::from(&**text)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

/// Announcements of every table with this ending, on the page of open data.
pub(super) fn announce(
    strings: &Strings,
    on: Option<Route>,
    ending: &str,
    media_type: &'static str,
) -> Vec<Announcement> {
    let tables = if on == Some(Route::Data) { ALL } else { &[] };
    tables
        .iter()
        .map(|table| Announcement {
            lang: strings.lang(),
            on: Some(Route::Data),
            role: Role::Data,
            media_type,
            title: strings.get(table.title).to_owned(),
            address: table.address(ending),
        })
        .collect()
}

/// The file of every table with this ending.
pub(super) fn files<'a>(
    site: &'a Site,
    strings: &Strings,
    ending: &str,
    write: fn(&Table, &Site, &mut dyn io::Write) -> Result<(), Cause>,
) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
    let tables = if super::is_first(site, strings) { ALL } else { &[] };
    tables
        .iter()
        .map(|table| {
            let path = OutputPath::parse(&table.address(ending))?;
            Ok(OutputFile::in_pieces(path, move |out| write(table, site, out)))
        })
        .collect()
}

/// The id of the administration that a unit belongs to.
fn administration(catalogue: &Catalogue, unit: UnitId) -> Cell<'_> {
    Cell::from(&catalogue[catalogue.administration(unit)].id)
}

/// Several codes in one cell.
fn codes<C: AsRef<str>>(codes: impl Iterator<Item = C>) -> Cell<'static> {
    let mut text = String::new();
    for code in codes {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(code.as_ref());
    }
    Cell::from(text)
}

/// Plan nodes, each with its plan: codes are unique in their plan only.
fn nodes(catalogue: &Catalogue, nodes: &[NodeId]) -> Cell<'static> {
    codes(
        nodes
            .iter()
            .map(|id| format!("{}:{}", catalogue[catalogue[*id].plan].slug, catalogue[*id].code)),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::export::testing::{HARD, bytes, site, text};

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
}
