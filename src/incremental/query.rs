//! Queries of a site, traced while a file is made.
//!
//! A file is a pure function of the answers to its queries. So a build that keeps the queries of a file with a
//! [fingerprint](super::fingerprint) of each answer can tell, without making the file, if it would come out the same.

use std::cell::{Cell, RefCell};

use serde::{Deserialize, Serialize};

use crate::work;

/// Declares the kinds of records from one list.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident,)*) => {
        /// The kinds of records, each numbered in a catalogue's own list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub(crate) enum RecordKind {
            $($(#[doc = $doc])* $kind,)*
        }

        impl RecordKind {
            /// Every kind, in their order.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$kind,)*];
        }
    };
}

kinds! {
    /// Units.
    Unit,
    /// Plans.
    Plan,
    /// Nodes of plans.
    Node,
    /// Objectives.
    Objective,
    /// Projects.
    Project,
    /// Updates.
    Update,
    /// Indicators that go on over years.
    Series,
    /// Free pages.
    Page,
}

/// A record: its kind and its place in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RecordId(pub(crate) RecordKind, pub(crate) u32);

/// Argument of a query, as two small numbers: the first is below the number of kinds, the second may be any.
trait Argument {
    fn numbers(self) -> (usize, u32);
}

impl Argument for RecordId {
    fn numbers(self) -> (usize, u32) {
        (self.0 as usize, self.1)
    }
}

impl Argument for RecordKind {
    fn numbers(self) -> (usize, u32) {
        (0, self as u32)
    }
}

impl Argument for i16 {
    fn numbers(self) -> (usize, u32) {
        (0, u32::from(self.cast_unsigned()))
    }
}

impl Argument for u32 {
    fn numbers(self) -> (usize, u32) {
        (0, self)
    }
}

/// Declares the queries from one list, with every function that has an arm for each. A query of one record names it by `R`.
macro_rules! queries {
    ($($(#[doc = $doc:literal])* $query:ident $(($argument:tt))?,)*) => {
        /// Query of a site. `R` names a record: as a [`RecordId`] in a site, as a place in a list in a cache.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub(crate) enum Query<R> {
            $($(#[doc = $doc])* $query $(($argument))?,)*
        }

        /// The queries without their arguments.
        #[derive(Clone, Copy)]
        enum Tag {
            $($query,)*
        }

        impl<R> Query<R> {
            /// Query with another name of its record. Returns `None` if the record has no such name.
            pub(crate) fn map<S>(self, name: impl FnOnce(R) -> Option<S>) -> Option<Query<S>> {
                Some(match self {
                    $(queries!(@bound argument $query $($argument)?) => queries!(@mapped name argument $query $($argument)?),)*
                })
            }
        }

        impl Query<RecordId> {
            /// Row of numbers and place in it; no other query has both.
            fn number(self) -> (usize, usize) {
                let (tag, (kind, place)) = match self {
                    $(queries!(@bound argument $query $($argument)?) => (Tag::$query, queries!(@numbers argument $($argument)?)),)*
                };
                (tag as usize * RecordKind::ALL.len() + kind, place as usize)
            }
        }

        /// Every query with these arguments.
        #[cfg(test)]
        fn every_query(records: &[RecordId], kinds: &[RecordKind], years: &[i16], numbers: &[u32]) -> Vec<Query<RecordId>> {
            let mut all = Vec::new();
            $(queries!(@every all records kinds years numbers $query $($argument)?);)*
            all
        }
    };
    (@bound $name:ident $query:ident) => { Self::$query };
    (@bound $name:ident $query:ident $argument:tt) => { Self::$query($name) };
    (@mapped $map:ident $name:ident $query:ident) => { Query::$query };
    (@mapped $map:ident $name:ident $query:ident R) => { Query::$query($map($name)?) };
    (@mapped $map:ident $name:ident $query:ident $argument:tt) => { Query::$query($name) };
    (@numbers $name:ident) => { (0, 0) };
    (@numbers $name:ident $argument:tt) => { Argument::numbers($name) };
    (@every $all:ident $r:ident $k:ident $y:ident $n:ident $query:ident) => { $all.push(Query::$query) };
    (@every $all:ident $r:ident $k:ident $y:ident $n:ident $query:ident R) => { $all.extend($r.iter().copied().map(Query::$query)) };
    (@every $all:ident $r:ident $k:ident $y:ident $n:ident $query:ident RecordKind) => { $all.extend($k.iter().copied().map(Query::$query)) };
    (@every $all:ident $r:ident $k:ident $y:ident $n:ident $query:ident i16) => { $all.extend($y.iter().copied().map(Query::$query)) };
    (@every $all:ident $r:ident $k:ident $y:ident $n:ident $query:ident u32) => { $all.extend($n.iter().copied().map(Query::$query)) };
}

queries! {
    /// All fields of a record, without the text of its file.
    Whole(R),
    /// Text of a record's file.
    Body(R),
    /// The fields of an objective, a project or an update that lists show.
    Listed(R),
    /// Title of a record.
    Title(R),
    /// Address of a record's page.
    Address(R),
    /// Announcements of exports on a record's page.
    Announced(R),
    /// Announcements of exports on any page.
    AllAnnounced,
    /// The records of a kind, in their order.
    All(RecordKind),
    /// The units that are administrations, and the one that publishes the site.
    Administrations,
    /// State of an objective with the counts of its indicators.
    State(R),
    /// Everything that is computed of an objective on the day of the build.
    Judgement(R),
    /// States of a project's expected results.
    Results(R),
    /// The years of objectives.
    Years,
    /// The objectives of a year.
    Year(i16),
    /// The ready-made lists of a year, with their objectives.
    Lists(i16),
    /// The types of objectives, and the type of each objective.
    Types,
    /// The years of projects, and the projects of each.
    ProjectYears,
    /// The years of updates, and the updates of each.
    UpdateYears,
    /// The objectives below a unit or node.
    ObjectivesBelow(R),
    /// The projects below a unit or node.
    ProjectsBelow(R),
    /// Bytes of a file beside a record, by its place among the site's.
    Attachment(u32),
    /// Everything that a link in a text can lead to.
    Links,
    /// The list of all pages from A to Z, in every language.
    Listing,
    /// The words that are explained, in every language.
    Glossary,
    /// The documents of the search that are described together.
    Documents(u32),
    /// Something that no other query stands for: a file with this query is made in every build.
    Uncacheable,
}

/// Number for each query, 0 until another is set. Nothing is hashed, since every page makes hundreds of queries.
#[derive(Debug, Default)]
pub(crate) struct QueryNumbers(Vec<Vec<u32>>);

impl QueryNumbers {
    /// The number of a query, to be read or set.
    pub(crate) fn of(&mut self, query: Query<RecordId>) -> &mut u32 {
        let (row, place) = query.number();
        if self.0.len() <= row {
            self.0.resize_with(row + 1, Vec::new);
        }
        let numbers = &mut self.0[row];
        if numbers.len() <= place {
            numbers.resize((place + 1).next_power_of_two(), 0);
        }
        &mut numbers[place]
    }
}

/// Answers of a site to queries on the day of a build, as fingerprints.
pub(crate) trait Fingerprints: Sync {
    /// Fingerprint of the answer to a query. Returns `None` if the query has no answer that can be compared.
    fn of(&self, query: Query<RecordId>) -> Option<u64>;

    /// Name of a record that is the same in every build, and that no other record has.
    fn name(&self, record: RecordId) -> String;

    /// The record of a kind with a name.
    fn find(&self, kind: RecordKind, name: &str) -> Option<RecordId>;
}

/// Queries since the innermost call of [`traced`] began.
#[derive(Default)]
struct Tracer {
    /// Number of that call; 0 outside of any.
    round: u32,
    /// Round in which each query was made last.
    rounds: QueryNumbers,
    queries: Vec<Query<RecordId>>,
}

thread_local! {
    static TRACER: RefCell<Tracer> = RefCell::default();
}

/// Traces a query. It costs nothing outside of [`traced`].
pub(crate) fn trace(query: Query<RecordId>) {
    work::count(1);
    TRACER.with_borrow_mut(|Tracer { round, rounds, queries }| {
        if *round == 0 {
            return;
        }
        let last = rounds.of(query);
        if *last != *round {
            *last = *round;
            queries.push(query);
        }
    });
}

/// Does some work and gives every query that was made in it on this thread, in no order. A query that was made both before
/// and after an inner call of this function stands twice.
pub(crate) fn traced<T>(work: impl FnOnce() -> T) -> (T, Vec<Query<RecordId>>) {
    thread_local!(static LAST: Cell<u32> = const { Cell::new(0) });
    let round = LAST.get() + 1;
    LAST.set(round);
    let (outer, before) = TRACER
        .with_borrow_mut(|tracer| (std::mem::replace(&mut tracer.round, round), std::mem::take(&mut tracer.queries)));
    let made = work();
    let queries = TRACER.with_borrow_mut(|tracer| {
        tracer.round = outer;
        std::mem::replace(&mut tracer.queries, before)
    });
    (made, queries)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Query<RecordId> = Query::Whole(RecordId(RecordKind::Unit, 0));
    const OTHER: Query<RecordId> = Query::All(RecordKind::Unit);

    #[test]
    fn each_query_is_given_once_to_the_innermost_call() {
        trace(ONE);
        let (inner, outer) = traced(|| {
            trace(ONE);
            trace(ONE);
            traced(|| trace(OTHER)).1
        });
        assert_eq!((inner, outer), (vec![OTHER], vec![ONE]));
    }

    #[test]
    fn no_two_queries_have_one_number() {
        let places = [0, 1, 70_000];
        let records: Vec<RecordId> = (RecordKind::ALL.iter())
            .flat_map(|kind| places.map(|place| RecordId(*kind, place)))
            .collect();
        let queries = every_query(&records, RecordKind::ALL, &[-1, 0, 2026], &places);
        let numbers: std::collections::BTreeSet<(usize, usize)> = queries.iter().map(|query| query.number()).collect();
        assert_eq!(numbers.len(), queries.len());
    }
}
