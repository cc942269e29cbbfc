//! Build cache of a published folder: the queries that each file was made from, and its stamp afterwards.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::file_stamp::FileStamp;
use super::fingerprint;
use super::query::{self, Fingerprints, Query, QueryNumbers, RecordId, RecordKind};
use crate::output::OutputPath;

/// First bytes of every cache, before its mark and the fingerprint of the rest.
const MAGIC: [u8; 14] = *b"vetro cache 6\n";

/// Length of the head of a cache in bytes: the magic, the five numbers of the mark, the length of the body before the
/// queries of files, the fingerprint of the body, and the length of the whole, all that with a fingerprint of its own. The
/// note of the mark follows, then the body.
pub const HEAD: usize = MAGIC.len() + size_of::<[u64; 9]>();

/// Stamps and queries of files that a publication has from the one before, and keeps for the next one.
pub trait FileCache: Sync {
    /// The queries that were traced while a file was made.
    type Queries;

    /// Stamp with which a file was left, if it would come out the same when it is made again.
    fn known_stamp(&self, path: &OutputPath) -> Option<FileStamp>;

    /// Does some work and gives the queries that it made.
    fn trace<T>(work: impl FnOnce() -> T) -> (T, Self::Queries);

    /// Keeps the stamp of a file, once a file: with its queries if it was made, without if it was left as it was.
    fn keep(&self, path: &OutputPath, stamp: FileStamp, queries: Option<Self::Queries>);

    /// The cache for the next publication, in pieces that follow each other. Returns `None` if the old one still holds.
    fn bytes(&self) -> Option<Vec<Vec<u8>>>;
}

/// Cache that knows nothing: every file is made.
impl FileCache for () {
    type Queries = ();

    fn known_stamp(&self, _: &OutputPath) -> Option<FileStamp> {
        None
    }

    fn trace<T>(work: impl FnOnce() -> T) -> (T, ()) {
        (work(), ())
    }

    fn keep(&self, _: &OutputPath, _: FileStamp, _: Option<()>) {}

    fn bytes(&self) -> Option<Vec<Vec<u8>>> {
        None
    }
}

/// Mark by which a build knows that there is nothing to do, before anything is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpToDateMark {
    /// Fingerprint of everything that the site is made from: program, options and the stamp of each source.
    pub(crate) sources: u64,
    /// Number of pages.
    pub(crate) pages: u64,
    /// Fingerprint of the stamps of all published files, in no order.
    stamps: u64,
    /// Length of the note in bytes, and its fingerprint.
    note: [u64; 2],
}

impl UpToDateMark {
    /// Reads the mark in the head of a cache of `size` bytes. Returns `None` if the cache is another's, cut short or damaged.
    pub fn read(head: &[u8; HEAD], size: u64) -> Option<Self> {
        Some(Head::read(head, size)?.mark)
    }

    /// The note that the build left, which is in the whole cache that `read` gives. Returns `None` if that is another's or
    /// damaged.
    pub fn note(&self, read: impl FnOnce() -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let [length, expected] = self.note;
        if length == 0 {
            return Some(Vec::new());
        }
        let mut bytes = read()?;
        bytes.drain(..HEAD.min(bytes.len()));
        bytes.truncate(usize::try_from(length).ok()?);
        (fingerprint(&*bytes) == expected).then_some(bytes)
    }

    /// True if the published files still have the stamps that they were left with.
    pub(crate) fn holds(&self, files: &[(OutputPath, FileStamp)]) -> bool {
        let stamps = files.iter().map(|(path, stamp)| fingerprint(&(path, stamp)));
        self.stamps == stamps.fold(0, u64::wrapping_add)
    }
}

/// The next mark without the stamps of the published files, which are known at the end of a publication.
#[derive(Debug)]
pub struct NextMark {
    /// Fingerprint of everything that the site is made from.
    pub sources: u64,
    /// Number of pages.
    pub pages: u64,
    /// Bytes for the next build, which reads them if nothing has changed.
    pub note: Vec<u8>,
}

impl NextMark {
    fn with(&self, stamps: u64) -> UpToDateMark {
        let note = [self.note.len() as u64, fingerprint(&*self.note)];
        UpToDateMark { sources: self.sources, pages: self.pages, stamps, note }
    }
}

/// Head of a cache without its magic.
struct Head {
    mark: UpToDateMark,
    /// Length of the body before the queries of files.
    body: u64,
    /// Fingerprint of the body.
    fingerprint: u64,
    /// Length of the whole cache.
    size: u64,
}

impl Head {
    fn numbers(&self) -> [u64; 8] {
        let UpToDateMark { sources, pages, stamps, note: [length, note] } = self.mark;
        [sources, stamps, pages, length, note, self.body, self.fingerprint, self.size]
    }

    /// Returns `None` if the head is another's or damaged, or the cache has another length.
    fn read(bytes: &[u8; HEAD], size: u64) -> Option<Self> {
        let numbers: Vec<u64> = (bytes.strip_prefix(&MAGIC)?.as_chunks().0.iter())
            .map(|bytes| u64::from_le_bytes(*bytes))
            .collect();
        let [sources, stamps, pages, length, note, body, fingerprint, known_size, own] = *numbers else { return None };
        let mark = UpToDateMark { sources, pages, stamps, note: [length, note] };
        let head = Self { mark, body, fingerprint, size: known_size };
        (known_size == size && own == super::fingerprint(&head.numbers())).then_some(head)
    }

    fn bytes(&self) -> Vec<u8> {
        let numbers = self.numbers();
        let numbers = numbers.into_iter().chain([fingerprint(&numbers)]);
        MAGIC.into_iter().chain(numbers.flat_map(u64::to_le_bytes)).collect()
    }
}

/// Body of a cache. A file names its queries, and a query its record, by their places in the lists.
#[derive(Default, Serialize, Deserialize)]
struct Body {
    /// Fingerprint of what every file depends on.
    frame: u64,
    records: Vec<(RecordKind, String)>,
    queries: Vec<(Query<u32>, u64)>,
    files: CachedFiles,
}

/// Files by the fingerprints of their paths, with the queries of all one after the other.
#[derive(Debug, Default, Serialize, Deserialize)]
struct CachedFiles {
    /// Each with its stamp and the number of bytes that encode its queries.
    files: Vec<(u64, FileStamp, u32)>,
    /// For each file the places of its queries, as the steps from one to the next: most are so small that they take a byte.
    /// They are most of the cache, so they stay bytes, and follow the rest as they are.
    #[serde(skip)]
    queries: Vec<u8>,
}

impl CachedFiles {
    /// Empty, with the capacity of another.
    fn with_capacity_of(other: &Self) -> Self {
        Self { files: Vec::with_capacity(other.files.len()), queries: Vec::with_capacity(other.queries.len()) }
    }

    /// Adds a file with its encoded queries. Returns `None` if there are too many.
    fn add(&mut self, path: u64, stamp: FileStamp, queries: &[u8]) -> Option<()> {
        let length = u32::try_from(queries.len()).ok()?;
        self.queries.extend_from_slice(queries);
        self.files.push((path, stamp, length));
        Some(())
    }

    /// Each file with the range of its encoded queries.
    fn iter(&self) -> impl Iterator<Item = (u64, FileStamp, Range<usize>)> + '_ {
        let mut end = 0;
        self.files.iter().map(move |(path, stamp, length)| {
            let start = end;
            end += *length as usize;
            (*path, *stamp, start..end)
        })
    }
}

/// Encodes places, which may repeat and have any order, as sorted steps.
fn encode_places(mut places: Vec<u32>) -> Option<Vec<u8>> {
    places.sort_unstable();
    places.dedup();
    let mut last = 0;
    for place in &mut places {
        (last, *place) = (*place, *place - last);
    }
    postcard::to_stdvec(&places).ok()
}

/// Decodes places. Returns `None` if the bytes aren't sound.
fn decode_places(queries: &[u8], range: Range<usize>) -> Option<impl Iterator<Item = u32>> {
    let steps: Vec<u32> = postcard::from_bytes(queries.get(range)?).ok()?;
    Some(steps.into_iter().scan(0_u32, |last, step| {
        *last = last.saturating_add(step);
        Some(*last)
    }))
}

/// Cache that an earlier build left, whole and sound.
pub struct PreviousBuild {
    mark: UpToDateMark,
    body: Body,
}

impl PreviousBuild {
    /// Reads a whole cache. Returns `None` if it is another's or damaged.
    pub fn read(mut bytes: Vec<u8>) -> Option<Self> {
        let head = Head::read(bytes.first_chunk()?, bytes.len() as u64)?;
        let start = HEAD.checked_add(usize::try_from(head.mark.note[0]).ok()?)?;
        let queries = start.checked_add(usize::try_from(head.body).ok()?)?;
        let parts = bytes.get(start..)?.split_at_checked(queries - start)?;
        if fingerprint(&parts) != head.fingerprint {
            return None;
        }
        let mut body: Body = postcard::from_bytes(parts.0).ok()?;
        bytes.drain(..queries);
        body.files.queries = bytes;
        Some(Self { mark: head.mark, body })
    }
}

/// Place for each query, from 0 on.
#[derive(Debug, Default)]
struct QueryTable {
    queries: Vec<Query<RecordId>>,
    /// One more than the place of each query.
    places: QueryNumbers,
}

impl QueryTable {
    fn place(&mut self, query: Query<RecordId>) -> u32 {
        let place = self.places.of(query);
        if *place == 0 {
            self.queries.push(query);
            *place = u32::try_from(self.queries.len()).unwrap_or(u32::MAX);
        }
        *place - 1
    }
}

/// Cache of one build: the previous build, compared with the fingerprints of today.
#[derive(Debug)]
pub(crate) struct BuildCache<F> {
    today: F,
    frame: u64,
    /// `None` if there is to be no mark.
    next_mark: Option<NextMark>,
    /// Mark of the previous build.
    last_mark: Option<UpToDateMark>,
    /// The previous queries that still hold, by their places.
    holding: Vec<Option<Query<RecordId>>>,
    /// Stamp of each file that would come out the same, and where in `queries` its own lie.
    fresh: HashMap<u64, (FileStamp, Range<usize>), foldhash::fast::RandomState>,
    /// Places of queries in `holding`, as [`CachedFiles`] encodes them.
    queries: Vec<u8>,
    /// Fingerprints of today of all previous queries, if each keeps its place: then the queries of a file needn't be
    /// encoded anew.
    fingerprints: Option<Vec<u64>>,
    next: Mutex<NextCache>,
}

/// The cache to be kept, while it is filled.
#[derive(Debug, Default)]
struct NextCache {
    table: QueryTable,
    files: CachedFiles,
    /// Fingerprint of the stamps of all files, in no order.
    stamps: u64,
    /// True if a file was made that needn't be made in every build.
    has_new_files: bool,
}

impl<F: Fingerprints> BuildCache<F> {
    /// Compares the previous build with today. `frame` is the fingerprint of what every file depends on beside queries:
    /// the program, the settings, the theme, the day.
    pub(crate) fn new(previous: Option<PreviousBuild>, today: F, frame: u64, next_mark: Option<NextMark>) -> Self {
        let last_mark = previous.as_ref().map(|previous| previous.mark);
        let body = previous.map(|previous| previous.body).filter(|body| body.frame == frame);
        let Body { records, queries: known, files, .. } = body.unwrap_or_default();
        let found: Vec<Option<RecordId>> = records.par_iter().map(|(kind, name)| today.find(*kind, name)).collect();
        // Each query that can still be made, with its fingerprint, and whether that is the one of then.
        let compared: Vec<Option<(Query<RecordId>, u64, bool)>> = (known.into_par_iter())
            .map(|(query, then)| {
                let query = query.map(|record| *found.get(record as usize)?)?;
                let now = today.of(query)?;
                Some((query, now, now == then))
            })
            .collect();
        let mut next = NextCache::default();
        let mut places_stay = (compared.iter().enumerate())
            .map(|(place, query)| query.is_some_and(|(query, ..)| next.table.place(query) as usize == place));
        let fingerprints: Option<Vec<u64>> = places_stay
            .all(|stays| stays)
            .then(|| compared.iter().flatten().map(|(_, now, _)| *now).collect());
        match fingerprints {
            // Most of what is to be kept is what was kept.
            Some(_) => next.files = CachedFiles::with_capacity_of(&files),
            None => next.table = QueryTable::default(),
        }
        let holding: Vec<Option<Query<RecordId>>> = (compared.into_iter())
            .map(|query| query.filter(|(.., holds)| *holds).map(|(query, ..)| query))
            .collect();
        let holds = |place: u32| holding.get(place as usize).is_some_and(Option::is_some);
        let is_fresh = |range: &Range<usize>| {
            decode_places(&files.queries, range.clone()).is_some_and(|mut places| places.all(holds))
        };
        let known: Vec<_> = files.iter().collect();
        let fresh = known.into_par_iter().filter(|(_, _, range)| is_fresh(range));
        let fresh = fresh.map(|(path, stamp, range)| (path, (stamp, range))).collect();
        let (queries, next) = (files.queries, Mutex::new(next));
        Self { today, frame, next_mark, last_mark, holding, fresh, queries, fingerprints, next }
    }

    /// Encodes queries. Every thread that makes files comes by here, so nothing but places is given under the lock.
    fn encode(&self, queries: impl IntoIterator<Item = Query<RecordId>>) -> Option<Vec<u8>> {
        let queries = queries.into_iter();
        let mut places = Vec::with_capacity(queries.size_hint().0);
        let mut next = self.next();
        places.extend(queries.map(|query| next.table.place(query)));
        drop(next);
        encode_places(places)
    }

    /// The encoded queries of a file that was left as it was.
    fn known_queries(&self, path: u64) -> Option<Cow<'_, [u8]>> {
        let (_, range) = self.fresh.get(&path)?;
        if self.fingerprints.is_some() {
            return Some(Cow::Borrowed(&self.queries[range.clone()]));
        }
        let queries = decode_places(&self.queries, range.clone())?.filter_map(|place| self.holding[place as usize]);
        self.encode(queries).map(Cow::Owned)
    }

    fn next(&self) -> MutexGuard<'_, NextCache> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<F: Fingerprints> FileCache for BuildCache<F> {
    type Queries = Vec<Query<RecordId>>;

    fn known_stamp(&self, path: &OutputPath) -> Option<FileStamp> {
        self.fresh.get(&fingerprint(path)).map(|(stamp, _)| *stamp)
    }

    fn trace<T>(work: impl FnOnce() -> T) -> (T, Self::Queries) {
        query::traced(work)
    }

    fn keep(&self, path: &OutputPath, stamp: FileStamp, queries: Option<Self::Queries>) {
        let (path, stamps) = (fingerprint(path), fingerprint(&(path, stamp)));
        let is_new = queries.is_some();
        let queries = match queries {
            // A file that asked for nothing that can be compared is made in every build.
            Some(queries) if queries.is_empty() || queries.contains(&Query::Uncacheable) => None,
            Some(queries) => self.encode(queries).map(Cow::Owned),
            None => self.known_queries(path),
        };
        let mut next = self.next();
        next.stamps = next.stamps.wrapping_add(stamps);
        if let Some(queries) = queries {
            next.files.add(path, stamp, &queries);
            next.has_new_files |= is_new;
        }
    }

    fn bytes(&self) -> Option<Vec<Vec<u8>>> {
        let mut next = self.next();
        let mark = self.next_mark.as_ref().map(|mark| mark.with(next.stamps));
        if !next.has_new_files && next.files.files.len() == self.fresh.len() && mark == self.last_mark {
            return None;
        }
        let mut places: HashMap<RecordId, u32, foldhash::fast::RandomState> = HashMap::default();
        let mut records = Vec::new();
        let known = self.fingerprints.as_deref().unwrap_or_default();
        let new = &next.table.queries[known.len()..];
        let new: Vec<Option<u64>> = new.par_iter().map(|query| self.today.of(*query)).collect();
        let fingerprints = known.iter().copied().map(Some).chain(new);
        let mut queries = Vec::with_capacity(next.table.queries.len());
        for (query, fingerprint) in next.table.queries.iter().zip(fingerprints) {
            let place = |record: RecordId| {
                Some(*places.entry(record).or_insert_with(|| {
                    records.push((record.0, self.today.name(record)));
                    u32::try_from(records.len() - 1).unwrap_or(u32::MAX)
                }))
            };
            queries.push((query.map(place)?, fingerprint?));
        }
        let note = self.next_mark.as_ref().map_or(&[][..], |mark| &mark.note);
        encode(mark, note, Body { frame: self.frame, records, queries, files: std::mem::take(&mut next.files) })
    }
}

/// Encodes a cache in pieces that follow each other: of a large site one copy of them is enough.
fn encode(mark: Option<UpToDateMark>, note: &[u8], mut body: Body) -> Option<Vec<Vec<u8>>> {
    // No site is made from nothing.
    let mark = mark.unwrap_or(UpToDateMark { sources: 0, pages: 0, stamps: 0, note: [0; 2] });
    let queries = std::mem::take(&mut body.files.queries);
    let body = postcard::to_stdvec(&body).ok()?;
    let size = HEAD + note.len() + body.len() + queries.len();
    let parts = fingerprint(&(&*body, &*queries));
    let head = Head { mark, body: body.len() as u64, fingerprint: parts, size: size as u64 };
    let mut head = head.bytes();
    head.extend_from_slice(note);
    Some(vec![head, body, queries])
}
