//! Tests of what all formats have in common.

pub(super) mod sample;

use std::collections::BTreeMap;

use rayon::prelude::*;
use sample::{site, strings};

use super::*;
use crate::output::{OutputFile, OutputPath};
use crate::site::{Announcement, Site};
use crate::text::Strings;

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
        assert_eq!(made, announced, "{}, which is named above if no page announces it", export.name);
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
