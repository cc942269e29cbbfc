//! What was planned of a site, for the next time, when most of it is the same.

use std::sync::Arc;

use jiff::civil::Date;

use super::lists::{self, Below, Lists};
use super::names::{self, Listings, Names, Others};
use super::{Judgement, Site, listing};
use crate::model::{Catalogue, Lang, ObjectiveId, are_alike};

/// What was planned the last time.
#[derive(Debug, Default)]
pub struct Memory(Option<Planned>);

/// A catalogue with what was made of it.
#[derive(Debug)]
struct Planned {
    catalogue: Catalogue,
    as_of: Date,
    judgements: Vec<Arc<Judgement>>,
    lists: Arc<Lists>,
    below: Arc<Below>,
    listings: Arc<Listings>,
    names: Arc<Names>,
}

impl Memory {
    /// What was known of an objective on the same day, where it is the same.
    pub(super) fn judgement(&self, catalogue: &Catalogue, id: ObjectiveId, as_of: Date) -> Option<Arc<Judgement>> {
        let before = self.0.as_ref().filter(|before| before.as_of == as_of)?;
        let is_same = Arc::ptr_eq(before.catalogue.objectives.get(id.index())?, &catalogue.objectives[id.index()]);
        is_same.then(|| before.judgements[id.index()].clone())
    }

    /// The lists from A to Z, where they would be the same.
    pub(super) fn listings(&self, catalogue: &Catalogue, languages: &[Lang]) -> Option<Arc<Listings>> {
        let before = self.0.as_ref()?;
        let is_same = before.listings.iter().map(|(lang, _)| lang).eq(languages)
            && listing::are_titles_same(&before.catalogue, catalogue);
        is_same.then(|| before.listings.clone())
    }

    /// The names, where they would be the same.
    pub(super) fn names(&self, catalogue: &Catalogue, others: &Others) -> Option<Arc<Names>> {
        let before = self.0.as_ref()?;
        let is_same = before.names.others == *others && names::are_names_same(&before.catalogue, catalogue);
        is_same.then(|| before.names.clone())
    }

    /// The ready-made lists, where they would be the same.
    pub(super) fn lists(&self, catalogue: &Catalogue, judgements: &[Arc<Judgement>]) -> Option<Arc<Lists>> {
        let before = self.0.as_ref()?;
        let is_same = lists::are_lists_same(&before.catalogue, catalogue)
            && are_alike(&before.judgements, judgements, |a, b| a.state == b.state);
        is_same.then(|| before.lists.clone())
    }

    /// What is below each unit and plan node, where it would be the same.
    pub(super) fn below(&self, catalogue: &Catalogue) -> Option<Arc<Below>> {
        let before = self.0.as_ref()?;
        lists::are_below_same(&before.catalogue, catalogue).then(|| before.below.clone())
    }

    /// Keeps what was planned this time.
    pub(super) fn keep(&mut self, site: &Site) {
        self.0 = Some(Planned {
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
