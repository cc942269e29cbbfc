//! Words of documents, run by run, as the store keeps them from one build to the next.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::FixedState;
use foldhash::quality;

use super::plain::plain;
use super::postings::{Field, Postings, number};
use super::words::{Grammar, words};
use crate::incremental::fingerprint;
use crate::incremental::store::Store;
use crate::model::Markdown;

/// Taker of the texts of one document, those of the most telling field first.
pub(super) trait TextSink {
    /// Takes a text.
    fn add(&mut self, field: Field, text: &str);

    /// Takes the words that Markdown shows. It isn't read if its fingerprint is enough.
    fn add_markdown(&mut self, field: Field, text: &Markdown);
}

/// Documents by their numbers, from 0 on.
pub(super) struct Documents<'d> {
    /// One more than the last number.
    pub(super) count: usize,
    /// Adds the texts of a document to a sink.
    pub(super) texts: &'d (dyn Fn(usize, &mut dyn TextSink) + Sync),
    /// A number that a document keeps whatever others there are.
    pub(super) name: &'d (dyn Fn(usize) -> u64 + Sync),
}

impl Documents<'_> {
    /// The documents in runs, few enough that their words together are not many more than those of all. The beginning of a
    /// run depends on the name of its first document: one more or less changes one run.
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        let mean = (self.count / 32).next_power_of_two().max(256) as u64;
        let begin: Vec<usize> = (0..self.count).filter(|i| *i == 0 || (self.name)(*i).is_multiple_of(mean)).collect();
        let ends = begin.iter().skip(1).copied().chain([self.count]);
        begin.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }
}

/// The words of some documents of a run, in the order of the documents.
#[derive(Default)]
struct DocumentWords {
    found: HashMap<Box<str>, Postings, FixedState>,
    document: u32,
}

impl DocumentWords {
    fn gather(&mut self, field: Field, text: &str) {
        let place = field.place(self.document);
        let mut found = |word: &str| match self.found.get_mut(word) {
            Some(places) => places.add(place),
            None => {
                self.found.insert(word.into(), Postings::of(place));
            }
        };
        words(text, &mut found);
    }
}

impl TextSink for DocumentWords {
    fn add(&mut self, field: Field, text: &str) {
        self.gather(field, text);
    }

    fn add_markdown(&mut self, field: Field, text: &Markdown) {
        self.gather(field, &plain(&text.text(), usize::MAX));
    }
}

/// Fingerprint of the texts of a document.
struct FingerprintSink(quality::FoldHasher<'static>);

impl Default for FingerprintSink {
    fn default() -> Self {
        Self(quality::FixedState::with_seed(0).build_hasher())
    }
}

impl TextSink for FingerprintSink {
    fn add(&mut self, field: Field, text: &str) {
        (field, text).hash(&mut self.0);
    }

    fn add_markdown(&mut self, field: Field, text: &Markdown) {
        (field, text.fingerprint()).hash(&mut self.0);
    }
}

/// A form as some documents write it, and its places.
pub(super) type FoundForm = (Box<str>, Postings);

/// First two letters of words: all forms of a word have the same. Words that don't begin alike aren't found together.
pub(super) type Initials = (char, char);

/// Words by their initials, encoded, with a fingerprint of their contents: so those of one pair are read without the rest.
pub(super) type ByInitials<'b> = Vec<(Initials, u64, &'b [u8])>;

/// A run of documents as the store keeps it: the fingerprint of each document's texts, and the [forms found](FoundForm), whose
/// places count from the first document.
pub(super) type IndexedRun<'b> = (Vec<u64>, ByInitials<'b>);

/// The encoded [`IndexedRun`] of some documents. Only documents whose texts have changed are read for their words. Sets
/// `is_new` if the store doesn't have all of it.
pub(super) fn indexed_run(
    documents: &Documents<'_>,
    grammar: &Grammar,
    run: &Range<usize>,
    store: &Store,
    name: &str,
    is_new: &AtomicBool,
) -> Option<Vec<u8>> {
    let document_fingerprint = |document| {
        let mut hasher = FingerprintSink::default();
        (documents.texts)(document, &mut hasher);
        hasher.0.finish()
    };
    let fingerprints: Vec<u64> = run.clone().map(document_fingerprint).collect();
    let recalled = store.recall(name).unwrap_or_default();
    let (previous, found): IndexedRun<'_> = postcard::from_bytes(&recalled).unwrap_or_default();
    if previous == fingerprints {
        return Some(recalled);
    }
    is_new.store(true, Ordering::Relaxed);
    let found: Option<Vec<(Initials, Vec<FoundForm>)>> = (found.into_iter())
        .map(|(initials, _, bytes)| Some((initials, postcard::from_bytes(bytes).ok()?)))
        .collect();
    // In a run with another number of documents nothing tells which of them are the same.
    let (previous, found) = found
        .filter(|_| previous.len() == fingerprints.len())
        .map_or_else(Default::default, |found| (previous, found));
    let changed: Vec<bool> = fingerprints.iter().enumerate().map(|(i, now)| previous.get(i) != Some(now)).collect();
    let mut gathered = DocumentWords::default();
    for document in (0..run.len()).filter(|document| changed[*document]) {
        gathered.document = number(document);
        (documents.texts)(run.start + document, &mut gathered);
    }
    let mut new: Vec<FoundForm> = gathered.found.into_iter().collect();
    new.sort_unstable();
    let mut merged: BTreeMap<Initials, Vec<FoundForm>> = BTreeMap::new();
    for (word, places) in new {
        merged.entry(grammar.initials(&word)).or_default().push((word, places));
    }
    for (initials, found) in found {
        let new = merged.remove(&initials).unwrap_or_default();
        merged.insert(initials, updated(found, &changed, new));
    }
    let encoded: Vec<(Initials, Vec<u8>)> = (merged.into_iter())
        .map(|(initials, found)| Some((initials, postcard::to_stdvec(&found).ok()?)))
        .collect::<Option<_>>()?;
    let parts = encoded
        .iter()
        .map(|(initials, found)| (*initials, fingerprint(found), &**found))
        .collect();
    let run: IndexedRun<'_> = (fingerprints, parts);
    let bytes = postcard::to_stdvec(&run).ok()?;
    store.keep(name, &bytes);
    Some(bytes)
}

/// Replaces the forms of documents that have changed by those that are found in them now; in order, as both are.
fn updated(found: Vec<FoundForm>, changed: &[bool], new: Vec<FoundForm>) -> Vec<FoundForm> {
    let mut places: BTreeMap<Box<str>, Vec<u32>> = BTreeMap::new();
    for (word, found) in found {
        let unchanged = found.iter().filter(|place| changed.get(*place as usize / 4) == Some(&false));
        places.entry(word).or_default().extend(unchanged);
    }
    for (word, new) in new {
        places.entry(word).or_default().extend(new.iter());
    }
    places
        .into_iter()
        .filter_map(|(word, places)| Some((word, Postings::of_all(places)?)))
        .collect()
}
