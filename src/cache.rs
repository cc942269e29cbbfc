//! What a build leaves for the next one: which facts each file was made from, and how it stood on the disk afterwards.
//!
//! It is never needed and never trusted: it may be deleted at any time; one that is damaged, or of another program, is as
//! good as none; and a file that no longer stands as it was left is made again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Report};
use crate::incremental::file_stamp::FileStamp;
use crate::incremental::fingerprint;
use crate::incremental::query::{Query, QueryNumbers, RecordId, RecordKind};
use crate::output::OutputPath;
use crate::publish::Memory;
use crate::site::Fingerprints;

/// What begins every cache, before its seal and the fingerprint of the rest.
const MARK: [u8; 14] = *b"vetro cache 5\n";

/// How long the head of a cache is: the mark, the five numbers of the seal, how long the body is before the facts of files,
/// the fingerprint of the body, and how long the whole is, all that with a fingerprint of its own. What was said follows, then the
/// body.
pub const HEAD: usize = MARK.len() + size_of::<[u64; 9]>();

/// What tells that there is nothing to do, before anything is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpToDateMark {
    /// The fingerprint of all that the site is made from: program, options and how each source stands.
    pub made_from: u64,
    /// The fingerprint of how each file stands, in no order.
    pub stands: u64,
    /// How many pages there are.
    pub pages: u64,
    /// How many bytes tell what was said of the sources, and their fingerprint.
    said: [u64; 2],
}

impl UpToDateMark {
    /// The seal in the head of a cache of that size; none where it is another's, cut short or damaged.
    pub fn read(head: &[u8; HEAD], size: u64) -> Option<Self> {
        Some(numbers(head, size)?.0)
    }

    /// What was said of the sources, of the whole cache that `kept` gives; none where that is another's or damaged.
    pub fn said(&self, kept: impl FnOnce() -> Option<Vec<u8>>) -> Option<Report> {
        let [length, then] = self.said;
        if length == 0 {
            return Some(Report::default());
        }
        let kept = kept()?;
        let said = kept.get(HEAD..)?.get(..usize::try_from(length).ok()?)?;
        let found: Option<Vec<Diagnostic>> =
            (fingerprint(said) == then).then(|| postcard::from_bytes(said).ok()).flatten();
        found.map(Report::from)
    }

    /// Whether it was set on files that stand as these do.
    pub fn holds(&self, files: &[(OutputPath, FileStamp)]) -> bool {
        self.stands == files.iter().map(|(path, stamp)| stands(path, *stamp)).fold(0, u64::wrapping_add)
    }
}

/// What the next seal is to say of the sources and the pages.
#[derive(Debug)]
pub struct NextMark {
    made_from: u64,
    pages: u64,
    said: Vec<u8>,
}

impl NextMark {
    /// For so many pages, made from what has that fingerprint, of which that was said. None where it can't be kept.
    pub fn of(made_from: u64, pages: usize, said: &Report) -> Option<Self> {
        let said = if said.found().is_empty() { Vec::new() } else { postcard::to_stdvec(said.found()).ok()? };
        Some(Self { made_from, pages: u64::try_from(pages).ok()?, said })
    }

    fn seal(&self, stands: u64) -> UpToDateMark {
        let said = [self.said.len() as u64, fingerprint(&*self.said)];
        UpToDateMark { made_from: self.made_from, stands, pages: self.pages, said }
    }
}

fn stands(path: &OutputPath, stamp: FileStamp) -> u64 {
    fingerprint(&(path, stamp))
}

/// Everything that is kept. A file numbers its facts, and a fact its record, by their places in the lists.
#[derive(Default, Serialize, Deserialize)]
struct CacheFile {
    /// The fingerprint of what every file depends on.
    frame: u64,
    records: Vec<(RecordKind, String)>,
    facts: Vec<(Query<u32>, u64)>,
    files: CachedFiles,
}

/// Files by the fingerprints of their paths, the facts of all one after the other.
#[derive(Debug, Default, Serialize, Deserialize)]
struct CachedFiles {
    /// Each with how it was left and how many bytes tell what it was made from.
    files: Vec<(u64, FileStamp, u32)>,
    /// For each file the places of its facts, as the steps from one to the next: most are so small that a byte tells them.
    /// They are most of what is kept, so they stay bytes, and follow the rest as they are.
    #[serde(skip)]
    facts: Vec<u8>,
}

impl CachedFiles {
    /// None, with room for as many as others.
    fn of_the_size(others: &Self) -> Self {
        Self { files: Vec::with_capacity(others.files.len()), facts: Vec::with_capacity(others.facts.len()) }
    }

    /// Adds a file, with the bytes that tell its facts; none where it can't be kept.
    fn add(&mut self, path: u64, stamp: FileStamp, told: &[u8]) -> Option<()> {
        let length = u32::try_from(told.len()).ok()?;
        self.facts.extend_from_slice(told);
        self.files.push((path, stamp, length));
        Some(())
    }

    /// Each with where its facts are told.
    fn iter(&self) -> impl Iterator<Item = (u64, FileStamp, Range<usize>)> + '_ {
        let mut end = 0;
        self.files.iter().map(move |(path, stamp, length)| {
            let start = end;
            end += *length as usize;
            (*path, *stamp, start..end)
        })
    }
}

/// The bytes that tell the places of a file's facts, which may stand more than once and in any order.
fn told(mut places: Vec<u32>) -> Option<Vec<u8>> {
    places.sort_unstable();
    places.dedup();
    let mut last = 0;
    for place in &mut places {
        (last, *place) = (*place, *place - last);
    }
    postcard::to_stdvec(&places).ok()
}

/// The places of a file's facts, of the bytes that tell them; none where those aren't sound.
fn places(facts: &[u8], told: Range<usize>) -> Option<impl Iterator<Item = u32>> {
    let steps: Vec<u32> = postcard::from_bytes(facts.get(told)?).ok()?;
    Some(steps.into_iter().scan(0_u32, |last, step| {
        *last = last.saturating_add(step);
        Some(*last)
    }))
}

/// What an earlier build left, whole and sound.
pub struct PreviousBuild {
    seal: UpToDateMark,
    kept: CacheFile,
}

impl PreviousBuild {
    /// Of the bytes of a whole cache; none where it is another's or damaged.
    pub fn read(mut bytes: Vec<u8>) -> Option<Self> {
        let (seal, told, then) = numbers(bytes.first_chunk()?, bytes.len() as u64)?;
        let start = HEAD.checked_add(usize::try_from(seal.said[0]).ok()?)?;
        let facts = start.checked_add(usize::try_from(told).ok()?)?;
        let (told, rest) = bytes.get(start..)?.split_at_checked(facts - start)?;
        if fingerprint(&(told, rest)) != then {
            return None;
        }
        let mut kept: CacheFile = postcard::from_bytes(told).ok()?;
        bytes.drain(..facts);
        kept.files.facts = bytes;
        Some(Self { seal, kept })
    }
}

/// A place for each fact, from 0 on.
#[derive(Debug, Default)]
struct QueryTable {
    facts: Vec<Query<RecordId>>,
    /// One more than the place of each fact.
    places: QueryNumbers,
}

impl QueryTable {
    fn of(&mut self, fact: Query<RecordId>) -> u32 {
        let place = self.places.of(fact);
        if *place == 0 {
            self.facts.push(fact);
            *place = u32::try_from(self.facts.len()).unwrap_or(u32::MAX);
        }
        *place - 1
    }
}

/// The memory of one build: what the last one left, against the facts of today.
#[derive(Debug)]
pub struct BuildCache<'a> {
    facts: Fingerprints<'a>,
    frame: u64,
    /// None where there is to be no seal.
    sealing: Option<NextMark>,
    /// The seal that stands.
    sealed: Option<UpToDateMark>,
    /// The facts that still hold.
    holding: Vec<Query<RecordId>>,
    /// How each file was left that would come out the same, and where in `read` its facts are told.
    fresh: HashMap<u64, (FileStamp, Range<usize>), foldhash::fast::RandomState>,
    /// The places of facts in `holding`, as [`Files`] tells them.
    read: Vec<u8>,
    /// The fingerprints of all known facts, by their places, where each keeps its own: then what tells of a file need not be told
    /// anew. Else none.
    fingerprints: Option<Vec<u64>>,
    made: Mutex<NextCache>,
}

/// What is to be kept.
#[derive(Debug, Default)]
struct NextCache {
    places: QueryTable,
    files: CachedFiles,
    /// The fingerprint of how each file stands, in no order.
    stands: u64,
    /// Whether one of the files was made that need not be in every build.
    anew: bool,
}

impl<'a> BuildCache<'a> {
    /// What was kept, as far as it still holds. `frame` is the fingerprint of what every file depends on beside the facts: the
    /// program, the settings, the theme, the day.
    pub fn recall(left: Option<PreviousBuild>, facts: Fingerprints<'a>, frame: u64, sealing: Option<NextMark>) -> Self {
        let sealed = left.as_ref().map(|left| left.seal);
        let kept = left.map(|left| left.kept).filter(|kept| kept.frame == frame);
        let CacheFile { records, facts: known, files, .. } = kept.unwrap_or_default();
        let found: Vec<Option<RecordId>> = records.par_iter().map(|(kind, name)| facts.find(*kind, name)).collect();
        // Each fact that there still is, with its fingerprint, and whether it still holds.
        let today: Vec<Option<(Query<RecordId>, u64, bool)>> = (known.into_par_iter())
            .map(|(fact, then)| {
                let fact = fact.map(|record| *found.get(record as usize)?)?;
                let fingerprint = facts.of(fact)?;
                Some((fact, fingerprint, fingerprint == then))
            })
            .collect();
        let mut made = NextCache::default();
        let mut places_stay = (today.iter().enumerate())
            .map(|(place, fact)| fact.is_some_and(|(fact, ..)| made.places.of(fact) as usize == place));
        let fingerprints: Option<Vec<u64>> = places_stay
            .all(|stays| stays)
            .then(|| today.iter().flatten().map(|(_, fingerprint, _)| *fingerprint).collect());
        match fingerprints {
            // Most of what is to be kept is what was kept.
            Some(_) => made.files = CachedFiles::of_the_size(&files),
            None => made.places = QueryTable::default(),
        }
        let holding: Vec<Query<RecordId>> = (today.into_iter())
            .map(|fact| fact.filter(|(.., holds)| *holds).map_or(Query::Untold, |(fact, ..)| fact))
            .collect();
        let holds = |fact: u32| holding.get(fact as usize).is_some_and(|fact| *fact != Query::Untold);
        let is_fresh = |told: &Range<usize>| places(&files.facts, told.clone()).is_some_and(|mut read| read.all(holds));
        let known: Vec<_> = files.iter().collect();
        let fresh = known.into_par_iter().filter(|(_, _, told)| is_fresh(told));
        let fresh = fresh.map(|(path, stamp, told)| (path, (stamp, told))).collect();
        let (read, made) = (files.facts, Mutex::new(made));
        Self { facts, frame, sealing, sealed, holding, fresh, read, fingerprints, made }
    }

    /// The bytes that tell of facts. Every thread that makes files comes by here, so no more is done under the lock than
    /// giving places.
    fn tell(&self, facts: impl IntoIterator<Item = Query<RecordId>>) -> Option<Vec<u8>> {
        let facts = facts.into_iter();
        let mut places = Vec::with_capacity(facts.size_hint().0);
        let mut made = self.made();
        places.extend(facts.map(|fact| made.places.of(fact)));
        drop(made);
        told(places)
    }

    fn made(&self) -> MutexGuard<'_, NextCache> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory for BuildCache<'_> {
    fn left(&self, path: &OutputPath) -> Option<FileStamp> {
        self.fresh.get(&fingerprint(path)).map(|(stamp, _)| *stamp)
    }

    fn keep(&self, path: &OutputPath, stamp: FileStamp, read: Option<Vec<Query<RecordId>>>) {
        let (path, stands) = (fingerprint(path), stands(path, stamp));
        let anew = read.is_some();
        let told = match read {
            // What asked for nothing that can be compared is made in every build.
            Some(read) if read.is_empty() || read.contains(&Query::Untold) => None,
            Some(read) => self.tell(read).map(Cow::Owned),
            None => self.fresh.get(&path).and_then(|(_, known)| match self.fingerprints {
                Some(_) => Some(Cow::Borrowed(&self.read[known.clone()])),
                None => {
                    let read = places(&self.read, known.clone())?.map(|fact| self.holding[fact as usize]);
                    self.tell(read).map(Cow::Owned)
                }
            }),
        };
        let mut made = self.made();
        made.stands = made.stands.wrapping_add(stands);
        if let Some(told) = told {
            made.files.add(path, stamp, &told);
            made.anew |= anew;
        }
    }

    fn bytes(&self) -> Option<Vec<Vec<u8>>> {
        let mut made = self.made();
        let seal = self.sealing.as_ref().map(|sealing| sealing.seal(made.stands));
        if !made.anew && made.files.files.len() == self.fresh.len() && seal == self.sealed {
            return None;
        }
        let mut places: HashMap<RecordId, u32, foldhash::fast::RandomState> = HashMap::default();
        let mut records = Vec::new();
        let known = self.fingerprints.as_deref().unwrap_or_default();
        let new = &made.places.facts[known.len()..];
        let new: Vec<Option<u64>> = new.par_iter().map(|fact| self.facts.of(*fact)).collect();
        let fingerprints = known.iter().copied().map(Some).chain(new);
        let mut facts = Vec::with_capacity(made.places.facts.len());
        for (fact, fingerprint) in made.places.facts.iter().zip(fingerprints) {
            let place = |record: RecordId| {
                Some(*places.entry(record).or_insert_with(|| {
                    records.push((record.0, self.facts.name(record)));
                    u32::try_from(records.len() - 1).unwrap_or(u32::MAX)
                }))
            };
            facts.push((fact.map(place)?, fingerprint?));
        }
        let said = self.sealing.as_ref().map_or(&[][..], |sealing| &sealing.said);
        encode(seal, said, CacheFile { frame: self.frame, records, facts, files: std::mem::take(&mut made.files) })
    }
}

/// The pieces of a cache, one after the other: of a large site one copy of them is enough.
fn encode(seal: Option<UpToDateMark>, said: &[u8], mut kept: CacheFile) -> Option<Vec<Vec<u8>>> {
    // No site is made from nothing.
    let UpToDateMark { made_from, stands, pages, said: [length, fingerprint_of_said] } =
        seal.unwrap_or(UpToDateMark { made_from: 0, stands: 0, pages: 0, said: [0; 2] });
    let facts = std::mem::take(&mut kept.files.facts);
    let told = postcard::to_stdvec(&kept).ok()?;
    let body = fingerprint(&(&*told, &*facts));
    let size = HEAD + said.len() + told.len() + facts.len();
    let numbers = [made_from, stands, pages, length, fingerprint_of_said, told.len() as u64, body, size as u64];
    let mut head = MARK.to_vec();
    head.extend(numbers.into_iter().chain([fingerprint(&numbers)]).flat_map(u64::to_le_bytes));
    head.extend_from_slice(said);
    Some(vec![head, told, facts])
}

/// The seal, how many bytes of the body come before the facts of files, and the fingerprint of the body.
fn numbers(head: &[u8; HEAD], size: u64) -> Option<(UpToDateMark, u64, u64)> {
    let numbers: Vec<u64> = (head.strip_prefix(&MARK)?.as_chunks().0.iter())
        .map(|bytes| u64::from_le_bytes(*bytes))
        .collect();
    let [made_from, stands, pages, length, fingerprint_of_said, told, body, known, own] = *numbers else { return None };
    let sound = known == size
        && own == fingerprint(&[made_from, stands, pages, length, fingerprint_of_said, told, body, known]);
    sound.then_some((UpToDateMark { made_from, stands, pages, said: [length, fingerprint_of_said] }, told, body))
}
