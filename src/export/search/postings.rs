//! Documents in which a word is found, and the field of each.

use serde::{Deserialize, Serialize};

/// Field of a document in which a word is found, the most telling one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    Summary,
    Body,
}

impl Field {
    /// The place of a word in this field of a document.
    pub(super) fn place(self, document: u32) -> u32 {
        4 * document + self as u32
    }
}

/// Number of fields, each with a list of documents.
pub(super) const LISTS: usize = 3;

/// Places of a word: `4 * document + field`, ascending, each document once, by the field in which the word tells most. A
/// large site has millions of them, so all but the first are kept as steps, most of which take a byte.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Postings {
    first: u32,
    last: u32,
    steps: Vec<u8>,
}

impl Postings {
    pub(super) fn of(place: u32) -> Self {
        Self { first: place, last: place, steps: Vec::new() }
    }

    /// The postings of places in any order, each of a document of its own. Returns `None` if there are no places.
    pub(super) fn of_all(mut places: Vec<u32>) -> Option<Self> {
        places.sort_unstable();
        let mut places = places.into_iter();
        let mut all = Self::of(places.next()?);
        places.for_each(|place| all.add(place));
        Some(all)
    }

    pub(super) fn add(&mut self, place: u32) {
        if place / 4 == self.last / 4 {
            return;
        }
        postcard::to_io(&(place - self.last), &mut self.steps).expect("a list takes every number");
        self.last = place;
    }

    /// The postings of the same documents when others come before them.
    pub(super) fn after(self, first: u32) -> Self {
        Self { first: self.first.saturating_add(first), last: self.last.saturating_add(first), ..self }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some((self.first, &*self.steps)), |(place, steps)| {
            let (step, rest) = postcard::take_from_bytes::<u32>(steps).ok()?;
            Some((place.saturating_add(step), rest))
        })
        .map(|(place, _)| place)
    }
}

/// A document as a number of 32 bits.
pub(super) fn number(document: usize) -> u32 {
    u32::try_from(document).expect("fewer documents than numbers")
}
