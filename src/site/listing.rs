//! The list of all pages from A to Z, in parts that a browser can show at once.

use rayon::prelude::*;

use super::{Route, Site, slug};
use crate::incremental::query::{self, Query};
use crate::model::{
    Catalogue, Lang, NodeId, ObjectiveId, PageId, PlanId, ProjectId, Translated, UnitId, UpdateId, changed_indices,
};

/// How many pages a part names at most. With titles as long as offices write them it weighs less than 250 kB.
const PART: usize = 500;

/// Some of the pages that begin with one letter, in the order of their titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterPage {
    /// The letter, a capital; none for numbers and other signs.
    pub letter: Option<char>,
    /// Which part of the letter's pages it is, from 1.
    pub number: u16,
    /// The pages.
    pub routes: Vec<Route>,
}

impl LetterPage {
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

/// What the pages of a catalogue are called in a language, in the order of the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SortedTitles {
    lang: Lang,
    titles: Vec<Title>,
}

/// The letter of a page, what it is sorted by, and the page.
type Title = (Option<char>, Box<str>, Route);

/// How many pages are moved in a list; where more are called otherwise, to sort all takes less time.
const MOVED: usize = 100;

impl SortedTitles {
    pub(super) fn of(catalogue: &Catalogue, lang: Lang) -> Self {
        let called = |route: &Route| called(catalogue, lang, *route);
        let mut titles: Vec<Title> = records(catalogue).par_iter().map(called).collect();
        titles.par_sort_unstable();
        Self { lang, titles }
    }

    /// The same of a catalogue in which pages are called otherwise than before.
    pub(super) fn rename(&mut self, pages: &[Route], before: &Catalogue, now: &Catalogue) {
        let places = pages.iter().map(|page| self.titles.binary_search(&called(before, self.lang, *page)).ok());
        let places: Option<Vec<usize>> = if pages.len() > MOVED { None } else { places.collect() };
        let Some(mut places) = places else {
            *self = Self::of(now, self.lang);
            return;
        };
        places.sort_unstable();
        places.iter().rev().for_each(|place| drop(self.titles.remove(*place)));
        for page in pages {
            let title = called(now, self.lang, *page);
            self.titles.insert(self.titles.partition_point(|other| *other < title), title);
        }
    }

    /// The list.
    pub(super) fn listing(&self) -> (Lang, Vec<LetterPage>) {
        let mut parts = Vec::new();
        for letter in self.titles.chunk_by(|a, b| a.0 == b.0) {
            for (number, titles) in (1..).zip(letter.chunks(PART)) {
                let routes = titles.iter().map(|(_, _, route)| *route).collect();
                parts.push(LetterPage { letter: letter[0].0, number, routes });
            }
        }
        (self.lang, parts)
    }
}

/// What a page is called in a language.
fn called(catalogue: &Catalogue, lang: Lang, page: Route) -> Title {
    // Accents and quotation marks don't part what people look for together.
    let key = title(catalogue, page).map_or_else(String::new, |title| slug(title.or_own(lang)));
    let letter = key.chars().next().filter(char::is_ascii_alphabetic);
    (letter.map(|letter| letter.to_ascii_uppercase()), key.into(), page)
}

/// The pages that are called otherwise in one of two catalogues; none where they aren't the same pages.
pub(super) fn renamed(before: &Catalogue, now: &Catalogue) -> Option<Vec<Route>> {
    if before.series.len() != now.series.len() {
        return None;
    }
    let units = changed_indices(&before.units, &now.units, |a, b| a.name == b.name)?;
    let plans = changed_indices(&before.plans, &now.plans, |a, b| a.title == b.title)?;
    let nodes = changed_indices(&before.nodes, &now.nodes, |a, b| a.title == b.title)?;
    let objectives = changed_indices(&before.objectives, &now.objectives, |a, b| a.title == b.title)?;
    let projects = changed_indices(&before.projects, &now.projects, |a, b| a.title == b.title)?;
    let updates = changed_indices(&before.updates, &now.updates, |a, b| a.title == b.title)?;
    let pages = changed_indices(&before.pages, &now.pages, |a, b| a.title == b.title)?;
    let series = now.series_ids().map(Route::Series);
    let renamed = (units.map(|place| Route::Unit(UnitId::at(place))))
        .chain(plans.map(|place| Route::Plan(PlanId::at(place))))
        .chain(nodes.map(|place| Route::Node(NodeId::at(place))))
        .chain(objectives.map(|place| Route::Objective(ObjectiveId::at(place))))
        .chain(projects.map(|place| Route::Project(ProjectId::at(place))))
        .chain(updates.map(|place| Route::Update(UpdateId::at(place))))
        .chain(pages.map(|place| Route::Free(PageId::at(place))))
        .chain(series.filter(|series| title(before, *series) != title(now, *series)));
    Some(renamed.collect())
}

/// The parts that have pages of their own: none where the search page holds the whole list.
pub(super) fn apart(parts: &[LetterPage]) -> &[LetterPage] {
    let all: usize = parts.iter().map(|part| part.routes.len()).sum();
    if all <= PART { &[] } else { parts }
}

impl Site {
    /// The list of all pages of a language, in its order; empty where the site isn't in it.
    pub fn listing(&self, lang: Lang) -> &[LetterPage] {
        query::trace(Query::Listing);
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
        query::trace(Query::Title(route.record()?));
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
        .chain(catalogue.series_ids().map(Route::Series))
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
        Route::Series(id) => {
            let point = catalogue.series[id.index()].points.last()?;
            &catalogue.objectives[point.objective.index()].indicators[point.indicator].title
        }
        Route::Free(id) => &catalogue.pages[id.index()].title,
        _ => return None,
    })
}
