//! The list of all pages from A to Z, in parts that a browser can show at once.

use rayon::prelude::*;

use super::route::Route;
use super::slug::slug;
use crate::catalogue::{Catalogue, Series};
use crate::incremental::query::{RecordId, RecordKind};
use crate::model::{Lang, Translated};

/// Limit of the number of pages in a part. With titles as long as offices write them a part has less than 250 kB.
const MAX_PAGES: usize = 500;

/// The list of all pages from A to Z, in each language of a site.
pub(super) type Listings = Vec<(Lang, Vec<LetterPage>)>;

/// Some of the pages that begin with one letter, in the order of their titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LetterPage {
    /// The letter, a capital. `None` for digits and other signs.
    pub(crate) letter: Option<char>,
    /// Number of the part among the letter's parts, from 1.
    pub(crate) number: u16,
    /// The pages.
    pub(crate) routes: Vec<Route>,
}

impl LetterPage {
    /// The page that shows it, if it has one of its own.
    pub(crate) fn route(&self) -> Route {
        Route::Part(self.letter, self.number)
    }
}

/// The address of a part below that of the search page: `a`, then `a/2`.
pub(super) fn name(letter: Option<char>, number: u16) -> String {
    let letter = letter.map_or('0', |letter| letter.to_ascii_lowercase());
    if number == 1 { letter.to_string() } else { format!("{letter}/{number}") }
}

/// Titles of all records and free pages, by kind and place.
#[derive(Debug, PartialEq)]
pub(super) struct Titles(Vec<Vec<Translated<String>>>);

impl Titles {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        // The title of its newest year.
        let series_title = |series: &Series| {
            let point = series.points.last()?;
            Some(catalogue.objectives[point.objective.index()].indicators[point.indicator].title.clone())
        };
        let titles = |kind: &RecordKind| match kind {
            RecordKind::Unit => catalogue.units.iter().map(|unit| unit.name.clone()).collect(),
            RecordKind::Plan => catalogue.plans.iter().map(|plan| plan.title.clone()).collect(),
            RecordKind::Node => catalogue.nodes.iter().map(|node| node.title.clone()).collect(),
            RecordKind::Objective => catalogue.objectives.iter().map(|objective| objective.title.clone()).collect(),
            RecordKind::Project => catalogue.projects.iter().map(|project| project.title.clone()).collect(),
            RecordKind::Update => catalogue.updates.iter().map(|update| update.title.clone()).collect(),
            RecordKind::Series => {
                catalogue.series.iter().map(|series| series_title(series).unwrap_or_default()).collect()
            }
            RecordKind::Page => catalogue.pages.iter().map(|page| page.title.clone()).collect(),
        };
        Self(RecordKind::ALL.iter().map(titles).collect())
    }

    pub(super) fn get(&self, RecordId(kind, place): RecordId) -> &Translated<String> {
        &self.0[kind as usize][place as usize]
    }

    fn iter(&self) -> impl IndexedParallelIterator<Item = (RecordId, &Translated<String>)> {
        let kinds = RecordKind::ALL.iter().zip(&self.0);
        let titles =
            kinds.flat_map(|(kind, titles)| (0..).zip(titles).map(|(place, title)| (RecordId(*kind, place), title)));
        titles.collect::<Vec<_>>().into_par_iter()
    }
}

/// Letter of a page, its title as it is sorted, and the page.
type SortedTitle = (Option<char>, Box<str>, Route);

/// The list of all pages from A to Z in a language.
pub(super) fn listing(titles: &Titles, lang: Lang) -> (Lang, Vec<LetterPage>) {
    let mut sorted: Vec<SortedTitle> = titles
        .iter()
        .map(|(record, title)| sorted_title(title.or_own(lang), Route::from(record)))
        .collect();
    sorted.par_sort_unstable();
    let mut parts = Vec::new();
    for letter in sorted.chunk_by(|a, b| a.0 == b.0) {
        for (number, titles) in (1..).zip(letter.chunks(MAX_PAGES)) {
            let routes = titles.iter().map(|(_, _, route)| *route).collect();
            parts.push(LetterPage { letter: letter[0].0, number, routes });
        }
    }
    (lang, parts)
}

/// Sorts a page by the slug of its title: accents and quotation marks don't separate titles that people expect together.
fn sorted_title(title: &str, page: Route) -> SortedTitle {
    let key = slug(title);
    let letter = key.chars().next().filter(char::is_ascii_alphabetic);
    (letter.map(|letter| letter.to_ascii_uppercase()), key.into(), page)
}

/// The parts that have pages of their own: none if the search page shows the whole list.
pub(super) fn separate_parts(parts: &[LetterPage]) -> &[LetterPage] {
    let all: usize = parts.iter().map(|part| part.routes.len()).sum();
    if all <= MAX_PAGES { &[] } else { parts }
}
