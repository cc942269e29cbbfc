//! The list of all pages from A to Z, in parts that a browser can show at once.

use rayon::prelude::*;

use super::{Route, Site, slug};
use crate::model::{Catalogue, Lang, Translated, are_alike};
use crate::reads::{self, Fact};

/// How many pages a part names at most. With titles as long as offices write them it weighs less than 250 kB.
const PART: usize = 500;

/// Some of the pages that begin with one letter, in the order of their titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The letter, a capital; none for numbers and other signs.
    pub letter: Option<char>,
    /// Which part of the letter's pages it is, from 1.
    pub number: u16,
    /// The pages.
    pub routes: Vec<Route>,
}

impl Part {
    /// The page that holds it, where it has one of its own.
    pub fn route(&self) -> Route {
        Route::Part(self.letter, self.number)
    }
}

/// The address of a part below that of the search page: `a`, then `a/2`.
pub(super) fn name(letter: Option<char>, number: u16) -> String {
    let letter = letter.map_or('0', |letter| letter.to_ascii_lowercase());
    if number == 1 { letter.to_string() } else { format!("{letter}/{number}") }
}

/// What the catalogue's pages are called in a language, each in one part.
pub(super) fn parts(catalogue: &Catalogue, lang: Lang) -> Vec<Part> {
    let mut titles: Vec<(Option<char>, String, Route)> = records(catalogue)
        .par_iter()
        .map(|route| {
            // Accents and quotation marks don't part what people look for together.
            let key = title(catalogue, *route).map_or_else(String::new, |title| slug(title.or_own(lang)));
            let letter = key.chars().next().filter(char::is_ascii_alphabetic);
            (letter.map(|letter| letter.to_ascii_uppercase()), key, *route)
        })
        .collect();
    titles.par_sort_unstable();
    let mut parts = Vec::new();
    for letter in titles.chunk_by(|a, b| a.0 == b.0) {
        for (number, titles) in (1..).zip(letter.chunks(PART)) {
            let routes = titles.iter().map(|(_, _, route)| *route).collect();
            parts.push(Part { letter: letter[0].0, number, routes });
        }
    }
    parts
}

/// Whether pages are called the same in two catalogues.
pub(super) fn are_titles_same(before: &Catalogue, now: &Catalogue) -> bool {
    let Catalogue { units, plans, nodes, objectives, projects, updates, threads, pages } = now;
    are_alike(&before.units, units, |a, b| a.name == b.name)
        && are_alike(&before.plans, plans, |a, b| a.title == b.title)
        && are_alike(&before.nodes, nodes, |a, b| a.title == b.title)
        && are_alike(&before.objectives, objectives, |a, b| a.title == b.title)
        && are_alike(&before.projects, projects, |a, b| a.title == b.title)
        && are_alike(&before.updates, updates, |a, b| a.title == b.title)
        && are_alike(&before.pages, pages, |a, b| a.title == b.title)
        && before.threads.len() == threads.len()
        && (now.thread_ids().map(Route::Thread)).all(|thread| title(before, thread) == title(now, thread))
}

/// The parts that have pages of their own: none where the search page holds the whole list.
pub(super) fn apart(parts: &[Part]) -> &[Part] {
    let all: usize = parts.iter().map(|part| part.routes.len()).sum();
    if all <= PART { &[] } else { parts }
}

impl Site {
    /// The list of all pages of a language, in its order; empty where the site isn't in it.
    pub fn listing(&self, lang: Lang) -> &[Part] {
        reads::note(Fact::Listing);
        self.listings.iter().find(|(known, _)| *known == lang).map_or(&[], |(_, parts)| parts)
    }

    /// Whether the list of all pages is short enough for the search page itself.
    pub fn lists_at_once(&self, lang: Lang) -> bool {
        apart(self.listing(lang)).is_empty()
    }

    /// The pages of records, kind by kind in the catalogue's order.
    pub fn records(&self) -> impl Iterator<Item = Route> {
        of_records(&self.catalogue)
    }

    /// What a record or a free page is called; none of the pages that there is one of.
    pub fn title(&self, route: Route) -> Option<&Translated<String>> {
        reads::note(Fact::Title(route.record()?));
        title(&self.catalogue, route)
    }
}

/// The pages of records and the free pages.
fn records(catalogue: &Catalogue) -> Vec<Route> {
    of_records(catalogue).chain(catalogue.page_ids().map(Route::Free)).collect()
}

/// The pages of records, kind by kind in the catalogue's order.
fn of_records(catalogue: &Catalogue) -> impl Iterator<Item = Route> {
    (catalogue.objective_ids().map(Route::Objective))
        .chain(catalogue.project_ids().map(Route::Project))
        .chain(catalogue.update_ids().map(Route::Update))
        .chain(catalogue.unit_ids().map(Route::Unit))
        .chain(catalogue.plan_ids().map(Route::Plan))
        .chain(catalogue.node_ids().map(Route::Node))
        .chain(catalogue.thread_ids().map(Route::Thread))
}

/// Asks for no more of a record than that.
pub(super) fn title(catalogue: &Catalogue, route: Route) -> Option<&Translated<String>> {
    Some(match route {
        Route::Objective(id) => &catalogue.objectives[id.index()].title,
        Route::Project(id) => &catalogue.projects[id.index()].title,
        Route::Update(id) => &catalogue.updates[id.index()].title,
        Route::Unit(id) => &catalogue.units[id.index()].name,
        Route::Plan(id) => &catalogue.plans[id.index()].title,
        Route::Node(id) => &catalogue.nodes[id.index()].title,
        // As in its newest year.
        Route::Thread(id) => {
            let point = catalogue.threads[id.index()].points.last()?;
            &catalogue.objectives[point.objective.index()].indicators[point.indicator].title
        }
        Route::Free(id) => &catalogue.pages[id.index()].title,
        _ => return None,
    })
}
