//! The open data as CSV, for spreadsheets.

use super::format::Export;
use super::table::{self, Table};

pub(super) const EXPORT: Export = Export {
    name: "csv",
    announce: |_, strings, on| table::announce(strings, on, "csv", "text/csv"),
    files: |site, strings| table::files(site, strings, "csv", Table::csv),
};
