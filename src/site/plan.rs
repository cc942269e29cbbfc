//! Plan of a site: decides every address and list of a catalogue.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::anchors::KnownAnchors;
use super::budget::Budget;
use super::directory::Directory;
use super::directory_input::DirectoryInput;
use super::glossary::Glossary;
use super::graph::Site;
use super::judgement::{Judgement, judge, judge_results};
use super::listing::{self, LetterPage, Listings, Titles};
use super::lists::{Descendants, DescendantsInput, ListInput, Lists};
use super::redirects;
use crate::catalogue::{Catalogue, Objective, UnitId};
use crate::diagnostic::Report;
use crate::incremental::{ByPointer, Last, LastEach};
use crate::model::{Lang, Settings};

/// Limit of the projects that one page lists.
const MANY_PROJECTS: usize = 800;

/// Results of the last plan, for the next one of the same site.
#[derive(Debug, Default)]
pub(crate) struct PlanCache {
    judgements: LastEach<(ByPointer<Objective>, Date), Arc<Judgement>>,
    lists: Last<ListInput, Lists>,
    below: Last<DescendantsInput, Descendants>,
    listings: Last<(Arc<Titles>, Vec<Lang>), Listings>,
    directory: Last<DirectoryInput, Directory>,
}

/// Decides every address and list of a catalogue. What would be the same as in the last plan is shared with it.
///
/// The report names addresses that two pages would share.
pub(crate) fn plan(catalogue: Catalogue, settings: Settings, as_of: Date, cache: &mut PlanCache) -> (Site, Report) {
    let languages = &settings.languages;
    let objectives = catalogue
        .objectives
        .iter()
        .map(|objective| (ByPointer(objective.clone()), as_of))
        .collect();
    let judgements = cache.judgements.get(objectives, |(objective, as_of)| Arc::new(judge(objective, *as_of)));
    let lists = cache.lists.get(ListInput::of(&catalogue, &judgements), Lists::of);
    let below = cache.below.get(DescendantsInput::of(&catalogue), Descendants::of);
    let titles = Arc::new(Titles::of(&catalogue));
    let listings = cache.listings.get((titles.clone(), languages.clone()), |(titles, languages)| {
        languages.iter().map(|lang| listing::listing(titles, *lang)).collect()
    });
    let years = by_year(catalogue.objective_ids(), |id| Some(catalogue[id].year));
    let update_years = by_year(catalogue.update_ids(), |id| Some(catalogue[id].date.year()));
    let project_years = match catalogue.projects.len() {
        0..=MANY_PROJECTS => BTreeMap::new(),
        _ => by_year(catalogue.project_ids(), |id| catalogue[id].first_year()),
    };
    let letters = listings
        .iter()
        .flat_map(|(_, parts)| listing::separate_parts(parts))
        .map(LetterPage::route);
    let input = DirectoryInput::of(&catalogue, languages, &lists, project_years.keys().copied(), letters.collect());
    let directory = cache.directory.get(input, Directory::of);
    let mut report = directory.problems.clone();
    report.extend(lists.types.problems.clone());
    let results = catalogue.project_ids().map(|id| judge_results(&catalogue, id, as_of)).collect();
    let node_budgets = below.node_projects.iter().map(|projects| Budget::of(&catalogue, projects)).collect();
    let glossaries = languages.iter().map(|lang| (*lang, glossary(&catalogue, *lang))).collect();
    let administrations: Vec<UnitId> = catalogue.unit_ids().filter(|id| catalogue[*id].parent.is_none()).collect();
    let is_city = |id: &&UnitId| *catalogue[**id].name == *settings.city.name;
    let publisher = administrations.iter().find(is_city).copied();
    let mut site = Site {
        catalogue,
        settings,
        as_of,
        template_ids: None,
        known: KnownAnchors::default(),
        directory,
        titles,
        administrations,
        publisher,
        judgements,
        results,
        years,
        lists,
        project_years,
        update_years,
        below,
        node_budgets,
        listings,
        glossaries,
        redirects: Vec::new(),
        documents: Vec::new(),
    };
    site.documents = site.things();
    report.extend(redirects::covered(&site));
    let (moved, problems) = redirects::settle(&site);
    site.redirects = moved;
    report.extend(problems);
    (site, report)
}

fn glossary(catalogue: &Catalogue, lang: Lang) -> Glossary {
    let explained = catalogue.page_ids().filter(|id| catalogue[*id].glossary);
    let texts: Vec<_> = explained.map(|id| (id, catalogue[id].body.read().or_own(lang))).collect();
    Glossary::of(&texts)
}

/// Records by their years, if they have one.
fn by_year<T: Copy>(ids: impl Iterator<Item = T>, year: impl Fn(T) -> Option<i16>) -> BTreeMap<i16, Vec<T>> {
    let mut years: BTreeMap<i16, Vec<T>> = BTreeMap::new();
    for id in ids {
        if let Some(year) = year(id) {
            years.entry(year).or_default().push(id);
        }
    }
    years
}
