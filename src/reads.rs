//! What a file was made from: each fact that the site was asked for while the file was made.
//!
//! A file is a pure function of the facts that it reads. Whoever keeps them with an [imprint] of each knows on the next day,
//! without making the file, whether it would come out the same.

use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};

use crate::work;

/// The kinds of records, each numbered in a catalogue's own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
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
    Thread,
    /// Free pages.
    Page,
}

/// A record: its kind and its place in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record(pub Kind, pub u32);

/// What a site can be asked. Facts of one record name it by `R`: a [`Record`] in a site, its address in what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fact<R> {
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
    All(Kind),
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

impl<R> Fact<R> {
    /// The same fact of a record that is named otherwise; none where it has no such name.
    pub fn map<S>(self, name: impl FnOnce(R) -> Option<S>) -> Option<Fact<S>> {
        Some(match self {
            Self::Whole(record) => Fact::Whole(name(record)?),
            Self::Body(record) => Fact::Body(name(record)?),
            Self::Listed(record) => Fact::Listed(name(record)?),
            Self::Title(record) => Fact::Title(name(record)?),
            Self::Address(record) => Fact::Address(name(record)?),
            Self::Announced(record) => Fact::Announced(name(record)?),
            Self::AllAnnounced => Fact::AllAnnounced,
            Self::All(kind) => Fact::All(kind),
            Self::Administrations => Fact::Administrations,
            Self::State(record) => Fact::State(name(record)?),
            Self::Judgement(record) => Fact::Judgement(name(record)?),
            Self::Results(record) => Fact::Results(name(record)?),
            Self::Years => Fact::Years,
            Self::Year(year) => Fact::Year(year),
            Self::Lists(year) => Fact::Lists(year),
            Self::Types => Fact::Types,
            Self::ProjectYears => Fact::ProjectYears,
            Self::UpdateYears => Fact::UpdateYears,
            Self::ObjectivesBelow(record) => Fact::ObjectivesBelow(name(record)?),
            Self::ProjectsBelow(record) => Fact::ProjectsBelow(name(record)?),
            Self::Attachment(place) => Fact::Attachment(place),
            Self::Links => Fact::Links,
            Self::Listing => Fact::Listing,
            Self::Glossary => Fact::Glossary,
            Self::Documents(nth) => Fact::Documents(nth),
            Self::Untold => Fact::Untold,
        })
    }
}

impl Fact<Record> {
    /// What it tells, as a small number, and its place among the facts that tell the same.
    fn number(self) -> (usize, usize) {
        let (tag, place) = match self {
            Self::Whole(Record(kind, place)) => (kind as usize, place),
            Self::Title(Record(kind, place)) => (8 + kind as usize, place),
            Self::Address(Record(kind, place)) => (16 + kind as usize, place),
            Self::Announced(Record(kind, place)) => (24 + kind as usize, place),
            Self::Listed(Record(kind, place)) => (32 + kind as usize, place),
            Self::ObjectivesBelow(Record(kind, place)) => (40 + kind as usize, place),
            Self::ProjectsBelow(Record(kind, place)) => (48 + kind as usize, place),
            Self::State(Record(_, place)) => (56, place),
            Self::Judgement(Record(_, place)) => (57, place),
            Self::Body(Record(kind, place)) => (64 + kind as usize, place),
            Self::Results(Record(_, place)) => (58, place),
            Self::All(kind) => (59, kind as u32),
            Self::Year(year) => (60, u32::from(year.cast_unsigned())),
            Self::Lists(year) => (61, u32::from(year.cast_unsigned())),
            Self::Attachment(place) => (63, place),
            Self::Documents(nth) => (72, nth),
            Self::AllAnnounced => (62, 0),
            Self::Years => (62, 1),
            Self::Types => (62, 2),
            Self::ProjectYears => (62, 3),
            Self::UpdateYears => (62, 4),
            Self::Links => (62, 5),
            Self::Listing => (62, 6),
            Self::Glossary => (62, 7),
            Self::Untold => (62, 8),
            Self::Administrations => (62, 9),
        };
        (tag, place as usize)
    }
}

/// A number for each fact, 0 until another is set. Nothing is hashed, since every page asks for hundreds of facts.
#[derive(Debug, Default)]
pub struct Numbers(Vec<Vec<u32>>);

impl Numbers {
    /// The number of a fact, to be read or set.
    pub fn of(&mut self, fact: Fact<Record>) -> &mut u32 {
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
struct Watch {
    /// How many have begun to watch; 0 while nobody does.
    round: u32,
    /// The round in which each fact was asked for last.
    rounds: Numbers,
    read: Vec<Fact<Record>>,
}

thread_local! {
    static WATCH: RefCell<Watch> = RefCell::default();
}

/// Says that a fact was asked for. It is free where nobody [watches](watched).
pub fn note(fact: Fact<Record>) {
    work::count(1);
    WATCH.with_borrow_mut(|Watch { round, rounds, read }| {
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
pub fn watched<T>(work: impl FnOnce() -> T) -> (T, Vec<Fact<Record>>) {
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

/// A number that differs, but for one chance in 2⁶⁴, between two values. It is the same in every run of one program, and
/// not between programs.
pub fn imprint(value: &(impl Hash + ?Sized)) -> u64 {
    FixedState::with_seed(0).hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACT: Fact<Record> = Fact::Whole(Record(Kind::Unit, 0));
    const OTHER: Fact<Record> = Fact::All(Kind::Unit);

    #[test]
    fn each_fact_is_given_once_to_the_nearest_who_watches() {
        note(FACT);
        let (inner, outer) = watched(|| {
            note(FACT);
            note(FACT);
            watched(|| note(OTHER)).1
        });
        assert_eq!((inner, outer), (vec![OTHER], vec![FACT]));
    }

    #[test]
    fn no_two_facts_have_one_number() {
        let kinds = [
            Kind::Unit,
            Kind::Plan,
            Kind::Node,
            Kind::Objective,
            Kind::Project,
            Kind::Update,
            Kind::Thread,
            Kind::Page,
        ];
        let mut facts = vec![
            Fact::AllAnnounced,
            Fact::Administrations,
            Fact::Years,
            Fact::Types,
            Fact::ProjectYears,
            Fact::UpdateYears,
            Fact::Links,
            Fact::Listing,
            Fact::Glossary,
            Fact::Untold,
        ];
        for place in [0, 1, 70_000] {
            for kind in kinds {
                let record = Record(kind, place);
                facts.extend([
                    Fact::Whole(record),
                    Fact::Body(record),
                    Fact::Title(record),
                    Fact::Address(record),
                    Fact::Announced(record),
                ]);
                facts.extend([Fact::Listed(record), Fact::ObjectivesBelow(record), Fact::ProjectsBelow(record)]);
            }
            let record = Record(Kind::Objective, place);
            facts.extend([Fact::State(record), Fact::Judgement(record), Fact::Results(record)]);
        }
        facts.extend([0, 1, 70_000].map(Fact::Attachment));
        facts.extend([0, 1, 70_000].map(Fact::Documents));
        facts.extend(kinds.map(Fact::All));
        facts.extend([-1, 0, 2026].into_iter().flat_map(|year| [Fact::Year(year), Fact::Lists(year)]));
        let numbers: std::collections::BTreeSet<(usize, usize)> = facts.iter().map(|fact| fact.number()).collect();
        assert_eq!(numbers.len(), facts.len());
    }
}
