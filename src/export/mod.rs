//! The site in other formats than pages, one format a file: feeds, tables, records, and what describes the tables.
//!
//! Every format takes what it says from the same [`Site`] as the pages do, so none of them can disagree. A format first
//! announces its files, before any page is made, then makes them; its bytes depend on the site alone.

mod atom;
mod csv;
mod datapackage;
mod feed;
mod json;
mod record;
mod rss;
pub mod table;
#[cfg(test)]
mod testing;

use crate::model::{Catalogue, ProjectId};
use crate::output::{Cause, OutputFile, OutputPath, OutputPathError};
use crate::site::{Announcement, Site};
use crate::text::Strings;

/// A format: what it announces on pages and which files it makes, both in an order that depends on the site alone.
///
/// Each announced address is that of one of its files.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The format's name, unique among all.
    pub name: &'static str,
    /// What pages say of its files.
    pub announce: fn(&Site, &Strings) -> Vec<Announcement>,
    /// Its files. An error is an address that no file system takes for a path, which its page has as well.
    pub files: for<'a> fn(&'a Site, &'a Strings) -> Result<Vec<OutputFile<'a>>, OutputPathError>,
}

/// Every format.
pub const ALL: &[Export] = &[rss::EXPORT, atom::EXPORT, csv::EXPORT, json::EXPORT, record::EXPORT, datapackage::EXPORT];

fn file<'a>(
    address: &str,
    make: impl Fn(&mut Vec<u8>) -> Result<(), Cause> + Send + Sync + 'a,
) -> Result<OutputFile<'a>, OutputPathError> {
    Ok(OutputFile::new(OutputPath::parse(address)?, make))
}

/// How data and ids name a project: by its code, else by its folder.
fn project_code(catalogue: &Catalogue, project: ProjectId) -> &str {
    let project = &catalogue[project];
    project.code.as_ref().unwrap_or(&project.slug)
}
