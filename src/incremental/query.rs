//! What a file was made from: each fact that the site was asked for while the file was made.
//!
//! A file is a pure function of the facts that it reads. Whoever keeps them with a [fingerprint](super::fingerprint) of each knows on the next day,
//! without making the file, whether it would come out the same.

use std::cell::{Cell, RefCell};

use serde::{Deserialize, Serialize};

use crate::work;

/// Declares the kinds of records from one list.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident,)*) => {
        /// The kinds of records, each numbered in a catalogue's own list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RecordKind {
            $($(#[doc = $doc])* $kind,)*
        }

        impl RecordKind {
            /// Every kind, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];
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
pub struct RecordId(pub RecordKind, pub u32);

/// What a fact is of, as two small numbers: the second may be any, the first is below the number of kinds.
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

/// Declares the facts from one list, with all that has an arm for each: those of records name `R`.
macro_rules! queries {
    ($($(#[doc = $doc:literal])* $query:ident $(($argument:tt))?,)*) => {
        /// What a site can be asked. Facts of one record name it by `R`: a [`RecordId`] in a site, its address in what is kept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Query<R> {
            $($(#[doc = $doc])* $query $(($argument))?,)*
        }

        /// The facts without what they are of.
        #[derive(Clone, Copy)]
        enum Tag {
            $($query,)*
        }

        impl<R> Query<R> {
            /// The same fact of a record that is named otherwise; none where it has no such name.
            pub fn map<S>(self, name: impl FnOnce(R) -> Option<S>) -> Option<Query<S>> {
                Some(match self {
                    $(queries!(@bound argument $query $($argument)?) => queries!(@mapped name argument $query $($argument)?),)*
                })
            }
        }

        impl Query<RecordId> {
            /// A row of numbers, and the fact's place in it; no other fact has both.
            fn number(self) -> (usize, usize) {
                let (tag, (kind, place)) = match self {
                    $(queries!(@bound argument $query $($argument)?) => (Tag::$query, queries!(@numbers argument $($argument)?)),)*
                };
                (tag as usize * RecordKind::ALL.len() + kind, place as usize)
            }
        }

        /// Every fact of these arguments, each of one kind.
        #[cfg(test)]
        fn every_query(records: &[RecordId], kinds: &[RecordKind], years: &[i16], numbers: &[u32]) -> Vec<Query<RecordId>> {
            let mut facts = Vec::new();
            $(queries!(@every facts records kinds years numbers $query $($argument)?);)*
            facts
        }
    };
    (@bound $name:ident $query:ident) => { Self::$query };
    (@bound $name:ident $query:ident $argument:tt) => { Self::$query($name) };
    (@mapped $map:ident $name:ident $query:ident) => { Query::$query };
    (@mapped $map:ident $name:ident $query:ident R) => { Query::$query($map($name)?) };
    (@mapped $map:ident $name:ident $query:ident $argument:tt) => { Query::$query($name) };
    (@numbers $name:ident) => { (0, 0) };
    (@numbers $name:ident $argument:tt) => { Argument::numbers($name) };
    (@every $facts:ident $r:ident $k:ident $y:ident $n:ident $query:ident) => { $facts.push(Query::$query) };
    (@every $facts:ident $r:ident $k:ident $y:ident $n:ident $query:ident R) => { $facts.extend($r.iter().copied().map(Query::$query)) };
    (@every $facts:ident $r:ident $k:ident $y:ident $n:ident $query:ident RecordKind) => { $facts.extend($k.iter().copied().map(Query::$query)) };
    (@every $facts:ident $r:ident $k:ident $y:ident $n:ident $query:ident i16) => { $facts.extend($y.iter().copied().map(Query::$query)) };
    (@every $facts:ident $r:ident $k:ident $y:ident $n:ident $query:ident u32) => { $facts.extend($n.iter().copied().map(Query::$query)) };
}

queries! {
    /// Everything that a record says, but for the text of its file.
    Whole(R),
    /// The text of a record's file.
    Body(R),
    /// What lists say of an objective, a project or an update.
    Listed(R),
    /// What a record is called.
    Title(R),
    /// Where a record's page is.
    Address(R),
    /// What exports announce on a record's page.
    Announced(R),
    /// What exports announce anywhere.
    AllAnnounced,
    /// Which records of a kind there are, in their order.
    All(RecordKind),
    /// Which units are administrations, and which of them publishes the site.
    Administrations,
    /// The state of an objective and the counts of its indicators.
    State(R),
    /// What else is known of an objective on the day of the build.
    Judgement(R),
    /// The states of a project's expected results.
    Results(R),
    /// The years of objectives.
    Years,
    /// The objectives of a year.
    Year(i16),
    /// The ready-made lists of a year, with their objectives.
    Lists(i16),
    /// The types of objectives, and which each is of.
    Types,
    /// The years of projects, and the projects of each.
    ProjectYears,
    /// The years of updates, and the updates of each.
    UpdateYears,
    /// The objectives below a unit or node.
    ObjectivesBelow(R),
    /// The projects below a unit or node.
    ProjectsBelow(R),
    /// The bytes of a file beside a record, by its place among the site's.
    Attachment(u32),
    /// Everything that a link in a text can name.
    Links,
    /// The list of all pages from A to Z, in every language.
    Listing,
    /// The words that are explained, in every language.
    Glossary,
    /// Which documents of the search are described together.
    Documents(u32),
    /// Something that no other fact stands for: what reads it is made in every build.
    Untold,
}

/// A number for each fact, 0 until another is set. Nothing is hashed, since every page asks for hundreds of facts.
#[derive(Debug, Default)]
pub struct QueryNumbers(Vec<Vec<u32>>);

impl QueryNumbers {
    /// The number of a fact, to be read or set.
    pub fn of(&mut self, fact: Query<RecordId>) -> &mut u32 {
        let (tag, place) = fact.number();
        if self.0.len() <= tag {
            self.0.resize_with(tag + 1, Vec::new);
        }
        let numbers = &mut self.0[tag];
        if numbers.len() <= place {
            numbers.resize((place + 1).next_power_of_two(), 0);
        }
        &mut numbers[place]
    }
}

/// The facts that were asked for since somebody began to watch.
#[derive(Default)]
struct Tracer {
    /// How many have begun to watch; 0 while nobody does.
    round: u32,
    /// The round in which each fact was asked for last.
    rounds: QueryNumbers,
    read: Vec<Query<RecordId>>,
}

thread_local! {
    static WATCH: RefCell<Tracer> = RefCell::default();
}

/// Says that a fact was asked for. It is free where nobody [traces](traced).
pub fn trace(fact: Query<RecordId>) {
    work::count(1);
    WATCH.with_borrow_mut(|Tracer { round, rounds, read }| {
        if *round == 0 {
            return;
        }
        let last = rounds.of(fact);
        if *last != *round {
            *last = *round;
            read.push(fact);
        }
    });
}

/// Does some work and gives every fact that was asked for in it on this thread, in no order; one that was asked for both
/// before and after somebody else watched in between stands twice.
pub fn traced<T>(work: impl FnOnce() -> T) -> (T, Vec<Query<RecordId>>) {
    thread_local!(static LAST: Cell<u32> = const { Cell::new(0) });
    let round = LAST.get() + 1;
    LAST.set(round);
    let (outer, before) =
        WATCH.with_borrow_mut(|watch| (std::mem::replace(&mut watch.round, round), std::mem::take(&mut watch.read)));
    let made = work();
    let read = WATCH.with_borrow_mut(|watch| {
        watch.round = outer;
        std::mem::replace(&mut watch.read, before)
    });
    (made, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACT: Query<RecordId> = Query::Whole(RecordId(RecordKind::Unit, 0));
    const OTHER: Query<RecordId> = Query::All(RecordKind::Unit);

    #[test]
    fn each_fact_is_given_once_to_the_nearest_who_watches() {
        trace(FACT);
        let (inner, outer) = traced(|| {
            trace(FACT);
            trace(FACT);
            traced(|| trace(OTHER)).1
        });
        assert_eq!((inner, outer), (vec![OTHER], vec![FACT]));
    }

    #[test]
    fn no_two_facts_have_one_number() {
        let places = [0, 1, 70_000];
        let records: Vec<RecordId> = (RecordKind::ALL.iter())
            .flat_map(|kind| places.map(|place| RecordId(*kind, place)))
            .collect();
        let facts = every_query(&records, RecordKind::ALL, &[-1, 0, 2026], &places);
        let numbers: std::collections::BTreeSet<(usize, usize)> = facts.iter().map(|fact| fact.number()).collect();
        assert_eq!(numbers.len(), facts.len());
    }
}
