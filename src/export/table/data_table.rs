//! A table: its columns, its rows, and how they are written as CSV and JSON.

use std::io;

use super::cell::Cell;
use super::column::Column;
use crate::output::Cause;
use crate::site::Site;

/// A table of the open data. Each row has one cell for each column.
#[derive(Debug)]
pub(crate) struct Table {
    /// The name of its files, without their ending.
    pub(crate) name: &'static str,
    /// The key of its name in the site's language.
    pub(crate) title: &'static str,
    /// Meaning of a row.
    pub(crate) description: &'static str,
    /// Columns, in order.
    pub(crate) columns: &'static [Column],
    /// The columns that together identify a row; empty if rows have only their place.
    pub(crate) key: &'static [&'static str],
    pub(super) rows: fn(&Site, &mut Row<'_>) -> Result<(), Cause>,
}

/// Function that takes one row after the other.
pub(super) type Row<'r> = dyn FnMut(&[Cell<'_>]) -> Result<(), Cause> + 'r;

impl Table {
    /// The address of one of its files, relative to the site's root; `ending` has no dot.
    pub(super) fn address(&self, ending: &str) -> String {
        format!("data/{}.{ending}", self.name)
    }

    /// Appends the table as CSV: UTF-8 without a byte order mark, RFC 4180 with its CRLF, a header of the columns' names.
    ///
    /// Cells are exactly the data. A cell that begins with `=`, `+`, `-` or `@` is **not** changed to keep spreadsheets
    /// from reading it as a formula: `=> 100` is what the office wrote.
    ///
    /// # Errors
    /// If a row has more or fewer cells than there are columns.
    pub(in crate::export) fn csv(&self, site: &Site, out: &mut dyn io::Write) -> Result<(), Cause> {
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
    /// If a row has more or fewer cells than there are columns.
    pub(in crate::export) fn json(&self, site: &Site, out: &mut dyn io::Write) -> Result<(), Cause> {
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
