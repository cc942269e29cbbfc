//! The list of all pages from A to Z, in parts that a browser can show at once.

use rayon::prelude::*;

use super::{Route, Site, slug};
use crate::model::Catalogue;

/// How many pages a part names at most. With titles as long as offices write them it weighs less than 250 kB.
const PART: usize = 500;

/// Some of the pages that begin with one letter, in the order of their titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The letter, a capital; none for numbers and other signs.
    pub letter: Option<char>,
    /// Which part of the letter's pages it is, from 1.
    pub number: usize,
    /// The pages.
    pub routes: Vec<Route>,
}

impl Part {
    /// Its address below that of the search page: `a`, then `a/2`.
    pub(super) fn name(&self) -> String {
        let letter = self.letter.map_or('0', |letter| letter.to_ascii_lowercase());
        if self.number == 1 { letter.to_string() } else { format!("{letter}/{}", self.number) }
    }
}

/// What the catalogue's pages are called, each in one part.
pub(super) fn parts(catalogue: &Catalogue) -> Vec<Part> {
    let mut titles: Vec<(Option<char>, String, Route)> = records(catalogue)
        .par_iter()
        .map(|route| {
            // Accents and quotation marks don't part what people look for together.
            let key = slug(title(catalogue, *route).unwrap_or_default());
            let letter = key.chars().next().filter(char::is_ascii_alphabetic);
            (letter.map(|letter| letter.to_ascii_uppercase()), key, *route)
        })
        .collect();
    titles.par_sort_unstable();
    let mut parts = Vec::new();
    for letter in titles.chunk_by(|a, b| a.0 == b.0) {
        for (i, titles) in letter.chunks(PART).enumerate() {
            let routes = titles.iter().map(|(_, _, route)| *route).collect();
            parts.push(Part { letter: letter[0].0, number: i + 1, routes });
        }
    }
    parts
}

/// The parts that have pages of their own: none where the search page holds the whole list.
pub(super) fn apart(parts: &[Part]) -> &[Part] {
    let all: usize = parts.iter().map(|part| part.routes.len()).sum();
    if all <= PART { &[] } else { parts }
}

impl Site {
    /// The list of all pages, in its order.
    pub fn listing(&self) -> &[Part] {
        &self.listing
    }

    /// Whether the list of all pages is short enough for the search page itself.
    pub fn lists_at_once(&self) -> bool {
        apart(&self.listing).is_empty()
    }

    /// What a record or a free page is called; none of the pages that there is one of.
    pub fn title(&self, route: Route) -> Option<&str> {
        title(&self.catalogue, route)
    }
}

fn records(catalogue: &Catalogue) -> Vec<Route> {
    (catalogue.objective_ids().map(Route::Objective))
        .chain(catalogue.project_ids().map(Route::Project))
        .chain(catalogue.update_ids().map(Route::Update))
        .chain(catalogue.unit_ids().map(Route::Unit))
        .chain(catalogue.plan_ids().map(Route::Plan))
        .chain(catalogue.node_ids().map(Route::Node))
        .chain(catalogue.thread_ids().map(Route::Thread))
        .chain(catalogue.page_ids().map(Route::Free))
        .collect()
}

fn title(catalogue: &Catalogue, route: Route) -> Option<&str> {
    Some(match route {
        Route::Objective(id) => &catalogue[id].title,
        Route::Project(id) => &catalogue[id].title,
        Route::Update(id) => &catalogue[id].title,
        Route::Unit(id) => &catalogue[id].name,
        Route::Plan(id) => &catalogue[id].title,
        Route::Node(id) => &catalogue[id].title,
        // As in its newest year.
        Route::Thread(id) => match catalogue[id].points.last() {
            Some(point) => &catalogue[point.objective].indicators[point.indicator].title,
            None => &catalogue[id].slug,
        },
        Route::Free(id) => &catalogue[id].title,
        _ => return None,
    })
}
