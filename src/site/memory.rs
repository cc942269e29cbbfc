//! What was planned of a site, for the next time, when most of it is the same.

use std::sync::Arc;

use jiff::civil::Date;

use super::listing::{self, SortedTitles};
use super::lists::{self, Descendants, Lists};
use super::names::{self, DerivedPages, Directory, Listings};
use super::{Judgement, Site};
use crate::model::{Catalogue, Lang, ObjectiveId, are_alike};

/// What was planned the last time.
#[derive(Debug, Default)]
pub struct Memory {
    planned: Option<Planned>,
    /// What the lists from A to Z were made of.
    titles: Vec<SortedTitles>,
}

/// A catalogue with what was made of it.
#[derive(Debug)]
struct Planned {
    catalogue: Catalogue,
    as_of: Date,
    judgements: Vec<Arc<Judgement>>,
    lists: Arc<Lists>,
    below: Arc<Descendants>,
    listings: Arc<Listings>,
    names: Arc<Directory>,
}

impl Memory {
    /// What was known of an objective on the same day, where it is the same.
    pub(super) fn judgement(&self, catalogue: &Catalogue, id: ObjectiveId, as_of: Date) -> Option<Arc<Judgement>> {
        let before = self.planned.as_ref().filter(|before| before.as_of == as_of)?;
        let is_same = Arc::ptr_eq(before.catalogue.objectives.get(id.index())?, &catalogue.objectives[id.index()]);
        is_same.then(|| before.judgements[id.index()].clone())
    }

    /// The lists from A to Z, those of the last time where they would be the same.
    pub(super) fn listings(&mut self, catalogue: &Catalogue, languages: &[Lang]) -> Arc<Listings> {
        let before = self.planned.as_ref();
        let before = before.filter(|before| before.listings.iter().map(|(lang, _)| lang).eq(languages));
        match before.and_then(|before| Some((before, listing::renamed(&before.catalogue, catalogue)?))) {
            Some((before, pages)) if pages.is_empty() => return before.listings.clone(),
            Some((before, pages)) => {
                self.titles
                    .iter_mut()
                    .for_each(|titles| titles.rename(&pages, &before.catalogue, catalogue));
            }
            None => self.titles = languages.iter().map(|lang| SortedTitles::of(catalogue, *lang)).collect(),
        }
        Arc::new(self.titles.iter().map(SortedTitles::listing).collect())
    }

    /// The names, where they would be the same.
    pub(super) fn names(&self, catalogue: &Catalogue, others: &DerivedPages) -> Option<Arc<Directory>> {
        let before = self.planned.as_ref()?;
        let is_same = before.names.others == *others && names::are_names_same(&before.catalogue, catalogue);
        is_same.then(|| before.names.clone())
    }

    /// The ready-made lists, where they would be the same.
    pub(super) fn lists(&self, catalogue: &Catalogue, judgements: &[Arc<Judgement>]) -> Option<Arc<Lists>> {
        let before = self.planned.as_ref()?;
        let is_same = lists::are_lists_same(&before.catalogue, catalogue)
            && are_alike(&before.judgements, judgements, |a, b| a.state == b.state);
        is_same.then(|| before.lists.clone())
    }

    /// What is below each unit and plan node, where it would be the same.
    pub(super) fn below(&self, catalogue: &Catalogue) -> Option<Arc<Descendants>> {
        let before = self.planned.as_ref()?;
        lists::are_below_same(&before.catalogue, catalogue).then(|| before.below.clone())
    }

    /// Keeps what was planned this time.
    pub(super) fn keep(&mut self, site: &Site) {
        self.planned = Some(Planned {
            catalogue: site.catalogue.clone(),
            as_of: site.as_of,
            judgements: site.judgements.clone(),
            lists: site.lists.clone(),
            below: site.below.clone(),
            listings: site.listings.clone(),
            names: site.names.clone(),
        });
    }
}
