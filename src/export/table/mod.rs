//! The open data as tables: one declaration of columns a file, from which CSV, JSON and their description are made.
//!
//! Columns are written by hand in a fixed order, because strangers' programs read them by name; new ones are
//! only ever added at the end. Names are English in every site, and the tables are in `data/` in every language.

mod cell;
mod column;
mod data_table;
mod indicators;
mod objectives;
mod phases;
mod plan_nodes;
mod projects;
#[cfg(test)]
mod tests;
mod units;
mod updates;

use std::io;

pub(crate) use column::{Column, ColumnType};
pub(crate) use data_table::Table;

use super::format::is_first;
use crate::output::{Cause, OutputFile, OutputPath, OutputPathError};
use crate::site::{Announcement, Role, Route, Site};
use crate::text::Strings;

/// Every table.
pub(crate) const ALL: &[Table] = &[
    objectives::TABLE,
    phases::TABLE,
    indicators::TABLE,
    projects::TABLE,
    updates::TABLE,
    units::TABLE,
    plan_nodes::TABLE,
];

/// Announces the files of every table with this ending, on the page of open data.
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
    let tables = if is_first(site, strings) { ALL } else { &[] };
    tables
        .iter()
        .map(|table| {
            let path = OutputPath::parse(&table.address(ending))?;
            Ok(OutputFile::in_pieces(path, move |out| write(table, site, out)))
        })
        .collect()
}
