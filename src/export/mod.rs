//! The site in other formats than pages, one format a file: feeds, tables, records, what describes the tables, and what
//! search engines ask for.
//!
//! Every format takes what it says from the same [`Site`] as the pages do, so none of them can disagree. A format first
//! announces its files, before any page is made, then makes them; its bytes depend on the site alone.

mod atom;
mod csv;
mod datapackage;
mod feed;
mod json;
mod record;
mod redirects;
mod robots;
mod rss;
pub mod search;
mod sitemap;
pub mod table;
#[cfg(test)]
mod testing;

use crate::model::{Catalogue, ProjectId};
use crate::output::{Cause, OutputFile, OutputPath, OutputPathError};
use crate::site::{Announce, Site};
use crate::text::Strings;

/// A format: what it announces on pages and which files it makes, both in an order that depends on the site alone.
///
/// Each announced address is that of one of its files; what no reader opens is not announced.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The format's name, unique among all.
    pub name: &'static str,
    /// Its announcements; none where no reader of a page has a use for its files.
    pub announce: Announce,
    /// Its files of a language; those that no language changes are of the first. An error is an address that no file system takes for a path, which its page has as well.
    pub files: for<'a> fn(&'a Site, &'a Strings) -> Result<Vec<OutputFile<'a>>, OutputPathError>,
}

impl Export {
    /// Its files of a language, each with its name.
    ///
    /// # Errors
    /// As of [`files`](Self::files).
    pub fn files_of<'a>(&self, site: &'a Site, strings: &'a Strings) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
        let files = (self.files)(site, strings)?;
        Ok(files.into_iter().map(|file| file.by(self.name)).collect())
    }
}

/// Every format that is a function of the site alone; the files of [`search`] have an index in common.
pub const ALL: &[Export] = &[
    rss::EXPORT,
    atom::EXPORT,
    csv::EXPORT,
    json::EXPORT,
    record::EXPORT,
    datapackage::EXPORT,
    sitemap::EXPORT,
    robots::EXPORT,
    redirects::EXPORT,
];

fn file<'a>(
    address: &str,
    make: impl Fn(&mut Vec<u8>) -> Result<(), Cause> + Send + Sync + 'a,
) -> Result<OutputFile<'a>, OutputPathError> {
    Ok(OutputFile::new(OutputPath::parse(address)?, make))
}

/// Whether the words are of the site's first language, with which the files that no language changes are made.
fn is_first(site: &Site, strings: &Strings) -> bool {
    strings.lang() == site.settings.language()
}

/// How data and ids name a project: by its code, else by its folder.
fn project_code(catalogue: &Catalogue, project: ProjectId) -> &str {
    let project = &catalogue[project];
    project.code.as_ref().unwrap_or(&project.slug)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rayon::prelude::*;

    use super::testing::{site, strings};
    use super::*;
    use crate::site::Announcement;

    fn announced(export: &Export, site: &Site, strings: &Strings) -> Vec<Announcement> {
        let routes = site.pages().into_iter().map(|page| Some(page.route)).chain([None]);
        routes.flat_map(|route| (export.announce)(site, strings, route)).collect()
    }

    #[test]
    fn what_is_announced_is_made_and_what_is_made_for_readers_is_announced_once() {
        let (site, strings) = (site("https://prova.example.org"), strings());
        // Robots look for their files at fixed places, and old addresses are known from elsewhere.
        let for_readers = |export: &&Export| !["sitemap", "robots", "moved"].contains(&export.name);
        for export in ALL.iter().filter(for_readers) {
            let files = (export.files)(&site, &strings).expect("well-formed paths");
            let mut made: Vec<String> = files.iter().map(|file| file.path().to_string()).collect();
            let mut announced: Vec<String> = announced(export, &site, &strings)
                .into_iter()
                .map(|announcement| announcement.address)
                .collect();
            made.sort();
            announced.sort();
            assert_eq!(made, announced, "{}", export.name);
            made.dedup();
            assert_eq!(made.len(), announced.len(), "{}", export.name);
        }
    }

    #[test]
    fn every_announcement_has_words() {
        let (site, strings) = (site("https://prova.example.org"), strings());
        for announcement in ALL.iter().flat_map(|export| announced(export, &site, &strings)) {
            assert!(!announcement.title.starts_with("feed.") && !announcement.title.starts_with("data."));
        }
    }

    #[test]
    fn names_of_formats_and_paths_of_files_are_unique() {
        let (site, strings) = (site("https://prova.example.org"), strings());
        let names: BTreeMap<&str, usize> = ALL.iter().enumerate().map(|(i, export)| (export.name, i)).collect();
        assert_eq!(names.len(), ALL.len());
        let paths: Vec<OutputPath> = (ALL.iter())
            .flat_map(|export| (export.files)(&site, &strings).expect("well-formed paths"))
            .map(|file| file.path().clone())
            .collect();
        assert_eq!(crate::output::collisions(&paths), []);
    }

    #[test]
    fn files_made_by_many_threads_are_those_made_by_one() {
        let (site, strings) = (site("https://prova.example.org"), strings());
        let files: Vec<OutputFile<'_>> = ALL
            .iter()
            .flat_map(|export| (export.files)(&site, &strings).expect("well-formed paths"))
            .collect();
        let make = |file: &OutputFile<'_>| {
            let mut bytes = Vec::new();
            file.make(&mut bytes).expect("bytes");
            bytes
        };
        let alone: Vec<Vec<u8>> = files.iter().map(make).collect();
        let together: Vec<Vec<u8>> = files.par_iter().map(make).collect();
        assert_eq!(alone, together);
    }
}
