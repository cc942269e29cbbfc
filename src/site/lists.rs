//! The ready-made lists of a year's objectives: by state, by unit and by type.

use std::collections::{BTreeMap, HashMap};

use super::{Judgement, slug};
use crate::model::{Catalogue, ObjectiveId, ObjectiveState, UnitId};

/// What the objectives of a ready-made list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Their state.
    State(ObjectiveState),
    /// The unit that answers for them, or one above it.
    Unit(UnitId),
    /// The type that their sheets name.
    Kind(KindId),
}

/// Names a type of objectives of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(u32);

impl KindId {
    /// The place among the site's types, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Sheets write one type in several ways (`MIGLIORAMENTO`, `Miglioramento`); those of one slug are the same.
#[derive(Debug)]
pub(super) struct Kind {
    /// Its part of an address, never empty.
    pub slug: Box<str>,
    /// The newest objective of this type, whose spelling stands for all.
    pub newest: ObjectiveId,
}

/// No list is empty.
#[derive(Debug)]
pub(super) struct Lists {
    /// By year and facet.
    pub lists: BTreeMap<(i16, Facet), Vec<ObjectiveId>>,
    /// By slug.
    pub kinds: Vec<Kind>,
    /// The type of each objective.
    pub kind_of: Vec<Option<KindId>>,
}

impl Lists {
    pub(super) fn of(catalogue: &Catalogue, judgements: &[Judgement]) -> Self {
        let (kinds, kind_of) = kinds(catalogue);
        let mut lists: BTreeMap<(i16, Facet), Vec<ObjectiveId>> = BTreeMap::new();
        for id in catalogue.objective_ids() {
            let objective = &catalogue[id];
            let state = Facet::State(judgements[id.index()].state);
            let units = catalogue.chain(objective.unit).map(Facet::Unit);
            let kind = kind_of[id.index()].map(Facet::Kind);
            for facet in units.chain([state]).chain(kind) {
                lists.entry((objective.year, facet)).or_default().push(id);
            }
        }
        Self { lists, kinds, kind_of }
    }
}

fn kinds(catalogue: &Catalogue) -> (Vec<Kind>, Vec<Option<KindId>>) {
    let mut slugs: HashMap<&str, Box<str>> = HashMap::new();
    let mut newest: BTreeMap<Box<str>, ObjectiveId> = BTreeMap::new();
    for id in catalogue.objective_ids() {
        let Some(written) = catalogue[id].kind.as_deref() else { continue };
        let slug = slugs.entry(written).or_insert_with(|| slug(written).into());
        if !slug.is_empty() {
            newest.insert(slug.clone(), id);
        }
    }
    let kinds: Vec<Kind> = newest.into_iter().map(|(slug, newest)| Kind { slug, newest }).collect();
    let place = |slug: &str| kinds.binary_search_by(|kind| (*kind.slug).cmp(slug)).ok();
    let known: HashMap<&str, KindId> = (slugs.iter())
        .filter_map(|(written, slug)| Some((*written, KindId(u32::try_from(place(slug)?).ok()?))))
        .collect();
    let of = |id: ObjectiveId| known.get(catalogue[id].kind.as_deref()?).copied();
    let kind_of = catalogue.objective_ids().map(of).collect();
    (kinds, kind_of)
}
