//! The open data as JSON, for programs.

use super::format::Export;
use super::table::{self, Table};

pub(super) const EXPORT: Export = Export {
    name: "json",
    announce: |_, strings, on| table::announce(strings, on, "json", "application/json"),
    files: |site, strings| table::files(site, strings, "json", Table::json),
};
